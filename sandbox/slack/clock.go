package slack

import (
	"container/heap"
	"context"
	"sync"
	"time"
)

// clock is the sandbox's time: it can run faster, be stopped (scale 0) and be moved forward. Its timers fire one after
// another on one goroutine, so what they run must be short and must not wait.
type clock struct {
	mu     sync.Mutex
	origin time.Time // sandbox time at real
	real   time.Time
	scale  float64
	timers timerHeap
	wake   chan struct{}
}

type timer struct {
	at    time.Time
	fire  func()
	index int // in the heap; -1 once fired or stopped
	clock *clock
}

func newClock(start time.Time, scale float64) *clock {
	if start.IsZero() {
		start = time.Now()
	}
	return &clock{origin: start, real: time.Now(), scale: scale, wake: make(chan struct{}, 1)}
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.nowLocked()
}

func (c *clock) nowLocked() time.Time {
	return c.origin.Add(time.Duration(float64(time.Since(c.real)) * c.scale))
}

// after runs fire when d of sandbox time has passed.
func (c *clock) after(d time.Duration, fire func()) *timer {
	c.mu.Lock()
	t := &timer{at: c.nowLocked().Add(d), fire: fire, clock: c}
	heap.Push(&c.timers, t)
	first := t.index == 0
	c.mu.Unlock()
	if first {
		c.nudge()
	}
	return t
}

// stop is safe on nil and after firing.
func (t *timer) stop() {
	if t == nil {
		return
	}
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	if t.index >= 0 {
		heap.Remove(&t.clock.timers, t.index)
	}
}

// adjust sets the scale (when given) and moves the clock forward.
func (c *clock) adjust(scale *float64, advance time.Duration) {
	c.mu.Lock()
	c.origin = c.nowLocked().Add(advance)
	c.real = time.Now()
	if scale != nil {
		c.scale = *scale
	}
	c.mu.Unlock()
	c.nudge()
}

func (c *clock) state() (time.Time, float64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.nowLocked(), c.scale
}

func (c *clock) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// run fires timers until ctx ends.
func (c *clock) run(ctx context.Context) {
	sleep := time.NewTimer(time.Hour)
	defer sleep.Stop()
	for {
		due, wait := c.next()
		if due != nil {
			due.fire()
			continue
		}
		sleep.Reset(wait)
		select {
		case <-ctx.Done():
			return
		case <-c.wake:
		case <-sleep.C:
		}
	}
}

// next takes the timer that is due, or says how much real time to wait.
func (c *clock) next() (*timer, time.Duration) {
	const idle = time.Hour
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.timers) == 0 {
		return nil, idle
	}
	first := c.timers[0]
	left := first.at.Sub(c.nowLocked())
	if left <= 0 {
		heap.Pop(&c.timers)
		return first, 0
	}
	if c.scale <= 0 {
		return nil, idle
	}
	return nil, min(idle, time.Duration(float64(left)/c.scale)+time.Microsecond)
}

type timerHeap []*timer

func (h timerHeap) Len() int           { return len(h) }
func (h timerHeap) Less(i, j int) bool { return h[i].at.Before(h[j].at) }

func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}

func (h *timerHeap) Push(x any) {
	t, _ := x.(*timer)
	t.index = len(*h)
	*h = append(*h, t)
}

func (h *timerHeap) Pop() any {
	last := len(*h) - 1
	t := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	t.index = -1
	return t
}
