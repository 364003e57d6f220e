package live

import (
	"slices"
	"strconv"
	"time"

	"confbot/conference"
)

// PendingFor is how long an action that Audian accepted is drawn as asked for
// while readings do not show it.
const PendingFor = 20 * time.Second

// arrivedWithin is how soon after joining somebody who is muted must be seen
// to be said to have arrived so.
const arrivedWithin = time.Minute

// Observe returns the run as it is after people were read on the line at now,
// and what is different. It changes neither argument and does no I/O. A run
// without an ID means that there was none.
//
// When the reading shows that run was over without anybody noticing, the
// result is a new run; the old one is then run.Closed().
func Observe(run Run, people []conference.Participant, now time.Time) (Run, Diff) {
	now = exact(now)
	var d Diff
	line := stays(run, people, now)
	if len(line) > 0 && run.isOver(line, now) {
		if run.Live() {
			d.Ended, d.Left = true, leavers(run)
		}
		run = begin(run.Conference, line, now)
		d.Started = true
	}
	if run.ID == "" {
		return run, d
	}
	run.Callers = slices.Clone(run.Callers)
	run.match(line, now, &d)
	run.count(len(line), now, &d)
	run.SeenAt, run.Restored = now, false
	return run, d
}

// isOver reports whether those who are on the line now began a new run.
func (r Run) isOver(line []stay, now time.Time) bool {
	switch {
	case r.ID == "":
		return true
	case slices.ContainsFunc(line, isKnown):
		return false // somebody has been there all the time
	case r.endedForEveryone():
		return true
	case !r.Ended.IsZero():
		return now.Sub(r.Ended) > ResumeWithin
	case !r.EmptySince.IsZero():
		return now.Sub(r.EmptySince) > ResumeWithin
	}
	// Everybody is another. That happens between two readings, but after a
	// restart or a long time of not looking it is more likely another run.
	return r.Restored || now.Sub(r.SeenAt) > ResumeWithin
}

// endedForEveryone reports whether a person ended it and nobody has come
// since. Who dials in then begins another run: what held for the ended one,
// such as muting newcomers, does not hold for them.
func (r Run) endedForEveryone() bool {
	for _, n := range slices.Backward(r.Notes) {
		if n.What == NoteEnded {
			return !slices.ContainsFunc(r.Callers, func(c Caller) bool { return c.Joined.After(n.At) })
		}
	}
	return false
}

// begin returns the run that these people began. It began when the first of
// them joined, which may be long before somebody looked.
func begin(id conference.ID, line []stay, now time.Time) Run {
	run := Run{
		ID:         string(id) + "@" + strconv.FormatInt(now.UnixMilli(), 36),
		Conference: id,
		Started:    now,
		NextNo:     1,
	}
	for i := range line {
		line[i].caller = unknown
		run.Started = earlier(run.Started, line[i].Joined)
	}
	return run
}

// leavers returns who was on the line when a run was over unseen.
func leavers(old Run) []Caller {
	on := old.On()
	for i := range on {
		on[i].leave(old.lastKnown())
	}
	return on
}

// match brings the callers up to date with those on the line, who are in
// order of joining.
func (r *Run) match(line []stay, now time.Time, d *Diff) {
	present := make([]bool, len(r.Callers), len(r.Callers)+len(line))
	for _, s := range line {
		if !isKnown(s) {
			r.join(s.Participant, now, d)
			present = append(present, true)
			continue
		}
		present[s.caller] = true
		c := &r.Callers[s.caller]
		if !c.On() { // one reading had missed them: it is the same stay
			c.back(now)
			c.see(s.Participant, now)
			d.Joined = append(d.Joined, *c)
		} else if c.see(s.Participant, now) {
			d.Changed = append(d.Changed, *c)
		}
	}
	left := now
	if len(line) == 0 && now.Sub(r.SeenAt) > ResumeWithin {
		left = r.lastKnown() // nobody looked for long
	}
	for i := range r.Callers {
		if c := &r.Callers[i]; !present[i] && c.On() {
			c.leave(left)
			d.Left = append(d.Left, *c)
		}
	}
	r.unwanted(d)
}

// join adds somebody new and gives them the next number.
func (r *Run) join(p conference.Participant, now time.Time, d *Diff) {
	c := Caller{
		Participant:  p,
		No:           r.NextNo,
		ChangedAt:    earlier(p.Joined, now),
		ArrivedMuted: p.Muted && now.Sub(p.Joined) <= arrivedWithin,
		ClaimedBy:    r.claimOf(p.Number),
	}
	r.NextNo++
	r.Callers = append(r.Callers, c)
	d.Joined = append(d.Joined, c)
	if r.Newcomers && !c.Muted {
		d.Newcomers = append(d.Newcomers, c)
	}
}

// claimOf returns who said "This is me" when they were on the line from this
// number before. While that caller is still there, somebody else who shares
// the number is not the same person.
func (r *Run) claimOf(n conference.Number) string {
	if n.Hidden() {
		return ""
	}
	digits, claimed := n.Digits(), ""
	for _, c := range r.Callers {
		if c.ClaimedBy == "" || c.Number.Digits() != digits {
			continue
		}
		if c.On() {
			return ""
		}
		claimed = c.ClaimedBy
	}
	return claimed
}

// unwanted finds those who are to be kept out and whom nobody is kicking.
func (r *Run) unwanted(d *Diff) {
	if len(r.KeepOut) == 0 {
		return
	}
	for i := range r.Callers {
		c := &r.Callers[i]
		if c.On() && c.Pending != conference.Kick && !c.Number.Hidden() && slices.Contains(r.KeepOut, c.Number.Digits()) {
			c.KeptOut = true
			d.Unwanted = append(d.Unwanted, *c)
		}
	}
}

// count notes how many there are, and whether the run goes on.
func (r *Run) count(people int, now time.Time, d *Diff) {
	switch {
	case people > 0:
		r.Peak = max(r.Peak, people)
		r.EmptySince, r.Ended = time.Time{}, time.Time{}
	case !r.Ended.IsZero():
	case r.endedForEveryone():
		r.EmptySince, r.Ended, d.Ended = now, now, true
	case r.EmptySince.IsZero() && now.Sub(r.SeenAt) > ResumeWithin:
		r.EmptySince = r.lastKnown() // nobody looked for long
	case r.EmptySince.IsZero():
		r.EmptySince = now
	case now.Sub(r.EmptySince) >= EmptyFor:
		r.Ended = r.EmptySince
		d.Ended = true
	}
}
