package commands

import (
	"context"
	"strings"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

func announcementsRow() row {
	return row{
		name: "announcements", args: "[CONF, #channel or all]", summary: "Lists what is announced, to skip, pause, edit or delete it",
		group: blocks.GroupChannel, examples: []string{"announcements", "announcements all", "announcements Standup"}, run: runAnnouncements,
	}
}

func runAnnouncements(d *Desk, ctx context.Context, c *call) (Reply, error) {
	rest, channel := takeChannel(c.words)
	switch {
	case c.conf.ID != "": // chosen where several were meant
		channel = blocks.OfConference + string(c.conf.ID)
	case channel != "" && len(rest) == 0:
	case len(rest) == 1 && rest[0].Is("all"):
	case len(rest) == 0:
		channel = channelOnly(c.Channel)
	case channel == "":
		conf, err := d.named(ctx, c.person, c.Channel, rest)
		if err != nil {
			return Reply{}, err
		}
		channel = blocks.OfConference + string(conf.ID)
	default:
		return Reply{Private: ptr(blocks.Misused(d.command, c.row.help()))}, nil
	}
	m, err := d.announcementPage(ctx, c.person, c.Channel, listing{where: channel})
	return Reply{Private: &m}, err
}

// pressAnnouncements is the card's menu, "Look at them" and the list's pages.
func pressAnnouncements(d *Desk, ctx context.Context, p *press) (Reply, error) {
	list := listing{where: channelOnly(p.Channel)}
	if p.Value != "" {
		var err error
		if list.page, list.where, err = blocks.ParsePage(p.Value); err != nil {
			return Reply{}, err
		}
	}
	m, err := d.announcementPage(ctx, p.person, p.Channel, list)
	if err != nil || p.View == nil {
		return Reply{Private: &m, Over: p.Ephemeral}, err
	}
	v := blocks.InForm("Announcements", m, p.meta)
	return Reply{View: &v}, nil
}

// listing is which page of which list of announcements is asked for.
type listing struct {
	where string // as blocks.AnnouncementsData has it
	page  int
	said  *blocks.Message // what a click in the list came to
}

// conference is whose announcements are listed, where it is one's.
func (l listing) conference() (conference.ID, bool) {
	id, ok := strings.CutPrefix(l.where, blocks.OfConference)
	return conference.ID(id), ok
}

// listedOf names the conference whose announcements are listed, "" where it is
// not one's. One that the person may not see does not exist for them.
func (d *Desk) listedOf(ctx context.Context, known *standings, list listing) (string, error) {
	id, ok := list.conference()
	if !ok {
		return "", nil
	}
	s, err := known.of(ctx, id)
	if err != nil {
		return "", err
	}
	if !s.visible {
		return "", &conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	}
	c, err := d.announcedConference(ctx, id)
	return c.Name, err
}

// announcementPage draws a page of what the person may see of a list.
func (d *Desk) announcementPage(ctx context.Context, p person, here string, list listing) (blocks.Message, error) {
	known := standings{d: d, person: p, here: here}
	listed, pages, page, err := d.listedPage(ctx, &known, list)
	if err != nil {
		return blocks.Message{}, err
	}
	rows, err := d.announcementRows(ctx, &known, listed)
	if err != nil {
		return blocks.Message{}, err
	}
	of, err := d.listedOf(ctx, &known, list)
	if err != nil {
		return blocks.Message{}, err
	}
	return blocks.AnnouncementList(blocks.AnnouncementsData{
		Rows: rows, Where: list.where, Of: of, Page: page, Pages: pages, Reader: blocks.Reader{User: p.ID, Zone: p.Zone, Admin: p.admin},
		Now: d.now(), Answer: list.said,
	}), nil
}

// listedPage returns a page of announcements, how many pages there are, and
// which one it is. What the person may not see is left out before it is
// counted, so that not every announcement is read.
func (d *Desk) listedPage(ctx context.Context, known *standings, list listing) (rows []announce.Listed, pages, page int, err error) {
	const size = blocks.ConferenceRows
	f := announce.Filter{Limit: size}
	if id, ok := list.conference(); ok {
		f.Conference = id
	} else {
		f.Channel = list.where
	}
	if f.Except, err = d.hiddenFrom(ctx, known); err != nil {
		return nil, 0, 0, err
	}
	page = max(list.page, 0)
	for {
		f.Offset = page * size
		rows, total, err := d.announcements.List(ctx, f)
		if pages = pagesOf(total, size); err != nil || page < pages {
			return rows, pages, page, err
		}
		page = pages - 1 // what was on that page has gone
	}
}

// scanned is how many announcements are read at once where all are gone
// through.
const scanned = 500

func pagesOf(n, size int) int { return max(1, (n+size-1)/size) }

// hiddenFrom are the conferences that a person does not get to see.
func (d *Desk) hiddenFrom(ctx context.Context, known *standings) (hidden []conference.ID, err error) {
	if known.person.admin || known.person.moderator {
		return nil, nil
	}
	kept, err := d.records.KeptAll(ctx)
	if err != nil {
		return nil, err
	}
	var doubtful []conference.ID
	for _, k := range kept {
		if k.Private {
			doubtful = append(doubtful, k.Conference)
		}
	}
	if d.rules.HideUnadopted {
		all, err := d.book.All(ctx)
		if err != nil && conference.KindOf(err) != conference.Unavailable {
			return nil, err
		}
		for _, c := range unowned(all, kept) {
			doubtful = append(doubtful, c.ID)
		}
	}
	for _, id := range doubtful {
		s, err := known.of(ctx, id)
		if err != nil {
			return nil, err
		}
		if !s.visible {
			hidden = append(hidden, id)
		}
	}
	return hidden, nil
}

// standings is what one person is to many conferences, looked up once each.
type standings struct {
	d      *Desk
	person person
	here   string // Slack channel
	found  map[conference.ID]standing
}

func (k *standings) of(ctx context.Context, id conference.ID) (standing, error) {
	if s, ok := k.found[id]; ok {
		return s, nil
	}
	s, err := k.d.stand(ctx, k.person, k.here, id)
	if err == nil {
		if k.found == nil {
			k.found = map[conference.ID]standing{}
		}
		k.found[id] = s
	}
	return s, err
}

// seen adds those of some announcements that the person may see.
func (k *standings) seen(ctx context.Context, all, some []announce.Listed) ([]announce.Listed, error) {
	for _, l := range some {
		s, err := k.of(ctx, l.Conference)
		if err != nil {
			return all, err
		}
		if s.visible {
			all = append(all, l)
		}
	}
	return all, nil
}

// announcementRows draws announcements, those of conferences left out that the
// person may not see.
func (d *Desk) announcementRows(ctx context.Context, known *standings, listed []announce.Listed) ([]blocks.AnnouncementRow, error) {
	listed, err := known.seen(ctx, nil, listed)
	if err != nil {
		return nil, err
	}
	rows := make([]blocks.AnnouncementRow, 0, len(listed))
	for _, l := range listed {
		s, err := known.of(ctx, l.Conference)
		if err != nil {
			return nil, err
		}
		c, err := d.announcedConference(ctx, l.Conference)
		if err != nil {
			return nil, err
		}
		rows = append(rows, d.announcementRow(ctx, s, c, l))
	}
	return rows, nil
}

// announcedConference is a conference as an announcement shows it. Its
// announcements can be seen and stopped also while Audian is away, and after
// it was deleted there: then it is called what it was called last.
func (d *Desk) announcedConference(ctx context.Context, id conference.ID) (conference.Conference, error) {
	c, err := d.book.ByID(ctx, id)
	if err == nil {
		return c, nil
	}
	name, err := d.records.Pref(ctx, string(id), knownName)
	if name == "" {
		name = "A conference"
	}
	return conference.Conference{ID: id, Name: name}, err
}
