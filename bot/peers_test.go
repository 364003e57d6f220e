package bot

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/store"
)

// markIn is the mark by which a repetition of an envelope is known.
func markIn(t *testing.T, envelope obj) string {
	t.Helper()
	a, err := decode(asFrame(envelope), "UBOT")
	if err != nil || a.key == "" {
		t.Fatalf("key %q, error %v", a.key, err)
	}
	return a.key
}

func TestOnlyWhatIsTheSameInAllThatWasAskedForIsARepetition(t *testing.T) {
	t.Parallel()
	slash := func(key, value string) obj {
		e := slashEnvelope("e1", "list")
		e["payload"].(obj)[key] = value
		return e
	}
	click := func(key, value string) obj {
		e := clickEnvelope("e1", "participant.mute", "1.1")
		e["payload"].(obj)["actions"].([]any)[0].(obj)[key] = value
		return e
	}
	form := func(text string) obj {
		state := obj{"values": obj{"in.name": obj{"in.name": obj{"type": "plain_text_input", "value": text}}}}
		return viewEnvelope("e1", "view_submission", obj{"state": state}, nil)
	}
	for _, test := range []struct {
		name     string
		one, two obj
		same     bool
	}{
		{"a command", slash("text", "list"), slash("text", "list"), true},
		{"another text under one trigger", slash("text", "list"), slash("text", "help"), false},
		{"another person under one trigger", slash("user_id", "U0ANA"), slash("user_id", "U0BOB"), false},
		{"another response URL under one trigger", slash("response_url", "http://slack.test/1"), slash("response_url", "http://slack.test/2"), false},
		{"a click", click("value", "v1"), click("value", "v1"), true},
		{"another button under one trigger", click("action_id", "participant.mute"), click("action_id", "participant.kick"), false},
		{"another row under one trigger", click("value", "v1"), click("value", "v2"), false},
		{"a form", form("Standup"), form("Standup"), true},
		{"a form mended under one trigger", form(""), form("Standup"), false},
	} {
		if same := markIn(t, test.one) == markIn(t, test.two); same != test.same {
			t.Errorf("%s: taken for a repetition: %v, want %v", test.name, same, test.same)
		}
	}
}

func TestWithoutKnowingWhoWeArePeopleAreServed(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]any{
		"no ids in the answer": obj{"ok": true},
		"an unknown method":    obj{"ok": false, "error": "unknown_method"},
		"no such path":         httpAnswer{status: http.StatusNotFound, body: "404 page not found"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			r.answer("auth.test", func(call) any { return answer })
			asked := make(chan string, 2)
			r.desk.command = func(_ context.Context, q commands.Request) commands.Reply { asked <- q.Text; return private("yes") }
			s := r.run(t)
			s.send(slashEnvelope("e1", "list"))
			r.await("response_url", 1)
			s.send(eventEnvelope("e2", obj{"type": "app_mention", "user": "U0ANA", "channel": "C0TEAM", "text": "<@UBOT> mute bob", "ts": "5.5"}))
			r.await("ack", 2)
			if got := []string{<-asked, <-asked}; !slices.Equal(got, []string{"list", "mute bob"}) {
				t.Errorf("asked %q", got)
			}
		})
	}
}

func TestAnEnterprisesIDIsNoOtherWorkspace(t *testing.T) {
	t.Parallel()
	b := newRig(t).bot
	b.identity.Store(&identity{team: "T0CONF"})
	for team, want := range map[string]bool{"T0CONF": false, "": false, "E0GRID": false, "T0OTHER": true} {
		if got := b.elsewhere(team); got != want {
			t.Errorf("%q: elsewhere %v", team, got)
		}
	}
}

func TestWhoSendsWorkInsteadOfAHelloIsServed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.greet = func(c *fakeSocket) bool { c.send(slashEnvelope("e1", "list")); return true }
	r.desk.command = func(context.Context, commands.Request) commands.Reply { return private("here it is") }
	r.run(t)
	r.await("ack", 1)
	if got := r.await("response_url", 1).text("text"); got != "here it is" {
		t.Errorf("told %q", got)
	}
}

func TestALookUpIsMadeAgainWhenNoAnswerCame(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.answer("users.info", func(call) any {
		if len(r.callsTo("users.info")) == 1 {
			return httpAnswer{status: http.StatusBadGateway, body: "<html>bad gateway</html>"}
		}
		return obj{"ok": true, "user": obj{"name": "ana"}}
	})
	m, err := r.bot.Directory().Member(t.Context(), "U0ANA")
	if err != nil || m.ID != "U0ANA" || m.Name != "ana" || m.Zone == nil {
		t.Errorf("member %+v, error %v", m, err)
	}
}

func TestWhereThereIsNoLookUpNothingIsTakenForARight(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for _, method := range []string{"users.info", "conversations.info"} {
		r.answer(method, func(call) any { return obj{"ok": false, "error": "unknown_method"} })
	}
	m, err := r.bot.Directory().Member(t.Context(), "U0ANA")
	if err != nil || m.ID != "U0ANA" || m.Admin || m.Owner || m.Zone == nil {
		t.Errorf("member %+v, error %v, want one like all others", m, err)
	}
	c, err := r.bot.Directory().Channel(t.Context(), "C0TEAM")
	if err != nil || c.ID != "C0TEAM" || !c.BotIn {
		t.Errorf("channel %+v, error %v", c, err)
	}
}

func TestAPersonOfWhomSlackDoesNotTellIsRefusedInWords(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.answer("users.info", func(call) any { return obj{"ok": false, "error": "missing_scope"} })
	_, err := r.bot.Directory().Member(t.Context(), "U0ANA")
	if conference.ReasonOf(err) != conference.WhoUnknown {
		t.Fatalf("error %v", err)
	}
	if text := blocks.Problem(err, "R1", blocks.ProblemOptions{}).Text; !strings.Contains(text, "who you are") || strings.Contains(text, "Audian") {
		t.Errorf("told %q", text)
	}
}

func TestADirectMessageNeedsNoConversationOpened(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	answers := []obj{{"ok": false, "error": "unknown_method"}, {"ok": false, "error": "missing_scope"}, {"ok": true, "channel": obj{}}}
	for i, answer := range answers {
		r.answer("conversations.open", func(call) any { return answer })
		if err := r.bot.post.direct(t.Context(), "U0ANA", say("hello")); err != nil {
			t.Fatal(err)
		}
		if got := r.await("chat.postMessage", i+1).text("channel"); got != "U0ANA" {
			t.Errorf("%v: posted to %q", answer, got)
		}
	}
}

func TestAPostThatMayHaveLandedIsNotBlamedOnAudian(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.answer("chat.postMessage", func(call) any { return httpAnswer{status: http.StatusBadGateway, body: "<html>"} })
	r.answer("conversations.history", func(call) any { return obj{"ok": false, "error": "missing_scope"} })
	r.desk.command = func(context.Context, commands.Request) commands.Reply {
		return commands.Reply{Posts: []commands.Post{{Channel: "C0TEAM", Message: say("hello")}}}
	}
	s := r.run(t)
	s.send(slashEnvelope("e1", "announce"))
	if got := r.await("response_url", 1).text("text"); !strings.Contains(got, "whether it took my post") {
		t.Errorf("told %q", got)
	}
}

func TestAPanicInADrawingOrADeliveryEndsNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	draw := guarded(r.bot.log, func(context.Context, drawing) outcome { panic("a drawing") })
	if got := draw(t.Context(), drawing{}); got != failed {
		t.Errorf("outcome %v", got)
	}
	r.desk.card = func(context.Context, store.MessageRef) (blocks.Message, error) { panic("a card") }
	w := r.bot.newWay(arrival{})
	if err := r.bot.send(w, commands.Reply{Card: &commands.CardWish{Conference: "conf_1", Channel: "C0TEAM"}}); err == nil {
		t.Error("no error of a delivery that panicked")
	}
}

func TestLongWorkThatFindsNoPlaceIsTold(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.bot.long = newPool(0, 0, 0)
	r.desk.command = func(context.Context, commands.Request) commands.Reply {
		return commands.Reply{Later: func(context.Context, func(blocks.Message)) commands.Reply { return private("done") }}
	}
	s := r.run(t)
	s.send(slashEnvelope("e1", "mute all"))
	if got := r.await("response_url", 1).text("text"); !strings.Contains(got, "more to do") {
		t.Errorf("told %q", got)
	}
}

func TestAClickInAMessageThatNobodyKeepsIsAnswered(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.click = func(context.Context, commands.Click) commands.Reply { return commands.Reply{Touch: []string{"conf_1"}} }
	s := r.run(t)
	s.send(clickEnvelope("e1", "participant.mute", ""))
	if got := r.await("response_url", 1).text("text"); !strings.Contains(got, "an old one") {
		t.Errorf("told %q", got)
	}
}

func TestALineThatIsCutAgainAndAgainIsTakenUpAgainSoon(t *testing.T) {
	t.Parallel()
	for _, lived := range []time.Duration{500 * time.Millisecond, 20 * time.Second, time.Hour} {
		var pause backoff
		for range 50 {
			if wait := afterLoss(lived, &pause); wait > lossPause {
				t.Fatalf("%v after a connection that lived %v", wait, lived)
			}
		}
	}
	var pause backoff
	if wait := afterLoss(0, &pause); wait < firstPause/2 {
		t.Errorf("%v after one that died at once: no pause at all", wait)
	}
}
