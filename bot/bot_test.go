package bot

import (
	"context"
	"testing"

	"go.uber.org/goleak"

	"confbot/commands"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestACommandIsAcknowledgedEmptyAndAnsweredPrivately(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.command = func(_ context.Context, q commands.Request) commands.Reply { return private("you said " + q.Text) }
	s := r.run(t)
	s.send(slashEnvelope("e1", "help me"))

	ack := r.await("ack", 1)
	if got := ack.args["envelope_id"]; got != "e1" || ack.args["payload"] != nil {
		t.Errorf("ack = %v, want e1 without a payload", ack.args)
	}
	answer := r.await("response_url", 1)
	if got, want := answer.text("text"), "you said help me"; got != want {
		t.Errorf("answer = %q, want %q", got, want)
	}
	if got := answer.text("response_type"); got != "ephemeral" {
		t.Errorf("response_type = %q, want ephemeral", got)
	}
	r.bot.Stop()
	lines := r.log.lines("interaction")
	if len(lines) != 1 {
		t.Fatalf("%d log lines for one interaction, want 1: %v", len(lines), lines)
	}
	for key, want := range map[string]any{"kind": "command", "command": "test", "team": "T0CONF", "user": "U0ANA", "outcome": "ok"} {
		if got := lines[0][key]; got != want {
			t.Errorf("log %s = %v, want %v", key, got, want)
		}
	}
}
