package commands

import (
	"context"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// preview shows a draft before it is stored. A channel that nobody can post
// in is refused instead.
func (d *Desk) preview(ctx context.Context, s standing, c conference.Conference, dr draft) (data blocks.PreviewData, refused *blocks.Message, err error) {
	ch, refused, err := d.whereTo(ctx, s.ID, dr)
	if err != nil || refused != nil {
		return data, refused, err
	}
	now := d.now()
	rule := dr.Rule
	data = blocks.PreviewData{
		Rule: ruleWords(rule), Zone: rule.Location(), PostAt: rule.PostAt(), Channel: dr.Channel, ChannelName: ch.Name,
		Members: ch.Members, Shared: ch.Shared, NotIn: unseen(ch),
		PostDayBefore: rule.PostedDayBefore(), NewPIN: dr.Rotate, Dated: rule.Repeats() && rule.Repeat.Freq != announce.Minutes && clocksChange(rule.Location(), now),
		Reader: d.reader(s), Edited: dr.edits,
	}
	if !data.NotIn {
		data.Guests = d.slack.GuestsIn(ctx, dr.Channel)
	}
	var starts time.Time
	for i, slot := range rule.Upcoming(now, 3) {
		data.Next = append(data.Next, slot.Post)
		if i == 0 {
			starts = slot.Starts
		}
	}
	if rule.Now {
		data.Rule = "Now, at " + now.In(rule.Location()).Format("15:04")
	}
	if dr.ownZone {
		data.ZoneFrom = "from your Slack profile"
		if data.OtherZone, err = d.otherZone(ctx, s.ID, rule.Zone); err != nil {
			return data, nil, err
		}
	}
	if c, err = d.book.Fresh(ctx, c.ID); err != nil {
		return data, nil, err
	}
	data.Card, err = d.previewCard(ctx, c, dr, starts)
	return data, nil, err
}

// whereTo looks at the channel that a draft is for. Nobody announces into one
// that they are not in, whatever else they may do, and nothing is told of it to
// them. In a private channel that confbot is not in nothing can be known.
func (d *Desk) whereTo(ctx context.Context, user string, dr draft) (ch Channel, refused *blocks.Message, err error) {
	if ch, err = d.slack.Channel(ctx, dr.Channel); err != nil || unseen(ch) {
		return ch, nil, err
	}
	stays, err := d.staysWhere(ctx, dr)
	if err != nil {
		return ch, nil, err
	}
	if !stays {
		in, err := d.slack.InChannel(ctx, dr.Channel, user)
		switch {
		case err != nil:
			return ch, nil, err
		case !in && ch.Private:
			return ch, ptr(blocks.JoinFirst("", "")), nil
		case !in:
			return ch, ptr(blocks.JoinFirst(dr.Channel, ch.Name)), nil
		}
	}
	if ch.Archived || ch.ReadOnly {
		return ch, ptr(blocks.CannotAnnounceIn(dr.Channel, ch.Name, ch.Archived)), nil
	}
	return ch, nil, nil
}

// unseen reports whether confbot has to be invited before it can post there.
func unseen(ch Channel) bool { return ch.Private && !ch.BotIn }

// staysWhere reports whether a draft changes an announcement that is in that
// channel already: those who look after the conference may be elsewhere.
func (d *Desk) staysWhere(ctx context.Context, dr draft) (bool, error) {
	if !dr.edits {
		return false, nil
	}
	l, err := d.announcements.Get(ctx, dr.ID)
	return err == nil && l.Channel == dr.Channel, err
}

// previewCard is the card as the channel will see it.
func (d *Desk) previewCard(ctx context.Context, c conference.Conference, dr draft, starts time.Time) (blocks.CardData, error) {
	access, _, err := d.accessOf(ctx, c)
	if err != nil {
		return blocks.CardData{}, err
	}
	owner := dr.Owner
	card := blocks.CardData{
		Line: blocks.Line{Conference: c, Command: d.command}, Access: access, Starts: starts, By: owner, Place: dr.Rule.Location(),
		Now: d.now(), Message: dr.Message, QuietPIN: dr.QuietPIN,
	}
	if dr.Rule.Repeats() {
		card.Every = dr.Rule.DayWords()
	}
	return card, nil
}

// ruleWords says a rule with its time of day last.
func ruleWords(r announce.Rule) string { return wordsAt(r, r.First.Clock()) }

// wordsAt is ruleWords with another time of day.
func wordsAt(r announce.Rule, clock string) string {
	words, end := r.DayWords(), r.EndWords()
	switch {
	case r.Now:
		return words
	case r.Repeat.Freq == announce.Minutes && end != "":
		return words + ", " + end
	case r.Repeat.Freq == announce.Minutes:
		return words
	case end != "":
		words += ", " + end + ","
	}
	return words + " at " + clock
}

// clocksChange reports whether a zone's clocks change in the year to come.
func clocksChange(zone *time.Location, now time.Time) bool {
	_, first := now.In(zone).Zone()
	for month := 1; month <= 12; month++ {
		if _, offset := now.AddDate(0, month, 0).In(zone).Zone(); offset != first {
			return true
		}
	}
	return false
}

// otherZone is the zone that the person's other announcements use, where that
// is one and another one.
func (d *Desk) otherZone(ctx context.Context, user, zone string) (*time.Location, error) {
	mine, _, err := d.announcements.List(ctx, announce.Filter{Owner: user})
	if err != nil {
		return nil, err
	}
	for _, l := range mine {
		if l.Rule.Zone != zone {
			return l.Rule.Location(), nil
		}
	}
	return nil, nil
}

// announcementRow is one announcement as lists and messages show it.
func (d *Desk) announcementRow(ctx context.Context, s standing, c conference.Conference, l announce.Listed) blocks.AnnouncementRow {
	r := blocks.AnnouncementRow{
		ID: string(l.ID), Line: blocks.Line{Conference: c, Command: d.command}, Channel: l.Channel, Rule: ruleWords(l.Rule),
		Zone: l.Rule.Location(), Paused: l.Paused, Why: blocks.TroubleWords(l.Why), Skipped: l.Skipped, NewPIN: l.Rotate,
		By: d.name(ctx, l.Owner), Mine: s.moderates || l.Owner == s.ID,
	}
	if l.Next.Key != "" {
		r.Post, r.Starts = l.Next.At, l.Next.Starts
	}
	r.ChannelName = d.channelName(ctx, l.Channel)
	return r
}
