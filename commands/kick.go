package commands

import (
	"context"

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
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	caller, found := drawn.In(l.Snapshot.Run)
	if !found || !l.Snapshot.Run.Live() && !recent(l.Snapshot.Run) {
		return Reply{Private: ptr(blocks.OldList(l)), Over: p.Ephemeral}, nil
	}
	reply := Reply{Private: ptr(blocks.KeptOut(l, caller)), Over: p.Ephemeral, Touch: []string{string(c.ID)}}
	if caller.Number.Hidden() {
		return reply, nil
	}
	d.ledger.KeepOut(c.ID, caller.Number.Digits())
	d.ledger.Note(c.ID, live.Note{At: d.now(), By: p.User, What: "kept_out", Caller: caller.No})
	d.note(ctx, p.Origin, c.ID, "participant.keep_out", target(l, caller), "done", "")
	if caller.On() {
		out := d.apply(ctx, c.ID, conference.Kick, []live.Caller{caller}, p.User, nil)
		d.auditLine(ctx, p.Origin, l, out)
		if out.err != nil {
			return reply, &attempt{what: conference.Kick, who: l.Who(caller), err: out.err}
		}
	}
	return reply, nil
}

// recent reports whether a run that is empty may still go on.
func recent(r live.Run) bool { return r.Ended.IsZero() && r.ID != "" }

// askKickAll opens the form that asks before everybody is removed.
func (d *Desk) askKickAll(_ context.Context, o Origin, l blocks.Line) (Reply, error) {
	m := blocks.Meta{Conference: l.Conference.ID, Run: l.Snapshot.Run.ID, Channel: o.Channel, Thread: o.ThreadTS}
	v := blocks.KickAllForm(l, len(l.Snapshot.Run.On()), m)
	return Reply{View: &v}, nil
}

// pressEnd is "End for everyone…".
func pressEnd(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	m := blocks.Meta{Conference: c.ID, Run: l.Snapshot.Run.ID, Channel: p.Channel, Thread: p.ThreadTS}
	v := blocks.EndForm(l, len(l.Snapshot.Run.On()), m)
	return Reply{View: &v, Push: true}, nil
}

// sendEnd hangs up on everybody who is on the line when it is carried out.
func sendEnd(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	c, _, err := d.sentConference(ctx, s, RightModerate)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	if s.meta.Run != "" && l.Snapshot.Run.ID != s.meta.Run {
		return d.backTo(s.meta, blocks.OldList(l)), nil
	}
	on := l.Snapshot.Run.On()
	end := func(ctx context.Context, step func(blocks.Message)) Reply {
		shown := 0
		out := d.apply(ctx, c.ID, conference.Kick, on, s.User, func(done int) {
			if at := done * steps / max(1, len(on)); step != nil && at > shown && done < len(on) {
				shown = at
				step(blocks.Progress(conference.Kick, done, len(on)))
			}
		})
		d.auditLine(ctx, s.Origin, l, out)
		if out.touched() {
			d.ledger.Note(c.ID, live.Note{At: d.now(), By: s.User, What: "ended", Count: len(out.done)})
		}
		if out.err != nil && !out.touched() {
			return d.failedDoing(ctx, s.Origin, out.err, "end it", c)
		}
		reply := d.backTo(s.meta, blocks.Ended(l, len(out.done)+len(out.gone), numbers(append(out.asked, out.failed...))))
		reply.Touch = []string{string(c.ID)}
		return reply
	}
	if len(on) <= soonDone {
		return end(ctx, nil), nil
	}
	first := d.backTo(s.meta, blocks.Progress(conference.Kick, 0, len(on)))
	first.Later = end
	return first, nil
}

// backTo answers a form where it was opened from.
func (d *Desk) backTo(m blocks.Meta, private blocks.Message) Reply {
	return Reply{Private: &private, Channel: m.Channel, Thread: m.Thread}
}

// pressNewcomers switches the muting of newcomers.
func pressNewcomers(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	if !l.Snapshot.Run.Live() {
		return Reply{Private: ptr(blocks.OldList(l)), Over: p.Ephemeral}, nil
	}
	on := !l.Snapshot.Run.Newcomers
	d.ledger.Newcomers(c.ID, on)
	word := "on"
	if !on {
		word = "off"
	}
	d.note(ctx, p.Origin, c.ID, "panel.newcomers", word, "done", "")
	return Reply{Private: ptr(blocks.Newcomers(l, on)), Over: p.Ephemeral, Touch: []string{string(c.ID)}}, nil
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
