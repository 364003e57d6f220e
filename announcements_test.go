package main

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
	"confbot/store"
)

// agenda answers what is due, and notes what is watched.
type agenda struct {
	posts   []store.DuePost
	broken  error
	from    time.Time // startsAfter of the last question
	by      time.Time
	watched map[conference.ID]int
}

func (a *agenda) DueSoon(_ context.Context, dueBy, startsAfter time.Time) ([]store.DuePost, error) {
	a.by, a.from = dueBy, startsAfter
	return a.posts, a.broken
}

func (a *agenda) Watch(id conference.ID, _ string) { a.watched[id]++ }

func (a *agenda) Unwatch(id conference.ID, _ string) { a.watched[id]-- }

func TestConferencesAreWatchedAroundTheirPosts(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 30, 9, 20, 0, 0, time.UTC)
	a := &agenda{watched: map[conference.ID]int{}}
	w := dueWatch{due: a, watch: a, until: map[conference.ID]time.Time{}}
	look := func(after time.Duration, want map[conference.ID]int) {
		t.Helper()
		if err := w.look(t.Context(), now.Add(after)); !errors.Is(err, a.broken) {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, a.watched); diff != "" {
			t.Errorf("after %v (-want +got):\n%s", after, diff)
		}
	}
	a.posts = []store.DuePost{{Conference: "standup", Start: now.Add(10 * time.Minute)}}
	look(0, map[conference.ID]int{"standup": 1})
	if !a.by.Equal(now.Add(5*time.Minute)) || !a.from.Equal(now.Add(-time.Hour)) {
		t.Errorf("asked for posts until %v of starts since %v", a.by, a.from)
	}
	look(30*time.Second, map[conference.ID]int{"standup": 1}) // once, however often it is seen
	a.posts = append(a.posts, store.DuePost{Conference: "sync", Start: now.Add(30 * time.Minute)})
	look(20*time.Minute, map[conference.ID]int{"standup": 1, "sync": 1})
	a.posts, a.broken = nil, errors.New("disk full") // what is known is still let go of
	look(70*time.Minute, map[conference.ID]int{"standup": 1, "sync": 1})
	look(71*time.Minute, map[conference.ID]int{"standup": 0, "sync": 1})
	look(91*time.Minute, map[conference.ID]int{"standup": 0, "sync": 0})
	if len(w.until) > 0 {
		t.Errorf("still remembered: %v", w.until)
	}
}
