package announce_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"confbot/announce"
	"confbot/conference"
)

// reminders are those that were sent so far.
func (c *channel) reminders() []announce.Occurrence {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.reminded)
}

// mute is Slack taking direct messages and not answering, the first few times.
type mute struct {
	*channel

	silent int
	sent   int
}

func (m *mute) Remind(ctx context.Context, r announce.Reminder, o announce.Occurrence) announce.Outcome {
	m.mu.Lock()
	m.sent++
	silent := m.sent <= m.silent
	m.mu.Unlock()
	if out := m.channel.Remind(ctx, r, o); !silent {
		return out
	}
	return announce.Unsure(errors.New("no answer"))
}

func TestAReminderWithoutAnAnswerIsSentOnceMoreAtMost(t *testing.T) {
	t.Parallel()
	for _, silent := range []int{0, 1, 9} {
		synctest.Test(t, func(t *testing.T) {
			h := newHouse(t, announce.Options{})
			h.blind = true
			h.announce("every day at 8:05 for 8:10")
			h.remind("U7", 5)
			slack := &mute{channel: h.channel, silent: silent}
			r := announce.NewRunner(h.store, slack, announce.Options{Name: "a"})
			r.Start(t.Context())
			t.Cleanup(r.Stop)
			pass(12 * time.Minute)
			if want, sent := min(silent, 1)+1, len(h.reminders()); sent != want {
				t.Errorf("%d times no answer: sent %d times, want %d", silent, sent, want)
			}
			told, err := announce.ToldOfPIN(t.Context(), h.store, weekly)
			must(t, err)
			if len(told) != 1 { // who may have the old PIN hears of a new one
				t.Errorf("%d times no answer: %d hear of a new PIN, want 1", silent, len(told))
			}
		})
	}
}

func TestAReminderThatCannotBeSentBeforeTheRunHasBegunIsNotSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("every day at 8:05 for 8:10")
		h.remind("U7", 5)
		down := &away{channel: h.channel, until: time.Now().Add(20 * time.Minute)}
		r := announce.NewRunner(h.store, down, announce.Options{Name: "a"})
		r.Start(t.Context())
		t.Cleanup(r.Stop)
		pass(25 * time.Minute)
		if len(h.reminders()) != 0 {
			t.Errorf("reminded at %v of a run that began at 8:10", h.reminders()[0].SentAt)
		}
	})
}

// away is Slack not taking direct messages for a while.
type away struct {
	*channel

	until time.Time
}

func (a *away) Remind(ctx context.Context, r announce.Reminder, o announce.Occurrence) announce.Outcome {
	if time.Now().Before(a.until) {
		return announce.NotNow(time.Second, errors.New("away"))
	}
	return a.channel.Remind(ctx, r, o)
}

func TestAnnouncementsOfOneRunAreOneReminderWhateverBecomesOfThem(t *testing.T) {
	t.Parallel()
	const second conference.ID = "conf_2"
	for name, do := range map[string]struct {
		change func(h *house, a, b announce.Listed) error
		starts []time.Duration // after 8:00 in Berlin
	}{
		"untouched":         {nil, []time.Duration{90 * time.Minute}},
		"the first deleted": {func(h *house, a, _ announce.Listed) error { return h.book.Delete(h.t.Context(), a.ID) }, []time.Duration{90 * time.Minute}},
		"the first skipped": {func(h *house, a, _ announce.Listed) error {
			_, err := h.book.Skip(h.t.Context(), a.ID)
			return err
		}, []time.Duration{90 * time.Minute}},
		"both paused": {func(h *house, a, b announce.Listed) error {
			_, err := h.book.Pause(h.t.Context(), a.ID)
			_, err2 := h.book.Pause(h.t.Context(), b.ID)
			return errors.Join(err, err2)
		}, nil},
		"both start later": {func(h *house, a, b announce.Listed) error {
			for _, l := range []announce.Listed{a, b} {
				rule, err := announce.Parse("today at 9:25 for 9:50", time.Now(), location(h.t, "Europe/Berlin"))
				must(h.t, err)
				l.Rule = rule
				if _, err := h.book.Edit(h.t.Context(), l.Announcement); err != nil {
					return err
				}
			}
			return nil
		}, []time.Duration{110 * time.Minute}},
		"both of another conference": {func(h *house, a, b announce.Listed) error {
			for _, l := range []announce.Listed{a, b} {
				l.Conference = second
				if _, err := h.book.Edit(h.t.Context(), l.Announcement); err != nil {
					return err
				}
			}
			return nil
		}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, announce.Options{})
				eight := time.Now()
				a := h.announce("today at 9:25 for 9:30")
				b := h.announce("today at 9:25 for 9:30", func(a *announce.Announcement) { a.Channel = "C2" })
				h.announce("today at 9:28", func(a *announce.Announcement) { a.Conference, a.Channel = second, "C3" })
				h.remind("U7", 5)
				if do.change != nil {
					must(t, do.change(h, a, b))
				}
				h.run("a")
				h.pass(3 * time.Hour)
				var got []time.Duration
				for _, o := range h.reminders() {
					got = append(got, o.Starts.Sub(eight))
				}
				if len(got) != len(do.starts) || len(got) > 0 && got[0] != do.starts[0] {
					t.Errorf("reminded of starts %v after 8:00, want %v", got, do.starts)
				}
			})
		})
	}
}

func TestStartsAFewMinutesApartAreOneRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("today at 9:25 for 9:30")
		h.announce("today at 9:25", func(a *announce.Announcement) { a.Channel = "C2" }) // when it starts is not said
		h.announce("today at 9:50")
		h.remind("U7", 5)
		h.run("a")
		h.pass(3 * time.Hour)
		if len(h.reminders()) != 2 {
			t.Errorf("reminded %d times, want once of each of two runs: %v", len(h.reminders()), h.reminders())
		}
	})
}
