package slack

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/control"
)

// People and channels of the default seed.
const (
	ana, bo, dev, hana, ivo         = "U0ANA00001", "U0BO000001", "U0DEV00001", "U0HANA0001", "U0IVO00001"
	general, team, board, oldPlans  = "C0GENERAL1", "C0TEAM0001", "C0BOARD001", "C0OLDPLAN1"
	announcements, random, allHands = "C0ANNOUNC1", "C0RANDOM01", "C0ALLHAND1"
	acmeShared                      = "C0ACME0001"
	theBot                          = "U0CONFBOT1"
)

// limit is how long a test waits for something that should take no time.
const limit = 10 * time.Second

// rig is a running sandbox and both ways into it.
type rig struct {
	t *testing.T
	*Server
	people *control.Client
	ctx    context.Context
}

func start(t *testing.T, opts Options) *rig {
	t.Helper()
	s, err := New(opts)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	if err := s.Start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatalf("Start: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Errorf("Stop: %v", err)
		}
	})
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return &rig{t: t, Server: s, people: control.New(s.ControlURL(), nil), ctx: ctx}
}

// reply is an answer of the Web API.
type reply struct {
	status int
	header http.Header
	body   obj
}

func (r reply) ok() bool      { return asBool(r.body["ok"]) }
func (r reply) err() string   { return asString(r.body["error"]) }
func (r reply) ts() string    { return asString(r.body["ts"]) }
func (r reply) lines() string { return string(encode(asObj(r.body["response_metadata"])["messages"])) }

// call makes a form call with the bot token in the header. Values that are no strings are sent as JSON.
func (r *rig) call(method string, fields obj) reply {
	r.t.Helper()
	form := url.Values{}
	for k, v := range fields {
		if s, ok := v.(string); ok {
			form.Set(k, s)
		} else {
			form.Set(k, string(encode(v)))
		}
	}
	return r.send(method, "Bearer "+r.BotToken(), "application/x-www-form-urlencoded", form.Encode())
}

func (r *rig) send(method, auth, kind, body string) reply {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.ctx, http.MethodPost, r.APIURL()+method, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	if auth != "" {
		req.Header.Set("Authorization", auth)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	return r.do(req)
}

func (r *rig) do(req *http.Request) reply {
	r.t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatalf("%s: %v", req.URL.Path, err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	out := reply{status: res.StatusCode, header: res.Header}
	v, err := decode(raw)
	if err != nil {
		out.body = obj{"text": string(raw)}
		return out
	}
	out.body = asObj(v)
	return out
}

// respond posts to a response URL.
func (r *rig) respond(address string, body obj) reply {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.ctx, http.MethodPost, address, strings.NewReader(string(encode(body))))
	if err != nil {
		r.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	return r.do(req)
}

// must fails the test unless the call was ok.
func (r *rig) must(got reply) reply {
	r.t.Helper()
	if !got.ok() {
		r.t.Fatalf("call refused: %s", encode(got.body))
	}
	return got
}

func (r *rig) wantError(got reply, code string) {
	r.t.Helper()
	if got.ok() || got.err() != code {
		r.t.Errorf("error = %q (ok=%v), want %q; body %s", got.err(), got.ok(), code, encode(got.body))
	}
}

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

// types writes something as a person.
func (r *rig) types(user, channel, text string) *control.Done {
	r.t.Helper()
	done, err := r.people.Type(r.ctx, control.Typed{User: user, Channel: channel, Text: text})
	if err != nil {
		r.t.Fatalf("type %q: %v", text, err)
	}
	return done
}

// sees waits until a person's screen is as wanted.
func (r *rig) sees(user string, wanted func(*control.Screen) bool) *control.Screen {
	r.t.Helper()
	screen, err := r.people.WaitFor(r.ctx, user, wanted)
	if err != nil {
		r.t.Fatal(err)
	}
	return screen
}

func button(actionID, value string) obj {
	return obj{"type": "button", "action_id": actionID, "value": value, "text": obj{"type": "plain_text", "text": actionID}}
}

func actions(blockID string, elements ...obj) obj {
	return obj{"type": "actions", "block_id": blockID, "elements": elements}
}

func modal(callbackID string, more obj, blocks ...obj) obj {
	v := obj{
		"type": "modal", "callback_id": callbackID, "title": obj{"type": "plain_text", "text": "A form"},
		"submit": obj{"type": "plain_text", "text": "Send"}, "blocks": blocks,
	}
	for k, x := range more {
		v[k] = x
	}
	return v
}

func input(blockID, actionID string, more obj) obj {
	b := obj{
		"type": "input", "block_id": blockID, "label": obj{"type": "plain_text", "text": "Label"},
		"element": obj{"type": "plain_text_input", "action_id": actionID},
	}
	for k, x := range more {
		b[k] = x
	}
	return b
}
