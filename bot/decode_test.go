package bot

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/commands"
)

func TestSlashCommandsAreReadWhateverTypeTheirFlagsHave(t *testing.T) {
	t.Parallel()
	for _, flag := range []any{true, false, "false", nil, 7} {
		e := slashEnvelope("e1", "mute “Board Room” bob")
		e["payload"].(obj)["is_enterprise_install"] = flag
		a, err := decode(asFrame(e), "UBOT")
		if err != nil {
			t.Fatalf("%v: %v", flag, err)
		}
		want := commands.Request{Origin: commands.Origin{Team: "T0CONF", User: "U0ANA", Channel: "C0TEAM"}, Text: "mute “Board Room” bob"}
		if diff := cmp.Diff(want, a.request); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		if a.key == "" || a.responseURL == "" || a.trigger == "" {
			t.Errorf("key %q, response URL %q, trigger %q: want all of them", a.key, a.responseURL, a.trigger)
		}
	}
}

func TestEveryInputIsRead(t *testing.T) {
	t.Parallel()
	option := func(v string) obj { return obj{"text": obj{"type": "plain_text", "text": "T"}, "value": v} }
	for _, test := range []struct {
		name  string
		input obj
		want  commands.Field
	}{
		{"plain text", obj{"type": "plain_text_input", "value": "Weekly sync"}, commands.Field{Value: "Weekly sync"}},
		{"plain text, empty", obj{"type": "plain_text_input", "value": nil}, commands.Field{}},
		{"number", obj{"type": "number_input", "value": "50"}, commands.Field{Value: "50"}},
		{"select", obj{"type": "static_select", "selected_option": option("large")}, commands.Field{Value: "large"}},
		{"select, cleared", obj{"type": "static_select", "selected_option": nil}, commands.Field{}},
		{"type-ahead", obj{"type": "external_select", "selected_option": option("conf_1")}, commands.Field{Value: "conf_1"}},
		{"radio buttons", obj{"type": "radio_buttons", "selected_option": option("once")}, commands.Field{Value: "once"}},
		{"checkboxes", obj{"type": "checkboxes", "selected_options": []any{option("mon"), option("wed")}}, commands.Field{Values: []string{"mon", "wed"}}},
		{"checkboxes, none", obj{"type": "checkboxes", "selected_options": []any{}}, commands.Field{}},
		{"person", obj{"type": "users_select", "selected_user": "U1"}, commands.Field{Value: "U1"}},
		{"people", obj{"type": "multi_users_select", "selected_users": []any{"U1", "U2"}}, commands.Field{Values: []string{"U1", "U2"}}},
		{"conversation", obj{"type": "conversations_select", "selected_conversation": "C1"}, commands.Field{Value: "C1"}},
		{"conversations", obj{"type": "multi_conversations_select", "selected_conversations": []any{"C1"}}, commands.Field{Values: []string{"C1"}}},
		{"channel", obj{"type": "channels_select", "selected_channel": "C1"}, commands.Field{Value: "C1"}},
		{"channels", obj{"type": "multi_channels_select", "selected_channels": []any{"C1"}}, commands.Field{Values: []string{"C1"}}},
		{"date", obj{"type": "datepicker", "selected_date": "2026-11-30"}, commands.Field{Value: "2026-11-30"}},
		{"time", obj{"type": "timepicker", "selected_time": "09:30", "timezone": "Europe/Berlin"}, commands.Field{Value: "09:30"}},
		{"moment", obj{"type": "datetimepicker", "selected_date_time": 1700000000}, commands.Field{Value: "1700000000"}},
		{"rich text", obj{"type": "rich_text_input", "rich_text_value": obj{"type": "rich_text", "elements": []any{
			obj{"type": "rich_text_section", "elements": []any{obj{"type": "text", "text": "Bring "}, obj{"type": "link", "url": "https://x.test"}}},
		}}}, commands.Field{Value: "Bring https://x.test"}},
		{"one that nobody knows yet", obj{"type": "hologram_input", "selected_hologram": 3}, commands.Field{}},
		{"one of a wrong type", obj{"type": "plain_text_input", "value": 7}, commands.Field{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			e := viewEnvelope("e1", "view_submission", obj{"state": obj{"values": obj{"block": obj{"input": test.input}}}}, nil)
			a, err := decode(asFrame(e), "UBOT")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, a.submission.State.Get("block", "input")); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if a.origin.Channel != "C0TEAM" {
				t.Errorf("channel %q, want the one that the form remembers", a.origin.Channel)
			}
		})
	}
}

func TestClicksAndShortcutsAreRead(t *testing.T) {
	t.Parallel()
	shortcut := interactiveEnvelope("e1", obj{"type": "shortcut", "callback_id": "shortcut.new", "action_ts": "1"})
	message := interactiveEnvelope("e1", obj{
		"type": "message_action", "callback_id": "shortcut.manage", "action_ts": "1", "message_ts": "5.5",
		"channel": obj{"id": "C1"}, "message": obj{"ts": "5.5", "thread_ts": "4.4"},
	})
	origin := commands.Origin{Team: "T0CONF", User: "U0ANA"}
	in := func(channel, thread string) commands.Origin {
		o := origin
		o.Channel, o.ThreadTS = channel, thread
		return o
	}
	for _, test := range []struct {
		name     string
		envelope obj
		want     commands.Click
	}{
		{"a button in a thread", clickEnvelope("e1", "participant.mute", "1.1"), commands.Click{
			Origin: in("C0TEAM", "1.1"), ActionID: "participant.mute", BlockID: "row1", Value: "v1", MessageTS: "1700000000.000100", State: commands.State{},
		}},
		{"a global shortcut", shortcut, commands.Click{Origin: origin, ActionID: "shortcut.new"}},
		{"a message shortcut in a thread", message, commands.Click{Origin: in("C1", "4.4"), ActionID: "shortcut.manage", MessageTS: "5.5"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			a, err := decode(asFrame(test.envelope), "UBOT")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, a.click); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestMentionsOfOthersAndOfBotsAreNothing(t *testing.T) {
	t.Parallel()
	for name, event := range map[string]obj{
		"our own message":  {"type": "app_mention", "user": "UBOT", "channel": "C1", "text": "<@UBOT> x"},
		"another bot":      {"type": "app_mention", "user": "U9", "bot_id": "B9", "channel": "C1", "text": "<@UBOT> x"},
		"another event":    {"type": "channel_rename", "user": "U9"},
		"the messages tab": {"type": "app_home_opened", "user": "U9", "tab": "messages"},
	} {
		a, err := decode(asFrame(eventEnvelope("e1", event)), "UBOT")
		if err != nil || a.kind != kindIgnored {
			t.Errorf("%s: kind %s, error %v, want it ignored", name, a.kind, err)
		}
	}
}

func TestWhatFollowsAMentionIsTheCommand(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"<@UBOT> mute bob":          "mute bob",
		"<@UBOT|confbot> mute bob":  "mute bob",
		"could you <@UBOT>mute bob": "mute bob",
		"<@U1> <@UBOT>":             "",
		"mute <@UBOT":               "",
	} {
		if got := afterMention(text, "UBOT"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestAWishTellsNoSecrets(t *testing.T) {
	t.Parallel()
	a := arrival{kind: kindCommand, name: "/conf", request: commands.Request{Text: "create Standup pin=482913 modpin:7712 +14155550100"}}
	if got, want := a.wish(), "carry out “/conf create Standup”"; got != want {
		t.Errorf("wish %q, want %q", got, want)
	}
}

// FuzzDecode holds the decoder to never panicking, to reporting what it cannot
// read as malformed, and to never carrying out what nobody asked for.
func FuzzDecode(f *testing.F) {
	for _, e := range []obj{
		slashEnvelope("e1", "list"), clickEnvelope("e2", "card.who", "1.1"), viewEnvelope("e3", "view_submission", nil, nil),
		viewEnvelope("e4", "view_closed", nil, nil), viewEnvelope("e5", "block_suggestion", nil, obj{"action_id": "list.find", "value": "a"}),
		eventEnvelope("e6", obj{"type": "app_mention", "user": "U1", "text": "<@UBOT> x"}),
		interactiveEnvelope("e7", obj{"type": "shortcut", "callback_id": "shortcut.new"}),
	} {
		f.Add(e["type"].(string), string(asFrame(e).Payload))
	}
	f.Fuzz(func(t *testing.T, kindOfEnvelope, payload string) {
		a, err := decode(frame{Type: kindOfEnvelope, Payload: json.RawMessage(payload)}, "UBOT")
		if err != nil && !errors.Is(err, errMalformed) {
			t.Errorf("error %v is not marked as malformed", err)
		}
		if err == nil && a.kind != kindIgnored && a.origin.User == "" {
			t.Errorf("%s without a person was accepted", a.kind)
		}
		if err == nil && (a.kind == kindSubmission || a.kind == kindClosed) && a.view == nil {
			t.Errorf("%s without a form was accepted", a.kind)
		}
	})
}
