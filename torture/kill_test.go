package torture

import (
	"math/rand/v2"
	"testing"
	"time"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
)

// TestKills kills the program at random moments while people create, mute and
// kick, and Slack delivers some things twice. What was acknowledged was done
// or its person told; nothing was done twice; nobody else was touched.
func TestKills(t *testing.T) {
	const persons = 8
	kills := either(8, 500)
	w := newWorld(t, setup{
		persons: persons,
		slack:   slack.Options{NoRateLimits: true}, // nobody restarts 500 times in half an hour
		audian:  audian.Options{ApplyDelay: 30 * time.Millisecond},
	})
	_, err := w.people.AddFaults(w.ctx,
		control.Fault{Method: "slash_commands", Kind: "duplicate", Percent: 20},
		control.Fault{Method: "interactive", Kind: "duplicate", Percent: 20})
	w.must(err)
	_, err = w.audian.AddFault(audian.Fault{Match: "POST", Kind: "delay", DelayMS: 60, Percent: 50})
	w.must(err)
	_, err = w.audian.AddFault(audian.Fault{Match: "DELETE", Kind: "delay", DelayMS: 60, Percent: 50})
	w.must(err)
	people := w.crowd(persons)
	w.must(w.bot.start())
	w.connected(2)
	for _, p := range people {
		p.showPanel()
	}
	stop := w.stream(people)
	for range kills {
		w.wait(time.Duration(50+rand.IntN(900)) * time.Millisecond)
		w.bot.kill()
		w.must(w.bot.start())
		if rand.IntN(8) > 0 { // and sometimes again before it is up
			w.connected(1)
		}
	}
	w.connected(1)
	stop()
	code, took, err := w.bot.stop()
	if err != nil || code != 0 {
		t.Errorf("in the end it exited with %d, %v\n%s", code, err, w.bot.tail(40))
	}
	r := w.judge(people)
	rows, open := w.entries()
	t.Logf("%d kills: %s; the last stop took %s", kills, r, took.Round(time.Millisecond))
	for _, why := range r.why[:min(len(r.why), 20)] {
		t.Log(why)
	}
	for _, wrong := range append(r.wrong, unwritten(people, rows, open)...) {
		t.Error(wrong)
	}
	if r.done < kills/2 {
		t.Errorf("only %d wishes were done, so this shows nothing", r.done)
	}
	if w.heard.holes > 0 {
		t.Errorf("the test itself lost %d changes", w.heard.holes)
	}
	if t.Failed() {
		t.Logf("%s", w.bot.tail(150))
	}
}

// act asks for one thing after the other until it is over.
func (p *person) act(over <-chan struct{}) {
	for {
		select {
		case <-over:
			return
		case <-p.ctx.Done():
			return
		default:
		}
		var v *wish
		switch n := rand.IntN(10); {
		case n < 2:
			v = p.create()
		case n < 5:
			v = p.mute()
		case n < 7:
			v, _ = p.press()
		case n < 9:
			v, _ = p.kick(false)
		default:
			v, _ = p.kick(true)
			p.again = nil // they were sent away too
		}
		if v != nil {
			v.settle()
		}
		p.wait(time.Duration(rand.IntN(150)) * time.Millisecond)
	}
}
