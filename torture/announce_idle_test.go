package torture

import (
	"fmt"
	"testing"
	"time"

	"confbot/announce"
	"confbot/conference"
	"confbot/sandbox/slack"
)

// TestStoredRulesCostNothingWhileIdle lets two programs idle side by side, one
// without a rule and one with very many, none of which is due, and compares
// their processor time.
func TestStoredRulesCostNothingWhileIdle(t *testing.T) {
	rules, watch := either(500, 10_000), either(8*time.Second, time.Minute)
	none, many := idler(t, 0), idler(t, rules)
	before := []time.Duration{cpuOf(t, none), cpuOf(t, many)}
	none.wait(watch)
	spent := []time.Duration{cpuOf(t, none) - before[0], cpuOf(t, many) - before[1]}
	sizes := make([]int, 2)
	for i, w := range []*world{none, many} {
		size, err := w.bot.memory()
		w.must(err)
		sizes[i] = size >> 20
	}
	t.Logf("idle for %s: %s of CPU and %d MB without a rule, %s and %d MB with %d; %.2f %% of a core more",
		watch, spent[0], sizes[0], spent[1], sizes[1], rules, 100*(spent[1]-spent[0]).Seconds()/watch.Seconds())
	// The kernel counts in hundredths of a second, so a few of them are nothing.
	if noise := 5 * time.Second / ticks; spent[1] > spent[0]*3/2+noise {
		t.Errorf("%d rules cost %s of CPU in %s, none cost %s", rules, spent[1], watch, spent[0])
	}
	if open := many.ends()["open"]; open != rules {
		t.Errorf("%d rows wait for their time, want %d: this shows nothing", open, rules)
	}
}

// idler is a program with so many rules, none due within the hour, that has
// come to rest.
func idler(t *testing.T, rules int) *world {
	t.Helper()
	w := newWorld(t, setup{persons: 1, slack: slack.Options{}})
	w.everybodyKnown(1)
	channels, confs := w.halls(50), w.series("rest", 50, 510000)
	a := w.almanac()
	now := time.Now().UTC()
	for i := range rules {
		// Weekly, on one of the days to come, at any minute of it.
		first := now.Add(24*time.Hour + time.Duration(i)*7*time.Minute)
		a.add(announce.Announcement{
			Conference: conference.ID(confs[i%len(confs)]), Channel: channels[i%len(channels)],
			Rule: announce.Rule{
				Zone: "UTC", First: announce.WallOf(first),
				Repeat: announce.Repeat{Freq: announce.Weeks, Days: []time.Weekday{first.Weekday()}},
			},
		}, 0)
	}
	a.done()
	w.must(w.bot.start())
	w.connected(2)
	w.wait(6 * time.Second)
	if w.bot.cmd == nil {
		t.Fatal(fmt.Sprintln("it ended:", w.bot.tail(20)))
	}
	return w
}

func cpuOf(t *testing.T, w *world) time.Duration {
	t.Helper()
	d, err := w.bot.cpu()
	w.must(err)
	return d
}
