package torture

import (
	"testing"
	"time"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack/control"
)

// TestAcksDoNotWaitForAudian makes Audian slow, broken and absent, one after
// the other. Acknowledgements come as before, and everybody is told.
func TestAcksDoNotWaitForAudian(t *testing.T) {
	const persons = 6
	slow := either(1500*time.Millisecond, 20*time.Second)
	faults := map[string]audian.Fault{
		"slow":   {Match: "*", Kind: "delay", DelayMS: int(slow.Milliseconds())},
		"broken": {Match: "*", Kind: "status", Status: 500},
	}
	if long {
		faults["absent"] = audian.Fault{Match: "*", Kind: "reset"}
		faults["mumbles"] = audian.Fault{Match: "*", Kind: "html"}
	}
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, setup{persons: persons})
			rec := record(t, w)
			people := w.crowd(persons)
			w.must(w.bot.start())
			w.connected(2)
			w.all(people, func(p *person) *wish { return p.mute() })
			before := rec.mark()
			usual := percentile(rec.acks(0), 50)
			_, err := w.audian.AddFault(fault)
			w.must(err)
			w.all(people, func(p *person) *wish { return p.mute() })
			w.all(people, func(p *person) *wish { return p.create() })
			acks := rec.acks(before)
			w.audian.ClearFaults()
			r := w.judge(people)
			t.Logf("%s; acknowledged usually after %s, now p50 %s, the slowest %s", r, usual, percentile(acks, 50), percentile(acks, 100))
			for _, wrong := range r.wrong {
				t.Error(wrong)
			}
			if len(acks) < 2*persons || w.heard.refusals() > 0 {
				t.Errorf("%d acknowledgements, %d refusals", len(acks), w.heard.refusals())
			}
			if p50 := percentile(acks, 50); name == "slow" && p50 > slow/10 {
				t.Errorf("acknowledgements took %s while Audian took %s; before it was %s", p50, slow, usual)
			}
			if slowest := percentile(acks, 100); name == "slow" && slowest > slow/2 {
				t.Errorf("an acknowledgement waited %s while Audian took %s", slowest, slow)
			}
			if t.Failed() {
				t.Log(w.bot.tail(40))
			}
		})
	}
}

// all has everybody ask for something at once and waits until all have seen
// what came of it.
func (w *world) all(people []*person, ask func(*person) *wish) {
	made := make(chan *wish, len(people))
	for _, p := range people {
		go func() { made <- ask(p) }()
	}
	for range people {
		v := <-made
		v.settle()
	}
}

// TestSlackAsksToSlowDown has Slack refuse a third of all calls with 429.
// Everything is done and said all the same, and no method is called again
// before its time.
func TestSlackAsksToSlowDown(t *testing.T) {
	const persons = 6
	w := newWorld(t, setup{persons: persons})
	rec := record(t, w)
	people := w.crowd(persons)
	w.must(w.bot.start())
	w.connected(2)
	storm := control.Fault{Kind: "rate_limited", RetryAfter: 1, Percent: 33}
	var faults []control.Fault
	for _, method := range []string{"chat.postMessage", "chat.postEphemeral", "chat.update", "conversations.open", "users.info", "response_url"} {
		storm.Method = method
		faults = append(faults, storm)
	}
	_, err := w.people.AddFaults(w.ctx, faults...)
	w.must(err)
	for range either(2, 20) {
		w.all(people, func(p *person) *wish { return p.mute() })
		w.all(people, func(p *person) *wish { return p.create() })
	}
	code, _, err := w.bot.stop()
	if code != 0 || err != nil {
		t.Errorf("it exited with %d, %v", code, err)
	}
	r := w.judge(people)
	early, refused := tooEarly(rec.all())
	t.Logf("%s; %d calls were refused, %d repeated before their time", r, refused, early)
	for _, wrong := range r.wrong {
		t.Error(wrong)
	}
	if r.both < r.done || r.told > 0 {
		t.Errorf("%d of %d were done without a word, %d not done", r.done-r.both, r.done, r.told)
	}
	if early > 0 || refused == 0 {
		t.Errorf("of %d refused calls %d were repeated before their time", refused, early)
	}
	if t.Failed() {
		t.Log(w.bot.tail(60))
	}
}

// tooEarly counts the calls of a method within the second after it was
// refused, without those that were on their way already.
func tooEarly(lines []line) (early, refused int) {
	until := map[string]time.Time{}
	for _, l := range lines {
		if l.kind != "web_api" {
			if l.kind == "response_url" && l.status == 429 {
				refused++
			}
			continue
		}
		if end, ok := until[l.method]; ok && l.at.Before(end.Add(-50*time.Millisecond)) && l.at.After(end.Add(-800*time.Millisecond)) {
			early++
		}
		if l.status == 429 {
			refused++
			until[l.method] = l.at.Add(time.Second)
		}
	}
	return early, refused
}
