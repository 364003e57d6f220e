package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
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
	if r.Method == http.MethodPost {
		err := t.skip(r.Context(), a)
		if errors.Is(err, errNothingDue) {
			http.Error(w, "Nothing is announced yet. Try: /conf announce Weekly sync every weekday at 9:25 for 9:30", http.StatusConflict)
			return
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
	}
	next, err := t.next(r.Context(), a)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	answer := struct {
		Steps  []string `json:"steps"`
		SkipTo string   `json:"skip_to"`
	}{Steps: []string{"Who's on", "Silence the breather", "Kick and keep out", "Make your own", "Announce it"}}
	answer.SkipTo = "09:25" // what step 5 proposes
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

// skip lets the next post be due now. The timetable itself runs by the real
// clock: its row is woken, and what people read says that its time has come.
func (t *tour) skip(ctx context.Context, a *app) error {
	l, err := t.next(ctx, a)
	if err != nil {
		return err
	}
	if l.Next.Key == "" {
		return errNothingDue
	}
	now := time.Now()
	row := l.Next
	row.Wake, row.Step, row.Lane = now, announce.StepSend, row.Channel
	if err := a.store.Change(ctx, announce.Change{Announcement: l.Announcement, DropDue: true, Now: now}); err != nil {
		return err
	}
	if l, err = a.timetable.book.Get(ctx, l.ID); err != nil {
		return err
	}
	if err := a.store.Change(ctx, announce.Change{Announcement: l.Announcement, Add: []announce.Occurrence{row}, Now: now}); err != nil {
		return err
	}
	t.mu.Lock()
	if ahead := time.Until(row.At); ahead > t.ahead {
		t.ahead = ahead
	}
	t.mu.Unlock()
	a.timetable.runner.Kick()
	return nil
}
