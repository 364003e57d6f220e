package slack

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/control"
)

// lingering is how long the sandbox leaves a TCP connection open after the close handshake. The real Slack leaves it to
// the client for good.
const lingering = 30 * time.Second

const writeTimeout = 10 * time.Second

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
	closing          bool // a close frame is on its way; acks are still heard
	over             bool // nothing more will come
	delivered, acked int
	timers           []*time.Timer
}

type outFrame struct {
	kind  int
	data  []byte
	close bool // nothing goes out after it
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
			return err // its kind decides what happens next
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
