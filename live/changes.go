package live

import (
	"slices"
	"time"

	"confbot/conference"
)

// notesKept is how many lines for everybody a run remembers.
const notesKept = 10

// Asked notes that Audian accepted an action for a caller, by a Slack user, or
// by ourselves with user "". Until a reading shows it, it is pending. It is to
// be called as soon as Audian has accepted; ok is false when the caller is not
// known.
func (w *Watcher) Asked(id conference.ID, k Key, action conference.Action, user string) (ok bool) {
	return w.change(id, func(r *Run, now time.Time, d *Diff) bool {
		return r.edit(k, d, func(c *Caller) { c.asked(action, user, now) })
	})
}

// Claim notes that a caller is a Slack user ("This is me"). A person has one
// line: a claim before on another one is taken back. No user takes the claim on
// this one back.
func (w *Watcher) Claim(id conference.ID, k Key, user string) (ok bool) {
	return w.change(id, func(r *Run, _ time.Time, d *Diff) bool {
		mine, ok := r.Find(k.exact())
		if !ok {
			return false
		}
		for _, c := range r.On() {
			if user != "" && c.ClaimedBy == user && c.No != mine.No {
				r.edit(c.Key(), d, func(c *Caller) { c.ClaimedBy = "" })
			}
		}
		return r.edit(k, d, func(c *Caller) { c.ClaimedBy = user })
	})
}

// Note adds a line for everybody who looks at the panel; ok is false when
// there was never a run.
func (w *Watcher) Note(id conference.ID, n Note) (ok bool) {
	return w.change(id, func(r *Run, now time.Time, _ *Diff) bool {
		if n.At.IsZero() {
			n.At = now
		}
		n.At = exact(n.At)
		r.Notes = append(r.Notes, n)
		r.Notes = r.Notes[max(0, len(r.Notes)-notesKept):]
		return true
	})
}

// Newcomers says whether those who join from now on are to be muted, which
// lasts until the run is over; ok is false when none goes on.
func (w *Watcher) Newcomers(id conference.ID, muted bool) (ok bool) {
	return w.change(id, func(r *Run, _ time.Time, _ *Diff) bool {
		if !r.Live() {
			return false
		}
		r.Newcomers = muted
		return true
	})
}

// KeepOut asks to remove whoever calls from a number (conference.Number.Digits)
// again, until the run is over; ok is false when none goes on.
func (w *Watcher) KeepOut(id conference.ID, digits string) (ok bool) {
	return w.change(id, func(r *Run, _ time.Time, d *Diff) bool {
		if !r.Live() || digits == "" {
			return false
		}
		if !slices.Contains(r.KeepOut, digits) {
			r.KeepOut = append(r.KeepOut, digits)
		}
		r.unwanted(d)
		return true
	})
}

// LetIn takes KeepOut back.
func (w *Watcher) LetIn(id conference.ID, digits string) (ok bool) {
	return w.change(id, func(r *Run, _ time.Time, _ *Diff) bool {
		before := len(r.KeepOut)
		r.KeepOut = slices.DeleteFunc(r.KeepOut, func(d string) bool { return d == digits })
		return len(r.KeepOut) < before
	})
}

// change is the one way to change a run other than by reading: fn gets a copy
// to change and reports whether it did. The Sink is told, with an empty Diff
// where no caller is different, and the next reading comes soon.
func (w *Watcher) change(id conference.ID, fn func(r *Run, now time.Time, d *Diff) bool) bool {
	w.mu.Lock()
	l := w.line(id)
	w.mu.Unlock()
	defer l.takeTurn()()
	if err := w.load(l); err != nil {
		w.log.Error("cannot load a run", "conference", string(id), "err", err)
		return false
	}
	w.mu.Lock()
	before := l.snap
	w.mu.Unlock()
	now, after, d := exact(time.Now()), before, Diff{}
	after.Run = before.Run.Clone()
	if after.Run.ID == "" || !fn(&after.Run, now, &d) {
		return false
	}
	after.ChangedAt = now
	w.sink.Changed(w.publish(l, after, 0), d)
	w.mu.Lock()
	w.plan(l)
	w.mu.Unlock()
	return true
}

// edit changes the caller who has this key.
func (r *Run) edit(k Key, d *Diff, fn func(*Caller)) bool {
	k = k.exact()
	i := slices.IndexFunc(r.Callers, func(c Caller) bool { return c.ID == k.ID && c.Joined.Equal(k.Joined) })
	if i < 0 {
		return false
	}
	fn(&r.Callers[i])
	d.Changed = append(d.Changed, r.Callers[i])
	return true
}
