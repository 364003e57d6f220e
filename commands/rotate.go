package commands

import (
	"context"

	"confbot/conference"
	"confbot/store"
)

// Seal writes a PIN as a note that only Noted reads, with the same key.
type Seal func(key string, pin conference.PIN) (note string)

// rotation is a change of all PINs of one kind to one.
type rotation struct {
	id        conference.ID
	moderator bool
}

func (r rotation) action() string {
	if r.moderator {
		return "pin.rotate_moderator"
	}
	return "pin.rotate"
}

func (r rotation) field() string {
	if r.moderator {
		return "modpin"
	}
	return "pin"
}

func (r rotation) to(pin conference.PIN) conference.Settings {
	if r.moderator {
		return conference.Settings{ModeratorPINs: &[]conference.PIN{pin}}
	}
	return conference.Settings{MemberPINs: &[]conference.PIN{pin}}
}

// of is the first PIN of the kind that is changed.
func (r rotation) of(c conference.Conference) conference.PIN {
	if r.moderator {
		return conference.FirstPIN(c.ModeratorPINs)
	}
	return conference.FirstPIN(c.MemberPINs)
}

// rotate replaces all PINs of one kind with one: this one, or a new one. It is
// done once, however often the wish is taken up: the PIN that was chosen is
// noted first, sealed.
func (d *Desk) rotate(ctx context.Context, o Origin, c conference.Conference, pin conference.PIN, moderator bool) (Reply, error) {
	r := rotation{c.ID, moderator}
	row, begun := d.rowBefore(ctx, o, c.ID, r.action())
	if begun {
		now, chosen, err := d.chosenBefore(ctx, o, r, row)
		if err != nil {
			return Reply{}, err
		}
		if !chosen.Empty() && chosen == r.of(now) {
			d.endOne(ctx, row, nil, "")
			reply, err := d.rotated(ctx, o, now, chosen, moderator)
			return reply, afterwards(err)
		}
		begun, pin = !chosen.Empty(), chosen
	}
	if !begun {
		var err error
		if pin, err = d.choose(ctx, r, pin); err != nil {
			return Reply{}, err
		}
		row = d.beginOne(ctx, o, c.ID, r.action(), d.seal(noteKey(o), pin))
	}
	changed, err := d.editor.Update(ctx, c.ID, r.to(pin))
	changed, err = d.sure(ctx, c.ID, changed, err, func(now conference.Conference, err error) bool { return err == nil && r.of(now) == pin })
	d.endOne(ctx, row, err, "")
	if err != nil {
		return Reply{}, err
	}
	reply, err := d.rotated(ctx, o, changed, pin, moderator)
	return reply, afterwards(err)
}

// choose makes a PIN, or sees to it that nobody else has the one that was typed.
func (d *Desk) choose(ctx context.Context, r rotation, typed conference.PIN) (conference.PIN, error) {
	if typed.Empty() {
		return d.newPIN(ctx)
	}
	return typed, d.free(ctx, r.field(), &[]conference.PIN{typed}, "")
}

// chosenBefore is the PIN that this wish chose before a restart, and the
// conference as it is now.
func (d *Desk) chosenBefore(ctx context.Context, o Origin, r rotation, row store.Audit) (conference.Conference, conference.PIN, error) {
	now, err := d.book.Fresh(ctx, r.id)
	if err != nil || row.Outcome == "done" { // its note is gone by then
		return now, r.of(now), err
	}
	chosen, _ := d.noted(noteKey(o), row.Detail)
	return now, chosen, nil
}

// noteKey names the note of the PIN that an interaction chose.
func noteKey(o Origin) string { return "wish " + o.Ref }
