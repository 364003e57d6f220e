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

// Sink is told when what is known of a conference has changed. It must not
// block: it takes note and draws later.
type Sink interface {
	Changed(Snapshot, Diff)
}

// Diff is what is different between two readings.
type Diff struct {
	Started bool     // a run began
	Ended   bool     // the run is over
	Joined  []Caller // in order of joining
	Left    []Caller
	Changed []Caller // muted, unmuted, …
	Health  bool     // Audian began or stopped answering
}

// Empty reports whether nothing is different.
func (d Diff) Empty() bool {
	return !d.Started && !d.Ended && !d.Health && len(d.Joined)+len(d.Left)+len(d.Changed) == 0
}
