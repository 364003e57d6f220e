package commands

import (
	"context"
	"slices"

	"confbot/conference"
)

// PINs are the only ones of their kind in the whole account: on a shared line
// nothing but the PIN tells conferences apart.

// fillPINs generates the PINs that were left out and refuses typed ones that
// another conference has: on a shared line only the PIN tells them apart.
func (d *Desk) fillPINs(ctx context.Context, s *conference.Settings) error {
	for _, f := range []struct {
		field string
		pins  **[]conference.PIN
	}{{"pin", &s.MemberPINs}, {"modpin", &s.ModeratorPINs}} {
		if *f.pins == nil {
			pin, err := d.newPIN(ctx)
			if err != nil {
				return err
			}
			*f.pins = &[]conference.PIN{pin}
			continue
		}
		if err := d.free(ctx, f.field, *f.pins, ""); err != nil {
			return err
		}
	}
	if a, b := conference.FirstPIN(*s.MemberPINs), conference.FirstPIN(*s.ModeratorPINs); a == b && !a.Empty() {
		return &conference.Error{Kind: conference.Invalid, Reason: conference.PINsEqual, Field: "modpin"}
	}
	return nil
}

// newPIN generates a PIN that nobody in the account has.
func (d *Desk) newPIN(ctx context.Context) (conference.PIN, error) {
	var failed error
	pin, err := conference.GeneratePIN(func(p conference.PIN) bool {
		taken, err := d.book.PINTaken(ctx, p, "")
		if err != nil {
			failed = err
		}
		return taken
	})
	if failed != nil {
		return conference.PIN{}, failed
	}
	return pin, err
}

// checkPINs refuses PINs of which one would be in both lists, or that another
// conference has.
func (d *Desk) checkPINs(ctx context.Context, c conference.Conference, s conference.Settings) error {
	if s.MemberPINs == nil && s.ModeratorPINs == nil {
		return nil
	}
	member, moderator := c.MemberPINs, c.ModeratorPINs
	if s.MemberPINs != nil {
		member = *s.MemberPINs
	}
	if s.ModeratorPINs != nil {
		moderator = *s.ModeratorPINs
	}
	if slices.ContainsFunc(member, func(p conference.PIN) bool { return slices.Contains(moderator, p) }) {
		return &conference.Error{Kind: conference.Invalid, Reason: conference.PINsEqual, Field: "modpin"}
	}
	if err := d.free(ctx, "pin", s.MemberPINs, c.ID); err != nil {
		return err
	}
	return d.free(ctx, "modpin", s.ModeratorPINs, c.ID)
}

// free refuses PINs that another conference than except has: on a shared line
// only the PIN tells conferences apart.
func (d *Desk) free(ctx context.Context, field string, pins *[]conference.PIN, except conference.ID) error {
	if pins == nil {
		return nil
	}
	for _, pin := range *pins {
		taken, err := d.book.PINTaken(ctx, pin, except)
		if err != nil {
			return err
		}
		if taken {
			return &conference.Error{Kind: conference.Conflict, Reason: conference.PINTaken, Field: field}
		}
	}
	return nil
}
