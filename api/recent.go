package api

import (
	"context"
	"strconv"
	"sync"
	"time"

	gocache "github.com/patrickmn/go-cache"
	"golang.org/x/sync/singleflight"

	"confbot/conference"
)

// recentTimeout is the longest that one shared reading may take, whoever waits.
const recentTimeout = 20 * time.Second

// recently keeps conferences as they were read themselves, for those who need
// many at once: a thousand posts of fifty conferences cost fifty readings.
type recently struct {
	client *Client
	flight singleflight.Group

	mu         sync.Mutex
	generation uint64 // moves with every change
	kept       *gocache.Cache
}

func newRecently(c *Client) *recently {
	return &recently{client: c, kept: gocache.New(time.Minute, 0)}
}

// get returns a conference that was read at most that long ago, and reads it
// now if none was. Failures are not kept. A caller whose ctx ends leaves the
// reading to the others.
func (r *recently) get(ctx context.Context, id conference.ID, within time.Duration) (conference.Conference, error) {
	r.mu.Lock()
	r.kept.DeleteExpired()
	generation := r.generation
	found, _ := r.kept.Get(string(id))
	r.mu.Unlock()
	if e, ok := found.(entry[conference.Conference]); ok && time.Since(e.at) < within {
		return clone(e.value), nil
	}
	read := r.flight.DoChan(string(id)+"\x00"+strconv.FormatUint(generation, 10), func() (any, error) { return r.read(id, generation) })
	select {
	case got := <-read:
		c, _ := got.Val.(conference.Conference)
		return clone(c), got.Err
	case <-ctx.Done():
		return conference.Conference{}, unanswered(call{}, true, false, ctx.Err())
	}
}

// read reads a conference and keeps it, unless something was changed meanwhile.
func (r *recently) read(id conference.ID, generation uint64) (c conference.Conference, err error) {
	begun := time.Now()
	err = r.client.life.run(func(ctx context.Context) (err error) {
		ctx, cancel := context.WithTimeout(ctx, recentTimeout)
		defer cancel()
		c, err = r.client.Get(ctx, id)
		return err
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil && generation == r.generation {
		r.kept.SetDefault(string(id), entry[conference.Conference]{value: c, at: begun})
	}
	return c, err
}

// drop forgets everything, and what is being read now as well.
func (r *recently) drop() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.generation++
	r.kept.Flush()
}

// Recent returns the conference as it was read itself at most that long ago,
// reading it now if it was not. Those who ask at once share a reading. A
// change made through the book is always seen.
func (b *Book) Recent(ctx context.Context, id conference.ID, within time.Duration) (conference.Conference, error) {
	c, err := b.recent.get(ctx, id, within)
	b.noteGone(id, err)
	return c, err
}

// forget drops what was read before a change.
func (b *Book) forget() {
	b.list.drop()
	b.recent.drop()
}
