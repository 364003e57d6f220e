package bot

import (
	"context"
	"time"
)

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
// greeted: longer and longer for one that dies at once every time, but not
// long if it had served, so that a line which is cut again and again does not
// leave people without an answer for most of the time.
func afterLoss(lived time.Duration, pause *backoff) time.Duration {
	if lived >= stableAfter {
		pause.reset()
	}
	d := pause.next()
	if lived >= servedAfter {
		d = min(d, jitter(lossPause))
	}
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
		// A reason that came just before the end still counts: nothing went
		// wrong with a connection that was refreshed and closed at once.
		select {
		case reason := <-open.notice:
			return endingFor(reason)
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
