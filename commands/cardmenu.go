package commands

import (
	"context"
	"errors"

	"confbot/blocks"
	"confbot/conference"
)

// moreNumbers shows every number that leads to the conference.
func moreNumbers(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, access, err := d.pressedAccess(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	return Reply{Private: ptr(blocks.AllNumbers(blocks.Line{Conference: c, Command: d.command}, access))}, nil
}

// pressedAccess is how one gets into the conference that a click is about, once
// the row's right has been checked: read afresh, since it shows a PIN.
func (d *Desk) pressedAccess(ctx context.Context, p *press) (conference.Conference, blocks.Access, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return c, blocks.Access{}, err
	}
	return d.freshAccess(ctx, c.ID)
}

// freshAccess is the same for a conference that is known already.
func (d *Desk) freshAccess(ctx context.Context, id conference.ID) (conference.Conference, blocks.Access, error) {
	c, err := d.book.Fresh(ctx, id)
	if err != nil {
		return c, blocks.Access{}, err
	}
	access, _, err := d.accessOf(ctx, c)
	return c, access, err
}

// knownOf is the conference as it is, or, while Audian is away, as it was when
// it was read last; checked tells which.
func (d *Desk) knownOf(ctx context.Context, id conference.ID) (c conference.Conference, checked bool, err error) {
	soon, cancel := context.WithTimeout(ctx, d.patience(postReads))
	defer cancel()
	if c, err = d.book.Fresh(soon, id); conference.KindOf(err) != conference.Unavailable {
		return c, true, err
	}
	known, failed := d.book.ByID(soon, id)
	if failed != nil {
		return c, false, err
	}
	return known, false, nil
}

// wrongsPerDay is how often in a day somebody may ring the owners of cards.
const wrongsPerDay = 5

// somethingWrong tells whoever set the conference up that a reader says that
// its card is wrong.
func somethingWrong(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	if err := d.withinLimit(ctx, p.person, p.action.id, wrongsPerDay, "reported %d cards"); err != nil {
		return Reply{}, err
	}
	ask, _, err := d.whoMay(ctx, c.ID, RightModerate)
	if err != nil {
		return Reply{}, err
	}
	link, err := d.slack.Permalink(ctx, p.Channel, p.MessageTS)
	if err != nil {
		link = ""
	}
	reply := Reply{}
	l := blocks.Line{Conference: c, Command: d.command, Names: d.namesOf(ctx, []string{p.User})}
	told := ""
	for _, u := range ask[:min(1, len(ask))] {
		told = d.name(ctx, u)
		reply.Direct = append(reply.Direct, Direct{User: u, Message: blocks.SomethingWrong(l, p.User, p.Channel, link)})
	}
	d.note(ctx, p.Origin, c.ID, p.action.id, "", "done", "")
	reply.Private = ptr(blocks.WrongNoted(told))
	return reply, nil
}

// nothing answers buttons that are links: Slack tells of them all the same.
func nothing(*Desk, context.Context, *press) (Reply, error) { return Reply{}, nil }

// manageHere is the message shortcut: the conference whose card or panel the
// message is, or whose thread it stands in.
func manageHere(d *Desk, ctx context.Context, p *press) (Reply, error) {
	for _, ts := range []string{p.MessageTS, p.ThreadTS} {
		ref, ok, err := d.records.Ref(ctx, p.Channel, ts)
		if err != nil {
			return Reply{}, err
		}
		if !ok {
			continue
		}
		c, err := d.book.ByID(ctx, ref.Conference)
		if err != nil {
			return Reply{}, err
		}
		s, err := d.allow(ctx, p.person, p.Channel, c, RightSee)
		if err != nil {
			return Reply{}, err
		}
		return d.openList(ctx, p.Origin, s, c, blocks.Meta{Channel: p.Channel, Thread: p.ThreadTS})
	}
	c, err := d.conferenceHere(ctx, p.person, p.Origin)
	if _, none := errors.AsType[*unclear](err); none {
		return Reply{Private: ptr(blocks.NoCardHere(d.command))}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	s, err := d.allow(ctx, p.person, p.Channel, c, RightSee)
	if err != nil {
		return Reply{}, err
	}
	return d.openList(ctx, p.Origin, s, c, blocks.Meta{Channel: p.Channel, Thread: p.ThreadTS})
}
