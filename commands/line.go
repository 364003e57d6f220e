package commands

import (
	"context"
	"slices"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// lineRow is the row of a command that acts on callers.
func lineRow(name string, what conference.Action, aliases []string, do, summary string, examples ...string) row {
	return row{
		name: name, aliases: aliases, args: "[CONF] WHO", summary: summary, group: blocks.GroupLine, examples: examples, do: do,
		need: needWho, right: RightModerate, durable: true, fresh: freshLine,
		run: func(d *Desk, ctx context.Context, c *call) (Reply, error) { return d.actOn(ctx, c, what) },
	}
}

// actOn is /conf mute, unmute, deaf and undeaf, and the asking half of kick.
func (d *Desk) actOn(ctx context.Context, c *call, what conference.Action) (Reply, error) {
	if len(c.words) == 0 {
		return d.openList(ctx, c.Origin, c.standing, c.conf, blocks.Meta{})
	}
	l, err := d.freshLine(ctx, c.conf)
	if err != nil {
		return Reply{}, err
	}
	w := whoIn(c.words, d.namedOn(l))
	switch w.kind {
	case whoNobody:
		return Reply{Private: ptr(blocks.NobodyMatches(l, w.text))}, nil
	case whoSeveral:
		return Reply{Private: ptr(blocks.WhichCaller(l, w.text, string(what), w.callers))}, nil
	case whoOne:
		if what == conference.Kick {
			return Reply{Private: ptr(blocks.AskKick(l, w.callers[0]))}, nil
		}
		return d.actOnOne(ctx, c.Origin, l, w.callers[0], what, true)
	case whoAll, whoOthers, whoUnknown:
	}
	return d.actOnMany(ctx, c.Origin, l, many{kind: w.kind, what: what})
}

// freshLine reads who is on now and gathers what is known of them.
func (d *Desk) freshLine(ctx context.Context, c conference.Conference) (blocks.Line, error) {
	snap, err := d.live.Read(ctx, c.ID)
	if err != nil {
		return blocks.Line{}, err
	}
	return d.lineOf(ctx, c, snap, 0)
}

// actOnOne asks for a state of one caller who was on the line a moment ago.
// With say the outcome is told in words even where the panel shows it.
func (d *Desk) actOnOne(ctx context.Context, o Origin, l blocks.Line, caller live.Caller, what conference.Action, say bool) (Reply, error) {
	out := d.carryOut(ctx, o, l, what, []live.Caller{caller}, nil)
	reply := d.acted(ctx, o, l, caller, out, say)
	if out.err == nil {
		return reply, nil
	}
	err := &attempt{what: what, who: l.Who(caller), err: out.err}
	return Reply{Touch: reply.Touch, Later: d.follow(o, l, caller, out, err)}, err
}

// acted tells what came of a wish for one caller.
func (d *Desk) acted(ctx context.Context, o Origin, l blocks.Line, caller live.Caller, out change, say bool) Reply {
	id, what := l.Conference.ID, out.action
	reply := Reply{Touch: []string{string(id)}}
	acted := blocks.ActedData{Line: l, Action: what, Caller: caller}
	switch {
	case out.err != nil:
	case len(out.gone) > 0:
		reply.Private = ptr(blocks.LeftAlready(l, caller, d.zone(ctx, o.User)))
	case what == conference.Kick && len(out.done) > 0:
		d.ledger.Note(id, live.Note{At: d.now(), By: o.User, What: "kicked", Caller: caller.No})
		reply.Private = ptr(blocks.Kicked(l, caller))
	case len(out.asked) > 0:
		acted.Waiting = true
		reply.Private = ptr(blocks.Acted(acted))
	case len(out.already) > 0:
		by := map[conference.Action]string{conference.Mute: caller.MutedBy, conference.Deaf: caller.DeafBy}[what]
		acted.Already, acted.By = true, d.name(ctx, by)
		reply.Private = ptr(blocks.Acted(acted))
	case say || d.wantsWords(ctx, o.User):
		reply.Private = ptr(blocks.Acted(acted))
	}
	return reply
}

// attempt is a failure of something that was meant for one caller.
type attempt struct {
	what conference.Action
	who  blocks.Who
	err  error
}

func (a *attempt) Error() string { return string(a.what) + " participant: " + a.err.Error() }
func (a *attempt) Unwrap() error { return a.err }

// onCaller reads a click on a caller's button: the conference is in the
// block's id, who was drawn there in the value. It checks the right, reads
// the line afresh and finds that very stay; a reply with Private set means
// that they are no longer there and nothing must be done.
func (d *Desk) onCaller(ctx context.Context, p *press) (l blocks.Line, caller live.Caller, gone Reply, err error) {
	drawn, err := blocks.ParseCaller(p.Value)
	if err != nil {
		return l, caller, gone, err
	}
	if l, err = d.pressedLine(ctx, p); err != nil {
		return l, caller, gone, err
	}
	caller, found := drawn.In(l.Snapshot.Run)
	switch {
	case found && caller.On():
		return l, caller, gone, nil
	case found && l.Snapshot.Run.Live():
		gone.Private = ptr(blocks.LeftAlready(l, caller, p.person.Zone))
	default:
		gone.Private = ptr(blocks.OldList(l))
	}
	gone.Touch = []string{string(l.Conference.ID)}
	return l, caller, gone, nil
}

// pressedLine is who is on the line of the conference that a click is about,
// read afresh once the row's right has been checked.
func (d *Desk) pressedLine(ctx context.Context, p *press) (blocks.Line, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return blocks.Line{}, err
	}
	return d.freshLine(ctx, c)
}

// pressAction is the handler of a caller's Mute, Unmute, Deafen, Undeafen and
// Kick buttons, in panels, lists and answers.
func pressAction(what conference.Action) handler {
	return func(d *Desk, ctx context.Context, p *press) (Reply, error) {
		l, caller, gone, err := d.onCaller(ctx, p)
		if err == nil && gone.Private != nil && p.Resumed {
			return d.gone(ctx, p, l, caller, what, gone), nil
		}
		if err != nil || gone.Private != nil {
			return gone, err
		}
		reply, err := d.actOnOne(ctx, p.Origin, l, caller, what, p.Ephemeral)
		reply.Over = p.Ephemeral && reply.Private != nil
		return reply, err
	}
}

// gone is the answer to a click that is taken up after a restart when its
// caller is no longer there: perhaps removed by this very click, so that
// "nothing was done" would be false.
func (d *Desk) gone(ctx context.Context, p *press, l blocks.Line, caller live.Caller, what conference.Action, reply Reply) Reply {
	done, open := d.doneBefore(ctx, p.Origin, l, what)
	switch {
	case has(done, caller.Key()):
		reply = d.acted(ctx, p.Origin, l, caller, change{action: what, done: done}, true)
	case len(open)+len(done) > 0:
		reply.Private = ptr(blocks.Interrupted())
	}
	reply.Over = p.Ephemeral
	return reply
}

func ptr[T any](v T) *T { return &v }

// silenceOrder puts callers into the order in which silence comes soonest:
// numbers that nobody has named first, then whoever changed last.
func silenceOrder(l blocks.Line, callers []live.Caller) {
	slices.SortStableFunc(callers, func(a, b live.Caller) int {
		if ua, ub := l.Unknown(a), l.Unknown(b); ua != ub {
			if ua {
				return -1
			}
			return 1
		}
		return b.ChangedAt.Compare(a.ChangedAt)
	})
}
