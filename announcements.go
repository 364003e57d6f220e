package main

import (
	"context"
	"fmt"
	"maps"
	"time"

	"confbot/announce"
	"confbot/bot"
	"confbot/commands"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// timetable is what announcements need: the book that people write in, the
// runner that follows it, and what both ask.
type timetable struct {
	book    *announce.Book
	runner  *announce.Runner
	post    *bot.Announcer
	rotator *bot.Rotator
	options announce.Options
}

// newTimetable makes what the desk needs; serve completes it.
func (a *app) newTimetable() (t timetable, err error) {
	if t.rotator, err = bot.NewRotator(a.cfg.SlackAppToken.reveal(), a.book); err != nil {
		return t, fmt.Errorf("set up new PINs: %w", err)
	}
	t.options = announce.Options{Logger: a.log, Rotator: t.rotator, Observer: a.metrics}
	t.book = announce.NewBook(a.store, t.options)
	return t, nil
}

// serve makes the runner, once the bot has its desk.
func (t *timetable) serve(a *app, desk *commands.Desk) {
	t.post = a.bot.Announcer(desk, a.watcher.Snapshot)
	t.post.Follow(t.rotator)
	t.runner = announce.NewRunner(a.store, &voice{Announcer: t.post, app: a, desk: desk}, t.options)
}

// How long before a post and after a start a conference is watched on the
// announcement's account.
const (
	watchBefore   = 5 * time.Minute
	watchAfter    = time.Hour
	announcedName = "announced"
)

// Slack tells of about fifty channels a minute.
// Source: https://docs.slack.dev/reference/methods/conversations.info (Tier 3)
const (
	knowBefore = 8 * time.Minute
	knowAgain  = 9 * time.Minute // less than a post takes for known
	knowPace   = 1500 * time.Millisecond
)

// watchEvery is how often it is looked what is due soon.
const watchEvery = 30 * time.Second

// watchDue watches conferences around their announced times. It asks only for
// what is due, so that it costs nothing however much is planned.
func (a *app) watchDue(ctx context.Context) {
	w := dueWatch{due: a.store, watch: a.watcher, until: map[conference.ID]time.Time{}}
	for {
		if err := w.look(ctx, time.Now()); err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "what is due could not be looked up", "error", err)
		}
		if !pause(ctx, watchEvery) {
			return
		}
	}
}

// dueWatch keeps conferences watched from shortly before each of their posts
// until a while after the start.
type dueWatch struct {
	due interface {
		DueSoon(ctx context.Context, dueBy, startsAfter time.Time) ([]store.DuePost, error)
	}
	watch interface {
		Watch(id conference.ID, reason string)
		Unwatch(id conference.ID, reason string)
	}
	until map[conference.ID]time.Time
}

func (w *dueWatch) look(ctx context.Context, now time.Time) error {
	posts, err := w.due.DueSoon(ctx, now.Add(watchBefore), now.Add(-watchAfter))
	for _, p := range posts {
		if _, already := w.until[p.Conference]; !already {
			w.watch.Watch(p.Conference, announcedName)
		}
		if end := p.Start.Add(watchAfter); end.After(w.until[p.Conference]) {
			w.until[p.Conference] = end
		}
	}
	for id, end := range w.until {
		if now.After(end) {
			w.watch.Unwatch(id, announcedName)
			delete(w.until, id)
		}
	}
	return err
}

// knowPlaces has Slack tell of the channels in which something is due soon, at
// a pace that it allows, so that no post has to wait for that. A channel is
// asked about once for a post.
func (a *app) knowPlaces(ctx context.Context) {
	asked := map[string]time.Time{}
	for {
		channels, err := a.store.DueChannels(ctx, time.Now().Add(knowBefore))
		if err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "channels in which something is due could not be looked up", "error", err)
		}
		for _, c := range channels {
			if time.Since(asked[c]) < knowAgain {
				continue
			}
			asked[c] = time.Now()
			if _, err := a.bot.Directory().ChannelWithin(ctx, c, knowAgain/2); err != nil && ctx.Err() == nil {
				a.log.DebugContext(ctx, "nothing is known of a channel in which something is due", "channel", c, "error", err)
			}
			if !pause(ctx, knowPace) {
				return
			}
		}
		maps.DeleteFunc(asked, func(_ string, at time.Time) bool { return time.Since(at) > knowAgain })
		if !pause(ctx, watchEvery) {
			return
		}
	}
}

// begun gives announced cards their panel when people come.
func (a *app) begun(s live.Snapshot) {
	a.work.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		a.timetable.post.Started(ctx, s.Conference)
	})
}
