package conference

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
)

// Lengths of PINs in digits. Callers can type at most 16; four is the least
// that we let people choose and six what we choose ourselves.
const (
	MinPINDigits       = 4
	MaxPINDigits       = 16
	GeneratedPINDigits = 6
)

const redacted = "[hidden]"

// PIN is a conference PIN. It prints itself redacted with every verb,
// encoder and logger; Digits is the only way to see it.
type PIN struct{ digits string }

// NewPIN wraps digits that came from Audian or from our own store, unchecked.
func NewPIN(digits string) PIN { return PIN{digits} }

// ParsePIN checks digits that a person typed: 4 to 16 digits, no repeats and
// no runs such as 1234. The error's kind is Invalid and never holds the input.
func ParsePIN(s string) (PIN, error) {
	s = strings.TrimSpace(s)
	if len(s) < MinPINDigits || len(s) > MaxPINDigits || strings.Trim(s, "0123456789") != "" {
		return PIN{}, &Error{Kind: Invalid, Reason: PINFormat}
	}
	if trivial(s) {
		return PIN{}, &Error{Kind: Invalid, Reason: PINTrivial}
	}
	return PIN{s}, nil
}

// GeneratePIN returns a random PIN of six digits that is neither easy to
// guess nor taken. After many taken ones in a row it takes more digits.
func GeneratePIN(taken func(PIN) bool) (PIN, error) {
	for try := range 200 {
		digits := GeneratedPINDigits + try/50
		limit := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil)
		n, err := rand.Int(rand.Reader, limit)
		if err != nil {
			return PIN{}, fmt.Errorf("generate PIN: %w", err)
		}
		p := PIN{fmt.Sprintf("%0*d", digits, n)}
		if !trivial(p.digits) && (taken == nil || !taken(p)) {
			return p, nil
		}
	}
	return PIN{}, &Error{Kind: Conflict, Reason: PINTaken}
}

// trivial reports digits that a stranger would try first: one digit repeated,
// a run up or down (also across 9 and 0), or a short group repeated.
func trivial(s string) bool {
	same, up, down := true, true, true
	for i := 1; i < len(s); i++ {
		step := (int(s[i]) - int(s[i-1]) + 10) % 10
		same = same && step == 0
		up = up && step == 1
		down = down && step == 9
	}
	if same || up || down {
		return true
	}
	for n := 2; n <= len(s)/2; n++ {
		if len(s)%n == 0 && strings.Repeat(s[:n], len(s)/n) == s {
			return true
		}
	}
	return false
}

// Digits reveals the PIN. Callers must be sure that the reader may see it.
func (p PIN) Digits() string { return p.digits }

// Empty reports whether there is no PIN.
func (p PIN) Empty() bool { return p.digits == "" }

// Format redacts for every fmt verb.
func (p PIN) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte(redacted)) }

// MarshalText redacts for JSON and other encoders.
func (p PIN) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// LogValue redacts for slog.
func (p PIN) LogValue() slog.Value { return slog.StringValue(redacted) }

// FirstPIN returns the PIN that people are told, or an empty one.
func FirstPIN(pins []PIN) PIN {
	if len(pins) == 0 {
		return PIN{}
	}
	return pins[0]
}
