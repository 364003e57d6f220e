package commands

import (
	"context"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

func pinRow() row {
	return row{
		name: "pin", args: "[CONF] [rotate [moderator]]", summary: "Tells the PIN for people; rotate replaces it and repairs every card that shows the old one",
		group: blocks.GroupDialIn, examples: []string{"pin Standup", "pin Standup rotate"}, do: "change the PIN",
		need: needConf, tail: []string{"rotate"}, right: RightSee, durable: true, changes: anyOf("rotate"),
		fresh: freshSlow, run: runPIN,
	}
}

// runPIN is /conf pin.
func runPIN(d *Desk, ctx context.Context, c *call) (Reply, error) {
	if len(c.words) == 0 {
		return d.tellPIN(ctx, c)
	}
	if err := d.demand(ctx, c.standing, c.conf, RightModerate); err != nil {
		return Reply{}, err
	}
	switch behind := c.words[1:]; {
	case len(behind) == 0:
		return d.rotate(ctx, c.Origin, c.conf, conference.PIN{}, false)
	case len(behind) == 1 && behind[0].Is("moderator", "moderators", "mod"):
		return d.rotate(ctx, c.Origin, c.conf, conference.PIN{}, true)
	}
	return Reply{Private: ptr(blocks.Misused(d.command, c.row.help()))}, nil // never the wrong kind by a slip
}

func (d *Desk) tellPIN(ctx context.Context, c *call) (Reply, error) {
	c.do = "see its PIN"
	if err := d.demand(ctx, c.standing, c.conf, RightPIN); err != nil {
		return Reply{}, err
	}
	known, checked, err := d.knownOf(ctx, c.conf.ID)
	if err != nil {
		return Reply{}, err
	}
	access, _, err := d.accessOf(ctx, known)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Private: ptr(blocks.PIN(blocks.PINData{Line: d.plainLine(known), Access: access, Unchecked: !checked}))}, nil
}

// rotated tells everybody who must know.
func (d *Desk) rotated(ctx context.Context, o Origin, c conference.Conference, pin conference.PIN, moderator bool) (Reply, error) {
	reply := Reply{Touch: []string{string(c.ID)}}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return reply, err
	}
	data := blocks.PINChangedData{Line: l, PIN: pin, Moderator: moderator, Unproven: c.PINProof == conference.Unproven}
	if !moderator {
		if data.Posts, err = d.tellPINChanged(ctx, o, c, pin, &reply); err != nil {
			return reply, err
		}
		data.Told = len(reply.Direct)
	}
	reply.Private = ptr(blocks.PINChanged(data))
	return reply, nil
}

// tellPINChanged tells those who read the cards that show the PIN for people,
// since edits are silent, and returns how many cards that are.
func (d *Desk) tellPINChanged(ctx context.Context, o Origin, c conference.Conference, pin conference.PIN, reply *Reply) (posts int, err error) {
	d.ledger.Note(c.ID, live.Note{At: d.now(), By: o.User, What: "changed_pin"})
	if posts, err = d.cardsShowing(ctx, c.ID); posts > 0 {
		said := blocks.PINIsNow(pin, o.User, d.namesOf(ctx, []string{o.User}))
		reply.Lines = append(reply.Lines, Line{Conference: string(c.ID), Message: said})
	}
	if err != nil {
		return posts, err
	}
	reply.Direct, err = d.tellReminded(ctx, c, pin)
	return posts, err
}

// cardsShowing counts the cards that show the conference's PIN.
func (d *Desk) cardsShowing(ctx context.Context, id conference.ID) (int, error) {
	refs, err := d.records.RefsOf(ctx, id)
	n := 0
	for _, r := range refs {
		if r.Kind == store.KindCard {
			n++
		}
	}
	return n, err
}

// openChangePIN is every "Change PIN…" button.
func openChangePIN(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	data, err := d.changePIN(ctx, c, blocks.Meta{Conference: c.ID, Channel: p.Channel, Thread: p.ThreadTS})
	if err != nil {
		return Reply{}, err
	}
	v := blocks.ChangePIN(data)
	return Reply{View: &v, Push: true}, nil
}

// changePIN is what the form says of what a change brings about.
func (d *Desk) changePIN(ctx context.Context, c conference.Conference, m blocks.Meta) (blocks.ChangePINData, error) {
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return blocks.ChangePINData{}, err
	}
	posts, err := d.cardsShowing(ctx, c.ID)
	return blocks.ChangePINData{Line: l, Meta: m, Posts: posts, On: len(l.Snapshot.Run.On())}, err
}

func checkPIN(_ *Desk, s *sent) FormAnswer {
	if len(s.State.Get(blocks.InSure, blocks.InSure).Values) == 0 {
		return FormAnswer{Errors: map[string]string{blocks.InSure: blocks.FieldTick}}
	}
	if typed := s.State.Get(blocks.InPIN, blocks.InPIN).Value; typed != "" {
		if _, err := conference.ParsePIN(typed); err != nil {
			return fieldAnswer(err)
		}
	}
	v := blocks.Working("Changing the PIN", "", s.meta)
	return FormAnswer{View: &v}
}

// sendPIN changes the PIN that the form asks for.
func sendPIN(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	typed := s.State.Get(blocks.InPIN, blocks.InPIN).Value
	c, _, err := d.sentConference(ctx, s, RightModerate)
	if err != nil {
		return Reply{}, err
	}
	pin := conference.PIN{}
	if typed != "" {
		if pin, err = conference.ParsePIN(typed); err != nil {
			return Reply{}, err
		}
	}
	reply, err := d.rotate(ctx, s.Origin, c, pin, false)
	if err != nil {
		data, readErr := d.changePIN(ctx, c, s.meta)
		if readErr != nil {
			return Reply{}, err
		}
		data.PIN, data.Ticked, data.Problem = typed, true, d.problemText(ctx, s.Origin, err, "change the PIN", c.Name)
		v := blocks.ChangePIN(data)
		return Reply{View: &v, Err: err}, nil
	}
	v := blocks.InForm("PIN changed", *reply.Private, s.meta)
	reply.View, reply.Private = &v, nil
	return reply, nil
}

// showModeratorPIN shows it in a form, to those who moderate.
func showModeratorPIN(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, access, err := d.pressedAccess(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	d.note(ctx, p.Origin, c.ID, "moderator_pin.show", "", "done", "")
	v := blocks.ModeratorPINView(c, access)
	return Reply{View: &v, Push: true}, nil
}

// rotateModeratorPIN is offered after somebody was taken off the moderators.
func rotateModeratorPIN(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	reply, err := d.rotate(ctx, p.Origin, c, conference.PIN{}, true)
	reply.Over = p.Ephemeral
	return reply, err
}
