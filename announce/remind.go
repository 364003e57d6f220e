package announce

import (
	"context"
	"time"

	"confbot/conference"
)

// ReminderShelf is where reminders are kept.
type ReminderShelf interface {
	// SaveReminder inserts or replaces somebody's reminder of a conference and
	// plans it for the posts to come, those left out whose time has passed.
	SaveReminder(ctx context.Context, r Reminder, now time.Time) error
	// DropReminder removes it with what is planned; was is false without one.
	DropReminder(ctx context.Context, person string, id conference.ID) (was bool, err error)
	RemindersBy(ctx context.Context, person string) ([]Reminder, error)
	// SkipReminders makes planned and sent reminders for starts before a moment
	// Skipped, and plans none for others before it: no message before those
	// starts, and none about their PIN.
	SkipReminders(ctx context.Context, person string, id conference.ID, now, before time.Time) error
	// Reminded returns the reminders sent for starts after a moment, one a
	// person, that are not Skipped.
	Reminded(ctx context.Context, id conference.ID, startsAfter time.Time) ([]Occurrence, error)
}

// remindedFor is how long after a start people are told of a changed PIN.
const remindedFor = 12 * time.Hour

// MaxRemindMinutes is the longest time before a start that a reminder may come.
const MaxRemindMinutes = 60

// NotToday leaves out what is planned until midnight of the person's zone, and
// tells them no more of what was sent.
func NotToday(ctx context.Context, shelf ReminderShelf, person string, id conference.ID, zone *time.Location) error {
	now := time.Now()
	midnight := WallOf(now.In(zone)).date().addDays(1).In(zone)
	return shelf.SkipReminders(ctx, person, id, now, midnight)
}

// ToldOfPIN returns who got a reminder for a run that may still be on, and so
// must hear of a new PIN.
func ToldOfPIN(ctx context.Context, shelf ReminderShelf, id conference.ID) ([]Occurrence, error) {
	return shelf.Reminded(ctx, id, time.Now().Add(-remindedFor))
}

// messageTries is how often a direct message is sent at most whose sending
// ends without an answer. Without reading people's messages there is no way to
// see whether it arrived: none would be worse than a second, a third is not.
const messageTries = 2

// unclear says what becomes of a direct message after an attempt of which
// nobody knows how it ended. It counts as sent when it was tried often enough,
// so that its person also hears of a changed PIN.
func (r *Runner) unclear(ctx context.Context, t *attempt) Outcome {
	if t.o.Tries > messageTries {
		return Done(Ref{Channel: t.o.Channel})
	}
	return r.write(ctx, t)
}

// remind sends a reminder, unless it is off or the run has long begun.
func (r *Runner) remind(ctx context.Context, t *attempt) Outcome {
	reminder, ok, err := r.store.ReminderOf(ctx, t.o.Person, t.o.Conference)
	switch {
	case err != nil:
		return NotNow(tick, err)
	case !ok:
		return Done(Ref{})
	case !t.o.Until.IsZero() && t.now.After(t.o.Until):
		return Outcome{verdict: stopped}
	}
	return r.out.Remind(ctx, reminder, t.o)
}
