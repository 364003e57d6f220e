package api

import (
	"log/slog"
	"net/http"
	"time"

	"golang.org/x/time/rate"
)

// Observer is told of every attempt: the verb ("conferences.list"), the
// HTTP status (0 when no answer came) and how long the answer's head took.
type Observer func(verb string, status int, took time.Duration)

// Option changes how a Client works.
type Option func(*options)

type options struct {
	log       *slog.Logger
	observe   Observer
	transport http.RoundTripper
	rate      rate.Limit
	burst     int
}

// The account's rate bucket holds 100 and refills by 10 a second where
// Audian runs a stock Kazoo; half of that leaves room for others.
func defaults() options {
	return options{log: slog.New(slog.DiscardHandler), observe: func(string, int, time.Duration) {}, rate: 5, burst: 20}
}

// WithLogger sets where the client logs; by default nowhere.
func WithLogger(l *slog.Logger) Option { return func(o *options) { o.log = l } }

// WithObserver sets who is told of every attempt, for metrics. It must not
// block.
func WithObserver(f Observer) Option { return func(o *options) { o.observe = f } }

// WithTransport replaces the client's own connections, for tests and for
// private certificate authorities. The caller closes it.
func WithTransport(t http.RoundTripper) Option { return func(o *options) { o.transport = t } }

// WithRate sets the pace: calls a second in the long run, and how many may
// go at once after a rest. The default is 5 and 20.
func WithRate(perSecond float64, burst int) Option {
	return func(o *options) { o.rate, o.burst = rate.Limit(max(0.1, perSecond)), max(1, burst) }
}
