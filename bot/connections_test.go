package bot

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"confbot/commands"
)

func disconnect(reason string) obj { return obj{"type": "disconnect", "reason": reason} }

// TestConnections runs on a clock of its own: Slack, the bot and the network
// between them are all within the bubble.
func TestConnections(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		run  func(*testing.T, *rig)
	}{
		{"a warning has its successor up before the old one goes", successorFirst(reasonWarning)},
		{"a refresh has its successor up before the old one goes", successorFirst(reasonRefresh)},
		{"an envelope on the old connection is acknowledged there", oldOneIsServed},
		{"an acknowledgement takes another connection when its own has died", ackElsewhere},
		{"a connection that says nothing is replaced", silence},
		{"a dial that succeeds and dies at once is not repeated in a hurry", diesAtOnce},
		{"Socket Mode switched off leaves one clear line and slow attempts", linkDisabled},
		{"a revoked token leaves one clear line and slow attempts", revoked},
		{"too many connections are waited out", tooMany},
		{"a 429 on opening is honoured", limitedOpen},
		{"ages are spread", staggered},
		{"stopping says goodbye", goodbye},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { test.run(t, newRig(t)) })
		})
	}
}

func successorFirst(reason string) func(*testing.T, *rig) {
	return func(t *testing.T, r *rig) {
		old := r.run(t)
		synctest.Wait()
		old.send(disconnect(reason))
		next := r.socket(2)
		synctest.Wait()
		if _, closed, stopped := old.state(); closed != 0 || stopped {
			t.Fatalf("the old connection was let go (code %d) although Slack had not closed it", closed)
		}
		if open := len(r.open()); open != 2 {
			t.Fatalf("%d connections open, want the old and the new", open)
		}
		_ = old.ws.Close()
		next.send(slashEnvelope("e1", ""))
		if got := r.await("ack", 1).text("envelope_id"); got != "e1" {
			t.Errorf("ack of %q, want e1", got)
		}
		if opens := len(r.callsTo("apps.connections.open")); opens != 2 {
			t.Errorf("%d connections were opened, want 2", opens)
		}
	}
}

func TestAReasonThatCameJustBeforeTheEndStillCounts(t *testing.T) {
	t.Parallel()
	for range 50 { // both can be read, and which is seen first is chance
		c := &conn{notice: make(chan string, 1), done: make(chan struct{})}
		c.notice <- reasonRefresh
		close(c.done)
		if why := watch(t.Context(), c, 0); why != leaving {
			t.Fatalf("a refreshed connection counts as ending %d, want %d: it would be replaced with a delay", why, leaving)
		}
	}
}

func oldOneIsServed(t *testing.T, r *rig) {
	old := r.run(t)
	old.send(disconnect(reasonWarning))
	r.socket(2)
	synctest.Wait()
	for i := range 20 {
		old.send(slashEnvelope(fmt.Sprint("late", i), ""))
	}
	r.await("ack", 20)
	synctest.Wait()
	if acks, _, _ := old.state(); acks != 20 {
		t.Errorf("%d of 20 envelopes were acknowledged on the connection they came by", acks)
	}
}

func ackElsewhere(t *testing.T, r *rig) {
	r.desk.checkForm = func(commands.Submission) commands.FormAnswer {
		// By the time the answer is known the connection has gone.
		_ = r.sockets[0].ws.Close()
		synctest.Wait()
		return commands.FormAnswer{}
	}
	s := r.run(t)
	s.send(viewEnvelope("e1", "view_submission", nil, nil))
	ack := r.await("ack", 1)
	if got := ack.text("envelope_id"); got != "e1" {
		t.Errorf("ack of %q, want e1", got)
	}
	if acks, _, _ := r.socket(2).state(); acks != 1 {
		t.Errorf("the second connection saw %d acks, want 1", acks)
	}
}

func silence(t *testing.T, r *rig) {
	s := r.run(t)
	s.mu.Lock()
	s.deaf = true // pings are no longer answered
	s.mu.Unlock()
	begun := time.Now()
	r.socket(2)
	if waited := time.Since(begun); waited < deadAfter-pingEvery || waited > deadAfter+2*pingEvery {
		t.Errorf("a dead connection was noticed after %v, want about %v", waited, deadAfter)
	}
}

func diesAtOnce(t *testing.T, r *rig) {
	r.greet = func(s *fakeSocket) bool {
		s.send(obj{"type": "hello"})
		_ = s.ws.Close()
		return true
	}
	r.run(t)
	pass(10 * time.Minute)
	if opens := len(r.callsTo("apps.connections.open")); opens < 15 || opens > 50 {
		t.Errorf("%d attempts in ten minutes, want 15 to 50", opens)
	}
}

func linkDisabled(t *testing.T, r *rig) {
	s := r.run(t)
	r.answer("apps.connections.open", func(call) any { return obj{"ok": false, "error": "link_disabled"} })
	s.send(disconnect(reasonLinkDisabled))
	pass(time.Second)
	_ = s.ws.Close()
	pass(32 * time.Minute)
	checkBlocked(t, r, "link_disabled")
}

func revoked(t *testing.T, r *rig) {
	s := r.run(t)
	r.answer("apps.connections.open", func(call) any { return obj{"ok": false, "error": "token_revoked"} })
	_ = s.ws.Close()
	pass(32 * time.Minute)
	checkBlocked(t, r, "token_revoked")
}

func checkBlocked(t *testing.T, r *rig, reason string) {
	t.Helper()
	if ok, why := r.bot.Ready(); ok || why == "" {
		t.Errorf("Ready = %v, %q, want unready and why", ok, why)
	}
	lines := r.log.lines("Slack refuses the connection")
	if len(lines) != 1 || lines[0]["reason"] != reason || lines[0]["fix"] == "" {
		t.Errorf("log = %v, want one line with the reason %s and what to do", lines, reason)
	}
	if opens := len(r.callsTo("apps.connections.open")); opens < 6 || opens > 9 {
		t.Errorf("%d attempts in half an hour, want one every five minutes", opens)
	}
	r.answer("apps.connections.open", nil)
	pass(blockedRetry)
	synctest.Wait()
	if ok, why := r.bot.Ready(); !ok {
		t.Errorf("not ready again after Slack allowed it: %s", why)
	}
}

func tooMany(t *testing.T, r *rig) {
	r.greet = func(s *fakeSocket) bool { s.send(disconnect(reasonTooMany)); return false }
	r.bot.Start(t.Context())
	t.Cleanup(r.bot.Stop)
	pass(30 * time.Minute)
	if opens := len(r.callsTo("apps.connections.open")); opens < 4 || opens > 12 {
		t.Errorf("%d attempts in half an hour, want one every few minutes", opens)
	}
}

func limitedOpen(t *testing.T, r *rig) {
	r.answer("apps.connections.open", func(call) any {
		return httpAnswer{status: 429, header: map[string]string{"Retry-After": "60"}}
	})
	r.bot.Start(t.Context())
	t.Cleanup(r.bot.Stop)
	pass(10 * time.Minute)
	if opens := len(r.callsTo("apps.connections.open")); opens < 9 || opens > 10 {
		t.Errorf("%d attempts in ten minutes, want one a minute", opens)
	}
}

func staggered(t *testing.T, r *rig) {
	r.bot = r.newBot(t, func(o *Options) { o.Connections = 2 })
	r.run(t)
	r.socket(2)
	pass(29 * time.Minute)
	if open := len(r.callsTo("apps.connections.open")); open != 2 {
		t.Fatalf("%d connections after half of their life, want 2", open)
	}
	pass(2 * time.Minute)
	if open := len(r.callsTo("apps.connections.open")); open != 3 {
		t.Errorf("%d connections were opened, want one of the two replaced after half of its life", open)
	}
	if open := len(r.open()); open != 2 {
		t.Errorf("%d connections are open, want 2", open)
	}
}

func goodbye(t *testing.T, r *rig) {
	working := make(chan struct{})
	release := make(chan struct{})
	r.desk.command = func(context.Context, commands.Request) commands.Reply {
		close(working)
		<-release
		return private("done")
	}
	s := r.run(t)
	s.send(slashEnvelope("e1", ""))
	<-working
	stopped := make(chan struct{})
	go func() { r.bot.Stop(); r.bot.Stop(); close(stopped) }()
	synctest.Wait()
	if _, closed, _ := s.state(); closed != 1000 {
		t.Errorf("close code %d, want 1000", closed)
	}
	close(release)
	<-stopped
	if got := r.await("response_url", 1).text("text"); got != "done" {
		t.Errorf("answer = %q, want what ran to be finished", got)
	}
}
