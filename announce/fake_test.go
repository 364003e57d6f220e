package announce_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"confbot/announce"
	"confbot/conference"
	"confbot/store"
)

const weekly conference.ID = "conf_1"

// channel is Slack: what was posted, when, and what goes wrong.
type channel struct {
	mu       sync.Mutex
	posts    []post
	reminded []announce.Occurrence
	told     []announce.Notice
	finds    int
	amends   int
	readied  map[string]time.Time // when a post was made ready, by key
	blind    bool                 // there is no way to look
	coming   bool                 // what is found says that its PIN is coming

	// before decides about an attempt before anything is posted, after about
	// one that was posted; nil and the zero Outcome of "go on" do nothing.
	before func(ctx context.Context, o announce.Occurrence) (out announce.Outcome, stop bool)
	after  func(ctx context.Context, o announce.Occurrence, ref announce.Ref) (out announce.Outcome, stop bool)
}

type post struct {
	key, channel, owner string
	late                time.Duration
	at, due             time.Time
	rotated             bool
	note, message       string
}

func (c *channel) Ready(_ context.Context, _ announce.Announcement, o announce.Occurrence) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.readied == nil {
		c.readied = map[string]time.Time{}
	}
	c.readied[o.Key] = time.Now()
}

func (c *channel) Post(ctx context.Context, a announce.Announcement, o announce.Occurrence) announce.Outcome {
	if c.before != nil {
		if out, stop := c.before(ctx, o); stop {
			return out
		}
	}
	now := time.Now()
	c.mu.Lock()
	c.posts = append(c.posts, post{
		key: o.Key, channel: a.Channel, owner: a.Owner, late: o.Delay(now), at: now, due: o.At, rotated: o.Rotated, note: o.Note, message: a.Message,
	})
	c.mu.Unlock()
	ref := announce.Ref{Channel: a.Channel, TS: o.Key + "!"}
	if c.after != nil {
		if out, stop := c.after(ctx, o, ref); stop {
			return out
		}
	}
	return announce.Done(ref)
}

func (c *channel) Amend(context.Context, announce.Announcement, announce.Occurrence) announce.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.amends++
	if c.amends < 3 {
		return announce.NotNow(20*time.Second, nil)
	}
	return announce.Done(announce.Ref{})
}

func (c *channel) Find(_ context.Context, o announce.Occurrence) (announce.Ref, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.finds++
	if c.blind {
		return announce.Ref{}, false, announce.ErrCannotLook
	}
	for _, p := range c.posts {
		if p.key == o.Key {
			return announce.Ref{Channel: p.channel, TS: p.key + "!", PINComing: c.coming}, true, nil
		}
	}
	return announce.Ref{}, false, nil
}

func (c *channel) Remind(_ context.Context, r announce.Reminder, o announce.Occurrence) announce.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	o.SentAt = time.Now()
	c.reminded = append(c.reminded, o)
	return announce.Done(announce.Ref{Channel: "D" + r.Person, TS: "1"})
}

func (c *channel) Tell(_ context.Context, n announce.Notice) announce.Outcome {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told = append(c.told, n)
	return announce.Done(announce.Ref{Channel: "D" + n.Person, TS: "1"})
}

func (c *channel) all() []post {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.posts)
}

// house is one timetable with Slack before it. It is used within a bubble.
type house struct {
	*channel

	t     *testing.T
	store *store.Store
	book  *announce.Book
	opt   announce.Options
	name  string           // of the process that runs
	now   *announce.Runner // the process that runs; nil: none
}

func newHouse(t *testing.T, o announce.Options) *house {
	t.Helper()
	// A Monday, 08:00 in Berlin.
	time.Sleep(time.Until(time.Date(2026, 11, 30, 7, 0, 0, 0, time.UTC))) //nolint:forbidigo // the bubble's clock
	s, err := store.Open(t.Context(), store.Memory)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return &house{t: t, channel: &channel{}, store: s, book: announce.NewBook(s, o), opt: o}
}

// run starts a process of that name, stopped with the test.
func (h *house) run(name string) *announce.Runner {
	h.t.Helper()
	o := h.opt
	o.Name = name
	r := announce.NewRunner(h.store, h.channel, o)
	r.Start(h.t.Context())
	h.t.Cleanup(r.Stop)
	h.name, h.now = name, r
	return r
}

// pass lets time go by for a process that runs. Long stretches in which nothing
// is due go by without it, which spares thousands of looks at the timetable.
func (h *house) pass(d time.Duration) {
	h.t.Helper()
	end := time.Now().Add(d)
	for time.Now().Before(end) {
		next, ok, err := h.store.NextWake(h.t.Context())
		must(h.t, err)
		if !ok || next.After(end) {
			next = end
		}
		if idle := time.Until(next) - 5*time.Second; idle > 10*time.Second {
			h.now.Stop()
			pass(idle)
			h.run(h.name)
			continue
		}
		pass(min(3*time.Second, time.Until(end)))
	}
}

// announce makes an announcement from a phrase, in Berlin.
func (h *house) announce(phrase string, with ...func(*announce.Announcement)) announce.Listed {
	h.t.Helper()
	rule, err := announce.Parse(phrase, time.Now(), location(h.t, "Europe/Berlin"))
	must(h.t, err)
	a := announce.Announcement{Conference: weekly, Channel: "C1", Owner: "U1", Rule: rule}
	for _, w := range with {
		w(&a)
	}
	l, err := h.book.Create(h.t.Context(), a)
	must(h.t, err)
	return l
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// pass lets time go by.
func pass(d time.Duration) { time.Sleep(d) } //nolint:forbidigo // the bubble's clock
