package bot

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/commands"
)

func TestWhatAFormChangesIsSeenInTheMessageBehindIt(t *testing.T) {
	t.Parallel()
	told := say("told")
	deleted := func(context.Context, commands.Submission) commands.Reply { return commands.Reply{Behind: &told} }
	for _, test := range []struct {
		name   string
		public bool          // the form was opened from a message that all see
		wait   time.Duration // before the form is sent
		plan   commands.Plan // of the click
		want   string
	}{
		{"from a private message", false, 0, commands.Plan{}, "response_url replace “told”"},
		{"from a private message, after a loading form", false, 0, commands.Plan{Form: true}, "response_url replace “told”"},
		{"from a message that all see, which stays as it is", true, 0, commands.Plan{}, "chat.postEphemeral channel=C0TEAM user=U0ANA “told”"},
		{"when the message can no longer be replaced", false, 31 * time.Minute, commands.Plan{}, "chat.postEphemeral channel=C0TEAM user=U0ANA “told”"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.desk.planClick = func(commands.Click) commands.Plan { return test.plan }
				r.desk.click = func(context.Context, commands.Click) commands.Reply { return commands.Reply{View: resultView()} }
				r.desk.submit = deleted
				s := r.run(t)
				e := clickEnvelope("e1", "announcement.menu", "")
				e["payload"].(obj)["container"].(obj)["is_ephemeral"] = !test.public
				s.send(e)
				r.awaitDone(1)
				pass(test.wait)
				before := len(r.seen())
				s = r.open()[0] // connections change in half an hour
				s.send(viewEnvelope("e2", "view_submission", obj{"id": "V1", "root_view_id": "V1"}, nil))
				r.awaitDone(2)
				if diff := cmp.Diff([]string{test.want}, r.seen()[before:]); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			})
		})
	}
}
