package commands

import (
	"context"
	"slices"
	"time"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// When Audian gave no answer, what it was asked for may have been done. Then
// somebody looks, soon and once.

// follow looks again at one caller after the person was told that there was no
// answer, and tells them what it saw. Nil where Audian did answer.
func (d *Desk) follow(o Origin, l blocks.Line, caller live.Caller, out change, err error) func(context.Context, func(blocks.Message)) Reply {
	if len(out.lost) == 0 {
		return nil
	}
	return func(ctx context.Context, _ func(blocks.Message)) Reply {
		out, known := d.lookAgain(ctx, l.Conference.ID, out)
		if !known {
			return Reply{Touch: []string{string(l.Conference.ID)}, Err: err, Told: true}
		}
		reply := d.acted(ctx, o, l, caller, out, true)
		if len(out.lost) > 0 {
			reply.Private, reply.Err, reply.Told = ptr(blocks.NotHappened(l, out.action, caller)), err, true
		}
		return reply
	}
}

// lookAgain looks what became of those about whom Audian gave no answer. known
// is false when nobody can tell yet.
func (d *Desk) lookAgain(ctx context.Context, id conference.ID, out change) (_ change, known bool) {
	keys := make([]live.Key, len(out.lost))
	for i, c := range out.lost {
		keys[i] = c.Key()
	}
	seen, err := d.live.Confirm(ctx, id, out.action, keys...)
	if err != nil {
		return out, false
	}
	out.done = slices.Clone(out.done)
	out.lost = out.sort(out.lost, seen)
	if len(out.lost) == 0 {
		out.err = nil
	}
	d.settleDeeds(ctx, out)
	return out, true
}

// sure looks at the conference when it is not known whether a change of it
// was made. The error is that of the change if that cannot be seen.
func (d *Desk) sure(ctx context.Context, id conference.ID, c conference.Conference, err error, made func(conference.Conference, error) bool) (conference.Conference, error) {
	if !conference.IsUnsure(err) {
		return c, err
	}
	ctx, cancel := context.WithTimeout(ctx, 3*time.Second)
	defer cancel()
	if now, readErr := d.book.Fresh(ctx, id); made(now, readErr) {
		return now, nil
	}
	return c, err
}

// fulfilled reports whether a conference is as the wish would have it.
func fulfilled(c conference.Conference, s conference.Settings) bool {
	s = onlyChanges(c, s)
	for _, p := range []struct {
		want **[]conference.PIN
		have []conference.PIN
	}{{&s.MemberPINs, c.MemberPINs}, {&s.ModeratorPINs, c.ModeratorPINs}} {
		if *p.want != nil && slices.Equal(**p.want, p.have) {
			*p.want = nil
		}
	}
	return s.Empty()
}
