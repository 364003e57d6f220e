package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"confbot/conference"
	"confbot/sandbox/audian"
	"confbot/sandbox/slack/control"
	"confbot/store"
)

// People of the sandbox workspace.
const (
	demoAna  = "U0ANA00001"
	demoBo   = "U0BO000001"
	demoCleo = "U0CLEO0001"
	demoDev  = "U0DEV00001"
	demoTeam = "C0TEAM0001"
)

// demoConference is the one that goes on when the demo starts.
const demoConference = "conf_weekly"

// seedDemo fills the sandbox Audian with a few conferences and callers.
func seedDemo(s *audian.Server) error {
	for _, c := range []audian.ConferenceSpec{
		{ID: demoConference, Name: "Weekly sync", MemberPINs: []string{"482913"}, ModeratorPINs: []string{"907755"}, MaxMembers: 50, Profile: "default"},
		{ID: "conf_oncall", Name: "Weekend on-call", MemberPINs: []string{"661204"}, ModeratorPINs: []string{"338817"}, Profile: "default"},
		{ID: "conf_board", Name: "Board", MemberPINs: []string{"750142"}, ModeratorPINs: []string{"219946"}, Profile: "large"},
	} {
		if _, err := s.AddConference(c); err != nil {
			return err
		}
	}
	for _, c := range []audian.CallerSpec{
		{Name: "Ana Ruiz", Number: "+4915550100111", Moderator: true},
		{Name: "Bo Lin", Number: "+12125550142"},
		{Name: "", Number: "+14155554821", Noise: audian.Breathing},
		{Name: "Alice Chen", Number: "+14155550199", Noise: audian.Talking},
		{Name: "Priya N", Number: "+442075557730"},
		{Name: "", Number: "anonymous"},
	} {
		if _, err := s.AddCaller(demoConference, c); err != nil {
			return err
		}
	}
	return nil
}

// runDemo starts both sandboxes, the page and the bot between them.
func runDemo(ctx context.Context, args []string, out, errs io.Writer) error {
	flags := flag.NewFlagSet("confbot demo", flag.ContinueOnError)
	flags.SetOutput(errs)
	page := flags.String("page", "127.0.0.1:0", "loopback `address` of the page")
	dialect := flags.String("dialect", "seed", "the sandbox Audian's dialect: seed or kazoo")
	verbose := flags.Bool("v", false, "show the bot's log")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if err := loopbackOnly(*page); err != nil {
		return err
	}
	log := slog.New(slog.DiscardHandler)
	if *verbose {
		log = newLogger(errs, Config{LogLevel: slog.LevelDebug})
	}
	d, err := startDemo(ctx, *page, *dialect, log)
	if err != nil {
		return err
	}
	defer d.stop()
	_, err = fmt.Fprintf(out, "confbot demo. Everything runs on this machine, nothing is sent anywhere, nothing is kept.\nOpen %s        (Ctrl+C stops it)\n", d.sandboxes.url)
	if err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// demo is everything at once on one machine.
type demo struct {
	*sandboxes
	app  *app
	dir  string
	tour tour
}

func startDemo(ctx context.Context, page, dialect string, log *slog.Logger) (_ *demo, err error) {
	d := &demo{}
	defer func() {
		if err != nil {
			d.stop()
		}
	}()
	if d.dir, err = os.MkdirTemp("", "confbot-demo-"); err != nil {
		return nil, fmt.Errorf("make a folder for the demo's database: %w", err)
	}
	if d.sandboxes, err = startSandboxes(ctx, sandboxOptions{page: page, dialect: dialect, paced: true, seed: seedDemo, demo: &d.tour}, log); err != nil {
		return nil, err
	}
	if d.app, err = newApp(ctx, d.config(), log); err != nil {
		return nil, err
	}
	d.tour.serve(d.app)
	if err := d.furnish(ctx); err != nil {
		return nil, err
	}
	if err := d.app.start(ctx); err != nil {
		return nil, err
	}
	return d, d.showCard(ctx)
}

// config is how the demo's bot is configured: Ana moderates what was there.
func (d *demo) config() Config {
	return Config{
		SlackAppToken: secret(d.slack.AppToken()), SlackBotToken: secret(d.slack.BotToken()), SlackAPIURL: d.slack.APIURL(),
		AudianAPIKey: secret(d.audian.APIKey()), AudianBaseURL: d.audian.BaseURL(),
		DatabaseURL: secret("sqlite:" + filepath.Join(d.dir, "confbot.db")),
		DialIn:      []dialIn{{"US", "+14155550100"}, {"DE", "+493012345678"}},
		CreateAll:   true, CacheTTL: time.Minute, Retention: 90 * 24 * time.Hour, Command: "/conf",
		now: d.tour.now,
	}
}

// showCard has Ana ask for the card, so that nobody meets an empty channel.
func (d *demo) showCard(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	c := control.New(d.slack.ControlURL(), nil)
	for {
		if ok, _ := d.app.bot.Ready(); ok {
			break
		}
		if !pause(ctx, 20*time.Millisecond) {
			return fmt.Errorf("the demo's bot did not connect: %w", ctx.Err())
		}
	}
	_, err := c.Type(ctx, control.Typed{User: demoAna, Channel: demoTeam, Text: "/conf people Weekly sync"})
	return err
}

func (d *demo) stop() {
	if d.app != nil {
		d.app.stop()
	}
	if d.sandboxes != nil {
		d.sandboxes.stop()
	}
	if d.dir != "" {
		_ = os.RemoveAll(d.dir)
	}
}

// furnish says who looks after the conferences that were there, as an admin
// would have done.
func (d *demo) furnish(ctx context.Context) error {
	now := time.Now()
	for id, users := range map[conference.ID][]string{
		demoConference: {demoAna, demoBo, demoCleo},
		"conf_oncall":  {demoBo},
		"conf_board":   {demoDev},
	} {
		kept := store.Kept{Conference: id, AdoptedBy: demoDev, CreatedAt: now, Private: id == "conf_board"}
		if err := d.app.store.Keep(ctx, kept); err != nil {
			return err
		}
		for _, u := range users {
			if err := d.app.store.AddModerator(ctx, store.Moderator{Conference: id, User: u, AddedBy: demoDev, At: now}); err != nil {
				return err
			}
		}
	}
	return nil
}
