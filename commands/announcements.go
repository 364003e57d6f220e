package commands

import (
	"context"
	"errors"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

func announcementsRow() row {
	return row{
		name: "announcements", args: "[#channel or all]", summary: "Lists what is announced, to skip, pause, edit or delete it",
		group: blocks.GroupChannel, examples: []string{"announcements", "announcements all"}, run: runAnnouncements,
	}
}

// listedMost is how many announcements are looked at for a list.
const listedMost = 1000

func runAnnouncements(d *Desk, ctx context.Context, c *call) (Reply, error) {
	rest, channel := takeChannel(c.words)
	switch {
	case channel != "" && len(rest) == 0:
	case len(rest) == 1 && rest[0].Is("all"):
	case len(rest) == 0:
		channel = channelOnly(c.Channel)
	default:
		return Reply{Private: ptr(blocks.Misused(d.command, c.row.help()))}, nil
	}
	m, err := d.announcementPage(ctx, c.person, c.Channel, channel, 0)
	return Reply{Private: &m}, err
}

// pressAnnouncements is the card's menu, "Look at them" and the list's pages.
func pressAnnouncements(d *Desk, ctx context.Context, p *press) (Reply, error) {
	page, where := 0, channelOnly(p.Channel)
	if p.action.id != blocks.Announcements {
		var err error
		if page, where, err = blocks.ParsePage(p.Value); err != nil {
			return Reply{}, err
		}
	}
	m, err := d.announcementPage(ctx, p.person, p.Channel, where, page)
	return Reply{Private: &m, Over: p.Ephemeral}, err
}

// announcementPage lists what the person may see: of a channel, or all.
func (d *Desk) announcementPage(ctx context.Context, p person, here, where string, page int) (blocks.Message, error) {
	rows, err := d.announcementRows(ctx, p, here, announce.Filter{Channel: where, Limit: listedMost})
	if err != nil {
		return blocks.Message{}, err
	}
	size := blocks.ConferenceRows
	pages := max(1, (len(rows)+size-1)/size)
	page = min(max(page, 0), pages-1)
	return blocks.AnnouncementList(blocks.AnnouncementsData{
		Rows: rows[page*size : min(len(rows), (page+1)*size)], Where: where, Page: page, Pages: pages,
		Reader: blocks.Reader{User: p.ID, Zone: p.Zone, Admin: p.admin}, Now: d.now(),
	}), nil
}

// announcementRows draws the announcements of conferences that the person may see.
func (d *Desk) announcementRows(ctx context.Context, p person, here string, f announce.Filter) ([]blocks.AnnouncementRow, error) {
	listed, _, err := d.announcements.List(ctx, f)
	if err != nil {
		return nil, err
	}
	var rows []blocks.AnnouncementRow
	for _, l := range listed {
		c, err := d.book.ByID(ctx, l.Conference)
		switch {
		case conference.KindOf(err) == conference.NotFound:
			continue
		case err != nil:
			return nil, err
		}
		s, err := d.stand(ctx, p, here, c.ID)
		if err != nil {
			return nil, err
		}
		if s.visible {
			rows = append(rows, d.announcementRow(ctx, s, c, l))
		}
	}
	return rows, nil
}

// pressedAnnouncement is the one that a button names, once the person may
// change it: its owner, the conference's moderators and admins may.
func (d *Desk) pressedAnnouncement(ctx context.Context, p *press) (announce.Listed, conference.Conference, standing, error) {
	l, err := d.announcements.Get(ctx, announce.ID(p.Value))
	if err != nil {
		return l, conference.Conference{}, standing{}, err
	}
	c, err := d.book.ByID(ctx, l.Conference)
	if err != nil {
		return l, c, standing{}, err
	}
	p.conf = c
	s, err := d.mayChange(ctx, p.person, p.Channel, c, l.Announcement)
	return l, c, s, err
}

func (d *Desk) mayChange(ctx context.Context, p person, channel string, c conference.Conference, a announce.Announcement) (standing, error) {
	s, err := d.allow(ctx, p, channel, c, RightSee)
	if err != nil || a.Owner == p.ID {
		return s, err
	}
	return s, d.demand(ctx, s, c, RightModerate)
}

// turn is a menu's choice that changes one announcement at once.
func turn(how func(AnnouncementTurns, context.Context, announce.ID) (announce.Listed, error)) handler {
	return func(d *Desk, ctx context.Context, p *press) (Reply, error) {
		l, c, s, err := d.pressedAnnouncement(ctx, p)
		if gone(err) {
			return Reply{Private: ptr(blocks.AnnouncementGone()), Over: p.Ephemeral}, nil
		}
		if err != nil {
			return Reply{}, err
		}
		if p.action.id == blocks.AnnouncePostNow {
			if err := d.demand(ctx, s, c, RightPIN); err != nil {
				return Reply{}, err
			}
		}
		l, err = how(d.announcements, ctx, l.ID)
		if conference.ReasonOf(err) == conference.ChangedSince || gone(err) {
			return Reply{Private: ptr(blocks.AnnouncementGone()), Over: p.Ephemeral}, nil
		}
		d.note(ctx, p.Origin, c.ID, p.action.id, "", outcomeOf(err), "")
		if err != nil {
			return Reply{}, err
		}
		row := d.announcementRow(ctx, s, c, l)
		said := blocks.AnnouncementChanged(row, p.action.id, p.person.zone(), d.now())
		return Reply{Private: &said, Touch: []string{string(c.ID)}, Homes: []string{p.User}}, nil
	}
}

// gone reports that there is no such announcement, whatever the conference.
func gone(err error) bool {
	e, ok := errors.AsType[*conference.Error](err)
	return ok && e.Kind == conference.NotFound && e.Field == "announcement"
}

// deleteAnnouncement is turn for the one choice that leaves nothing.
func deleteAnnouncement(d *Desk, ctx context.Context, p *press) (Reply, error) {
	return turn(func(t AnnouncementTurns, ctx context.Context, id announce.ID) (announce.Listed, error) {
		l, err := d.announcements.Get(ctx, id)
		if err != nil {
			return l, err
		}
		l.Next = announce.Occurrence{}
		return l, d.announcements.Delete(ctx, id)
	})(d, ctx, p)
}
