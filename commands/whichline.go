package commands

import (
	"context"
	"encoding/json"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// afterLine is what goes on once somebody has said which line is theirs. It
// travels in the form, as data and not as a command.
type afterLine struct {
	Action conference.Action `json:"a"`
}

// askWhichLine opens the form that asks for the person's own line.
func (d *Desk) askWhichLine(o Origin, l blocks.Line, m many) Reply {
	after, _ := json.Marshal(afterLine{m.what})
	meta := blocks.Meta{Conference: l.Conference.ID, Channel: o.Channel, Thread: o.ThreadTS, Action: string(after)}
	submit := "Mute others"
	if m.what == conference.Deaf {
		submit = "Deafen others"
	}
	v := blocks.WhichLine(blocks.WhichLineData{Line: l, Meta: meta, Submit: submit})
	return Reply{View: &v, Push: true}
}

// pressLine is "Which line is me…".
func pressLine(d *Desk, ctx context.Context, p *press) (Reply, error) {
	l, err := d.pressedLine(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	id := l.Conference.ID
	v := blocks.WhichLine(blocks.WhichLineData{
		Line: l, Meta: blocks.Meta{Conference: id, Channel: p.Channel, Thread: p.ThreadTS},
	})
	return Reply{View: &v, Push: true}, nil
}

func checkLine(_ *Desk, s *sent) FormAnswer {
	if s.State.Get(blocks.InLine, blocks.InLine).Value == "" {
		return FormAnswer{Errors: map[string]string{blocks.InLine: blocks.FieldLine}}
	}
	return FormAnswer{}
}

// sendLine goes on where "Which line is you?" was asked.
func sendLine(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	c, _, err := d.sentConference(ctx, s, RightSee)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.freshLine(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	var (
		reply  = Reply{Touch: []string{string(c.ID)}}
		wanted = many{kind: whoOthers, away: true}
	)
	if value := s.State.Get(blocks.InLine, blocks.InLine).Value; value != blocks.NotOnThePhone {
		drawn, err := blocks.ParseCaller(value)
		if err != nil {
			return Reply{}, err
		}
		caller, ok := drawn.In(l.Snapshot.Run)
		switch {
		case !ok:
			return Reply{Private: ptr(blocks.OldList(l))}, nil
		case !caller.On():
			return Reply{Private: ptr(blocks.LeftAlready(l, caller, s.person.Zone))}, nil
		}
		claimed, err := d.claim(ctx, s.Origin, l, caller)
		if err != nil || s.meta.Action == "" || len(claimed.Touch) == 0 { // somebody else's line: asked back
			return claimed, err
		}
		wanted.not, wanted.away = caller.Key(), false
	}
	if s.meta.Action == "" {
		return reply, nil
	}
	var after afterLine
	if err := json.Unmarshal([]byte(s.meta.Action), &after); err != nil || (after.Action != conference.Mute && after.Action != conference.Deaf) {
		return Reply{}, blocks.ErrStale
	}
	if _, err := d.allow(ctx, s.person, s.Channel, c, RightModerate); err != nil {
		return Reply{}, err
	}
	wanted.what = after.Action
	return d.actOnMany(ctx, s.Origin, l, wanted)
}

// remember keeps whose line it is.
func (d *Desk) remember(ctx context.Context, o Origin, l blocks.Line, caller live.Caller) error {
	d.ledger.Claim(l.Conference.ID, caller.Key(), o.User)
	if caller.Number.Hidden() {
		return nil
	}
	return d.records.ClaimLine(ctx, store.OwnLine{User: o.User, Digits: caller.Number.Digits(), At: d.now()})
}
