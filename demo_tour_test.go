package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"confbot/announce"
	"confbot/sandbox/slack/control"
)

// tourAnswer is what the page is told.
type tourAnswer struct {
	status int
	text   string
	Steps  []step `json:"steps"`
	SkipTo string `json:"skip_to"`
}

func askTour(t *testing.T, d *demo, method string) tourAnswer {
	t.Helper()
	w := httptest.NewRecorder()
	d.tour.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), method, "/demo/skip", nil))
	a := tourAnswer{status: w.Code, text: w.Body.String()}
	if w.Code == http.StatusOK {
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
	}
	return a
}

func TestSkippingBringsThePostItsReminderAndItsNewPIN(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d, err := startDemo(ctx, "127.0.0.1:0", "seed", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.stop)

	before := askTour(t, d, http.MethodGet)
	if strings.ContainsAny(before.SkipTo, "0123456789") || before.Steps[4].Hint == "" {
		t.Errorf("before anything is planned the page is told %+v", before)
	}
	if a := askTour(t, d, http.MethodPost); a.status != http.StatusConflict || !strings.Contains(a.text, announceThis) {
		t.Errorf("skipping to nothing: %+v", a)
	}

	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	rule, err := announce.Parse("every day at 9:25 for 9:30", time.Now(), berlin)
	if err != nil {
		t.Fatal(err)
	}
	l, err := d.app.timetable.book.Create(ctx, announce.Announcement{
		Conference: demoConference, Channel: demoTeam, Owner: demoAna, Rule: rule, Rotate: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	reminder := announce.Reminder{Person: demoBo, Conference: demoConference, Minutes: 5, CreatedAt: time.Now()}
	if err := d.app.store.SaveReminder(ctx, reminder, time.Now()); err != nil {
		t.Fatal(err)
	}
	if a := askTour(t, d, http.MethodGet); a.SkipTo != "09:25" {
		t.Errorf("the page is told to skip to %q, want 09:25", a.SkipTo)
	}
	if a := askTour(t, d, http.MethodPost); a.status != http.StatusOK {
		t.Fatalf("skipping: %+v", a)
	}
	if now := d.tour.now(); now.Before(l.Next.At) || now.Sub(l.Next.At) > time.Minute {
		t.Errorf("it is %v, want %v", now, l.Next.At)
	}
	people := control.New(d.slack.ControlURL(), nil)
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	sees := func(user, what string, says func(text string) bool) {
		_, err := people.WaitFor(ctx, user, func(s *control.Screen) bool {
			return s.Find("", func(m control.Message) bool { return says(m.Text) }) != nil
		})
		if err != nil {
			t.Errorf("%s sees no %s: %v", user, what, err)
		}
	}
	sees(demoBo, "reminder", func(text string) bool { return strings.Contains(text, "Weekly sync in 5 minutes. Call") })
	sees(demoAna, "post with a new PIN", func(text string) bool {
		return strings.HasPrefix(text, "Weekly sync is live") && strings.Contains(text, "PIN ") && !strings.Contains(text, "482913")
	})
	for { // the post is seen a moment before the next one is planned
		again, err := d.app.timetable.book.Get(ctx, l.ID)
		if err != nil {
			t.Fatal(err)
		}
		if again.Next.At.After(l.Next.At) {
			break
		}
		if !pause(ctx, 20*time.Millisecond) {
			t.Fatal("the next post is not planned")
		}
	}
	if a := askTour(t, d, http.MethodPost); a.status != http.StatusOK || !d.tour.now().After(l.Next.At.Add(23*time.Hour)) {
		t.Errorf("skipping again: %+v, it is %v", a, d.tour.now())
	}
}

func TestWhatIsAnnouncedAfterAJumpIsPlannedByTheDemosClock(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	d, err := startDemo(ctx, "127.0.0.1:0", "seed", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.stop)
	d.tour.mu.Lock()
	d.tour.ahead = 72 * time.Hour
	d.tour.mu.Unlock()
	rule, err := announce.Parse("every day at 9:25", time.Now(), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	l, err := d.app.timetable.book.Create(ctx, announce.Announcement{Conference: demoConference, Channel: demoTeam, Owner: demoAna, Rule: rule})
	if err != nil {
		t.Fatal(err)
	}
	askTour(t, d, http.MethodGet)
	if l, err = d.app.timetable.book.Get(ctx, l.ID); err != nil || !l.Next.At.After(d.tour.now()) {
		t.Errorf("the next post is planned for %v, and it is %v (%v)", l.Next.At, d.tour.now(), err)
	}
}
