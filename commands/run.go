package commands

import (
	"context"
	"errors"
	"regexp"
	"strings"

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
	p := row.plan(rest, set)
	p.Form = p.Form && !r.Mention // nothing in a message lets us open a form
	return p
}

// plan says what the command needs with these words and settings.
func (r *row) plan(rest []Word, set map[string]string) Plan {
	if r.form != nil && r.form(rest, set) {
		return Plan{Name: r.name, Form: true}
	}
	return Plan{Name: r.name, Durable: r.writes(rest), Fresh: r.fresh}
}

// Command carries a typed command out.
func (d *Desk) Command(ctx context.Context, r Request) Reply {
	row, words, near := d.rowFor(Split(r.Text))
	c := &call{Origin: r.Origin, row: row, mention: r.Mention}
	reply, err := d.runCommand(ctx, c, words, near)
	if err == nil && c.mention && reply.View != nil {
		return d.keep(d.byButton(c, reply))
	}
	if err != nil {
		reply = d.commandFailed(ctx, c, reply, err)
	}
	return d.keep(reply)
}

// commandFailed tells why a command came to nothing, or to less.
func (d *Desk) commandFailed(ctx context.Context, c *call, reply Reply, err error) Reply {
	wish := blocks.ProblemOptions{Do: c.do, Conference: c.conf.Name}
	if c.row != nil {
		d.noteDenied(ctx, c.Origin, err, c.row.name, c.row.writes(c.words))
		if wish.Do == "" {
			wish.Do = c.row.do
		}
		wish.Reads = c.row.shows || !c.row.writes(c.words)
	}
	return d.failed(ctx, c.Origin, err, wish).after(reply)
}

func (d *Desk) runCommand(ctx context.Context, c *call, words []Word, near string) (_ Reply, err error) {
	row := c.row
	if c.person, err = d.person(ctx, c.Origin); err != nil {
		return Reply{}, err
	}
	if what := secretIn(words); c.mention && what != "" {
		return Reply{Private: ptr(blocks.SecretInTheOpen(what))}, nil
	}
	if row == nil {
		return d.unknownCommand(words, near), nil
	}
	c.words, c.set = settings(words, row.keys)
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
	if c.row.need == needWhen {
		c.conf, c.words, err = d.conferenceBefore(ctx, c)
	} else {
		c.conf, c.words, err = d.conferenceIn(ctx, c.person, c.Origin, c.words, c.row.need, c.row.tail)
	}
	if err != nil {
		return err
	}
	c.standing, err = d.allow(ctx, c.person, c.Channel, c.conf, c.row.right)
	return err
}

// numberWord is a word that can be part of a telephone number, and date one
// that only looks like it.
var (
	numberWord = regexp.MustCompile(`^\+?[\d().\-/]+$`)
	date       = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{2,4})$`)
)

// secretIn names what must not be typed in the open, whatever the command: a
// PIN, or a whole telephone number, also one in several words. "" for neither.
func secretIn(words []Word) string {
	if _, set := settings(words, []string{"pin", "modpin"}); len(set) > 0 {
		return "a PIN"
	}
	digits := 0
	for _, w := range words {
		if w.User != "" || w.Channel != "" || date.MatchString(w.Text) || !numberWord.MatchString(strings.ReplaceAll(w.Text, " ", "")) {
			digits = 0
			continue
		}
		if digits += len(conference.NewNumber(w.Text).Digits()); digits >= wholeNumber {
			return "a phone number"
		}
	}
	return ""
}

// wholeNumber is from how many digits on a number is somebody's telephone
// number and no longer only its end.
const wholeNumber = 7

// pending remembers which command an unclear name was for, so that the
// buttons of the question go on with it.
func (d *Desk) pending(c *call, err error) error {
	if u, ok := errors.AsType[*unclear](err); ok {
		u.row = c.row
		u.set = c.set
	}
	return err
}
