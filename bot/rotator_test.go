package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/announce"
	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	sandbox "confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
	"confbot/store"
)

func pinsOf(digits ...string) []conference.PIN {
	var out []conference.PIN
	for _, d := range digits {
		out = append(out, conference.NewPIN(d))
	}
	return out
}

// What is taken out, by what there is when the post is out. New is the PIN of
// the rotation.
func TestRetiringLeavesWhatIsShown(t *testing.T) {
	t.Parallel()
	const own = "new"
	for name, test := range map[string]struct {
		there   []string
		rotated bool
		want    []string
	}{
		"one old PIN":                        {[]string{"482913", own}, true, []string{own}},
		"several old PINs":                   {[]string{"482913", "590317", own}, true, []string{own}},
		"another post's new PIN":             {[]string{"482913", own, "771204"}, true, []string{own, "771204"}},
		"changed by hand since":              {[]string{"661204"}, true, []string{"661204"}},
		"done before":                        {[]string{own}, true, []string{own}},
		"not read back in time":              {[]string{"482913", "590317", own}, false, []string{"482913", "590317"}},
		"not read back, never arrived":       {[]string{"482913"}, false, []string{"482913"}},
		"not read back, and nobody needs it": {[]string{own}, false, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			book := &pinBook{}
			r, err := NewRotator("xapp-1-A0-1-secret", book)
			if err != nil {
				t.Fatal(err)
			}
			_, o := due(teamRoom)
			o.Rotated = test.rotated
			if o.Note, err = r.Choose(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			pin, _ := r.Noted(o.Key, o.Note)
			named := func(list []string) []string {
				return strings.Fields(strings.ReplaceAll(strings.Join(list, " "), own, pin.Digits()))
			}
			book.pins = pinsOf(named(test.there)...)
			for range 2 {
				if err := r.Retire(t.Context(), o); err != nil {
					t.Fatal(err)
				}
			}
			got := []string{}
			for _, p := range book.pins {
				got = append(got, p.Digits())
			}
			if diff := cmp.Diff(named(test.want), got); diff != "" {
				t.Errorf("what opens it (-want +got):\n%s", diff)
			}
		})
	}
}

// remindedDesk knows whom a reminder showed the old PIN.
type remindedDesk struct {
	noticeDesk

	told map[string]bool
	lose int // so many notes are lost
}

func (d *remindedDesk) PINRotated(context.Context, announce.Occurrence) ([]commands.Direct, error) {
	if d.told[bo] {
		return nil, nil
	}
	return []commands.Direct{{User: bo, Message: say("New PIN.")}}, nil
}

func (d *remindedDesk) PINTold(_ context.Context, user string, _ announce.Occurrence) error {
	d.told[user] = true
	if d.lose--; d.lose >= 0 {
		return errors.New("disk full")
	}
	return nil
}

func TestANewPINIsSaidOnceUnderEachCardThatShowsIt(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{Manifest: historyManifest(t)}).run()
	pin := conference.NewPIN("771204")
	y.desk.card = func(_ context.Context, ref store.MessageRef) (blocks.Message, error) {
		if ref.By == hana { // its run is over, so it shows none
			return say("Ended."), nil
		}
		return say("Call. PIN 771204."), nil
	}
	desk := &remindedDesk{told: map[string]bool{}, lose: 1}
	out := y.bot.Announcer(desk, idle)
	var o announce.Occurrence
	threads := map[string]string{}
	for _, where := range []struct{ channel, by string }{{"C0GENERAL1", ana}, {sharedRoom, hana}, {teamRoom, ana}} {
		var a announce.Announcement
		a, o = due(where.channel) // the last one is the new PIN's own
		a.Owner = where.by
		if got := out.Post(y.ctx, a, o); !strings.Contains(fmt.Sprintf("%+v", got), "TS:1") {
			t.Fatalf("%s: %+v", where.channel, got)
		}
		card, _, _ := y.mem.CurrentCard(y.ctx, where.channel, a.Conference)
		threads[where.channel] = card.TS
	}
	o.Note, o.Rotated, o.Tries = "sealed", true, 1
	if err := out.newPIN(y.ctx, o, pin); err == nil {
		t.Error("a note that was lost passed for kept")
	}
	o.Tries = 2 // as after a death
	if err := out.newPIN(y.ctx, o, pin); err != nil {
		t.Fatal(err)
	}
	for channel, want := range map[string]int{"C0GENERAL1": 1, sharedRoom: 0, teamRoom: 0} {
		if got := y.replies(ana, channel, threads[channel], "The PIN is now 771204, then #. Changed by confbot."); got != want {
			t.Errorf("%s: said %d times, want %d", channel, got, want)
		}
	}
	if got := y.replies(bo, "", "", "New PIN."); got != 1 {
		t.Errorf("Bo was told %d times, want once", got)
	}
}

// replies counts what a thread, or with no channel somebody's direct messages, say.
func (y *yard) replies(user, channel, thread, text string) (n int) {
	y.t.Helper()
	screen, err := y.people.View(y.ctx, user)
	if err != nil {
		y.t.Fatal(err)
	}
	count := func(m control.Message) {
		if m.Text == text && m.ThreadTS == thread {
			n++
		}
	}
	for in, messages := range screen.Messages {
		for _, m := range messages {
			if in == channel || channel == "" && strings.HasPrefix(in, "D") {
				count(m)
			}
		}
	}
	return n
}

func TestAPINThatComesIsSaidOnceAlsoWhenItsProcessDied(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{Manifest: historyManifest(t)}).run()
	out := y.bot.Announcer(noticeDesk{}, idle)
	away := true
	y.desk.card = func(_ context.Context, ref store.MessageRef) (blocks.Message, error) {
		p, _ := commands.ParsePosting(ref.Occurrence)
		switch {
		case p.Pending && ref.TS == "":
			return blocks.Card(blocks.CardData{Line: blocks.Line{Conference: conference.Conference{ID: "conf_weekly", Name: "Weekly"}}, PINComing: true}), nil
		case away:
			return blocks.Message{}, &conference.Error{Kind: conference.Unavailable}
		}
		return say("The PIN is in."), nil
	}
	a, o := due(teamRoom)
	if got := fmt.Sprintf("%+v", out.Post(y.ctx, a, o)); !strings.Contains(got, "pending:true") {
		t.Fatalf("posted %s", got)
	}
	card, _, _ := y.mem.CurrentCard(y.ctx, teamRoom, a.Conference)

	// The process died before it wrote down that it had posted, or even where.
	for _, forget := range []bool{false, true} {
		if forget {
			if err := y.mem.DropRef(y.ctx, teamRoom, card.TS); err != nil {
				t.Fatal(err)
			}
		}
		if ref, found, err := out.Find(y.ctx, o); err != nil || !found || !ref.PINComing || ref.TS != card.TS {
			t.Fatalf("found %+v, %v, %v", ref, found, err)
		}
	}
	away = false
	o.TS = card.TS
	before, _, _ := y.mem.Ref(y.ctx, teamRoom, card.TS)
	for o.Tries = 1; o.Tries <= 3; o.Tries++ {
		if o.Tries == 2 { // it died after the reply, before it wrote that down
			if err := y.mem.SaveRef(y.ctx, before); err != nil {
				t.Fatal(err)
			}
		}
		if got := out.Amend(y.ctx, a, o); got != announce.Done(announce.Ref{Channel: teamRoom, TS: card.TS}) {
			t.Fatalf("attempt %d: %+v", o.Tries, got)
		}
	}
	if n := y.replies(ana, teamRoom, card.TS, "The PIN is here."); n != 1 {
		t.Errorf("said %d times, want once", n)
	}
	y.sees(ana, func(s *control.Screen) bool { return s.Says(teamRoom, "The PIN is in.") != nil })
	if ref, found, err := out.Find(y.ctx, o); err != nil || !found || ref.PINComing {
		t.Errorf("afterwards found %+v, %v, %v", ref, found, err)
	}
}

func TestAnOrdinaryPostThatIsFoundWaitsForNoPIN(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{Manifest: historyManifest(t)}).run()
	out := y.bot.Announcer(noticeDesk{}, idle)
	a, o := due(teamRoom)
	o.At = time.Now()
	out.Post(y.ctx, a, o)
	card, _, _ := y.mem.CurrentCard(y.ctx, teamRoom, a.Conference)
	if err := y.mem.DropRef(y.ctx, teamRoom, card.TS); err != nil {
		t.Fatal(err)
	}
	if ref, found, err := out.Find(y.ctx, o); err != nil || !found || ref.PINComing {
		t.Errorf("found %+v, %v, %v", ref, found, err)
	}
	o.TS = card.TS
	if got := out.Amend(y.ctx, a, o); got != announce.Done(announce.Ref{Channel: teamRoom, TS: card.TS}) {
		t.Errorf("amended: %+v", got)
	}
	if n := y.replies(ana, teamRoom, card.TS, "The PIN is here."); n != 0 {
		t.Errorf("said %d times", n)
	}
}
