package announce

import (
	"crypto/rand"
	"time"

	"confbot/conference"
)

// ID names an announcement: 26 letters and digits.
type ID string

// NewID returns an id that no other announcement has.
func NewID() ID { return ID(rand.Text()) }

// Announcement says what is posted where, by which rule, on whose behalf.
type Announcement struct {
	ID         ID
	Conference conference.ID
	Channel    string // Slack channel
	Owner      string // Slack user who answers for it and is told of trouble
	Rule       Rule
	Rotate     bool   // a new PIN for each occurrence
	Here       bool   // mention @here
	QuietPIN   bool   // leave the PIN out of what rings
	Message    string // stands above the number; "" for none
	Paused     bool
	Why        Trouble // why we paused it, or why it ended early; "" where a person did
	CreatedAt  time.Time
	Done       time.Time // nothing is left to post since then; zero while it goes on
	Revision   int64     // goes up with every change; kept by the store
}

// Active reports whether the rule is followed.
func (a Announcement) Active() bool { return !a.Paused && a.Done.IsZero() }

// Listed is an announcement with what is planned, for lists.
type Listed struct {
	Announcement

	Next    Occurrence  // the next post; zero Key: none planned
	Skipped bool        // an occurrence to come is left out
	Skips   []time.Time // when those would have been posted
}

// Reminder is somebody's wish to get a message before each run.
type Reminder struct {
	Person     string // Slack user
	Conference conference.ID
	Minutes    int // before the start; 0: when it starts
	CreatedAt  time.Time
	QuietUntil time.Time // not for starts before this: Not today was pressed
}
