package conference

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxNameRunes is Audian's limit for a conference's name.
const MaxNameRunes = 128

// CheckName trims a name that a person typed and checks its length. The
// error's kind is Invalid.
func CheckName(name string) (string, error) {
	name = strings.Join(strings.Fields(name), " ")
	switch {
	case name == "":
		return "", &Error{Kind: Invalid, Reason: NameMissing, Field: "name"}
	case utf8.RuneCountInString(name) > MaxNameRunes:
		return "", &Error{Kind: Invalid, Reason: NameTooLong, Field: "name"}
	}
	return name, nil
}

// Fold returns the form in which names are compared: lower case, spaces
// folded, invisible characters dropped and letters that look alike made one,
// so that a Cyrillic "Wеekly" is the same name as a Latin "Weekly".
func Fold(name string) string {
	var b strings.Builder
	space := false
	for _, r := range name {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r), unicode.Is(unicode.Mn, r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(foldRune(r))
	}
	return b.String()
}

func foldRune(r rune) rune {
	if r >= 0xFF01 && r <= 0xFF5E { // full-width forms
		r -= 0xFEE0
	}
	r = unicode.ToLower(r)
	if l, ok := lookAlike[r]; ok {
		return l
	}
	return r
}

// lookAlike maps lower-case letters of other scripts, and accented or
// typographic variants, to the Latin letter or sign that they resemble. It is
// a small table of the ones that fool a reader, not a transliteration.
var lookAlike = map[rune]rune{
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'ё': 'e', 'һ': 'h', 'і': 'i', 'ї': 'i', 'ј': 'j', 'к': 'k',
	'м': 'm', 'н': 'h', 'о': 'o', 'р': 'p', 'ԛ': 'q', 'ѕ': 's', 'т': 't', 'у': 'y', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x',
	'α': 'a', 'β': 'b', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x', 'ω': 'w',
	'ı': 'i', 'ł': 'l', 'ø': 'o', 'ß': 's',
	'‘': '\'', '’': '\'', '“': '"', '”': '"', '–': '-', '—': '-', '‐': '-', '‑': '-', '−': '-',
}
