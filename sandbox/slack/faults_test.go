package slack

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"confbot/sandbox/slack/control"
)

func (r *rig) fault(rules ...control.Fault) {
	r.t.Helper()
	if _, err := r.people.AddFaults(r.ctx, rules...); err != nil {
		r.t.Fatal(err)
	}
}

func TestFaultsStrikeTheMethodAsOftenAsSaid(t *testing.T) {
	t.Parallel()
	for kind, c := range map[string]struct {
		rule   control.Fault
		status int
		check  func(reply) bool
	}{
		"error":   {control.Fault{Error: "fatal_error"}, http.StatusOK, func(r reply) bool { return r.err() == "fatal_error" }},
		"http500": {control.Fault{}, http.StatusInternalServerError, func(reply) bool { return true }},
		"http_html": {control.Fault{}, http.StatusServiceUnavailable, func(r reply) bool {
			return strings.HasPrefix(r.header.Get("Content-Type"), "text/html") && strings.Contains(asString(r.body["text"]), "<html>")
		}},
		"rate_limited": {control.Fault{RetryAfter: 7}, http.StatusTooManyRequests, func(r reply) bool {
			return r.header.Get("Retry-After") == "7" && r.err() == "ratelimited"
		}},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{})
			c.rule.Kind, c.rule.Method, c.rule.Times = kind, "chat.postMessage", 1
			r.fault(c.rule)
			r.must(r.call("auth.test", nil))
			got := r.call("chat.postMessage", obj{"channel": team, "text": "x"})
			if got.status != c.status || !c.check(got) {
				t.Errorf("HTTP %d, body %s", got.status, encode(got.body))
			}
			r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x"}))
			if rules, err := r.people.Faults(r.ctx); err != nil || rules[0].Hits != 1 {
				t.Errorf("rules = %+v, %v", rules, err)
			}
		})
	}
}

func TestAResetLosesTheAnswerBeforeOrAfterTheEffect(t *testing.T) {
	t.Parallel()
	for kind, posted := range map[string]bool{"reset": false, "reset_after": true} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{})
			r.fault(control.Fault{Method: "chat.postMessage", Kind: kind, Times: 1})
			body := strings.NewReader("channel=" + team + "&text=once&token=" + r.BotToken())
			req, err := http.NewRequestWithContext(r.ctx, http.MethodPost, r.APIURL()+"chat.postMessage", body)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Content-Type", formType)
			req.GetBody = nil // the transport must not try again by itself
			if res, err := http.DefaultClient.Do(req); err == nil {
				_ = res.Body.Close()
				t.Fatalf("HTTP %d, want a broken connection", res.StatusCode)
			}
			screen, err := r.people.View(r.ctx, ana)
			if err != nil || (screen.Says(team, "once") != nil) != posted {
				t.Errorf("the message is there: %v, want %v (%v)", !posted, posted, err)
			}
		})
	}
}

func TestALostAckAndAFailedDispatchLookAsTheyDoToPeople(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.fault(control.Fault{Method: "slash_commands", Kind: "ack_loss", Times: 1})
	r.types(ana, team, "/conf")
	app.ack(app.envelope("slash_commands"), nil)
	r.verdict(func(rec control.Record) bool { return refusedAck(rec) && strings.Contains(rec.Verdict, "fault") })
	r.advance(ackDeadline)
	r.sees(ana, func(s *control.Screen) bool { return s.Noticed("operation_timeout") != nil })
	r.fault(control.Fault{Method: "*", Kind: "no_dispatch", Times: 1})
	r.types(ana, team, "/conf")
	r.sees(ana, func(s *control.Screen) bool { return s.Noticed("dispatch_failed") != nil })
}

func TestADelayedEnvelopeComesLater(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.fault(control.Fault{Method: "slash_commands", Kind: "delay", DelayMS: 60_000, Times: 1})
	r.types(ana, team, "/conf late")
	r.types(ana, team, "/conf early")
	if e := app.envelope("slash_commands"); e.str("text") != "early" {
		t.Errorf("first = %q", e.str("text"))
	}
	r.advance(ackDeadline * 20)
	if e := app.envelope("slash_commands"); e.str("text") != "late" {
		t.Errorf("second = %q", e.str("text"))
	}
}

func TestFaultsThatMakeNoSenseAreRefused(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	for _, rule := range []control.Fault{{Method: "*", Kind: "nonsense"}, {Kind: "error", Error: "x"}, {Method: "*", Kind: "error"}} {
		if _, err := r.people.AddFaults(r.ctx, rule); err == nil {
			t.Errorf("%+v was taken", rule)
		}
	}
	r.fault(control.Fault{Method: "*", Kind: "error", Error: "x"})
	if err := r.people.ClearFaults(r.ctx); err != nil {
		t.Fatal(err)
	}
	r.must(r.call("auth.test", nil))
}

func TestADelayedCallTakesAtLeastThatLong(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	const wait = 30 * time.Millisecond
	r.fault(
		control.Fault{Method: "auth.test", Kind: "delay", DelayMS: int(wait.Milliseconds())},
		control.Fault{Method: "api.test", Kind: "delay_after", DelayMS: int(wait.Milliseconds())},
	)
	for _, method := range []string{"auth.test", "api.test"} {
		began := time.Now()
		r.must(r.call(method, nil))
		if took := time.Since(began); took < wait {
			t.Errorf("%s took %s, want at least %s", method, took, wait)
		}
	}
}
