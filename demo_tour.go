package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"sync"
	"time"

	"confbot/announce"
)

// tour is the demo's guided tour: what to try, and a way to reach the next
// announcement without waiting until tomorrow. The zero value works.
type tour struct {
	mu    sync.Mutex
	app   *app
	ahead time.Duration // how far time has jumped
}

func (t *tour) serve(a *app) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.app = a
}

// now is the time that people see in the demo.
func (t *tour) now() time.Time {
	t.mu.Lock()
	defer t.mu.Unlock()
	return time.Now().Add(t.ahead)
}

// jumped reports whether the demo's time is no longer the real one.
func (t *tour) jumped() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.ahead > 0
}

// announceThis is what step 5 proposes.
const announceThis = "/conf announce Weekly sync every weekday at 9:25 for 9:30"

// step is one thing to try; the page shows the hint when it is pointed at.
type step struct {
	Title string `json:"title"`
	Hint  string `json:"hint,omitempty"`
}

// ServeHTTP answers the page: GET tells the steps and where time can jump to,
// POST …/skip jumps there.
func (t *tour) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	a := t.app
	t.mu.Unlock()
	if a == nil {
		http.Error(w, "the demo is starting", http.StatusServiceUnavailable)
		return
	}
	err := t.flow(r.Context(), a)
	if r.Method == http.MethodPost && err == nil {
		err = t.skip(r.Context(), a)
	}
	if errors.Is(err, errNothingDue) {
		http.Error(w, "Nothing is announced yet. Type "+announceThis, http.StatusConflict)
		return
	}
	var next announce.Listed
	if err == nil {
		next, err = t.next(r.Context(), a)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer := struct {
		Steps  []step `json:"steps"`
		SkipTo string `json:"skip_to"` // a time of day, where something is planned
	}{Steps: []step{
		{Title: "Who's on"},
		{Title: "Silence the breather"},
		{Title: "Kick and keep out"},
		{Title: "Make your own", Hint: "Type /conf create Coffee"},
		{Title: "Announce it", Hint: "Type " + announceThis},
	}, SkipTo: "the next post"}
	if next.Next.Key != "" {
		answer.SkipTo = next.Next.At.In(next.Rule.Location()).Format("15:04")
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(answer)
}

// next is the announcement that is posted next, or none.
func (t *tour) next(ctx context.Context, a *app) (announce.Listed, error) {
	list, _, err := a.timetable.book.List(ctx, announce.Filter{Limit: 1})
	if err != nil || len(list) == 0 {
		return announce.Listed{}, err
	}
	return list[0], nil
}

var errNothingDue = errors.New("nothing is announced")

// skipWithin is how long a jump may take: a new PIN is made on the way.
const skipWithin = 15 * time.Second

// skip lets time jump to the next post. The timetable itself runs by the real
// clock: what is due by then, reminders and new PINs too, is woken, and what
// people read says that its time has come.
func (t *tour) skip(ctx context.Context, a *app) error {
	l, err := t.next(ctx, a)
	if err != nil {
		return err
	}
	if l.Next.Key == "" {
		return errNothingDue
	}
	t.mu.Lock()
	t.ahead = max(t.ahead, time.Until(l.Next.At))
	t.mu.Unlock()
	ctx, cancel := context.WithTimeout(ctx, skipWithin)
	defer cancel()
	for {
		// A post with a new PIN is woken twice: for the PIN and for itself.
		left, err := a.store.WakeBy(ctx, l.Next.At, time.Now())
		if err != nil || left == 0 {
			return err
		}
		a.timetable.runner.Kick()
		if !pause(ctx, 200*time.Millisecond) {
			return nil // the rest follows
		}
	}
}

// flow lets time go on after a jump: what is due by the demo's clock is woken,
// and what was planned since by the real one is planned anew.
func (t *tour) flow(ctx context.Context, a *app) error {
	if !t.jumped() {
		return nil
	}
	now := t.now()
	list, _, err := a.timetable.book.List(ctx, announce.Filter{Limit: 1000})
	if err != nil {
		return err
	}
	for _, l := range list {
		if l.Next.Key == "" || l.Next.State != announce.Due || l.Next.At.After(now.Add(-time.Minute)) {
			continue
		}
		if err := t.planAnew(ctx, a, l, now); err != nil {
			return err
		}
	}
	_, err = a.store.WakeBy(ctx, now, time.Now())
	return err
}

// planAnew replaces an announcement's next post by the first after a moment.
func (t *tour) planAnew(ctx context.Context, a *app, l announce.Listed, after time.Time) error {
	slot, ok := l.Rule.Next(after)
	if !ok {
		return nil
	}
	row := l.Next
	row.Key = string(l.ID) + "." + strconv.FormatInt(slot.Post.Unix(), 10)
	row.Until = row.Until.Add(slot.Post.Sub(row.At))
	row.Wake = row.Wake.Add(slot.Post.Sub(row.At))
	row.At, row.Starts = slot.Post, slot.Starts
	return a.store.Change(ctx, announce.Change{Announcement: l.Announcement, DropDue: true, Add: []announce.Occurrence{row}, Now: time.Now()})
}
