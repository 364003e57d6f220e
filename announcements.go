package main

import (
	"context"
	"fmt"
	"time"

	"confbot/announce"
	"confbot/bot"
	"confbot/commands"
	"confbot/conference"
	"confbot/live"
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
	t.options = announce.Options{Logger: a.log, Rotator: t.rotator}
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

// watchDue watches conferences around their announced times.
func (a *app) watchDue(ctx context.Context) {
	until := map[conference.ID]time.Time{}
	for {
		now := time.Now()
		due, _, err := a.timetable.book.List(ctx, announce.Filter{})
		if err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "what is due could not be looked up", "error", err)
		}
		for _, l := range due {
			if at := l.Next.At; !at.IsZero() && at.Sub(now) < watchBefore {
				a.watcher.Watch(l.Conference, announcedName)
				start := at
				if l.Next.Starts.After(at) {
					start = l.Next.Starts
				}
				until[l.Conference] = start.Add(watchAfter)
			}
		}
		for id, end := range until {
			if now.After(end) {
				a.watcher.Unwatch(id, announcedName)
				delete(until, id)
			}
		}
		if !pause(ctx, 30*time.Second) {
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
