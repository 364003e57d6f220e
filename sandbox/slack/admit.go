package slack

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/control"
)

// maxSockets is how many connections one app may hold (docs.slack.dev/apis/events-api/using-socket-mode).
const maxSockets = 10

// ticket admits one connection.
type ticket struct {
	debug   bool // debug_reconnects
	expires time.Time
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
		s.redeliver()
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
	k.over = true
	s.redeliver()
}

// lost takes a silent connection out of the distribution.
func (s *Server) lost(k *socket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drop(k) {
		s.socketRecord("close", true, "no pong for too long", obj{"socket": k.id})
	}
	k.over = true
	s.redeliver()
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
