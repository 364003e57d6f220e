package announce

import (
	"context"
	"slices"
	"time"

	"confbot/conference"
)

// Shelf is where the Book keeps announcements. Each method is one transaction.
type Shelf interface {
	// Announcement returns one with its next post; ok is false when there is none.
	Announcement(ctx context.Context, id ID, now time.Time) (l Listed, ok bool, err error)
	// List returns a page of those that are not done, next post first, and how
	// many there are in all.
	List(ctx context.Context, f Filter, now time.Time) (page []Listed, total int, err error)
	// Change writes a change. A conference.Conflict error with ChangedSince says
	// that the announcement is not at that revision any more, or the row to be
	// skipped is already being posted; nothing is written then.
	Change(ctx context.Context, c Change) error
}

// Filter chooses announcements; empty fields do not narrow.
type Filter struct {
	Channel    string
	Conference conference.ID
	Owner      string
	Except     []conference.ID // whose are left out
	Offset     int
	Limit      int // 0: 50
}

// Change is a change to one announcement and its rows to come.
type Change struct {
	Announcement Announcement // as it shall be, with the revision that it was read with
	New          bool
	Delete       bool         // it and what is not posted yet goes; what was posted stays until it is old
	DropDue      bool         // rows not attempted yet, those of Post now excepted, go
	Skip         string       // key of a Due row that becomes Skipped
	Unskip       bool         // Skipped rows to come go, because Add has the first of them again
	Add          []Occurrence // rows to come
	Now          time.Time
}

// Book makes and changes announcements on behalf of people. Who may is decided
// by the caller.
type Book struct {
	shelf Shelf
	opt   Options
}

// NewBook returns a Book. Of the options only those on time matter; they
// should be the Runner's.
func NewBook(shelf Shelf, o Options) *Book { return &Book{shelf: shelf, opt: o.orDefault()} }

// Get returns one announcement; a conference.NotFound error when there is none.
func (b *Book) Get(ctx context.Context, id ID) (Listed, error) {
	l, ok, err := b.shelf.Announcement(ctx, id, time.Now())
	if err != nil {
		return Listed{}, err
	}
	if !ok {
		return Listed{}, &conference.Error{Kind: conference.NotFound, Field: "announcement"}
	}
	return l, nil
}

// List returns a page of announcements that are not done, and how many there
// are in all.
func (b *Book) List(ctx context.Context, f Filter) ([]Listed, int, error) {
	if f.Limit <= 0 {
		f.Limit = 50
	}
	return b.shelf.List(ctx, f, time.Now())
}

// Create checks the rule, stores the announcement and plans its first post. An
// empty ID is filled in; creating one ID twice is a conference.Conflict error,
// so a caller that may be asked twice gives the ID. What the rule is refused
// for comes as a *Refusal.
func (b *Book) Create(ctx context.Context, a Announcement) (Listed, error) {
	now := time.Now()
	if err := a.Rule.Check(now); err != nil {
		return Listed{}, err
	}
	if a.ID == "" {
		a.ID = NewID()
	}
	a.CreatedAt, a.Done, a.Paused, a.Why, a.Revision = now, time.Time{}, false, "", 0
	c := Change{Announcement: a, New: true, Now: now}
	b.plan(&c, now, nil)
	return b.change(ctx, c)
}

// Edit replaces everything that people choose (rule, channel, conference,
// owner, options) and plans anew. The rule is checked only if it is another.
func (b *Book) Edit(ctx context.Context, a Announcement) (Listed, error) {
	return b.alter(ctx, a.ID, func(l Listed, c *Change) error {
		now := c.Now
		if a.Rule.Describe() != l.Rule.Describe() || !a.Rule.Exact.Equal(l.Rule.Exact) || a.Rule.Lead != l.Rule.Lead {
			if err := a.Rule.Check(now); err != nil {
				return err
			}
		}
		a.CreatedAt, a.Revision, a.Paused, a.Why = l.CreatedAt, l.Revision, l.Paused, l.Why
		c.Announcement, c.DropDue = a, true
		c.Announcement.Done = time.Time{}
		b.plan(c, now, l.Skips)
		return nil
	})
}

// Pause stops it until Resume.
func (b *Book) Pause(ctx context.Context, id ID) (Listed, error) {
	return b.alter(ctx, id, func(_ Listed, c *Change) error {
		c.Announcement.Paused, c.Announcement.Why, c.DropDue = true, "", true
		return nil
	})
}

// Resume goes on with the next occurrence from now that is not left out.
func (b *Book) Resume(ctx context.Context, id ID) (Listed, error) {
	return b.alter(ctx, id, func(l Listed, c *Change) error {
		c.Announcement.Paused, c.Announcement.Why, c.DropDue = false, "", true
		b.plan(c, c.Now, l.Skips)
		return nil
	})
}

// Move posts into another channel from now on. One that was paused for the
// old channel's sake goes on.
func (b *Book) Move(ctx context.Context, id ID, channel string) (Listed, error) {
	return b.alter(ctx, id, func(l Listed, c *Change) error {
		c.Announcement.Channel, c.DropDue = channel, true
		switch l.Why {
		case TroubleNotIn, TroubleArchived, TroubleNoPost, TroubleNoPlace, TroubleShared:
			c.Announcement.Paused, c.Announcement.Why = false, ""
		case TroubleNobody, TroubleGone, TroubleFault:
		}
		b.plan(c, c.Now, l.Skips)
		return nil
	})
}

// Skip leaves the next post out. With none planned it is a conference.Conflict
// error.
func (b *Book) Skip(ctx context.Context, id ID) (Listed, error) {
	return b.alter(ctx, id, func(l Listed, c *Change) error {
		if l.Next.Key == "" || l.Next.Extra {
			return &conference.Error{Kind: conference.Conflict, Reason: conference.ChangedSince}
		}
		c.Skip = l.Next.Key
		b.plan(c, l.Next.At, l.Skips)
		return nil
	})
}

// Unskip takes every Skip back whose post is still to come.
func (b *Book) Unskip(ctx context.Context, id ID) (Listed, error) {
	return b.alter(ctx, id, func(_ Listed, c *Change) error {
		c.DropDue, c.Unskip = true, true
		b.plan(c, c.Now, nil)
		return nil
	})
}

// PostNow posts once, at once, also while paused; the rule goes on as it was.
func (b *Book) PostNow(ctx context.Context, id ID) (Listed, error) {
	return b.alter(ctx, id, func(_ Listed, c *Change) error {
		c.Add = []Occurrence{extra(c.Announcement, c.Now, b.opt)}
		return nil
	})
}

// Delete ends it. What is being posted at this moment may still appear.
func (b *Book) Delete(ctx context.Context, id ID) error {
	_, err := b.alter(ctx, id, func(_ Listed, c *Change) error {
		c.Delete = true
		return nil
	})
	return err
}

// plan adds what comes next after a moment and is not left out, or ends the
// announcement. A paused one is left without.
func (b *Book) plan(c *Change, after time.Time, leftOut []time.Time) {
	a := &c.Announcement
	if a.Paused {
		return
	}
	next, ok := a.next(after, b.opt)
	for ok && slices.ContainsFunc(leftOut, func(t time.Time) bool { return t.Unix() == next.At.Unix() }) {
		next, ok = a.next(next.At, b.opt)
	}
	if a.Rule.Now && c.New {
		next, ok = postOf(*a, Slot{Post: c.Now.UTC().Truncate(time.Second)}, b.opt), true
	}
	if !ok {
		a.Done = c.Now
		return
	}
	a.Done = time.Time{}
	c.Add = append(c.Add, next)
}

// next is the row of the announcement's first slot after a moment.
func (a Announcement) next(after time.Time, o Options) (Occurrence, bool) {
	s, ok := a.Rule.Next(after)
	if !ok {
		return Occurrence{}, false
	}
	return postOf(a, s, o), true
}

// alter reads, changes and writes, once more if somebody else was quicker.
func (b *Book) alter(ctx context.Context, id ID, how func(l Listed, c *Change) error) (Listed, error) {
	for try := 0; ; try++ {
		l, err := b.Get(ctx, id)
		if err != nil {
			return Listed{}, err
		}
		c := Change{Announcement: l.Announcement, Now: time.Now()}
		if err := how(l, &c); err != nil {
			return Listed{}, err
		}
		changed, err := b.change(ctx, c)
		if conference.ReasonOf(err) != conference.ChangedSince || try == 2 {
			return changed, err
		}
	}
}

func (b *Book) change(ctx context.Context, c Change) (Listed, error) {
	if err := b.shelf.Change(ctx, c); err != nil {
		return Listed{}, err
	}
	if c.Delete {
		return Listed{Announcement: c.Announcement}, nil
	}
	return b.Get(ctx, c.Announcement.ID)
}
