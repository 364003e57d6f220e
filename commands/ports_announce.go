package commands

import (
	"context"
	"time"

	"confbot/announce"
	"confbot/conference"
)

// Announcements makes, finds and changes announcements.
type Announcements interface {
	Get(ctx context.Context, id announce.ID) (announce.Listed, error)
	List(ctx context.Context, f announce.Filter) ([]announce.Listed, int, error)
	Create(ctx context.Context, a announce.Announcement) (announce.Listed, error)
	Edit(ctx context.Context, a announce.Announcement) (announce.Listed, error)
	Delete(ctx context.Context, id announce.ID) error
	Move(ctx context.Context, id announce.ID, channel string) (announce.Listed, error)
	AnnouncementTurns
}

// AnnouncementTurns are what a list's menu does to one announcement.
type AnnouncementTurns interface {
	Pause(ctx context.Context, id announce.ID) (announce.Listed, error)
	Resume(ctx context.Context, id announce.ID) (announce.Listed, error)
	Skip(ctx context.Context, id announce.ID) (announce.Listed, error)
	Unskip(ctx context.Context, id announce.ID) (announce.Listed, error)
	PostNow(ctx context.Context, id announce.ID) (announce.Listed, error)
}

// Reminders keeps who wants a message before a conference's runs, and ends
// what goes with a conference.
type Reminders interface {
	announce.ReminderShelf
	ReminderOf(ctx context.Context, person string, id conference.ID) (r announce.Reminder, ok bool, err error)
	// Reassign gives a conference's announcements to another owner.
	Reassign(ctx context.Context, id conference.ID, from, to string) (int64, error)
	EndAnnouncements(ctx context.Context, id conference.ID, except string, now time.Time) (ended int, err error)
	// PauseIn pauses what is announced in a channel, by one owner where one is
	// named, and plans a notice for each owner.
	PauseIn(ctx context.Context, channel, owner string, why announce.Trouble, now time.Time) (paused int, err error)
	// MissedBy returns the posts of somebody's announcements that did not go out
	// since a moment, one an announcement, none that something was posted after.
	MissedBy(ctx context.Context, owner string, since time.Time) ([]announce.Occurrence, error)
	// LastPost returns when an announcement was last posted; zero for never.
	LastPost(ctx context.Context, id announce.ID) (time.Time, error)
}

// Noted reads which PIN a rotation has noted for an occurrence; ok is false
// for a note that says nothing.
type Noted func(key, note string) (pin conference.PIN, ok bool)
