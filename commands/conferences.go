package commands

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"confbot/blocks"
	"confbot/conference"
)

// headsBudget is how long a list waits for head counts; what is not known by
// then is drawn as unknown, never as nobody.
const headsBudget = 2 * time.Second

// mostHeads is how many conferences are counted for one page of the list, well
// below what Audian's rate lets through in that time.
const mostHeads = 16

func listRow() row {
	return row{
		name: "list", aliases: []string{"ls"}, args: "[TEXT]", summary: "Lists conferences with how many are on the line",
		group: blocks.GroupDialIn, examples: []string{"list", "list week"}, run: runList,
	}
}

func runList(d *Desk, ctx context.Context, c *call) (Reply, error) {
	m, err := d.listPage(ctx, c.person, c.Channel, Join(c.words), 0)
	return Reply{Private: &m}, err
}

// pressConferences is "All conferences" and the list's pages.
func pressConferences(d *Desk, ctx context.Context, p *press) (Reply, error) {
	page, query := 0, p.Value
	if p.action.id != blocks.ConferencesList {
		var err error
		if page, query, err = blocks.ParsePage(p.Value); err != nil {
			return Reply{}, err
		}
	}
	m, err := d.listPage(ctx, p.person, p.Channel, query, page)
	return Reply{Private: &m, Over: p.Ephemeral}, err
}

// listPage draws one page: live ones first, then those that are looked after,
// by name.
func (d *Desk) listPage(ctx context.Context, p person, channel, query string, page int) (blocks.Message, error) {
	found, others, err := d.listable(ctx, p, channel, query)
	if err != nil {
		return blocks.Message{}, err
	}
	slices.SortStableFunc(found, func(a, b conference.Conference) int {
		return strings.Compare(conference.Fold(a.Name), conference.Fold(b.Name))
	})
	budget, cancel := context.WithTimeout(ctx, headsBudget)
	defer cancel()
	h := heads{}
	d.countHeads(budget, d.toCount(found), h)
	slices.SortStableFunc(found, func(a, b conference.Conference) int { return cmp.Compare(d.rank(a.ID), d.rank(b.ID)) })
	size := blocks.ConferenceRows
	pages := max(1, (len(found)+size-1)/size)
	page = min(max(page, 0), pages-1)
	shown := found[page*size : min(len(found), (page+1)*size)]
	d.countHeads(budget, shown, h)
	rows, silent := h.rows(shown)
	return blocks.Conferences(blocks.ConferencesData{
		Command: d.command, Query: query, Rows: rows, Page: page, Pages: pages, Total: len(found), Silent: silent,
		Others: others, Reader: blocks.Reader{User: p.ID, Zone: p.Zone, Admin: p.admin},
	}), nil
}

// rank puts conferences that are live before the others.
func (d *Desk) rank(id conference.ID) int {
	if len(d.live.Snapshot(id).Run.On()) > 0 {
		return 0
	}
	return 1
}

// toCount chooses of whom the heads are counted before the order is known, so
// that one which is live and shown by no card comes first as well: at most
// mostHeads, those first of which nothing was heard for the longest time.
func (d *Desk) toCount(list []conference.Conference) []conference.Conference {
	if len(list) <= mostHeads {
		return list
	}
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b conference.Conference) int {
		return d.live.Snapshot(a.ID).ReadAt.Compare(d.live.Snapshot(b.ID).ReadAt)
	})
	return list[:mostHeads]
}

// listable is every conference that the person may see and that is looked
// after here; admins see the others too, which are counted.
func (d *Desk) listable(ctx context.Context, p person, channel, query string) (found []conference.Conference, others int, err error) {
	all, err := d.book.All(ctx)
	if err != nil {
		return nil, 0, err
	}
	rows, err := d.records.KeptAll(ctx)
	if err != nil {
		return nil, 0, err
	}
	kept := make(map[conference.ID]bool, len(rows))
	for _, k := range rows {
		kept[k.Conference] = true
	}
	typed := conference.Fold(query)
	for _, c := range all {
		if typed != "" && !strings.Contains(conference.Fold(c.Name), typed) {
			continue
		}
		if !kept[c.ID] {
			others++
			if p.admin || p.moderator {
				found = append(found, c)
			} else if !d.rules.HideUnadopted {
				found = append(found, c)
			}
			continue
		}
		s, err := d.stand(ctx, p, channel, c.ID)
		if err != nil {
			return nil, 0, err
		}
		if s.visible {
			found = append(found, c)
		}
	}
	return found, others, nil
}

// withHeads reads, side by side and for a bounded time, how many are on.
func (d *Desk) withHeads(ctx context.Context, list []conference.Conference) (rows []blocks.ConferenceRow, silent bool) {
	ctx, cancel := context.WithTimeout(ctx, headsBudget)
	defer cancel()
	h := heads{}
	d.countHeads(ctx, list, h)
	return h.rows(list)
}

// heads are conferences with how many are on.
type heads map[conference.ID]counted

type counted struct {
	row    blocks.ConferenceRow
	silent bool // Audian did not answer
}

// rows are the rows of a list; silent says that Audian answered for none.
func (h heads) rows(list []conference.Conference) (rows []blocks.ConferenceRow, silent bool) {
	silent = len(list) > 0
	for _, c := range list {
		rows = append(rows, h[c.ID].row)
		silent = silent && h[c.ID].silent
	}
	return rows, silent
}

// countHeads counts those that are not counted yet.
func (d *Desk) countHeads(ctx context.Context, list []conference.Conference, h heads) {
	var (
		mu sync.Mutex
		wg sync.WaitGroup
	)
	list = slices.DeleteFunc(slices.Clone(list), func(c conference.Conference) bool { _, done := h[c.ID]; return done })
	for _, c := range list {
		wg.Go(func() {
			one := counted{row: blocks.ConferenceRow{Line: blocks.Line{Conference: c, Command: d.command}}}
			snap, err := d.live.Read(ctx, c.ID)
			if err != nil {
				one.silent = conference.KindOf(err) == conference.Unavailable
			} else {
				one.row.Snapshot, one.row.Known = snap, true
				if one.row.On = len(snap.Run.On()); one.row.On > 0 {
					one.row.Since = snap.Run.Started
				}
			}
			mu.Lock()
			defer mu.Unlock()
			h[c.ID] = one
		})
	}
	wg.Wait()
}
