package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"time"
)

// runBot is confbot itself: it works until it is told to stop.
func runBot(ctx context.Context, args []string, _, errs io.Writer) error {
	if len(args) > 0 {
		return fmt.Errorf("%w: confbot run takes no arguments; it is configured by environment variables", errUsage)
	}
	cfg, err := loadConfig()
	if err != nil {
		return err
	}
	log := newLogger(errs, cfg)
	a, err := newApp(ctx, cfg, log)
	if err != nil {
		return err
	}
	stopServing, err := a.serve(cfg.HTTPAddr)
	if err != nil {
		a.stop()
		return err
	}
	defer stopServing()
	log.InfoContext(ctx, "confbot starts", "version", version(), "storage", storageName(cfg.DatabaseURL))
	if err := a.start(ctx); err != nil {
		a.stop()
		return err
	}
	<-ctx.Done()
	log.Info("confbot stops: what has begun is finished first")
	a.stop()
	log.Info("confbot has stopped")
	return nil
}

// storageName tells where the data is, without anything secret.
func storageName(url secret) string {
	if s := url.reveal(); strings.HasPrefix(s, "sqlite:") {
		return s
	}
	return "a database server"
}

// serve answers health checks and metrics until the returned function is
// called. An empty address serves nothing.
func (a *app) serve(addr string) (stop func(), err error) {
	if addr == "" {
		return func() {}, nil
	}
	l, err := net.Listen("tcp", addr) //nolint:noctx // it lives as long as the program
	if err != nil {
		return nil, fmt.Errorf("listen on CONF_HTTP_ADDR: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, "ok") })
	mux.HandleFunc("GET /readyz", a.ready)
	mux.Handle("GET /metrics", a.metrics.handler())
	srv := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second, WriteTimeout: 30 * time.Second}
	go func() {
		if err := srv.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
			a.log.Error("health and metrics are not served any more", "error", err)
		}
	}()
	return func() { _ = srv.Close() }, nil
}

// ready is green when people can be served: Slack is connected and the
// database can be read. Audian out of reach is told by a metric, since a
// restart would not help.
func (a *app) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if ok, why := a.bot.Ready(); !ok {
		answer(w, http.StatusServiceUnavailable, "Slack: "+why)
		return
	}
	if err := a.store.Ping(ctx); err != nil {
		answer(w, http.StatusServiceUnavailable, "the database does not answer")
		return
	}
	answer(w, http.StatusOK, "ready")
}

func answer(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text+"\n")
}

// runHealthcheck asks the confbot of this machine, for Docker: a scratch image
// has no other program that could.
func runHealthcheck(ctx context.Context, _ []string, out, _ io.Writer) error {
	addr, ok := os.LookupEnv("CONF_HTTP_ADDR")
	if !ok {
		addr = "127.0.0.1:9090"
	}
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return errors.New("CONF_HTTP_ADDR is not an address, or empty, so there is nothing to ask")
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 4*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return errors.New("confbot does not answer on " + addr)
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("confbot is not well: %s", resp.Status)
	}
	_, err = fmt.Fprintln(out, "ok")
	return err
}
