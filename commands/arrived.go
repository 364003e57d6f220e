package commands

import (
	"context"
	"slices"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// Arrived does what people asked for beforehand about callers who join:
// newcomers are muted, and those who are to be kept out are removed. The
// Reply says what everybody in the thread is told. Nobody waits for it, so a
// failure is logged; whoever is unwanted is tried again with the next reading.
func (d *Desk) Arrived(ctx context.Context, snap live.Snapshot, diff live.Diff) Reply {
	id := snap.Conference
	muted := d.apply(ctx, id, conference.Mute, diff.Newcomers, "", nil)
	d.logFailed(ctx, "newcomers could not be muted", id, muted.err)
	kicked := d.apply(ctx, id, conference.Kick, diff.Unwanted, "", nil)
	d.logFailed(ctx, "callers could not be kept out", id, kicked.err)

	reply := Reply{}
	c, err := d.book.ByID(ctx, id)
	if err != nil {
		c = conference.Conference{ID: id}
	}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(id), 0)
	if err != nil {
		d.logFailed(ctx, "callers who arrived could not be named", id, err)
		l = blocks.Line{Conference: c, Snapshot: snap}
	}
	d.auditLine(ctx, l, muted)
	d.auditLine(ctx, l, kicked)
	for _, caller := range slices.Concat(kicked.done, kicked.asked) {
		reply.Lines = append(reply.Lines, Line{Conference: string(id), Message: blocks.BackAgain(l.Who(caller))})
	}
	return reply
}

func (d *Desk) logFailed(ctx context.Context, what string, id conference.ID, err error) {
	if err != nil {
		d.log.WarnContext(ctx, what, "conference", id, "error", err)
	}
}
