package commands

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// newAnnounceForm is the form as somebody meets it: tomorrow, in their zone.
func (d *Desk) newAnnounceForm(p person, o Origin) blocks.AnnounceForm {
	zone := p.zone()
	tomorrow := d.now().In(zone).AddDate(0, 0, 1)
	return blocks.AnnounceForm{
		Meta: blocks.Meta{Channel: o.Channel, Thread: o.ThreadTS}, Channel: channelOnly(o.Channel), Repeat: blocks.RepeatWeek,
		Days: []string{dayValue(tomorrow.Weekday())}, Date: tomorrow.Format(time.DateOnly), Time: "09:30", Lead: "5",
		Zone: zone, ZoneFrom: "from your Slack profile",
	}
}

func choiceOf(c conference.Conference) blocks.Choice {
	return blocks.Choice{Value: string(c.ID), Text: c.Name}
}

// openAnnounce opens the form, for the conference whose button was pressed
// where there is one.
func openAnnounce(d *Desk, ctx context.Context, p *press) (Reply, error) {
	f := d.newAnnounceForm(p.person, p.Origin)
	if id, err := p.conferenceID(); err == nil {
		c, err := d.book.ByID(ctx, id)
		if err != nil {
			return Reply{}, err
		}
		p.conf = c
		if _, err := d.allow(ctx, p.person, p.Channel, c, RightAnnounce); err != nil {
			return Reply{}, err
		}
		f.Conference = choiceOf(c)
	}
	v := blocks.Announce(f)
	return Reply{View: &v, Push: true}, nil
}

// changeDraft opens the form with what a typed command came to.
func changeDraft(d *Desk, ctx context.Context, p *press) (Reply, error) {
	dr, err := d.draftOf(p, p.Value)
	if err != nil {
		return Reply{}, err
	}
	c, err := d.book.ByID(ctx, dr.Conference)
	if err != nil {
		return Reply{}, err
	}
	f := d.draftForm(p.person, p.Origin, c, dr)
	v := blocks.Announce(f)
	return Reply{View: &v}, nil
}

// editAnnouncement opens the form with what an announcement has.
func editAnnouncement(d *Desk, ctx context.Context, p *press) (Reply, error) {
	l, c, _, err := d.pressedAnnouncement(ctx, p)
	if gone(err) {
		return Reply{Private: ptr(blocks.AnnouncementGone()), Over: p.Ephemeral}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	f := d.draftForm(p.person, p.Origin, c, draft{Announcement: l.Announcement, edits: true, more: true})
	v := blocks.Announce(f)
	return Reply{View: &v, Push: true}, nil
}

// draftForm fills the form from a draft. What the form has no words for keeps
// its next time only, which the preview then shows.
func (d *Desk) draftForm(p person, o Origin, c conference.Conference, dr draft) blocks.AnnounceForm {
	f := d.newAnnounceForm(p, o)
	r := dr.Rule
	f.Conference, f.Channel, f.More = choiceOf(c), dr.Channel, dr.more || !dr.ownZone
	f.Zone, f.ZoneFrom = r.Location(), ""
	if dr.ownZone {
		f.ZoneFrom = "from your Slack profile"
	}
	if dr.edits {
		f.Meta.Item = string(dr.ID)
	}
	f.NewPIN, f.Here, f.Quiet, f.Message = dr.Rotate, dr.Here, dr.QuietPIN, dr.Message
	f.Lead = strconv.Itoa(int(r.Lead.Minutes()))
	if !slices.Contains([]string{"0", "5", "10", "15", "30", "60"}, f.Lead) {
		f.Lead = "5"
	}
	first := r.First
	if next := r.Upcoming(d.now(), 1); len(next) > 0 {
		first = announce.WallOf(next[0].Post.Add(r.Lead).In(r.Location()))
	}
	f.Date, f.Time = first.String()[:len(time.DateOnly)], first.Clock()
	f.Repeat, f.Days = repeatOf(r.Repeat)
	if u := r.Repeat.Until; !u.IsZero() {
		f.Until = u.String()[:len(time.DateOnly)]
	}
	return f
}

// repeatOf is the form's choice for a rule.
func repeatOf(r announce.Repeat) (repeat string, days []string) {
	for _, day := range r.Days {
		days = append(days, dayValue(day))
	}
	switch {
	case r.Freq == announce.Weeks && r.Interval == 2:
		return blocks.RepeatTwoWeeks, days
	case r.Freq == announce.Weeks && slices.Equal(days, []string{"mon", "tue", "wed", "thu", "fri"}):
		return blocks.RepeatWeekdays, nil
	case r.Freq == announce.Weeks:
		return blocks.RepeatWeek, days
	case r.Freq == announce.Days:
		return blocks.RepeatWeek, []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}
	case r.Freq == announce.Months:
		return blocks.RepeatMonth, nil
	}
	return blocks.RepeatOnce, nil
}

func dayValue(d time.Weekday) string { return strings.ToLower(d.String()[:3]) }

// redrawAnnounce draws the form again when a choice shows or hides a part of
// it; what was typed stays.
func redrawAnnounce(more bool) handler {
	return func(d *Desk, ctx context.Context, p *press) (Reply, error) {
		if p.View == nil {
			return Reply{}, blocks.ErrStale
		}
		f := typedAnnounce(p.State, p.meta, p.person)
		d.nameChoice(ctx, &f)
		f.More = f.More || more
		if p.action.id == blocks.AnnounceRepeat && p.Value != "" {
			f.Repeat = p.Value
		}
		v := blocks.Announce(f)
		return Reply{View: &v}, nil
	}
}

// typedAnnounce reads what the form's inputs hold.
func typedAnnounce(s State, m blocks.Meta, p person) blocks.AnnounceForm {
	get := func(id string) string { return s.Get(id, id).Value }
	f := blocks.AnnounceForm{
		Meta: m, More: m.More, Channel: get(blocks.InChannel), Repeat: s.Get(blocks.InRepeat, blocks.AnnounceRepeat).Value,
		Days: s.Get(blocks.InDays, blocks.InDays).Values, Date: get(blocks.InDate), Time: get(blocks.InTime), Lead: get(blocks.InLead),
		Until: get(blocks.InUntil), Message: get(blocks.InWords), Zone: p.zone(), ZoneFrom: "from your Slack profile",
	}
	f.Conference = blocks.Choice{Value: s.Get(blocks.InConference, blocks.AnnounceFind).Value}
	if chosen := s.Get(blocks.InZone, blocks.AnnounceZone).Value; chosen != "" && chosen != p.zone().String() {
		if zone, err := time.LoadLocation(chosen); err == nil {
			f.Zone, f.ZoneFrom = zone, ""
		}
	}
	options := s.Get(blocks.InOptions, blocks.InOptions).Values
	f.NewPIN, f.Here, f.Quiet = slices.Contains(options, blocks.OptionNewPIN), slices.Contains(options, blocks.OptionHere),
		slices.Contains(options, blocks.OptionQuiet)
	return f
}

// nameChoice looks up what the chosen conference is called, for drawing the
// form again.
func (d *Desk) nameChoice(ctx context.Context, f *blocks.AnnounceForm) {
	if c, err := d.book.ByID(ctx, conference.ID(f.Conference.Value)); err == nil {
		f.Conference.Text = c.Name
	}
}

// aPIN is what looks like one in a message.
var aPIN = regexp.MustCompile(`(?i)\bpin\b\D{0,12}\d{4,16}\b`)

// ruleOf makes a rule of the form. A refusal comes with the block at which it
// is said.
func ruleOf(f blocks.AnnounceForm, now time.Time) (r announce.Rule, field, problem string) {
	first, err := announce.ParseWall(f.Date + "T" + f.Time)
	if err != nil {
		return r, blocks.InDate, blocks.TimeNotReadField
	}
	lead, err := strconv.Atoi(f.Lead)
	if err != nil {
		return r, blocks.InLead, blocks.TimeNotReadField
	}
	r = announce.Rule{Zone: f.Zone.String(), First: first, Timed: true, Lead: time.Duration(lead) * time.Minute}
	switch f.Repeat {
	case blocks.RepeatWeekdays:
		r.Repeat = announce.Repeat{Freq: announce.Weeks, Days: []time.Weekday{1, 2, 3, 4, 5}}
	case blocks.RepeatWeek, blocks.RepeatTwoWeeks:
		if len(f.Days) == 0 {
			return r, blocks.InDays, blocks.FieldNoDay
		}
		r.Repeat = announce.Repeat{Freq: announce.Weeks, Days: weekdaysOf(f.Days)}
		if f.Repeat == blocks.RepeatTwoWeeks {
			r.Repeat.Interval = 2
		}
	case blocks.RepeatMonth:
		r.Repeat = announce.Repeat{Freq: announce.Months}
	}
	if f.Until != "" && f.Repeat != blocks.RepeatOnce {
		if r.Repeat.Until, err = announce.ParseWall(f.Until + "T00:00"); err != nil {
			return r, blocks.InUntil, blocks.TimeNotReadField
		}
	}
	r = r.Align()
	if refusal, ok := refusalOf(r.Check(now)); ok {
		field = blocks.InDate
		if refusal.Reason == announce.EndsBefore {
			field = blocks.InUntil
		}
		return r, field, blocks.RuleField(refusal)
	}
	return r, "", ""
}

func weekdaysOf(values []string) []time.Weekday {
	var days []time.Weekday
	for i := range 7 {
		if day := time.Weekday((i + 1) % 7); slices.Contains(values, dayValue(day)) {
			days = append(days, day)
		}
	}
	return days
}

func refusalOf(err error) (*announce.Refusal, bool) {
	return errors.AsType[*announce.Refusal](err)
}

// draftFrom reads the form as a draft. problem is said at the field.
func (d *Desk) draftFrom(s *sent, f blocks.AnnounceForm) (dr draft, field, problem string) {
	switch {
	case f.Conference.Value == "":
		return dr, blocks.InConference, "Choose a conference."
	case f.Channel == "":
		return dr, blocks.InChannel, blocks.FieldChannel
	case aPIN.MatchString(f.Message):
		return dr, blocks.InWords, blocks.FieldPIN
	}
	rule, field, problem := ruleOf(f, d.now())
	if problem != "" {
		return dr, field, problem
	}
	dr = draft{edits: s.meta.Item != "", ownZone: f.ZoneFrom != "", more: f.More}
	dr.Announcement = announce.Announcement{
		ID: announce.ID(s.meta.Item), Conference: conference.ID(f.Conference.Value), Channel: f.Channel, Rule: rule,
		Rotate: f.NewPIN, Here: f.Here, QuietPIN: f.Quiet, Message: strings.TrimSpace(f.Message), Owner: s.User,
	}
	if dr.ID == "" {
		dr.ID = announce.NewID()
	}
	if len(dr.encode()) > longestDraft {
		return dr, blocks.InWords, "That is too long. Use a shorter message."
	}
	return dr, "", ""
}

// longestDraft leaves room in what a form may remember for the rest.
const longestDraft = blocks.MaxMeta - 300

// checkAnnounce answers what needs no question to anybody.
func checkAnnounce(d *Desk, s *sent) FormAnswer {
	f := typedAnnounce(s.State, s.meta, person{}) // whose zone is not known here, so nothing is past yet
	if _, field, problem := d.draftFrom(s, f); problem != "" && problem != blocks.FieldPast {
		return FormAnswer{Errors: map[string]string{field: problem}}
	}
	v := blocks.Loading("Check and start", s.meta)
	return FormAnswer{View: &v}
}

// sendAnnounce shows what the form asks for, before anything is stored.
func sendAnnounce(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	f := typedAnnounce(s.State, s.meta, s.person)
	again := func(problem string) (Reply, error) {
		f.Problem = problem
		d.nameChoice(ctx, &f)
		v := blocks.Announce(f)
		return Reply{View: &v}, nil
	}
	dr, _, problem := d.draftFrom(s, f)
	if problem != "" {
		return again(problem)
	}
	c, err := d.book.ByID(ctx, dr.Conference)
	if err != nil {
		return again(d.problemText(ctx, s.Origin, err, s.form.do, ""))
	}
	s.conf = c
	st, err := d.mayAnnounce(ctx, s.person, s.Channel, c, dr)
	if err != nil {
		return again(d.problemText(ctx, s.Origin, err, s.form.do, c.Name))
	}
	reply, err := d.previewView(ctx, st, c, dr, s.meta)
	if err != nil {
		return again(d.problemText(ctx, s.Origin, err, s.form.do, c.Name))
	}
	return reply, nil
}

// sendPreview starts what the preview showed.
func sendPreview(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	dr, err := parseDraft(s.meta.Item)
	if err != nil {
		return Reply{}, err
	}
	dr.Owner = s.User
	c, err := d.book.ByID(ctx, dr.Conference)
	if err != nil {
		return Reply{}, err
	}
	s.conf = c
	m, err := d.startAnnouncing(ctx, s.Origin, s.person, c, dr)
	return Reply{Private: &m, Homes: []string{s.User}}, err
}

// closeForms closes the whole stack when a preview is confirmed.
func closeForms(*Desk, *sent) FormAnswer { return FormAnswer{Clear: true} }

// saveEdited stores a changed announcement.
func (d *Desk) saveEdited(ctx context.Context, o Origin, s standing, c conference.Conference, dr draft) (blocks.Message, error) {
	l, err := d.announcements.Get(ctx, dr.ID)
	if err != nil {
		return blocks.Message{}, err
	}
	a := dr.Announcement
	a.Owner = l.Owner
	l, err = d.announcements.Edit(ctx, a)
	if err != nil {
		return d.ruleRefused(err, dr)
	}
	d.note(ctx, o, c.ID, "announcement.edit", "", "done", "")
	return blocks.AnnouncementChanged(d.announcementRow(ctx, s, c, l), blocks.AnnounceEdit, s.zone(), d.now()), nil
}

// suggestZones answers a city that is being typed.
func suggestZones(text string) []blocks.Choice {
	var choices []blocks.Choice
	for _, p := range announce.FindPlaces(text, 50) {
		choices = append(choices, blocks.Choice{Value: p.Zone, Text: p.Name})
	}
	return choices
}
