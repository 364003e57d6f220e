package commands

import (
	"context"
	"strconv"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

func editRow() row {
	return row{
		name: "edit", aliases: []string{"set"}, args: "CONF [name= pin= modpin= max= profile= entry= exit= dialin= number=]",
		summary: "Changes a conference; without a setting it opens a form", group: blocks.GroupSetUp, do: "change it",
		examples: []string{"edit Standup max=50", "edit Standup name=“Daily standup”"},
		keys:     settingKeys, secret: []string{"pin", "modpin"}, need: needConf, right: RightModerate,
		durable: true, fresh: freshSlow, run: runEdit,
		form: func(_ []Word, set map[string]string) bool { return len(set) == 0 },
	}
}

// runEdit is /conf edit.
func runEdit(d *Desk, ctx context.Context, c *call) (Reply, error) {
	if len(c.set) == 0 {
		return d.editForm(ctx, c.Origin, c.conf)
	}
	name, named := c.set["name"]
	if named && name == "" {
		return Reply{}, &conference.Error{Kind: conference.Invalid, Reason: conference.NameMissing, Field: "name"}
	}
	w, err := d.readWish(name, c.set)
	if err != nil {
		return Reply{}, err
	}
	return d.edit(ctx, c.Origin, c.conf, w)
}

func (d *Desk) editForm(ctx context.Context, o Origin, c conference.Conference) (Reply, error) {
	c, err := d.book.Fresh(ctx, c.ID)
	if err != nil {
		return Reply{}, err
	}
	kept, _, err := d.records.Kept(ctx, c.ID)
	if err != nil {
		return Reply{}, err
	}
	v := blocks.Edit(blocks.SettingsForm{
		Meta: blocks.Meta{Conference: c.ID, Channel: o.Channel, Thread: o.ThreadTS}, Title: c.Name, Name: c.Name, Max: limitText(c.MaxMembers),
		Profile: c.Profile, Entry: is(c.EntryTone), Exit: is(c.ExitTone), DialIn: kept.DialIn,
		Number: d.access(c, kept).ConferenceNumber, Private: kept.Private, Open: kept.OpenAnnounce,
	})
	return Reply{View: &v}, nil
}

func openEdit(d *Desk, ctx context.Context, p *press) (Reply, error) {
	c, _, err := d.pressedConference(ctx, p)
	if err != nil {
		return Reply{}, err
	}
	reply, err := d.editForm(ctx, p.Origin, c)
	reply.Push = true
	return reply, err
}

func limitText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func is(b *bool) bool { return b != nil && *b }

// edit changes what the wish asks for and says what that was. Cards that show
// an old PIN are corrected, and whoever reads them is told.
func (d *Desk) edit(ctx context.Context, o Origin, c conference.Conference, w wish) (Reply, error) {
	before, err := d.book.Fresh(ctx, c.ID)
	if err != nil {
		return Reply{}, err
	}
	w.Settings = onlyChanges(before, w.Settings)
	if err := d.checkEdit(ctx, before, w); err != nil {
		return Reply{}, err
	}
	row, begun := d.rowBefore(ctx, o, c.ID, "edit")
	diff := blocks.SettingsDiff{Before: before, After: before}
	if !w.Settings.Empty() {
		if !begun {
			row = d.beginOne(ctx, o, c.ID, "edit", w.fields())
		}
		diff.After, err = d.editor.Update(ctx, c.ID, w.Settings)
		if diff.After, err = d.sure(ctx, c.ID, diff.After, err, func(now conference.Conference, err error) bool {
			return err == nil && fulfilled(now, w.Settings)
		}); err != nil {
			d.endOne(ctx, row, err, w.fields())
			return Reply{}, err
		}
	}
	if err := d.keepEdited(ctx, o, w, &diff); err != nil {
		return Reply{}, afterwards(err)
	}
	words := diff.Words()
	reply := Reply{Touch: []string{string(c.ID)}, Homes: []string{o.User}}
	reply.Private = ptr(blocks.Changed(blocks.Line{Conference: diff.After, Command: d.command}, words, undoOf(diff)))
	if begun { // what was changed before a restart shows no more
		reply.Private = ptr(blocks.ChangedBefore(diff.After.Name))
	} else if len(words) == 0 {
		row.Outcome = ""
		d.end(ctx, []store.Audit{row})
		return reply, nil
	}
	if row.Ref == "" {
		row = d.row(o, c.ID, "edit", "")
	}
	d.endOne(ctx, row, nil, w.fields())
	pin := conference.FirstPIN(diff.After.MemberPINs)
	if (begun && w.MemberPINs != nil || pin != conference.FirstPIN(before.MemberPINs)) && !pin.Empty() {
		if _, err := d.tellPINChanged(ctx, o, diff.After, pin, &reply); err != nil {
			return reply, afterwards(err)
		}
	}
	return reply, nil
}

// keepEdited keeps what Audian has no place for. Nobody looks after a
// conference because of that: its PIN stays with those who may see it.
func (d *Desk) keepEdited(ctx context.Context, o Origin, w wish, diff *blocks.SettingsDiff) error {
	id := diff.Before.ID
	kept, was, err := d.records.Kept(ctx, id)
	if err != nil {
		return err
	}
	if w.number != nil && *w.number == d.access(diff.Before, kept).ConferenceNumber {
		w.number = nil // shown in the form as it is, not changed in it
	}
	changed := kept
	w.keep(&changed)
	if changed.Private && !kept.Private {
		changed.PrivateChannel = channelOnly(o.Channel)
	}
	if changed == kept {
		return nil
	}
	diff.DialIn, diff.Number = changed.DialIn != kept.DialIn, changed.Number != kept.Number
	if changed.Private != kept.Private {
		diff.Private = &changed.Private
	}
	if changed.OpenAnnounce != kept.OpenAnnounce {
		diff.Open = &changed.OpenAnnounce
	}
	if !was {
		changed.Conference, changed.CreatedAt = id, d.now()
	}
	return d.records.Keep(ctx, changed)
}

// onlyChanges leaves out what is so already, so that nothing is written for it.
func onlyChanges(c conference.Conference, s conference.Settings) conference.Settings {
	if s.Name != nil && *s.Name == c.Name {
		s.Name = nil
	}
	if s.MaxMembers != nil && *s.MaxMembers == c.MaxMembers {
		s.MaxMembers = nil
	}
	if s.Profile != nil && (*s.Profile == c.Profile || (*s.Profile == "default" && c.Profile == "")) {
		s.Profile = nil
	}
	if s.EntryTone != nil && *s.EntryTone == is(c.EntryTone) {
		s.EntryTone = nil
	}
	if s.ExitTone != nil && *s.ExitTone == is(c.ExitTone) {
		s.ExitTone = nil
	}
	return s
}

// checkEdit refuses a name or PIN that another conference has.
func (d *Desk) checkEdit(ctx context.Context, c conference.Conference, w wish) error {
	if w.Name != nil && conference.Fold(*w.Name) != conference.Fold(c.Name) {
		exact, _, err := d.book.Named(ctx, *w.Name)
		if err != nil {
			return err
		}
		if len(exact) > 0 {
			return &conference.Error{Kind: conference.Conflict, Reason: conference.NameTaken, Field: "name"}
		}
	}
	return d.checkPINs(ctx, c, w.Settings)
}

func checkEditForm(d *Desk, s *sent) FormAnswer {
	f := typedForm(s.State, s.meta)
	f.More = true
	if _, err := d.formWish(f); err != nil {
		return fieldAnswer(err)
	}
	v := blocks.Saving(f.Name, s.meta)
	return FormAnswer{View: &v}
}

// sendEdit saves what the form holds.
func sendEdit(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	c, _, err := d.sentConference(ctx, s, RightModerate)
	if err != nil {
		return Reply{}, err
	}
	f := typedForm(s.State, s.meta)
	f.More, f.Title = true, c.Name
	w, err := d.formWish(f)
	if err == nil {
		w.private, w.open = &f.Private, &f.Open
		var reply Reply
		if reply, err = d.edit(ctx, s.Origin, c, w); err == nil {
			v := blocks.InForm(c.Name, *reply.Private, s.meta)
			reply.View, reply.Private = &v, nil
			return reply, nil
		}
	}
	f.Problem = d.problemText(ctx, s.Origin, err, "change it", c.Name)
	v := blocks.Edit(f)
	return Reply{View: &v, Err: err}, nil
}
