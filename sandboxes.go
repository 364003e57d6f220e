package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"time"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack"
	"confbot/sandbox/web"
)

// sandboxes are the sandbox Slack, the sandbox Audian and the page for both.
type sandboxes struct {
	slack  *slack.Server
	audian *audian.Server
	page   *http.Server
	url    string
}

// sandboxOptions is what a sub-command's flags choose.
type sandboxOptions struct {
	page    string // address of the page
	dialect string
	paced   bool // the sandbox Audian has a rate bucket
	seed    func(*audian.Server) error
	demo    http.Handler // the guided tour, nil for none
}

// startSandboxes starts all three on loopback.
func startSandboxes(ctx context.Context, o sandboxOptions, log *slog.Logger) (_ *sandboxes, err error) {
	s := &sandboxes{}
	defer func() {
		if err != nil {
			s.stop()
		}
	}()
	if s.slack, err = slack.New(slack.Options{Manifest: []byte(manifest("/conf")), Log: log}); err != nil {
		return nil, fmt.Errorf("sandbox Slack: %w", err)
	}
	if err = s.slack.Start(ctx); err != nil {
		return nil, fmt.Errorf("sandbox Slack: %w", err)
	}
	s.audian, err = audian.New(audian.Options{
		Dialect: audian.Dialect(o.dialect), Seed: o.seed, Logger: log, RateBucket: o.paced, ApplyDelay: 120 * time.Millisecond,
	})
	if err != nil {
		return nil, fmt.Errorf("sandbox Audian: %w", err)
	}
	if err = s.audian.Start(ctx); err != nil {
		return nil, fmt.Errorf("sandbox Audian: %w", err)
	}
	l, err := net.Listen("tcp", o.page) //nolint:noctx // it lives as long as the program
	if err != nil {
		return nil, fmt.Errorf("listen for the page: %w", err)
	}
	s.url = "http://" + l.Addr().String()
	s.page = &http.Server{
		Handler:           web.New(web.Options{Slack: s.slack.Control(), Audian: s.audian.Control(), Demo: o.demo}),
		ReadHeaderTimeout: 5 * time.Second,
	}
	go func() { _ = s.page.Serve(l) }()
	return s, nil
}

func (s *sandboxes) stop() {
	if s.page != nil {
		_ = s.page.Close()
	}
	if s.audian != nil {
		_ = s.audian.Stop()
	}
	if s.slack != nil {
		_ = s.slack.Stop()
	}
}

// runSandbox starts both sandboxes without the bot, for other clients.
func runSandbox(ctx context.Context, args []string, out, errs io.Writer) error {
	flags := flag.NewFlagSet("confbot sandbox", flag.ContinueOnError)
	flags.SetOutput(errs)
	page := flags.String("page", "127.0.0.1:0", "loopback `address` of the page")
	dialect := flags.String("dialect", "seed", "the sandbox Audian's dialect: seed or kazoo")
	if err := flags.Parse(args); err != nil {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	if err := loopbackOnly(*page); err != nil {
		return err
	}
	s, err := startSandboxes(ctx, sandboxOptions{page: *page, dialect: *dialect, seed: seedDemo}, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	defer s.stop()
	_, err = fmt.Fprintf(out, `Both sandboxes run on this machine only. Ctrl+C stops them.

Page     %s

Slack    %s
         Point a client at it: SLACK_API_URL=%s SLACK_BOT_TOKEN=%s SLACK_APP_TOKEN=%s
         Control API: %s
Audian   %s
         Point a client at it: AUDIAN_BASE_URL=%s AUDIAN_API_KEY=%s
         Account %s; a token for an hour: %s
         Dialect %s; -dialect=kazoo or -dialect=seed chooses another
         Control API: %s
`, s.url, s.slack.BaseURL(), s.slack.APIURL(), s.slack.BotToken(), s.slack.AppToken(), s.slack.ControlURL(),
		s.audian.BaseURL(), s.audian.BaseURL(), s.audian.APIKey(), s.audian.AccountID(), s.audian.IssueToken(), *dialect, s.audian.ControlURL())
	if err != nil {
		return err
	}
	<-ctx.Done()
	return nil
}

// loopbackOnly refuses an address that others could reach.
func loopbackOnly(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%w: -page takes host:port, such as 127.0.0.1:8080", errUsage)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return fmt.Errorf("%w: the sandboxes listen on this machine only; use 127.0.0.1", errUsage)
	}
	return nil
}
