package torture

import (
	"strings"
	"sync"
	"testing"
	"time"

	"confbot/sandbox/audian"
)

// TestStopFinishesWhatWasAcknowledged tells the program to end while it has
// a good deal to do.
func TestStopFinishesWhatWasAcknowledged(t *testing.T) {
	const persons = 6
	for range either(2, 20) {
		w := newWorld(t, setup{persons: persons, audian: audian.Options{ApplyDelay: 200 * time.Millisecond}})
		for _, verb := range []string{"POST", "DELETE"} {
			_, err := w.audian.AddFault(audian.Fault{Match: verb, Kind: "delay", DelayMS: 300})
			w.must(err)
		}
		rec := record(t, w)
		people := w.crowd(persons)
		w.must(w.bot.start())
		w.connected(2)
		var acting sync.WaitGroup
		for i, p := range people {
			acting.Go(func() {
				if i%2 == 0 {
					v, _ := p.kick(false)
					if v != nil {
						p.wishes = append(p.wishes[:0], v)
					}
				}
				p.mute()
				p.create()
			})
		}
		acting.Wait()
		w.wait(100 * time.Millisecond)
		code, took, err := w.bot.stop()
		if err != nil || code != 0 {
			t.Errorf("it exited with %d, %v", code, err)
		}
		if took > grace*25/30 {
			t.Errorf("it took %s, of which a container gives %s", took, grace)
		}
		for _, p := range people {
			for _, v := range p.wishes {
				v.settle()
			}
		}
		r := w.judge(people)
		t.Logf("%s; it took %s", r, took.Round(time.Millisecond))
		if r.told > 0 || r.unsent > 0 {
			t.Errorf("what was acknowledged before the end was not done")
		}
		for _, wrong := range r.wrong {
			t.Error(wrong)
		}
		goodbyes(t, rec)
		if t.Failed() {
			t.Fatal(w.bot.tail(60))
		}
	}
}

// goodbyes checks that every connection was closed politely.
func goodbyes(t *testing.T, rec *records) {
	t.Helper()
	said := 0
	for _, l := range rec.all() {
		if l.kind != "socket" || l.method != "close" {
			continue
		}
		if said++; !strings.Contains(l.verdict, "closed by the client with 1000") {
			t.Errorf("a connection was %s", l.verdict)
		}
	}
	if said == 0 {
		t.Error("no connection was closed")
	}
}
