package blocks

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"

	"confbot/conference"
	"confbot/live"
)

// ErrStale is what every reader here returns for something that it cannot
// read: drawn by a newer or a much older release, or not by us. It means
// "this list is out of date": nothing is guessed.
var ErrStale = errors.New("blocks: this list is out of date")

// The one codec of button values, option values and block ids: a version of
// one character, then fields, separated by "|"; "|", "%" and control characters within a
// field are written as %XX. What it writes, it reads back; anything else it
// refuses.
const version = "1"

func pack(fields ...string) string {
	var b strings.Builder
	b.WriteString(version)
	for n, f := range fields {
		if n > 0 {
			b.WriteByte('|')
		}
		for i := range len(f) {
			if c := f[i]; c == '|' || c == '%' || c < ' ' {
				b.WriteString("%" + strings.ToUpper(strconv.FormatInt(0x100|int64(c), 16)[1:]))
			} else {
				b.WriteByte(c)
			}
		}
	}
	return b.String()
}

func unpack(s string, fields int) ([]string, error) {
	rest, found := strings.CutPrefix(s, version)
	if !found {
		return nil, ErrStale
	}
	parts := strings.Split(rest, "|")
	if len(parts) != fields {
		return nil, ErrStale
	}
	for i, p := range parts {
		out, ok := unescape(p)
		if !ok {
			return nil, ErrStale
		}
		parts[i] = out
	}
	if pack(parts...) != s {
		return nil, ErrStale
	}
	return parts, nil
}

func unescape(s string) (string, bool) {
	if !strings.Contains(s, "%") {
		return s, true
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b.WriteByte(s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", false
		}
		c, err := strconv.ParseUint(s[i+1:i+3], 16, 8)
		if err != nil {
			return "", false
		}
		b.WriteByte(byte(c))
		i += 2
	}
	return b.String(), true
}

// maxRawID is the longest participant id that travels as it is; of a longer
// one a digest does, since each row carries it three times and an option's
// value has room for 75 characters.
const maxRawID = 10

// CallerRef is one stay on the line, as a button carries it: who it was when
// the button was drawn, never only a place in a list.
type CallerRef struct {
	id     string // the participant's id; "" when only a digest travelled
	digest string
	joined time.Time
}

// CallerValue is what a caller's buttons carry. It is at most 30 characters.
func CallerValue(k live.Key) string {
	if len(k.ID) > maxRawID || strings.ContainsAny(string(k.ID), "|%\x00\n\r\t") {
		return pack("", digest(k.ID), packTime(k.Joined))
	}
	return pack(string(k.ID), packTime(k.Joined))
}

// ParseCaller reads a CallerValue. The error is ErrStale.
func ParseCaller(value string) (CallerRef, error) {
	var r CallerRef
	var joined string
	if f, err := unpack(value, 3); err == nil {
		if f[0] != "" || len(f[1]) != len(digest("")) {
			return CallerRef{}, ErrStale
		}
		r.digest, joined = f[1], f[2]
	} else if f, err := unpack(value, 2); err == nil && f[0] != "" {
		r.id, joined = f[0], f[1]
	} else {
		return CallerRef{}, ErrStale
	}
	t, ok := unpackTime(joined)
	if !ok {
		return CallerRef{}, ErrStale
	}
	r.joined = t
	return r, nil
}

// Is reports whether p is the very stay on the line that was drawn.
func (r CallerRef) Is(p conference.Participant) bool {
	if !r.joined.Equal(p.Joined) {
		return false
	}
	if r.digest != "" {
		return r.digest == digest(p.ID)
	}
	return r.id == string(p.ID)
}

// In finds the caller in a run, on the line or gone.
func (r CallerRef) In(run live.Run) (live.Caller, bool) {
	for _, c := range run.Callers {
		if r.Is(c.Participant) {
			return c, true
		}
	}
	return live.Caller{}, false
}

// digest stands for a long participant id. It need only tell apart callers of
// one run who joined at the same instant, so 48 bits are plenty.
func digest(id conference.ParticipantID) string {
	sum := sha256.Sum256([]byte(id))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// packTime writes Unix seconds in base 36, and the nanoseconds behind a dot
// where there are any. The zero time is empty.
func packTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	s := strconv.FormatInt(t.Unix(), 36)
	if n := t.Nanosecond(); n != 0 {
		s += "." + strconv.FormatInt(int64(n), 36)
	}
	return s
}

func unpackTime(s string) (time.Time, bool) {
	if s == "" {
		return time.Time{}, true
	}
	whole, part, fraction := strings.Cut(s, ".")
	sec, err := strconv.ParseInt(whole, 36, 64)
	if err != nil {
		return time.Time{}, false
	}
	var nsec int64
	if fraction {
		if nsec, err = strconv.ParseInt(part, 36, 64); err != nil || nsec <= 0 || nsec > 999_999_999 {
			return time.Time{}, false
		}
	}
	t := time.Unix(sec, nsec).UTC()
	return t, packTime(t) == s
}
