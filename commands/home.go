package commands

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// HomeView draws somebody's App Home tab from what is known now.
func (d *Desk) HomeView(ctx context.Context, user string) (blocks.View, error) {
	return d.homeView(ctx, user, "")
}

// homeView draws it with what a click there came to, as top-level text.
func (d *Desk) homeView(ctx context.Context, user, said string) (blocks.View, error) {
	p, err := d.person(ctx, Origin{User: user})
	if err != nil {
		if _, refused := errors.AsType[*Refusal](err); refused {
			return blocks.ClosedHome(blocks.Outsider()), nil
		}
		return blocks.View{}, err
	}
	data := blocks.HomeData{Reader: blocks.Reader{User: p.ID, Zone: p.Zone, Admin: p.admin}, Command: d.command, Now: d.now(), Answer: said}
	all, err := d.book.All(ctx)
	answered, silent := d.health.LastAnswer()
	if err != nil || silent != nil {
		if data.Silent = answered; answered.IsZero() {
			data.Silent = d.now()
		}
	}
	data.Total = len(all)
	if err := d.homeRows(ctx, p, &data); err != nil {
		return blocks.View{}, err
	}
	if p.admin {
		if data.Setup, err = d.setup(ctx, all); err != nil {
			return blocks.View{}, err
		}
	}
	return blocks.AppHome(data).Keep(d.handled), nil
}

// homeRows fills what is live and what the person looks after.
func (d *Desk) homeRows(ctx context.Context, p person, data *blocks.HomeData) error {
	watched, err := d.records.AllCurrentConferences(ctx)
	if err != nil {
		return err
	}
	mine, err := d.records.Moderates(ctx, p.ID)
	if err != nil {
		return err
	}
	for _, id := range watched {
		if !d.live.Snapshot(id).Run.Live() {
			continue
		}
		c, err := d.book.ByID(ctx, id)
		if err != nil {
			continue
		}
		s, err := d.stand(ctx, p, "", id)
		if err != nil {
			return err
		}
		if s.visible {
			row := d.knownRow(c)
			if s.pins {
				row.Access, _, err = d.accessOf(ctx, c)
				if err != nil {
					return err
				}
			}
			data.Live = append(data.Live, row)
		}
	}
	if data.Next, err = d.homeNext(ctx, p, mine); err != nil {
		return err
	}
	for _, id := range mine {
		if c, err := d.book.ByID(ctx, id); err == nil {
			data.Yours = append(data.Yours, d.knownRow(c))
		}
	}
	return nil
}

// homeNext is what is announced next of what concerns the person: what they
// set up, what they moderate, and what they want to be reminded of.
func (d *Desk) homeNext(ctx context.Context, p person, mine []conference.ID) ([]blocks.AnnouncementRow, error) {
	reminders, err := d.reminders.RemindersBy(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	wanted := []announce.Filter{{Owner: p.ID, Limit: homeAsks}}
	for _, id := range mine {
		wanted = append(wanted, announce.Filter{Conference: id, Limit: homeAsks})
	}
	for _, r := range reminders {
		wanted = append(wanted, announce.Filter{Conference: r.Conference, Limit: homeAsks})
	}
	known := standings{d: d, person: p}
	found := map[announce.ID]announce.Listed{}
	for _, f := range wanted[:min(len(wanted), homeMost)] {
		list, _, err := d.announcements.List(ctx, f)
		if err != nil {
			return nil, err
		}
		if list, err = known.seen(ctx, nil, list); err != nil {
			return nil, err
		}
		for _, l := range list {
			found[l.ID] = l
		}
	}
	next := slices.SortedFunc(maps.Values(found), nextFirst)
	return d.announcementRows(ctx, &known, next[:min(len(next), homeAsks)])
}

// nextFirst orders by the next post, those without one last.
func nextFirst(a, b announce.Listed) int {
	if a.Next.At.IsZero() != b.Next.At.IsZero() {
		return b.Next.At.Compare(a.Next.At) // the zero time is the earliest
	}
	return cmp.Or(a.Next.At.Compare(b.Next.At), a.CreatedAt.Compare(b.CreatedAt), cmp.Compare(a.ID, b.ID))
}

// homeAsks is one announcement more than App Home shows, so that it is known
// whether there are more; homeMost how many conferences it asks about.
const (
	homeAsks = 11
	homeMost = 200
)

// setup is the list of what an admin still has to do.
func (d *Desk) setup(ctx context.Context, all []conference.Conference) (*blocks.SetupData, error) {
	rows, err := d.records.KeptAll(ctx)
	if err != nil {
		return nil, err
	}
	answered, _ := d.health.LastAnswer()
	s := &blocks.SetupData{Version: d.version, LastAnswer: answered, Done: []string{"connected to Slack."}}
	if len(all) > 0 {
		s.Done = []string{"connected to Slack and Audian."}
	}
	if len(d.dialIn) == 0 {
		s.ToDo = append(s.ToDo, "add the number people dial. Set CONF_DIAL_IN and restart.")
	}
	if d.rules.CreateAll {
		s.Done = append(s.Done, "everyone may create conferences. Change it with CONF_CREATE=moderators.")
	}
	s.Unowned = len(unowned(all, rows))
	return s, nil
}

// unowned are the conferences that nobody here looks after.
func unowned(all []conference.Conference, rows []store.Kept) []conference.Conference {
	kept := make(map[conference.ID]bool, len(rows))
	for _, k := range rows {
		kept[k.Conference] = true
	}
	return slices.DeleteFunc(slices.Clone(all), func(c conference.Conference) bool { return kept[c.ID] })
}

// openAdopt opens the form that says who looks after conferences that were
// there before.
func openAdopt(d *Desk, ctx context.Context, p *press) (Reply, error) {
	if !p.person.admin {
		return Reply{}, &Refusal{Right: RightAdopt}
	}
	all, err := d.book.All(ctx)
	if err != nil {
		return Reply{}, err
	}
	rows, err := d.records.KeptAll(ctx)
	if err != nil {
		return Reply{}, err
	}
	data := blocks.AdoptData{Meta: blocks.Meta{Channel: p.Channel, Thread: p.ThreadTS}}
	for _, c := range unowned(all, rows) {
		data.Rows = append(data.Rows, d.knownRow(c))
	}
	v := blocks.Adopt(data)
	return Reply{View: &v}, nil
}

// sendAdopt gives the chosen conferences a moderator each.
func sendAdopt(d *Desk, ctx context.Context, s *sent) (Reply, error) {
	if !s.person.admin {
		return Reply{}, &Refusal{Right: RightAdopt}
	}
	n := 0
	reply := Reply{Homes: []string{s.User}}
	for _, blockID := range slices.Sorted(maps.Keys(s.State)) {
		block, err := blocks.ParseBlock(blockID)
		user := s.State[blockID][blocks.InMember].Value
		if err != nil || user == "" || block.Conference == "" {
			continue
		}
		c, err := d.book.ByID(ctx, block.Conference)
		if err != nil {
			return reply, err
		}
		one, err := d.changeModerators(ctx, s.Origin, c, []string{user}, nil)
		if err != nil {
			return reply, err
		}
		n++
		reply.Direct = append(reply.Direct, one.Direct...)
		reply.Homes = append(reply.Homes, user)
	}
	reply.Private = ptr(blocks.Adopted(n))
	return reply, nil
}
