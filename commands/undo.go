package commands

import (
	"context"
	"strconv"

	"confbot/blocks"
	"confbot/conference"
)

// undoOf is the value of the button that takes an edit back: an edit to what
// was there before. It is empty where that cannot be typed, as for a PIN,
// which no button may carry.
func undoOf(d blocks.SettingsDiff) string {
	a, b := d.Before, d.After
	if d.DialIn || d.Number || d.Private != nil || d.Open != nil ||
		conference.FirstPIN(a.MemberPINs) != conference.FirstPIN(b.MemberPINs) ||
		conference.FirstPIN(a.ModeratorPINs) != conference.FirstPIN(b.ModeratorPINs) {
		return ""
	}
	set := map[string]string{}
	if a.Name != b.Name {
		set["name"] = a.Name
	}
	if a.MaxMembers != b.MaxMembers {
		set["max"] = "none"
		if a.MaxMembers > 0 {
			set["max"] = strconv.Itoa(a.MaxMembers)
		}
	}
	if a.Profile != b.Profile && a.Profile == "" {
		set["profile"] = "default"
	} else if a.Profile != b.Profile {
		set["profile"] = a.Profile
	}
	if is(a.EntryTone) != is(b.EntryTone) {
		set["entry"] = onOff(is(a.EntryTone))
	}
	if is(a.ExitTone) != is(b.ExitTone) {
		set["exit"] = onOff(is(a.ExitTone))
	}
	if len(set) == 0 {
		return ""
	}
	u := unclear{row: &row{name: "edit"}, set: set}
	return u.pick(a.ID)
}

// undoEdit takes an edit back. It is itself an edit, allowed or refused anew,
// and touches nothing but what that edit had changed.
func undoEdit(d *Desk, ctx context.Context, p *press) (Reply, error) {
	row, _, b, err := d.picked(p.Value)
	if err != nil || row.name != "edit" || len(b.Set) == 0 || len(b.Words) > 0 {
		return Reply{}, blocks.ErrStale
	}
	return pickConference(d, ctx, p)
}
