package commands

import (
	"context"

	"confbot/blocks"
)

// manyPeople is from how many members on a channel asks before a card is
// posted into it.
const manyPeople = 100

func peopleRow() row {
	return row{
		name: "people", aliases: []string{"participants", "who"}, args: "[CONF] [private]",
		summary: "Shows who is on the line: a card with the list in its thread, or with private a list for you alone",
		group:   blocks.GroupLine, examples: []string{"people Standup", "people Standup private"}, do: "share its card",
		need: needConf, tail: []string{"private"}, right: RightSee, durable: true, shows: true, fresh: freshSlow, run: runPeople,
		form: func(rest []Word, _ map[string]string) bool {
			return len(rest) > 0 && rest[len(rest)-1].Is("private")
		},
	}
}

// runPeople is /conf people: for those who may share it the card and its
// panel, for everybody else the private list.
func runPeople(d *Desk, ctx context.Context, c *call) (Reply, error) {
	private := len(c.words) > 0 && c.words[0].Is("private")
	if private || c.Channel == "" || !c.standing.announce || !c.standing.pins {
		return d.openList(ctx, c.Origin, c.standing, c.conf, blocks.Meta{})
	}
	l, err := d.freshLine(ctx, c.conf)
	if err != nil {
		return Reply{}, err
	}
	return d.share(ctx, c.Origin, l, c.Channel)
}

// share answers with a wish for the card, unless the channel has one already,
// or holds so many or such people that it asks first.
func (d *Desk) share(ctx context.Context, o Origin, l blocks.Line, channel string) (Reply, error) {
	id := l.Conference.ID
	wish := &CardWish{Conference: string(id), Channel: channel, Panel: true, By: o.User}
	if ref, ok, err := d.records.CurrentCard(ctx, channel, id); err != nil {
		return Reply{}, err
	} else if ok {
		reply := Reply{Card: wish, Touch: []string{string(id)}}
		if link, err := d.slack.Permalink(ctx, channel, ref.TS); err != nil { // somebody deleted it, most likely
			wish.Move = true
		} else {
			reply.Private = ptr(blocks.CardHere(l, link))
		}
		return reply, nil
	}
	if ask, eyes := d.eyesOn(ctx, l, channel); ask {
		return Reply{Private: ptr(blocks.ManyEyes(eyes))}, nil
	}
	return Reply{Card: wish}, nil
}

// eyesOn tells whether a channel is one that asks first, and why. A channel
// that cannot be looked up is left to the post itself, which then says why.
func (d *Desk) eyesOn(ctx context.Context, l blocks.Line, channel string) (bool, blocks.EyesData) {
	ch, err := d.slack.Channel(ctx, channel)
	if err != nil || ch.DM || (!ch.Shared && ch.Members <= manyPeople) {
		return false, blocks.EyesData{}
	}
	return true, blocks.EyesData{
		Line: l, Channel: channel, ChannelName: ch.Name, Members: ch.Members, Guests: d.slack.GuestsIn(ctx, channel),
		Shared: ch.Shared, Value: channel,
	}
}

// pressShare is "Share card here", "Post it", "Try again" and "Move here".
func pressShare(move, asked bool) handler {
	return func(d *Desk, ctx context.Context, p *press) (Reply, error) {
		c, s, err := d.pressedConference(ctx, p)
		if err != nil {
			return Reply{}, err
		}
		if err := d.demand(ctx, s, c, RightPIN); err != nil {
			return Reply{}, err
		}
		channel := p.Channel
		if p.Value != "" {
			channel = p.Value
		}
		if channel == "" {
			return openShare(d, ctx, p)
		}
		if move || asked {
			return Reply{Over: p.Ephemeral, Card: &CardWish{Conference: string(c.ID), Channel: channel, Panel: true, Move: move, By: p.User}}, nil
		}
		l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
		if err != nil {
			return Reply{}, err
		}
		return d.share(ctx, p.Origin, l, channel)
	}
}

// openShare asks for the channel in which to share the card.
func openShare(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return Reply{}, err
	}
	v := blocks.ShareForm(l, channelOnly(p.Channel), blocks.Meta{Conference: c.ID, Channel: p.Channel, Thread: p.ThreadTS})
	return Reply{View: &v, Push: true}, nil
}

func checkShare(_ *Desk, s *sent) FormAnswer {
	if s.State.Get(blocks.InChannel, blocks.InChannel).Value == "" {
		return FormAnswer{Errors: map[string]string{blocks.InChannel: blocks.FieldChannel}}
	}
	return FormAnswer{}
}

func sendShare(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	c, st, err := d.sentConference(ctx, s, RightAnnounce)
	if err != nil {
		return Reply{}, err
	}
	if err := d.demand(ctx, st, c, RightPIN); err != nil {
		return Reply{}, err
	}
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	if err != nil {
		return Reply{}, err
	}
	return d.share(ctx, s.Origin, l, s.State.Get(blocks.InChannel, blocks.InChannel).Value)
}
