package commands

import (
	"context"
	"sync"

	"confbot/announce"
)

// ReadyPost reads what a post will need shortly before its time, so that at
// its second nobody waits for Audian or Slack. What fails here is found out by
// the post itself.
func (d *Desk) ReadyPost(ctx context.Context, a announce.Announcement) {
	var reading sync.WaitGroup
	for _, read := range []func() error{
		func() error { _, err := d.book.Recent(ctx, a.Conference, postsShare); return err },
		func() error { _, err := d.slack.Channel(ctx, a.Channel); return err },
		func() error { _, err := d.slack.Member(ctx, a.Owner); return err },
	} {
		reading.Go(func() {
			if err := read(); err != nil {
				d.log.DebugContext(ctx, "not ready for a post yet", "conference", a.Conference, "error", err)
			}
		})
	}
	reading.Wait()
}
