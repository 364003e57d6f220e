package announce_test

import (
	"testing"
	"testing/synctest"
	"time"

	"confbot/announce"
)

// TestWhatIsLeftOutStaysLeftOutWhateverElseIsChanged also holds that nothing
// after it is lost.
func TestWhatIsLeftOutStaysLeftOutWhateverElseIsChanged(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*house, announce.Listed) error{
		"nothing": func(*house, announce.Listed) error { return nil },
		"paused and resumed": func(h *house, l announce.Listed) error {
			if _, err := h.book.Pause(h.t.Context(), l.ID); err != nil {
				return err
			}
			_, err := h.book.Resume(h.t.Context(), l.ID)
			return err
		},
		"moved": func(h *house, l announce.Listed) error {
			_, err := h.book.Move(h.t.Context(), l.ID, "C2")
			return err
		},
		"edited": func(h *house, l announce.Listed) error {
			l.Message = "Bring tea"
			_, err := h.book.Edit(h.t.Context(), l.Announcement)
			return err
		},
		"taken back and left out again": func(h *house, l announce.Listed) error {
			if _, err := h.book.Unskip(h.t.Context(), l.ID); err != nil {
				return err
			}
			_, err := h.book.Skip(h.t.Context(), l.ID)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, announce.Options{})
				l := h.announce("every hour")
				h.run("a")
				first := l.Next.At
				_, err := h.book.Skip(t.Context(), l.ID)
				must(t, err)
				must(t, change(h, l))
				h.pass(3*time.Hour + 10*time.Minute)
				posts := h.all()
				if len(posts) != 2 || !posts[0].due.Equal(first.Add(time.Hour)) || !posts[1].due.Equal(first.Add(2*time.Hour)) {
					t.Errorf("posted %v, want the second and the third of %v", posts, first)
				}
			})
		})
	}
}

func TestTwoThatWereLeftOutAreTakenBackTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		l := h.announce("every hour")
		h.run("a")
		for range 2 {
			_, err := h.book.Skip(t.Context(), l.ID)
			must(t, err)
		}
		back, err := h.book.Unskip(t.Context(), l.ID)
		must(t, err)
		if back.Skipped || !back.Next.At.Equal(l.Next.At) {
			t.Errorf("taken back: next %v, left out %v", back.Next.At, back.Skips)
		}
		h.pass(3*time.Hour + 10*time.Minute)
		if n := len(h.all()); n != 3 {
			t.Errorf("%d posts in three hours, want 3", n)
		}
	})
}

func TestMovingTakesTheRemindersAlong(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		l := h.announce("every day at 9:25 for 9:30")
		h.remind("U7", 5)
		h.run("a")
		_, err := h.book.Move(t.Context(), l.ID, "C2")
		must(t, err)
		h.pass(26 * time.Hour)
		posts := h.all()
		if len(posts) == 0 || posts[0].channel != "C2" || len(h.reminders()) != len(posts) {
			t.Errorf("posted %v, reminded %v", posts, h.reminders())
		}
	})
}
