package api

import (
	"context"
	"sync"
	"time"

	"confbot/conference"
)

// Book finds conferences by id and by name without asking Audian each time:
// the list is read at most once per TTL, however many look things up. Every
// change made through it is seen by the next lookup. It is safe for use by
// many goroutines; what it returns belongs to the caller.
//
// What acts on a conference or shows a PIN asks Fresh.
type Book struct {
	client *Client
	list   *cache[*index]
	recent *recently

	mu     sync.Mutex
	missed time.Time                   // when the list was last read again for something not in it
	gone   map[conference.ID]time.Time // when Audian said of what is in the list that there is no such
}

// NewBook returns a book on the client's account; ttl 0 is DefaultTTL. It
// does no I/O, and ends with the client.
func NewBook(c *Client, ttl time.Duration) *Book {
	return &Book{client: c, list: newCache[*index](ttl, c.life), recent: newRecently(c)}
}

// missedAfter is how old a list may be for something that is not in it to
// count as not there: it may have been made elsewhere a moment ago.
const missedAfter = 5 * time.Second

// read reads the list for the cache.
func (b *Book) read(ctx context.Context) (*index, error) {
	all, err := b.client.List(ctx)
	if err != nil {
		return nil, err
	}
	return newIndex(all), nil
}

// look calls find with the list, and once more with a newer one if it found
// nothing in one that is not quite new. Whoever looks for what is nowhere
// makes us read at most once more per TTL.
func (b *Book) look(ctx context.Context, find func(*index) bool) error {
	e, err := b.list.get(ctx, "conferences", serveStale, b.read)
	if err != nil || find(b.without(e)) || !b.mayReadAgain(e.at) {
		return err
	}
	if e, err = b.list.getNewer(ctx, "conferences", missedAfter, 0, b.read); err == nil {
		find(e.value)
	}
	return err
}

// without is a list without what was found to be gone after it was read.
func (b *Book) without(e entry[*index]) *index {
	b.mu.Lock()
	defer b.mu.Unlock()
	for id, at := range b.gone {
		if at.Before(e.at) {
			delete(b.gone, id)
		}
	}
	if len(b.gone) == 0 {
		return e.value
	}
	kept := make([]conference.Conference, 0, len(e.value.all))
	for _, c := range e.value.all {
		if _, gone := b.gone[c.ID]; !gone {
			kept = append(kept, c)
		}
	}
	return newIndex(kept)
}

// noteGone keeps in mind that Audian knows no such conference, deleted
// elsewhere. The list itself stays, for the next one may not be had.
func (b *Book) noteGone(id conference.ID, err error) {
	if conference.ReasonOf(err) != conference.NoConference {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.gone == nil {
		b.gone = map[conference.ID]time.Time{}
	}
	b.gone[id] = time.Now()
}

// isGone reports whether Audian said so within the time that a list counts as fresh.
func (b *Book) isGone(id conference.ID) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	at, gone := b.gone[id]
	return gone && time.Since(at) < b.list.ttl
}

func (b *Book) mayReadAgain(read time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	if age := now.Sub(read); age < missedAfter || age < b.list.ttl && now.Sub(b.missed) < b.list.ttl {
		return false
	}
	b.missed = now
	return true
}

// All returns every conference, by name.
func (b *Book) All(ctx context.Context) (all []conference.Conference, err error) {
	err = b.look(ctx, func(x *index) bool {
		all = x.copies(x.every)
		return true
	})
	return all, err
}

// last returns a conference as it was in the last list, or nothing.
func (b *Book) last(id conference.ID) (c conference.Conference) {
	if e, _, ok := b.list.peek("conferences"); ok {
		if i, ok := e.value.byID[id]; ok {
			c = e.value.copies([]int{i})[0]
		}
	}
	return c
}

// ByID returns the conference, or a NotFound error, and then, if it was there
// a moment ago, what it was.
func (b *Book) ByID(ctx context.Context, id conference.ID) (conference.Conference, error) {
	var found []conference.Conference
	if b.isGone(id) {
		return b.last(id), &conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	}
	err := b.look(ctx, func(x *index) bool {
		if i, ok := x.byID[id]; ok {
			found = x.copies([]int{i})
		}
		return len(found) > 0
	})
	if err == nil && len(found) == 0 {
		err = &conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	}
	if err != nil {
		return conference.Conference{}, err
	}
	return found[0], nil
}

// Named returns the conference with that id, else those with exactly that
// name as conference.Fold compares names, else in part those whose name
// contains the text, the likeliest first. Exact names are not unique
// everywhere.
func (b *Book) Named(ctx context.Context, text string) (exact, part []conference.Conference, err error) {
	err = b.look(ctx, func(x *index) bool {
		exact, part = x.named(text)
		return len(exact)+len(part) > 0
	})
	return exact, part, err
}

// PINTaken reports whether any conference but this one uses the PIN, for
// members or for moderators, as far as the account's list tells PINs.
func (b *Book) PINTaken(ctx context.Context, pin conference.PIN, except conference.ID) (taken bool, err error) {
	err = b.look(ctx, func(x *index) bool {
		taken = x.taken(pin, except)
		return taken
	})
	return taken, err
}

// Fresh reads the conference itself, never from the book.
func (b *Book) Fresh(ctx context.Context, id conference.ID) (conference.Conference, error) {
	c, err := b.client.Get(ctx, id)
	b.noteGone(id, err)
	return c, err
}

// Create is Client.Create; the book forgets what it knew.
func (b *Book) Create(ctx context.Context, s conference.Settings) (conference.Conference, error) {
	defer b.forget()
	return b.client.Create(ctx, s)
}

// Update is Client.Update; the book forgets what it knew.
func (b *Book) Update(ctx context.Context, id conference.ID, s conference.Settings) (conference.Conference, error) {
	defer b.forget()
	return b.client.Update(ctx, id, s)
}

// Delete is Client.Delete; the book forgets what it knew.
func (b *Book) Delete(ctx context.Context, id conference.ID) error {
	defer b.forget()
	return b.client.Delete(ctx, id)
}

// Drop forgets what was read, after a change that was made elsewhere.
func (b *Book) Drop() { b.forget() }

// LastAnswer is Client.LastAnswer.
func (b *Book) LastAnswer() (time.Time, error) { return b.client.LastAnswer() }

// ReadAt returns when the list was last read; ok is false if there is none.
// While Audian is down that is how old the answers are.
func (b *Book) ReadAt() (at time.Time, ok bool) {
	e, _, ok := b.list.peek("conferences")
	return e.at, ok
}
