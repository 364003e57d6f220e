package commands

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"confbot/blocks"
	"confbot/conference"
)

// askWhich offers the conferences that were perhaps meant, as buttons that go
// on with the command.
func (d *Desk) askWhich(ctx context.Context, u *unclear) blocks.Message {
	data := blocks.CandidatesData{Typed: u.typed, Command: d.command, Linked: u.row != nil}
	list := u.fits
	if len(list) == 0 {
		list = u.near
	}
	for _, c := range list {
		data.Choices = append(data.Choices, blocks.Choice{Value: u.pick(c.ID), Text: d.toldApart(ctx, c, list)})
	}
	if u.typed != "" && len(u.fits) == 0 {
		return blocks.NoConference(data)
	}
	return blocks.WhichOne(data)
}

// toldApart is a conference's name, with more where another one on the list
// has it too.
func (d *Desk) toldApart(ctx context.Context, c conference.Conference, list []conference.Conference) string {
	if !slices.ContainsFunc(list, func(o conference.Conference) bool {
		return o.ID != c.ID && conference.Fold(o.Name) == conference.Fold(c.Name)
	}) {
		return c.Name
	}
	kept, _, err := d.records.Kept(ctx, c.ID)
	if err != nil {
		return c.Name
	}
	return blocks.TwinName(c.Name, d.name(ctx, kept.Creator), string(c.ID))
}

// behind is what stood behind the conference's name, as data: a button must
// read it the same way again, whatever signs are in it. PINs stay out of it.
type behind struct {
	Words []Word            `json:"w,omitempty"`
	Set   map[string]string `json:"s,omitempty"`
}

// pick is the value of the button that goes on with one conference.
func (u *unclear) pick(id conference.ID) string {
	p := blocks.Pick{Conference: id, Rest: u.behind()}
	if u.row != nil {
		p.Command = u.row.name
	}
	return blocks.PickValue(p)
}

func (u *unclear) behind() string {
	b := behind{Words: u.rest, Set: map[string]string{}}
	for k, v := range u.set {
		if u.row == nil || !slices.Contains(u.row.secret, k) {
			b.Set[k] = v
		}
	}
	if len(b.Words)+len(b.Set) == 0 {
		return ""
	}
	text, err := json.Marshal(b)
	if err != nil {
		return ""
	}
	return string(text)
}

// picked reads a candidate's button: the row that goes on and what with. The
// command is looked up in the table like a typed one.
func (d *Desk) picked(value string) (*row, conference.ID, behind, error) {
	var b behind
	pick, err := blocks.ParsePick(value)
	if err != nil || pick.Conference == "" {
		return nil, "", b, blocks.ErrStale
	}
	row := d.byName[pick.Command]
	if row == nil || row.need == needNothing {
		row = d.byName["show"]
	}
	if pick.Rest != "" && json.Unmarshal([]byte(pick.Rest), &b) != nil {
		return nil, "", b, blocks.ErrStale
	}
	return row, pick.Conference, b, nil
}

// pickConference goes on with the command for the conference that was chosen.
// What is allowed is decided anew.
func pickConference(d *Desk, ctx context.Context, p *press) (Reply, error) {
	row, id, b, err := d.picked(p.Value)
	if err != nil {
		return Reply{}, err
	}
	c := &call{Origin: p.Origin, person: p.person, row: row, words: b.Words, set: b.Set}
	reply, err := d.runPicked(ctx, c, id)
	if err != nil {
		return d.commandFailed(ctx, c, reply, err), nil
	}
	reply.Over = reply.Private != nil && p.Ephemeral
	return reply, nil
}

func (d *Desk) runPicked(ctx context.Context, c *call, id conference.ID) (Reply, error) {
	conf, err := d.book.ByID(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	if c.standing, err = d.allow(ctx, c.person, c.Channel, conf, c.row.right); err != nil {
		return Reply{}, err
	}
	c.conf = conf
	return c.row.run(d, ctx, c)
}

// labelAction stands for the label command among the actions that a choice of
// callers goes on with.
const labelAction conference.Action = "label"

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
	case labelAction:
		p.action.do = "name callers"
		return openLabel(d, ctx, p)
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
