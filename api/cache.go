package api

import (
	"context"
	"strconv"
	"sync"
	"time"

	gocache "github.com/patrickmn/go-cache"
	"golang.org/x/sync/singleflight"
)

// DefaultTTL is how long what was read counts as fresh.
const DefaultTTL = 60 * time.Second

const (
	keepStale    = 24 * time.Hour   // how long a value is kept for when Audian is down
	serveStale   = 10 * time.Minute // how old it may be to be served while it is read again
	refreshPause = 5 * time.Second  // between refreshes that fail
	loadTimeout  = 60 * time.Second // a read for the cache ends by then, whoever waits
)

// cache keeps values of one type on go-cache and adds what that lacks:
// loading once for all who ask, serving the old value while a newer one is
// read and when none can be had, and forgetting in a way that a read under
// way cannot undo. Failures are never kept.
//
// What get returns is shared: callers must not change it.
type cache[V any] struct {
	ttl    time.Duration
	life   *life
	store  *gocache.Cache
	flight singleflight.Group

	mu         sync.Mutex
	generation uint64    // moves with every drop
	notUntil   time.Time // after a failed refresh: no other before then
}

// entry is a value and when it was read.
type entry[V any] struct {
	value V
	at    time.Time
}

func newCache[V any](ttl time.Duration, l *life) *cache[V] {
	if ttl <= 0 {
		ttl = DefaultTTL
	}
	// No clean-up interval: go-cache's janitor could not be stopped, and there
	// are few keys.
	return &cache[V]{ttl: ttl, life: l, store: gocache.New(keepStale, 0)}
}

// get returns the value for key. Fresh it comes at once, and so does one up
// to stale old while a newer one is read; otherwise it is loaded, and if that
// fails whatever is kept is better than nothing. A caller whose ctx ends
// leaves the load running for the others.
func (c *cache[V]) get(ctx context.Context, key string, stale time.Duration, load func(context.Context) (V, error)) (entry[V], error) {
	return c.getNewer(ctx, key, c.ttl, stale, load)
}

// getNewer is get with another age up to which a value counts as fresh.
func (c *cache[V]) getNewer(
	ctx context.Context, key string, fresh, stale time.Duration, load func(context.Context) (V, error),
) (entry[V], error) {
	old, generation, kept := c.peek(key)
	if kept && (time.Since(old.at) < fresh || !c.mayRefresh()) {
		return old, nil
	}
	loaded := c.flight.DoChan(key+"\x00"+strconv.FormatUint(generation, 10), func() (any, error) {
		return c.load(key, generation, load)
	})
	if kept && time.Since(old.at) < stale {
		return old, nil
	}
	var err error
	select {
	case r := <-loaded:
		if e, ok := r.Val.(entry[V]); ok && r.Err == nil {
			return e, nil
		}
		err = r.Err
	case <-ctx.Done():
		err = unanswered(call{}, true, false, ctx.Err())
	}
	if kept {
		return old, nil
	}
	return entry[V]{}, err
}

// load reads a value and keeps it, unless something was written meanwhile:
// then it may be older than that.
func (c *cache[V]) load(key string, generation uint64, load func(context.Context) (V, error)) (e entry[V], err error) {
	err = c.life.run(func(ctx context.Context) (err error) {
		ctx, cancel := context.WithTimeout(ctx, loadTimeout)
		defer cancel()
		e.value, err = load(ctx)
		return err
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	if err != nil {
		c.notUntil = time.Now().Add(backoff(1, 2*refreshPause, 2*refreshPause))
		return e, err
	}
	c.notUntil, e.at = time.Time{}, time.Now()
	if generation == c.generation {
		c.store.SetDefault(key, e)
	}
	return e, nil
}

// drop forgets everything, and what is being read now as well.
func (c *cache[V]) drop() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.generation++
	c.store.Flush()
}

func (c *cache[V]) peek(key string) (e entry[V], generation uint64, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	v, _ := c.store.Get(key)
	e, ok = v.(entry[V])
	return e, c.generation, ok
}

func (c *cache[V]) mayRefresh() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return !time.Now().Before(c.notUntil)
}
