package api

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"confbot/conference"
)

func TestABurstAndThenASteadyPace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(5, 20)
		start := time.Now()
		for range 20 + 25 {
			if err := p.wait(t.Context(), rankRead); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start).Round(100 * time.Millisecond); took != 5*time.Second {
			t.Errorf("20 at once and 25 at 5 a second took %v", took)
		}
	})
}

func TestWritesGoBeforeReadsBeforePolls(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(5, 1)
		if err := p.wait(t.Context(), rankRead); err != nil {
			t.Fatal(err)
		}
		var mu sync.Mutex
		var order []rank
		var wg sync.WaitGroup
		for _, r := range []rank{rankPoll, rankPoll, rankRead, rankPoll, rankRead, rankWrite, rankWrite} {
			wg.Go(func() {
				if err := p.wait(t.Context(), r); err != nil {
					t.Error(err)
				}
				mu.Lock()
				order = append(order, r)
				mu.Unlock()
			})
			synctest.Wait()
		}
		wg.Wait()
		if !slices.IsSortedFunc(order, func(a, b rank) int { return int(b - a) }) {
			t.Errorf("order %v", order)
		}
	})
}

func TestWhoWaitsNoLongerTakesNoTurn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(1, 1)
		_ = p.wait(t.Context(), rankRead)
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		start := time.Now()
		if err := p.wait(ctx, rankWrite); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		_ = p.wait(t.Context(), rankRead)
		if took := time.Since(start).Round(time.Millisecond); took != time.Second {
			t.Errorf("the next turn came after %v", took)
		}
	})
}

func TestRetryAfterHoldsEverybodyBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(5, 20)
		p.refused(7*time.Second, true)
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		wantError(t, p.wait(short, rankWrite), conference.Error{Kind: conference.Unavailable, Reason: conference.Busy})
		if time.Since(start) != 0 {
			t.Error("who cannot be served in time should be told at once")
		}
		if err := p.wait(t.Context(), rankRead); err != nil || time.Since(start) != 7*time.Second {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

func TestRefusalsInARowWaitLonger(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(5, 20)
		var waits []time.Duration
		for range 8 {
			p.refused(0, false)
			start := time.Now()
			_ = p.wait(t.Context(), rankRead)
			waits = append(waits, time.Since(start))
		}
		if waits[0] > 500*time.Millisecond || waits[7] < 5*time.Second || waits[7] > 10*time.Second {
			t.Errorf("waits %v", waits)
		}
		p.answered(-1)
		p.refused(0, false)
		start := time.Now()
		_ = p.wait(t.Context(), rankRead)
		if w := time.Since(start); w > 500*time.Millisecond {
			t.Errorf("after an answer the first wait is %v", w)
		}
	})
}

func TestTheLessIsLeftTheSlowerWeGo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := newPacer(5, 20)
		rates := map[int]int{}
		for _, left := range []int{100, 19, 8, 0, 100} {
			p.answered(left)
			<-time.After(30 * time.Second)
			start := time.Now()
			n := 0
			for time.Since(start) < 20*time.Second {
				_ = p.wait(t.Context(), rankPoll)
				n++
			}
			rates[left] = n
		}
		if rates[0] < 20 || rates[0] > 22 || rates[8] < 39 || rates[8] > 42 || rates[100] < 118 || rates[100] > 122 || rates[19] > 98 {
			t.Errorf("turns in 20 s by what is left: %v", rates)
		}
	})
}

// A click in the middle of a hundred polls is served with the next turn.
func TestAClickIsNotDelayedByPolling(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, "http://audian.test", Token("t", "a"), WithRate(5, 1), WithTransport(transport(func(*http.Request) (*http.Response, error) {
			return reply(http.StatusOK, `{"data":[]}`), nil
		})))
		var wg sync.WaitGroup
		ctx, cancel := context.WithCancel(t.Context())
		for range 100 {
			wg.Go(func() { _, _ = c.Participants(Poll(ctx), "c") })
		}
		synctest.Wait()
		start := time.Now()
		if err := c.Act(t.Context(), "c", "p", conference.Mute); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 250*time.Millisecond {
			t.Errorf("the click took %v", took)
		}
		if _, err := c.Participants(t.Context(), "c"); err != nil || time.Since(start) > 500*time.Millisecond {
			t.Errorf("the fresh read took %v: %v", time.Since(start), err)
		}
		cancel()
		wg.Wait()
	})
}
