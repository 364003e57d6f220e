package commands

import (
	"context"
	"errors"
	"strings"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// announcesPerDay is how many announcements somebody who does not moderate
// everything may set up in a day.
const announcesPerDay = 10

func announceRow() row {
	return row{
		name: "announce", args: "[CONF] [#channel] [WHEN]",
		summary: "Posts the number and the PIN in a channel: now, once or by a rule; without a time it opens a form",
		group:   blocks.GroupChannel, do: "announce it", right: RightAnnounce, need: needWhen, durable: true, fresh: freshSlow,
		examples: []string{
			"announce Standup every weekday at 9:25", "announce Standup every weekday at 9:25 for 9:30",
			"announce Standup #general tomorrow 9:25", "announce Standup now",
		},
		form: func(rest []Word, _ map[string]string) bool {
			rest, _ = takeChannel(rest)
			// A number may be meant for a time that cannot be read, and an answer
			// to that belongs where it was typed.
			return announce.Begins(texts(rest)) == len(rest) && !strings.ContainsAny(Join(rest), "0123456789")
		},
		run: runAnnounce,
	}
}

func texts(words []Word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.Text
	}
	return out
}

// takeChannel takes the first mentioned channel out of the words.
func takeChannel(words []Word) (rest []Word, channel string) {
	for _, w := range words {
		if w.Channel != "" && channel == "" {
			channel = w.Channel
			continue
		}
		rest = append(rest, w)
	}
	return rest, channel
}

// conferenceBefore finds the conference of an announce command: what stands
// before the time, or, where the time cannot be read, the longest beginning
// that is one.
func (d *Desk) conferenceBefore(ctx context.Context, c *call) (conference.Conference, []Word, error) {
	words, channel := takeChannel(c.words)
	back := func(when []Word) []Word { // the channel goes along, also when a question comes between
		if channel == "" {
			return when
		}
		return append([]Word{{Text: "<#" + channel + ">", Channel: channel}}, when...)
	}
	quoted := 0
	if len(words) > 0 && words[0].Quoted {
		quoted = 1
	}
	at := quoted + announce.Begins(texts(words[quoted:]))
	if at == 0 {
		conf, err := d.conferenceHere(ctx, c.person, c.Origin)
		return conf, back(words), withRest(err, back(words))
	}
	conf, err := d.named(ctx, c.person, c.Channel, words[:at])
	u, asked := errors.AsType[*unclear](err)
	if asked && len(u.fits) == 0 && len(words) > 1 {
		found, lookErr := d.beginning(ctx, c.person, c.Channel, words)
		if lookErr == nil && found.sure() {
			return found.fits[0], back(found.rest), nil
		}
	}
	return conf, back(words[at:]), withRest(err, back(words[at:]))
}

// runAnnounce is /conf announce. Without a time it opens the form, otherwise
// it shows what would be announced; nothing is stored before that is
// confirmed.
func runAnnounce(d *Desk, ctx context.Context, c *call) (Reply, error) {
	if err := d.demand(ctx, c.standing, c.conf, RightPIN); err != nil {
		return Reply{}, err
	}
	when, channel := takeChannel(c.words)
	if channel == "" {
		channel = channelOnly(c.Channel)
	}
	if len(when) == 0 || channel == "" {
		f := d.newAnnounceForm(c.person, c.Origin)
		f.Conference, f.Channel = choiceOf(c.conf), channel
		v := blocks.Announce(f)
		return Reply{View: &v}, nil
	}
	rule, err := announce.Parse(Join(when), d.now(), c.person.zone())
	if err != nil {
		return d.notRead(c, Join(when), channel, err)
	}
	dr := draft{ownZone: rule.Zone == c.person.zone().String()}
	dr.Announcement = announce.Announcement{ID: announce.NewID(), Conference: c.conf.ID, Channel: channel, Rule: rule, Owner: c.User}
	return d.previewMessage(ctx, c.standing, c.conf, dr)
}

// zone is the person's own.
func (p person) zone() *time.Location {
	if p.Zone == nil {
		return time.UTC
	}
	return p.Zone
}

// notRead answers a time that was not understood: with examples, or, where a
// zone's short name means several places, with those.
func (d *Desk) notRead(c *call, typed, channel string, err error) (Reply, error) {
	r, ok := errors.AsType[*announce.Refusal](err)
	if !ok {
		return Reply{}, err
	}
	if r.Reason != announce.AmbiguousZone {
		return Reply{Private: ptr(blocks.RuleRefused(r, typed))}, nil
	}
	var choices []blocks.Choice
	for _, zone := range r.Zones {
		// What was typed goes on with the place in the short name's stead.
		q := question{Conference: c.conf.ID, Channel: channel, Typed: typed, Word: r.Word}
		choices = append(choices, blocks.Choice{Value: blocks.ZonePickValue(zone, q.encode()), Text: announce.PlaceOf(zone)})
	}
	return Reply{Private: ptr(blocks.WhichPlace(r.Word, choices))}, nil
}

// previewMessage shows a draft after a typed command.
func (d *Desk) previewMessage(ctx context.Context, s standing, c conference.Conference, dr draft) (Reply, error) {
	data, refused, err := d.preview(ctx, s, c, dr)
	if err != nil || refused != nil {
		return Reply{Private: refused}, err
	}
	dr.foreign = data.Shared
	data.Value = dr.encode()
	return Reply{Private: ptr(blocks.PreviewMessage(data))}, nil
}

// confirmAnnounce starts what a preview showed.
func confirmAnnounce(d *Desk, ctx context.Context, p *press) (Reply, error) {
	dr, err := parseDraft(p.Value)
	if err != nil {
		return Reply{}, err
	}
	c, err := d.book.ByID(ctx, dr.Conference)
	if err != nil {
		return Reply{}, err
	}
	p.conf = c
	m, err := d.startAnnouncing(ctx, p.Origin, p.person, c, dr)
	return Reply{Private: &m, Over: p.Ephemeral, Homes: homesOf(dr, p.User)}, err
}

// homesOf is whose App Home a started draft changes: what is posted at once is
// over before anybody looks.
func homesOf(dr draft, user string) []string {
	if dr.Rule.Now {
		return nil
	}
	return []string{user}
}

// startAnnouncing stores a draft, once however often it is confirmed.
func (d *Desk) startAnnouncing(ctx context.Context, o Origin, p person, c conference.Conference, dr draft) (blocks.Message, error) {
	s, err := d.mayAnnounce(ctx, p, o.Channel, c, dr)
	switch {
	case dr.edits && gone(err):
		return blocks.AnnouncementGone(), nil
	case err != nil:
		return blocks.Message{}, err
	}
	if err := d.keepName(ctx, c.ID); err != nil { // for a post when Audian is away
		return blocks.Message{}, err
	}
	ch, refused, err := d.whereTo(ctx, p.ID, dr)
	switch {
	case err != nil:
		return blocks.Message{}, err
	case refused != nil:
		return *refused, nil
	case unseen(ch), ch.Shared && !dr.foreign: // made private or shared, or confbot was removed, since the preview
		r, err := d.previewMessage(ctx, s, c, dr)
		if err != nil {
			return blocks.Message{}, err
		}
		return *r.Private, nil
	case dr.edits:
		return d.saveEdited(ctx, o, s, c, dr)
	}
	return d.saveNew(ctx, o, p, s, c, dr)
}

// saveNew stores a new announcement.
func (d *Desk) saveNew(ctx context.Context, o Origin, p person, s standing, c conference.Conference, dr draft) (blocks.Message, error) {
	if err := d.withinLimit(ctx, p, "announce", announcesPerDay, "set up %d announcements"); err != nil {
		return blocks.Message{}, err
	}
	a := dr.Announcement
	a.Owner = p.ID
	if dr.foreign {
		if err := d.agreeShared(ctx, p.ID, a.Channel); err != nil {
			return blocks.Message{}, err
		}
	}
	l, err := d.announcements.Create(ctx, a)
	switch {
	case conference.KindOf(err) == conference.Conflict: // confirmed twice
		if l, err = d.announcements.Get(ctx, a.ID); err != nil {
			return blocks.Message{}, err
		}
	case err != nil:
		return d.ruleRefused(err, dr)
	default:
		d.note(ctx, o, c.ID, "announce", "", "done", "")
	}
	row := d.announcementRow(ctx, s, c, l)
	if !a.Rule.Repeats() { // the rule says it all
		row.Post = time.Time{}
	}
	if a.Rule.Now {
		return blocks.AnnouncementChanged(row, blocks.AnnouncePostNow, p.zone(), d.now()), nil
	}
	if at := a.Rule.PostAt(); at != "" && !a.Rule.PostedDayBefore() { // what it promises is the post
		row.Rule = wordsAt(a.Rule, at)
	}
	return blocks.Announcing(row, d.now()), nil
}

// ruleRefused words a refusal by the book: the time has passed since the
// preview, most likely.
func (d *Desk) ruleRefused(err error, dr draft) (blocks.Message, error) {
	if r, ok := errors.AsType[*announce.Refusal](err); ok {
		return blocks.RuleRefused(r, dr.Rule.Phrase()), nil
	}
	return blocks.Message{}, err
}

// mayAnnounce checks, at the moment of the click, that the person may
// announce the conference and show its PIN, or may change an announcement
// that there is.
func (d *Desk) mayAnnounce(ctx context.Context, p person, channel string, c conference.Conference, dr draft) (standing, error) {
	if dr.edits {
		l, err := d.announcements.Get(ctx, dr.ID)
		if err != nil {
			return standing{}, err
		}
		was := c
		if l.Conference != c.ID {
			if was, err = d.book.ByID(ctx, l.Conference); err != nil {
				return standing{}, err
			}
		}
		s, err := d.mayChange(ctx, p, channel, was, l.Announcement)
		if err != nil || l.Conference == c.ID && l.Channel == dr.Channel {
			return s, err
		}
	}
	s, err := d.allow(ctx, p, channel, c, RightAnnounce)
	if err != nil {
		return s, err
	}
	return s, d.demand(ctx, s, c, RightPIN)
}
