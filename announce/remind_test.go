package announce_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/announce"
)

func (h *house) remind(person string, minutes int) {
	h.t.Helper()
	now := time.Now()
	must(h.t, h.store.SaveReminder(h.t.Context(), announce.Reminder{Person: person, Conference: weekly, Minutes: minutes, CreatedAt: now}, now))
}

func TestAReminderComesOnceBeforeEachRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("every day at 9:25 for 9:30")
		h.announce("every day at 9:20 for 9:30", func(a *announce.Announcement) { a.Channel = "C2" })
		h.remind("U7", 10)
		h.remind("U8", 0)
		h.run("a")
		h.pass(25*time.Hour + 50*time.Minute)
		var u7, u8 []time.Time
		for _, o := range h.reminded {
			if o.Person == "U7" {
				u7 = append(u7, o.SentAt)
			} else {
				u8 = append(u8, o.SentAt)
			}
		}
		start := time.Date(2026, 11, 30, 8, 30, 0, 0, time.UTC)
		if len(u7) != 2 || !u7[0].Equal(start.Add(-10*time.Minute)) || !u7[1].Equal(start.Add(24*time.Hour-10*time.Minute)) {
			t.Errorf("U7 was reminded at %v, want ten minutes before each of two runs", u7)
		}
		if len(u8) != 2 || !u8[0].Equal(start) {
			t.Errorf("U8 was reminded at %v, want at each of two starts", u8)
		}
	})
}

func TestNotTodayStopAndWhoMustHearOfANewPIN(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, berlin := t.Context(), location(t, "Europe/Berlin")
		h := newHouse(t, announce.Options{})
		h.announce("every hour")
		for _, person := range []string{"U1", "U2", "U3", "U4"} {
			h.remind(person, 5)
		}
		h.run("a")
		must(t, announce.NotToday(ctx, h.store, "U2", weekly, berlin)) // before it is sent
		h.pass(58 * time.Minute)
		if n := len(h.reminded); n != 3 {
			t.Fatalf("%d were reminded, want all but U2", n)
		}
		must(t, announce.NotToday(ctx, h.store, "U3", weekly, berlin)) // after it was sent
		was, err := h.store.DropReminder(ctx, "U4", weekly)
		must(t, err)
		if !was {
			t.Error("U4 had no reminder")
		}
		told, err := announce.ToldOfPIN(ctx, h.store, weekly)
		must(t, err)
		var who []string
		for _, o := range told {
			who = append(who, o.Person+" "+o.TS)
		}
		if len(who) != 2 || who[0] != "U1 1" || who[1] != "U4 1" {
			t.Errorf("told of a new PIN: %v, want U1 and U4, who have the old one", who)
		}
		h.pass(time.Hour)
		counts := map[string]int{}
		for _, o := range h.reminded {
			counts[o.Person]++
		}
		want := map[string]int{"U1": 2, "U3": 1, "U4": 1}
		if diff := cmp.Diff(want, counts); diff != "" {
			t.Errorf("reminded by the second run (-want +got):\n%s", diff)
		}
		h.pass(24 * time.Hour)
		for _, o := range h.reminded {
			if o.Person == "U2" && o.Starts.In(berlin).Day() == 30 {
				t.Errorf("U2 was reminded on the day that was left out, for %v", o.Starts)
			}
			counts[o.Person]++
		}
		if counts["U2"] == 0 {
			t.Error("U2 is not reminded on the next day either")
		}
	})
}

func TestNoReminderForARunThatIsSkippedPausedOrLongOver(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		h := newHouse(t, announce.Options{})
		l := h.announce("every hour")
		h.remind("U7", 5)
		h.run("a")
		_, err := h.book.Skip(ctx, l.ID)
		must(t, err)
		h.pass(80 * time.Minute)
		if len(h.reminded) != 0 {
			t.Fatalf("reminded of a skipped run: %v", h.reminded)
		}
		_, err = h.book.Pause(ctx, l.ID)
		must(t, err)
		h.pass(60 * time.Minute)
		if len(h.reminded) != 0 {
			t.Fatalf("reminded of a paused run: %v", h.reminded)
		}
		_, err = h.book.Resume(ctx, l.ID)
		must(t, err)
		h.now.Stop()
		pass(5 * time.Hour)
		h.run("b")
		h.pass(10 * time.Second)
		if len(h.reminded) != 0 {
			t.Errorf("reminded of a run that is long over: %v", h.reminded)
		}
		h.pass(time.Hour)
		if len(h.reminded) != 1 {
			t.Errorf("reminded %d times in the hour after, want once", len(h.reminded))
		}
	})
}
