package live

import (
	"slices"
	"time"

	"confbot/conference"
)

// When a run ends and when people who come back continue it.
const (
	// EmptyFor is how long the line must be seen empty before a run is over.
	// It counts from when somebody was last known to be there if nobody looked
	// for longer than ResumeWithin.
	EmptyFor = 60 * time.Second
	// ResumeWithin is how soon somebody must be back for the run to go on.
	ResumeWithin = 15 * time.Minute
	// SaveSeen is how often the time of reading is stored while nothing else
	// changes, so that a run which ends unseen is not said to have ended long
	// before.
	SaveSeen = time.Minute
)

// Caller is one stay on the line within a run.
type Caller struct {
	conference.Participant

	No           int       // caller number: 1, 2, 3 … in order of joining, never reused in the run
	ChangedAt    time.Time // joined, muted, unmuted, …: whichever was last
	ArrivedMuted bool
	MutedBy      string // Slack user who muted them through confbot and whose mute still stands
	DeafBy       string
	SelfUnmuted  time.Time // when they undid our mute on their phone; zero if they did not
	Pending      conference.Action
	PendingAt    time.Time // when Pending was accepted by Audian but not yet seen; zero: nothing pending
	ClaimedBy    string    // Slack user who pressed "This is me"
	Left         time.Time // zero while on the line
	KickedBy     string    // Slack user who kicked them
	KeptOut      bool      // removed again because somebody asked to keep them out
}

// On reports whether the caller is on the line.
func (c Caller) On() bool { return c.Left.IsZero() }

// Key is how a caller is recognised in a click: who they were when drawn.
type Key struct {
	ID     conference.ParticipantID
	Joined time.Time
}

// Key returns the caller's key.
func (c Caller) Key() Key { return Key{c.ID, c.Joined} }

// NoteEnded says that somebody hung up on everybody: the run is over.
const NoteEnded = "ended"

// Note is a line for everybody who looks at the panel, such as who kicked whom.
type Note struct {
	At     time.Time
	By     string // Slack user
	What   string // "kicked", "muted_others", "muted_unknown", "unmuted_others", "ended", "locked", "unlocked"
	Caller int    // caller number, where one is meant
	Count  int    // how many, where several are meant
}

// Run is one stretch of a conference, from the first caller to the last.
type Run struct {
	ID         string
	Conference conference.ID
	Started    time.Time
	Ended      time.Time // zero while it goes on
	EmptySince time.Time // first of the empty readings in a row; zero while people are on
	NextNo     int       // the caller number that the next newcomer gets
	Peak       int       // most people at once
	Callers    []Caller  // everybody in this run by caller number, also those who left
	Notes      []Note    // oldest first, the last few
	Newcomers  bool      // newcomers are muted when they arrive
	KeepOut    []string  // digits of numbers that are removed when they come back
	SeenAt     time.Time // the last reading; what is stored may be up to SaveSeen older
	Restored   bool      // comes from the store, and no reading has confirmed it yet; not kept
}

// Live reports whether the run goes on.
func (r Run) Live() bool { return r.ID != "" && r.Ended.IsZero() }

// Closed returns the run as it is when nobody saw it end: everybody had left
// when the line was last known to be in use.
func (r Run) Closed() Run {
	r = r.Clone()
	r.Ended = r.lastKnown()
	for i := range r.Callers {
		if r.Callers[i].On() {
			r.Callers[i].leave(r.Ended)
		}
	}
	return r
}

// lastKnown is the latest moment at which people were known to be there.
func (r Run) lastKnown() time.Time {
	if !r.EmptySince.IsZero() {
		return r.EmptySince
	}
	if r.SeenAt.IsZero() {
		return r.Started
	}
	return r.SeenAt
}

// On returns the callers on the line, by caller number.
func (r Run) On() []Caller {
	on := make([]Caller, 0, len(r.Callers))
	for _, c := range r.Callers {
		if c.On() {
			on = append(on, c)
		}
	}
	return on
}

// Caller finds the caller with number no, on the line or gone.
func (r Run) Caller(no int) (Caller, bool) {
	i := slices.IndexFunc(r.Callers, func(c Caller) bool { return c.No == no })
	if i < 0 {
		return Caller{}, false
	}
	return r.Callers[i], true
}

// Find finds the caller who has this key, on the line or gone.
func (r Run) Find(k Key) (Caller, bool) {
	for _, c := range r.Callers {
		if c.ID == k.ID && c.Joined.Equal(k.Joined) {
			return c, true
		}
	}
	return Caller{}, false
}

// Clone returns a copy that shares nothing with r.
func (r Run) Clone() Run {
	r.Callers = slices.Clone(r.Callers)
	r.Notes = slices.Clone(r.Notes)
	r.KeepOut = slices.Clone(r.KeepOut)
	return r
}

// Snapshot is what is known of one conference at one moment. It is a copy:
// changing it changes nothing else.
type Snapshot struct {
	Conference conference.ID
	Run        Run           // the current or the last run; zero if there was none
	ReadAt     time.Time     // when Audian last answered; zero: not read yet, so nothing is known
	ChangedAt  time.Time     // when something last changed
	Failures   int           // readings that failed in a row since ReadAt
	Every      time.Duration // how often it is looked at now; 0: nobody looks
	Gone       bool          // Audian says that the conference does not exist
}

// Known reports whether anything was ever read.
func (s Snapshot) Known() bool { return !s.ReadAt.IsZero() }
