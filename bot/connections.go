package bot

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"
)

// connections keeps a number of connections open, so that the going of one
// leaves no gap: Slack hands each envelope to one of those that are open.
type connections struct {
	dial    func(ctx context.Context, number int) (*conn, error)
	take    func(*conn, frame)
	met     func(hello)    // told of each hello
	counted func(open int) // told how many are open
	size    int
	log     *slog.Logger

	keeping sync.WaitGroup // the places
	reading sync.WaitGroup // what was opened

	mu      sync.Mutex
	live    map[*conn]struct{} // greeted and not ended
	changed chan struct{}      // closed when live changes
	opened  int
	trouble string // why there is none, "" if there is one
}

func newConnections(size int, log *slog.Logger, dial func(context.Context, int) (*conn, error), take func(*conn, frame)) *connections {
	return &connections{
		dial: dial, take: take, size: size, log: log, met: func(hello) {}, counted: func(int) {},
		live: map[*conn]struct{}{}, changed: make(chan struct{}), trouble: "not connected to Slack yet",
	}
}

// start opens the connections and keeps them open until ctx ends. Those that
// are open then stay so until stop.
func (c *connections) start(ctx context.Context) {
	for slot := range c.size {
		c.keeping.Go(func() { c.keep(ctx, slot) })
	}
}

// stop says goodbye on every connection and waits for Slack to do so too, at
// most until ctx ends. The context given to start must have ended.
func (c *connections) stop(ctx context.Context) {
	c.keeping.Wait()
	for _, open := range c.all() {
		open.close()
	}
	for _, open := range c.all() {
		select {
		case <-open.done:
		case <-ctx.Done():
			open.drop()
		}
	}
	c.reading.Wait()
}

// ready reports whether a connection is open, or why there is none.
func (c *connections) ready() (ok bool, why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.live) > 0, c.trouble
}

// state is why there is no connection, "" if there is one.
func (c *connections) state() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.trouble
}

func (c *connections) all() []*conn {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Collect(maps.Keys(c.live))
}

// add starts reading from a connection that has been greeted.
func (c *connections) add(open *conn) {
	c.mu.Lock()
	first := len(c.live) == 0
	c.live[open] = struct{}{}
	c.trouble = ""
	count := len(c.live)
	c.announce()
	c.mu.Unlock()
	c.counted(count)
	if first {
		c.log.Info("connected to Slack", "host", open.hello.DebugInfo.Host, "connections", open.hello.NumConnections)
	}
	c.met(open.hello)
	c.reading.Go(func() {
		open.serve(c.take)
		c.remove(open)
		open.part()
	})
}

func (c *connections) remove(open *conn) {
	c.mu.Lock()
	delete(c.live, open)
	count := len(c.live)
	last := count == 0
	if last && c.trouble == "" {
		c.trouble = "the connection to Slack was lost"
	}
	c.announce()
	c.mu.Unlock()
	c.counted(count)
	if last {
		c.log.Info("no connection to Slack is open", "last_ended", endedBy(open.ended))
	}
}

// announce wakes those who wait for a connection; mu is held.
func (c *connections) announce() {
	close(c.changed)
	c.changed = make(chan struct{})
}

// keep holds one of the places: it opens a connection, watches it, and opens
// the next one before that one goes.
func (c *connections) keep(ctx context.Context, slot int) {
	var pause backoff
	hurry := newBudget(refreshesAMinute, refreshesSaved)
	var old *conn
	var grace time.Duration // for Slack to close it
	for turn := 0; ctx.Err() == nil; {
		open, err := c.dial(ctx, c.number())
		if err != nil {
			if !sleep(ctx, c.afterFailure(ctx, err, &pause)) {
				break
			}
			continue
		}
		c.add(open)
		if old != nil {
			leaves, after := old, grace
			c.reading.Go(func() { retire(ctx, leaves, after) })
			old = nil
		}
		born := time.Now()
		why := watch(ctx, open, c.stagger(slot, turn, open))
		turn++
		lived := time.Since(born)
		switch why {
		case leaving:
			old, grace = open, retireAfter
			if !hurry.take() {
				if !sleep(ctx, hurry.wait()) {
					return
				}
				hurry.charge()
			}
		case disabled, crowded:
			old, grace = open, 0
			if !sleep(ctx, c.refuse(why)) {
				return
			}
		case aged:
			old, grace = open, 0
		case lost:
			c.log.Debug("a connection to Slack ended", "number", open.number, "lived", lived.Round(time.Millisecond), "why", endedBy(open.ended))
			if !sleep(ctx, afterLoss(lived, &pause)) {
				return
			}
		case stopped:
			return
		}
	}
}

// afterLoss is how long to wait after a connection died that had been
// greeted: not long if it had served for a while, longer and longer for one
// that dies at once every time.
func afterLoss(lived time.Duration, pause *backoff) time.Duration {
	if lived >= stableAfter {
		pause.reset()
	}
	d := pause.next()
	if lived >= time.Second {
		d = min(d, lived)
	}
	return d
}

func (c *connections) number() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.opened++
	return c.opened
}

// stagger says after what time a place gives up its first connection of its
// own accord, so that the ages differ and never two run out together. Zero:
// Slack decides.
func (c *connections) stagger(slot, turn int, open *conn) time.Duration {
	life := time.Duration(open.hello.DebugInfo.Lifetime) * time.Second
	if turn > 0 || slot == 0 || life < time.Minute {
		return 0
	}
	return life * time.Duration(slot) / time.Duration(c.size)
}

// ending says why a connection needs a successor.
type ending int

const (
	lost     ending = iota // it died
	leaving                // Slack will close it soon
	aged                   // we let it go, to spread the ages
	disabled               // Socket Mode was switched off
	crowded                // too many connections
	stopped                // we stop
)

// watch waits until the connection needs a successor.
func watch(ctx context.Context, open *conn, age time.Duration) ending {
	var old <-chan time.Time
	if age > 0 {
		t := time.NewTimer(age)
		defer t.Stop()
		old = t.C
	}
	select {
	case <-ctx.Done():
		return stopped
	case <-open.done:
		// A reason that came just before the end still counts.
		select {
		case reason := <-open.notice:
			if why := endingFor(reason); why != leaving {
				return why
			}
		default:
		}
		return lost
	case reason := <-open.notice:
		return endingFor(reason)
	case <-old:
		return aged
	}
}

func endingFor(reason string) ending {
	switch reason {
	case reasonLinkDisabled:
		return disabled
	case reasonTooMany:
		return crowded
	default: // also reasons that Slack may add
		return leaving
	}
}

// retire lets a connection go that has a successor: Slack closes it, or we do
// after grace. Until then it is read.
func retire(ctx context.Context, old *conn, grace time.Duration) {
	t := time.NewTimer(grace)
	defer t.Stop()
	select {
	case <-old.done:
		return
	case <-ctx.Done(): // stop closes it
		return
	case <-t.C:
		old.close()
	}
	t.Reset(helloTimeout)
	select {
	case <-old.done:
	case <-ctx.Done():
	case <-t.C:
		old.drop()
	}
}

// send writes to the connection that an envelope came by, or by another one
// if that has gone, waiting for one until ctx ends.
func (c *connections) send(ctx context.Context, by *conn, data []byte) error {
	err := by.write(data)
	for err != nil {
		c.mu.Lock()
		changed := c.changed
		others := slices.Collect(maps.Keys(c.live))
		c.mu.Unlock()
		for _, other := range others {
			if err = other.write(data); err == nil {
				return nil
			}
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return errors.Join(err, ctx.Err())
		}
	}
	return nil
}
