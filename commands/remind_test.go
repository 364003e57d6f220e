package commands

import (
	"errors"
	"strings"
	"testing"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

func (w *world) reminderOf(user string) (announce.Reminder, bool) {
	w.t.Helper()
	r, ok, err := w.store.ReminderOf(w.t.Context(), user, weekly)
	w.must(err)
	return r, ok
}

func TestAReminderIsSetAndStopped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(mia, teamCh, "remind Weekly sync"), "Nothing is planned for Weekly sync; I'll remind you when it is")
	if _, ok := w.reminderOf(mia); !ok {
		t.Fatal("no reminder")
	}
	wantText(t, w.types(mia, teamCh, "remind Weekly sync off"), "I no longer remind you of Weekly sync.")
	if _, ok := w.reminderOf(mia); ok {
		t.Error("still reminded")
	}
	w.announces(ana, teamCh, "Weekly sync every day at 9:25 for 9:30")
	wantText(t, w.presses(mia, teamCh, blocks.CardRemind, block(weekly), ""), "5 minutes before each run of Weekly sync", "Next:", "09:30")
	wantText(t, w.presses(mia, "D1", blocks.ReminderStop, block(weekly), ""), "I no longer remind you")
	wantText(t, w.presses(mia, "D1", blocks.ReminderStop, block(weekly), ""), "I no longer remind you") // pressed twice
	wantText(t, w.types(mia, teamCh, "remind Board"), "no conference called")
}

func TestPreferredMinutesHoldForRemindersThatThereAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.announces(ana, teamCh, "Weekly sync every day at 9:25 for 9:30")
	w.types(mia, teamCh, "remind Weekly sync")
	w.sends(mia, blocks.FormPreferences, blocks.Meta{}, field(blocks.InMinutes, "15"))
	if r, _ := w.reminderOf(mia); r.Minutes != 15 {
		t.Errorf("%d minutes before, want 15", r.Minutes)
	}
	w.types(mia, teamCh, "remind Weekly sync off")
	wantText(t, w.types(mia, teamCh, "remind Weekly sync"), "15 minutes before each run")
}

func TestMyRemindersListsThemAndStopsOne(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantForm(t, w.pressesIn(mia, "home", blocks.Meta{}, blocks.HomeReminders, "home", ""), blocks.FormReminders, "You have no reminders.")
	w.announces(ana, teamCh, "Weekly sync every day at 9:25 for 9:30")
	w.types(mia, teamCh, "remind Weekly sync")
	w.types(mia, teamCh, "remind Week review")
	r := w.pressesIn(mia, "home", blocks.Meta{}, blocks.HomeReminders, "home", "")
	wantForm(t, r, blocks.FormReminders, "Weekly sync, 5 minutes before", "Next:", "Week review", "Nothing is planned")
	// One that they may no longer see is not named, and can be stopped.
	w.must(w.store.Keep(t.Context(), store.Kept{Conference: review, Creator: ana, Private: true, CreatedAt: w.clock}))
	r = w.pressesIn(mia, "home", blocks.Meta{}, blocks.HomeReminders, "home", "")
	if strings.Contains(formText(r), "Week review") {
		t.Error("a conference that is hidden is named")
	}
	r = w.pressesIn(mia, blocks.FormReminders, blocks.Meta{}, blocks.ReminderStop, block(review), "")
	wantForm(t, r, blocks.FormReminders, "Weekly sync")
	if strings.Contains(formText(r), "that conference") {
		t.Error("it was not stopped")
	}
}

func TestWhoMayNoLongerSeeAConferenceIsNotReminded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	occurrence := announce.Occurrence{Conference: weekly, Starts: w.clock.Add(5 * time.Minute)}
	remind := func(user string) (blocks.Message, error) {
		return w.desk.ReminderView(t.Context(), announce.Reminder{Person: user, Conference: weekly}, occurrence)
	}
	m, err := remind(mia)
	w.must(err)
	if !strings.HasPrefix(m.Text, "Weekly sync in 5 minutes. Call +1 415 555 0100, PIN 482913, then #.") {
		t.Errorf("reminded with %q", m.Text)
	}
	w.must(w.store.Keep(t.Context(), store.Kept{Conference: weekly, Creator: ana, Private: true, CreatedAt: w.clock}))
	for user, want := range map[string]bool{mia: false, hana: false, ana: true, dev: true, kim: true} {
		_, err := remind(user)
		if _, refused := errors.AsType[*Refusal](err); refused == want {
			t.Errorf("%s: %v, want a message: %t", user, err, want)
		}
	}
}

func TestNotTodayLeavesTheRestOfTheDayOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.types(mia, teamCh, "remind Weekly sync")
	wantText(t, w.presses(mia, "D1", blocks.ReminderNotToday, block(weekly), ""), "Not today, then.")
	r, _ := w.reminderOf(mia)
	if midnight := time.Now().UTC().Truncate(24 * time.Hour).Add(24 * time.Hour); !r.QuietUntil.Equal(midnight) {
		t.Errorf("quiet until %v, want %v", r.QuietUntil, midnight)
	}
}

func TestThoseInAPrivateConferencesChannelAreReminded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.slack.outside = map[string][]string{foyer: {mia}}
	o := announce.Occurrence{Conference: board, Starts: w.clock.Add(5 * time.Minute)}
	for user, want := range map[string]bool{bo: true, mia: false, dev: true} {
		_, err := w.desk.ReminderView(t.Context(), announce.Reminder{Person: user, Conference: board}, o)
		if (err == nil) != want {
			t.Errorf("%s: %v, want a message: %t", user, err, want)
		}
	}
}

func TestOnlyThoseWhoMayStillSeeItHearOfANewPIN(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	now := time.Now().UTC()
	for _, user := range []string{mia, bo} {
		w.types(user, teamCh, "remind Weekly sync")
		row := announce.RemindRow(announce.Reminder{Person: user, Conference: weekly}, announce.Occurrence{Key: "post", Conference: weekly, At: now})
		row.State, row.SentAt, row.Wake = announce.Posted, now, time.Time{}
		w.must(w.store.Plan(t.Context(), nil, []announce.Occurrence{row}, now))
	}
	hears := func() (users []string) {
		t.Helper()
		told, err := w.desk.tellReminded(t.Context(), someConference(weekly, "Weekly sync"), conference.NewPIN("123987"))
		w.must(err)
		for _, d := range told {
			users = append(users, d.User)
		}
		return users
	}
	if got := hears(); len(got) != 2 {
		t.Errorf("%q hear of it, want both", got)
	}
	w.must(w.store.Keep(t.Context(), store.Kept{Conference: weekly, Creator: ana, Private: true, CreatedAt: w.clock}))
	if got := hears(); len(got) != 1 || got[0] != bo {
		t.Errorf("%q hear of it, want Bo, who moderates it", got)
	}
}
