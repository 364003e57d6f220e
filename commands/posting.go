package commands

import (
	"encoding/json"
	"strings"
	"time"

	"confbot/announce"
)

// Posting is what a card remembers of the occurrence that it was posted for:
// the content of a ref's Occurrence. It holds a PIN only as a sealed note.
type Posting struct {
	Key     string        `json:"k"`
	Starts  int64         `json:"s,omitempty"` // Unix seconds; 0 where the start is not known
	Late    time.Duration `json:"l,omitempty"`
	Note    string        `json:"n,omitempty"` // which PIN it shows, sealed; "" for the conference's own
	Pending bool          `json:"p,omitempty"` // posted without its PIN, which is to be edited in
}

// PostingOf is what a card for the occurrence, posted at now, must remember.
func PostingOf(o announce.Occurrence, now time.Time) Posting {
	p := Posting{Key: o.Key, Late: o.Delay(now)}
	if !o.Starts.IsZero() {
		p.Starts = o.Starts.Unix()
	}
	if o.Rotated {
		p.Note = o.Note
	}
	return p
}

// String writes a posting for a ref.
func (p Posting) String() string {
	raw, err := json.Marshal(p)
	if err != nil || p.Key == "" {
		return ""
	}
	return string(raw)
}

// ParsePosting reads what String wrote; ok is false for anything else.
func ParsePosting(s string) (p Posting, ok bool) {
	if s == "" || json.Unmarshal([]byte(s), &p) != nil || p.Key == "" {
		return Posting{}, false
	}
	return p, true
}

// announcement is whose occurrence it is.
func (p Posting) announcement() announce.ID {
	id, _, _ := strings.Cut(p.Key, ".")
	if len(id) > len(announce.NewID()) { // "x" marks a post outside the rule
		id = strings.TrimPrefix(id, "x")
	}
	return announce.ID(id)
}

// starts is when it starts; zero where that is not known.
func (p Posting) starts() time.Time {
	if p.Starts == 0 {
		return time.Time{}
	}
	return time.Unix(p.Starts, 0).UTC()
}
