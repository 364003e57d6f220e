package live

import (
	"context"
	"slices"
	"time"

	"confbot/conference"
)

// storeTimeout is the longest that a run is written or loaded.
const storeTimeout = 5 * time.Second

// takeTurn waits until nobody else changes the run, and returns what gives the
// turn back. Whoever has it may call the store and the Sink, never Audian.
func (l *line) takeTurn() (giveBack func()) {
	l.turn <- struct{}{}
	return func() { <-l.turn }
}

// load gets the stored run, once. The turn is held.
func (w *Watcher) load(l *line) error {
	w.mu.Lock()
	loaded := l.loaded
	w.mu.Unlock()
	if loaded {
		return nil
	}
	ctx, cancel := w.storeContext()
	defer cancel()
	run, ok, err := w.store.LatestRun(ctx, l.id)
	if err != nil {
		return &conference.Error{Kind: conference.Internal, Cause: err}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	l.loaded = true
	if ok {
		run.Restored = true
		l.saved, l.snap.Run, l.snap.ChangedAt = run, run, lastChange(run)
	}
	return nil
}

// publish saves and keeps a new snapshot, and returns it as others see it.
// The turn is held, and is kept until the Sink has been told.
func (w *Watcher) publish(l *line, after Snapshot, seq uint64) Snapshot {
	w.mu.Lock()
	before := l.snap.Run
	w.mu.Unlock()
	w.save(l, before, after.Run)
	w.mu.Lock()
	defer w.mu.Unlock()
	l.snap = after
	l.applied = max(l.applied, seq)
	return w.snapshot(l)
}

// save writes what the store does not have yet. What cannot be written is
// tried again with the next change. The turn is held, so l.saved is ours.
func (w *Watcher) save(l *line, before, after Run) {
	if before.ID != after.ID && before.Live() {
		closed := before.Closed()
		w.write(l.id, closed, altered(l.saved, closed))
	}
	changed := altered(l.saved, after)
	if after.ID == "" || len(changed) == 0 && after.sameButCallers(l.saved) {
		return
	}
	if w.write(l.id, after, changed) {
		l.saved = after
	}
}

func (w *Watcher) write(id conference.ID, run Run, changed []Caller) bool {
	ctx, cancel := w.storeContext()
	defer cancel()
	if err := w.store.SaveRun(ctx, run, changed); err != nil {
		w.log.Error("cannot save a run", "conference", string(id), "err", err)
		return false
	}
	return true
}

// storeContext outlives Stop: what is known is still written.
func (w *Watcher) storeContext() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(w.ctx), storeTimeout)
}

// altered returns the callers of now who are not the same in before, what they
// are saying not counted: that is not kept.
func altered(before, now Run) []Caller {
	known := before.Callers
	if before.ID != now.ID {
		known = nil
	}
	var changed []Caller
	for i, c := range now.Callers {
		if i >= len(known) || !sameButTalking(known[i], c) {
			changed = append(changed, c)
		}
	}
	return changed
}

func sameButTalking(a, b Caller) bool {
	a.Talking, b.Talking = nil, nil
	return a == b
}

// sameButCallers reports whether the rows of two runs are the same. While
// people are on, the time of reading counts now and then.
func (r Run) sameButCallers(saved Run) bool {
	return r.ID == saved.ID && r.Started.Equal(saved.Started) && r.Ended.Equal(saved.Ended) &&
		r.EmptySince.Equal(saved.EmptySince) && r.NextNo == saved.NextNo && r.Peak == saved.Peak &&
		r.Newcomers == saved.Newcomers && slices.Equal(r.Notes, saved.Notes) && slices.Equal(r.KeepOut, saved.KeepOut) &&
		(!r.Live() || r.SeenAt.Sub(saved.SeenAt) < SaveSeen)
}

// lastChange is when the last thing happened to anybody in the run.
func lastChange(r Run) time.Time {
	last := r.Started
	for _, c := range r.Callers {
		if c.ChangedAt.After(last) {
			last = c.ChangedAt
		}
	}
	return last
}
