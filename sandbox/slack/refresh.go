package slack

import (
	"fmt"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/control"
)

// disconnect tells the app why its socket is about to go; mu held.
func (k *socket) disconnect(reason string, connections int) {
	msg := obj{"type": "disconnect", "reason": reason, "debug_info": obj{"host": k.host}}
	if connections > 0 {
		msg["num_connections"] = connections
		msg["connection_info"] = obj{"app_id": k.s.ws.bot.AppID}
	}
	k.send(encode(msg))
	k.s.socketRecord("disconnect", true, reason, obj{"socket": k.id})
}

// later runs f with Server.mu held after real time has passed, unless the socket has gone; mu held.
func (k *socket) later(d time.Duration, f func()) {
	k.timers = append(k.timers, time.AfterFunc(d, func() {
		k.s.mu.Lock()
		defer k.s.mu.Unlock()
		select {
		case <-k.gone:
		default:
			f()
		}
	}))
}

// ageSocket plans the ordinary end of a socket: warning, and WarningLead later refresh_requested and the close frame.
func (s *Server) ageSocket(k *socket, life time.Duration) {
	lead := min(s.opts.WarningLead, life)
	k.later(life-lead, func() { k.warn(lead) })
}

// warn announces the end; the socket gets its share until then.
func (k *socket) warn(lead time.Duration) {
	k.disconnect("warning", 0)
	k.later(lead, func() { k.refresh(0) })
}

// refresh asks for a new connection and closes this one after lead.
func (k *socket) refresh(lead time.Duration) {
	k.disconnect("refresh_requested", 0)
	if lead <= 0 {
		k.close()
		return
	}
	k.later(lead, func() { k.close() })
}

// close takes the socket out of the distribution and sends a close frame. Acks that are still on their way are heard until
// the client's own close frame; TCP is left to the client.
func (k *socket) close() {
	k.closing = true
	k.s.drop(k)
	k.goodbye(websocket.CloseNormalClosure, "")
	k.later(2*lingering, k.cut)
}

// orderSocket carries out POST /sockets; mu held.
func (s *Server) orderSocket(o control.SocketOrder) error {
	lead := func(def time.Duration) time.Duration {
		if o.LeadMS != nil {
			return time.Duration(*o.LeadMS) * time.Millisecond
		}
		return def
	}
	switch o.Action {
	case "link_disabled":
		s.linkOff = true
		for _, k := range s.sockets {
			k.disconnect("link_disabled", 0)
			k.close()
		}
		return nil
	case "link_enabled":
		s.linkOff = false
		return nil
	}
	k, err := s.socketFor(o.Socket)
	if err != nil {
		return err
	}
	switch o.Action {
	case "warning":
		k.warn(lead(s.opts.WarningLead))
	case "refresh_requested":
		k.refresh(lead(0))
	case "too_many":
		k.disconnect("too_many_websockets", len(s.sockets))
		k.close()
	case "close":
		k.close()
	case "ghost":
		k.ghost.Store(true)
		s.changed(control.Change{Kind: "socket"})
	case "drop":
		s.drop(k)
		k.cut()
	default:
		return fmt.Errorf("action %q is not known", o.Action)
	}
	return nil
}

func (s *Server) socketFor(id string) (*socket, error) {
	for _, k := range s.sockets {
		if (id == "" || k.id == id) && !k.ghost.Load() {
			return k, nil
		}
	}
	if id == "" {
		return nil, fmt.Errorf("the app has no open socket")
	}
	return nil, fmt.Errorf("there is no open socket %q", id)
}
