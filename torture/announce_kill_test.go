package torture

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"confbot/conference"
	"confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
	"confbot/store"
)

// TestKillsLoseAndDoubleNoAnnouncement kills the program around the moments at
// which announcements and reminders are due, and starts it again at once. All
// come, each once where the app may look into its channels, and no kill delays
// one by more than ten seconds.
func TestKillsLoseAndDoubleNoAnnouncement(t *testing.T) {
	trouble := []control.Fault{
		{Method: "chat.postMessage", Kind: "reset_after", Percent: 5},
		{Method: "chat.postMessage", Kind: "reset", Percent: 5},
		{Method: "chat.postMessage", Kind: "rate_limited", RetryAfter: 1, Percent: 8},
		{Method: "chat.postMessage", Kind: "delay", DelayMS: 300, Percent: 20},
		{Method: "chat.postMessage", Kind: "delay_after", DelayMS: 400, Percent: 20},
		{Method: "conversations.history", Kind: "http500", Percent: 10},
	}
	slow := []control.Fault{ // so that kills strike while a post is under way
		{Method: "chat.postMessage", Kind: "delay", DelayMS: 200, Percent: 30},
		{Method: "chat.postMessage", Kind: "delay_after", DelayMS: 300, Percent: 30},
	}
	for name, bad := range map[string]barrage{
		"with a look into the channels":         {history: true, faults: slow, usual: 5 * time.Second},
		"and faults at the same time":           {history: true, faults: trouble, usual: 30 * time.Second, cut: true},
		"without, so that some may come double": {faults: slow, usual: 5 * time.Second, doubles: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // they mostly wait
			bad.run(t)
		})
	}
}

// barrage is one such run.
type barrage struct {
	history bool
	faults  []control.Fault
	usual   time.Duration // how late a post may be without a kill
	doubles bool          // a second post is better than none
	cut     bool          // so often that a reminder may be sent twice without arriving, and never a third time
}

const (
	bunch      = 5 // posts due in one second, in as many channels; Audian lets us read as much
	rotation   = 3 // every so many bunches one of them has a new PIN
	bunchEvery = 2 * time.Second
)

// volleys is how often the program is killed around each of some bunches: once
// with time enough after it to see what one kill does, and again and again.
var volleys = either(
	[]int{1, 0, 0, 0, 2, 2},
	slices.Repeat([]int{1, 0, 0, 0, 0, 0, 0, 3, 3, 3, 3, 0, 0, 0}, 28), // 364, so 728 with a look into the channels
)

func (b barrage) run(t *testing.T) {
	w := newWorld(t, setup{persons: 6, history: b.history, slack: slack.Options{NoRateLimits: true}})
	w.everybodyKnown(6)
	a := w.almanac()
	moments, rotating := a.bunches(len(volleys))
	a.done()
	_, err := w.people.AddFaults(w.ctx, b.faults...)
	w.must(err)
	w.must(w.bot.start())
	var killed []time.Time
	for i, at := range moments {
		for n := range volleys[i] {
			w.wait(time.Until(at) + time.Duration(rand.IntN(1000)-400+500*n)*time.Millisecond)
			w.bot.kill()
			killed = append(killed, time.Now())
			w.must(w.bot.start())
		}
	}
	w.until(90*time.Second, func() bool { return w.ends()["open"] == 0 })
	w.must(w.people.ClearFaults(w.ctx))
	w.wait(3 * time.Second) // for what would come again
	code, _, err := w.bot.stop()
	if err != nil || code != 0 {
		t.Errorf("in the end it exited with %d, %v", code, err)
	}
	r := judgeTimetable(a.plan, w.heard.arrivals(), killed, b.usual)
	ends := w.ends()
	t.Logf("%d kills: %s; rows: %v; %d posts went out without their PIN at first; it fell over %d times by itself",
		len(killed), &r, ends, w.bot.said("goes out without its PIN"), w.bot.said("panic: "))
	if n := w.bot.said("panic: "); n > 0 {
		t.Errorf("it fell over %d times by itself", n)
	}
	wrong := append(r.wrong(), w.pinsLeft(rotating)...)
	if b.doubles {
		wrong = slices.DeleteFunc(wrong, func(s string) bool { return strings.HasPrefix(s, "doubled: ") })
	}
	if b.cut {
		wrong = slices.DeleteFunc(wrong, func(s string) bool { return strings.HasPrefix(s, "lost: r.") })
	}
	for _, one := range wrong[:min(len(wrong), 20)] {
		t.Error(one)
	}
	if n := ends["open"] + ends["missed"] + ends["failed"]; n > 0 {
		t.Errorf("of the rows %v, %d did not end as they should", ends, n)
	}
	if len(r.behind[0]) == 0 || len(r.behind[1]) == 0 || w.heard.holes > 0 {
		t.Errorf("%d kills, %d posts with one, %d holes: this shows nothing", len(killed), len(r.behind[1]), w.heard.holes)
	}
	if t.Failed() {
		t.Log(w.bot.tail(100))
	}
}

// bunches announces conferences in bunches. One with a new PIN has its next
// turn once that change is over. Five people are reminded of some of the others:
// once each, since starts so close together are one run.
func (a *almanac) bunches(count int) (moments []time.Time, rotating []string) {
	channels, old := a.halls(60), a.series("old", 12, 210000)
	rotating = a.series("new", min((count+rotation-1)/rotation, 70), 710000)
	start := time.Now().Add(5*time.Second + time.Duration(count)*40*time.Millisecond)
	due := map[string][]time.Time{}
	for i := range count {
		at := start.Add(time.Duration(i) * bunchEvery).Truncate(time.Second)
		moments = append(moments, at)
		places := rand.Perm(len(channels))
		turns := rand.Perm(len(old))
		for n := range bunch {
			if n == 0 && i%rotation == 0 {
				a.once(rotating[i/rotation%len(rotating)], channels[places[n]], at, true)
				continue
			}
			a.once(old[turns[n]], channels[places[n]], at, false)
			due[old[turns[n]]] = append(due[old[turns[n]]], at)
		}
	}
	for i, conf := range old {
		a.must(a.shelf.Keep(a.ctx, store.Kept{Conference: conference.ID(conf), Creator: personID(0), CreatedAt: start}))
		if i < 6 && len(due[conf]) > 0 {
			for person := 1; person < 6; person++ {
				a.remind(personID(person), conf, due[conf][:1])
			}
		}
	}
	if !time.Now().Before(start) {
		a.tb.Fatalf("writing the timetable took longer than the time before it begins")
	}
	return moments, rotating
}

// landed reports whether everything planned is there.
func (w *world) landed(plan []planned) bool {
	there := w.heard.arrivals()
	return !slices.ContainsFunc(plan, func(p planned) bool { return len(there[p.key]) == 0 })
}

// pinsLeft checks that the conferences have one PIN each, the one that their
// last post shows.
func (w *world) pinsLeft(rotating []string) (wrong []string) {
	shown := map[string]landing{} // by conference's name
	for _, all := range w.heard.arrivals() {
		for _, l := range all {
			for _, c := range rotating {
				name := "new " + strings.TrimPrefix(c, "conf_new")
				if strings.Contains(l.text, name) && l.at.After(shown[c].at) {
					shown[c] = l
				}
			}
		}
	}
	for _, c := range w.audian.State().Conferences {
		if !slices.Contains(rotating, c.ID) {
			continue
		}
		pins, _ := c.Document["member_pins"].([]any)
		if len(pins) != 1 {
			wrong = append(wrong, fmt.Sprintf("%s is left with %d PINs", c.ID, len(pins)))
			continue
		}
		if text := shown[c.ID].text; !strings.Contains(strings.ReplaceAll(text, " ", ""), fmt.Sprint(pins[0])) {
			wrong = append(wrong, fmt.Sprintf("%s was last posted with another PIN than its own: %s", c.ID, text))
		}
	}
	return wrong
}
