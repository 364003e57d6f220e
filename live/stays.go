package live

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"confbot/conference"
)

// exact cuts a time to what is kept of it, so that a time which was stored,
// or was carried by a button, is still the same time.
func exact(t time.Time) time.Time { return t.Truncate(time.Millisecond) }

func (k Key) exact() Key { return Key{k.ID, exact(k.Joined)} }

func keyOf(p conference.Participant) Key {
	// UTC without a zone's pointer, so that equal times are equal keys.
	return Key{p.ID, time.UnixMilli(p.Joined.UnixMilli()).UTC()}
}

// stays returns the people in order of joining, each stay once, and says
// which of them is which caller of the run, by index.
func stays(run Run, people []conference.Participant, now time.Time) ([]conference.Participant, map[Key]int) {
	callers := make(map[Key]int, len(run.Callers))
	for i, c := range run.Callers {
		callers[keyOf(c.Participant)] = i
	}
	known := make(map[Key]int, len(people))
	once := make(map[Key]struct{}, len(people))
	sorted := make([]conference.Participant, 0, len(people))
	for _, p := range people {
		p.Joined = joined(run, p, now)
		k := keyOf(p)
		if _, twice := once[k]; twice {
			continue
		}
		once[k] = struct{}{}
		if i, ok := callers[k]; ok {
			known[k] = i
		}
		sorted = append(sorted, p)
	}
	slices.SortFunc(sorted, byJoining)
	return sorted, known
}

// joined returns when somebody joined. Where Audian does not say, it is when
// they were first seen: the caller of the run who is still there under this id
// and with this number.
func joined(run Run, p conference.Participant, now time.Time) time.Time {
	if !p.Joined.IsZero() {
		return exact(p.Joined)
	}
	for _, c := range run.Callers {
		if c.On() && c.ID == p.ID && c.Number == p.Number {
			return c.Joined
		}
	}
	return now
}

// byJoining orders by time of joining, then by id; ids that are numbers are
// ordered as numbers.
func byJoining(a, b conference.Participant) int {
	if c := a.Joined.Compare(b.Joined); c != 0 {
		return c
	}
	if wholeNumber(a.ID) && wholeNumber(b.ID) {
		if c := cmp.Compare(len(a.ID), len(b.ID)); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.ID, b.ID)
}

func wholeNumber(id conference.ParticipantID) bool {
	return strings.Trim(string(id), "0123456789") == ""
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
