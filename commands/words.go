package commands

import (
	"regexp"
	"strings"
	"unicode"
)

// Word is one word of a typed command.
type Word struct {
	Text    string `json:"t"`
	Quoted  bool   `json:"q,omitempty"` // typed in quotes, so never a keyword
	User    string `json:"u,omitempty"` // a mentioned person's id
	Channel string `json:"c,omitempty"` // a mentioned channel's id
	Group   string `json:"g,omitempty"` // a mentioned user group's id
	key     int    // length of what stands before an unquoted = or :, if anything
	sep     byte   // that sign
}

var (
	userEntity    = regexp.MustCompile(`^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>$`)
	channelEntity = regexp.MustCompile(`^<#([CGD][A-Z0-9]+)(?:\|[^>]*)?>$`)
	groupEntity   = regexp.MustCompile(`^<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>$`)
	linkEntity    = regexp.MustCompile(`^<(?:tel|mailto|https?|sip):([^|>]*)(?:\|([^>]*))?>$`)
)

// closing maps an opening quote to what may close it. Phones and keyboards of
// many countries turn straight quotes into these.
var closing = map[rune]string{
	'"': "\"”“", '“': "”\"“", '„': "“”\"", '”': "”\"", '«': "»", '»': "«", '‘': "’'", '\'': "'’", '‚': "‘’",
}

// Split cuts a typed command into words. Quotes, straight or curly, keep
// words together, also behind "key="; Slack's <@U1|name> and its like are one
// word each. A quote that is never closed is an ordinary character, as is an
// apostrophe within a word. Split never fails and never drops a visible
// character that is not a quote.
func Split(text string) []Word {
	s := &splitter{in: []rune(tidy(text))}
	var words []Word
	for s.skipSpace() {
		words = append(words, s.word())
	}
	return words
}

// tidy turns every kind of space into one kind and removes characters that
// nobody can see, which phones and copied text bring along.
func tidy(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\u200B', r == '\u2060', r == '\uFEFF', r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\u200E', r == '\u200F':
			return -1
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
}

type splitter struct {
	in  []rune
	pos int
}

func (s *splitter) skipSpace() bool {
	for s.pos < len(s.in) && s.in[s.pos] == ' ' {
		s.pos++
	}
	return s.pos < len(s.in)
}

func (s *splitter) word() Word {
	if w, ok := s.entity(); ok {
		return w
	}
	if q, ok := s.quoted(true); ok {
		return Word{Text: unescape(q), Quoted: true}
	}
	var (
		b strings.Builder
		w Word
	)
	for s.pos < len(s.in) && s.in[s.pos] != ' ' {
		r := s.in[s.pos]
		if w.sep != 0 && b.Len() == w.key+1 {
			if q, ok := s.quoted(false); ok {
				b.WriteString(q)
				continue
			}
		}
		if w.sep == 0 && (r == '=' || r == ':') && b.Len() > 0 {
			w.key, w.sep = b.Len(), byte(r)
		}
		b.WriteRune(r)
		s.pos++
	}
	w.Text = unescape(b.String())
	return w
}

// entity reads one of Slack's <…> forms. It may hold spaces.
func (s *splitter) entity() (Word, bool) {
	if s.in[s.pos] != '<' {
		return Word{}, false
	}
	end := s.pos
	for end < len(s.in) && s.in[end] != '>' {
		end++
	}
	if end == len(s.in) {
		return Word{}, false
	}
	raw := string(s.in[s.pos : end+1])
	w := Word{Text: raw}
	switch {
	case userEntity.MatchString(raw):
		w.User = userEntity.FindStringSubmatch(raw)[1]
	case channelEntity.MatchString(raw):
		w.Channel = channelEntity.FindStringSubmatch(raw)[1]
	case groupEntity.MatchString(raw):
		w.Group = groupEntity.FindStringSubmatch(raw)[1]
	case linkEntity.MatchString(raw):
		m := linkEntity.FindStringSubmatch(raw)
		w.Text = unescape(m[2])
		if w.Text == "" {
			w.Text = unescape(m[1])
		}
	default:
		return Word{}, false
	}
	s.pos = end + 1
	return w, true
}

// quoted reads from an opening quote to its closing one. A closing quote
// counts only at the end of a word, so that an apostrophe stays what it is.
func (s *splitter) quoted(atStart bool) (string, bool) {
	closers, ok := closing[s.in[s.pos]]
	if !ok {
		return "", false
	}
	for end := s.pos + 1; end < len(s.in); end++ {
		last := end+1 == len(s.in) || s.in[end+1] == ' '
		if strings.ContainsRune(closers, s.in[end]) && last {
			text := string(s.in[s.pos+1 : end])
			if strings.TrimSpace(text) == "" && atStart {
				return "", false
			}
			s.pos = end + 1
			return text, true
		}
	}
	return "", false
}

// unescape undoes the three escapes that Slack makes in text.
func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// Join puts words back together as a person would read them.
func Join(words []Word) string {
	texts := make([]string, len(words))
	for i, w := range words {
		texts[i] = w.Text
	}
	return strings.Join(texts, " ")
}

// Is reports whether the word is this keyword, typed without quotes.
func (w Word) Is(keywords ...string) bool {
	if w.Quoted {
		return false
	}
	for _, k := range keywords {
		if strings.EqualFold(w.Text, k) {
			return true
		}
	}
	return false
}
