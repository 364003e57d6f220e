package slack

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/gorilla/websocket"

	"confbot/sandbox/slack/control"
)

// ackDeadline is how long an app has for its acknowledgement (docs.slack.dev/apis/events-api/using-socket-mode).
const ackDeadline = 3 * time.Second

// Kinds of envelopes.
const (
	kindSlash       = "slash_commands"
	kindInteractive = "interactive"
	kindEvents      = "events_api"
)

type outcome int

const (
	acked     outcome = iota
	timedOut          // no acknowledgement that counts within the deadline
	noSocket          // no live connection, or Slack could not dispatch
	discarded         // the workspace was reset meanwhile
)

// delivery is one envelope on its way and what hangs on it.
type delivery struct {
	id      string
	kind    string
	what    string // block_actions, /conf, app_mention …, for the log
	payload json.RawMessage
	accepts bool // accepts_response_payload
	retry   int  // events only
	reason  string
	done    func(outcome, json.RawMessage) // called once, mu held

	sock       *socket
	sent       time.Time // sandbox time
	deadline   *timer
	generation int
	resent     bool
}

// settledAck remembers an envelope for a while, to tell a late or second ack from an invented one.
type settledAck struct {
	id      string
	sent    time.Time
	verdict string
}

// deliver hands an envelope to one live socket, chosen at random, and waits for its ack; mu held. d.done is called exactly
// once, possibly before deliver returns.
func (s *Server) deliver(d *delivery) {
	setDefault(&d.id, uuid())
	d.generation = s.generation
	fault := s.faults.match(d.kind, faultNoDispatch, faultDelay, faultDuplicate)
	switch fault.kind() {
	case faultNoDispatch:
		s.logEnvelope(d, "not dispatched, by a fault")
		d.done(noSocket, nil)
		return
	case faultDelay:
		s.clock.after(fault.delay(), func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.dispatch(d)
		})
		return
	case faultDuplicate:
		s.dispatch(d)
		copied := *d
		copied.done = func(outcome, json.RawMessage) {}
		if !s.opts.Readings.SameEnvelopeID {
			copied.id = uuid()
		}
		s.dispatch(&copied)
		return
	}
	s.dispatch(d)
}

// dispatch sends an envelope that has its id; mu held.
func (s *Server) dispatch(d *delivery) {
	if d.generation != s.generation {
		d.done(discarded, nil)
		return
	}
	if len(s.sockets) == 0 {
		s.logEnvelope(d, "no live connection")
		d.done(noSocket, nil)
		return
	}
	if s.pending[d.id] == nil { // a second copy under the same id shares the first one's fate
		s.pending[d.id] = d
		// Before it is sent: whoever has seen it may move the clock.
		d.deadline = s.clock.after(ackDeadline, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.settle(d, timedOut, nil, "no ack within 3 s")
		})
	}
	s.transmit(d)
}

func (s *Server) transmit(d *delivery) {
	d.sock = s.sockets[rand.IntN(len(s.sockets))] // no secret hangs on which socket gets it
	d.sock.delivered++
	d.sent = s.clock.now()
	envelope := obj{"envelope_id": d.id, "type": d.kind, "payload": d.payload, "accepts_response_payload": d.accepts}
	if d.kind == kindEvents {
		envelope["retry_attempt"] = d.retry
		envelope["retry_reason"] = d.reason
	}
	d.sock.send(encode(envelope))
	s.logEnvelope(d, "sent on "+d.sock.id)
}

// settle ends a delivery once; mu held.
func (s *Server) settle(d *delivery, how outcome, payload json.RawMessage, verdict string) {
	if d.done == nil {
		return
	}
	done := d.done
	d.done = nil
	d.deadline.stop()
	if s.pending[d.id] == d {
		delete(s.pending, d.id)
	}
	s.settled.add(settledAck{id: d.id, sent: d.sent, verdict: verdict})
	if how == timedOut {
		s.logEnvelope(d, verdict)
	}
	if d.generation != s.generation {
		how = discarded
	}
	done(how, payload)
}

// redeliver sends again what dead sockets left without an ack, once somebody is there to take it; mu held.
func (s *Server) redeliver() {
	if !s.opts.Readings.RedeliverUnacked || len(s.sockets) == 0 {
		return
	}
	for _, d := range s.pending {
		if !d.sock.over || d.resent {
			continue
		}
		d.resent = true
		if !s.opts.Readings.SameEnvelopeID {
			delete(s.pending, d.id)
			s.settled.add(settledAck{id: d.id, sent: d.sent, verdict: "sent again under another id"})
			d.id = uuid()
			s.pending[d.id] = d
		}
		s.transmit(d)
	}
}

// receive handles a frame of the app.
func (s *Server) receive(k *socket, kind int, data []byte) {
	start := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	rec := control.Record{Kind: "ack", Method: "ack"}
	rec.OK, rec.Verdict = s.acknowledge(k, kind, data, &rec)
	if !rec.OK {
		rec.Error = "refused"
	}
	rec.Request = json.RawMessage(data)
	if !json.Valid(data) {
		rec.Request = encode(string(data))
	}
	s.requests.add(s.clock.now(), rec, start)
}

// acknowledge judges an ack; mu held.
func (s *Server) acknowledge(k *socket, kind int, data []byte, rec *control.Record) (bool, string) {
	if kind != websocket.TextMessage {
		return false, "refused: an ack is a text frame"
	}
	if len(data) >= maxFrame {
		return false, "lost: frames of 20,480 bytes are dropped without a word"
	}
	var ack struct {
		EnvelopeID string          `json:"envelope_id"`
		Payload    json.RawMessage `json:"payload"`
	}
	if err := json.Unmarshal(data, &ack); err != nil || ack.EnvelopeID == "" {
		return false, "refused: not an acknowledgement with an envelope_id"
	}
	d := s.pending[ack.EnvelopeID]
	if d == nil {
		return false, s.explainUnknown(ack.EnvelopeID)
	}
	rec.Method = d.kind + " " + d.what
	switch {
	case s.opts.Readings.AckOnlyOnItsSocket && d.sock != k:
		return false, "refused: acked on another socket than it was sent on"
	case !d.accepts && !isEmpty(ack.Payload):
		return false, "refused: a payload where accepts_response_payload is false; counts as no ack"
	case s.faults.match(d.kind, faultAckLoss) != nil:
		return false, "lost, by a fault"
	}
	k.acked++
	after := s.clock.now().Sub(d.sent)
	s.settle(d, acked, ack.Payload, "acked before")
	return true, fmt.Sprintf("ok after %s", after.Round(time.Microsecond))
}

func (s *Server) explainUnknown(id string) string {
	for _, old := range s.settled.all() {
		if old.id == id {
			late := s.clock.now().Sub(old.sent)
			return fmt.Sprintf("refused: %s, %s after it was sent", strings.TrimSuffix(old.verdict, "."), late.Round(time.Millisecond))
		}
	}
	return "refused: no such envelope_id"
}

func (s *Server) logEnvelope(d *delivery, verdict string) {
	s.requests.add(s.clock.now(), control.Record{
		Kind: "envelope", Method: d.kind + " " + d.what, OK: true, Verdict: verdict,
		Request: encode(obj{"envelope_id": d.id, "payload": d.payload, "retry_attempt": d.retry}),
	}, time.Now())
}
