package live

import (
	"cmp"
	"slices"
	"time"

	"confbot/conference"
)

// exact cuts a time to what is kept of it, so that a time which was stored,
// or was carried by a button, is still the same time.
func exact(t time.Time) time.Time { return t.Truncate(time.Millisecond) }

func (k Key) exact() Key { return Key{k.ID, exact(k.Joined)} }

// stay is somebody on the line in one reading, and who they are in the run.
type stay struct {
	conference.Participant

	caller int // index of the caller; unknown for somebody new
}

const unknown = -1

// kept is a Key that can be looked up: equal times are equal numbers.
type kept struct {
	id     conference.ParticipantID
	joined int64
}

func keptOf(p conference.Participant) kept { return kept{p.ID, p.Joined.UnixMilli()} }

// stays returns the people in order of joining, each stay once, and who of
// them is known.
func stays(run Run, people []conference.Participant, now time.Time) []stay {
	callers := make(map[kept]int, len(run.Callers))
	for i, c := range run.Callers {
		callers[keptOf(c.Participant)] = i
	}
	list := make([]stay, 0, len(people))
	for _, p := range people {
		p.Joined = joined(run, p, now)
		i, ok := callers[keptOf(p)]
		if !ok {
			i = unknown
		}
		list = append(list, stay{p, i})
	}
	slices.SortStableFunc(list, func(a, b stay) int { return byJoining(a.Participant, b.Participant) })
	return slices.CompactFunc(list, func(a, b stay) bool { return a.Same(b.Participant) })
}

func isKnown(s stay) bool { return s.caller != unknown }

// joined returns when somebody joined. Where Audian does not say, it is when
// they were first seen: the caller of the run who is still there under this id
// and with this number.
//
// Audian tells whole seconds and gives ids out again, so somebody who has just
// left and somebody who has just come can agree in both. A millisecond more
// tells the second one apart, so that no button drawn for the first is theirs.
func joined(run Run, p conference.Participant, now time.Time) time.Time {
	if !p.Joined.IsZero() {
		at := exact(p.Joined)
		for run.hasAnother(p, at) {
			at = at.Add(time.Millisecond)
		}
		return at
	}
	for _, c := range run.Callers {
		if c.On() && c.ID == p.ID && c.Number == p.Number {
			return c.Joined
		}
	}
	return now
}

// hasAnother reports whether the run knows somebody else under this id who
// joined at that moment.
func (r Run) hasAnother(p conference.Participant, at time.Time) bool {
	return slices.ContainsFunc(r.Callers, func(c Caller) bool {
		return c.ID == p.ID && c.Joined.Equal(at) && isAnother(c.Participant, p)
	})
}

// isAnother reports whether two readings cannot be of one person: their
// numbers differ and so do their names, as far as both have some. A number
// alone may change when a call is transferred.
func isAnother(a, b conference.Participant) bool {
	named := a.Name != "" && b.Name != ""
	if a.Number.Hidden() || b.Number.Hidden() {
		return named && a.Name != b.Name
	}
	return a.Number.Ends() != b.Number.Ends() && (!named || a.Name != b.Name)
}

// byJoining orders by time of joining, then by id; ids that are numbers are
// ordered as numbers.
func byJoining(a, b conference.Participant) int {
	if c := a.Joined.Compare(b.Joined); c != 0 {
		return c
	}
	// Ids that count up, as 7 and 10 or part_7 and part_10: the shorter is older.
	if c := cmp.Compare(len(a.ID), len(b.ID)); c != 0 {
		return c
	}
	return cmp.Compare(a.ID, b.ID)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
