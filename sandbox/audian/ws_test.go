package audian

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/gorilla/websocket"
)

// session is a client of the websocket.
type session struct {
	t    *testing.T
	conn *websocket.Conn
}

func (c *client) dialSocket(header http.Header) (*websocket.Conn, *http.Response, error) {
	return websocket.DefaultDialer.DialContext(c.t.Context(), "ws"+strings.TrimPrefix(c.base, "http")+"/websocket", header)
}

func (c *client) session(t *testing.T) session {
	t.Helper()
	conn, _, err := c.dialSocket(nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return session{t, conn}
}

func (s session) read() document {
	s.t.Helper()
	var d document
	if err := s.conn.ReadJSON(&d); err != nil {
		s.t.Fatal(err)
	}
	return d
}

func (s session) ask(message string) document {
	s.t.Helper()
	if err := s.conn.WriteMessage(websocket.TextMessage, []byte(message)); err != nil {
		s.t.Fatal(err)
	}
	return s.read()
}

func TestSubscribing(t *testing.T) {
	t.Parallel()
	const acct = `"account_id":"` + DefaultAccountID + `"`
	inData := func(binding string) string {
		return `{"action":"subscribe","auth_token":"{t}","request_id":"r1","data":{` + acct + `,"bindings":["` + binding + `"]}}`
	}
	onTop := func(binding string) string {
		return `{"action":"subscribe","auth_token":"{t}",` + acct + `,"bindings":["` + binding + `"]}`
	}
	const five, four = "conference.event.*.c1.*", "conference.event.c1.*"
	for _, tt := range []struct {
		name    string
		o       Options
		message string
		refused string // empty: subscribed
	}{
		{"seed: as on Audian's page", Options{}, onTop("call.*"), ""},
		{"seed: in data", Options{}, inData("presence.*"), ""},
		{"seed: Kazoo 5's form", Options{}, inData(five), ""},
		{"seed: Kazoo 4's form", Options{}, inData(four), ""},
		{"Kazoo 5: its own form", kazoo(), inData(five), ""},
		{"Kazoo 5: one event", kazoo(), inData("conference.event.add-member.c1.*"), ""},
		{"Kazoo 5: commands", kazoo(), inData("conference.command.c1"), ""},
		{"Kazoo 5: the other's form", kazoo(), inData(four), "invalid format for conference subscription : " + four},
		{"Kazoo 4: its own form", kazoo(kazoo4), inData(four), ""},
		{"Kazoo 4: the other's form", kazoo(kazoo4), inData(five), "invalid format for conference subscription : " + five},
		{"kazoo: all on top", kazoo(), onTop(five), "empty subscription"},
		{"both places at once", kazoo(), `{"action":"subscribe","auth_token":"{t}",` + acct + `,"bindings":["` + five + `"],"data":{` + acct + `,"bindings":["` + five + `"]}}`, ""},
		{"nothing", Options{}, inData(""), "invalid format for conference subscription : "},
		{"no bindings", Options{}, `{"action":"subscribe","auth_token":"{t}","data":{` + acct + `}}`, "empty subscription"},
		{"every conference", Options{}, inData("conference.event.*.*.*"), "unauthorized wildcard for conference id"},
		{"an event nobody knows", Options{}, inData("conference.event.dance.c1.*"), "Unsupported conference event dance"},
		{"somebody else's account", Options{}, `{"action":"subscribe","auth_token":"{t}","data":{"account_id":"` + ForeignAccountID + `","bindings":["` + five + `"]}}`, "unauthorized account id"},
		{"no token", Options{}, `{"action":"ping"}`, "authentication token required"},
		{"a bad token, which comes back", Options{}, `{"action":"ping","auth_token":"made.up"}`, "failed to authenticate token made.up"},
		{"an unknown action", Options{}, `{"action":"dance","auth_token":"{t}"}`, "unknown action dance"},
		{"no JSON", Options{}, `{`, "invalid JSON"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := startServer(t, tt.o)
			got := c.session(t).ask(strings.ReplaceAll(tt.message, "{t}", c.token))
			if tt.refused == "" {
				if got["status"] != "success" || lookUp(got, "data/subscribed/0") == nil {
					t.Errorf("%v", got)
				}
				return
			}
			if got["status"] != "error" || lookUp(got, "data/errors/0") != tt.refused {
				t.Errorf("%v, want %q", got, tt.refused)
			}
		})
	}
}

func TestASessionIsAuthenticatedOnce(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	ws := c.session(t)
	got := ws.ask(`{"action":"ping","auth_token":"` + c.token + `","request_id":"r7"}`)
	want := document{"action": "reply", "request_id": "r7", "status": "success", "data": document{"response": "pong"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	c.s.ExpireTokens()
	if got := ws.ask(`{"action":"ping"}`); got["status"] != "success" {
		t.Errorf("after the token's end: %v", got)
	}
}

func TestEventsOfARun(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	conf, other := c.conference(ConferenceSpec{}), c.conference(ConferenceSpec{Name: "Other"})
	ws := c.session(t)
	ws.ask(`{"action":"subscribe","auth_token":"` + c.token + `","data":{"account_id":"` + DefaultAccountID + `","bindings":["conference.event.*.` + conf + `.*"]}}`)
	c.caller(other, CallerSpec{Name: "Somebody else"})
	alice := c.caller(conf, CallerSpec{Name: "Alice", Number: "+15550100199"})
	for _, do := range []func() error{
		func() error { return c.s.SetTalking(alice.ID, Talking) },
		func() error { return c.s.SetTalking(alice.ID, Silent) },
		func() error { return c.s.Press(alice.ID, "*2*3*5*6#") },
	} {
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	for i, want := range []string{
		"conference-create", "add-member", "start-talking", "stop-talking", "mute-member", "unmute-member",
		"deaf-member", "undeaf-member", "del-member", "conference-destroy",
	} {
		frame := ws.read()
		if got := lookUp(frame, "data/event"); got != want {
			t.Fatalf("event %d is %v, want %s", i, got, want)
		}
		if lookUp(frame, "data/conference_id") != conf || lookUp(frame, "data/instance_id") == nil {
			t.Errorf("%v", frame)
		}
		if want == "add-member" {
			if lookUp(frame, "data/participant_id") != 1.0 || lookUp(frame, "data/caller_id_name") != "Alice" || lookUp(frame, "data/conference_channel_vars/speak") != true {
				t.Errorf("%v", frame)
			}
			if key, _ := frame["routing_key"].(string); !strings.HasPrefix(key, "conference.event.add-member."+DefaultAccountID+"."+conf+".") {
				t.Errorf("routing_key %q", key)
			}
		}
	}
}

func TestKazoo4EventsAreFlat(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo(kazoo4))
	conf := c.conference(ConferenceSpec{})
	ws := c.session(t)
	ws.ask(`{"action":"subscribe","auth_token":"` + c.token + `","data":{"account_id":"` + DefaultAccountID + `","binding":"conference.event.` + conf + `.*","bindings":["x"]}}`)
	c.caller(conf, CallerSpec{})
	ws.read()
	frame := ws.read()
	if lookUp(frame, "data/speak") != true || lookUp(frame, "data/conference_channel_vars") != nil || lookUp(frame, "data/event_name") != "participant_event" {
		t.Errorf("%v", frame)
	}
}

func TestUnsubscribing(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	conf := c.conference(ConferenceSpec{})
	ws := c.session(t)
	ws.ask(`{"action":"subscribe","auth_token":"` + c.token + `","data":{"account_id":"` + DefaultAccountID + `","bindings":["conference.event.*.` + conf + `.*","call.*"]}}`)
	got := ws.ask(`{"action":"unsubscribe","data":{"binding":"call.*"}}`)
	if diff := cmp.Diff([]any{"call.*"}, lookUp(got, "data/unsubscribed")); diff != "" {
		t.Errorf("one (-want +got):\n%s", diff)
	}
	got = ws.ask(`{"action":"unsubscribe"}`)
	if diff := cmp.Diff([]any{}, lookUp(got, "data/subscriptions")); diff != "" {
		t.Errorf("all (-want +got):\n%s", diff)
	}
	c.caller(conf, CallerSpec{})
	if got := ws.ask(`{"action":"ping"}`); lookUp(got, "data/response") != "pong" {
		t.Errorf("an event after all: %v", got)
	}
}

func TestUpgradesThatAreRefused(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	off := startServer(t, Options{Websocket: Off})
	for _, tt := range []struct {
		name   string
		c      *client
		header http.Header
		status int
	}{
		{"a subprotocol", c, http.Header{"Sec-Websocket-Protocol": {"kazoo"}}, 400},
		{"a bad Authorization", c, http.Header{"Authorization": {"Bearer made.up"}}, 403},
		{"switched off", off, nil, 404},
	} {
		_, resp, err := tt.c.dialSocket(tt.header)
		if err == nil || resp == nil || resp.StatusCode != tt.status {
			t.Errorf("%s: %v, want %d", tt.name, err, tt.status)
		}
	}
	conn, _, err := c.dialSocket(http.Header{"Authorization": {"Bearer " + c.token}})
	if err != nil {
		t.Fatalf("a good Authorization: %v", err)
	}
	defer conn.Close()
	for range socketsPerIP - 1 {
		c.session(t)
	}
	if _, resp, err := c.dialSocket(nil); err == nil || resp == nil || resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("one too many: %v", err)
	}
	if c.raw("GET", "/websocket", "").status != 429 {
		t.Error("a plain request is counted too")
	}
}

func TestMessagesAreLimitedWithTheBucket(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{RateBucket: true, Now: frozen})
	ws := c.session(t)
	for range messageBurst {
		if got := ws.ask(`{"action":"ping","auth_token":"` + c.token + `"}`); got["status"] != "success" {
			t.Fatalf("%v", got)
		}
	}
	if got := ws.ask(`{"action":"ping"}`); lookUp(got, "data/errors/0") != "rate limiting threshold hit for ping" {
		t.Errorf("%v", got)
	}
}

func TestStoppingClosesSessions(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	ws := c.session(t)
	ws.ask(`{"action":"ping","auth_token":"` + c.token + `"}`)
	if err := c.s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, _, err := ws.conn.ReadMessage(); !websocket.IsCloseError(err, websocket.CloseGoingAway) {
		t.Errorf("%v", err)
	}
}
