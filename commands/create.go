package commands

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// createsPerDay is how many conferences somebody who moderates none of the
// others may make in a day.
const createsPerDay = 5

var settingKeys = []string{"pin", "modpin", "max", "profile", "entry", "exit", "dialin", "number", "name"}

func createRow() row {
	return row{
		name: "create", aliases: []string{"new"}, args: "[NAME] [pin= modpin= max= profile= entry= exit= dialin= number=]",
		summary: "Makes a conference; without a name it opens a form", group: blocks.GroupSetUp, do: "create conferences",
		examples: []string{"create Standup", "create Weekly sync pin=482913 max=50"},
		keys:     settingKeys, secret: []string{"pin", "modpin"}, durable: true, fresh: freshSlow,
		run: runCreate,
	}
}

// runCreate is /conf create.
func runCreate(d *Desk, ctx context.Context, c *call) (Reply, error) {
	if err := d.mayCreate(c.person); err != nil {
		return Reply{}, err
	}
	name := Join(c.words)
	if n, ok := c.set["name"]; ok {
		name = n
	}
	if name == "" {
		v := blocks.Create(blocks.SettingsForm{Channel: c.Channel, Meta: blocks.Meta{Channel: c.Channel, Thread: c.ThreadTS}})
		return Reply{View: &v}, nil
	}
	w, err := d.readWish(name, c.set)
	if err != nil {
		return Reply{}, err
	}
	made, err := d.create(ctx, c.Origin, c.person, w)
	if err != nil {
		if conference.ReasonOf(err) == conference.NameTaken {
			return d.nameTaken(ctx, c.person, c.Channel, name)
		}
		return Reply{}, err
	}
	made.Here = c.Channel
	return Reply{Private: ptr(blocks.Created(made)), Homes: []string{c.User}}, nil
}

func (d *Desk) mayCreate(p person) error {
	if (standing{person: p}).has(RightCreate, d.rules) {
		return nil
	}
	return &Refusal{Right: RightCreate}
}

// wish is what somebody wants a conference to be.
type wish struct {
	conference.Settings
	dialIn  *string // its own numbers, kept by us
	number  *string // conference number, kept by us where Audian has none
	private *bool
	open    *bool
}

// readWish checks settings as they were typed. The error's kind is Invalid and
// names the field.
func (d *Desk) readWish(name string, set map[string]string) (w wish, err error) {
	if name != "" {
		if name, err = conference.CheckName(name); err != nil {
			return w, err
		}
		w.Name = &name
	}
	for key, value := range set {
		if err := w.read(key, strings.TrimSpace(value)); err != nil {
			return w, err
		}
	}
	if w.MemberPINs != nil && w.ModeratorPINs != nil && conference.FirstPIN(*w.MemberPINs) == conference.FirstPIN(*w.ModeratorPINs) &&
		len(*w.MemberPINs) > 0 {
		return w, &conference.Error{Kind: conference.Invalid, Reason: conference.PINsEqual, Field: "modpin"}
	}
	return w, nil
}

func (w *wish) read(key, value string) error {
	invalid := func(r conference.Reason) error {
		return &conference.Error{Kind: conference.Invalid, Reason: r, Field: key}
	}
	switch key {
	case "pin", "modpin":
		pins := []conference.PIN{}
		if value != "" && !strings.EqualFold(value, "none") {
			pin, err := conference.ParsePIN(value)
			if err != nil {
				return invalid(conference.ReasonOf(err))
			}
			pins = append(pins, pin)
		}
		if key == "pin" {
			w.MemberPINs = &pins
		} else {
			w.ModeratorPINs = &pins
		}
	case "max":
		n, err := strconv.Atoi(strings.ReplaceAll(value, ",", ""))
		if value == "" || strings.EqualFold(value, "none") {
			n, err = 0, nil
		} else if err != nil || n < 2 || n > 5000 {
			return invalid(conference.LimitRange)
		}
		if err == nil {
			w.MaxMembers = &n
		}
	case "profile":
		w.Profile = &value
	case "entry", "exit":
		on, ok := yesOrNo(value)
		if !ok {
			return invalid(conference.Refused)
		}
		if key == "entry" {
			w.EntryTone = &on
		} else {
			w.ExitTone = &on
		}
	case "dialin":
		if value != "" && !validDialIn(value) {
			return invalid(conference.NumberFormat)
		}
		w.dialIn = &value
	case "number":
		if strings.Trim(value, "0123456789") != "" || len(value) > 16 {
			return invalid(conference.NumberFormat)
		}
		w.number = &value
	}
	return nil
}

func yesOrNo(s string) (on, ok bool) {
	switch strings.ToLower(s) {
	case "yes", "on", "true", "1":
		return true, true
	case "no", "off", "false", "0", "":
		return false, true
	}
	return false, false
}

// validDialIn accepts numbers with their country code, several with commas,
// each with a country or word before an equals sign if one wants.
func validDialIn(value string) bool {
	numbers := ownNumbers(value)
	for _, n := range numbers {
		digits := conference.NewNumber(n.Number).Digits()
		if !strings.HasPrefix(n.Number, "+") || len(digits) < 7 || len(digits) > 15 || strings.Trim(n.Number, "+0123456789 ().-") != "" {
			return false
		}
	}
	return len(numbers) > 0
}

// create makes a conference: the person moderates it, PINs left out are
// generated, and every PIN is the only one of its kind in the account.
func (d *Desk) create(ctx context.Context, o Origin, p person, w wish) (blocks.CreatedData, error) {
	if err := d.withinLimit(ctx, p, "create", createsPerDay, "made %d conferences"); err != nil {
		return blocks.CreatedData{}, err
	}
	exact, _, err := d.book.Named(ctx, *w.Name)
	if err != nil {
		return blocks.CreatedData{}, err
	}
	c, err := d.make(ctx, o, w, exact)
	if err != nil {
		return blocks.CreatedData{}, err
	}
	kept := store.Kept{Conference: c.ID, Creator: o.User, CreatedAt: d.now()}
	w.keep(&kept)
	if err := d.records.Keep(ctx, kept); err != nil {
		return blocks.CreatedData{}, afterwards(err)
	}
	d.note(ctx, o, c.ID, "create", "", "done", "")
	l, err := d.lineOf(ctx, c, d.live.Snapshot(c.ID), 0)
	return blocks.CreatedData{Line: l, Access: d.access(c, kept), Admins: d.adminNames(ctx)}, afterwards(err)
}

// make has Audian make the conference. One of that name that nobody here looks
// after, and that this person asked for a moment ago without seeing it
// finished, is the one that they asked for: the answer was lost, or we were
// restarted in between.
func (d *Desk) make(ctx context.Context, o Origin, w wish, sameName []conference.Conference) (conference.Conference, error) {
	if len(sameName) > 0 {
		switch ours, err := d.leftHalfMade(ctx, o, sameName[0]); {
		case err != nil:
			return conference.Conference{}, err
		case ours:
			return d.book.Fresh(ctx, sameName[0].ID)
		}
		return conference.Conference{}, &conference.Error{Kind: conference.Conflict, Reason: conference.NameTaken, Field: "name"}
	}
	if err := d.fillPINs(ctx, &w.Settings); err != nil {
		return conference.Conference{}, err
	}
	d.note(ctx, o, "", "create.asked", "", "asked", conference.Fold(*w.Name))
	c, err := d.editor.Create(ctx, w.Settings)
	if err != nil {
		d.note(ctx, o, "", "create", "", outcomeOf(err), "")
	}
	return c, err
}

// halfMadeFor is how long a conference that was asked for and not seen
// finished still counts as the person's own.
const halfMadeFor = time.Hour

func (d *Desk) leftHalfMade(ctx context.Context, o Origin, c conference.Conference) (bool, error) {
	if _, kept, err := d.records.Kept(ctx, c.ID); err != nil || kept {
		return false, err
	}
	rows, err := d.records.AuditOf(ctx, "", "", 100)
	if err != nil {
		return false, err
	}
	failed := map[string]bool{} // by reference: rows come newest first, the end before the beginning
	for _, r := range rows {
		switch {
		case r.Action == "create" && r.Outcome == "failed":
			failed[r.Ref] = true
		case r.Action == "create.asked" && r.User == o.User && r.Detail == conference.Fold(c.Name) &&
			d.now().Sub(r.At) < halfMadeFor && !failed[r.Ref]:
			return true, nil
		}
	}
	return false, nil
}

// keep moves what we keep ourselves into the row.
func (w wish) keep(k *store.Kept) {
	if w.dialIn != nil {
		k.DialIn = *w.dialIn
	}
	if w.number != nil {
		k.Number = *w.number
	}
	if w.private != nil {
		k.Private = *w.private
	}
	if w.open != nil {
		k.OpenAnnounce = *w.open
	}
}

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

// withinLimit refuses somebody who has done a thing too often today. Those
// who moderate everything are trusted.
func (d *Desk) withinLimit(ctx context.Context, p person, action string, most int, done string) error {
	if p.admin || p.moderator {
		return nil
	}
	n, err := d.records.CountSince(ctx, p.ID, action, d.now().Add(-24*time.Hour))
	if err != nil {
		return err
	}
	if n >= most {
		return &tooMany{done: fmt.Sprintf(done, most)}
	}
	return nil
}

// tooMany says that somebody has reached a day's limit.
type tooMany struct{ done string }

func (t *tooMany) Error() string { return "day's limit reached: " + t.done }

// nameTaken offers the conference that has the name already. One that the
// person may not see is only said to be taken.
func (d *Desk) nameTaken(ctx context.Context, p person, channel, name string) (Reply, error) {
	exact, _, err := d.matches(ctx, p, channel, name)
	if err != nil {
		return Reply{}, err
	}
	if len(exact) == 0 {
		return Reply{}, &conference.Error{Kind: conference.Conflict, Reason: conference.NameTaken, Field: "name"}
	}
	kept, _, err := d.records.Kept(ctx, exact[0].ID)
	if err != nil {
		return Reply{}, err
	}
	l, err := d.lineOf(ctx, exact[0], d.live.Snapshot(exact[0].ID), 0)
	return Reply{Private: ptr(blocks.NameTaken(l, d.name(ctx, kept.Creator)))}, err
}

func outcomeOf(err error) string {
	switch {
	case err == nil:
		return "done"
	case conference.IsUnsure(err):
		return "unsure"
	}
	return "failed"
}
