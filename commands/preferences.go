package commands

import (
	"context"
	"slices"
	"strconv"

	"confbot/blocks"
	"confbot/conference"
)

// openPreferences opens the form of somebody's own choices.
func openPreferences(d *Desk, ctx context.Context, p *press) (Reply, error) {
	prefs, err := d.records.Prefs(ctx, p.User)
	if err != nil {
		return Reply{}, err
	}
	lines, err := d.records.LinesOf(ctx, p.User)
	if err != nil {
		return Reply{}, err
	}
	data := blocks.PreferencesData{Words: prefs[blocks.PreferWords] != "", Waiting: prefs[blocks.PreferWaiting] != ""}
	data.Minutes, _ = strconv.Atoi(prefs[preferMinutes])
	for _, l := range lines {
		data.Lines = append(data.Lines, conference.NewNumber(l.Digits))
	}
	v := blocks.Preferences(data)
	return Reply{View: &v}, nil
}

const preferMinutes = "minutes"

// sendPreferences keeps somebody's own choices.
func sendPreferences(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	chosen := s.State.Get(blocks.InOptions, blocks.InOptions).Values
	for _, key := range []string{blocks.PreferWords, blocks.PreferWaiting} {
		value := ""
		if slices.Contains(chosen, key) {
			value = "yes"
		}
		if err := d.records.SetPref(ctx, s.User, key, value); err != nil {
			return Reply{}, err
		}
	}
	if err := d.records.SetPref(ctx, s.User, preferMinutes, s.State.Get(blocks.InMinutes, blocks.InMinutes).Value); err != nil {
		return Reply{}, err
	}
	if err := d.forgetLines(ctx, s); err != nil {
		return Reply{}, err
	}
	if err := d.remindAll(ctx, s.User); err != nil {
		return Reply{}, err
	}
	return Reply{Homes: []string{s.User}}, nil
}

// forgetLines forgets the numbers that the person no longer calls their own,
// also on lines that are theirs right now.
func (d *Desk) forgetLines(ctx context.Context, s *sent) error {
	gone := blocks.UntickedLines(s.meta, s.State.Get(blocks.InLines, blocks.InLines).Values)
	if len(gone) == 0 {
		return nil
	}
	lines, err := d.records.LinesOf(ctx, s.User)
	if err != nil {
		return err
	}
	for _, l := range lines {
		n := conference.NewNumber(l.Digits)
		if !slices.Contains(gone, blocks.LineKey(n)) {
			continue
		}
		if err := d.records.DropLine(ctx, s.User, l.Digits); err != nil {
			return err
		}
		if err := d.unclaim(ctx, s.User, l.Digits); err != nil {
			return err
		}
		d.note(ctx, s.Origin, "", "line.forget", "number ending "+n.Ends(), "done", "")
	}
	return nil
}

// unclaim takes "This is me" back wherever the number is on the line.
func (d *Desk) unclaim(ctx context.Context, user, digits string) error {
	watched, err := d.records.AllCurrentConferences(ctx)
	if err != nil {
		return err
	}
	for _, id := range watched {
		for _, c := range d.live.Snapshot(id).Run.Callers {
			if c.ClaimedBy == user && c.Number.Digits() == digits {
				d.ledger.Claim(id, c.Key(), "")
			}
		}
	}
	return nil
}
