package live

import (
	"context"

	"confbot/conference"
)

// Reader reads who is on the line now, never from a cache. A conference that
// does not exist is a conference.NotFound error.
type Reader interface {
	Participants(ctx context.Context, id conference.ID) ([]conference.Participant, error)
}

// Store keeps runs over a restart.
type Store interface {
	// LatestRun returns the conference's newest run, ended or not; ok is
	// false when there never was one.
	LatestRun(ctx context.Context, id conference.ID) (run Run, ok bool, err error)
	// SaveRun writes the run and those of its callers that changed.
	SaveRun(ctx context.Context, run Run, changed []Caller) error
}

// Sink is told when what is known of a conference has changed, in the order
// in which it changed. It must not block and must not call the Watcher's
// Asked, Read or the like: it takes note, and draws and acts later.
type Sink interface {
	// Changed is called with what is known now and what is different; the
	// Diff is empty where only the run's notes and wishes changed.
	Changed(Snapshot, Diff)
}

// Diff is what is different between two readings.
type Diff struct {
	Started bool     // a run began; people who come back to their run do not begin one
	Ended   bool     // the run is over; with Started as well, the one before
	Joined  []Caller // in order of joining
	Left    []Caller
	Changed []Caller // muted, unmuted, talking, …
	Health  bool     // Audian began, with its very first answer too, or stopped answering
	Gone    bool     // the conference was deleted, or is there after all

	// Newcomers are those of Joined who are to be muted, because somebody
	// asked for that; Unwanted are on the line although somebody asked to keep
	// them out. Whoever acts calls Asked; Unwanted are told again with each
	// reading until a kick is asked for.
	Newcomers []Caller
	Unwanted  []Caller
}

// Empty reports whether nothing is different.
func (d Diff) Empty() bool {
	return !d.Started && !d.Ended && !d.Health && !d.Gone &&
		len(d.Joined)+len(d.Left)+len(d.Changed)+len(d.Newcomers)+len(d.Unwanted) == 0
}
