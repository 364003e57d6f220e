package slack

import (
	"net/http"
	"testing"

	"confbot/sandbox/slack/control"
)

// commandURL types a command and returns its response URL.
func (r *rig) commandURL(app *app) string {
	r.t.Helper()
	r.types(ana, team, "/conf")
	e := app.envelope("slash_commands")
	app.ack(e, nil)
	return e.str("response_url")
}

func TestAResponseURLTakesFivePostsWithinThirtyMinutes(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	address := r.commandURL(app)
	for range hookUses {
		if got := r.respond(address, obj{"text": "x"}); got.status != http.StatusOK {
			t.Fatalf("HTTP %d", got.status)
		}
	}
	if got := r.respond(address, obj{"text": "x"}); got.status != http.StatusNotFound || got.err() != "used_url" {
		t.Errorf("the sixth post: HTTP %d %s", got.status, got.err())
	}
	address = r.commandURL(app)
	r.advance(hookLife + 1e9)
	if got := r.respond(address, obj{"text": "x"}); got.status != http.StatusNotFound || got.err() != "expired_url" {
		t.Errorf("after thirty minutes: HTTP %d %s", got.status, got.err())
	}
	if got := r.respond(address+"x", obj{"text": "x"}); got.status != http.StatusNotFound {
		t.Errorf("an invented URL: HTTP %d", got.status)
	}
}

func TestAResponseToACommandIsPrivateUnlessSaidOtherwise(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	address := r.commandURL(r.connect())
	r.respond(address, obj{"text": "mine", "replace_original": true})
	r.respond(address, obj{"text": "ours", "response_type": "in_channel"})
	parent := r.sees(bo, func(s *control.Screen) bool { return s.Says(team, "ours") != nil }).Says(team, "ours")
	r.respond(address, obj{"text": "below", "response_type": "in_channel", "replace_original": false, "thread_ts": parent.TS})
	screen := r.sees(bo, func(s *control.Screen) bool { return len(s.Thread(team, parent.TS)) == 1 })
	if screen.Says(team, "mine") != nil {
		t.Error("Bo sees what only Ana should")
	}
	if got := r.respond(address, obj{"text": "x", "thread_ts": parent.TS}); got.ok() {
		t.Error("a private answer took a thread_ts")
	}
}

func TestContentIsJudgedOnResponseURLsToo(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	for want, body := range map[string]obj{
		"invalid_blocks":        {"blocks": []obj{{"type": "sections"}}},
		"invalid_blocks_format": {"blocks": "soup"},
		"no_text":               {"response_type": "ephemeral"},
		"invalid_arguments":     {"text": "x", "response_type": "secret"},
	} {
		r.wantError(r.respond(r.commandURL(app), body), want)
	}
}

// clickOn posts one message with a button, clicks it and returns the envelope.
func (r *rig) clickOn(app *app, method string, more obj) (envelope, string) {
	r.t.Helper()
	fields := obj{"channel": team, "text": "choose", "blocks": []obj{actions("row", button("go", "1"))}}
	for k, v := range more {
		fields[k] = v
	}
	got := r.must(r.call(method, fields))
	ts := got.ts()
	if ts == "" {
		ts = asString(got.body["message_ts"])
	}
	r.click(ana, team, ts, "row", "go")
	e := app.envelope("interactive")
	app.ack(e, nil)
	return e, ts
}

func TestAClicksResponseURLReplacesAndDeletesTheMessage(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	for name, c := range map[string]struct {
		method string
		more   obj
	}{
		"public":    {"chat.postMessage", nil},
		"ephemeral": {"chat.postEphemeral", obj{"user": ana}},
	} {
		t.Run(name, func(t *testing.T) {
			e, ts := r.clickOn(app, c.method, c.more)
			address := e.str("response_url")
			if got := r.respond(address, obj{"text": "replaced", "replace_original": "true"}); !got.ok() {
				t.Fatalf("replace: %s", encode(got.body))
			}
			screen := r.sees(ana, func(s *control.Screen) bool { return s.Says(team, "replaced") != nil })
			m := screen.Says(team, "replaced")
			if m.TS != ts || m.Ephemeral != (name == "ephemeral") || len(m.Blocks) > 0 {
				t.Errorf("replaced message = %+v, want the same one without blocks", m)
			}
			if got := r.respond(address, obj{"delete_original": true}); !got.ok() {
				t.Fatalf("delete: %s", encode(got.body))
			}
			r.sees(ana, func(s *control.Screen) bool { return s.Says(team, "replaced") == nil })
			r.wantError(r.respond(address, obj{"text": "again", "replace_original": true}), "message_not_found")
			if got := r.respond(address, obj{"text": "new one"}); !got.ok() {
				t.Fatalf("new message: %s", encode(got.body))
			}
			r.sees(ana, func(s *control.Screen) bool { return s.Private(team, "new one") != nil })
		})
	}
}

func TestDeletingWithABodyPostsTheBody(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	e, ts := r.clickOn(r.connect(), "chat.postMessage", nil)
	r.respond(e.str("response_url"), obj{"text": "instead", "delete_original": true, "response_type": "in_channel"})
	screen := r.sees(bo, func(s *control.Screen) bool { return s.Says(team, "instead") != nil })
	if screen.Find(team, func(m control.Message) bool { return m.TS == ts }) != nil {
		t.Error("the original is still there")
	}
}

func TestReadingAnAnswerWithoutFlagsMayReplace(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Readings: Readings{ReplaceByDefault: true}})
	e, ts := r.clickOn(r.connect(), "chat.postMessage", nil)
	r.respond(e.str("response_url"), obj{"text": "plain"})
	if m := r.sees(bo, func(s *control.Screen) bool { return s.Says(team, "plain") != nil }).Says(team, "plain"); m.TS != ts {
		t.Errorf("the answer went to %s, want it in place of %s", m.TS, ts)
	}
}

func TestFaultsStrikeResponseURLs(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	address := r.commandURL(r.connect())
	r.fault(control.Fault{Method: "response_url", Kind: "http500", Times: 1})
	if got := r.respond(address, obj{"text": "x"}); got.status != http.StatusInternalServerError {
		t.Errorf("HTTP %d, want 500", got.status)
	}
	if got := r.respond(address, obj{"text": "x"}); got.status != http.StatusOK {
		t.Errorf("HTTP %d after the fault", got.status)
	}
}
