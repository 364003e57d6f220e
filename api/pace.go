package api

import (
	"context"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"confbot/conference"
)

// rank is who goes first when calls have to wait.
type rank int

const (
	rankPoll rank = iota // somebody may look at it later
	rankRead             // somebody is waiting
	rankWrite
	ranks
)

type rankKey struct{}

// Poll marks the reads made with the context as background polling: they let
// everything else go first.
func Poll(ctx context.Context) context.Context { return context.WithValue(ctx, rankKey{}, rankPoll) }

// urgent marks reads that are part of a change.
func urgent(ctx context.Context) context.Context {
	return context.WithValue(ctx, rankKey{}, rankWrite)
}

func rankOf(ctx context.Context, write bool) rank {
	if write {
		return rankWrite
	}
	if r, ok := ctx.Value(rankKey{}).(rank); ok {
		return r
	}
	return rankRead
}

// The account tells how much is left in its rate bucket; below this we slow
// down, as somebody else is drawing from it too.
const scarce = 20

// pacer hands out turns to call Audian: writes before reads before polls,
// within a rank in order of coming.
type pacer struct {
	mu      sync.Mutex
	bucket  *rate.Limiter
	steady  rate.Limit
	burst   int
	queue   [ranks][]chan struct{}
	timer   *time.Timer
	until   time.Time // Audian asked for silence until then
	strikes int       // 429s in a row
}

func newPacer(steady rate.Limit, burst int) *pacer {
	return &pacer{bucket: rate.NewLimiter(steady, burst), steady: steady, burst: burst}
}

// wait returns when it is the caller's turn. A caller who could not be served
// before ctx ends is told so at once.
func (p *pacer) wait(ctx context.Context, r rank) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	turn := make(chan struct{})
	p.mu.Lock()
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(p.until) {
		p.mu.Unlock()
		return &conference.Error{Kind: conference.Unavailable, Reason: conference.Busy}
	}
	p.queue[r] = append(p.queue[r], turn)
	p.pump()
	p.mu.Unlock()
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		p.leave(r, turn)
		return ctx.Err()
	}
}

func (p *pacer) leave(r rank, turn chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i := slices.Index(p.queue[r], turn); i >= 0 {
		p.queue[r] = slices.Delete(p.queue[r], i, i+1)
	}
}

// pump serves whoever can be served and sets the timer for the next. The lock
// is held.
func (p *pacer) pump() {
	for r := ranks - 1; r >= 0; r-- {
		for len(p.queue[r]) > 0 {
			if d := p.take(time.Now()); d > 0 {
				p.wakeIn(d)
				return
			}
			close(p.queue[r][0])
			p.queue[r] = slices.Delete(p.queue[r], 0, 1)
		}
	}
}

// take takes one turn out of the bucket, or says how long until there is one.
func (p *pacer) take(now time.Time) time.Duration {
	if d := p.until.Sub(now); d > 0 {
		return d
	}
	if p.bucket.AllowN(now, 1) {
		return 0
	}
	missing := 1 - p.bucket.TokensAt(now)
	return max(time.Millisecond, time.Duration(missing/float64(p.bucket.Limit())*float64(time.Second)))
}

func (p *pacer) wakeIn(d time.Duration) {
	if p.timer != nil {
		p.timer.Reset(d)
		return
	}
	p.timer = time.AfterFunc(d, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.pump()
	})
}

// refused takes in a 429: everybody waits for as long as Audian says, or
// longer from one refusal to the next if it does not say.
func (p *pacer) refused(after time.Duration, given bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.strikes++
	if !given {
		after = backoff(p.strikes, 500*time.Millisecond, 10*time.Second)
	}
	if until := time.Now().Add(min(after, time.Minute)); until.After(p.until) {
		p.until = until
	}
}

// answered takes in any other answer and how much it says is left in the
// account's bucket (negative: it does not say).
func (p *pacer) answered(left int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.strikes = 0
	limit, burst := p.steady, p.burst
	if left >= 0 && left < scarce {
		limit, burst = min(p.steady, max(1, p.steady*rate.Limit(left)/scarce)), 1
	}
	if left >= 0 && p.bucket.Limit() != limit {
		now := time.Now()
		p.bucket.SetLimitAt(now, limit)
		p.bucket.SetBurstAt(now, burst)
	}
}

func (p *pacer) stop() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
}
