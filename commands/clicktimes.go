package commands

import (
	"sync"
	"time"

	"confbot/store"
)

// clickTimes knows when somebody last clicked in a panel, so that the row of a
// caller who left stays where it is until then and nothing moves under a
// finger. It is a courtesy, not a fact: a restart forgets it.
type clickTimes struct {
	mu sync.Mutex
	at map[[2]string]time.Time
}

const mostClickTimes = 1000

func newClickTimes() *clickTimes { return &clickTimes{at: map[[2]string]time.Time{}} }

func (c *clickTimes) clicked(channel, ts string, now time.Time) {
	if ts == "" {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.at) >= mostClickTimes {
		clear(c.at)
	}
	c.at[[2]string{channel, ts}] = now
}

// since is the last click in the message, or when it was posted.
func (c *clickTimes) since(ref store.MessageRef) time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	if at, ok := c.at[[2]string{ref.Channel, ref.TS}]; ok {
		return at
	}
	return ref.PostedAt
}
