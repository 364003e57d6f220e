package bot

import (
	"sync"
	"time"
)

// budget is how much of a scarce method background work may use. What a
// person's own click uses is counted against it afterwards, so the background
// gives way and never the click.
type budget struct {
	every time.Duration // one unit comes back
	most  float64       // units that can be saved up

	mu   sync.Mutex
	left float64
	at   time.Time
}

func newBudget(perMinute, most int) *budget {
	return &budget{every: time.Minute / time.Duration(perMinute), most: float64(most), left: float64(most), at: time.Now()}
}

// take uses a unit if there is one.
func (b *budget) take() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refill()
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// charge uses a unit whether or not there is one. The debt is bounded: a
// storm of clicks delays the background for seconds, not for the day.
func (b *budget) charge() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refill()
	b.left = max(b.left-1, -b.most)
}

// giveBack returns a unit that was not needed.
func (b *budget) giveBack() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left = min(b.left+1, b.most)
}

// wait is how long until there is a unit.
func (b *budget) wait() time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refill()
	if b.left >= 1 {
		return 0
	}
	return time.Duration((1-b.left)*float64(b.every)) + time.Millisecond
}

func (b *budget) refill() {
	now := time.Now()
	b.left = min(b.most, b.left+float64(now.Sub(b.at))/float64(b.every))
	b.at = now
}
