package commands

import (
	"context"
	"slices"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// confirmKick is the Kick button of a typed kick's question.
func confirmKick(d *Desk, ctx context.Context, p *press) (Reply, error) {
	reply, err := pressAction(conference.Kick)(d, ctx, p)
	reply.Over = true
	return reply, err
}

// dismiss takes a private message away.
func dismiss(*Desk, context.Context, *press) (Reply, error) { return Reply{Over: true}, nil }

// leaveIt closes the question after a kick.
func leaveIt(_ *Desk, _ context.Context, p *press) (Reply, error) {
	return Reply{Private: ptr(blocks.LeftAlone()), Over: p.Ephemeral}, nil
}

// keepOut removes a kicked caller again whenever their number comes back,
// until the run ends.
func keepOut(d *Desk, ctx context.Context, p *press) (Reply, error) {
	drawn, err := blocks.ParseCaller(p.Value)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.pressedLine(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	id := l.Conference.ID
	caller, found := drawn.In(l.Snapshot.Run)
	if !found || !l.Snapshot.Run.Live() {
		return Reply{Private: ptr(blocks.OldList(l)), Over: p.Ephemeral}, nil
	}
	reply := Reply{Private: ptr(blocks.KeptOut(l, caller)), Over: p.Ephemeral, Touch: []string{string(id)}}
	if caller.Number.Hidden() {
		return reply, nil
	}
	if !d.ledger.KeepOut(id, caller.Number.Digits()) {
		return Reply{Private: ptr(blocks.OldList(l)), Over: p.Ephemeral}, nil
	}
	d.ledger.Note(id, live.Note{At: d.now(), By: p.User, What: "kept_out", Caller: caller.No})
	d.note(ctx, p.Origin, id, "participant.keep_out", target(l, caller), "done", "")
	if caller.On() {
		out := d.carryOut(ctx, p.Origin, l, conference.Kick, []live.Caller{caller}, nil)
		if out.err != nil {
			err := &attempt{what: conference.Kick, who: l.Who(caller), err: out.err}
			reply.Later = d.follow(p.Origin, l, caller, out, err)
			return reply, err
		}
	}
	return reply, nil
}

// askKickMany opens the form that asks before several people are removed.
// Whom exactly is decided when it is sent.
func (d *Desk) askKickMany(o Origin, l blocks.Line, kind whoKind) Reply {
	m := blocks.Meta{Conference: l.Conference.ID, Run: l.Snapshot.Run.ID, Channel: o.Channel, Thread: o.ThreadTS}
	var v blocks.View
	switch kind {
	case whoOthers:
		m.Action = kickOthers
		v = blocks.KickSomeForm(l, false, m)
	case whoUnknown:
		m.Action = kickUnknown
		v = blocks.KickSomeForm(l, true, m)
	case whoAll, whoNobody, whoOne, whoSeveral:
		v = blocks.KickAllForm(l, len(l.Snapshot.Run.On()), m)
	}
	return Reply{View: &v}
}

// What a form that removes several people was opened for; everybody without.
const (
	kickOthers  = "others"
	kickUnknown = "unknown"
)

// pressEnd is "End for everyone…".
func pressEnd(d *Desk, ctx context.Context, p *press) (Reply, error) {
	l, err := d.pressedLine(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	id := l.Conference.ID
	m := blocks.Meta{Conference: id, Run: l.Snapshot.Run.ID, Channel: p.Channel, Thread: p.ThreadTS}
	v := blocks.EndForm(l, len(l.Snapshot.Run.On()), m)
	return Reply{View: &v, Push: true}, nil
}

// sendEnd hangs up on those whom the form is about and who are on the line
// when it is carried out. The form of an earlier run does nothing.
func sendEnd(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	c, _, err := d.sentConference(ctx, s, RightModerate)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	if l.Snapshot.Run.ID != s.meta.Run {
		if len(d.begunBefore(ctx, s.Origin)) > 0 {
			return Reply{Private: ptr(blocks.Interrupted())}, nil
		}
		return Reply{Private: ptr(blocks.OldList(l))}, nil
	}
	wanted, err := d.toKick(ctx, s, l)
	if err != nil {
		return Reply{}, err
	}
	if len(wanted) <= soonDone {
		return d.hangUp(ctx, s, l, wanted, nil), nil
	}
	first := blocks.Progress(conference.Kick, 0, len(wanted))
	return Reply{Private: &first, Later: func(ctx context.Context, step func(blocks.Message)) Reply {
		return d.hangUp(ctx, s, l, wanted, step)
	}}, nil
}

// toKick is whom the form is about.
func (d *Desk) toKick(ctx context.Context, s *sent, l blocks.Line) ([]live.Caller, error) {
	m := many{what: conference.Kick}
	switch s.meta.Action {
	case kickOthers:
		m.kind = whoOthers
	case kickUnknown:
		m.kind = whoUnknown
	case "":
		m.kind = whoAll
	default:
		return nil, blocks.ErrStale
	}
	own, known, err := d.ownLine(ctx, s.User, l.Snapshot.Run)
	if err != nil {
		return nil, err
	}
	wanted, _ := d.pick(l, m, own, known)
	return wanted, nil
}

// hangUp removes these callers and says how many that were.
func (d *Desk) hangUp(ctx context.Context, s *sent, l blocks.Line, wanted []live.Caller, step func(blocks.Message)) Reply {
	id := l.Conference.ID
	out := d.carryOut(ctx, s.Origin, l, conference.Kick, wanted, progress(conference.Kick, len(wanted), step))
	if out.touched() {
		what := live.NoteEnded
		if s.meta.Action != "" {
			what = "kicked_several"
		}
		d.ledger.Note(id, live.Note{At: d.now(), By: s.User, What: what, Count: len(out.done)})
	}
	return d.summed(ctx, id, out, step != nil, func(out change) Reply {
		if out.err != nil && !out.touched() {
			return d.failedDoing(ctx, s.Origin, out.err, s.form.do, l.Conference)
		}
		return Reply{Private: ptr(blocks.Ended(l, len(out.done)+len(out.gone), out.left())), Err: out.err}
	})
}

// left is who may still be on the line after a kick.
func (c change) left() []int {
	return numbers(slices.Concat(c.asked, c.lost, c.failed, c.untried))
}

// pressNewcomers switches the muting of newcomers.
func pressNewcomers(d *Desk, ctx context.Context, p *press) (Reply, error) {
	l, err := d.pressedLine(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	id := l.Conference.ID
	if !l.Snapshot.Run.Live() {
		return Reply{Private: ptr(blocks.OldList(l)), Over: p.Ephemeral}, nil
	}
	on := !l.Snapshot.Run.Newcomers
	if !d.ledger.Newcomers(id, on) {
		return Reply{Private: ptr(blocks.OldList(l)), Over: p.Ephemeral}, nil
	}
	word := "on"
	if !on {
		word = "off"
	}
	d.note(ctx, p.Origin, id, "panel.newcomers", word, "done", "")
	return Reply{Private: ptr(blocks.Newcomers(l, on)), Over: p.Ephemeral, Touch: []string{string(id)}}, nil
}

// pressRefresh reads the line afresh; the redraw is the answer.
func pressRefresh(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	_, err = d.live.Read(ctx, c.ID)
	return Reply{Touch: []string{string(c.ID)}}, err
}
