package live

import (
	"context"
	"errors"
	"fmt"
	"time"

	"confbot/conference"
)

// ErrStopped is returned for readings asked for after Stop, or ended by it.
var ErrStopped = errors.New("live: the watcher is stopped")

// maxFlying is how many readings of one conference are under way at once: one
// that may hang, and one that somebody waits for meanwhile.
const maxFlying = 2

// flight is one reading and those who wait for it.
type flight struct {
	launched bool
	wanted   bool // somebody waits for it
	done     chan struct{}
	snap     Snapshot // valid when done is closed, as is err
	err      error
}

// Read reads the conference now and returns what is then known. It shares a
// reading with others only if that has not begun yet: what it returns was true
// after Read was called. The error is Audian's, of its kind; or ErrStopped; or
// ctx's, and then the reading goes on for others. With an error the Snapshot is
// what was known before.
func (w *Watcher) Read(ctx context.Context, id conference.ID) (Snapshot, error) {
	w.mu.Lock()
	f := w.board(w.line(id))
	f.wanted = true
	w.mu.Unlock()
	select {
	case <-f.done:
		s := f.snap
		s.Run = s.Run.Clone() // others got the same
		return s, f.err
	case <-ctx.Done():
		return w.Snapshot(id), fmt.Errorf("read who is on the line: %w", ctx.Err())
	}
}

// board returns the reading that has not begun yet, and lets it begin if not
// too many are under way. The lock is held.
func (w *Watcher) board(l *line) *flight {
	if w.stopped {
		f := &flight{done: make(chan struct{}), snap: w.snapshot(l), err: ErrStopped}
		close(f.done)
		return f
	}
	if l.next == nil {
		l.next = &flight{done: make(chan struct{})}
	}
	f := l.next
	w.launch(l)
	return f
}

// launch lets the next reading begin, if there is one. The lock is held.
func (w *Watcher) launch(l *line) {
	if f := l.next; f != nil && !f.launched && l.flying < maxFlying {
		f.launched = true
		l.flying++
		w.work.Go(func() { w.fly(l, f) })
	}
}

// fly is one reading from beginning to end.
func (w *Watcher) fly(l *line, f *flight) {
	w.mu.Lock()
	l.next = nil // from here on it may be answered from before somebody asks
	l.seq++
	seq, wanted := l.seq, f.wanted
	w.mu.Unlock()

	ctx, cancel := context.WithTimeout(w.ctx, w.limit)
	if !wanted {
		ctx = w.background(ctx)
	}
	people, err := w.reader.Participants(ctx, l.id)
	cancel()
	if w.ctx.Err() != nil {
		f.err = ErrStopped
	} else {
		f.err = w.land(l, seq, people, err)
	}

	w.mu.Lock()
	l.flying--
	l.last = time.Now()
	if !w.stopped {
		w.launch(l)
		w.plan(l)
	}
	f.snap = w.snapshot(l)
	w.mu.Unlock()
	close(f.done)
}

// land makes a reading what is known, unless a later one has been already.
func (w *Watcher) land(l *line, seq uint64, people []conference.Participant, failed error) error {
	defer l.takeTurn()()
	if err := w.load(l); err != nil {
		return err
	}
	w.mu.Lock()
	before, overtaken := l.snap, seq < l.applied
	w.mu.Unlock()
	if overtaken {
		return nil
	}
	after, diff := before.read(people, failed, time.Now())
	if diff.Health {
		w.log.Info("reading the line", "conference", string(l.id), "failing", failed != nil, "err", failed)
	}
	if told := w.publish(l, after, seq); !diff.Empty() {
		w.sink.Changed(told, diff)
	}
	return failed
}

// read returns the snapshot after a reading that gave people, or failed.
func (s Snapshot) read(people []conference.Participant, failed error, now time.Time) (Snapshot, Diff) {
	var d Diff
	gone := conference.KindOf(failed) == conference.NotFound
	if failed != nil && !gone {
		s.Failures++
		d.Health = s.Failures == failuresShown
		return s, d
	}
	before := s.Run
	if before.Conference == "" {
		before.Conference = s.Conference
	}
	s.Run, d = Observe(before, people, now)
	d.Health = s.Failures >= failuresShown || !s.Known() // the first answer is news, also "nobody is on"
	d.Gone = s.Gone != gone
	s.ReadAt, s.Failures, s.Gone = now, 0, gone
	if d.Started || d.Ended || len(altered(before, s.Run)) > 0 {
		s.ChangedAt = now
	}
	return s, d
}
