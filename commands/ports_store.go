package commands

import (
	"context"
	"time"

	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// Labels remembers what numbers are called and whose line they are.
type Labels interface {
	Label(ctx context.Context, l store.Label) error
	Unlabel(ctx context.Context, digits string) (was bool, err error)
	Labels(ctx context.Context, digits ...string) (map[string]store.Label, error)
}

// OwnLines remembers from which numbers somebody called.
type OwnLines interface {
	ClaimLine(ctx context.Context, l store.OwnLine) error
	DropLine(ctx context.Context, user, digits string) error
	LinesOf(ctx context.Context, user string) ([]store.OwnLine, error)
	UserOfLine(ctx context.Context, digits ...string) (map[string]string, error)
}

// Auditor writes down who did what.
type Auditor interface {
	AddAudit(ctx context.Context, a store.Audit) error
	AuditOf(ctx context.Context, id conference.ID, before string, limit int) ([]store.Audit, error)
	CountSince(ctx context.Context, user, action string, since time.Time) (int, error)
}

// Beginnings are audit rows that are written before a deed and ended after it.
type Beginnings interface {
	BeginAudit(ctx context.Context, rows []store.Audit) error
	EndAudit(ctx context.Context, rows []store.Audit) error
	AuditOfRef(ctx context.Context, ref string, since time.Time) ([]store.Audit, error)
}

// Past remembers who was on.
type Past interface {
	RunsOf(ctx context.Context, id conference.ID, limit int) ([]store.RunSummary, error)
	Attendance(ctx context.Context, run string) ([]live.Caller, error)
}

// Prefs remembers a person's choices.
type Prefs interface {
	SetPref(ctx context.Context, user, key, value string) error
	Pref(ctx context.Context, user, key string) (string, error)
	Prefs(ctx context.Context, user string) (map[string]string, error)
}

// Records is all that must survive a restart. The store fulfils it; tests
// fake only the part that they need.
type Records interface {
	Keeper
	Moderators
	Links
	Refs
	Labels
	OwnLines
	Auditor
	Beginnings
	Past
	Prefs
}
