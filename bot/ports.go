package bot

import (
	"context"
	"time"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/store"
)

// Desk is what people ask: it plans, carries out and draws. The plans and
// CheckForm do no I/O, so that acknowledging never waits.
type Desk interface {
	Planner
	Worker
	Forms
	Drawer
}

// Planner says what an interaction will need.
type Planner interface {
	PlanRequest(commands.Request) commands.Plan
	PlanClick(commands.Click) commands.Plan
	PlanSubmission(commands.Submission) commands.Plan
	// NotDone is what a person is told when their wish was lost in a restart.
	NotDone(plan commands.Plan, origin commands.Origin, summary string) blocks.Message
}

// Worker carries interactions out.
type Worker interface {
	Command(context.Context, commands.Request) commands.Reply
	Click(context.Context, commands.Click) commands.Reply
	Submit(context.Context, commands.Submission) commands.Reply
}

// Forms answers about forms.
type Forms interface {
	CheckForm(commands.Submission) commands.FormAnswer
	Suggest(context.Context, commands.Query) []blocks.Choice
	FollowView(ctx context.Context, user string, view commands.ViewRef) (blocks.View, error)
	HomeView(ctx context.Context, user string) (blocks.View, error)
	Closed(context.Context, commands.Origin, commands.ViewRef)
}

// Drawer draws messages that are in a channel already.
type Drawer interface {
	CardView(context.Context, store.MessageRef) (blocks.Message, error)
	PanelView(context.Context, store.MessageRef) (blocks.Message, error)
}

// Journal keeps what people asked for until it is done.
type Journal interface {
	AppendJournal(ctx context.Context, entries []store.Entry) (isNew []bool, err error)
	Done(ctx context.Context, keys ...string) error
	Told(ctx context.Context, keys ...string) error
	ClaimJournal(ctx context.Context, owner string, now time.Time, lease time.Duration, limit int) ([]store.Entry, error)
	RenewJournal(ctx context.Context, owner string, until time.Time) error
}

// Refs keeps where the cards and panels are.
type Refs interface {
	Ref(ctx context.Context, channel, ts string) (r store.MessageRef, ok bool, err error)
	RefsOf(ctx context.Context, id conference.ID) ([]store.MessageRef, error)
	CurrentCard(ctx context.Context, channel string, id conference.ID) (r store.MessageRef, ok bool, err error)
	PanelOf(ctx context.Context, card store.MessageRef) (r store.MessageRef, ok bool, err error)
	RefChanges
}

// RefChanges writes what changes about cards and panels.
type RefChanges interface {
	SaveRef(ctx context.Context, r store.MessageRef) error
	Retire(ctx context.Context, channel string, id conference.ID) (old []store.MessageRef, err error)
	DropRef(ctx context.Context, channel, ts string) error
	RefDrawings
}

// RefDrawings writes how they are drawn.
type RefDrawings interface {
	Bump(ctx context.Context, channel, ts string) (revision int64, ok bool, err error)
	SetDrawn(ctx context.Context, channel, ts, drawn string) error
	SetRowLimit(ctx context.Context, channel, ts string, rows int) error
}

// Metrics is told what there is to count. Nil counts nothing.
type Metrics interface {
	// Acked is how long an acknowledgement took, by kind of interaction.
	Acked(kind string, took time.Duration)
	// Finished is one interaction: its kind, the plan's name, what came of it.
	Finished(kind, name, outcome string, took time.Duration)
	// Called is one call to Slack: "ok", an error code, "limited", "silent".
	Called(method, outcome string)
	// Connected is how many connections to Slack are open.
	Connected(open int)
}
