package commands

import (
	"context"
	"fmt"
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
	m, err := d.edit(ctx, c.Origin, c.conf, w)
	return Reply{Private: &m, Touch: []string{string(c.conf.ID)}, Homes: []string{c.User}}, err
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

// edit changes what the wish asks for and says what that was.
func (d *Desk) edit(ctx context.Context, o Origin, c conference.Conference, w wish) (blocks.Message, error) {
	before, err := d.book.Fresh(ctx, c.ID)
	if err != nil {
		return blocks.Message{}, err
	}
	w.Settings = onlyChanges(before, w.Settings)
	if err := d.checkEdit(ctx, before, w); err != nil {
		return blocks.Message{}, err
	}
	after := before
	if !w.Settings.Empty() {
		if after, err = d.editor.Update(ctx, c.ID, w.Settings); err != nil {
			d.note(ctx, o, c.ID, "edit", "", outcomeOf(err), "")
			return blocks.Message{}, err
		}
	}
	kept, was, err := d.records.Kept(ctx, c.ID)
	if err != nil {
		return blocks.Message{}, err
	}
	changed := kept
	w.keep(&changed)
	if changed.Private && !kept.Private {
		changed.PrivateChannel = channelOnly(o.Channel)
	}
	if changed != kept {
		if !was {
			changed.Conference, changed.AdoptedBy, changed.CreatedAt = c.ID, o.User, d.now()
		}
		if err := d.records.Keep(ctx, changed); err != nil {
			return blocks.Message{}, err
		}
	}
	words := whatChanged(before, after, kept, changed)
	d.note(ctx, o, c.ID, "edit", "", "done", fmt.Sprint(fieldsOf(w)))
	return blocks.Changed(blocks.Line{Conference: after, Command: d.command}, words, ""), nil
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
	member, moderator := c.MemberPINs, c.ModeratorPINs
	if w.MemberPINs != nil {
		member = *w.MemberPINs
	}
	if w.ModeratorPINs != nil {
		moderator = *w.ModeratorPINs
	}
	for _, m := range member {
		for _, n := range moderator {
			if m == n && (w.MemberPINs != nil || w.ModeratorPINs != nil) {
				return &conference.Error{Kind: conference.Invalid, Reason: conference.PINsEqual, Field: "modpin"}
			}
		}
	}
	for field, pins := range map[string]*[]conference.PIN{"pin": w.MemberPINs, "modpin": w.ModeratorPINs} {
		if pins == nil {
			continue
		}
		for _, pin := range *pins {
			taken, err := d.book.PINTaken(ctx, pin, c.ID)
			if err != nil {
				return err
			}
			if taken {
				return &conference.Error{Kind: conference.Conflict, Reason: conference.PINTaken, Field: field}
			}
		}
	}
	return nil
}

// whatChanged says in words what is different, for "Weekly sync: up to 50
// people, a tone when somebody joins."
func whatChanged(a, b conference.Conference, k, l store.Kept) []string {
	var words []string
	add := func(when bool, yes string) {
		if when {
			words = append(words, yes)
		}
	}
	add(a.Name != b.Name, "its new name")
	if a.MaxMembers != b.MaxMembers {
		words = append(words, blocks.LimitWords(b.MaxMembers))
	}
	add(a.Profile != b.Profile && b.Profile != "", "kind "+b.Profile)
	add(is(a.EntryTone) != is(b.EntryTone), toneWords(is(b.EntryTone), "joins"))
	add(is(a.ExitTone) != is(b.ExitTone), toneWords(is(b.ExitTone), "leaves"))
	add(conference.FirstPIN(a.MemberPINs) != conference.FirstPIN(b.MemberPINs), "a new PIN for people")
	add(conference.FirstPIN(a.ModeratorPINs) != conference.FirstPIN(b.ModeratorPINs), "a new moderator PIN")
	add(k.DialIn != l.DialIn, "its own phone number")
	add(k.Number != l.Number, "its conference number")
	add(k.Private != l.Private, map[bool]string{true: "private", false: "no longer private"}[l.Private])
	add(k.OpenAnnounce != l.OpenAnnounce, map[bool]string{true: "everybody may announce it", false: "only moderators announce it"}[l.OpenAnnounce])
	return words
}

func toneWords(on bool, when string) string {
	if on {
		return "a tone when somebody " + when
	}
	return "no tone when somebody " + when
}

func fieldsOf(w wish) []string {
	var f []string
	for name, set := range map[string]bool{
		"name": w.Name != nil, "pin": w.MemberPINs != nil, "modpin": w.ModeratorPINs != nil, "max": w.MaxMembers != nil,
		"profile": w.Profile != nil, "entry": w.EntryTone != nil, "exit": w.ExitTone != nil, "dialin": w.dialIn != nil, "number": w.number != nil,
	} {
		if set {
			f = append(f, name)
		}
	}
	return f
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
		var m blocks.Message
		if m, err = d.edit(ctx, s.Origin, c, w); err == nil {
			v := blocks.InForm(c.Name, m, s.meta)
			return Reply{View: &v, Touch: []string{string(c.ID)}, Homes: []string{s.User}}, nil
		}
	}
	f.Problem = d.problemText(ctx, s.Origin, err, "change it", c.Name)
	v := blocks.Edit(f)
	return Reply{View: &v, Err: err}, nil
}
