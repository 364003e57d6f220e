package bot

import (
	"context"
	"fmt"
	"time"

	gocache "github.com/patrickmn/go-cache"
	"golang.org/x/sync/singleflight"
)

// cache remembers answers for a while. Many who ask for one thing at once
// cause one look-up. When a look-up fails, an answer up to staleFor old is
// still given. Errors are not remembered.
type cache[V any] struct {
	items *gocache.Cache
	group singleflight.Group
	ttl   time.Duration
	load  func(ctx context.Context, key string) (V, error)
}

const (
	staleFor    = time.Hour
	loadTimeout = 8 * time.Second
	cacheMost   = 20_000
)

// remembered is what the cache keeps.
type remembered[V any] struct {
	value V
	at    time.Time
}

func newCache[V any](ttl time.Duration, load func(context.Context, string) (V, error)) *cache[V] {
	// Without its own janitor, which would outlive the bot.
	return &cache[V]{items: gocache.New(max(staleFor, ttl), 0), ttl: ttl, load: load}
}

// get returns the answer for key. One caller's end does not end the look-up
// for the others.
func (c *cache[V]) get(ctx context.Context, key string) (V, error) { return c.within(ctx, key, c.ttl) }

// checked is get, but an answer that is no good is given only if it is no older
// than the question.
func (c *cache[V]) checked(ctx context.Context, key string, good func(V) bool) (V, error) {
	asked := time.Now()
	v, err := c.get(ctx, key)
	if err == nil && !good(v) {
		return c.within(ctx, key, time.Since(asked))
	}
	return v, err
}

// within is get with another limit to how old an answer may be.
func (c *cache[V]) within(ctx context.Context, key string, age time.Duration) (V, error) {
	old, have := c.kept(key)
	if have && time.Since(old.at) < age {
		return old.value, nil
	}
	found := c.group.DoChan(key, func() (any, error) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), loadTimeout)
		defer cancel()
		v, err := c.load(ctx, key)
		if err == nil {
			c.keep(key, v)
		}
		return v, err
	})
	var none V
	select {
	case <-ctx.Done():
		if have {
			return old.value, nil
		}
		return none, ctx.Err()
	case r := <-found:
		if r.Err != nil && have {
			return old.value, nil
		}
		v, ok := r.Val.(V)
		if r.Err == nil && !ok {
			return none, fmt.Errorf("look up: unexpected %T", r.Val)
		}
		return v, r.Err
	}
}

func (c *cache[V]) kept(key string) (remembered[V], bool) {
	item, ok := c.items.Get(key)
	if !ok {
		return remembered[V]{}, false
	}
	r, ok := item.(remembered[V])
	return r, ok
}

func (c *cache[V]) keep(key string, v V) {
	if c.items.ItemCount() >= cacheMost {
		c.items.DeleteExpired()
		if c.items.ItemCount() >= cacheMost {
			c.items.Flush()
		}
	}
	c.items.SetDefault(key, remembered[V]{v, time.Now()})
}
