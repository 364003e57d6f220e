package bot

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
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
