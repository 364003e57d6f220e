package main

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"confbot/api"
	"confbot/blocks"
	"confbot/bot"
	"confbot/commands"
	"confbot/live"
	"confbot/store"
)

// app is the running program: its parts, in the order in which they start.
type app struct {
	cfg     Config
	log     *slog.Logger
	metrics *metrics
	store   *store.Store
	client  *api.Client
	book    *api.Book
	watcher *live.Watcher
	desk    *commands.Desk
	bot     *bot.Bot

	timetable timetable
	outages   *outages

	work sync.WaitGroup
	quit context.CancelFunc
}

// newApp opens the database and makes the parts. Nothing is connected yet.
func newApp(ctx context.Context, cfg Config, log *slog.Logger) (_ *app, err error) {
	a := &app{cfg: cfg, log: log, metrics: newMetrics()}
	if a.store, err = store.Open(ctx, cfg.DatabaseURL.reveal()); err != nil {
		return nil, fmt.Errorf("open the database: %w", err)
	}
	defer func() {
		if err != nil {
			_ = a.store.Close()
		}
	}()
	if a.client, err = api.New(cfg.AudianBaseURL, cfg.audianAuth(), api.WithLogger(log), api.WithObserver(a.metrics.Asked)); err != nil {
		return nil, fmt.Errorf("set up the Audian client: %w", err)
	}
	a.book = api.NewBook(a.client, cfg.CacheTTL)
	a.watcher = live.New(a.client, a.store, a, live.Options{Logger: log, Background: api.Poll})
	refs := &watchedRefs{Store: a.store, watcher: a.watcher}
	if a.bot, err = bot.New(bot.Options{
		AppToken: cfg.SlackAppToken.reveal(), BotToken: cfg.SlackBotToken.reveal(), APIURL: cfg.SlackAPIURL,
		Command: cfg.Command, Journal: a.store, Refs: refs, Log: log, Metrics: a.metrics,
	}); err != nil {
		return nil, fmt.Errorf("set up the Slack side: %w", err)
	}
	if a.timetable, err = a.newTimetable(); err != nil {
		return nil, err
	}
	a.desk, err = commands.New(commands.Parts{
		Slack: a.bot.Directory(), Book: a.book, Health: a.book, Editor: a.book, Line: a.client, Live: a.watcher, Ledger: a.watcher,
		Records: a.store, Command: cfg.Command, DialIn: cfg.numbers(), Version: version(), Retention: cfg.Retention, Log: log,
		Announcements: a.timetable.book, Reminders: a.store, Noted: a.timetable.rotator.Noted, Seal: a.timetable.rotator.Note, Now: cfg.now,
		Rules: commands.Rules{
			Admins: cfg.Admins, Moderators: cfg.Moderators, CreateAll: cfg.CreateAll, HideUnadopted: cfg.HideUnadopted,
			AllowExternal: cfg.AllowExternal,
		},
	})
	if err != nil {
		return nil, err
	}
	a.bot.Serve(a.desk)
	a.timetable.serve(a, a.desk)
	a.outages = a.newOutages()
	return a, nil
}

func (c Config) audianAuth() api.Auth {
	if c.AudianAPIKey != "" {
		return api.Key(c.AudianAPIKey.reveal())
	}
	return api.Token(c.AudianAuthToken.reveal(), c.AudianAccountID)
}

func (c Config) numbers() []blocks.DialIn {
	out := make([]blocks.DialIn, 0, len(c.DialIn))
	for _, n := range c.DialIn {
		out = append(out, blocks.DialIn{Label: n.Label, Number: n.Number})
	}
	return out
}

// start begins the work. Slack or Audian out of reach is not an error: each
// part says so once and tries again.
func (a *app) start(ctx context.Context) error {
	ctx, a.quit = context.WithCancel(ctx)
	ids, err := a.store.AllCurrentConferences(ctx)
	if err != nil {
		return fmt.Errorf("look up what to watch: %w", err)
	}
	for _, id := range ids {
		a.watcher.Watch(id, cardReason)
	}
	// It reads for what is being finished after we were told to end, until stop.
	a.watcher.Start(context.WithoutCancel(ctx))
	a.bot.Start(ctx)
	a.timetable.runner.Start(ctx)
	a.work.Go(func() { a.watchDue(ctx) })
	a.work.Go(func() { a.knowPlaces(ctx) })
	a.work.Go(func() { a.outages.run(ctx) })
	a.work.Go(func() { a.sayAudian(ctx) })
	a.work.Go(func() { a.forget(ctx) })
	return nil
}

// stop ends the work within 25 seconds, in the order in which nothing that
// was acknowledged is lost.
func (a *app) stop() {
	if a.quit != nil {
		a.quit()
	}
	a.timetable.runner.Stop()
	a.bot.Stop()
	a.watcher.Stop()
	a.work.Wait()
	a.client.Close()
	if err := a.store.Close(); err != nil {
		a.log.Error("the database did not close well", "error", err)
	}
}

// Changed passes on what the watcher saw: what shows the conference is drawn
// again, and what people asked for beforehand is done. See live.Sink.
func (a *app) Changed(s live.Snapshot, d live.Diff) {
	a.bot.Changed(s, d)
	if d.Started {
		a.begun(s)
	}
	if len(d.Newcomers)+len(d.Unwanted) == 0 {
		return
	}
	a.work.Go(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		a.bot.Tell(ctx, a.desk.Arrived(ctx, s, d))
	})
}

// sayAudian writes one line when Audian is first reached and, while it is
// not, one line that says why.
func (a *app) sayAudian(ctx context.Context) {
	wait, said := time.Second, false
	for {
		all, err := a.book.All(ctx)
		switch {
		case err == nil:
			a.log.InfoContext(ctx, "connected to Audian", "account", shortID(a.client.AccountID()), "conferences", len(all))
			if len(a.cfg.DialIn) == 0 {
				a.log.WarnContext(ctx, "to do: CONF_DIAL_IN is not set, so cards have no phone number")
			}
			return
		case ctx.Err() != nil:
			return
		case !said:
			a.log.WarnContext(ctx, "Audian can't be used yet; I keep trying", "error", err)
			said = true
		}
		if !pause(ctx, wait) {
			return
		}
		wait = min(2*wait, time.Minute)
	}
}

// forget deletes, now and then, what is older than people agreed to keep.
func (a *app) forget(ctx context.Context) {
	for {
		before := time.Now().Add(-a.cfg.Retention)
		n, err := a.store.DeleteOlder(ctx, before)
		if err == nil {
			var done int64
			done, err = a.store.DeleteOldAnnouncements(ctx, before)
			n += done
		}
		if err != nil && ctx.Err() == nil {
			a.log.WarnContext(ctx, "old records could not be deleted", "error", err)
		} else if n > 0 {
			a.log.InfoContext(ctx, "deleted old records", "rows", n)
		}
		if !pause(ctx, time.Hour) {
			return
		}
	}
}

// pause waits, and reports false when the context ended first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// shortID shows enough of an id to recognise it.
func shortID(id string) string {
	if len(id) <= 8 {
		return id
	}
	return id[:4] + "…" + id[len(id)-4:]
}

// cardReason is why a conference is watched: somebody sees its card.
const cardReason = "card"

// watchedRefs is the store, seen by the part that posts cards: a conference
// whose card is posted is watched from then on.
type watchedRefs struct {
	*store.Store
	watcher *live.Watcher
}

func (w *watchedRefs) SaveRef(ctx context.Context, r store.MessageRef) error {
	if r.Kind == store.KindCard {
		w.watcher.Watch(r.Conference, cardReason)
	}
	return w.Store.SaveRef(ctx, r)
}

func (w *watchedRefs) DropRef(ctx context.Context, channel, ts string) error {
	ref, ok, err := w.Store.Ref(ctx, channel, ts)
	if err != nil {
		return err
	}
	if err := w.Store.DropRef(ctx, channel, ts); err != nil || !ok {
		return err
	}
	left, err := w.Store.RefsOf(ctx, ref.Conference)
	if err == nil && len(left) == 0 {
		w.watcher.Unwatch(ref.Conference, cardReason)
	}
	return err
}
