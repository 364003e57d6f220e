package commands

import (
	"context"
	"time"

	"confbot/blocks"
	"confbot/conference"
)

// handler is what a button does.
type handler func(d *Desk, ctx context.Context, p *press) (Reply, error)

// action is a row of the table of buttons, menu choices and shortcuts.
type action struct {
	id      string // one of package blocks' action ids
	do      string // the wish in words, for refusals: "mute people"
	right   Right
	durable bool
	fresh   time.Duration
	form    bool // opens a form after asking Audian
	run     handler
}

// press is a click, with who did it and what it says of itself.
type press struct {
	Click
	person person
	action action
	meta   blocks.Meta           // of the form it is in
	conf   conference.Conference // what it is about, once the person may know
}

// PlanClick says what a click will need. It does no I/O.
func (d *Desk) PlanClick(c Click) Plan {
	id, _, err := blocks.Clicked(c.ActionID, c.Value)
	a, ok := d.actions[id]
	if err != nil || !ok {
		return Plan{Name: "unknown"}
	}
	if a.id == blocks.ConferencePick { // it goes on with a command, so it is as urgent as that
		if row, _, b, err := d.picked(c.Value); err == nil {
			p := row.plan(b.Words, b.Set)
			p.Name = a.id
			return p
		}
	}
	return Plan{Name: a.id, Durable: a.durable, Fresh: a.fresh, Form: a.form && c.View == nil}
}

// Click carries a click out.
func (d *Desk) Click(ctx context.Context, c Click) Reply {
	p := &press{Click: c}
	reply, err := d.runClick(ctx, p)
	if err != nil {
		d.noteDenied(ctx, c.Origin, err, p.action.id, p.action.durable)
		wish := blocks.ProblemOptions{Do: p.action.do, Conference: p.conf.Name, Reads: p.action.id != "" && !p.action.durable}
		reply = d.failed(ctx, c.Origin, err, wish).after(reply)
	}
	return d.keep(d.intoList(ctx, p, reply))
}

func (d *Desk) runClick(ctx context.Context, p *press) (Reply, error) {
	id, value, err := blocks.Clicked(p.ActionID, p.Value)
	if err != nil {
		return Reply{}, err
	}
	a, ok := d.actions[id]
	if !ok {
		return Reply{}, blocks.ErrStale
	}
	p.action, p.Value = a, value
	if p.View == nil && !p.Ephemeral {
		d.clicks.clicked(p.Channel, p.MessageTS, d.now())
	}
	if p.View != nil && p.View.Meta != "" {
		if p.meta, err = blocks.ParseMeta(p.View.Meta); err != nil {
			return Reply{}, err
		}
		if p.Channel == "" {
			p.Channel, p.ThreadTS = p.meta.Channel, p.meta.Thread
		}
	}
	if p.person, err = d.person(ctx, p.Origin); err != nil {
		return Reply{}, err
	}
	return a.run(d, ctx, p)
}

// pressedConference is the conference that a click is about, from the block
// or the form it is in, once the row's right has been checked.
func (d *Desk) pressedConference(ctx context.Context, p *press) (conference.Conference, standing, error) {
	id, err := p.conferenceID()
	if err != nil {
		return conference.Conference{}, standing{}, err
	}
	c, err := d.book.ByID(ctx, id)
	if err != nil {
		p.conf = c // what it was called, if it has just gone
		return conference.Conference{}, standing{}, err
	}
	s, err := d.allow(ctx, p.person, p.Channel, c, p.action.right)
	if err == nil {
		p.conf = c
	}
	return c, s, err
}

func (p *press) conferenceID() (conference.ID, error) {
	if b, err := blocks.ParseBlock(p.BlockID); err == nil && b.Conference != "" {
		return b.Conference, nil
	}
	if p.meta.Conference != "" {
		return p.meta.Conference, nil
	}
	return "", blocks.ErrStale
}
