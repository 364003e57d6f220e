package commands

import (
	"context"
	"fmt"
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
		summary: "Makes a conference; without a name it opens a form", group: blocks.GroupSetUp, do: blocks.CreateDo,
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
	c.conf.Name = name // for telling what became of it
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
	d.note(ctx, o, "", "create.asked", "", "asked", askedName(*w.Name))
	c, err := d.editor.Create(ctx, w.Settings)
	if err != nil {
		d.note(ctx, o, "", "create", "", outcomeOf(err), "")
	}
	return c, err
}

// halfMadeFor is how long a conference that was asked for and not seen
// finished still counts as the person's own.
const halfMadeFor = time.Hour

// askedName is how a wished name is written down: somebody may have typed a
// telephone number for one.
func askedName(name string) string { return conference.MaskName(conference.Fold(name)) }

func (d *Desk) leftHalfMade(ctx context.Context, o Origin, c conference.Conference) (bool, error) {
	if kept, _, err := d.records.Kept(ctx, c.ID); err != nil || kept.LookedAfter() {
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
		case r.Action == "create.asked" && r.User == o.User && r.Detail == askedName(c.Name) &&
			d.now().Sub(r.At) < halfMadeFor && !failed[r.Ref]:
			return true, nil
		}
	}
	return false, nil
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
