package audian

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"
)

// The websocket of docs.audian.com/websockets and of Kazoo's "blackhole".
// Events are hints: a session that does not keep up loses some, silently.

const (
	socketPath      = basePath + "/websocket"
	socketsPerIP    = 20
	socketReadLimit = 64 << 10
	socketIdle      = time.Hour
	socketWrite     = 10 * time.Second
	// messages a session may send, when the rate bucket is on
	messageRate, messageBurst = 10, 60
)

// sockets counts the sessions, to refuse too many and to wait for the last.
type sockets struct {
	mu   sync.Mutex
	byIP map[string]int
	open sync.WaitGroup
}

func (c *sockets) enter(ip string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byIP[ip] >= socketsPerIP {
		return false
	}
	c.byIP[ip]++
	c.open.Add(1)
	return true
}

func (c *sockets) leave(ip string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.byIP[ip]--; c.byIP[ip] == 0 {
		delete(c.byIP, ip)
	}
	c.open.Done()
}

// socket is one session.
type socket struct {
	s             *Server
	conn          *websocket.Conn
	authenticated bool
	bindings      []binding
	limit         *rate.Limiter
}

// serveSocket does the upgrade and then stays for the whole session.
func (s *Server) serveSocket(w http.ResponseWriter, x *exchange) {
	if refused := s.refuseSocket(x); refused != 0 {
		x.status = refused
		w.WriteHeader(refused)
		return
	}
	ip := x.clientIP()
	if !s.sockets.enter(ip) {
		x.status = http.StatusTooManyRequests
		w.WriteHeader(x.status)
		return
	}
	defer s.sockets.leave(ip)
	// Any origin may try: what counts is the token.
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, x.r, nil)
	if err != nil {
		x.status = http.StatusBadRequest // as Upgrade has answered
		return
	}
	x.status = http.StatusSwitchingProtocols
	ws := &socket{s: s, conn: conn, limit: rate.NewLimiter(messageRate, messageBurst)}
	ws.serve()
}

// refuseSocket answers the status that a bad upgrade gets, or 0.
func (s *Server) refuseSocket(x *exchange) int {
	authorization := x.r.Header.Get("Authorization")
	switch {
	case !x.o.websocket(), s.stopped():
		return http.StatusNotFound
	case x.r.Header.Get("Sec-WebSocket-Protocol") != "":
		return http.StatusBadRequest
	case authorization != "" && !s.tokens.valid(bearer(authorization)):
		return http.StatusForbidden
	default:
		return 0
	}
}

// serve is the only goroutine that writes to the session.
func (ws *socket) serve() {
	watcher, stop := ws.s.hub.watch()
	defer stop()
	messages := make(chan []byte)
	closing := make(chan struct{})
	var reader sync.WaitGroup
	reader.Go(func() { ws.read(messages, closing) })
	defer reader.Wait()
	defer ws.conn.Close()
	defer close(closing)
	for {
		var err error
		select {
		case raw, more := <-messages:
			if !more {
				return
			}
			err = ws.send(ws.handle(raw))
		case e := <-watcher.events:
			err = ws.forward(e)
		case <-ws.s.done:
			_ = ws.conn.WriteControl(websocket.CloseMessage,
				websocket.FormatCloseMessage(websocket.CloseGoingAway, ""), time.Now().Add(time.Second))
			return
		}
		if err != nil {
			return
		}
	}
}

func (ws *socket) read(messages chan<- []byte, closing <-chan struct{}) {
	defer close(messages)
	ws.conn.SetReadLimit(socketReadLimit)
	for {
		if ws.conn.SetReadDeadline(time.Now().Add(socketIdle)) != nil {
			return
		}
		_, raw, err := ws.conn.ReadMessage()
		if err != nil {
			return
		}
		select {
		case messages <- raw:
		case <-closing:
			return
		}
	}
}

func (ws *socket) send(d document) error {
	if err := ws.conn.SetWriteDeadline(time.Now().Add(socketWrite)); err != nil {
		return err
	}
	body, err := json.Marshal(d)
	if err != nil {
		return err
	}
	return ws.conn.WriteMessage(websocket.TextMessage, body)
}
