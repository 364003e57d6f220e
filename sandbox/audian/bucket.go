package audian

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Kazoo's rate bucket, one per client address and account: it holds 100, gains
// 10 a second, and a login costs 35.
const (
	bucketSize = 100
	bucketRate = 10
	loginCost  = 35
)

type buckets struct {
	now  func() time.Time
	mu   sync.Mutex
	each map[bucketKey]*rate.Limiter
}

type bucketKey struct{ ip, account string }

func newBuckets(now func() time.Time) *buckets {
	return &buckets{now: now, each: map[bucketKey]*rate.Limiter{}}
}

// take charges a bucket, if it holds enough, and says what is left.
func (b *buckets) take(k bucketKey, cost int) (remaining int, enough bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	l := b.each[k]
	if l == nil {
		l = rate.NewLimiter(bucketRate, bucketSize)
		b.each[k] = l
	}
	now := b.now()
	enough = l.AllowN(now, cost)
	return max(int(l.TokensAt(now)), 0), enough
}

func (b *buckets) reset() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.each)
}

func (s *Server) charge(x *exchange, account string, cost int) *failure {
	if !x.o.RateBucket {
		return nil
	}
	if account == "" {
		account = s.AccountID() // one account here, and a login is for it
	}
	remaining, enough := s.buckets.take(bucketKey{x.clientIP(), account}, cost)
	x.remaining = remaining
	if !enough {
		return x.o.tooMany()
	}
	x.consumed = cost
	return nil
}
