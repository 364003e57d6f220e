package slack

import (
	"testing"

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
