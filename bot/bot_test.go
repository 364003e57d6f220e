package bot

import (
	"context"
	"testing"
	"testing/synctest"

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

func TestStoppingWithoutHavingStartedAndStartingAfterwardsDoNothing(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.bot.Stop()
	r.bot.Stop()
	r.bot.Start(t.Context())
	if ok, why := r.bot.Ready(); ok || why == "" {
		t.Errorf("Ready = %v, %q, want unready and why", ok, why)
	}
	if n := len(r.callsTo("auth.test")); n != 0 {
		t.Errorf("Slack was called %d times", n)
	}
}

func TestTokensOfTwoAppsAreReported(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.answer("bots.info", func(call) any { return obj{"ok": true, "bot": obj{"id": "BBOT", "app_id": "A0OTHER"}} })
		r.run(t)
		synctest.Wait()
		if n := len(r.log.lines("SLACK_APP_TOKEN and SLACK_BOT_TOKEN belong to two different apps; take both from the same one")); n != 1 {
			t.Errorf("%d lines that say so, want one", n)
		}
	})
}
