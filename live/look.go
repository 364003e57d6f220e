package live

import "time"

// burst is how many readings by ourselves may follow each other at once.
const burst = 3

// forgetAfter is how long a conference that nobody looks at stays in memory.
const forgetAfter = 10 * time.Minute

// look reads what is due, within the budget, until the Watcher is stopped.
func (w *Watcher) look() {
	for {
		at, any := w.soonest()
		if wait := time.Until(at); !any || wait > 0 {
			if !any {
				wait = forgetAfter
			}
			timer := time.NewTimer(wait)
			select {
			case <-w.ctx.Done():
				timer.Stop()
				return
			case <-w.wake:
			case <-timer.C:
			}
			timer.Stop()
			w.forget()
			continue
		}
		if err := w.budget.Wait(w.ctx); err != nil {
			return
		}
		w.readDue()
	}
}

// soonest returns when the next reading is due.
func (w *Watcher) soonest() (at time.Time, any bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if l := w.mostDue(); l != nil {
		return l.due, true
	}
	return time.Time{}, false
}

// mostDue returns the line that waits longest. The lock is held.
func (w *Watcher) mostDue() *line {
	var first *line
	for _, l := range w.lines {
		if !l.due.IsZero() && (first == nil || l.due.Before(first.due)) {
			first = l
		}
	}
	return first
}

// readDue begins the reading that is most overdue. One that is under way
// counts: the next is planned when it ends.
func (w *Watcher) readDue() {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.mostDue()
	if l == nil || l.due.After(time.Now()) {
		return
	}
	l.due = time.Time{}
	if l.flying == 0 {
		w.board(l)
	}
}

// plan decides when to look next, counting from the last reading. The lock is
// held.
func (w *Watcher) plan(l *line) {
	switch {
	case !l.wanted():
		l.due = time.Time{}
		return
	case l.flying > 0:
		return // planned when it ends
	}
	now := time.Now()
	due := now
	if !l.last.IsZero() {
		due = l.last.Add(jitter(w.every(l, now)))
	}
	w.schedule(l, due)
}

// schedule sets when to look next. The lock is held.
func (w *Watcher) schedule(l *line, due time.Time) {
	l.due = due
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// forget drops conferences from memory that nobody has asked for in a while.
// Their runs are in the store.
func (w *Watcher) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := time.Now()
	for id, l := range w.lines {
		if !l.wanted() && l.flying == 0 && l.next == nil && now.Sub(l.used) > forgetAfter {
			delete(w.lines, id)
		}
	}
}
