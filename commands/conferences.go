package commands

import (
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
		if la, lb := d.live.Snapshot(a.ID).Run.Live(), d.live.Snapshot(b.ID).Run.Live(); la != lb {
			if la {
				return -1
			}
			return 1
		}
		return strings.Compare(conference.Fold(a.Name), conference.Fold(b.Name))
	})
	size := blocks.ConferenceRows
	pages := max(1, (len(found)+size-1)/size)
	page = min(max(page, 0), pages-1)
	rows, silent := d.withHeads(ctx, found[page*size:min(len(found), (page+1)*size)])
	return blocks.Conferences(blocks.ConferencesData{
		Command: d.command, Query: query, Rows: rows, Page: page, Pages: pages, Total: len(found), Silent: silent,
		Others: others, Reader: blocks.Reader{User: p.ID, Zone: p.Zone, Admin: p.admin},
	}), nil
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
	rows = make([]blocks.ConferenceRow, len(list))
	failed := make([]bool, len(list))
	var wg sync.WaitGroup
	for i, c := range list {
		wg.Go(func() {
			rows[i] = blocks.ConferenceRow{Line: blocks.Line{Conference: c, Command: d.command}}
			snap, err := d.live.Read(ctx, c.ID)
			if err != nil {
				failed[i] = conference.KindOf(err) == conference.Unavailable
				return
			}
			rows[i].Snapshot, rows[i].Known = snap, true
			if rows[i].On = len(snap.Run.On()); rows[i].On > 0 {
				rows[i].Since = snap.Run.Started
			}
		})
	}
	wg.Wait()
	return rows, len(list) > 0 && !slices.Contains(failed, false)
}
