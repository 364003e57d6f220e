package slack

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace is how fast a method may be called: Slack's tiers are calls a minute per method and workspace
// (docs.slack.dev/apis/web-api/rate-limits); a burst of one minute's worth is let through.
type pace int

const (
	tier1   pace = 1
	tier2   pace = 20
	tier3   pace = 50
	tier4   pace = 100
	special pace = 300 // "several hundred a minute"
	unpaced pace = 0
)

// One message a second and channel, short bursts allowed (same page); the size of the burst is not documented.
const (
	channelRate  = rate.Limit(1)
	channelBurst = 5
	tier1Burst   = 10
)

// limiter holds the token buckets. They run on real time, since that is what clients wait in.
type limiter struct {
	mu      sync.Mutex
	on      bool
	buckets map[string]*rate.Limiter
}

func newLimiter(on bool) *limiter { return &limiter{on: on, buckets: map[string]*rate.Limiter{}} }

func (l *limiter) method(name string, p pace) *apiError {
	if p == unpaced {
		return nil
	}
	burst := int(p)
	if p == tier1 {
		burst = tier1Burst
	}
	return l.take(name, rate.Limit(float64(p)/60), burst, "ratelimited")
}

// post is the limit on messages in one channel, whichever way they come.
func (l *limiter) post(channel string) *apiError {
	return l.take("post "+channel, channelRate, channelBurst, "ratelimited")
}

func (l *limiter) take(key string, limit rate.Limit, burst int, code string) *apiError {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.on {
		return nil
	}
	b := l.buckets[key]
	if b == nil {
		b = rate.NewLimiter(limit, burst)
		l.buckets[key] = b
	}
	now := time.Now()
	if b.AllowN(now, 1) {
		return nil
	}
	r := b.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	r.CancelAt(now)
	return &apiError{code: code, retryAfter: wait}
}

// forget gives every bucket back what was used.
func (l *limiter) forget() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.buckets)
}
