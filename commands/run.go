package commands

import (
	"context"
	"slices"

	"confbot/blocks"
	"confbot/conference"
)

// call is a typed command with everything looked up that its row asks for.
type call struct {
	Origin
	person   person
	row      *row
	mention  bool
	words    []Word            // what stands behind the conference's name
	set      map[string]string // settings
	conf     conference.Conference
	standing standing
	do       string // the wish in words, where it is not the row's
}

// PlanRequest says what a typed command will need. It does no I/O.
func (d *Desk) PlanRequest(r Request) Plan {
	row, words, _ := d.rowFor(Split(r.Text))
	if row == nil {
		return Plan{Name: "unknown"}
	}
	rest, set := settings(words, row.keys)
	p := Plan{Name: row.name, Durable: row.durable, Fresh: row.fresh}
	if row.form != nil && !r.Mention && row.form(rest, set) {
		p = Plan{Name: row.name, Form: true}
	}
	return p
}

// Command carries a typed command out.
func (d *Desk) Command(ctx context.Context, r Request) Reply {
	row, words, near := d.rowFor(Split(r.Text))
	c := &call{Origin: r.Origin, row: row, mention: r.Mention}
	reply, err := d.runCommand(ctx, c, words, near)
	if err == nil && c.mention && reply.View != nil {
		return d.byButton(c, reply)
	}
	if err == nil {
		return reply
	}
	return d.commandFailed(ctx, c, reply, err)
}

// commandFailed tells why a command came to nothing, or to less.
func (d *Desk) commandFailed(ctx context.Context, c *call, reply Reply, err error) Reply {
	do := c.do
	if c.row != nil {
		d.noteDenied(ctx, c.Origin, err, c.row.name, c.row.durable)
		if do == "" {
			do = c.row.do
		}
	}
	failed := d.failedDoing(ctx, c.Origin, err, do, c.conf)
	failed.Touch = append(failed.Touch, reply.Touch...)
	return failed
}

func (d *Desk) runCommand(ctx context.Context, c *call, words []Word, near string) (_ Reply, err error) {
	row := c.row
	if c.person, err = d.person(ctx, c.Origin); err != nil {
		return Reply{}, err
	}
	if row == nil {
		return d.unknownCommand(words, near), nil
	}
	c.words, c.set = settings(words, row.keys)
	if c.mention && c.tellsSecret() {
		return Reply{Private: ptr(blocks.SecretInTheOpen(c.secretKind()))}, nil
	}
	if err := d.resolve(ctx, c); err != nil {
		return Reply{}, d.pending(c, err)
	}
	reply, err := row.run(d, ctx, c)
	return reply, d.pending(c, err)
}

// resolve finds the conference that the row asks for and checks the right.
func (d *Desk) resolve(ctx context.Context, c *call) (err error) {
	if c.row.need == needNothing {
		return nil
	}
	c.conf, c.words, err = d.conferenceIn(ctx, c.person, c.Origin, c.words, c.row.need, c.row.tail)
	if err != nil {
		return err
	}
	c.standing, err = d.allow(ctx, c.person, c.Channel, c.conf, c.row.right)
	return err
}

// tellsSecret reports whether a command typed in the open holds a PIN or a
// whole phone number.
func (c *call) tellsSecret() bool {
	for k := range c.set {
		if slices.Contains(c.row.secret, k) {
			return true
		}
	}
	return slices.ContainsFunc(c.words, func(w Word) bool {
		return w.User == "" && w.Channel == "" && len(conference.NewNumber(w.Text).Digits()) >= 7
	})
}

// secretKind names what was typed in the open.
func (c *call) secretKind() string {
	for k := range c.set {
		if slices.Contains(c.row.secret, k) {
			return "a PIN"
		}
	}
	return "a phone number"
}

// pending remembers which command an unclear name was for, so that the
// buttons of the question go on with it.
func (d *Desk) pending(c *call, err error) error {
	if u, ok := err.(*unclear); ok { //nolint:errorlint // made here, never wrapped
		u.row = c.row
		u.set = c.set
	}
	return err
}
