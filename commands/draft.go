package commands

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// draft is an announcement that nobody has confirmed yet. It travels in the
// buttons of its preview, so that a restart loses nothing, and everything in
// it is checked and allowed anew when it comes back.
type draft struct {
	announce.Announcement

	edits   bool          // it changes the announcement of that ID
	ownZone bool          // the zone is the person's own, which nobody chose
	more    bool          // the form showed its further settings
	foreign bool          // the preview said that the channel is shared with another organisation
	shown   announce.Wall // the next time, as a form was filled with it; zero where it was not
}

// hasRule reports whether there is a rule yet: a form that was opened empty
// remembers a draft without one.
func (d draft) hasRule() bool { return d.Rule.Now || !d.Rule.First.IsZero() }

// wireDraft is a draft as it travels.
type wireDraft struct {
	ID         announce.ID   `json:"i"`
	Edits      bool          `json:"e,omitempty"`
	OwnZone    bool          `json:"o,omitempty"`
	More       bool          `json:"m,omitempty"`
	Foreign    bool          `json:"y,omitempty"`
	Conference conference.ID `json:"c"`
	Channel    string        `json:"h"`
	Zone       string        `json:"z"`
	First      string        `json:"f,omitempty"`
	Shown      string        `json:"s,omitempty"`
	Repeat     string        `json:"r,omitempty"`
	Lead       int           `json:"l,omitempty"` // minutes
	Timed      bool          `json:"t,omitempty"`
	Now        bool          `json:"n,omitempty"`
	Exact      int64         `json:"x,omitempty"` // Unix seconds
	Rotate     bool          `json:"a,omitempty"`
	Here       bool          `json:"b,omitempty"`
	Quiet      bool          `json:"q,omitempty"`
	Message    string        `json:"w,omitempty"`
}

// encode writes a draft as one word of letters, digits and dashes.
func (d draft) encode() string {
	w := wireDraft{
		ID: d.ID, Edits: d.edits, OwnZone: d.ownZone, More: d.more, Foreign: d.foreign, Conference: d.Conference, Channel: d.Channel,
		Zone: d.Rule.Zone, First: wallText(d.Rule.First), Shown: wallText(d.shown), Repeat: d.Rule.Repeat.String(), Lead: int(d.Rule.Lead / time.Minute),
		Timed: d.Rule.Timed, Now: d.Rule.Now, Rotate: d.Rotate, Here: d.Here, Quiet: d.QuietPIN, Message: d.Message,
	}
	if !d.Rule.Exact.IsZero() {
		w.Exact = d.Rule.Exact.Unix()
	}
	raw, err := json.Marshal(w)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(raw)
}

// parseDraft reads what encode wrote. The error is blocks.ErrStale.
func parseDraft(s string) (draft, error) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	var w wireDraft
	if err != nil || json.Unmarshal(raw, &w) != nil || w.ID == "" {
		return draft{}, blocks.ErrStale
	}
	d := draft{edits: w.Edits, ownZone: w.OwnZone, more: w.More, foreign: w.Foreign}
	d.Announcement = announce.Announcement{
		ID: w.ID, Conference: w.Conference, Channel: w.Channel, Rotate: w.Rotate, Here: w.Here, QuietPIN: w.Quiet, Message: w.Message,
		Rule: announce.Rule{Zone: w.Zone, Lead: time.Duration(w.Lead) * time.Minute, Timed: w.Timed, Now: w.Now},
	}
	if w.Exact != 0 {
		d.Rule.Exact = time.Unix(w.Exact, 0).UTC()
	}
	var first, shown, repeat error
	d.Rule.First, first = wallFrom(w.First)
	d.shown, shown = wallFrom(w.Shown)
	d.Rule.Repeat, repeat = announce.ParseRepeat(w.Repeat)
	if errors.Join(first, shown, repeat) != nil {
		return draft{}, blocks.ErrStale
	}
	return d, nil
}

func wallText(w announce.Wall) string {
	if w.IsZero() {
		return ""
	}
	return w.String()
}

func wallFrom(s string) (announce.Wall, error) {
	if s == "" {
		return announce.Wall{}, nil
	}
	return announce.ParseWall(s)
}
