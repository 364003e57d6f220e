package slack

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"confbot/sandbox/slack/control"
)

// trigger types a command for a fresh trigger id.
func (r *rig) trigger(app *app) string {
	r.t.Helper()
	r.types(ana, team, "/conf")
	e := app.envelope("slash_commands")
	app.ack(e, nil)
	return e.str("trigger_id")
}

// open opens a form for Ana.
func (r *rig) open(app *app, view obj) obj {
	r.t.Helper()
	return asObj(r.must(r.call("views.open", obj{"trigger_id": r.trigger(app), "view": view})).body["view"])
}

func (r *rig) clickView(viewID, blockID, actionID string) {
	r.t.Helper()
	_, err := r.people.Click(r.ctx, control.Click{
		User: ana, Container: control.Container{ViewID: viewID}, BlockID: blockID, ActionID: actionID,
	})
	if err != nil {
		r.t.Fatal(err)
	}
}

// submitting sends a form and lets the app answer.
func (r *rig) submitting(app *app, viewID string, values control.Values, ack any) (*control.Submitted, envelope) {
	r.t.Helper()
	type result struct {
		out *control.Submitted
		err error
	}
	results := make(chan result, 1)
	go func() {
		out, err := r.people.Submit(r.ctx, control.Submission{User: ana, ViewID: viewID, Values: values})
		results <- result{out, err}
	}()
	e := app.envelope("interactive")
	app.ack(e, ack)
	got := <-results
	if got.err != nil {
		r.t.Fatal(got.err)
	}
	return got.out, e
}

func text(v string) control.Values {
	return control.Values{"name": {"value": json.RawMessage(string(encode(obj{"value": v})))}}
}

func TestTheStackOfFormsIsThreeHigh(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	view := modal("deep", nil, actions("row", button("more", "")))
	id := asString(r.open(app, view)["id"])
	push := func() reply {
		r.clickView(id, "row", "more")
		e := app.envelope("interactive")
		app.ack(e, nil)
		return r.call("views.push", obj{"trigger_id": e.str("trigger_id"), "view": view})
	}
	for depth := 2; depth <= maxStack; depth++ {
		pushed := asObj(r.must(push()).body["view"])
		if pushed["previous_view_id"] != id || pushed["root_view_id"] == pushed["id"] {
			t.Errorf("view %d = %s", depth, encode(pushed))
		}
		id = asString(pushed["id"])
	}
	r.wantError(push(), "push_limit_reached")
	r.wantError(r.call("views.push", obj{"trigger_id": r.trigger(app), "view": view}), "invalid_arguments")
}

func TestAHashThatIsOutOfDateIsAConflict(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	view := modal("x", nil, input("name", "value", nil))
	opened := r.open(app, view)
	fields := obj{"view_id": opened["id"], "hash": opened["hash"], "view": view}
	second := asObj(r.must(r.call("views.update", fields)).body["view"])
	if second["hash"] == opened["hash"] {
		t.Error("the hash did not change")
	}
	r.wantError(r.call("views.update", fields), "hash_conflict")
	delete(fields, "hash")
	r.must(r.call("views.update", fields))
	fields["view_id"] = "V0NOTHING0"
	r.wantError(r.call("views.update", fields), "not_found")
	home := obj{"type": "home", "blocks": []obj{{"type": "divider"}}}
	published := asObj(r.must(r.call("views.publish", obj{"user_id": ana, "view": home})).body["view"])
	r.must(r.call("views.publish", obj{"user_id": ana, "view": home, "hash": published["hash"]}))
	r.wantError(r.call("views.publish", obj{"user_id": ana, "view": home, "hash": published["hash"]}), "hash_conflict")
}

func TestExternalIDsAreUnique(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	view := modal("x", obj{"external_id": "mine"}, actions("row", button("more", "")))
	opened := r.open(app, view)
	r.clickView(asString(opened["id"]), "row", "more")
	e := app.envelope("interactive")
	app.ack(e, nil)
	r.wantError(r.call("views.push", obj{"trigger_id": e.str("trigger_id"), "view": view}), "duplicate_external_id")
	r.must(r.call("views.update", obj{"external_id": "mine", "view": view}))
	if _, err := r.people.Close(r.ctx, control.Closing{User: ana, ViewID: asString(opened["id"])}); err != nil {
		t.Fatal(err)
	}
	r.open(app, view)
}

func TestAFormWithInputsNeedsSubmitAndMayNotBeTooLarge(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	id := r.trigger(app)
	bare := modal("x", nil, input("name", "value", nil))
	delete(bare, "submit")
	got := r.call("views.open", obj{"trigger_id": id, "view": bare})
	r.wantError(got, "invalid_arguments")
	if !strings.Contains(got.lines(), "must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]") {
		t.Errorf("messages = %s", got.lines())
	}
	huge := modal("x", nil, input("name", "value", nil))
	var many []obj
	for range 100 {
		many = append(many, obj{"type": "section", "text": obj{"type": "mrkdwn", "text": strings.Repeat("x", 2600)}})
	}
	huge["blocks"] = many
	r.wantError(r.call("views.open", obj{"trigger_id": id, "view": huge}), "view_too_large")
	r.wantError(r.call("views.open", obj{"trigger_id": id, "view": obj{"type": "home", "blocks": []obj{}}}), "invalid_arguments")
	r.must(r.call("views.open", obj{"trigger_id": id, "view": modal("x", nil, input("name", "value", nil))}))
}

func TestInputsSurviveAnUpdateOnlyUnderTheSameIDs(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	id := asString(r.open(app, modal("x", nil, input("name", "value", nil), input("other", "value", obj{"optional": true}), actions("row", button("b", ""))))["id"])
	_, err := r.people.Click(r.ctx, control.Click{
		User: ana, Container: control.Container{ViewID: id}, BlockID: "row", ActionID: "b",
		State: control.Values{"name": {"value": json.RawMessage(`{"value":"kept"}`)}, "other": {"value": json.RawMessage(`{"value":"lost"}`)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	e := app.envelope("interactive")
	if got := e.str("view", "state", "values", "name", "value", "value"); got != "kept" {
		t.Errorf("the click carries %q", got)
	}
	r.must(r.call("views.update", obj{"view_id": id, "view": modal("x", nil, input("name", "value", nil), input("renamed", "value", nil))}))
	screen, err := r.people.View(r.ctx, ana)
	if err != nil {
		t.Fatal(err)
	}
	got := string(encode(screen.Top().State.Values))
	if want := `{"name":{"value":{"type":"plain_text_input","value":"kept"}},"renamed":{"value":{"type":"plain_text_input","value":null}}}`; got != want {
		t.Errorf("state\n got %s\nwant %s", got, want)
	}
}

func TestClosingTellsTheAppOnlyIfItAsked(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	quiet := asString(r.open(app, modal("quiet", nil, input("name", "value", nil)))["id"])
	closing := func(in control.Closing) {
		in.User = ana
		if _, err := r.people.Close(r.ctx, in); err != nil {
			t.Fatal(err)
		}
	}
	closing(control.Closing{ViewID: quiet})
	loud := modal("loud", obj{"notify_on_close": true}, actions("row", button("more", "")))
	root := asString(r.open(app, loud)["id"])
	closing(control.Closing{ViewID: root})
	if e := app.envelope("interactive"); e.str("type") != "view_closed" || asBool(e.payload["is_cleared"]) || e.str("view", "id") != root {
		t.Errorf("Cancel sent %s", encode(e.payload))
	}
	root = asString(r.open(app, loud)["id"])
	r.clickView(root, "row", "more")
	e := app.envelope("interactive")
	app.ack(e, nil)
	top := asString(asObj(r.must(r.call("views.push", obj{"trigger_id": e.str("trigger_id"), "view": loud})).body["view"])["id"])
	closing(control.Closing{ViewID: top, Clear: true})
	if e := app.envelope("interactive"); !asBool(e.payload["is_cleared"]) || e.str("view", "id") != root {
		t.Errorf("the ✕ sent %s, want the root view cleared", encode(e.payload))
	}
	r.sees(ana, func(s *control.Screen) bool { return len(s.Views) == 0 })
}

func TestSelectsWithAResponseURLPutItIntoTheSubmission(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	pick := input("where", "to", nil)
	pick["element"] = obj{"type": "conversations_select", "action_id": "to", "response_url_enabled": true, "default_to_current_conversation": true}
	id := asString(r.open(app, modal("x", nil, pick))["id"])
	out, e := r.submitting(app, id, nil, nil)
	if !out.OK {
		t.Fatalf("came to %+v", out)
	}
	urls := asList(e.payload["response_urls"])
	if len(urls) != 1 || asObj(urls[0])["channel_id"] != team || asObj(urls[0])["block_id"] != "where" {
		t.Fatalf("response_urls = %s", encode(urls))
	}
	r.respond(asString(asObj(urls[0])["response_url"]), obj{"text": "shared", "response_type": "in_channel"})
	r.sees(bo, func(s *control.Screen) bool { return s.Says(team, "shared") != nil })
}

func TestAppHomeIsPublishedAndTold(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	home := obj{"type": "home", "blocks": []obj{actions("row", button("go", "1"))}}
	view := asObj(r.must(r.call("views.publish", obj{"user_id": ana, "view": home})).body["view"])
	if _, err := r.people.Home(r.ctx, ana, "home"); err != nil {
		t.Fatal(err)
	}
	e := app.envelope("events_api")
	app.ack(e, nil)
	if e.str("event", "view", "id") != view["id"] {
		t.Errorf("event = %s", encode(e.payload["event"]))
	}
	r.clickView(asString(view["id"]), "row", "go")
	e = app.envelope("interactive")
	app.ack(e, nil)
	if e.str("container", "type") != "view" || e.str("view", "type") != "home" || e.payload["response_url"] != nil {
		t.Errorf("click = %s", encode(e.payload))
	}
	r.must(r.call("views.open", obj{"trigger_id": e.str("trigger_id"), "view": modal("x", nil, input("b", "a", nil))}))
	r.wantError(r.call("views.publish", obj{"user_id": "U0NOBODY00", "view": home}), "invalid_arguments")
	r.wantError(r.call("views.publish", obj{"user_id": ana, "view": modal("x", nil, input("b", "a", nil))}), "invalid_arguments")
}

func TestHomeAndMessagesTabsCanBeOff(t *testing.T) {
	t.Parallel()
	off := strings.NewReplacer("home_tab_enabled: true", "home_tab_enabled: false", "messages_tab_enabled: true", "messages_tab_enabled: false")
	r := start(t, Options{Manifest: []byte(off.Replace(string(defaultManifest)))})
	r.wantError(r.call("views.publish", obj{"user_id": ana, "view": obj{"type": "home", "blocks": []obj{{"type": "divider"}}}}), "not_enabled")
	r.wantError(r.call("chat.postMessage", obj{"channel": ana, "text": "x"}), "messages_tab_disabled")
	if _, err := r.people.Home(r.ctx, ana, "home"); !refusedWith(err, http.StatusConflict) {
		t.Errorf("opening a tab that is off: %v", err)
	}
}
