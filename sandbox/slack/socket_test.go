package slack

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/control"
)

func TestHelloCountsTheAppsConnections(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	r.connect()
	second := r.dial(r.ticket())
	hello := second.next()
	if hello["type"] != "hello" || asString(hello["num_connections"]) != "2" || hello["envelope_id"] != nil {
		t.Errorf("hello = %s, want num_connections 2 and no envelope_id", encode(hello))
	}
	if id := asObj(hello["connection_info"])["app_id"]; id != "A0CONFBOT1" {
		t.Errorf("app_id = %v", id)
	}
	if life := asString(asObj(hello["debug_info"])["approximate_connection_time"]); life != "18060" {
		t.Errorf("approximate_connection_time = %s", life)
	}
	short := r.dial(r.ticket() + "&debug_reconnects=true").next()
	if life := asString(asObj(short["debug_info"])["approximate_connection_time"]); life != "360" {
		t.Errorf("with debug_reconnects approximate_connection_time = %s", life)
	}
}

func TestTheEleventhSocketIsTurnedAwayWithoutHello(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	for range maxSockets {
		r.connect()
	}
	eleventh := r.dial(r.ticket())
	if m := eleventh.next(); m["type"] != "disconnect" || m["reason"] != "too_many_websockets" {
		t.Errorf("first message = %s, want disconnect too_many_websockets", encode(m))
	}
	<-eleventh.done
	if !websocket.IsCloseError(eleventh.err, websocket.CloseNormalClosure) {
		t.Errorf("the eleventh socket ended with %v, want a close frame", eleventh.err)
	}
	if n := r.numSockets(); n != maxSockets {
		t.Errorf("%d sockets live, want %d", n, maxSockets)
	}
}

func (r *rig) numSockets() int {
	r.t.Helper()
	sockets, err := r.people.Sockets(r.ctx)
	if err != nil {
		r.t.Fatal(err)
	}
	return len(sockets)
}

func TestATicketAdmitsOnce(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	address := r.ticket()
	r.dial(address).next()
	for name, address := range map[string]string{"used": address, "invented": strings.Replace(address, "ticket=", "ticket=x", 1)} {
		_, res, err := websocket.DefaultDialer.DialContext(r.ctx, address, nil)
		if err == nil || res == nil || res.StatusCode != http.StatusNotFound {
			t.Errorf("a %s ticket: err %v, response %v; want 404", name, err, res)
		}
	}
}

func TestEachEnvelopeGoesToExactlyOneSocketAndAllGetAShare(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	apps := []*app{r.connect(), r.connect(), r.connect()}
	const commands = 120
	for range commands {
		r.types(ana, team, "/conf")
	}
	sockets, err := r.people.Sockets(r.ctx)
	if err != nil {
		t.Fatal(err)
	}
	sum := 0
	for _, k := range sockets {
		sum += k.NumDelivered
		if k.NumDelivered == 0 { // (2/3)^120: it will not happen by chance
			t.Errorf("socket %s got nothing of %d envelopes", k.ID, commands)
		}
	}
	if sum != commands {
		t.Errorf("%d deliveries of %d commands", sum, commands)
	}
	seen := map[string]bool{}
	for i, a := range apps {
		for range sockets[i].NumDelivered {
			id := a.envelope("slash_commands").id()
			if seen[id] {
				t.Errorf("envelope %s came twice", id)
			}
			seen[id] = true
		}
	}
}

func TestAGhostKeepsItsShareUntilItsPongsAreMissed(t *testing.T) {
	t.Parallel()
	r := start(t, Options{PingInterval: 20 * time.Millisecond, PongTimeout: 2 * time.Second})
	ghost := r.connect()
	if err := r.people.OrderSocket(r.ctx, control.SocketOrder{Action: "ghost"}); err != nil {
		t.Fatal(err)
	}
	done := r.types(ana, team, "/conf")
	if !done.OK || r.numSockets() != 1 {
		t.Fatalf("typing: %+v, with %d sockets, want one that takes the command", done, r.numSockets())
	}
	r.eventually("the ghost is given up", func() bool { return r.numSockets() == 0 })
	r.types(ana, team, "/conf")
	r.sees(ana, func(s *control.Screen) bool { return s.Noticed("dispatch_failed") != nil })
	select {
	case m := <-ghost.in:
		t.Errorf("the ghost heard %s", encode(m))
	case <-ghost.done:
		t.Errorf("the ghost's connection was cut: %v", ghost.err)
	default:
	}
}

// eventually polls until something holds.
func (r *rig) eventually(what string, holds func() bool) {
	r.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		select {
		case <-tick.C:
		case <-r.ctx.Done():
			r.t.Fatalf("waited in vain until %s", what)
		}
	}
}

func TestASilentClientIsCutOff(t *testing.T) {
	t.Parallel()
	r := start(t, Options{PingInterval: 20 * time.Millisecond, PongTimeout: 200 * time.Millisecond})
	a := r.dial(r.ticket())
	a.next()
	// A client that never pongs: its handler does nothing.
	a.conn.SetPingHandler(func(string) error { return nil })
	r.eventually("the silent client is dropped", func() bool { return r.numSockets() == 0 })
	<-a.done
}

func TestPingsComeWithTextAndClientPingsAreAnswered(t *testing.T) {
	t.Parallel()
	r := start(t, Options{PingInterval: 10 * time.Millisecond})
	conn, res, err := websocket.DefaultDialer.DialContext(r.ctx, r.ticket(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	defer conn.Close()
	pings, pongs := make(chan string, 100), make(chan string, 100)
	conn.SetPingHandler(func(text string) error { pings <- text; return nil })
	conn.SetPongHandler(func(text string) error { pongs <- text; return nil })
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				return
			}
		}
	}()
	if err := conn.WriteControl(websocket.PingMessage, []byte("are you there"), time.Now().Add(limit)); err != nil {
		t.Fatal(err)
	}
	for name, wait := range map[string]struct {
		from chan string
		want string
	}{"ping": {pings, "Ping from applink-"}, "pong": {pongs, "are you there"}} {
		select {
		case text := <-wait.from:
			if !strings.HasPrefix(text, wait.want) {
				t.Errorf("%s carries %q, want %q…", name, text, wait.want)
			}
		case <-r.ctx.Done():
			t.Errorf("no %s", name)
		}
	}
	_ = conn.Close()
	<-ended
}

func TestDefaultPingsComeWellBeforeClientsGiveUp(t *testing.T) {
	t.Parallel()
	var o Options
	o.fill()
	if o.PingInterval > 10*time.Second {
		t.Errorf("pings every %s; clients give up after 30 s without one", o.PingInterval)
	}
}

func TestFramesThatSlackDoesNotTakeCloseTheSocketWith1009(t *testing.T) {
	t.Parallel()
	fill := func(n int) string { return `{"envelope_id":"x","payload":"` + strings.Repeat("y", n) + `"}` }
	for name, write := range map[string]func(*websocket.Conn) error{
		"larger than 20,480 bytes": func(c *websocket.Conn) error { return c.WriteMessage(websocket.TextMessage, []byte(fill(maxFrame))) },
		"fragmented": func(c *websocket.Conn) error {
			w, err := c.NextWriter(websocket.TextMessage)
			if err != nil {
				return err
			}
			if _, err := w.Write([]byte(fill(8_000))); err != nil { // more than the writer's buffer: a continuation frame
				return err
			}
			return w.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{})
			dialer := websocket.Dialer{WriteBufferSize: 4 << 10}
			if strings.HasPrefix(name, "larger") {
				dialer.WriteBufferSize = 64 << 10
			}
			conn, res, err := dialer.DialContext(r.ctx, r.ticket(), nil)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			defer conn.Close()
			if err := write(conn); err != nil {
				t.Fatal(err)
			}
			for err == nil {
				_, _, err = conn.ReadMessage()
			}
			var closed *websocket.CloseError
			if !errors.As(err, &closed) || closed.Code != websocket.CloseMessageTooBig {
				t.Fatalf("the socket ended with %v, want close 1009", err)
			}
			if name != "fragmented" && closed.Text != "Max frame length of 20480 has been exceeded." {
				t.Errorf("reason = %q", closed.Text)
			}
		})
	}
}

func TestStopEndsOpenSocketsAndStreams(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	a := r.connect()
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- r.people.Follow(context.WithoutCancel(r.ctx), ana, -1, func() { close(ready) }, func(control.Change) error { return nil })
	}()
	<-ready
	if err := r.Stop(); err != nil {
		t.Fatal(err)
	}
	<-a.done
	if err := <-ended; err == nil {
		t.Error("the stream ended without an error")
	}
}
