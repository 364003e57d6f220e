package commands

import (
	"context"
	"time"

	"confbot/blocks"
)

// Origin is where an interaction came from and who began it.
type Origin struct {
	Ref      string    // reference id: five characters, also in the log
	At       time.Time // when it reached us
	Team     string    // Slack workspace
	User     string    // Slack user
	Channel  string    // "" in App Home and global shortcuts
	ThreadTS string    // the thread it happened in; "" outside threads
	// Resumed says that it is taken up after a restart, which may have been in
	// the middle of it: part of it, or all, may have been done.
	Resumed bool
}

// Request is a typed command: "/conf …", or "@confbot …" in a message.
type Request struct {
	Origin
	Text    string // everything after the command's name
	Mention bool   // typed in the open, where everybody reads it
}

// Click is a press on a button, a choice in a menu, or a shortcut.
type Click struct {
	Origin
	ActionID  string
	BlockID   string
	Value     string   // button value, or the chosen option's, user's or channel's
	Values    []string // multi-selects and checkboxes
	MessageTS string   // the message it is in; "" in forms
	Ephemeral bool     // the message is "only visible to you"
	View      *ViewRef // the form it is in; nil in messages
	State     State    // what the inputs around it hold
}

// Submission is a sent form.
type Submission struct {
	Origin
	View  ViewRef
	State State
}

// Query is what somebody typed into a type-ahead menu.
type Query struct {
	Origin
	ActionID string
	BlockID  string
	Text     string
	View     *ViewRef
}

// ViewRef names a form that is open in somebody's Slack.
type ViewRef struct {
	ID         string
	RootID     string // the bottom of the stack it is on
	Previous   string // the form under it; "" for none
	Hash       string
	CallbackID string
	Meta       string // private_metadata, as it was drawn

	// Answer is what a form on top of it came to, to be said in this one.
	Answer blocks.Message
}

// Topmost reports whether nothing can go on top of the form: Slack stacks three.
// Source: https://docs.slack.dev/surfaces/modals
func (v ViewRef) Topmost() bool { return v.Previous != "" && v.Previous != v.RootID }

// State is what the inputs of a form or message hold: block id → action id.
type State map[string]map[string]Field

// Field is the content of one input.
type Field struct {
	Value  string
	Values []string
}

// Get returns the content of an input, or nothing.
func (s State) Get(blockID, actionID string) Field { return s[blockID][actionID] }

// Reply is what is to be seen after an interaction, and by whom.
type Reply struct {
	// Private is for the person alone, where they acted: an "only visible to
	// you" message in that channel and thread. In a form it is drawn there
	// by View instead.
	Private *blocks.Message
	// Over makes Private take the place of the private message whose button
	// was pressed; with Private nil that message is removed.
	Over bool

	// Channel and Thread say where Private belongs when the interaction itself
	// does not: a form remembers where it was opened from. Empty: the Origin's;
	// with neither it becomes a direct message.
	Channel, Thread string

	// Behind takes the place of the private message whose button was pressed, or
	// opened the form that was sent, where View is what the person looks at.
	// Where that cannot be replaced any more and there is neither Private nor
	// View, it is shown as Private would be.
	Behind *blocks.Message

	// View is the form to show. From a command or a message it is opened;
	// from within a form it takes that form's place unless Push is set.
	View *blocks.View
	Push bool
	// CloseAll closes the person's forms (answers to submissions only).
	CloseAll bool

	Card   *CardWish // find, post or move a conference's card
	Lines  []Line    // for everybody, in the threads of a conference's cards
	Posts  []Post    // for everybody, in a channel
	Direct []Direct  // to people's own conversation with the bot

	// Touch names the conferences whose cards, panels and lists may look
	// different now. They are redrawn from what is then known.
	Touch []string
	// Homes names the people whose App Home may look different now.
	Homes []string

	// Later goes on after this much was shown: the long lane runs it with its
	// own deadline, and shows each step it reports, and at last its result, in
	// place of Private. Nil for nearly everything.
	Later func(ctx context.Context, step func(blocks.Message)) Reply

	// Err is what went wrong, for the log. Private or View already tell it to
	// the person. What else the Reply holds is still delivered.
	Err error
	// Told says that the person has heard of Err already, so that only Private
	// is shown, if anything.
	Told bool
}

// CardWish asks for a conference's card in a channel.
type CardWish struct {
	Conference string
	Channel    string
	Panel      bool   // with the panel in its thread
	Move       bool   // post a new one even if there is one, which becomes a line
	By         string // who asked for it
}

// Line is a message for everybody in the threads of a conference's cards.
type Line struct {
	Conference string
	Message    blocks.Message
}

// Post is a message for everybody in a channel.
type Post struct {
	Channel string
	Message blocks.Message
}

// Direct is a message to one person.
type Direct struct {
	User    string
	Message blocks.Message
}
