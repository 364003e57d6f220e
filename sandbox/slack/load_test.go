package slack

import (
	"fmt"
	"sync"
	"testing"

	"confbot/sandbox/slack/control"
)

func TestTwoHundredCommandsAtOnceAreAllAnswered(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	apps := []*app{r.connect(), r.connect()}
	const commands = 200
	var answering sync.WaitGroup
	stop := make(chan struct{})
	for _, a := range apps {
		answering.Go(func() {
			for {
				select {
				case m := <-a.in:
					e := envelope{obj: m, payload: asObj(m["payload"])}
					a.ack(e, nil)
					r.respond(e.str("response_url"), obj{"text": "answer to " + e.str("text")})
				case <-stop:
					return
				}
			}
		})
	}
	var typing sync.WaitGroup
	for i := range commands {
		typing.Go(func() {
			if _, err := r.people.Type(r.ctx, control.Typed{User: ana, Channel: team, Text: fmt.Sprint("/conf ", i)}); err != nil {
				t.Error(err)
			}
		})
	}
	typing.Wait()
	screen := r.sees(ana, func(s *control.Screen) bool { return len(s.Messages[team]) >= commands })
	close(stop)
	answering.Wait()
	if len(screen.Notices) > 0 {
		t.Errorf("Ana was told %+v", screen.Notices[0])
	}
}

func TestMemoryStaysBounded(t *testing.T) {
	t.Parallel()
	r := start(t, Options{NoRateLimits: true})
	r.mu.Lock()
	for range maxMessages + 5_000 {
		r.publish(&message{channel: team, ts: r.ws.nextTS(), user: ana, text: "x"})
	}
	for range 2 * maxEphemerals {
		r.publish(&message{channel: team, ts: r.ws.nextTS(), user: theBot, onlyFor: ana, text: "x"})
	}
	room := r.ws.rooms[team]
	if n := len(room.msgs); n > maxMessages || n != len(room.byTS) {
		t.Errorf("%d messages kept, %d indexed", n, len(room.byTS))
	}
	if n := len(room.ephemerals[ana]); n != maxEphemerals {
		t.Errorf("%d private messages kept", n)
	}
	if n := r.changes.ring.len(); n != maxChanges {
		t.Errorf("%d changes kept", n)
	}
	r.mu.Unlock()
	for range maxRecords + 10 {
		r.requests.add(r.clock.now(), control.Record{}, r.clock.now())
	}
	if n := len(r.requests.since(0)); n != maxRecords {
		t.Errorf("%d records kept", n)
	}
}

func TestManifestsThatCannotWorkAreRefused(t *testing.T) {
	t.Parallel()
	for name, src := range map[string]string{
		"no YAML":                   "{",
		"empty":                     "{}",
		"commands without scope":    string(withScopes("chat:write")),
		"another kind of file":      "just a text",
		"a command without a slash": `{"display_information":{"name":"x"},"features":{"bot_user":{"display_name":"x"},"slash_commands":[{"command":"conf","description":"d"}]},"oauth_config":{"scopes":{"bot":["commands"]}},"settings":{"socket_mode_enabled":true}}`,
	} {
		if _, err := New(Options{Manifest: []byte(src)}); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := ParseSeed([]byte(`{}`)); err == nil {
		t.Error("an empty seed was taken")
	}
}

func BenchmarkASimpleCall(b *testing.B) {
	s, err := New(Options{NoRateLimits: true})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.Start(b.Context()); err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Stop() }()
	people := control.New(s.ControlURL(), nil)
	for b.Loop() {
		if _, err := people.Sockets(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
