package api

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// counter is something to load: each value is the count of loads so far.
type counter struct{ loads atomic.Int64 }

func (c *counter) load(context.Context) (int64, error) { return c.loads.Add(1), nil }

func inBubble(t *testing.T, test func(*testing.T, *cache[int64])) {
	t.Helper()
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		l := newLife()
		defer l.end()
		test(t, newCache[int64](time.Minute, l))
	})
}

func TestAValueIsLoadedOnceForAllWhoAsk(t *testing.T) {
	inBubble(t, func(t *testing.T, c *cache[int64]) {
		var n counter
		open := make(chan struct{})
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				e, err := c.get(t.Context(), "k", 0, func(ctx context.Context) (int64, error) {
					<-open
					return n.load(ctx)
				})
				if err != nil || e.value != 1 {
					t.Errorf("%v %v", e, err)
				}
			})
		}
		synctest.Wait()
		close(open)
		wg.Wait()
	})
}

func TestFreshOldAndTooOldValues(t *testing.T) {
	inBubble(t, func(t *testing.T, c *cache[int64]) {
		var n counter
		get := func() int64 {
			e, err := c.get(t.Context(), "k", 5*time.Minute, n.load)
			if err != nil {
				t.Fatal(err)
			}
			return e.value
		}
		get()
		<-time.After(59 * time.Second)
		if v := get(); v != 1 {
			t.Errorf("still fresh: %d", v)
		}
		<-time.After(2 * time.Second)
		if v := get(); v != 1 {
			t.Errorf("old is served while it is read again: %d", v)
		}
		synctest.Wait()
		if v := get(); v != 2 {
			t.Errorf("read again: %d", v)
		}
		<-time.After(6 * time.Minute)
		if v := get(); v != 3 {
			t.Errorf("too old is waited for: %d", v)
		}
	})
}

func TestAFailureIsNeverKeptAndOldIsBetterThanNothing(t *testing.T) {
	inBubble(t, func(t *testing.T, c *cache[int64]) {
		var tries int
		down := func(context.Context) (int64, error) {
			tries++
			return 0, errors.New("down")
		}
		var n counter
		if _, err := c.get(t.Context(), "k", time.Hour, down); err == nil {
			t.Error("a failure without anything kept is a failure")
		}
		if e, err := c.get(t.Context(), "k", time.Hour, n.load); err != nil || e.value != 1 {
			t.Errorf("the failure was kept: %v", err)
		}
		<-time.After(2 * time.Hour)
		tries = 0
		for range 100 {
			e, err := c.get(t.Context(), "k", 5*time.Minute, down)
			if err != nil || e.value != 1 || time.Since(e.at) < 2*time.Hour {
				t.Fatalf("%v %v", e, err)
			}
		}
		if tries != 1 {
			t.Errorf("%d refreshes in a row that fail", tries)
		}
		<-time.After(2 * refreshPause)
		if e, err := c.get(t.Context(), "k", 0, n.load); err != nil || e.value != 2 {
			t.Errorf("when it is up again: %v %v", e, err)
		}
	})
}

func TestOneCallerWhoGivesUpDoesNotEndTheLoadForOthers(t *testing.T) {
	inBubble(t, func(t *testing.T, c *cache[int64]) {
		var n counter
		open := make(chan struct{})
		load := func(ctx context.Context) (int64, error) {
			select {
			case <-open:
				return n.load(ctx)
			case <-ctx.Done():
				return 0, ctx.Err()
			}
		}
		ctx, cancel := context.WithCancel(t.Context())
		left, stayed := make(chan error, 1), make(chan error, 1)
		go func() { _, err := c.get(ctx, "k", 0, load); left <- err }()
		synctest.Wait()
		go func() { _, err := c.get(t.Context(), "k", 0, load); stayed <- err }()
		synctest.Wait()
		cancel()
		if err := <-left; !errors.Is(err, context.Canceled) {
			t.Errorf("who left: %v", err)
		}
		close(open)
		if err := <-stayed; err != nil {
			t.Errorf("who stayed: %v", err)
		}
	})
}

// A read that began before a write may have seen the old state.
func TestAReadUnderWayDoesNotPutBackWhatAWriteDropped(t *testing.T) {
	inBubble(t, func(t *testing.T, c *cache[int64]) {
		var n counter
		open := make(chan struct{})
		before := make(chan int64, 1)
		go func() {
			e, _ := c.get(t.Context(), "k", 0, func(ctx context.Context) (int64, error) {
				v, err := n.load(ctx)
				<-open
				return v, err
			})
			before <- e.value
		}()
		synctest.Wait()
		c.drop()
		if e, _ := c.get(t.Context(), "k", 0, n.load); e.value != 2 {
			t.Errorf("after the write: %d", e.value)
		}
		close(open)
		if v := <-before; v != 1 {
			t.Errorf("who asked before the write: %d", v)
		}
		if e, _ := c.get(t.Context(), "k", 0, n.load); e.value != 2 {
			t.Errorf("the old one came back: %d", e.value)
		}
	})
}

func TestAClosedClientLoadsNothing(t *testing.T) {
	t.Parallel()
	l := newLife()
	c := newCache[int64](0, l)
	l.end()
	var n counter
	if _, err := c.get(t.Context(), "k", 0, n.load); !errors.Is(err, errClosed) || n.loads.Load() != 0 {
		t.Errorf("%v", err)
	}
}
