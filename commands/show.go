package commands

import (
	"context"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

func showRow() row {
	return row{
		name: "show", aliases: []string{"info"}, args: "CONF", summary: "Shows one conference: settings, who is on, how to dial in",
		group: blocks.GroupDialIn, examples: []string{"show Standup"}, need: needConf, right: RightSee, run: runShow,
	}
}

func runShow(d *Desk, ctx context.Context, c *call) (Reply, error) {
	m, err := d.showMessage(ctx, c.standing, c.conf.ID)
	return Reply{Private: &m}, err
}

// pressShow is a button that shows one conference.
func pressShow(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, s, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	m, err := d.showMessage(ctx, s, c.ID)
	return Reply{Private: &m, Over: p.Ephemeral}, err
}

// showMessage reads the conference itself, since it shows a PIN.
func (d *Desk) showMessage(ctx context.Context, s standing, id conference.ID) (blocks.Message, error) {
	c, checked, err := d.knownOf(ctx, id)
	if err != nil {
		return blocks.Message{}, err
	}
	snap := d.live.Snapshot(id)
	if checked {
		if read, err := d.live.Read(ctx, id); err == nil {
			snap = read
		}
	}
	l, err := d.lineOf(ctx, c, snap, 0)
	if err != nil {
		return blocks.Message{}, err
	}
	access, kept, err := d.accessOf(ctx, c)
	if err != nil {
		return blocks.Message{}, err
	}
	links, err := d.records.LinksOf(ctx, id)
	if err != nil {
		return blocks.Message{}, err
	}
	data := blocks.ShowData{
		Line: l, Access: access, Reader: d.reader(s), HidePIN: !s.pins, Private: kept.Private, By: kept.Creator, Now: d.now(),
		Unchecked: !checked,
	}
	if data.Next, data.Every, err = d.nextPost(ctx, id); err != nil {
		return blocks.Message{}, err
	}
	for _, link := range links {
		data.Linked = append(data.Linked, link.Channel)
	}
	if kept.Creator != "" {
		data.Names[kept.Creator] = d.name(ctx, kept.Creator)
	}
	return blocks.Show(data), nil
}

// nextPost is when the conference is announced to start next, zero where it is
// not, and the rule in words.
func (d *Desk) nextPost(ctx context.Context, id conference.ID) (at time.Time, every string, err error) {
	listed, _, err := d.announcements.List(ctx, announce.Filter{Conference: id, Limit: 1})
	if err != nil || len(listed) == 0 || listed[0].Next.Key == "" {
		return at, "", err
	}
	l := listed[0]
	if at = l.Next.Starts; at.IsZero() {
		at = l.Next.At
	}
	if l.Rule.Repeats() {
		every = l.Rule.DayWords()
	}
	return at, every, nil
}

func (d *Desk) reader(s standing) blocks.Reader {
	return blocks.Reader{User: s.ID, Zone: s.Zone, Moderates: s.moderates, Admin: s.admin}
}

// sendInvitation sends the person the invitation as a direct message, where it
// stays.
func sendInvitation(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, access, err := d.pressedAccess(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	l := blocks.Line{Conference: c, Command: d.command}
	invitation := blocks.Invitation(blocks.InvitationData{Line: l, Access: access, Zone: p.person.Zone, Now: d.now()})
	return Reply{
		Private: ptr(blocks.InvitationSent(l)),
		Direct:  []Direct{{User: p.User, Message: invitation}},
	}, nil
}
