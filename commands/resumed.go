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

// A wish that is taken up after a restart may have been carried out before it,
// wholly or in part. Its audit rows, which are written before Audian is asked,
// tell what was begun; Audian tells what came of that.

// begunBefore are the rows that a wish which is taken up after a restart has
// left already.
func (d *Desk) begunBefore(ctx context.Context, o Origin) []store.Audit {
	if !o.Resumed {
		return nil
	}
	rows, err := d.records.AuditOfRef(ctx, o.Ref, o.At.Add(-time.Minute))
	if err != nil {
		d.log.WarnContext(ctx, "audit rows of before a restart cannot be read", "ref", o.Ref, "error", err)
	}
	return slices.DeleteFunc(rows, func(r store.Audit) bool { return r.User != o.User || r.Outcome == "denied" })
}

// rowBefore finds the row that a wish which is taken up after a restart has
// left for a change of a conference itself.
func (d *Desk) rowBefore(ctx context.Context, o Origin, id conference.ID, action string) (store.Audit, bool) {
	rows := d.begunBefore(ctx, o)
	i := slices.IndexFunc(rows, func(r store.Audit) bool { return r.Action == action && r.Conference == id && r.Outcome != "failed" })
	if i < 0 {
		return store.Audit{}, false
	}
	return rows[i], true
}

// doneBefore are the callers with whom a wish that is taken up after a restart
// has come to its end, and the rows of the others, by target. Whoever is as
// was asked for, and had been asked for, counts as done by it.
func (d *Desk) doneBefore(ctx context.Context, o Origin, l blocks.Line, what conference.Action) (done []live.Caller, open map[string]store.Audit) {
	rows := d.begunBefore(ctx, o)
	if len(rows) == 0 {
		return nil, nil
	}
	byTarget := make(map[string]live.Caller, len(l.Snapshot.Run.Callers))
	for _, c := range l.Snapshot.Run.Callers {
		byTarget[target(l, c)] = c
	}
	open = map[string]store.Audit{}
	var ended []store.Audit
	for _, r := range rows {
		c, known := byTarget[r.Target]
		reached := known && (what == conference.Kick && !c.On() || c.On() && what.Done(c.Participant))
		switch {
		case r.Action != "participant."+string(what):
		case reached:
			r.Outcome = "done"
			ended, done = append(ended, r), append(done, c)
			d.ledger.Asked(l.Conference.ID, c.Key(), what, o.User)
		default:
			open[r.Target] = r
		}
	}
	d.end(ctx, ended)
	return done, open
}
