package live

import (
	"cmp"
	"math/rand/v2"
	"time"
)

// Pace is how often a conference is looked at.
type Pace struct {
	Fast    time.Duration // while people come, go, are muted, …
	Slow    time.Duration // when nothing has changed for MovingFor
	Slowest time.Duration // when nothing has changed for long
	Idle    time.Duration // while nobody is on the line
	Gone    time.Duration // when Audian says that there is no such conference

	// PerSecond is the most readings a second by ourselves, over all
	// conferences. When they want more, each is looked at less often: first
	// those on which nobody is, down to a fifth of all readings, then all
	// others by the same factor. Readings that people ask for are not counted.
	PerSecond float64
}

// DefaultPace stays well within Audian's published rate of ten requests a
// second, of which people's own requests need most.
// Source: https://docs.audian.com (rate limits).
func DefaultPace() Pace {
	return Pace{
		Fast:      2 * time.Second,
		Slow:      5 * time.Second,
		Slowest:   5 * time.Second,
		Idle:      10 * time.Second,
		Gone:      5 * time.Minute,
		PerSecond: 3,
	}
}

// MovingFor is how long after a change more changes are expected.
const MovingFor = 20 * time.Second

// slowestAfter is how long after a change hardly any are expected.
const slowestAfter = 5 * time.Minute

// failedMost is how seldom Audian is asked while it does not answer.
const failedMost = 30 * time.Second

// failuresShown is how many readings must fail in a row before people are told.
const failuresShown = 2

// next returns how soon to look again, if there were no other conferences.
func (p Pace) next(s Snapshot, looked bool, now time.Time) time.Duration {
	quiet := now.Sub(s.ChangedAt)
	switch {
	case s.Gone:
		return p.Gone
	case s.Failures > 0:
		return min(p.Slow<<min(s.Failures-1, 8), max(p.Idle, failedMost))
	case !s.Known():
		return p.Fast
	case !s.Run.Live(), !looked:
		return p.Idle
	case !s.Run.EmptySince.IsZero():
		return p.Slowest // soon enough to see that they are back, or that it is over
	case quiet < MovingFor:
		return p.Fast
	case quiet < slowestAfter:
		return p.Slow
	}
	return p.Slowest
}

// orDefault fills what is not set.
func (p Pace) orDefault() Pace {
	d := DefaultPace()
	return Pace{
		Fast: cmp.Or(p.Fast, d.Fast), Slow: cmp.Or(p.Slow, d.Slow), Slowest: cmp.Or(p.Slowest, d.Slowest),
		Idle: cmp.Or(p.Idle, d.Idle), Gone: cmp.Or(p.Gone, d.Gone), PerSecond: cmp.Or(p.PerSecond, d.PerSecond),
	}
}

// every returns how often a conference is looked at, given what the others
// want. The lock is held.
func (w *Watcher) every(l *line, now time.Time) time.Duration {
	var live, idle float64 // readings a second that are wished for
	for _, other := range w.lines {
		if !other.wanted() {
			continue
		}
		if wish := 1 / w.alone(other, now).Seconds(); other.snap.Run.Live() {
			live += wish
		} else {
			idle += wish
		}
	}
	forIdle := min(idle, max(w.pace.PerSecond-live, w.pace.PerSecond*idleShare))
	wish, share := idle, forIdle
	if l.snap.Run.Live() {
		wish, share = live, w.pace.PerSecond-forIdle
	}
	return time.Duration(float64(w.alone(l, now)) * max(1, wish/share))
}

// idleShare of all readings is kept for conferences on which nobody is, so
// that somebody who joins is seen however many others are live.
const idleShare = 0.2

// alone returns how often a conference would be looked at without others.
func (w *Watcher) alone(l *line, now time.Time) time.Duration {
	return w.pace.next(l.snap, len(l.reasons) > 0, now)
}

// jitter spreads readings that began together: a tenth up or down.
func jitter(d time.Duration) time.Duration {
	return time.Duration(float64(d) * (0.9 + 0.2*rand.Float64())) //nolint:gosec // no secret depends on it
}
