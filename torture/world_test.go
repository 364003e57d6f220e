package torture

import (
	"bytes"
	"context"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
)

// world is two sandboxes and the program between them.
type world struct {
	tb      testing.TB
	ctx     context.Context
	slack   *slack.Server
	audian  *audian.Server
	people  *control.Client
	bot     *child
	heard   *ledger
	witness witness

	database string // the program's
}

// setup is what a test changes about its world.
type setup struct {
	slack   slack.Options
	audian  audian.Options
	env     map[string]string
	persons int  // who moderate; 0 is none but the seed's
	history bool // the app may read channels, which is optional
}

func newWorld(tb testing.TB, s setup) *world {
	tb.Helper()
	path, err := program()
	if err != nil {
		tb.Fatal(err)
	}
	w := &world{tb: tb, ctx: tb.Context()}
	manifest, err := os.ReadFile(filepath.Join("..", "manifest.yaml"))
	w.must(err)
	if s.history {
		manifest = bytes.Replace(manifest, []byte("    bot:\n"), []byte("    bot:\n      - channels:history\n      - groups:history\n"), 1)
	}
	s.slack.Manifest, s.slack.Log = manifest, slog.New(slog.DiscardHandler)
	w.slack, err = slack.New(s.slack)
	w.must(err)
	w.must(w.slack.Start(context.WithoutCancel(w.ctx)))
	tb.Cleanup(func() { _ = w.slack.Stop() })
	s.audian.UnorderedLists = true
	w.audian, err = audian.New(s.audian)
	w.must(err)
	w.must(w.audian.Start(context.WithoutCancel(w.ctx)))
	tb.Cleanup(func() { _ = w.audian.Stop() })
	w.people = control.New(w.slack.ControlURL(), nil)
	w.heard = follow(tb, w.people)
	w.database = filepath.Join(tb.TempDir(), "confbot.db")
	w.bot = newChild(tb, path, w.environment(s))
	return w
}

func (w *world) must(err error) {
	w.tb.Helper()
	if err != nil {
		w.tb.Fatal(err)
	}
}

func (w *world) environment(s setup) []string {
	ids := make([]string, s.persons)
	for i := range ids {
		ids[i] = personID(i)
	}
	vars := map[string]string{
		"SLACK_APP_TOKEN": w.slack.AppToken(), "SLACK_BOT_TOKEN": w.slack.BotToken(), "SLACK_API_URL": w.slack.APIURL(),
		"AUDIAN_API_KEY": w.audian.APIKey(), "AUDIAN_BASE_URL": w.audian.BaseURL(), "CONF_MODERATORS": strings.Join(ids, ","),
		"CONF_DATABASE_URL": "sqlite:" + w.database, "CONF_DIAL_IN": "US=" + audian.DefaultDialIn,
		"CONF_HTTP_ADDR": "", "CONF_LOG_LEVEL": "info", "PATH": os.Getenv("PATH"), "HOME": os.Getenv("HOME"),
	}
	maps.Copy(vars, s.env)
	env := make([]string, 0, len(vars))
	for k, v := range vars {
		env = append(env, k+"="+v)
	}
	return env
}

// connected waits until the program holds so many connections.
func (w *world) connected(count int) {
	w.tb.Helper()
	if !w.until(30*time.Second, func() bool { return w.open() >= count }) {
		w.tb.Fatalf("it did not connect\n%s", w.bot.tail(40))
	}
}

func (w *world) open() int {
	sockets, err := w.people.Sockets(w.ctx)
	w.must(err)
	return len(slices.DeleteFunc(sockets, func(s control.Socket) bool { return s.Ghost || s.Closing }))
}

// until looks again and again until the answer is yes, and reports whether it
// ever was.
func (w *world) until(most time.Duration, ok func() bool) bool {
	limit := time.NewTimer(most)
	defer limit.Stop()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-limit.C:
			return ok()
		case <-w.ctx.Done():
			return false
		}
	}
	return true
}

// wait lets time pass.
func (w *world) wait(d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-w.ctx.Done():
	}
}
