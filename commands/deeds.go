package commands

import (
	"context"
	"slices"
	"time"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// deed is the audit row of one caller. It is written before Audian is asked,
// with the outcome that it has until more is known: unsure.
type deed struct {
	who live.Key
	row store.Audit
}

// carryOut asks for a state of these callers, as apply does, and writes down
// for each what came of it. After a restart it first counts what was done
// before that.
func (d *Desk) carryOut(ctx context.Context, o Origin, l blocks.Line, what conference.Action, callers []live.Caller, progress func(int)) change {
	before, open := d.doneBefore(ctx, o, l, what)
	callers = slices.DeleteFunc(slices.Clone(callers), func(c live.Caller) bool { return has(before, c.Key()) })
	var deeds, fresh []deed
	for _, c := range callers {
		if what.Done(c.Participant) {
			continue
		}
		row, was := open[target(l, c)]
		if !was {
			fresh = append(fresh, deed{c.Key(), d.row(o, l.Conference.ID, "participant."+string(what), target(l, c))})
			continue
		}
		deeds = append(deeds, deed{c.Key(), row})
	}
	deeds = append(deeds, d.begin(ctx, fresh)...)
	out := d.apply(ctx, l.Conference.ID, what, callers, o.User, progress)
	out.done = append(before, out.done...)
	out.deeds = deeds
	d.settleDeeds(ctx, out)
	return out
}

// row is an audit row of something that is about to be done.
func (d *Desk) row(o Origin, id conference.ID, action, target string) store.Audit {
	return store.Audit{
		At: d.now(), Ref: o.Ref, Team: o.Team, User: o.User, Channel: o.Channel,
		Conference: id, Action: action, Target: target, Outcome: "unsure",
	}
}

// begin writes rows down. What cannot be written is logged and written again
// at the end.
func (d *Desk) begin(ctx context.Context, deeds []deed) []deed {
	if len(deeds) == 0 {
		return nil
	}
	rows := make([]store.Audit, len(deeds))
	for i := range deeds {
		rows[i] = deeds[i].row
	}
	if err := d.records.BeginAudit(ctx, rows); err != nil {
		d.log.WarnContext(ctx, "audit rows not begun", "ref", rows[0].Ref, "error", err)
		return deeds
	}
	for i := range deeds {
		deeds[i].row = rows[i]
	}
	return deeds
}

// beginOne writes the row of a change of a conference itself.
func (d *Desk) beginOne(ctx context.Context, o Origin, id conference.ID, action, detail string) store.Audit {
	row := d.row(o, id, action, "")
	row.Detail = detail
	return d.begin(ctx, []deed{{row: row}})[0].row
}

// endOne notes how it came out.
func (d *Desk) endOne(ctx context.Context, row store.Audit, err error, detail string) {
	row.Outcome, row.Detail = outcomeOf(err), detail
	d.end(ctx, []store.Audit{row})
}

// settleDeeds writes down what came of each deed. One that was never asked
// for leaves no row.
func (d *Desk) settleDeeds(ctx context.Context, out change) {
	rows := make([]store.Audit, 0, len(out.deeds))
	for _, one := range out.deeds {
		row := one.row
		switch {
		case has(out.done, one.who):
			row.Outcome = "done"
		case has(out.asked, one.who), has(out.lost, one.who):
			row.Outcome = "unsure"
		case has(out.failed, one.who):
			row.Outcome = "failed"
		default:
			row.Outcome = ""
		}
		rows = append(rows, row)
	}
	d.end(ctx, rows)
}

// end notes how rows came out.
func (d *Desk) end(ctx context.Context, rows []store.Audit) {
	var begun []store.Audit
	for _, r := range rows {
		switch {
		case r.ID != "":
			begun = append(begun, r)
		case r.Outcome != "":
			d.note(ctx, Origin{Ref: r.Ref, Team: r.Team, User: r.User, Channel: r.Channel}, r.Conference, r.Action, r.Target, r.Outcome, r.Detail)
		}
	}
	if len(begun) == 0 {
		return
	}
	// The deed is done, so its outcome is written also when time has run out.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := d.records.EndAudit(ctx, begun); err != nil {
		d.log.ErrorContext(ctx, "audit rows not ended", "ref", begun[0].Ref, "error", err)
	}
}
