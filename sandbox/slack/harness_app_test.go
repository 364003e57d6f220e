package slack

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// app is a bare Socket Mode client: it reads envelopes and acks when told.
type app struct {
	t    *testing.T
	conn *websocket.Conn
	in   chan obj
	done chan struct{}
	err  error // why reading ended; read it after done
}

func (r *rig) ticket() string {
	r.t.Helper()
	got := r.must(r.send("apps.connections.open", "Bearer "+r.AppToken(), "", ""))
	return asString(got.body["url"])
}

// connect opens a socket and waits for hello.
func (r *rig) connect() *app {
	r.t.Helper()
	a := r.dial(r.ticket())
	if hello := a.next(); hello["type"] != "hello" {
		r.t.Fatalf("first message = %s, want hello", encode(hello))
	}
	return a
}

func (r *rig) dial(address string) *app {
	r.t.Helper()
	dialer := websocket.Dialer{WriteBufferSize: 32 << 10} // so that no ack is fragmented
	conn, res, err := dialer.DialContext(r.ctx, address, nil)
	if err != nil {
		r.t.Fatalf("dial: %v", err)
	}
	_ = res.Body.Close()
	a := &app{t: r.t, conn: conn, in: make(chan obj, 1024), done: make(chan struct{})}
	go a.read()
	r.t.Cleanup(func() {
		_ = conn.Close()
		<-a.done
	})
	return a
}

func (a *app) read() {
	defer close(a.done)
	for {
		_, raw, err := a.conn.ReadMessage()
		if err != nil {
			a.err = err
			return
		}
		if v, err := decode(raw); err == nil {
			a.in <- asObj(v)
		}
	}
}

// next is the next message from the sandbox.
func (a *app) next() obj {
	a.t.Helper()
	select {
	case m := <-a.in:
		return m
	case <-time.After(limit):
		a.t.Fatal("no message from the sandbox")
	case <-a.done:
		select {
		case m := <-a.in:
			return m
		default:
			a.t.Fatalf("the socket ended: %v", a.err)
		}
	}
	return nil
}

// envelope is the next message, which has to be of this type.
func (a *app) envelope(kind string) envelope {
	a.t.Helper()
	m := a.next()
	if m["type"] != kind {
		a.t.Fatalf("message = %s, want type %s", encode(m), kind)
	}
	return envelope{obj: m, payload: asObj(m["payload"])}
}

type envelope struct {
	obj
	payload obj
}

func (e envelope) id() string { return asString(e.obj["envelope_id"]) }

func (e envelope) str(path ...string) string {
	var v any = e.payload
	for _, p := range path {
		v = asObj(v)[p]
	}
	return asString(v)
}

func (a *app) ack(e envelope, payload any) {
	a.t.Helper()
	m := obj{"envelope_id": e.id()}
	if payload != nil {
		m["payload"] = payload
	}
	a.write(encode(m))
}

func (a *app) write(raw json.RawMessage) {
	a.t.Helper()
	if err := a.conn.WriteMessage(websocket.TextMessage, raw); err != nil {
		a.t.Fatalf("write: %v", err)
	}
}
