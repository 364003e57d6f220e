package slack

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"confbot/sandbox/slack/control"
)

// refusedWith tells whether the control API refused with this status.
func refusedWith(err error, status int) bool {
	refusal, ok := errors.AsType[*control.Error](err)
	return ok && refusal.Status == status
}

func TestThePayloadOfAClickOnAMessage(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	parent := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "parent"}))
	e, ts := r.clickOn(r.connect(), "chat.postMessage", obj{
		"thread_ts": parent.ts(), "metadata": obj{"event_type": "t", "event_payload": obj{"id": "1"}},
	})
	container := asObj(e.payload["container"])
	for key, want := range (obj{"type": "message", "message_ts": ts, "channel_id": team, "is_ephemeral": false, "thread_ts": parent.ts()}) {
		if container[key] != want {
			t.Errorf("container.%s = %v, want %v", key, container[key], want)
		}
	}
	if e.str("message", "ts") != ts || e.str("message", "metadata", "event_type") != "t" {
		t.Errorf("message = %s", encode(e.payload["message"]))
	}
	action := asObj(asList(e.payload["actions"])[0])
	for key, want := range (obj{"type": "button", "action_id": "go", "block_id": "row", "value": "1"}) {
		if action[key] != want {
			t.Errorf("action.%s = %v, want %v", key, action[key], want)
		}
	}
	if e.str("user", "username") != "ana" || e.str("user", "team_id") != "T0ACME0001" || e.str("channel", "name") != "team" {
		t.Errorf("user %s, channel %s", encode(e.payload["user"]), encode(e.payload["channel"]))
	}
}

func TestAClickOnAnEphemeralHasNoMessage(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	e, _ := r.clickOn(r.connect(), "chat.postEphemeral", obj{"user": ana})
	if _, has := e.payload["message"]; has || !asBool(asObj(e.payload["container"])["is_ephemeral"]) {
		t.Errorf("payload = %s", encode(e.payload))
	}
}

func TestOnlyWhatIsDrawnForThePersonCanBeClicked(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	r.connect()
	secretive := button("only", "1")
	secretive["visible_to_user_ids"] = []string{bo}
	menu := obj{"type": "static_select", "action_id": "menu", "options": []obj{
		{"text": obj{"type": "plain_text", "text": "One"}, "value": "1"},
	}}
	public := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": []obj{actions("row", secretive, menu)}})).ts()
	private := asString(r.must(r.call("chat.postEphemeral", obj{
		"channel": team, "user": ana, "text": "x", "blocks": []obj{actions("row", button("go", "1"))},
	})).body["message_ts"])
	at := func(user, ts, action string, choice control.Choice) control.Click {
		return control.Click{
			User: user, Container: control.Container{Channel: team, MessageTS: ts}, BlockID: "row", ActionID: action, Choice: choice,
		}
	}
	for name, c := range map[string]control.Click{
		"a button for others":         at(ana, public, "only", control.Choice{}),
		"no such element":             at(ana, public, "gone", control.Choice{}),
		"an option not on offer":      at(ana, public, "menu", control.Choice{SelectedOption: json.RawMessage(`"2"`)}),
		"somebody else's private":     at(bo, private, "go", control.Choice{}),
		"a message that is not there": at(ana, "1.000001", "go", control.Choice{}),
	} {
		if _, err := r.people.Click(r.ctx, c); !refusedWith(err, http.StatusConflict) {
			t.Errorf("%s: %v, want 409", name, err)
		}
	}
	for _, c := range []control.Click{at(bo, public, "only", control.Choice{}), at(ana, private, "go", control.Choice{})} {
		if done, err := r.people.Click(r.ctx, c); err != nil || !done.OK {
			t.Errorf("%+v: %+v, %v", c, done, err)
		}
	}
}

func TestAStaleClickSendsWhatWasDrawnBefore(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	ts := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": []obj{actions("row", button("old", "1"))}})).ts()
	r.must(r.call("chat.update", obj{"channel": team, "ts": ts, "text": "over", "blocks": []obj{}}))
	click := control.Click{User: ana, Container: control.Container{Channel: team, MessageTS: ts}, BlockID: "row", ActionID: "old"}
	if _, err := r.people.Click(r.ctx, click); !refusedWith(err, http.StatusConflict) {
		t.Errorf("clicking what is gone: %v, want 409", err)
	}
	click.Stale = true
	if _, err := r.people.Click(r.ctx, click); err != nil {
		t.Fatal(err)
	}
	app.envelope("interactive")
}

func TestURLButtonsStillSendAnAction(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	link := button("open", "1")
	link["url"] = "https://a.example/"
	ts := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": []obj{actions("row", link)}})).ts()
	r.click(ana, team, ts, "row", "open")
	app.envelope("interactive")
}

func TestEachKindOfElementSendsItsValue(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	option := func(v string) obj { return obj{"text": obj{"type": "plain_text", "text": v}, "value": v} }
	pair := []obj{option("a"), option("b")}
	text := func(s string) *string { return &s }
	when := int64(1767225600)
	for name, c := range map[string]struct {
		el     obj
		choice control.Choice
		field  string
		want   string
	}{
		"static_select":        {obj{"options": pair}, control.Choice{SelectedOption: json.RawMessage(`"b"`)}, "selected_option", `{"text":{"emoji":true,"text":"b","type":"plain_text"},"value":"b"}`},
		"overflow":             {obj{"options": pair}, control.Choice{SelectedOption: json.RawMessage(`{"value":"a"}`)}, "selected_option", `{"text":{"emoji":true,"text":"a","type":"plain_text"},"value":"a"}`},
		"radio_buttons":        {obj{"options": pair}, control.Choice{SelectedOption: json.RawMessage(`"a"`)}, "selected_option", `{"text":{"emoji":true,"text":"a","type":"plain_text"},"value":"a"}`},
		"checkboxes":           {obj{"options": pair}, control.Choice{SelectedOptions: []json.RawMessage{json.RawMessage(`"a"`)}}, "selected_options", `[{"text":{"emoji":true,"text":"a","type":"plain_text"},"value":"a"}]`},
		"multi_static_select":  {obj{"options": pair}, control.Choice{}, "selected_options", `[]`},
		"datepicker":           {obj{}, control.Choice{SelectedDate: text("2027-01-04")}, "selected_date", `"2027-01-04"`},
		"timepicker":           {obj{}, control.Choice{SelectedTime: text("09:25")}, "selected_time", `"09:25"`},
		"datetimepicker":       {obj{}, control.Choice{SelectedDateTime: &when}, "selected_date_time", `1767225600`},
		"users_select":         {obj{}, control.Choice{SelectedUser: text(bo)}, "selected_user", `"` + bo + `"`},
		"conversations_select": {obj{}, control.Choice{SelectedConversation: text(team)}, "selected_conversation", `"` + team + `"`},
		"channels_select":      {obj{}, control.Choice{SelectedChannel: text(team)}, "selected_channel", `"` + team + `"`},
		"multi_users_select":   {obj{}, control.Choice{SelectedUsers: []string{ana, bo}}, "selected_users", `["` + ana + `","` + bo + `"]`},
	} {
		c.el["type"], c.el["action_id"] = name, "it"
		row := actions("row", c.el)
		if name == "multi_static_select" || name == "multi_users_select" {
			row = obj{"type": "section", "block_id": "row", "text": obj{"type": "mrkdwn", "text": "x"}, "accessory": c.el}
		}
		got := r.must(r.call("chat.postEphemeral", obj{"channel": team, "user": ana, "text": "x", "blocks": []obj{row}}))
		_, err := r.people.Click(r.ctx, control.Click{
			User: ana, Container: control.Container{Channel: team, MessageTS: asString(got.body["message_ts"])}, BlockID: "row", ActionID: "it", Choice: c.choice,
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		e := app.envelope("interactive")
		app.ack(e, nil)
		action := asObj(asList(e.payload["actions"])[0])
		if got := string(encode(action[c.field])); got != c.want {
			t.Errorf("%s: %s = %s, want %s", name, c.field, got, c.want)
		}
		if name == "overflow" {
			continue
		}
		state := asObj(asObj(asObj(asObj(e.payload["state"])["values"])["row"])["it"])
		if got := string(encode(state[c.field])); got != c.want || state["type"] != name {
			t.Errorf("%s: state = %s, want %s", name, encode(state), c.want)
		}
	}
}

func TestShortcutsSendTheirPayloads(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	use := func(in control.Shortcutting) envelope {
		t.Helper()
		in.User = ana
		if done, err := r.people.Shortcut(r.ctx, in); err != nil || !done.OK {
			t.Fatalf("%+v: %+v, %v", in, done, err)
		}
		e := app.envelope("interactive")
		app.ack(e, nil)
		return e
	}
	e := use(control.Shortcutting{CallbackID: "conference.new"})
	if _, has := e.payload["channel"]; has || e.str("type") != "shortcut" || e.str("response_url") != "" || e.str("trigger_id") == "" {
		t.Errorf("global shortcut = %s", encode(e.payload))
	}
	ts := r.types(bo, team, "about this").TS
	e = use(control.Shortcutting{CallbackID: "conference.manage", Channel: team, MessageTS: ts})
	if e.str("type") != "message_action" || e.str("message", "text") != "about this" || e.str("channel", "id") != team || e.str("response_url") == "" {
		t.Errorf("message shortcut = %s", encode(e.payload))
	}
	private := asString(r.must(r.call("chat.postEphemeral", obj{"channel": team, "user": ana, "text": "x"})).body["message_ts"])
	_, err := r.people.Shortcut(r.ctx, control.Shortcutting{User: ana, CallbackID: "conference.manage", Channel: team, MessageTS: private})
	if !refusedWith(err, http.StatusConflict) {
		t.Errorf("a shortcut on a private message: %v, want 409", err)
	}
	done, err := r.people.Shortcut(r.ctx, control.Shortcutting{User: hana, CallbackID: "conference.new"})
	if err != nil || done.OK {
		t.Errorf("a guest's global shortcut: %+v, %v", done, err)
	}
}

func TestAnExternalSelectAsksTheApp(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	el := obj{"type": "external_select", "action_id": "find", "min_query_length": 1}
	ts := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": []obj{actions("row", el)}})).ts()
	ask := control.Suggesting{User: ana, Container: control.Container{Channel: team, MessageTS: ts}, BlockID: "row", ActionID: "find", Value: "st"}
	answered := make(chan *control.Suggestions, 1)
	go func() {
		out, err := r.people.Suggest(r.ctx, ask)
		if err != nil {
			t.Error(err)
		}
		answered <- out
	}()
	e := app.envelope("interactive")
	if e.str("type") != "block_suggestion" || e.str("value") != "st" || !asBool(e.obj["accepts_response_payload"]) {
		t.Errorf("payload = %s", encode(e.obj))
	}
	option := obj{"text": obj{"type": "plain_text", "text": "Standup"}, "value": "1"}
	app.ack(e, obj{"options": []obj{option}})
	if out := <-answered; out == nil || !out.OK || string(out.Options) != string(encode([]obj{option})) {
		t.Errorf("suggestions = %+v", out)
	}
	_, err := r.people.Click(r.ctx, control.Click{
		User: ana, Container: ask.Container, BlockID: "row", ActionID: "find", Choice: control.Choice{SelectedOption: encode(option)},
	})
	if err != nil {
		t.Fatal(err)
	}
	app.envelope("interactive")
}
