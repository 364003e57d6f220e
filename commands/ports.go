package commands

import (
	"context"
	"time"

	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// Member is a person as Slack knows them.
type Member struct {
	ID        string
	Team      string
	Name      string // the display name
	Zone      *time.Location
	ZoneLabel string // "Central European Time"
	Admin     bool
	Owner     bool
	Guest     bool // of one or several channels
	External  bool // from another organisation
	Bot       bool
	Deleted   bool
}

// Channel is a conversation as Slack knows it.
type Channel struct {
	ID       string
	Name     string
	Private  bool
	DM       bool
	Shared   bool // with another organisation
	Archived bool
	ReadOnly bool
	BotIn    bool
	Members  int
}

// Slack looks people and places up. Answers may be minutes old.
type Slack interface {
	Member(ctx context.Context, user string) (Member, error)
	Channel(ctx context.Context, channel string) (Channel, error)
	// ChannelWithin is Channel that asks Slack only if what is known is older
	// than that. Slack tells of most changes, and what it told is forgotten.
	ChannelWithin(ctx context.Context, channel string, age time.Duration) (Channel, error)
	Groups(ctx context.Context, group string) ([]string, error)
	Permalink(ctx context.Context, channel, ts string) (string, error)
	Admins(ctx context.Context) ([]string, error)
	Memberships
}

// Memberships tells who is in a channel.
type Memberships interface {
	// InChannel reports whether somebody is in a channel; also where Slack
	// does not tell.
	InChannel(ctx context.Context, channel, user string) (bool, error)
	// GuestsIn counts a channel's guests; 0 where that is not known in time.
	GuestsIn(ctx context.Context, channel string) int
}

// Book finds conferences. All but Fresh may answer from what was read up to a
// minute ago, so what acts or shows a PIN asks Fresh.
type Book interface {
	All(ctx context.Context) ([]conference.Conference, error)
	ByID(ctx context.Context, id conference.ID) (conference.Conference, error)
	Named(ctx context.Context, text string) (exact, part []conference.Conference, err error)
	Fresh(ctx context.Context, id conference.ID) (conference.Conference, error)
	// Recent is Fresh shared by many who ask at about the same time: it was
	// read at most that long ago, and after every change that was made here.
	Recent(ctx context.Context, id conference.ID, within time.Duration) (conference.Conference, error)
	PINTaken(ctx context.Context, pin conference.PIN, except conference.ID) (bool, error)
}

// Editor changes conferences.
type Editor interface {
	Create(ctx context.Context, s conference.Settings) (conference.Conference, error)
	Update(ctx context.Context, id conference.ID, s conference.Settings) (conference.Conference, error)
	Delete(ctx context.Context, id conference.ID) error
}

// Health tells when Audian last answered, and what is wrong since then; nil
// while it answers.
type Health interface {
	LastAnswer() (time.Time, error)
}

// Operator acts on who is on the line. An answer without error means accepted,
// not done: only a reading shows that.
type Operator interface {
	Act(ctx context.Context, id conference.ID, who conference.ParticipantID, what conference.Action) error
	Lock(ctx context.Context, id conference.ID, locked bool) error
}

// Live is what is known of the line.
type Live interface {
	Snapshot(id conference.ID) live.Snapshot
	Read(ctx context.Context, id conference.ID) (live.Snapshot, error)
	Confirm(ctx context.Context, id conference.ID, what conference.Action, who ...live.Key) (live.Outcome, error)
}

// Ledger writes down what Audian accepted, so that the panel can say who did
// it. ok is false when the caller or the run is not there any more.
type Ledger interface {
	Asked(id conference.ID, who live.Key, what conference.Action, user string) (ok bool)
	Note(id conference.ID, n live.Note) (ok bool)
	Claim(id conference.ID, who live.Key, user string) (ok bool)
	Newcomers(id conference.ID, muted bool) (ok bool)
	KeepOut(id conference.ID, digits string) (ok bool)
}

// Keeper remembers who set up and who moderates what.
type Keeper interface {
	Keep(ctx context.Context, k store.Kept) error
	Kept(ctx context.Context, id conference.ID) (k store.Kept, ok bool, err error)
	KeptAll(ctx context.Context) ([]store.Kept, error)
	Forget(ctx context.Context, id conference.ID) error
}

// Moderators remembers who moderates which conference.
type Moderators interface {
	AddModerator(ctx context.Context, m store.Moderator) error
	RemoveModerator(ctx context.Context, id conference.ID, user string) (was bool, err error)
	Moderators(ctx context.Context, id conference.ID) ([]store.Moderator, error)
	Moderates(ctx context.Context, user string) ([]conference.ID, error)
}

// Links remembers which conference a channel means.
type Links interface {
	Link(ctx context.Context, l store.Link) error
	Unlink(ctx context.Context, channel string) (was bool, err error)
	LinkOf(ctx context.Context, channel string) (l store.Link, ok bool, err error)
	LinksOf(ctx context.Context, id conference.ID) ([]store.Link, error)
}

// Refs finds the messages that show a conference.
type Refs interface {
	Ref(ctx context.Context, channel, ts string) (r store.MessageRef, ok bool, err error)
	CurrentCard(ctx context.Context, channel string, id conference.ID) (r store.MessageRef, ok bool, err error)
	RefsOf(ctx context.Context, id conference.ID) ([]store.MessageRef, error)
	CardsIn(ctx context.Context, channel string) ([]conference.ID, error)
	AllCurrentConferences(ctx context.Context) ([]conference.ID, error)
}
