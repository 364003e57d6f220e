package announce

import (
	"context"
	"errors"
	"time"

	"confbot/conference"
)

// ErrCannotLook is what Find returns where it has no way of looking: then a
// second post is better than none.
var ErrCannotLook = errors.New("announce: no way to look for the post")

// Announcer writes to people. Its methods may be called at once, for different
// channels and people; for one channel they are called one at a time, in the
// order in which things are due. They must return when ctx ends, and carry the
// occurrence's Key in the message's metadata.
type Announcer interface {
	// Ready is called a few seconds before Post where there is the time, so
	// that what the post needs can be read. It writes to nobody, Post does
	// without it, and its ctx ends when the post is over.
	Ready(ctx context.Context, a Announcement, o Occurrence)
	// Post posts the announcement now. The occurrence's Rotated and Note say
	// which PIN to show; Delay says whether to own up to being late.
	Post(ctx context.Context, a Announcement, o Occurrence) Outcome
	// Amend edits the PIN into a post of PINToCome and says so in its thread,
	// once, also when it is called again. Done: it is in. NotNow: it is still to
	// come.
	Amend(ctx context.Context, a Announcement, o Occurrence) Outcome
	// Find looks for our message of that key where the occurrence would have
	// put it. It returns ErrCannotLook where it never can.
	Find(ctx context.Context, o Occurrence) (ref Ref, found bool, err error)
	// Remind sends a direct message before a run.
	Remind(ctx context.Context, r Reminder, o Occurrence) Outcome
	// Tell sends an owner a direct message about their announcements.
	Tell(ctx context.Context, n Notice) Outcome
}

// Notice is what an owner is told, once.
type Notice struct {
	Key    string
	Person string // Slack user
	// Why is the trouble for which Announcements were paused or ended; "" for
	// Missed. Those that were paused are of one channel.
	Why           Trouble
	Announcements []Announcement
	// Missed are the posts that did not go out while nobody was there, from
	// AwayFrom to AwayTo, oldest first; Announcements holds what they are of. Of
	// a notice with OldPIN AwayFrom is when the post is due.
	Missed           []Occurrence
	AwayFrom, AwayTo time.Time
}

// Rotator changes a conference's member PIN in overlapping steps. Each may be
// called again for the same occurrence, and then does no more than is missing.
type Rotator interface {
	// Choose picks the new PIN and writes nothing to Audian. The note says
	// which it is; it is stored, so it must be sealed.
	Choose(ctx context.Context, o Occurrence) (note string, err error)
	// Add puts the noted PIN beside the old ones and returns nil only when it
	// was read back in the form that protects.
	Add(ctx context.Context, o Occurrence) error
	// Retire takes out the PINs that were there before the noted one if
	// o.Rotated, and tells those who know them, once, also when it is called
	// again. Otherwise the post shows the old one, and the noted one goes.
	Retire(ctx context.Context, o Occurrence) error
}

// Timetable is where the rows are, as the Runner needs it. Each method is one
// transaction; times are the caller's.
type Timetable interface {
	// Claim leases rows whose Wake has come, the oldest one of each lane, of
	// lanes that do not rest, those first whose turn was longest ago. It leaves
	// rows alone whose Until was over before anybody called Claim: those are Overdue.
	Claim(ctx context.Context, c Claim) ([]Occurrence, error)
	// Begin says that a step is attempted now, if the lease is still held and
	// the row still wanted; ok is false otherwise. It counts the attempt, makes
	// a post's Due Posting, prolongs the lease, and returns both as they are now,
	// the row as it was before this attempt (State says if there was an earlier one).
	Begin(ctx context.Context, key string, l Lease) (o Occurrence, a Announcement, ok bool, err error)
	// Renew prolongs leases that are still held.
	Renew(ctx context.Context, keys []string, l Lease) error
	// Settle writes what became of a row and what follows, if the lease's holder
	// still is the row's; ok is false, and nothing is written, otherwise.
	Settle(ctx context.Context, s Settlement) (ok bool, err error)
}

// Claim asks for rows.
type Claim struct {
	Lease

	Before time.Time // rows whose Wake is not after this
	Limit  int
}

// Lease says who works until when.
type Lease struct {
	Holder string
	Now    time.Time
	Until  time.Time
}

// Settlement is what became of a row.
type Settlement struct {
	Row    Occurrence // as it is now; its lease is given back
	Was    State      // the row's state when the attempt began; another one now means that somebody dropped it
	Holder string
	Plan   *Plan // what follows an announcement's occurrence; nil: nothing changes
	// Pause stops the row's announcement, for a trouble OfChannel all that are
	// posted where the row is, for TroubleShared those of its owner there. End
	// ends all of its conference's. Each owner is told once, by TellRow.
	Pause, End Trouble
	Notices    []Occurrence // to be told, new rows
	Lane       string       // the lane that the attempt was made in …
	Rest       time.Time    // … is left alone until then, by everybody
	Now        time.Time
}

// Plan is what follows in an announcement's timetable.
type Plan struct {
	Announcement ID    // "": only Missed counts
	Revision     int64 // of the announcement that it was made from; with another one nothing follows
	Next         *Occurrence
	Missed       []Occurrence // rows, there already or not, that become Missed unless somebody has begun them
	Done         bool         // nothing follows: the announcement is done
}

// Care is what the Runner needs now and then.
type Care interface {
	// Beat notes that somebody runs the timetable at now, and returns when
	// somebody last did before; zero: never. If that is longer ago than away,
	// Due rows that were seen then count as not seen: nobody was there for them.
	Beat(ctx context.Context, now time.Time, away time.Duration) (last time.Time, err error)
	// Overdue returns Due rows of any kind that nobody has seen before their
	// Until was over, oldest first.
	Overdue(ctx context.Context, now time.Time, limit int) ([]Occurrence, error)
	// Unplanned returns active announcements which have no row to come and none
	// being posted.
	Unplanned(ctx context.Context, limit int) ([]Announcement, error)
	// Announcements returns announcements by id; unknown ones are left out.
	Announcements(ctx context.Context, ids ...ID) ([]Announcement, error)
	// Plan writes plans, and notices with them.
	Plan(ctx context.Context, p []Plan, notices []Occurrence, now time.Time) error
}

// Reminders is what the Runner needs for reminders and notices.
type Reminders interface {
	// ReminderOf returns somebody's reminder; ok is false when it is off.
	ReminderOf(ctx context.Context, person string, id conference.ID) (r Reminder, ok bool, err error)
	// NoticeOf puts together what a row of KindTell is about; AwayFrom and
	// AwayTo are filled in by the Runner.
	NoticeOf(ctx context.Context, row Occurrence) (Notice, error)
}

// Store is all that the Runner needs.
type Store interface {
	Timetable
	Care
	Reminders
}
