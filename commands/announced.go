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
		return blocks.AnnouncementsEnded(len(n.Announcements)), nil
	case announce.TroubleNotIn, announce.TroubleArchived, announce.TroubleNoPost, announce.TroubleNoPlace, announce.TroubleShared,
		announce.TroubleNobody, announce.TroubleFault:
	}
	a := n.Announcements[0]
	c, err := d.book.ByID(ctx, a.Conference)
	if err != nil {
		c = conference.Conference{ID: a.Conference, Name: "A conference"}
	}
	m, err := d.slack.Member(ctx, n.Person)
	if err != nil {
		return blocks.Message{}, err
	}
	s, err := d.stand(ctx, person{Member: m}, "", a.Conference)
	if err != nil {
		return blocks.Message{}, err
	}
	row := d.announcementRow(ctx, s, c, announce.Listed{Announcement: a})
	return blocks.PausedFor(row, n.Why).Keep(d.handled), nil
}

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

// BeforePost says whether an announcement may still be posted where and on
// whose behalf it was set up. Of an owner who left the workspace the
// conference's moderators take over, and are told.
func (d *Desk) BeforePost(ctx context.Context, a announce.Announcement) (announce.Trouble, []Direct, error) {
	if err := d.keepName(ctx, a.Conference); err != nil {
		return "", nil, err
	}
	ch, err := d.slack.Channel(ctx, a.Channel)
	if err == nil && ch.Shared {
		agreed, err := d.records.Pref(ctx, a.Owner, sharedAgreed+a.Channel)
		if err != nil {
			return "", nil, err
		}
		if agreed == "" {
			return announce.TroubleShared, nil, nil
		}
	}
	owner, err := d.slack.Member(ctx, a.Owner)
	if err != nil || !owner.Deleted {
		return "", nil, nil //nolint:nilerr // not knowing is no reason to be silent at 09:25
	}
	return d.inherit(ctx, a, owner.Name)
}

// sharedAgreed begins the key under which it is kept that an owner knew that
// a channel is shared with another organisation.
const sharedAgreed = "shared."

func (d *Desk) inherit(ctx context.Context, a announce.Announcement, left string) (announce.Trouble, []Direct, error) {
	users, err := d.moderatorsOf(ctx, a.Conference)
	if err != nil {
		return "", nil, err
	}
	heirs := slices.DeleteFunc(users, func(u string) bool {
		m, err := d.slack.Member(ctx, u)
		return u == a.Owner || err != nil || d.rules.outsider(m)
	})
	if len(heirs) == 0 {
		return announce.TroubleNobody, nil, nil
	}
	n, err := d.reminders.Reassign(ctx, a.Conference, a.Owner, heirs[0])
	if err != nil || n == 0 {
		return "", nil, err
	}
	c, err := d.book.ByID(ctx, a.Conference)
	if err != nil {
		c = conference.Conference{ID: a.Conference, Name: "a conference"}
	}
	d.note(ctx, Origin{User: heirs[0]}, a.Conference, "announcement.inherit", "", "done", "")
	told := make([]Direct, 0, len(heirs))
	for _, u := range heirs {
		told = append(told, Direct{User: u, Message: blocks.Inherited(d.plainLine(c), left, int(n)).Keep(d.handled)})
	}
	return "", told, nil
}

// knownName is the key under which an announced conference's name is kept, for
// the time when Audian cannot be asked.
const knownName = "name"

func (d *Desk) keepName(ctx context.Context, id conference.ID) error {
	c, err := d.book.ByID(ctx, id)
	if err != nil {
		return nil //nolint:nilerr // then the name of before stays
	}
	if known, err := d.records.Pref(ctx, string(id), knownName); err != nil || known == c.Name {
		return err
	}
	return d.records.SetPref(ctx, string(id), knownName, c.Name)
}
