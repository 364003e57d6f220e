package blocks

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"confbot/conference"
)

// clean makes foreign text fit for one line: line breaks and runs of spaces
// become one space; control characters, marks that turn the direction of
// writing and other invisible ones go; of stacked accents two stay.
func clean(s string) string {
	var b strings.Builder
	space, marks := false, 0
	for _, r := range strings.ToValidUTF8(s, "") {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r):
			space = b.Len() > 0
			continue
		case r == '\u200d' || r == '\ufe0f': // emoji are joined with these
			if b.Len() == 0 || space {
				continue
			}
		case unicode.IsControl(r), unicode.Is(unicode.C, r), invisible(r):
			continue
		case unicode.Is(unicode.M, r):
			if marks++; marks > 2 || b.Len() == 0 {
				continue
			}
		default:
			marks = 0
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// invisible reports letters and signs that are drawn as nothing although
// Unicode does not count them among the format characters.
func invisible(r rune) bool {
	switch r {
	case '\u115f', '\u1160', '\u3164', '\uffa0', '\u2800', '\u034f':
		return true
	}
	return r >= 0xfe00 && r <= 0xfe0e
}

// cut shortens s to at most n code points, the last one an ellipsis when
// something is missing. It never ends on half of a joined sign.
func cut(s string, n int) string {
	if n <= 0 {
		return ""
	}
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)[:n-1]
	for len(r) > 0 && (r[len(r)-1] == '\u200d' || r[len(r)-1] == ' ') {
		r = r[:len(r)-1]
	}
	return string(r) + "…"
}

// name is a foreign name as plain text of at most n code points.
func name(s string, n int) string { return cut(clean(s), n) }

// escape makes foreign text dead in mrkdwn: no mention, no link, no emoji, no
// formatting. Slack's three entities are written as it asks
// (docs.slack.dev/messaging/formatting-message-text); signs for which mrkdwn
// has no escape become ones that look the same and mean nothing.
func escape(s string) string {
	r := []rune(clean(s))
	var b strings.Builder
	for i, c := range r {
		switch c {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '*':
			b.WriteRune('∗')
		case '_':
			if between(r, i, isWord, isWord) {
				b.WriteRune(c)
			} else {
				b.WriteRune('ˍ')
			}
		case '~':
			b.WriteRune('∼')
		case '`':
			b.WriteRune('ˋ')
		case '@':
			b.WriteRune('＠')
		case ':':
			if opensEmoji(r[i:]) || strings.HasPrefix(string(r[i:]), "://") || strings.EqualFold(string(r[max(0, i-6):i]), "mailto") {
				b.WriteRune('∶')
			} else {
				b.WriteRune(c)
			}
		case '.':
			if i >= 3 && strings.EqualFold(string(r[i-3:i]), "www") {
				b.WriteRune('․')
			} else {
				b.WriteRune(c)
			}
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func between(r []rune, i int, before, after func(rune) bool) bool {
	return i > 0 && before(r[i-1]) && i+1 < len(r) && after(r[i+1])
}

// opensEmoji reports whether r starts with something like ":smile:".
func opensEmoji(r []rune) bool {
	for i, c := range r[1:] {
		switch {
		case c == ':':
			return i > 0
		case isWord(c), c == '_', c == '-', c == '+', c == '\'':
		default:
			return false
		}
	}
	return false
}

// plural writes a number with the right form of its noun: "1 person".
func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

func people(n int) string { return plural(n, "person", "people") }

// thousands writes 5000 as "5,000".
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// spelled writes small numbers as words, for the start of a sentence.
func spelled(n int) string {
	words := []string{"No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"}
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return thousands(n)
}

// list joins words as a sentence does: "Ana", "Ana or Bo", "Ana, Bo or Cleo".
func list(words []string, last string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " " + last + " " + words[len(words)-1]
}

// digitByDigit writes a PIN so that a screen reader says each digit.
func digitByDigit(p conference.PIN) string {
	return strings.Join(strings.Split(digitsOf(p.Digits()), ""), " ")
}

// digitsOf drops whatever a phone's keypad does not have.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// MaskName hides a phone number that stands in a name: of seven or more
// digits the last four stay.
func MaskName(s string) string {
	masked := conference.MaskName(clean(s))
	if !strings.ContainsRune(masked, '•') {
		return masked
	}
	var b strings.Builder
	hiding := false
	for _, r := range masked {
		if r == '•' {
			if !hiding {
				b.WriteRune('…')
			}
			hiding = true
			continue
		}
		if hiding && (r == '-' || r == ' ' || r == '(' || r == ')' || r == '/' || r == '.') {
			continue
		}
		hiding = false
		b.WriteRune(r)
	}
	return b.String()
}

func itoa(n int) string { return strconv.Itoa(n) }

func atoi(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n >= 0
}
