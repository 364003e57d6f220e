package announce

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"
)

// Runner works the timetable: it claims what is due, waits to the second,
// posts and writes down. Any number of Runners may share one Store.
type Runner struct {
	store Store
	out   Announcer
	opt   Options
	log   *slog.Logger

	ctx    context.Context // ends when nothing new is begun
	cancel context.CancelFunc
	work   sync.WaitGroup
	kick   chan struct{} // something may be claimed before the next tick
	slots  chan struct{} // one for each step under way

	awayFrom time.Time // when somebody was last there before us; run's own

	mu      sync.Mutex
	started bool
	stopped bool
	inHand  map[string]*held // rows that we hold, by key
	renewed time.Time
}

// held is a row in hand.
type held struct {
	cancel context.CancelFunc
	// next is the same row claimed again before we had let go of it: its step
	// was written down a moment ago, or our lease ran out while we worked on it.
	next *Occurrence
}

// NewRunner returns a Runner. It does no I/O.
func NewRunner(store Store, out Announcer, o Options) *Runner {
	o = o.orDefault()
	r := &Runner{
		store: store, out: out, opt: o, log: o.Logger.With("runner", o.Name),
		kick: make(chan struct{}, 1), slots: make(chan struct{}, o.Workers),
		inHand: make(map[string]*held),
	}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	return r
}

// Start begins, until ctx ends or Stop is called. Calling it again does
// nothing.
func (r *Runner) Start(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.started || r.stopped {
		return
	}
	r.started = true
	r.work.Go(func() {
		defer context.AfterFunc(ctx, r.cancel)()
		r.run()
	})
	r.work.Go(r.renew)
}

// Stop begins nothing new, gives back what waits, lets what is being posted
// finish for a while and returns then. Calling it again does nothing.
func (r *Runner) Stop() {
	r.mu.Lock()
	r.stopped = true
	r.mu.Unlock()
	r.cancel()
	timer := time.AfterFunc(stopWithin, r.breakOff)
	defer timer.Stop()
	r.work.Wait()
}

// breakOff ends what is being posted, without knowing how it ended: the row
// says so, and whoever is next looks.
func (r *Runner) breakOff() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, h := range r.inHand {
		h.cancel()
	}
}

// giveBack lets others have a row at once that we have not begun.
func (r *Runner) giveBack(ctx context.Context, key string) {
	now := time.Now()
	if err := r.store.Renew(ctx, []string{key}, Lease{Holder: r.opt.Name, Now: now, Until: now}); err != nil {
		r.log.Warn("cannot give a row back", "occurrence", key, "err", err)
	}
}

// Kick looks at once, because something was planned that is due now. The
// runner finds it anyway within a second.
func (r *Runner) Kick() {
	select {
	case r.kick <- struct{}{}:
	default:
	}
}

func (r *Runner) run() {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	var beat, sweep time.Time
	for {
		// By the wall clock alone: the other one stands still while the machine
		// sleeps, and what was due then must be looked through before it is posted.
		now := time.Now().Round(0)
		if now.Sub(beat) >= beatEvery || now.Before(beat) {
			beat = now
			r.beat(now)
		}
		if now.Sub(sweep) >= sweepEvery || now.Before(sweep) {
			sweep = now
			r.sweep(now)
		}
		r.claim(now)
		select {
		case <-r.ctx.Done():
			return
		case <-ticker.C:
		case <-r.kick:
		}
	}
}

// claim takes what is due within a few seconds and sets it going.
func (r *Runner) claim(now time.Time) {
	room := r.room()
	if room <= 0 || r.ctx.Err() != nil {
		return
	}
	rows, err := r.store.Claim(r.ctx, Claim{Lease: r.lease(now), Before: now.Add(ahead), Limit: room})
	if err != nil {
		r.failed("claim what is due", err)
		return
	}
	slices.SortFunc(rows, func(a, b Occurrence) int { return a.At.Compare(b.At) })
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, o := range rows {
		if h := r.inHand[o.Key]; h != nil {
			h.next = &o
			continue
		}
		r.hold(o)
	}
}

// hold sets a row going; mu is held.
func (r *Runner) hold(o Occurrence) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(r.ctx))
	r.inHand[o.Key] = &held{cancel: cancel}
	r.work.Go(func() {
		defer r.drop(o.Key)
		r.attend(ctx, o)
	})
}

// room is how many rows we can take on.
func (r *Runner) room() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return 4*r.opt.Workers - len(r.inHand)
}

func (r *Runner) lease(now time.Time) Lease {
	return Lease{Holder: r.opt.Name, Now: now, Until: now.Add(lease)}
}

// drop lets go of a row, and looks for more. If it was claimed again
// meanwhile, its next step begins: Begin sees whether the claim still holds.
func (r *Runner) drop(key string) {
	r.mu.Lock()
	h := r.inHand[key]
	delete(r.inHand, key)
	if h.next != nil {
		r.hold(*h.next)
	}
	r.mu.Unlock()
	h.cancel()
	r.Kick()
}

// renew keeps the leases of the rows in hand. If it cannot for so long that
// others may have them, what is under way is broken off.
func (r *Runner) renew() {
	ticker := time.NewTicker(renewEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
		case <-r.ctx.Done():
			if r.idle() {
				return
			}
			<-ticker.C
		}
		r.renewAll(time.Now())
	}
}

func (r *Runner) idle() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.inHand) == 0
}

func (r *Runner) renewAll(now time.Time) {
	r.mu.Lock()
	keys := make([]string, 0, len(r.inHand))
	for key := range r.inHand {
		keys = append(keys, key)
	}
	if len(keys) == 0 {
		r.renewed = now
	}
	r.mu.Unlock()
	if len(keys) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.ctx), renewEvery)
	defer cancel()
	err := r.store.Renew(ctx, keys, r.lease(now))
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		r.renewed = now
		return
	}
	r.log.Error("cannot renew leases", "rows", len(keys), "err", err)
	if now.Sub(r.renewed) >= lease-renewEvery {
		for _, key := range keys {
			if h := r.inHand[key]; h != nil {
				h.cancel()
			}
		}
	}
}

func (r *Runner) failed(what string, err error) {
	if r.ctx.Err() == nil {
		r.log.Error("timetable: cannot "+what, "err", err)
	}
}
