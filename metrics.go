package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"confbot/announce"
)

// metrics counts what operators look at. Labels are names from fixed tables
// only: never people, channels, conferences or anything typed.
type metrics struct {
	registry     *prometheus.Registry
	acks         *prometheus.HistogramVec
	interactions *prometheus.HistogramVec
	slackCalls   *prometheus.CounterVec
	connections  prometheus.Gauge
	audian       *prometheus.HistogramVec
	announced    *prometheus.HistogramVec
	reachable    prometheus.Gauge
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		acks: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "confbot_ack_seconds", Help: "How long it took to acknowledge an envelope from Slack.",
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, 1, 3},
		}, []string{"kind"}),
		interactions: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "confbot_interaction_seconds", Help: "How long an interaction took from its arrival to its answer.",
			Buckets: []float64{.005, .025, .1, .25, .5, 1, 2.5, 5, 10, 30},
		}, []string{"kind", "name", "outcome"}),
		slackCalls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "confbot_slack_calls_total", Help: "Calls to Slack's Web API.",
		}, []string{"method", "outcome"}),
		connections: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "confbot_slack_connections", Help: "Open connections to Slack.",
		}),
		audian: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "confbot_audian_call_seconds", Help: "Calls to the Audian API; status 0 is no answer.",
			Buckets: []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 20},
		}, []string{"verb", "status"}),
		announced: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "confbot_announcement_delay_seconds",
			Help:    "How late announcements (kind post), reminders (remind) and messages to owners (tell) went out, by what became of them.",
			Buckets: []float64{.25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600},
		}, []string{"kind", "outcome"}),
		reachable: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "confbot_audian_reachable", Help: "1 while Audian answers, 0 in an outage.",
		}),
	}
	m.registry.MustRegister(m.acks, m.interactions, m.slackCalls, m.connections, m.audian, m.announced, m.reachable,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

func (m *metrics) Acked(kind string, took time.Duration) {
	m.acks.WithLabelValues(kind).Observe(took.Seconds())
}

func (m *metrics) Finished(kind, name, outcome string, took time.Duration) {
	m.interactions.WithLabelValues(kind, name, outcome).Observe(took.Seconds())
}

func (m *metrics) Called(method, outcome string) { m.slackCalls.WithLabelValues(method, outcome).Inc() }

func (m *metrics) Connected(open int) { m.connections.Set(float64(open)) }

// Asked is told of every call to Audian.
func (m *metrics) Asked(verb string, status int, took time.Duration) {
	m.audian.WithLabelValues(verb, strconv.Itoa(status)).Observe(took.Seconds())
}

// Settled is told what became of what was to be posted or sent at a time.
func (m *metrics) Settled(kind announce.Kind, state announce.State, behind time.Duration) {
	m.announced.WithLabelValues(string(kind), string(state)).Observe(max(0, behind.Seconds()))
}

// Reachable is told when Audian stops answering and when it is back.
func (m *metrics) Reachable(answers bool) {
	m.reachable.Set(0)
	if answers {
		m.reachable.Set(1)
	}
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
