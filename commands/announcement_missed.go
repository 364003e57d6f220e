package commands

import (
	"context"
	"time"

	"confbot/announce"
	"confbot/blocks"
)

// missedFor is how long after it was due a post that did not go out may still
// be of use.
const missedFor = 12 * time.Hour

// openMissed is "Post now…" under the message on what was missed.
func openMissed(d *Desk, ctx context.Context, p *press) (Reply, error) {
	v, err := d.missedForm(ctx, p.person, blocks.Meta{Channel: p.Channel, Thread: p.ThreadTS}, nil)
	return Reply{View: &v}, err
}

// missedForm offers the posts of somebody's announcements that did not go out
// and that nothing was posted after.
func (d *Desk) missedForm(ctx context.Context, p person, m blocks.Meta, said *blocks.Message) (blocks.View, error) {
	missed, err := d.reminders.MissedBy(ctx, p.ID, d.now().Add(-missedFor))
	if err != nil {
		return blocks.View{}, err
	}
	data := blocks.MissedPosts{Meta: m, Reader: blocks.Reader{User: p.ID, Zone: p.Zone, Admin: p.admin}, Now: d.now(), Answer: said}
	known := standings{d: d, person: p, here: m.Channel}
	for _, o := range missed {
		l, err := d.announcements.Get(ctx, o.Announcement)
		if gone(err) {
			continue
		}
		if err != nil {
			return blocks.View{}, err
		}
		rows, err := d.announcementRows(ctx, &known, []announce.Listed{l})
		if err != nil {
			return blocks.View{}, err
		}
		for _, r := range rows {
			data.Rows = append(data.Rows, blocks.MissedPost{AnnouncementRow: r, At: o.At})
		}
	}
	return blocks.MissedForm(data), nil
}
