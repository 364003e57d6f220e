package slack

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// secret is n random bytes in hex.
func secret(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails: crypto/rand ends the program instead
	return hex.EncodeToString(b)
}

// uuid is a random version 4 id, the form Slack gives envelopes and tickets.
func uuid() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

// objectID makes ids such as V0A1B2C3D4E: one letter and ten characters of Slack's alphabet.
func objectID(letter string) string {
	return letter + "0" + strings.ToUpper(secret(5))[:9]
}

// formatTS writes a message timestamp: seconds, a dot, six digits.
func formatTS(t time.Time) string {
	micros := t.UnixMicro()
	return strconv.FormatInt(micros/1e6, 10) + "." + fmt.Sprintf("%06d", micros%1e6)
}

// parseTS reads one; ok is false for anything that is not a timestamp.
func parseTS(s string) (time.Time, bool) {
	whole, frac, _ := strings.Cut(s, ".")
	sec, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || sec < 0 || len(frac) > 6 {
		return time.Time{}, false
	}
	micros := int64(0)
	if frac != "" {
		if micros, err = strconv.ParseInt(frac+strings.Repeat("0", 6-len(frac)), 10, 64); err != nil || micros < 0 {
			return time.Time{}, false
		}
	}
	return time.UnixMicro(sec*1e6 + micros), true
}
