package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
)

// scenario is one transcript being played, in a world of its own.
type scenario struct {
	t       *testing.T
	slack   *slack.Server
	audian  *audian.Server
	people  *control.Client
	bot     *process
	waits   bool          // the bot is started with the first line that needs it
	patient time.Duration // how long a step may wait

	users    map[string]string // "ana" → U…
	channels map[string]string // "team" → C…
	confs    map[string]string // conference name → id
	phones   map[string]string // caller's name → id of the call
	vars     map[string]string // what {name} stands for
	cast     []string          // people whose screens matter

	seen    map[string]bool // what was on the screens before the last act
	errs    map[string]string
	kept    map[string]control.Click
	cli     outcome
	never   []expectation
	noticed map[int64]bool // what Slack itself told people, and was expected to
	secret  secrets
	sofar   strings.Builder
}

// newScenario starts both sandboxes and the bot between them.
func newScenario(ctx context.Context, t *testing.T, program string, archive *txtar.Archive) (*scenario, error) {
	t.Helper()
	opts := section(archive, "sandbox")
	s := &scenario{
		t: t, patient: 12 * time.Second,
		users: map[string]string{}, channels: map[string]string{}, confs: map[string]string{}, phones: map[string]string{},
		vars: map[string]string{}, seen: map[string]bool{}, noticed: map[int64]bool{}, kept: map[string]control.Click{},
	}
	manifest, err := os.ReadFile("manifest.yaml")
	if err != nil {
		return nil, err
	}
	s.slack, err = slack.New(slack.Options{Manifest: manifest, Log: slog.New(slog.DiscardHandler), Readings: slack.Readings{StrictBlocks: true}})
	if err != nil {
		return nil, err
	}
	if err := s.slack.Start(ctx); err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = s.slack.Stop() })
	delay, err := time.ParseDuration(opts.or("apply_delay", "20ms"))
	if err != nil {
		return nil, err
	}
	s.audian, err = audian.New(audian.Options{Dialect: audian.Dialect(opts.or("dialect", "seed")), ApplyDelay: delay, UnorderedLists: true})
	if err != nil {
		return nil, err
	}
	if err := s.audian.Start(ctx); err != nil {
		return nil, err
	}
	t.Cleanup(func() { _ = s.audian.Stop() })
	s.people = control.New(s.slack.ControlURL(), nil)
	if err := s.meetPeople(ctx, string(archive.Comment)); err != nil {
		return nil, err
	}
	s.bot = &process{path: program, env: s.environment(filepath.Join(t.TempDir(), "confbot.db"), section(archive, "env"))}
	t.Cleanup(s.bot.kill)
	s.secret.tokens(s)
	s.waits = true
	return s, nil
}

// settings are key=value lines of a section of a transcript.
type settings map[string]string

func (s settings) or(key, otherwise string) string {
	if v, ok := s[key]; ok {
		return v
	}
	return otherwise
}

func section(archive *txtar.Archive, name string) settings {
	out := settings{}
	for _, f := range archive.Files {
		if f.Name != name {
			continue
		}
		for line := range strings.Lines(string(f.Data)) {
			if k, v, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
				out[k] = v
			}
		}
	}
	return out
}

func (s *scenario) environment(database string, more settings) []string {
	vars := settings{
		"SLACK_APP_TOKEN": s.slack.AppToken(), "SLACK_BOT_TOKEN": s.slack.BotToken(), "SLACK_API_URL": s.slack.APIURL(),
		"AUDIAN_API_KEY": s.audian.APIKey(), "AUDIAN_BASE_URL": s.audian.BaseURL(),
		"CONF_DATABASE_URL": "sqlite:" + database, "CONF_DIAL_IN": "US=" + audian.DefaultDialIn,
		"CONF_HTTP_ADDR": "", "CONF_LOG_LEVEL": "debug",
	}
	for k, v := range more {
		vars[k] = v
	}
	env := []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}
	for k, v := range vars {
		if v != "(unset)" {
			env = append(env, k+"="+v)
		}
	}
	return env
}

// meetPeople learns who is who in the workspace, and who of them appears.
func (s *scenario) meetPeople(ctx context.Context, script string) error {
	w, err := s.people.Workspace(ctx)
	if err != nil {
		return err
	}
	for _, u := range w.Users {
		s.users[u.Name] = u.ID
		if u.Name == "ana" || regexp.MustCompile(`(?m)^((only|form|dm|home|notice|field) )?`+u.Name+`\b`).MatchString(script) {
			s.cast = append(s.cast, u.Name)
		}
	}
	screen, err := s.people.View(ctx, s.users["ana"])
	if err != nil {
		return err
	}
	for _, c := range screen.Channels {
		s.channels[c.Name] = c.ID
	}
	return nil
}

// startBot runs the program and waits until it holds both connections.
func (s *scenario) startBot(ctx context.Context) error {
	if err := s.bot.start(); err != nil {
		return err
	}
	return s.connected(ctx, nil)
}

// connected waits until the bot holds two good connections.
func (s *scenario) connected(ctx context.Context, _ []string) error {
	ctx, cancel := context.WithTimeout(ctx, s.patient)
	defer cancel()
	err := poll(ctx, func() bool {
		sockets, err := s.people.Sockets(ctx)
		return err == nil && len(slices.DeleteFunc(sockets, func(c control.Socket) bool { return c.Ghost || c.Closing })) >= 2
	})
	if err != nil {
		return fmt.Errorf("the bot did not connect: %w", err)
	}
	return nil
}

// poll asks again and again until the answer is yes.
func poll(ctx context.Context, ok func() bool) error {
	tick := time.NewTicker(15 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-tick.C:
		}
	}
	return nil
}

// conference is the id of a conference by its name.
func (s *scenario) conference(name string) (string, error) {
	if id, ok := s.confs[name]; ok {
		return id, nil
	}
	for _, c := range s.audian.State().Conferences {
		if c.Name == name {
			return c.ID, nil
		}
	}
	return "", fmt.Errorf("Audian has no conference %q", name)
}

// evidence is what there is to see after a failure.
func (s *scenario) evidence(ctx context.Context) string {
	var b strings.Builder
	for _, name := range s.cast {
		screen, err := s.people.View(ctx, s.users[name])
		if err != nil {
			continue
		}
		fmt.Fprintf(&b, "── what %s sees ──\n%s", name, s.describe(screen))
	}
	fmt.Fprintf(&b, "── on the line ──\n")
	for _, c := range s.audian.State().Conferences {
		fmt.Fprintf(&b, "%s (%s): %s\n", c.Name, c.ID, onLine(c))
	}
	fmt.Fprintf(&b, "── the bot's log ──\n%s", tail(s.bot.log(), 60))
	return b.String()
}

func tail(text string, lines int) string {
	all := strings.Split(text, "\n")
	if len(all) > lines {
		all = append([]string{"… " + strconv.Itoa(len(all)-lines) + " lines before"}, all[len(all)-lines:]...)
	}
	return strings.Join(all, "\n")
}
