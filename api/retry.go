package api

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"time"

	"github.com/go-resty/resty/v2"
)

const (
	maxRetries   = 3
	maxRetryWait = 10 * time.Second
)

// outcome is how one attempt ended, as far as repeating it matters.
type outcome struct {
	attempt   int   // 1 is the first
	status    int   // 0: no answer
	err       error // why there is no answer
	write     bool  // it changes something
	login     bool  // it is the login itself, which has its own back-off
	renewable bool  // a 401 may be cured by a new login, not yet tried
}

// policy says whether to make the same attempt once more. Audian refuses a
// call with 429 before carrying it out, so that a write may be repeated then
// and only then; a time-out is never repeated, as the next attempt would hang
// just as long.
func policy(o outcome) bool {
	switch {
	case o.attempt > maxRetries, o.login:
		return false
	case o.status == http.StatusUnauthorized:
		return o.renewable
	case o.status == http.StatusTooManyRequests:
		return true
	case o.write:
		return false
	case o.status == 0:
		return worthAnother(o.err)
	}
	return o.status == http.StatusBadGateway || o.status == http.StatusServiceUnavailable || o.status == http.StatusGatewayTimeout
}

// worthAnother tells a connection that broke from one that hung and from an
// answer that will be as unusable the next time.
func worthAnother(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, resty.ErrResponseBodyTooLarge) {
		return false
	}
	timeout, ok := errors.AsType[net.Error](err)
	return !ok || !timeout.Timeout()
}

// retryWait is how long to wait after the attempt-th attempt. After a 429 the
// pacer holds everybody back, after a 401 there is nothing to wait for.
func retryWait(attempt, status int) time.Duration {
	if status == http.StatusTooManyRequests || status == http.StatusUnauthorized {
		return time.Millisecond
	}
	return backoff(attempt, 250*time.Millisecond, 4*time.Second)
}

// backoff grows from base by doubling up to limit; the upper half is left to
// chance, so that clients which failed together do not return together.
func backoff(attempt int, base, limit time.Duration) time.Duration {
	d := min(limit, base<<min(max(attempt-1, 0), 16))
	return d/2 + rand.N(d/2+1)
}

// sleep waits for d or until ctx ends, and returns ctx's error then.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
