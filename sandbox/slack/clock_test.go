package slack

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

// ticking runs a clock inside a bubble.
func ticking(t *testing.T, scale float64, test func(*clock)) {
	synctest.Test(t, func(t *testing.T) {
		c := newClock(time.Time{}, scale)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			c.run(ctx)
		}()
		test(c)
		cancel()
		<-ended
	})
}

func TestTimersFireInOrderAtTheScaledTime(t *testing.T) {
	t.Parallel()
	ticking(t, 10, func(c *clock) {
		began := time.Now()
		fired := make(chan string, 2)
		c.after(30*time.Second, func() { fired <- "second" })
		c.after(10*time.Second, func() { fired <- "first" })
		if got := <-fired; got != "first" || time.Since(began).Round(time.Millisecond) != time.Second {
			t.Errorf("%s fired after %s, want the first after 1 s", got, time.Since(began))
		}
		if got := <-fired; got != "second" || time.Since(began).Round(time.Millisecond) != 3*time.Second {
			t.Errorf("%s fired after %s, want the second after 3 s", got, time.Since(began))
		}
	})
}

func TestMovingTheClockFiresWhatIsDueAndStoppedTimersStaySilent(t *testing.T) {
	t.Parallel()
	ticking(t, 0, func(c *clock) {
		fired := make(chan string, 2)
		stopped := c.after(time.Minute, func() { fired <- "stopped" })
		c.after(time.Hour, func() { fired <- "kept" })
		stopped.stop()
		stopped.stop()
		(*timer)(nil).stop()
		c.adjust(nil, time.Hour)
		if got := <-fired; got != "kept" {
			t.Errorf("%s fired", got)
		}
	})
}
