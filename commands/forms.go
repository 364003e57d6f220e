package commands

import (
	"context"
	"time"

	"confbot/blocks"
	"confbot/conference"
)

// form is a row of the table of forms. check answers at once and without I/O;
// run goes on after that.
type form struct {
	id      string // one of package blocks' callback ids
	do      string // the wish in words, for refusals
	durable bool
	fresh   time.Duration
	check   func(d *Desk, s *sent) FormAnswer
	run     func(d *Desk, ctx context.Context, s *sent) (Reply, error)
}

// sent is a form that somebody sent, with who did it.
type sent struct {
	Submission
	person person
	meta   blocks.Meta
	form   form
	conf   conference.Conference // what it is about, once the person may know
}

// PlanSubmission says what a sent form will need. It does no I/O.
func (d *Desk) PlanSubmission(s Submission) Plan {
	f, ok := d.forms[s.View.CallbackID]
	if !ok {
		return Plan{Name: "unknown"}
	}
	return Plan{Name: f.id, Durable: f.durable, Fresh: f.fresh}
}

// CheckForm answers a sent form at once: errors at its fields, the view that
// stands while it is worked on, or nothing, which closes it.
func (d *Desk) CheckForm(s Submission) FormAnswer {
	f, ok := d.forms[s.View.CallbackID]
	if !ok || f.check == nil {
		return FormAnswer{}
	}
	sub := &sent{Submission: s, form: f}
	sub.meta, _ = blocks.ParseMeta(s.View.Meta)
	return f.check(d, sub)
}

// Submit carries a sent form out.
func (d *Desk) Submit(ctx context.Context, sub Submission) Reply {
	s := &sent{Submission: sub}
	reply, err := d.runForm(ctx, s)
	if err != nil {
		d.noteDenied(ctx, s.Origin, err, s.form.id, s.form.durable)
		reply = d.failedDoing(ctx, s.Origin, err, s.form.do, s.conf).after(reply)
	}
	if reply.Channel == "" { // a form remembers where it was opened from
		reply.Channel, reply.Thread = s.meta.Channel, s.meta.Thread
	}
	return d.keep(reply)
}

func (d *Desk) runForm(ctx context.Context, s *sent) (reply Reply, err error) {
	f, ok := d.forms[s.View.CallbackID]
	if !ok {
		return Reply{}, blocks.ErrStale
	}
	s.form = f
	if s.View.Meta != "" {
		if s.meta, err = blocks.ParseMeta(s.View.Meta); err != nil {
			return Reply{}, err
		}
	}
	if s.Channel == "" {
		s.Channel, s.ThreadTS = s.meta.Channel, s.meta.Thread
	}
	if s.person, err = d.person(ctx, s.Origin); err != nil {
		return Reply{}, err
	}
	return f.run(d, ctx, s)
}

// sentConference is the conference that a form is about, once the right has
// been checked.
func (d *Desk) sentConference(ctx context.Context, s *sent, r Right) (conference.Conference, standing, error) {
	if s.meta.Conference == "" {
		return conference.Conference{}, standing{}, blocks.ErrStale
	}
	c, err := d.book.Fresh(ctx, s.meta.Conference)
	if err != nil {
		return c, standing{}, err
	}
	st, err := d.allow(ctx, s.person, s.Channel, c, r)
	if err == nil {
		s.conf = c
	}
	return c, st, err
}

// ticked refuses a form of the kind that does harm without its box ticked.
func ticked(busy func(s *sent) *blocks.View) func(*Desk, *sent) FormAnswer {
	return func(_ *Desk, s *sent) FormAnswer {
		if len(s.State.Get(blocks.InSure, blocks.InSure).Values) == 0 {
			return FormAnswer{Errors: map[string]string{blocks.InSure: blocks.FieldTick}}
		}
		if busy == nil {
			return FormAnswer{}
		}
		return FormAnswer{View: busy(s)}
	}
}
