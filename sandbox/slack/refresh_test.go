package slack

import (
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/control"
)

func (r *rig) order(action string, lead time.Duration) {
	r.t.Helper()
	ms := int(lead.Milliseconds())
	if err := r.people.OrderSocket(r.ctx, control.SocketOrder{Action: action, LeadMS: &ms}); err != nil {
		r.t.Fatal(err)
	}
}

func (a *app) disconnect(reason string) {
	a.t.Helper()
	if m := a.next(); m["type"] != "disconnect" || m["reason"] != reason {
		a.t.Fatalf("message = %s, want disconnect %s", encode(m), reason)
	}
}

func TestASocketAgesThroughWarningRefreshAndCloseFrame(t *testing.T) {
	t.Parallel()
	r := start(t, Options{ConnectionLife: 60 * time.Millisecond, WarningLead: 30 * time.Millisecond})
	app := r.connect()
	app.disconnect("warning")
	app.disconnect("refresh_requested")
	<-app.done
	if !websocket.IsCloseError(app.err, websocket.CloseNormalClosure) {
		t.Errorf("the socket ended with %v, want a close frame", app.err)
	}
}

func TestAWarnedSocketKeepsItsShareUntilItGoes(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.order("warning", time.Hour)
	app.disconnect("warning")
	r.types(ana, team, "/conf")
	app.ack(app.envelope("slash_commands"), nil)
	r.verdict(func(rec control.Record) bool { return rec.Kind == "ack" && rec.OK })
}

func TestAnAckThatIsWrittenAfterRefreshStillCounts(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.types(ana, team, "/conf")
	e := app.envelope("slash_commands")
	app.conn.SetCloseHandler(func(int, string) error { return nil }) // answer the close frame later
	r.order("refresh_requested", 0)
	app.disconnect("refresh_requested")
	app.ack(e, nil)
	r.verdict(func(rec control.Record) bool { return rec.Kind == "ack" && rec.OK })
}

func TestTheServerLeavesTCPOpenAfterTheCloseHandshake(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.order("close", 0)
	<-app.done
	raw := app.conn.NetConn()
	_ = raw.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if _, err := raw.Read(make([]byte, 1)); !isTimeout(err) {
		t.Errorf("reading after the handshake: %v, want a time-out of our own", err)
	}
}

func isTimeout(err error) bool {
	timeout, ok := err.(interface{ Timeout() bool })
	return ok && timeout.Timeout()
}

func TestLinkDisabledLastsUntilSocketModeIsSwitchedOn(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	first := r.connect()
	r.order("link_disabled", 0)
	first.disconnect("link_disabled")
	<-first.done
	second := r.dial(r.ticket())
	second.disconnect("link_disabled")
	<-second.done
	r.order("link_enabled", 0)
	r.connect()
}

func TestADroppedSocketGetsNoCloseFrame(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.order("drop", 0)
	<-app.done
	if websocket.IsCloseError(app.err, websocket.CloseNormalClosure) {
		t.Errorf("the socket ended with %v, want a cut connection", app.err)
	}
}

func TestTooManyCanBePlayedOnALiveSocket(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.order("too_many", 0)
	app.disconnect("too_many_websockets")
	<-app.done
}
