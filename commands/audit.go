package commands

import (
	"context"
	"errors"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// note writes an audit row. A row that cannot be written is logged: the deed
// is done and must not be reported as failed.
func (d *Desk) note(ctx context.Context, o Origin, id conference.ID, action, target, outcome, detail string) {
	err := d.records.AddAudit(ctx, store.Audit{
		At: d.now(), Ref: o.Ref, Team: o.Team, User: o.User, Channel: o.Channel,
		Conference: id, Action: action, Target: target, Outcome: outcome, Detail: detail,
	})
	if err != nil {
		d.log.ErrorContext(ctx, "audit row lost", "ref", o.Ref, "action", action, "error", err)
	}
}

// noteDenied writes down that somebody tried to change what is not theirs to
// change. Outsiders and mere looks leave no row.
func (d *Desk) noteDenied(ctx context.Context, o Origin, err error, action string, changes bool) {
	if r, ok := errors.AsType[*Refusal](err); ok && changes && r.Conference.ID != "" {
		d.note(ctx, o, r.Conference.ID, action, "", "denied", "")
	}
}

// auditLine writes a row for each caller that something was asked for by
// nobody in particular. What was accepted but not seen to happen is unsure, and
// so is what got no answer.
func (d *Desk) auditLine(ctx context.Context, l blocks.Line, out change) {
	for _, part := range []struct {
		callers []live.Caller
		outcome string
	}{{out.done, "done"}, {out.asked, "unsure"}, {out.lost, "unsure"}, {out.failed, "failed"}} {
		for _, c := range part.callers {
			d.note(ctx, Origin{}, l.Conference.ID, "participant."+string(out.action), target(l, c), part.outcome, "")
		}
	}
}

// target names a caller in the audit: never the whole number.
func target(l blocks.Line, c live.Caller) string {
	w := l.Who(c)
	switch {
	case w.Name == "": // Plain says the number already
		return w.Plain()
	case w.Ends == "":
		return w.Plain() + ", hidden number"
	}
	return w.Plain() + ", ends " + w.Ends
}
