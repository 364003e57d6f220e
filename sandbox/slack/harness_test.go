package slack

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

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
