package announce

import (
	"log/slog"
	"time"
)

// LateAfter is how much too late a post must be to be called late.
const LateAfter = time.Minute

// Options are what a Runner may be told otherwise; the zero value works.
type Options struct {
	Name    string        // names this process in leases; "": made up, which is what replicas want
	Logger  *slog.Logger  // nil: silent
	Grace   time.Duration // a post nobody was there for still goes out until this long after the start; 0: 15 minutes
	Workers int           // steps under way at once; 0: 16
	// RotateAhead is how long before the post a new PIN is put beside the old
	// one; 0: five minutes.
	RotateAhead time.Duration
	Rotator     Rotator // nil: no rotation, the PIN stays
	Observer    Observer
}

// Observer hears how punctual the timetable is, for metrics; nil is silence.
// It must not block.
type Observer interface {
	// Settled is called when a row has come to its end, Posted, Late, Missed or
	// Failed: its kind, that end and by how much it was later than planned.
	Settled(kind Kind, state State, behind time.Duration)
}

// How the timetable is worked. A dead holder's row is taken over lease after
// it last renewed, and looked at every tick: together, with the time for two
// looks into the channel and a slow post, they stay under ten seconds.
const (
	tick        = time.Second
	ahead       = 3 * time.Second // rows are claimed this long before they are due
	lease       = 5 * time.Second
	renewEvery  = 1500 * time.Millisecond
	beatEvery   = 10 * time.Second
	awayAfter   = 30 * time.Second // without a beat for this long, nobody was there
	sweepEvery  = time.Hour
	stepTimeout = 2 * time.Minute // the longest that one attempt may take
	stopWithin  = 15 * time.Second
	overdueRows = 200 // looked at in one go when coming back
)

func (o Options) orDefault() Options {
	if o.Name == "" {
		o.Name = string(NewID())
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Grace == 0 {
		o.Grace = 15 * time.Minute
	}
	if o.Workers == 0 {
		o.Workers = 16
	}
	if o.RotateAhead == 0 {
		o.RotateAhead = 5 * time.Minute
	}
	return o
}
