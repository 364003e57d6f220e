package torture

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
)

// TestRefreshesLoseNothing has Slack renew its connections again and again
// under a stream of commands, some of which it delivers twice. As in life it
// leaves one connection alone until the other has been replaced.
func TestRefreshesLoseNothing(t *testing.T) {
	const persons = 6
	times := either(20, 1000)
	w := newWorld(t, setup{persons: persons, slack: slack.Options{NoRateLimits: true}})
	_, err := w.people.AddFaults(w.ctx,
		control.Fault{Method: "slash_commands", Kind: "duplicate", Percent: 25},
		control.Fault{Method: "interactive", Kind: "duplicate", Percent: 25})
	w.must(err)
	people := w.crowd(persons)
	w.must(w.bot.start())
	w.connected(2)
	stop := w.stream(people)
	lead := 30
	for i := range times {
		if !w.until(20*time.Second, func() bool { return w.open() >= 2 }) {
			t.Fatalf("after %d refreshes there are not two connections\n%s", i, w.bot.tail(20))
		}
		order := []control.SocketOrder{
			{Action: "warning", LeadMS: &lead}, {Action: "refresh_requested"}, {Action: "refresh_requested", LeadMS: &lead},
		}[rand.IntN(3)]
		if rand.IntN(20) == 0 { // without a word, once it has served: one that dies at once every time is left alone for long
			order = control.SocketOrder{Action: "close"}
			w.wait(400 * time.Millisecond)
		}
		order.Socket = w.oldest()
		w.must(w.people.OrderSocket(w.ctx, order))
		w.until(5*time.Second, func() bool { return w.oldest() != order.Socket }) // a lead may pass first
		w.wait(time.Duration(rand.IntN(150)) * time.Millisecond)
	}
	stop()
	r := w.judge(people)
	t.Logf("%d refreshes: %s", times, r)
	for _, wrong := range r.wrong {
		t.Error(wrong)
	}
	if n := w.heard.refusals(); n > 0 || r.told > 0 || r.unsent > 0 {
		t.Errorf("%d commands were refused by Slack and %d not done", n, r.told+r.unsent)
	}
	if t.Failed() {
		t.Log(w.bot.tail(40))
	}
}

// oldest is the connection that has been open for longest.
func (w *world) oldest() string {
	sockets, err := w.people.Sockets(w.ctx)
	w.must(err)
	for _, s := range sockets {
		if !s.Ghost && !s.Closing {
			return s.ID
		}
	}
	return ""
}

// TestCutConnections cuts connections without a word and turns some into
// ghosts, which take envelopes and answer nothing. Slack then sends what was
// not acknowledged to another one, or tells the person.
func TestCutConnections(t *testing.T) {
	for name, again := range map[string]bool{"sent again": true, "not sent again": false} {
		t.Run(name, func(t *testing.T) {
			const persons = 6
			w := newWorld(t, setup{persons: persons, slack: slack.Options{
				NoRateLimits: true, PingInterval: 500 * time.Millisecond, PongTimeout: 2 * time.Second,
				Readings: slack.Readings{RedeliverUnacked: again},
			}})
			people := w.crowd(persons)
			w.must(w.bot.start())
			w.connected(2)
			stop := w.stream(people)
			for i := range either(6, 24) {
				w.connected(2)
				action := "drop"
				if long && i%3 == 2 { // it takes us half a minute to notice
					action = "ghost"
				}
				w.must(w.people.OrderSocket(w.ctx, control.SocketOrder{Action: action}))
				w.wait(time.Duration(rand.IntN(300)) * time.Millisecond)
			}
			stop()
			r := w.judge(people)
			t.Log(r)
			for _, wrong := range r.wrong {
				t.Error(wrong)
			}
			if again && r.refused > 0 {
				t.Errorf("%d were refused though Slack sent them again", r.refused)
			}
			if t.Failed() {
				t.Log(w.bot.tail(40))
			}
		})
	}
}

// stream has people ask for things until the returned function is called,
// which waits for all that they asked for.
func (w *world) stream(people []*person) (stop func()) {
	over := make(chan struct{})
	var acting sync.WaitGroup
	for _, p := range people {
		acting.Go(func() { p.act(over) })
	}
	return func() {
		close(over)
		acting.Wait()
	}
}
