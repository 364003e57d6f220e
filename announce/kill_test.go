package announce_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"confbot/announce"
)

var errDead = errors.New("this process is dead")

// mortal is a process's hold on the world. When it dies, at a point drawn by
// chance, everything that it does from then on does nothing: that is what the
// others see of a kill.
type mortal struct {
	announce.Store
	announce.Announcer

	dead atomic.Bool
	risk func() bool
	died func()
}

// live lets a process do one thing. It may die before and after it.
func live[T any](m *mortal, do func() (T, error)) (T, error) {
	var none T
	if m.gone() {
		return none, errDead
	}
	got, err := do()
	if m.gone() {
		return none, errDead
	}
	return got, err
}

func (m *mortal) gone() bool {
	if m.dead.Load() {
		return true
	}
	if m.risk() {
		m.dead.Store(true)
		m.died()
		return true
	}
	return false
}

func (m *mortal) Claim(ctx context.Context, c announce.Claim) ([]announce.Occurrence, error) {
	if m.dead.Load() {
		return nil, errDead
	}
	rows, err := m.Store.Claim(ctx, c)
	if len(rows) > 0 && m.gone() {
		return nil, errDead
	}
	return rows, err
}

type begun struct {
	o  announce.Occurrence
	a  announce.Announcement
	ok bool
}

func (m *mortal) Begin(ctx context.Context, key string, l announce.Lease) (announce.Occurrence, announce.Announcement, bool, error) {
	b, err := live(m, func() (b begun, err error) {
		b.o, b.a, b.ok, err = m.Store.Begin(ctx, key, l)
		return b, err
	})
	return b.o, b.a, b.ok, err
}

func (m *mortal) Renew(ctx context.Context, keys []string, l announce.Lease) error {
	if m.dead.Load() {
		return errDead
	}
	return m.Store.Renew(ctx, keys, l)
}

func (m *mortal) Settle(ctx context.Context, s announce.Settlement) (bool, error) {
	return live(m, func() (bool, error) { return m.Store.Settle(ctx, s) })
}

func (m *mortal) Beat(ctx context.Context, now time.Time, away time.Duration) (time.Time, error) {
	if m.dead.Load() {
		return time.Time{}, errDead
	}
	return m.Store.Beat(ctx, now, away)
}

func (m *mortal) Post(ctx context.Context, a announce.Announcement, o announce.Occurrence) announce.Outcome {
	out, err := live(m, func() (announce.Outcome, error) { return m.Announcer.Post(ctx, a, o), nil })
	if err != nil {
		return announce.Unsure(err)
	}
	return out
}

// Two processes share a timetable and are killed all the time, each replaced a
// while after. One of the two is always there.
func TestKillsLoseNothingDoubleNothingAndDelayByTenSecondsAtMost(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { killing(t, seed) })
		})
	}
}

func killing(t *testing.T, seed uint64) {
	h := newHouse(t, announce.Options{})
	chance := rand.New(rand.NewPCG(seed, 1)) //nolint:gosec // a test's dice
	for n := range 40 {
		rule := announce.Rule{Zone: "UTC", Exact: time.Now().Add(time.Duration(20+n*15) * time.Second)}
		rule.First = announce.WallOf(rule.Exact.UTC())
		_, err := h.book.Create(t.Context(), announce.Announcement{
			Conference: weekly, Channel: fmt.Sprintf("C%d", n%4), Owner: "U1", Rule: rule,
		})
		must(t, err)
	}
	h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
		h.mu.Lock()
		slow := time.Duration(1+chance.IntN(1500)) * time.Millisecond
		h.mu.Unlock()
		pass(slow)
		return announce.Outcome{}, false
	}
	deaths := make(chan int, 1000)
	kills, alive, last := 0, 2, time.Time{}
	var buried sync.WaitGroup
	start := func(who int) *announce.Runner {
		m := &mortal{Store: h.store, Announcer: h.channel}
		// The other one lives, long enough to take over.
		m.risk = func() bool {
			h.mu.Lock()
			defer h.mu.Unlock()
			if alive < 2 || time.Since(last) < 12*time.Second || chance.IntN(3) > 0 {
				return false
			}
			last = time.Now()
			alive--
			kills++
			return true
		}
		m.died = func() { deaths <- who }
		r := announce.NewRunner(m, m, announce.Options{}) // with a name of its own
		r.Start(t.Context())
		return r
	}
	runners := []*announce.Runner{start(0), start(1)}
	end := time.After(12 * time.Minute)
	for running := true; running; {
		select {
		case who := <-deaths:
			old := runners[who]
			buried.Go(old.Stop)
			h.mu.Lock()
			without := time.Duration(chance.IntN(20)) * time.Second
			h.mu.Unlock()
			pass(without)
			h.mu.Lock()
			alive++
			h.mu.Unlock()
			runners[who] = start(who)
		case <-end:
			running = false
		}
	}
	for _, r := range runners {
		r.Stop()
	}
	buried.Wait()
	posts := map[string]int{}
	for _, p := range h.all() {
		posts[p.key]++
		if late := p.at.Sub(p.due); late > 10*time.Second+1500*time.Millisecond {
			t.Errorf("seed %d: posted %v after it was due", seed, late)
		}
	}
	for key, n := range posts {
		if n != 1 {
			t.Errorf("seed %d: %s was posted %d times", seed, key, n)
		}
	}
	if len(posts) != 40 {
		t.Errorf("seed %d: %d posts after %d kills, want 40", seed, len(posts), kills)
	}
	if kills < 10 {
		t.Errorf("seed %d: only %d kills: nothing was tried", seed, kills)
	}
}
