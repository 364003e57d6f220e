package commands

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

const profileZone = "from your Slack profile"

// newAnnounceForm is the form as somebody meets it: tomorrow, in their zone.
// What is started from it is one announcement, however often it is sent.
func (d *Desk) newAnnounceForm(p person, o Origin) blocks.AnnounceForm {
	zone := p.zone()
	tomorrow := d.now().In(zone).AddDate(0, 0, 1)
	blank := draft{ownZone: true}
	blank.ID, blank.Rule.Zone = announce.NewID(), zone.String()
	return blocks.AnnounceForm{
		Meta: blocks.Meta{Channel: o.Channel, Thread: o.ThreadTS, Item: blank.encode()}, Channel: channelOnly(o.Channel),
		Repeat: blocks.RepeatWeek, Days: []string{dayValue(tomorrow.Weekday())}, Date: tomorrow.Format(time.DateOnly), Time: "09:30", Lead: "5",
		Zone: zone, ZoneFrom: profileZone,
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

// draftForm fills the form from a draft, which the form goes on remembering:
// what it has no words for stays as it is unless another choice is made.
func (d *Desk) draftForm(p person, o Origin, c conference.Conference, dr draft) blocks.AnnounceForm {
	f := d.newAnnounceForm(p, o)
	r := dr.Rule
	f.Conference, f.Channel = choiceOf(c), dr.Channel
	f.Zone, f.ZoneFrom = r.Location(), ""
	if dr.ownZone {
		f.ZoneFrom = profileZone
	}
	f.NewPIN, f.Here, f.Quiet, f.Message = dr.Rotate, dr.Here, dr.QuietPIN, dr.Message
	f.Lead = strconv.Itoa(int(r.Lead.Minutes()))
	if !r.Timed {
		f.Lead = blocks.LeadUntimed
	}
	if u := r.Repeat.Until; !u.IsZero() {
		f.Until = u.String()[:len(time.DateOnly)]
	}
	f.More = dr.more || !dr.ownZone || f.Until != "" || f.NewPIN || f.Here || f.Quiet || f.Message != ""

	first := r.First
	if next := r.Upcoming(d.now(), 1); len(next) > 0 {
		first = announce.WallOf(next[0].Post.Add(r.Lead).In(r.Location()))
	}
	if !r.Now {
		f.Date, f.Time = first.String()[:len(time.DateOnly)], first.Clock()
		dr.shown = first
	}
	var sayable bool
	if f.Repeat, f.Days, sayable = repeatOf(r, first); !sayable {
		f.Repeat = blocks.RepeatKept
	}
	f.Meta.Item = dr.memory()
	keep(&f, dr)
	return f
}

// memory is what a form remembers of a draft: all that its inputs may not
// hold.
func (d draft) memory() string {
	d.Message = ""
	return d.encode()
}

// remembered reads what a form remembers; a form of an older release
// remembers less.
func remembered(m blocks.Meta) draft {
	dr, err := parseDraft(m.Item)
	if err != nil && m.Item != "" {
		dr = draft{edits: true}
		dr.ID = announce.ID(m.Item)
	}
	return dr
}

// keep says what is changed and offers what a rule has and the form has no words for.
func keep(f *blocks.AnnounceForm, kept draft) {
	f.Edits = kept.edits
	if !kept.hasRule() {
		return
	}
	r := kept.Rule
	if _, _, sayable := repeatOf(r, kept.shown); !sayable {
		f.Kept = r.DayWords()
		if r.Repeat.Until = (announce.Wall{}); r.EndWords() != "" {
			f.Kept += ", " + r.EndWords()
		}
	}
	f.Leads, f.Untimed = []int{int(r.Lead.Minutes())}, !r.Timed
}

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
		Until: get(blocks.InUntil), Message: get(blocks.InWords), Zone: p.zone(), ZoneFrom: profileZone,
	}
	f.Conference = blocks.Choice{Value: s.Get(blocks.InConference, blocks.AnnounceFind).Value}
	kept := remembered(m)
	if kept.Rule.Zone != "" {
		f.Zone, f.ZoneFrom = kept.Rule.Location(), ""
		if kept.ownZone {
			f.ZoneFrom = profileZone
		}
	}
	if chosen := s.Get(blocks.InZone, blocks.AnnounceZone).Value; chosen != "" && chosen != f.Zone.String() {
		if zone, err := time.LoadLocation(chosen); err == nil {
			f.Zone, f.ZoneFrom = zone, ""
		}
	}
	options := s.Get(blocks.InOptions, blocks.InOptions).Values
	f.NewPIN, f.Here, f.Quiet = slices.Contains(options, blocks.OptionNewPIN), slices.Contains(options, blocks.OptionHere),
		slices.Contains(options, blocks.OptionQuiet)
	keep(&f, kept)
	return f
}

// nameChoice looks up what the chosen conference is called, for drawing the
// form again.
func (d *Desk) nameChoice(ctx context.Context, f *blocks.AnnounceForm) {
	if c, err := d.book.ByID(ctx, conference.ID(f.Conference.Value)); err == nil {
		f.Conference.Text = c.Name
	}
}

func dayValue(d time.Weekday) string { return strings.ToLower(d.String()[:3]) }
