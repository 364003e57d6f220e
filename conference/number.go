package conference

import (
	"fmt"
	"log/slog"
	"strings"
	"unicode"
)

// Number is a caller's phone number, extension or SIP user, as Audian gave
// it. It prints itself masked; Full is the only way to see all of it.
type Number struct{ raw string }

// NewNumber wraps what Audian, a person or our store gave, unchecked.
func NewNumber(raw string) Number { return Number{strings.TrimSpace(raw)} }

// Full reveals the number. Callers must be sure that the reader may see it.
func (n Number) Full() string { return n.raw }

// Hidden reports whether the caller withheld the number, so that it
// recognises nobody.
func (n Number) Hidden() bool {
	switch strings.ToLower(n.raw) {
	case "", "anonymous", "restricted", "unavailable", "unknown", "private", "withheld":
		return true
	}
	return n.Digits() == ""
}

// Digits returns the digits alone: the key by which a number is recognised.
func (n Number) Digits() string {
	user, _, _ := strings.Cut(strings.TrimPrefix(n.raw, "sip:"), "@")
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, user)
}

// Ends returns what anybody may see: the last four digits, or the last two of
// an extension of four digits or fewer. Empty for a hidden number.
func (n Number) Ends() string {
	if n.Hidden() {
		return ""
	}
	return lastDigits(n.Digits())
}

func lastDigits(d string) string {
	keep := 4
	if len(d) <= 4 {
		keep = 2
	}
	return d[max(0, len(d)-keep):]
}

// Format masks for every fmt verb.
func (n Number) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte(n.masked())) }

// MarshalText masks for JSON and other encoders.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.masked()), nil }

// LogValue masks for slog.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.masked()) }

func (n Number) masked() string {
	if e := n.Ends(); e != "" {
		return "ends " + e
	}
	return "hidden number"
}

// MaskName hides a phone number that stands in for a name: a name with seven
// or more digits keeps only the last four of them.
func MaskName(name string) string {
	digits := 0
	for _, r := range name {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	if digits < 7 {
		return name
	}
	seen := 0
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return r
		}
		seen++
		if seen <= digits-4 {
			return '•'
		}
		return r
	}, name)
}
