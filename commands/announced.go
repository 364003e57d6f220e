package commands

import (
	"context"
	"slices"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// announced fills in what a card knows of the occurrence that it was posted
// for. The announcement may be gone since; then its start is still known.
func (d *Desk) announced(ctx context.Context, ref store.MessageRef, c conference.Conference, card *blocks.CardData) error {
	p, ok := ParsePosting(ref.Occurrence)
	if !ok {
		return nil
	}
	card.Starts, card.Late = p.starts(), p.Late
	if pin, ok := d.noted(p.Key, p.Note); ok && slices.Contains(c.MemberPINs, pin) {
		card.PIN = pin
	}
	l, err := d.announcements.Get(ctx, p.announcement())
	if gone(err) {
		return nil
	}
	if err != nil {
		return err
	}
	if l.Rule.Repeats() {
		card.Every = l.Rule.DayWords()
	}
	card.By, card.Place = l.Owner, l.Rule.Location()
	card.Names[l.Owner] = d.name(ctx, l.Owner)
	card.Message, card.QuietPIN = l.Message, l.QuietPIN
	card.Mention = l.Here && ref.TS == "" // once: an edit must not ring again
	if next := l.Next; next.Key != "" && next.Key != p.Key && l.Active() {
		card.Next = next.Starts
		if next.Starts.IsZero() {
			card.Next = next.At
		}
	}
	return nil
}

// NoticeView is what an owner is told of their announcements.
func (d *Desk) NoticeView(ctx context.Context, n announce.Notice) (blocks.Message, error) {
	switch n.Why {
	case "":
		return d.missedView(ctx, n), nil
	case announce.TroubleGone:
		name, err := d.records.Pref(ctx, string(n.Announcements[0].Conference), knownName)
		return blocks.AnnouncementsEnded(name, len(n.Announcements)), err
	case announce.TroubleNotIn, announce.TroubleArchived, announce.TroubleNoPost, announce.TroubleNoPlace, announce.TroubleShared,
		announce.TroubleNobody, announce.TroubleFault:
	}
	var rows []blocks.AnnouncementRow
	for _, a := range n.Announcements {
		c, err := d.announcedConference(ctx, a.Conference)
		if err != nil {
			return blocks.Message{}, err
		}
		rows = append(rows, d.announcementRow(ctx, standing{}, c, announce.Listed{Announcement: a}))
	}
	return blocks.Paused(rows, n.Why).Keep(d.handled), nil
}

// NoticeTo is who is told: the owner, or where the owner is gone and nobody
// took over, the admins.
func (d *Desk) NoticeTo(ctx context.Context, n announce.Notice) ([]string, error) {
	if n.Why != announce.TroubleNobody {
		return []string{n.Person}, nil
	}
	admins, err := d.admins(ctx)
	return admins[:min(len(admins), adminsTold)], err
}

// adminsTold is how many admins are asked to look after what nobody does.
const adminsTold = 5

func (d *Desk) missedView(ctx context.Context, n announce.Notice) blocks.Message {
	data := blocks.MissedData{From: n.AwayFrom, To: n.AwayTo, Zone: d.zone(ctx, n.Person)}
	names := map[conference.ID]string{}
	for _, o := range n.Missed {
		if names[o.Conference] == "" {
			names[o.Conference] = "a conference"
			if c, err := d.book.ByID(ctx, o.Conference); err == nil {
				names[o.Conference] = c.Name
			}
		}
		data.Rows = append(data.Rows, blocks.MissedRow{Conference: names[o.Conference], At: o.At})
	}
	return blocks.Missed(data).Keep(d.handled)
}

// knownName is the key under which the name of what is announced, and where,
// is kept for the time when nobody can be asked for it.
const knownName = "name"

func (d *Desk) keepNames(ctx context.Context, a announce.Announcement, channel string) error {
	if err := d.keepName(ctx, a.Conference); err != nil {
		return err
	}
	return d.keepKnown(ctx, a.Channel, channel)
}

func (d *Desk) keepName(ctx context.Context, id conference.ID) error {
	soon, cancel := context.WithTimeout(ctx, d.patience(nameReads)) // a post waits for it
	defer cancel()
	c, err := d.book.ByID(soon, id)
	if err != nil {
		return nil //nolint:nilerr // then the name of before stays
	}
	return d.keepKnown(ctx, string(id), c.Name)
}

// channelName is what a channel is called, or was when we last saw it; "" where
// that is not known.
func (d *Desk) channelName(ctx context.Context, channel string) string {
	if ch, err := d.slack.Channel(ctx, channel); err == nil && ch.Name != "" {
		return ch.Name
	}
	name, err := d.records.Pref(ctx, channel, knownName)
	if err != nil {
		return ""
	}
	return name
}

func (d *Desk) keepKnown(ctx context.Context, id, name string) error {
	known, err := d.records.Pref(ctx, id, knownName)
	if err != nil || name == "" || known == name {
		return err
	}
	return d.records.SetPref(ctx, id, knownName, name)
}
