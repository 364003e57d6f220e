package bot

import (
	"context"
	"time"

	"confbot/announce"
)

// channelEvents are what Slack tells of channels, and what it means to what is
// announced there. Slack does not promise each of them, so a post that is
// refused comes to the same.
// Sources: https://docs.slack.dev/reference/events/channel_left and the pages
// of the others.
var channelEvents = map[string]announce.Trouble{
	"channel_left":    announce.TroubleNotIn, // us
	"group_left":      announce.TroubleNotIn,
	"channel_archive": announce.TroubleArchived,
	"group_archive":   announce.TroubleArchived,
	"channel_deleted": announce.TroubleNoPlace,
	"group_deleted":   announce.TroubleNoPlace,
	"channel_shared":  announce.TroubleShared,
}

// channelWithin is how long taking note of a channel may take.
const channelWithin = 20 * time.Second

// channelChanged takes note of what became of a channel, apart from what
// people wait for.
func (b *Bot) channelChanged(channel, event string) {
	why, ok := channelEvents[event]
	if !ok || channel == "" {
		return
	}
	name := b.directory.forget(channel)
	if b.changes == nil {
		return
	}
	b.intake.Go(func() {
		ctx, cancel := context.WithTimeout(b.ctx, channelWithin)
		defer cancel()
		if err := b.changes(ctx, channel, name, why); err != nil { // the next post notices too
			b.log.WarnContext(ctx, "a channel's announcements could not be paused", "channel", channel, "event", event, "error", err)
		}
	})
}

// forget has a channel looked up anew when it is asked for next. It returns
// what it was called, where that is known.
func (d *Directory) forget(channel string) (name string) {
	if old, known := d.channels.kept(channel); known {
		name = old.value.Name
	}
	d.channels.items.Delete(channel)
	d.inside.items.Delete(channel)
	return name
}
