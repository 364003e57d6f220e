package commands

import (
	"context"
	"slices"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// soonDone is how many callers are acted on before the first answer; more
// than that goes on in the long lane and shows how far it is.
const soonDone = 6

// steps is how often the progress of long work is shown.
const steps = 4

// many is a wish for several callers at once.
type many struct {
	kind whoKind // whoAll, whoOthers or whoUnknown
	what conference.Action
	mine bool     // only those whom confbot muted in this run
	not  live.Key // the person's own line, once they chose it
	away bool     // the person said that they are not on the phone
}

// actOnMany mutes, unmutes, deafens or undeafens several callers. Where it is
// not known which line is the person's own it asks first.
func (d *Desk) actOnMany(ctx context.Context, o Origin, l blocks.Line, m many) (Reply, error) {
	if m.what == conference.Kick {
		return d.askKickMany(o, l, m.kind), nil
	}
	m.mine = m.mine || (m.what == conference.Unmute && m.kind == whoOthers)
	own, known, err := d.whoseLine(ctx, o.User, l, m)
	if err != nil {
		return Reply{}, err
	}
	silencing := m.what == conference.Mute || m.what == conference.Deaf
	if m.kind == whoOthers && silencing && !known && !m.away && len(l.Snapshot.Run.On()) > 0 {
		return d.askWhichLine(o, l, m), nil
	}
	wanted, data := d.pick(l, m, own, known)
	if len(wanted) <= soonDone {
		return d.bulk(ctx, o, m, wanted, data, nil), nil
	}
	first := blocks.Progress(m.what, 0, len(wanted))
	return Reply{Private: &first, Later: func(ctx context.Context, step func(blocks.Message)) Reply {
		// It may have waited for its turn: whoever is on the line now counts.
		l, err := d.freshLine(ctx, l.Conference)
		if err != nil {
			return d.failedDoing(ctx, o, err, doWord(m.what), l.Conference)
		}
		own, known := l.Snapshot.Run.Find(own.Key())
		wanted, data := d.pick(l, m, own, known)
		return d.bulk(ctx, o, m, wanted, data, step)
	}}, nil
}

func (d *Desk) whoseLine(ctx context.Context, user string, l blocks.Line, m many) (live.Caller, bool, error) {
	if m.not != (live.Key{}) {
		c, ok := l.Snapshot.Run.Find(m.not)
		return c, ok && c.On(), nil
	}
	return d.ownLine(ctx, user, l.Snapshot.Run)
}

// pick chooses the callers that a wish is for, in the order in which to ask,
// and counts who is left alone.
func (d *Desk) pick(l blocks.Line, m many, own live.Caller, known bool) ([]live.Caller, blocks.BulkData) {
	data := blocks.BulkData{Line: l, Action: m.what, Unknown: m.kind == whoUnknown, Newcomers: l.Snapshot.Run.Newcomers}
	var wanted []live.Caller
	for _, c := range l.Snapshot.Run.On() {
		moderator := l.Who(c).Moderator
		if moderator && (!known || c.Key() != own.Key()) { // that one knows it of themselves
			data.RolesKnown = true
		}
		switch {
		case m.what.Done(c.Participant):
		case m.mine && c.MutedBy == "":
		case m.kind == whoUnknown && !l.Unknown(c):
		case m.kind == whoOthers && known && c.Key() == own.Key():
			data.You = true
		case m.kind == whoOthers && moderator && m.what != conference.Unmute:
			data.Moderators++
		default:
			wanted = append(wanted, c)
		}
	}
	data.RolesKnown = data.RolesKnown || slices.ContainsFunc(l.Snapshot.Run.On(), func(c live.Caller) bool { return c.Role != conference.RoleUnknown })
	silenceOrder(l, wanted)
	return wanted, data
}

// bulk does it and sums it up.
func (d *Desk) bulk(ctx context.Context, o Origin, m many, wanted []live.Caller, data blocks.BulkData, step func(blocks.Message)) Reply {
	l := data.Line
	id := l.Conference.ID
	out := d.carryOut(ctx, o, l, m.what, wanted, progress(m.what, len(wanted), step))
	if out.touched() {
		d.ledger.Note(id, live.Note{At: d.now(), By: o.User, What: noteFor(m), Count: len(out.done) + len(out.asked)})
	}
	return d.summed(ctx, id, out, step != nil, func(out change) Reply {
		if out.err != nil && !out.touched() {
			return d.failedDoing(ctx, o, out.err, doWord(m.what), l.Conference)
		}
		data.Count = len(out.done) + len(out.already)
		data.Unsure, data.Failed, data.Untried = numbers(slices.Concat(out.asked, out.lost)), numbers(out.failed), len(out.untried)
		return Reply{Private: ptr(blocks.Bulk(data)), Err: out.err}
	})
}

// summed sums up what came of a wish for several callers. Where Audian gave
// no answer it looks again: before the sum if that is late anyway, otherwise
// after it, and then sums up anew.
func (d *Desk) summed(ctx context.Context, id conference.ID, out change, late bool, sum func(change) Reply) Reply {
	if late && len(out.lost) > 0 {
		out, _ = d.lookAgain(ctx, id, out)
	}
	reply := sum(out)
	reply.Touch = append(reply.Touch, string(id))
	if late || len(out.lost) == 0 {
		return reply
	}
	reply.Later = func(ctx context.Context, _ func(blocks.Message)) Reply {
		again, _ := d.lookAgain(ctx, id, out)
		last := Reply{Err: out.err, Told: true}
		if len(again.lost) < len(out.lost) {
			last = sum(again)
			last.Told = true
		}
		last.Touch = append(last.Touch, string(id))
		return last
	}
	return reply
}

// progress shows how far it is, at most three times between the first answer
// and the last. Nil step: not at all.
func progress(what conference.Action, of int, step func(blocks.Message)) func(done int) {
	shown := 0
	return func(done int) {
		if at := done * steps / max(1, of); step != nil && at > shown && done < of {
			shown = at
			step(blocks.Progress(what, done, of))
		}
	}
}

func noteFor(m many) string {
	switch {
	case m.what == conference.Mute && m.kind == whoUnknown:
		return "muted_unknown"
	case m.what == conference.Mute:
		return "muted_others"
	case m.what == conference.Unmute:
		return "unmuted_others"
	}
	return "changed"
}

func doWord(a conference.Action) string {
	switch a {
	case conference.Mute:
		return "mute people"
	case conference.Unmute:
		return "unmute people"
	case conference.Deaf:
		return "deafen people"
	case conference.Undeaf:
		return "undeafen people"
	case conference.Kick:
		return "kick people"
	}
	return "change people"
}

func numbers(callers []live.Caller) []int {
	var nos []int
	for _, c := range callers {
		nos = append(nos, c.No)
	}
	slices.Sort(nos)
	return nos
}

// pressMany is the handler of the buttons for everybody on the line.
func pressMany(m many) handler {
	return func(d *Desk, ctx context.Context, p *press) (Reply, error) {
		l, err := d.pressedLine(ctx, p)
		if err != nil {
			return Reply{}, err
		}
		return d.actOnMany(ctx, p.Origin, l, m)
	}
}
