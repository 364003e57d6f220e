package commands

import (
	"context"
	"slices"
	"strings"

	"confbot/blocks"
	"confbot/conference"
)

// askWhich offers the conferences that were perhaps meant, as buttons that go
// on with the command.
func (d *Desk) askWhich(u *unclear) blocks.Message {
	data := blocks.CandidatesData{Typed: u.typed, Command: d.command, Linked: u.row != nil}
	list := u.fits
	if len(list) == 0 {
		list = u.near
	}
	for _, c := range list {
		pick := blocks.Pick{Conference: c.ID, Rest: u.behind()}
		if u.row != nil {
			pick.Command = u.row.name
		}
		data.Choices = append(data.Choices, blocks.Choice{Value: blocks.PickValue(pick), Text: c.Name})
	}
	if u.typed != "" && len(u.fits) == 0 {
		return blocks.NoConference(data)
	}
	return blocks.WhichOne(data)
}

// behind writes what stands behind the conference's name so that it is read
// the same way again: words that were quoted stay quoted.
func (u *unclear) behind() string {
	words := make([]string, 0, len(u.rest)+len(u.set))
	for _, w := range u.rest {
		if w.Quoted {
			words = append(words, "“"+w.Text+"”")
		} else {
			words = append(words, w.Text)
		}
	}
	for k, v := range u.set {
		if u.row == nil || !slices.Contains(u.row.secret, k) {
			words = append(words, k+"=“"+v+"”")
		}
	}
	return strings.Join(words, " ")
}

// pickConference goes on with the command for the conference that was chosen.
// The command is looked up in the table, and what is allowed is decided anew.
func pickConference(d *Desk, ctx context.Context, p *press) (Reply, error) {
	pick, err := blocks.ParsePick(p.Value)
	if err != nil {
		return Reply{}, err
	}
	row := d.byName[pick.Command]
	if row == nil || row.need == needNothing {
		row = d.byName["show"]
	}
	c := &call{Origin: p.Origin, person: p.person, row: row}
	c.words, c.set = settings(Split(pick.Rest), row.keys)
	if c.conf, err = d.book.ByID(ctx, pick.Conference); err != nil {
		return Reply{}, err
	}
	if c.standing, err = d.allow(ctx, p.person, p.Channel, c.conf, row.right); err != nil {
		return Reply{}, err
	}
	reply, err := row.run(d, ctx, c)
	if err != nil {
		return d.failedDoing(ctx, p.Origin, err, row.do, c.conf), nil
	}
	reply.Over = reply.Private != nil && p.Ephemeral
	return reply, nil
}

// pickCaller goes on with an action for the caller who was chosen.
func pickCaller(d *Desk, ctx context.Context, p *press) (Reply, error) {
	block, err := blocks.ParseBlock(p.BlockID)
	if err != nil {
		return Reply{}, err
	}
	name, _, _ := strings.Cut(block.Key, ".")
	what := conference.Action(name)
	switch what {
	case conference.Mute, conference.Unmute, conference.Deaf, conference.Undeaf:
		p.action.do = doWord(what)
		return pressAction(what)(d, ctx, p)
	case conference.Kick:
		p.action.do = doWord(what)
		l, caller, gone, err := d.onCaller(ctx, p)
		if err != nil || gone.Private != nil {
			return gone, err
		}
		return Reply{Private: ptr(blocks.AskKick(l, caller)), Over: p.Ephemeral}, nil
	}
	return Reply{}, blocks.ErrStale
}
