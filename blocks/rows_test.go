package blocks

import (
	"testing"
	"time"

	"confbot/conference"
	"confbot/live"
)

func TestAKickThatWasAskedForIsNotDrawnAsDone(t *testing.T) {
	t.Parallel()
	asked := live.Caller{No: 2, KickedBy: "U0ANA", Pending: conference.Kick, PendingAt: at("08:31:07")}
	done := asked
	done.Left, done.Pending = at("08:31:09"), ""
	l := Line{Names: map[string]string{"U0ANA": "Ana"}}
	for _, c := range []struct {
		caller live.Caller
		want   string
	}{{asked, "kick requested"}, {done, "kicked by Ana, 08:31 UTC"}} {
		if got := l.state(c.caller, rowStyle{zone: time.UTC}).words(); got != c.want {
			t.Errorf("drawn as %q, want %q", got, c.want)
		}
	}
}
