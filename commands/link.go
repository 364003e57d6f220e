package commands

import (
	"context"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

func linkRow() row {
	return row{
		name: "link", args: "CONF", summary: "Makes it this channel's conference, so that its name can be left out here",
		group: blocks.GroupChannel, examples: []string{"link Standup"}, do: "link it", need: needNamed, right: RightModerate,
		durable: true, fresh: freshSlow, run: runLink,
	}
}

func unlinkRow() row {
	return row{
		name: "unlink", summary: "Takes this channel's link away", group: blocks.GroupChannel, examples: []string{"unlink"},
		do: "take the link away", durable: true, fresh: freshSlow, run: runUnlink,
	}
}

func runLink(d *Desk, ctx context.Context, c *call) (Reply, error) {
	if c.Channel == "" {
		return Reply{}, &conference.Error{Kind: conference.Invalid, Reason: conference.Refused}
	}
	if err := d.mayRelink(ctx, c); err != nil {
		return Reply{}, err
	}
	if err := d.records.Link(ctx, store.Link{Channel: c.Channel, Conference: c.conf.ID, By: c.User, At: d.now()}); err != nil {
		return Reply{}, err
	}
	d.note(ctx, c.Origin, c.conf.ID, "link", "", "done", "")
	l := blocks.Line{Conference: c.conf, Command: d.command}
	said := blocks.Linked(c.User, d.namesOf(ctx, []string{c.User}), l)
	return Reply{Posts: []Post{{Channel: c.Channel, Message: said}}}, nil
}

// mayRelink lets nobody take a channel away from a conference that they could
// not unlink from it.
func (d *Desk) mayRelink(ctx context.Context, c *call) error {
	link, ok, err := d.records.LinkOf(ctx, c.Channel)
	if err != nil || !ok || link.Conference == c.conf.ID {
		return err
	}
	linked, err := d.book.ByID(ctx, link.Conference)
	switch {
	case conference.KindOf(err) == conference.NotFound:
		return nil
	case err != nil:
		return err
	}
	c.do = "take this channel's link away"
	_, err = d.allow(ctx, c.person, c.Channel, linked, RightModerate)
	if conference.KindOf(err) == conference.NotFound { // theirs to take, without saying whose it is
		return &Refusal{Right: RightModerate}
	}
	return err
}

// runUnlink needs to moderate the conference that is linked; a link to one
// that is gone may be taken away by anybody.
func runUnlink(d *Desk, ctx context.Context, c *call) (Reply, error) {
	link, ok, err := d.records.LinkOf(ctx, c.Channel)
	if err != nil {
		return Reply{}, err
	}
	if !ok {
		return Reply{Private: ptr(blocks.Unlinked(""))}, nil
	}
	linked, err := d.book.ByID(ctx, link.Conference)
	switch {
	case err == nil:
		if _, err := d.allow(ctx, c.person, c.Channel, linked, RightModerate); err != nil {
			return Reply{}, err
		}
	case conference.KindOf(err) != conference.NotFound:
		return Reply{}, err
	default:
		linked.Name = "a conference that is gone"
	}
	if _, err := d.records.Unlink(ctx, c.Channel); err != nil {
		return Reply{}, err
	}
	d.note(ctx, c.Origin, link.Conference, "unlink", "", "done", "")
	return Reply{Private: ptr(blocks.Unlinked(linked.Name))}, nil
}
