package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// fakeSlack is the little of Slack that these tests need, in memory, so that
// it also works in synctest bubbles.
type fakeSlack struct {
	t        *testing.T
	listener *pipeListener
	server   *http.Server
	upgrader websocket.Upgrader

	mu      sync.Mutex
	calls   []call
	answers map[string]func(call) any // by method; the default is a plain ok
	sockets []*fakeSocket
	opens   int
	greet   func(*fakeSocket) bool // sends the hello; false: nothing more happens
	arrived chan struct{}          // closed and replaced at every call and socket
	views   int
	posts   int
}

// call is one request that Slack received.
type call struct {
	method string // "chat.postMessage", or "response_url"
	args   map[string]any
	url    string
}

func (c call) text(key string) string { s, _ := c.args[key].(string); return s }

// httpAnswer answers with a status and headers.
type httpAnswer struct {
	status int
	header map[string]string
	body   string
}

func newFakeSlack(t *testing.T) *fakeSlack {
	t.Helper()
	s := &fakeSlack{
		t: t, listener: newPipeListener(), answers: map[string]func(call) any{}, arrived: make(chan struct{}),
	}
	s.greet = func(c *fakeSocket) bool {
		c.send(map[string]any{
			"type": "hello", "num_connections": 1, "debug_info": map[string]any{"host": "fake", "approximate_connection_time": 3600},
			"connection_info": map[string]any{"app_id": "A0CONF"},
		})
		return true
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.api)
	mux.HandleFunc("/link/", s.link)
	mux.HandleFunc("/response/", s.response)
	s.server = &http.Server{Handler: mux}
	go func() { _ = s.server.Serve(s.listener) }()
	t.Cleanup(s.close)
	return s
}

func (s *fakeSlack) close() {
	s.mu.Lock()
	for _, c := range s.sockets {
		_ = c.ws.Close()
	}
	s.mu.Unlock()
	_ = s.server.Close()
}

// client reaches the fake whatever the host is called.
func (s *fakeSlack) client() *http.Client {
	return &http.Client{Transport: &http.Transport{DialContext: s.dial, MaxIdleConnsPerHost: 64}}
}

func (s *fakeSlack) dialer() websocket.Dialer {
	return websocket.Dialer{NetDialContext: s.dial}
}

func (s *fakeSlack) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	return s.listener.dial(ctx)
}

func (s *fakeSlack) api(w http.ResponseWriter, r *http.Request) {
	c := call{method: strings.TrimPrefix(r.URL.Path, "/api/"), args: arguments(r)}
	s.record(c)
	s.mu.Lock()
	answer := s.answers[c.method]
	s.mu.Unlock()
	var body any
	if answer != nil {
		body = answer(c)
	} else {
		body = s.plain(c)
	}
	if h, ok := body.(httpAnswer); ok {
		for k, v := range h.header {
			w.Header().Set(k, v)
		}
		w.WriteHeader(h.status)
		_, _ = io.WriteString(w, h.body)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

// plain is what Slack answers when all is well.
func (s *fakeSlack) plain(c call) any {
	ok := map[string]any{"ok": true}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch c.method {
	case "auth.test":
		maps.Copy(ok, map[string]any{"team_id": "T0CONF", "team": "Acme", "user_id": "UBOT", "user": "confbot", "bot_id": "BBOT"})
	case "bots.info":
		ok["bot"] = map[string]any{"id": "BBOT", "app_id": "A0CONF"}
	case "apps.connections.open":
		s.opens++
		ok["url"] = fmt.Sprintf("ws://slack.test/link/?ticket=%d", s.opens)
	case "views.open", "views.push":
		s.views++
		id := fmt.Sprintf("V%d", s.views)
		root := id
		if c.method == "views.push" {
			root = "VROOT"
		}
		ok["view"] = map[string]any{"id": id, "root_view_id": root, "hash": "h." + id}
	case "views.update":
		ok["view"] = map[string]any{"id": c.text("view_id"), "hash": "h2"}
	case "chat.postMessage":
		s.posts++
		ok["channel"], ok["ts"] = c.text("channel"), fmt.Sprintf("1700000000.%06d", s.posts)
	case "chat.update":
		ok["channel"], ok["ts"] = c.text("channel"), c.text("ts")
	case "chat.postEphemeral":
		ok["message_ts"] = "1700000001.000001"
	case "conversations.open":
		ok["channel"] = map[string]any{"id": "D" + c.text("users")}
	}
	return ok
}

func (s *fakeSlack) response(w http.ResponseWriter, r *http.Request) {
	c := call{method: "response_url", args: arguments(r), url: r.URL.Path}
	s.record(c)
	s.mu.Lock()
	answer := s.answers[c.method]
	s.mu.Unlock()
	if answer == nil {
		_, _ = io.WriteString(w, "ok")
		return
	}
	switch a := answer(c).(type) {
	case httpAnswer:
		for k, v := range a.header {
			w.Header().Set(k, v)
		}
		w.WriteHeader(a.status)
		_, _ = io.WriteString(w, a.body)
	default:
		_ = json.NewEncoder(w).Encode(a)
	}
}

// arguments reads a form or JSON body.
func arguments(r *http.Request) map[string]any {
	raw, _ := io.ReadAll(r.Body)
	args := map[string]any{}
	if json.Unmarshal(raw, &args) == nil {
		return args
	}
	form, _ := url.ParseQuery(string(raw))
	for k := range form {
		args[k] = form.Get(k)
	}
	return args
}

func (s *fakeSlack) record(c call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
	close(s.arrived)
	s.arrived = make(chan struct{})
}

func (s *fakeSlack) answer(method string, f func(call) any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.answers[method] = f
}

// callsTo returns what was received for a method so far.
func (s *fakeSlack) callsTo(method string) []call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []call
	for _, c := range s.calls {
		if c.method == method {
			found = append(found, c)
		}
	}
	return found
}

// await waits for the n-th call to a method and returns it.
func (s *fakeSlack) await(method string, n int) call {
	s.t.Helper()
	var found []call
	s.until(fmt.Sprintf("call %d to %s", n, method), func() bool {
		found = s.callsTo(method)
		return len(found) >= n
	})
	return found[n-1]
}

// until waits until ok, which is asked after every event.
func (s *fakeSlack) until(what string, ok func() bool) {
	s.t.Helper()
	limit := time.NewTimer(time.Minute)
	defer limit.Stop()
	for {
		s.mu.Lock()
		arrived := s.arrived
		s.mu.Unlock()
		if ok() {
			return
		}
		select {
		case <-arrived:
		case <-limit.C:
			s.t.Fatalf("no %s", what)
		}
	}
}

// fakeSocket is Slack's end of one connection.
type fakeSocket struct {
	slack *fakeSlack
	ws    *websocket.Conn
	write sync.Mutex

	mu      sync.Mutex
	acks    []map[string]any
	closed  int // the close code that the app sent; 0: none
	deaf    bool
	stopped bool
}

func (s *fakeSlack) link(w http.ResponseWriter, r *http.Request) {
	ws, err := s.upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &fakeSocket{slack: s, ws: ws}
	ws.SetPingHandler(func(text string) error {
		if c.isDeaf() {
			return nil
		}
		return ws.WriteControl(websocket.PongMessage, []byte(text), time.Now().Add(time.Second))
	})
	s.mu.Lock()
	greet := s.greet
	s.mu.Unlock()
	greeted := greet(c)
	s.mu.Lock()
	s.sockets = append(s.sockets, c)
	s.mu.Unlock()
	if greeted {
		c.note()
	}
	c.readAll()
}

func (c *fakeSocket) note() { c.slack.record(call{method: "socket"}) }

func (c *fakeSocket) isDeaf() bool { c.mu.Lock(); defer c.mu.Unlock(); return c.deaf }

func (c *fakeSocket) readAll() {
	for {
		_, data, err := c.ws.ReadMessage()
		c.mu.Lock()
		if err != nil {
			c.stopped = true
			if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
				c.closed = closed.Code
			}
			c.mu.Unlock()
			_ = c.ws.Close()
			c.note()
			return
		}
		var ack map[string]any
		_ = json.Unmarshal(data, &ack)
		c.acks = append(c.acks, ack)
		c.mu.Unlock()
		c.slack.record(call{method: "ack", args: ack})
	}
}

func (c *fakeSocket) send(v any) {
	c.write.Lock()
	defer c.write.Unlock()
	_ = c.ws.WriteJSON(v)
}

func (c *fakeSocket) state() (acks int, closed int, stopped bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.acks), c.closed, c.stopped
}

// socket waits for the n-th connection to have been greeted.
func (s *fakeSlack) socket(n int) *fakeSocket {
	s.t.Helper()
	var found *fakeSocket
	s.until(fmt.Sprintf("connection %d", n), func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(s.sockets) >= n {
			found = s.sockets[n-1]
		}
		return found != nil
	})
	return found
}

// open returns the connections that are still open.
func (s *fakeSlack) open() []*fakeSocket {
	s.mu.Lock()
	defer s.mu.Unlock()
	var open []*fakeSocket
	for _, c := range s.sockets {
		if _, _, stopped := c.state(); !stopped {
			open = append(open, c)
		}
	}
	return open
}

// pipeListener accepts connections that never leave the process.
type pipeListener struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipeListener() *pipeListener {
	return &pipeListener{conns: make(chan net.Conn), done: make(chan struct{})}
}

func (l *pipeListener) dial(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case l.conns <- server:
		return client, nil
	case <-l.done:
		return nil, &net.OpError{Op: "dial", Net: "pipe", Err: net.ErrClosed}
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (l *pipeListener) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipeListener) Close() error   { l.once.Do(func() { close(l.done) }); return nil }
func (l *pipeListener) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }
