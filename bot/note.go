package bot

import (
	"encoding/base64"

	"confbot/conference"
)

// Note seals a PIN that was chosen for something named by key; Noted reads it.
func (r *Rotator) Note(key string, pin conference.PIN) (note string) {
	return base64.RawURLEncoding.EncodeToString(r.seal.seal(noteName(key), []byte(pin.Digits())))
}
