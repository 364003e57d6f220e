package announce

import "time"

// Next returns the first slot whose post is after a moment; ok is false when
// nothing is left.
func (r Rule) Next(after time.Time) (s Slot, ok bool) {
	next := r.Upcoming(after, 1)
	if len(next) == 0 {
		return Slot{}, false
	}
	return next[0], true
}

// Upcoming returns the next n slots whose posts are after a moment. A rule of
// Now has none: it is planned when it is made.
func (r Rule) Upcoming(after time.Time, n int) []Slot {
	if r.Now || n <= 0 {
		return nil
	}
	zone := r.Location()
	switch r.Repeat.Freq {
	case Once:
		if s := r.slot(r.once(zone)); s.Post.After(after) {
			return []Slot{s}
		}
		return nil
	case Minutes:
		return r.elapsed(zone, after, n)
	case Days, Weeks, Months:
	}
	times, err := r.wallTimes()
	if err != nil {
		return nil
	}
	slots := make([]Slot, 0, n)
	for len(slots) < n {
		t, ok := times()
		if !ok {
			break
		}
		// Where a zone left out a whole day, two wall times are one moment.
		if s := r.slot(WallOf(t).In(zone)); s.Post.After(after) {
			slots = append(slots, s)
			after = s.Post
		}
	}
	return slots
}

// slot is what comes of one of the rule's moments.
func (r Rule) slot(t time.Time) Slot {
	s := Slot{Post: t.Add(-r.Lead).UTC()}
	if r.Timed {
		s.Starts = t.UTC()
	}
	return s
}

func (r Rule) once(zone *time.Location) time.Time {
	if !r.Exact.IsZero() {
		return r.Exact
	}
	return r.First.In(zone)
}

// elapsed counts by the time that passes, so that a clock change neither
// doubles nor drops anything.
func (r Rule) elapsed(zone *time.Location, after time.Time, n int) []Slot {
	every, first := r.Repeat.every(), r.once(zone)
	if every <= 0 {
		return nil
	}
	k := 0
	if passed := after.Sub(first.Add(-r.Lead)); passed >= 0 {
		k = int(passed/every) + 1
	}
	var slots []Slot
	for ; len(slots) < n && (r.Repeat.Count == 0 || k < r.Repeat.Count); k++ {
		t := first.Add(time.Duration(k) * every)
		if u := r.Repeat.Until; !u.IsZero() && WallOf(t.In(zone)).date().Compare(u.date()) > 0 {
			break
		}
		slots = append(slots, r.slot(t))
	}
	return slots
}
