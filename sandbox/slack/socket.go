package slack

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/control"
)

// maxSockets is how many connections one app may hold (docs.slack.dev/apis/events-api/using-socket-mode).
const maxSockets = 10

// lingering is how long the sandbox leaves a TCP connection open after the close handshake. The real Slack leaves it to
// the client for good.
const lingering = 30 * time.Second

const writeTimeout = 10 * time.Second

// ticket admits one connection.
type ticket struct {
	debug   bool // debug_reconnects
	expires time.Time
}

// socket is one websocket of the app.
type socket struct {
	id        string
	host      string
	s         *Server
	conn      *websocket.Conn
	raw       net.Conn
	out       chan outFrame
	gone      chan struct{} // closed when the connection is over
	goneOnce  sync.Once
	connected time.Time // sandbox time
	ghost     atomic.Bool
	heard     atomic.Int64 // unix nanoseconds of the last pong or message

	// guarded by Server.mu
	closing          bool
	delivered, acked int
	timers           []*time.Timer
}

type outFrame struct {
	kind  int
	data  []byte
	close bool // nothing goes out after it
}

func connectionsOpen(c *call) (obj, *apiError) {
	id := uuid()
	c.tickets[id] = ticket{expires: time.Now().Add(time.Minute)}
	c.dropOldTickets()
	u, _ := url.Parse(c.baseURL)
	u.Scheme, u.Path = "ws", "/link/"
	u.RawQuery = url.Values{"ticket": {id}, "app_id": {c.ws.bot.AppID}}.Encode()
	return obj{"url": u.String()}, nil
}

func (s *Server) dropOldTickets() {
	now := time.Now()
	for id, t := range s.tickets {
		if now.After(t.expires) {
			delete(s.tickets, id)
		}
	}
}

// serveLink is the websocket's end of Socket Mode.
func (s *Server) serveLink(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("ticket")
	s.mu.Lock()
	t, ok := s.tickets[id]
	delete(s.tickets, id)
	s.mu.Unlock()
	if !ok || time.Now().After(t.expires) {
		s.socketRecord("connect", false, "refused: this ticket was used before or never given", nil)
		http.Error(w, "ticket is not valid", http.StatusNotFound)
		return
	}
	t.debug = r.URL.Query().Get("debug_reconnects") == "true"
	mw := &measuredWriter{ResponseWriter: w}
	conn, err := s.upgrader.Upgrade(mw, r, nil)
	if err != nil {
		s.socketRecord("connect", false, "refused: not a websocket handshake", nil)
		return
	}
	k := &socket{
		s: s, conn: conn, raw: mw.conn.Conn, host: "applink-" + secret(3), out: make(chan outFrame, 4096),
		gone: make(chan struct{}), connected: s.clock.now(),
	}
	k.heard.Store(time.Now().UnixNano())
	k.run(r.Context(), t)
}

// run serves the connection until it is over.
func (k *socket) run(ctx context.Context, t ticket) {
	stop := context.AfterFunc(ctx, k.cut)
	defer stop()
	var writer sync.WaitGroup
	writer.Go(k.write)
	k.s.admit(k, t)
	err := k.read()
	var refused *frameError
	if errors.As(err, &refused) {
		k.s.socketRecord("frame", false, "refused, closed with 1009: "+refused.reason, obj{"socket": k.id})
		k.goodbye(websocket.CloseMessageTooBig, refused.reason)
	}
	k.s.leave(k, err)
	k.linger(err)
	k.end()
	writer.Wait()
}

// read handles what the app sends until the connection fails or closes.
func (k *socket) read() error {
	k.conn.SetPongHandler(func(string) error {
		if !k.ghost.Load() {
			k.heard.Store(time.Now().UnixNano())
		}
		return nil
	})
	k.conn.SetPingHandler(func(text string) error {
		if k.ghost.Load() {
			return nil
		}
		k.heard.Store(time.Now().UnixNano())
		_ = k.conn.WriteControl(websocket.PongMessage, []byte(text), time.Now().Add(writeTimeout))
		return nil // a failed pong shows as a failed read soon enough
	})
	for {
		kind, data, err := k.conn.ReadMessage()
		if err != nil {
			return err //nolint:wrapcheck // its kind decides what happens next
		}
		if k.ghost.Load() {
			continue
		}
		k.heard.Store(time.Now().UnixNano())
		k.s.receive(k, kind, data)
	}
}

// write is the only writer of data frames. It also pings.
func (k *socket) write() {
	ping := time.NewTicker(k.s.opts.PingInterval)
	defer ping.Stop()
	for {
		select {
		case <-k.gone:
			return
		case f := <-k.out:
			if !k.put(f) {
				return
			}
		case <-ping.C:
			if !k.ping() {
				return
			}
		}
	}
}

// put writes one frame; false ends the writer.
func (k *socket) put(f outFrame) bool {
	if k.ghost.Load() {
		return true // the network swallows it
	}
	deadline := time.Now().Add(writeTimeout)
	if f.close {
		_ = k.conn.WriteControl(websocket.CloseMessage, f.data, deadline)
		return false
	}
	_ = k.conn.SetWriteDeadline(deadline)
	if err := k.conn.WriteMessage(f.kind, f.data); err != nil {
		k.cut()
		return false
	}
	return true
}

func (k *socket) ping() bool {
	if time.Since(time.Unix(0, k.heard.Load())) > k.s.opts.PongTimeout {
		k.s.lost(k)
		if !k.ghost.Load() {
			k.cut()
		}
		return false
	}
	if !k.ghost.Load() {
		_ = k.conn.WriteControl(websocket.PingMessage, []byte("Ping from "+k.host), time.Now().Add(writeTimeout))
	}
	return true
}

// send queues a text frame; a client that lets thousands pile up is cut off.
func (k *socket) send(data []byte) {
	select {
	case k.out <- outFrame{kind: websocket.TextMessage, data: data}:
	default:
		k.cut()
	}
}

// goodbye queues a close frame.
func (k *socket) goodbye(code int, text string) {
	select {
	case k.out <- outFrame{data: websocket.FormatCloseMessage(code, text), close: true}:
	default:
		k.cut()
	}
}

// linger reads away what comes after the close handshake until the client closes TCP.
func (k *socket) linger(err error) {
	var refused *frameError
	if !websocket.IsCloseError(err, websocket.CloseNormalClosure, websocket.CloseGoingAway, websocket.CloseNoStatusReceived) && !errors.As(err, &refused) {
		return
	}
	_ = k.raw.SetReadDeadline(time.Now().Add(lingering))
	_, _ = io.Copy(io.Discard, k.raw)
}

// cut ends the TCP connection without a word.
func (k *socket) cut() { _ = k.raw.Close() }

func (k *socket) end() {
	k.goneOnce.Do(func() { close(k.gone) })
	k.cut()
}

func (k *socket) shown() control.Socket {
	return control.Socket{
		ID: k.id, ConnectedAt: k.connected.Format(time.RFC3339Nano), Ghost: k.ghost.Load(), Closing: k.closing,
		NumDelivered: k.delivered, NumAcked: k.acked,
	}
}

// admit greets a new connection, or turns it away.
func (s *Server) admit(k *socket, t ticket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.socketSeq++
	k.id = "sock" + strconv.Itoa(s.socketSeq)
	switch {
	case s.linkOff:
		k.disconnect("link_disabled", 0)
		k.goodbye(websocket.CloseNormalClosure, "")
	case len(s.sockets) >= maxSockets:
		k.disconnect("too_many_websockets", len(s.sockets)+1)
		k.goodbye(websocket.CloseNormalClosure, "")
		s.socketRecord("connect", false, "refused: more than 10 sockets", nil)
	default:
		s.sockets = append(s.sockets, k)
		life := s.opts.ConnectionLife
		if t.debug {
			life = 360 * time.Second
		}
		k.send(encode(obj{
			"type": "hello", "num_connections": len(s.sockets), "connection_info": obj{"app_id": s.ws.bot.AppID},
			"debug_info": obj{"host": k.host, "build_number": 10, "approximate_connection_time": int(life.Seconds())},
		}))
		s.ageSocket(k, life)
		s.socketRecord("connect", true, "hello", obj{"socket": k.id, "num_connections": len(s.sockets)})
		s.changed(control.Change{Kind: "socket"})
	}
}

// leave forgets a connection that has ended.
func (s *Server) leave(k *socket, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range k.timers {
		t.Stop()
	}
	if s.drop(k) {
		verdict := "cut without a close frame (1006)"
		var closed *websocket.CloseError
		if errors.As(err, &closed) && closed.Code != websocket.CloseAbnormalClosure {
			verdict = "closed by the client with " + strconv.Itoa(closed.Code)
		}
		s.socketRecord("close", true, verdict, obj{"socket": k.id})
	}
	s.orphans(k)
}

// lost takes a silent connection out of the distribution.
func (s *Server) lost(k *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drop(k) {
		s.socketRecord("close", true, "no pong for too long", obj{"socket": k.id})
	}
	s.orphans(k)
}

// drop takes a socket out of the list; mu held.
func (s *Server) drop(k *socket) bool {
	at := slices.Index(s.sockets, k)
	if at < 0 {
		return false
	}
	s.sockets = slices.Delete(slices.Clone(s.sockets), at, at+1)
	s.changed(control.Change{Kind: "socket"})
	return true
}

func (s *Server) socketRecord(what string, ok bool, verdict string, request obj) {
	rec := control.Record{Kind: "socket", Method: what, OK: ok, Verdict: verdict}
	if request != nil {
		rec.Request = encode(request)
	}
	s.requests.add(s.clock.now(), rec, time.Now())
}
