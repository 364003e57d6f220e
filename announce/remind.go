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
