package bot

import (
	"context"
	"math/rand/v2"
	"time"
)

// backoff says how long to wait after the n-th failure in a row. The zero
// value is ready.
type backoff struct{ failures int }

const (
	firstPause = 250 * time.Millisecond
	maxPause   = 30 * time.Second
)

// next counts a failure and returns the pause after it: a random length
// between half and all of a time that doubles up to maxPause, so that many
// processes that lost Slack at once do not come back at once.
func (b *backoff) next() time.Duration {
	pause := maxPause
	if b.failures < 7 {
		pause = firstPause << b.failures
	}
	b.failures++
	return jitter(pause)
}

func (b *backoff) reset() { b.failures = 0 }

// jitter returns a random length between half of d and d.
func jitter(d time.Duration) time.Duration {
	return d/2 + rand.N(d/2+1)
}

// sleep waits for d, or until ctx ends, and then reports false.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return ctx.Err() == nil
	case <-ctx.Done():
		return false
	}
}
