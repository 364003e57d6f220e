package announce_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"confbot/announce"
	"confbot/conference"
)

func TestAPostGoesOutOnTheSecondAndTheNextIsPlanned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		l := h.announce("every weekday at 9:25 for 9:30")
		h.run("a")
		h.pass(26 * time.Hour)
		posts := h.all()
		if len(posts) != 2 {
			t.Fatalf("%d posts in two days, want 2: %v", len(posts), posts)
		}
		for _, p := range posts {
			if !p.at.Equal(p.due) || p.late != 0 {
				t.Errorf("due %v, posted %v", p.due, p.at)
			}
			if at := h.readied[p.key]; at.IsZero() || p.due.Sub(at) < time.Second {
				t.Errorf("due %v, made ready %v: that leaves no time to read", p.due, at)
			}
		}
		l, err := h.book.Get(t.Context(), l.ID)
		must(t, err)
		if want := time.Date(2026, 12, 2, 8, 25, 0, 0, time.UTC); !l.Next.At.Equal(want) || !l.Next.Starts.Equal(want.Add(5*time.Minute)) {
			t.Errorf("next = %v for %v, want %v", l.Next.At, l.Next.Starts, want)
		}
	})
}

func TestWhatEndsIsDone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("now")
		h.announce("in 20 minutes")
		h.announce("every day at 9, 2 times")
		h.run("a")
		h.pass(26 * time.Hour)
		if n := len(h.all()); n != 4 {
			t.Errorf("%d posts, want 4", n)
		}
		if _, n, err := h.book.List(t.Context(), announce.Filter{}); err != nil || n != 0 {
			t.Errorf("%d announcements are listed (%v), want none", n, err)
		}
	})
}

func TestPeopleChangeTheTimetable(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx := t.Context()
		h := newHouse(t, announce.Options{})
		h.run("a")
		l := h.announce("every hour") // 8:00, 9:00 … UTC
		h.pass(10 * time.Minute)
		l, err := h.book.Skip(ctx, l.ID)
		must(t, err)
		if !l.Skipped || l.Next.At.Hour() != 9 {
			t.Errorf("after Skip next = %v, skipped %v", l.Next.At, l.Skipped)
		}
		l, err = h.book.Unskip(ctx, l.ID)
		must(t, err)
		if l.Skipped || l.Next.At.Hour() != 8 {
			t.Errorf("after Unskip next = %v, skipped %v", l.Next.At, l.Skipped)
		}
		_, err = h.book.Skip(ctx, l.ID)
		must(t, err)
		h.pass(2 * time.Hour) // 9:10
		if n := len(h.all()); n != 1 || h.all()[0].at.Hour() != 9 {
			t.Fatalf("posts = %v, want that of 9:00 only", h.all())
		}
		l, err = h.book.Pause(ctx, l.ID)
		must(t, err)
		if !l.Paused || l.Next.Key != "" {
			t.Errorf("paused, and next is %v", l.Next.At)
		}
		h.pass(time.Hour)
		_, err = h.book.PostNow(ctx, l.ID)
		must(t, err)
		h.pass(2 * time.Second)
		if n := len(h.all()); n != 2 {
			t.Errorf("%d posts after Post now while paused, want 2", n)
		}
		_, err = h.book.Resume(ctx, l.ID)
		must(t, err)
		l, err = h.book.Move(ctx, l.ID, "C2")
		must(t, err)
		h.pass(time.Hour) // 11:10
		if last := h.all()[len(h.all())-1]; last.channel != "C2" || last.at.Hour() != 11 {
			t.Errorf("after Resume and Move the last post is %v", last)
		}
		l.Rule, err = announce.Parse("today 14:30", time.Now(), location(t, "Europe/Berlin"))
		must(t, err)
		l.Message = "new"
		l, err = h.book.Edit(ctx, l.Announcement)
		must(t, err)
		h.pass(150 * time.Minute)
		if last := h.all()[len(h.all())-1]; last.message != "new" || last.at.Hour() != 13 || last.at.Minute() != 30 {
			t.Errorf("after Edit the last post is %v", last)
		}
		must(t, h.book.Delete(ctx, l.ID))
		n := len(h.all())
		h.pass(3 * time.Hour)
		if len(h.all()) != n {
			t.Errorf("posted after Delete: %v", h.all()[n:])
		}
		if _, err := h.book.Get(ctx, l.ID); conference.KindOf(err) != conference.NotFound {
			t.Errorf("Get after Delete = %v, want not found", err)
		}
	})
}

func TestAPostIsTriedAgainAfterSlacksPaceAndIsLateNeverMissed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{Grace: time.Minute})
		h.announce("every day at 9")
		until := time.Date(2026, 11, 30, 8, 5, 0, 0, time.UTC)
		h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
			return announce.NotNow(30*time.Second, errors.New("ratelimited")), time.Now().Before(until)
		}
		h.run("a")
		h.pass(3 * time.Hour)
		posts := h.all()
		if len(posts) != 1 || posts[0].late < 5*time.Minute {
			t.Fatalf("posts = %v, want one, late, though the grace is over", posts)
		}
		if len(h.told) != 0 {
			t.Errorf("the owner was told of something missed: %v", h.told)
		}
	})
}

func TestAnAnswerThatDidNotComeIsLookedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("every day at 9")
		h.after = func(context.Context, announce.Occurrence, announce.Ref) (announce.Outcome, bool) {
			return announce.Unsure(context.DeadlineExceeded), true
		}
		h.run("a")
		h.pass(2 * time.Hour)
		if n := len(h.all()); n != 1 || h.finds != 1 {
			t.Errorf("%d posts and %d looks, want one of each", n, h.finds)
		}
	})
}

func TestWithoutAWayToLookAFewPostsAreTheLimit(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("every day at 9")
		h.blind = true
		h.after = func(context.Context, announce.Occurrence, announce.Ref) (announce.Outcome, bool) {
			return announce.Unsure(context.DeadlineExceeded), true
		}
		h.run("a")
		h.pass(12 * time.Hour)
		if n := len(h.all()); n < 1 || n > 4 {
			t.Errorf("%d posts, want one to four", n)
		}
	})
}

func TestTroubleWithTheChannelPausesAndTellsTheOwnerOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		l := h.announce("every 15 minutes")
		h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
			return announce.Cannot(announce.TroubleNotIn, nil), true
		}
		h.run("a")
		h.pass(5 * time.Hour)
		l, err := h.book.Get(t.Context(), l.ID)
		must(t, err)
		if !l.Paused || l.Why != announce.TroubleNotIn {
			t.Errorf("paused %v for %q", l.Paused, l.Why)
		}
		if len(h.told) != 1 || h.told[0].Person != "U1" || h.told[0].Why != announce.TroubleNotIn || h.told[0].Announcements[0].ID != l.ID {
			t.Errorf("told = %+v, want the owner, once", h.told)
		}
		h.before = nil
		_, err = h.book.Resume(t.Context(), l.ID)
		must(t, err)
		h.pass(20 * time.Minute)
		if len(h.all()) != 1 {
			t.Errorf("after Resume %d posts, want 1", len(h.all()))
		}
	})
}

func TestAConferenceThatIsGoneEndsAllOfItsAnnouncements(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("every day at 9")
		h.announce("every day at 10")
		h.announce("every day at 11", func(a *announce.Announcement) { a.Owner = "U2" })
		h.announce("every day at 12", func(a *announce.Announcement) { a.Conference = "conf_2" })
		h.before = func(_ context.Context, o announce.Occurrence) (announce.Outcome, bool) {
			return announce.Cannot(announce.TroubleGone, nil), o.Conference == weekly
		}
		h.run("a")
		h.pass(5 * time.Hour)
		if n := len(h.all()); n != 1 {
			t.Errorf("%d posts, want that of the other conference", n)
		}
		told := map[string]int{}
		for _, n := range h.told {
			told[n.Person] += len(n.Announcements)
		}
		if len(h.told) != 2 || told["U1"] != 2 || told["U2"] != 1 {
			t.Errorf("told = %+v, want each owner once with all of theirs", h.told)
		}
	})
}

func TestAfterADayAsleepThereIsOneLatePostAndOneMessage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("every hour")
		h.announce("every day at 9:00 for 9:30")
		h.announce("every day at 10", func(a *announce.Announcement) { a.Channel = "C2" })
		h.run("a")
		h.pass(10 * time.Minute)
		h.now.Stop()
		pass(24*time.Hour + 56*time.Minute) // 09:06, six minutes after an "every hour"
		h.run("b")
		h.pass(2 * time.Minute)
		posts := h.all()
		late := map[string]int{}
		for _, p := range posts {
			late[p.channel+p.due.Format("15:04")]++
			if p.late == 0 {
				t.Errorf("posted as if on time: %v", p)
			}
		}
		// 09:00 of the hourly one, 09:00 for 09:30 of the daily one; the third
		// was missed yesterday and is not due yet today.
		if len(posts) != 2 || late["C108:00"] != 2 {
			t.Errorf("posts = %v", posts)
		}
		if len(h.told) != 1 || len(h.told[0].Missed) != 24+1+1 || len(h.told[0].Announcements) != 3 {
			t.Fatalf("told %d times: %+v", len(h.told), h.told)
		}
		n := h.told[0]
		if away := n.AwayTo.Sub(n.AwayFrom); away < 24*time.Hour+50*time.Minute || away > 25*time.Hour {
			t.Errorf("away from %v to %v", n.AwayFrom, n.AwayTo)
		}
		h.pass(24 * time.Hour)
		if more := len(h.all()) - len(posts); more != 24+1+1 {
			t.Errorf("%d posts in the day after, want 26", more)
		}
		if len(h.told) != 1 {
			t.Errorf("told again: %+v", h.told[1:])
		}
	})
}

func TestTheNextOccurrenceIsMadeAgainIfItIsMissing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		l := h.announce("every day at 9")
		must(t, h.store.Change(t.Context(), announce.Change{Announcement: l.Announcement, DropDue: true, Now: time.Now()}))
		h.run("a")
		pass(time.Second)
		h.pass(2 * time.Hour)
		if len(h.all()) != 1 {
			t.Errorf("%d posts, want 1", len(h.all()))
		}
	})
}

func TestAThousandAtOnceAreFairAndInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		for n := range 1000 {
			h.announce("at 8:01", func(a *announce.Announcement) { a.Channel = fmt.Sprintf("C%03d", n%200) })
		}
		var most, now int
		h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
			h.mu.Lock()
			now++
			most = max(most, now)
			h.mu.Unlock()
			pass(50 * time.Millisecond)
			h.mu.Lock()
			now--
			h.mu.Unlock()
			return announce.Outcome{}, false
		}
		h.run("a")
		h.run("b")
		pass(3 * time.Minute)
		posts := h.all()
		if len(posts) != 1000 {
			t.Fatalf("%d posts, want 1000", len(posts))
		}
		keys, channels := map[string]bool{}, map[string]int{}
		for i, p := range posts {
			keys[p.key] = true
			channels[p.channel]++
			if ahead := channels[p.channel] - (i/200 + 1); ahead > 1 {
				t.Fatalf("post %d is the %dth in %s, before others had as many", i, channels[p.channel], p.channel)
			}
		}
		if len(keys) != 1000 {
			t.Errorf("%d different posts, want 1000", len(keys))
		}
		if most > 32 {
			t.Errorf("%d at once, want at most 16 a process", most)
		}
		if took := posts[999].at.Sub(posts[0].due); took > time.Minute {
			t.Errorf("the last one came after %v", took)
		}
	})
}

func TestAPostWhosePINComesLaterIsEditedUntilItIsThere(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("every day at 9")
		h.after = func(_ context.Context, _ announce.Occurrence, ref announce.Ref) (announce.Outcome, bool) {
			return announce.PINToCome(ref), true
		}
		h.run("a")
		h.pass(2 * time.Hour)
		if h.amends != 3 || len(h.all()) != 1 {
			t.Errorf("%d posts and %d edits, want 1 and 3", len(h.all()), h.amends)
		}
	})
}

func TestAPostThatWasAboutToGoOutWhenTheMachineFellAsleepIsMissed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("today 9:00")
		pass(time.Hour - 10*time.Second)
		h.run("a")
		pass(9 * time.Second) // claimed, not posted
		h.now.Stop()
		pass(5 * time.Hour)
		h.run("b")
		h.pass(time.Minute)
		if len(h.all()) != 0 || len(h.told) != 1 || len(h.told[0].Missed) != 1 {
			t.Errorf("posts %v, told %+v, want it missed and the owner told", h.all(), h.told)
		}
	})
}

func TestAnAttemptThatEndedUnknownIsNotRepeatedAfterPauseOrDelete(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(h *house, id announce.ID) error{
		"pause": func(h *house, id announce.ID) error {
			_, err := h.book.Pause(h.t.Context(), id)
			return err
		},
		"delete": func(h *house, id announce.ID) error { return h.book.Delete(h.t.Context(), id) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, announce.Options{})
				l := h.announce("today 9:00")
				first := true
				h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
					now := first
					first = false
					return announce.Unsure(context.DeadlineExceeded), now
				}
				h.run("a")
				h.pass(time.Hour + 500*time.Millisecond)
				must(t, change(h, l.ID))
				h.pass(10 * time.Minute)
				if len(h.all()) != 0 {
					t.Errorf("posted after %s: %v", name, h.all())
				}
			})
		})
	}
}
