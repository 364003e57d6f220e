package slack

import (
	"strings"
	"testing"
	"time"

	"confbot/sandbox/slack/control"
)

func TestACommandIsDeliveredAckedAndAnswered(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	if done := r.types(ana, team, "/conf create Standup"); !done.OK {
		t.Fatalf("typing was refused: %s", done.Error)
	}
	e := app.envelope("slash_commands")
	app.ack(e, nil)
	if got := e.str("text"); got != "create Standup" {
		t.Errorf("text = %q", got)
	}
	if got := r.respond(e.str("response_url"), obj{"text": "Made it."}); got.body["text"] != "ok" {
		t.Errorf("response URL answered %s, want the text ok", encode(got.body))
	}
	screen := r.sees(ana, func(s *control.Screen) bool { return s.Private(team, "Made it.") != nil })
	if len(screen.Notices) != 0 {
		t.Errorf("Ana was told %+v, want nothing", screen.Notices)
	}
	other, err := r.people.View(t.Context(), bo)
	if err != nil || other.Says(team, "Made it.") != nil {
		t.Errorf("Bo sees a message only for Ana (err %v)", err)
	}
}

func TestThePayloadOfACommandHasSlacksFields(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.types(dev, board, "/conf")
	e := app.envelope("slash_commands")
	if !asBool(e.obj["accepts_response_payload"]) {
		t.Error("a command's ack takes no payload")
	}
	for key, want := range (obj{
		"team_id": "T0ACME0001", "team_domain": "acme", "channel_id": board, "channel_name": "privategroup", "user_id": dev, "user_name": "dev",
		"command": "/conf", "text": "", "api_app_id": "A0CONFBOT1", "is_enterprise_install": false,
	}) {
		if e.payload[key] != want {
			t.Errorf("%s = %v, want %v", key, e.payload[key], want)
		}
	}
	for _, key := range []string{"thread_ts", "message"} {
		if _, has := e.payload[key]; has {
			t.Errorf("the payload has %s", key)
		}
	}
}

func TestReadingIsEnterpriseInstallMayBeAString(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Readings: Readings{EnterpriseInstallString: true}})
	app := r.connect()
	r.types(ana, team, "/conf")
	if got := app.envelope("slash_commands").payload["is_enterprise_install"]; got != "false" {
		t.Errorf("is_enterprise_install = %#v, want a string", got)
	}
}

func TestCommandsAreNotDispatchedFromThreads(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	parent := r.types(ana, team, "hello")
	done, err := r.people.Type(r.ctx, control.Typed{User: ana, Channel: team, ThreadTS: parent.TS, Text: "/conf people"})
	if err != nil || done.OK || done.Error != "/conf is not supported in threads. Sorry!" {
		t.Errorf("typing in a thread: %+v, %v", done, err)
	}
	r.types(ana, team, "/conf outside")
	if e := app.envelope("slash_commands"); e.str("text") != "outside" {
		t.Errorf("the app got %q", e.str("text"))
	}
}

func TestCommandsThatSlacksClientRefusesByItself(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	r.connect()
	for name, c := range map[string]struct{ user, channel, text, want string }{
		"unknown command":            {ana, team, "/meet now", "not a valid command"},
		"another organisation":       {ivo, acmeShared, "/conf", "not a valid command"},
		"archived channel":           {ana, oldPlans, "/conf", "archived"},
		"read-only channel":          {ana, announcements, "/conf", "Only some people"},
		"not a member":               {"U0GUS00001", acmeShared, "/conf", "Join this channel"},
		"read-only tab with the app": {ana, "D0ANA00001", "/conf", "turned off"},
	} {
		t.Run(name, func(t *testing.T) {
			if done := r.types(c.user, c.channel, c.text); done.OK || !strings.Contains(done.Error, c.want) {
				t.Errorf("%+v, want an error with %q", done, c.want)
			}
		})
	}
}

func TestReadingPeopleOfOtherOrganisationsMayRunCommands(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Readings: Readings{ExternalCommands: true}})
	app := r.connect()
	r.types(ivo, acmeShared, "/conf")
	if e := app.envelope("slash_commands"); e.str("team_id") != "T0PARTNER1" {
		t.Errorf("team_id = %s", e.str("team_id"))
	}
}

func TestEscapingOfCommandText(t *testing.T) {
	t.Parallel()
	off := []byte(strings.Replace(string(defaultManifest), "should_escape: true", "should_escape: false", 1))
	typed := `add @bo <#C0TEAM0001> #board @moderators https://a.example/x a<b & "c"`
	for name, c := range map[string]struct {
		opts Options
		want string
	}{
		"on": {
			Options{},
			`add <@U0BO000001|bo> <#C0TEAM0001|team> <#C0BOARD001|> <!subteam^S0MODERAT1|@moderators> <https://a.example/x> a&lt;b &amp; "c"`,
		},
		"on, current docs": {
			Options{Readings: Readings{EscapeWithoutNames: true, PlainEntities: true}},
			`add <@U0BO000001> <#C0TEAM0001> <#C0BOARD001> <!subteam^S0MODERAT1> <https://a.example/x> a<b & "c"`,
		},
		"off": {Options{Manifest: off}, `add @bo #team #board @moderators https://a.example/x a<b & "c"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, c.opts)
			app := r.connect()
			r.types(ana, team, "/conf "+typed)
			if got := app.envelope("slash_commands").str("text"); got != c.want {
				t.Errorf("text\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestTheAckOfACommandMayCarryAMessage(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.types(ana, team, "/conf one")
	app.ack(app.envelope("slash_commands"), obj{"text": "only you"})
	r.sees(ana, func(s *control.Screen) bool { return s.Private(team, "only you") != nil })
	r.types(ana, team, "/conf two")
	app.ack(app.envelope("slash_commands"), obj{"text": "for all", "response_type": "in_channel"})
	r.sees(bo, func(s *control.Screen) bool {
		return s.Says(team, "for all") != nil && s.Says(team, "/conf two") != nil
	})
	r.types(ana, team, "/conf three")
	app.ack(app.envelope("slash_commands"), obj{"response_type": "in_channel"})
	r.sees(bo, func(s *control.Screen) bool { return s.Says(team, "/conf three") != nil })
	r.types(ana, team, "/conf four")
	app.ack(app.envelope("slash_commands"), obj{"blocks": []obj{{"type": "nonsense"}}})
	r.sees(ana, func(s *control.Screen) bool {
		n := s.Noticed("trouble")
		return n != nil && strings.Contains(n.Text, "invalid_blocks")
	})
}

func TestATriggerOpensOneFormWithinThreeSeconds(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	trigger := func() string {
		r.types(ana, team, "/conf")
		e := app.envelope("slash_commands")
		app.ack(e, nil)
		return e.str("trigger_id")
	}
	view := modal("x", nil, input("b", "a", nil))
	id := trigger()
	r.must(r.call("views.open", obj{"trigger_id": id, "view": view}))
	r.wantError(r.call("views.open", obj{"trigger_id": id, "view": view}), "exchanged_trigger_id")
	r.wantError(r.call("views.open", obj{"trigger_id": "1.2.abc", "view": view}), "invalid_trigger_id")
	r.wantError(r.call("views.open", obj{"view": view}), "invalid_arguments")
	id = trigger()
	r.advance(triggerLife + time.Second)
	r.wantError(r.call("views.open", obj{"trigger_id": id, "view": view}), "expired_trigger_id")
	id = trigger()
	r.wantError(r.call("views.open", obj{"trigger_id": id, "view": obj{"type": "modal"}}), "invalid_arguments")
	r.must(r.call("views.open", obj{"trigger_id": id, "view": view})) // a bad view does not use the trigger up
}
