package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"confbot/conference"
)

// Options are what a Watcher may be told otherwise; the zero value works.
type Options struct {
	Logger      *slog.Logger  // nil: silent
	Pace        Pace          // zero fields as in DefaultPace
	ReadTimeout time.Duration // the longest that one reading may take; 0: ten seconds
	// Background marks a reading that nobody waits for, so that the Reader lets
	// everything else go first; nil: there is no such mark.
	Background func(context.Context) context.Context
}

// Watcher looks at conferences for as long as somebody wants it, keeps their
// runs and tells the Sink what changes. All of its methods may be called at
// once and from the beginning; without Start it does not look by itself.
type Watcher struct {
	reader Reader
	store  Store
	sink   Sink
	log    *slog.Logger
	pace   Pace
	limit  time.Duration

	background func(context.Context) context.Context

	ctx    context.Context // ends with Stop
	cancel context.CancelFunc
	work   sync.WaitGroup
	budget *rate.Limiter
	wake   chan struct{} // something is due earlier than thought

	mu      sync.Mutex // never held while Audian, the store or the Sink is called
	started bool
	stopped bool
	lines   map[conference.ID]*line
}

// line is one conference. Its fields belong to Watcher.mu, except turn.
type line struct {
	id      conference.ID
	turn    chan struct{} // held by whoever changes the run, until it is saved and told
	reasons map[string]struct{}
	snap    Snapshot // replaced as a whole; its Run is never changed
	loaded  bool     // the stored run, if any, is in snap
	saved   Run      // what the store has
	used    time.Time

	last    time.Time // when the last reading ended, also one that failed
	due     time.Time // when to look next by ourselves; zero: not at all
	flying  int       // readings under way
	seq     uint64    // of the last reading begun
	applied uint64    // of the last reading that became snap
	next    *flight   // the reading that has not begun yet
}

// New returns a Watcher. It does no I/O.
func New(reader Reader, store Store, sink Sink, o Options) *Watcher {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.ReadTimeout == 0 {
		o.ReadTimeout = 10 * time.Second
	}
	if o.Background == nil {
		o.Background = func(ctx context.Context) context.Context { return ctx }
	}
	w := &Watcher{
		reader: reader, store: store, sink: sink, log: o.Logger,
		pace: o.Pace.orDefault(), limit: o.ReadTimeout, background: o.Background,
		wake:  make(chan struct{}, 1),
		lines: make(map[conference.ID]*line),
	}
	w.budget = rate.NewLimiter(rate.Limit(w.pace.PerSecond), burst)
	w.ctx, w.cancel = context.WithCancel(context.Background())
	return w
}

// Start begins to look at what is watched, until ctx ends or Stop is called.
// Calling it again does nothing.
func (w *Watcher) Start(ctx context.Context) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.started || w.stopped {
		return
	}
	w.started = true
	w.work.Go(func() {
		defer context.AfterFunc(ctx, w.cancel)()
		w.look()
	})
}

// Stop ends all readings, also those that people wait for, and returns when
// nothing is under way. Calling it again does nothing.
func (w *Watcher) Stop() {
	w.mu.Lock()
	w.stopped = true
	w.mu.Unlock()
	w.cancel()
	w.work.Wait()
}

// Watch begins to look at a conference for a reason, such as "card C123" or
// "list V456", until every reason is taken back. The same reason counts once.
// A conference with people on the line is looked at, though seldom, until its
// run is over also without a reason.
func (w *Watcher) Watch(id conference.ID, reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l := w.line(id)
	l.reasons[reason] = struct{}{}
	w.plan(l)
}

// Unwatch takes a reason back.
func (w *Watcher) Unwatch(id conference.ID, reason string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	l, ok := w.lines[id]
	if !ok {
		return
	}
	delete(l.reasons, reason)
	w.plan(l)
}

// Snapshot returns what is known, at once and from memory.
func (w *Watcher) Snapshot(id conference.ID) Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	l, ok := w.lines[id]
	if !ok {
		return Snapshot{Conference: id}
	}
	return w.snapshot(l)
}

// snapshot returns a copy, with how often the conference is looked at now.
// The lock is held.
func (w *Watcher) snapshot(l *line) Snapshot {
	s := l.snap
	s.Run = s.Run.Clone()
	if l.wanted() && w.started {
		s.Every = w.every(l, time.Now())
	}
	return s
}

// line returns the conference's line, a new one if need be. The lock is held.
func (w *Watcher) line(id conference.ID) *line {
	l, ok := w.lines[id]
	if !ok {
		l = &line{
			id: id, turn: make(chan struct{}, 1), reasons: make(map[string]struct{}),
			snap: Snapshot{Conference: id},
		}
		w.lines[id] = l
	}
	l.used = time.Now()
	return l
}

func (l *line) wanted() bool { return len(l.reasons) > 0 || l.snap.Run.Live() && !l.snap.Gone }
