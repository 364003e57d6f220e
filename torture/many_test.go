package torture

import (
	"fmt"
	"testing"
	"time"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
)

// TestManyLiveConferences shows the panels of many live conferences while
// callers come, go and unmute themselves, with the limits of both platforms
// on. Neither must ever say 429, and what Slack allows must be used.
func TestManyLiveConferences(t *testing.T) {
	count, watch := either(12, 200), either(6*time.Second, 3*time.Minute)
	w := newWorld(t, setup{persons: 1, audian: audian.Options{RateBucket: true}, slack: slack.Options{}})
	rec := record(t, w)
	w.furnish(count)
	w.must(w.bot.start())
	w.connected(2)
	idle, err := w.bot.memory()
	w.must(err)
	w.showPanels(count)
	began, mark := time.Now(), rec.mark()
	cpu, err := w.bot.cpu()
	w.must(err)
	asked := len(w.audian.Requests(0))
	for i := 0; time.Since(began) < watch; i++ {
		w.stir(i % count)
		w.wait(watch / time.Duration(10*count))
	}
	spent, err := w.bot.cpu()
	w.must(err)
	minutes := time.Since(began).Minutes()
	updates, tooFast := 0, 0
	for i, l := range rec.all() {
		if l.status == 429 {
			tooFast++
			t.Logf("Slack says 429 to %s", l.method)
		}
		if i >= mark && l.method == "chat.update" {
			updates++
		}
	}
	for _, r := range w.audian.Requests(0) {
		if r.Status == 429 {
			tooFast++
			t.Logf("Audian says 429 to %s %s", r.Method, r.Path)
		}
	}
	memory, err := w.bot.memory()
	w.must(err)
	t.Logf("%d live conferences: %.1f updates a minute, %.1f Audian requests a second, %d MB (%d MB without panels), CPU %.1f %%",
		count, float64(updates)/minutes, float64(w.lastRequest()-asked)/minutes/60, memory>>20, idle>>20,
		100*(spent-cpu).Seconds()/time.Since(began).Seconds())
	if tooFast > 0 {
		t.Errorf("%d times we were told to slow down", tooFast)
	}
	if allowed := 45.0; long && float64(updates)/minutes < 0.9*allowed {
		t.Errorf("%.1f updates a minute of the %.0f that are for the background", float64(updates)/minutes, allowed)
	}
	if updates == 0 {
		t.Error("nothing was drawn at all")
	}
	if t.Failed() {
		t.Log(w.bot.tail(60))
	}
}

// lastRequest is the number of the last line in Audian's log.
func (w *world) lastRequest() int {
	all := w.audian.Requests(0)
	if len(all) == 0 {
		return 0
	}
	return all[len(all)-1].Seq
}

// places is in how many channels the conferences are shown.
const places = 40

func place(i int) string { return fmt.Sprintf("C0MANY%04d", i%places) }

// furnish makes conferences with five callers each, and channels for them.
func (w *world) furnish(count int) {
	w.tb.Helper()
	user, name := personID(0), "moderator"
	_, err := w.people.ChangeUser(w.ctx, control.UserChange{ID: user, Name: &name, RealName: &name})
	w.must(err)
	for i := range min(count, places) {
		room, kind := fmt.Sprintf("many%d", i), "public"
		_, err := w.people.ChangeChannel(w.ctx, control.ChannelChange{ID: place(i), Name: &room, Kind: &kind, Members: []string{user}})
		w.must(err)
	}
	for i := range count {
		id, err := w.audian.AddConference(audian.ConferenceSpec{
			ID: fmt.Sprintf("conf_many%04d", i), Name: fmt.Sprintf("Many %04d", i), MemberPINs: []string{fmt.Sprint(310000 + 13*i)}, Profile: "default",
		})
		w.must(err)
		_, err = w.audian.AddCallers(id, 5)
		w.must(err)
	}
}

// showPanels has every conference shown, one after the other.
func (w *world) showPanels(count int) {
	w.tb.Helper()
	for i := range count {
		before := w.heard.replied()
		_, err := w.people.Type(w.ctx, control.Typed{User: personID(0), Channel: place(i), Text: fmt.Sprintf("/conf people Many %04d", i)})
		w.must(err)
		if !w.heard.wait(w.ctx, time.Minute, func() bool { return w.heard.replied() > before }) {
			w.tb.Fatalf("after %d panels none came\n%s", i, w.bot.tail(30))
		}
	}
}

// stir lets something happen in a conference.
func (w *world) stir(i int) {
	id := fmt.Sprintf("conf_many%04d", i)
	_, err := w.audian.AddCaller(id, audian.CallerSpec{Name: fmt.Sprintf("Late %d", time.Now().UnixNano()%1000), Number: fmt.Sprintf("+1415%07d", time.Now().UnixNano()%10_000_000)})
	w.must(err)
	callers := w.audian.Callers()
	for _, c := range callers {
		if c.Conference == id && c.State == audian.OnLine {
			w.must(w.audian.HangUp(c.ID))
			return
		}
	}
}
