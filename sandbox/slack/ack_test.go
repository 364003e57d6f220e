package slack

import (
	"strings"
	"testing"
	"time"

	"confbot/sandbox/slack/control"
)

// advance moves the sandbox's clock.
func (r *rig) advance(d time.Duration) {
	r.t.Helper()
	if _, err := r.people.Clock(r.ctx, control.ClockOrder{AdvanceMS: d.Milliseconds()}); err != nil {
		r.t.Fatal(err)
	}
}

// verdict waits for a record in the request log.
func (r *rig) verdict(match func(control.Record) bool) control.Record {
	r.t.Helper()
	var found control.Record
	r.eventually("the request log has it", func() bool {
		records, err := r.people.Requests(r.ctx, 0)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, rec := range records {
			if match(rec) {
				found = rec
				return true
			}
		}
		return false
	})
	return found
}

func refusedAck(rec control.Record) bool { return rec.Kind == "ack" && !rec.OK }

func TestACommandThatIsNotAckedInTimeFailsForThePerson(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	done := r.types(ana, team, "/conf create x")
	e := app.envelope("slash_commands")
	r.advance(ackDeadline)
	screen := r.sees(ana, func(s *control.Screen) bool { return len(s.Notices) > 0 })
	n := screen.Notices[0]
	if n.Kind != "operation_timeout" || n.Text != `/conf failed with the error "operation_timeout"` || n.EnvelopeID != done.EnvelopeID {
		t.Errorf("notice = %+v", n)
	}
	app.ack(e, nil)
	late := r.verdict(refusedAck)
	if !strings.Contains(late.Verdict, "no ack within 3 s") {
		t.Errorf("the late ack's verdict is %q", late.Verdict)
	}
}

func TestACommandWithoutAConnectionFailsAtOnce(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	r.types(ana, team, "/conf")
	screen := r.sees(ana, func(s *control.Screen) bool { return len(s.Notices) > 0 })
	if n := screen.Notices[0]; n.Kind != "dispatch_failed" || n.Text != `/conf failed with the error "dispatch_failed"` {
		t.Errorf("notice = %+v", n)
	}
}

func TestAnAckForNoEnvelopeIsRecorded(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	for sent, want := range map[string]string{
		`{"envelope_id":"11111111-2222-4333-8444-555555555555"}`: "no such envelope_id",
		`{"hello":1}`: "not an acknowledgement",
		`not json`:    "not an acknowledgement",
	} {
		app.write([]byte(sent))
		r.verdict(func(rec control.Record) bool { return refusedAck(rec) && strings.Contains(rec.Verdict, want) })
	}
}

func TestAPayloadWhereNoneIsAcceptedCountsAsNoAck(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	m := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": []obj{actions("a", button("b", "1"))}}))
	r.click(ana, team, m.ts(), "a", "b")
	e := app.envelope("interactive")
	if asBool(e.obj["accepts_response_payload"]) {
		t.Error("block_actions accept a payload")
	}
	app.ack(e, obj{"text": "no"})
	r.verdict(func(rec control.Record) bool {
		return refusedAck(rec) && strings.Contains(rec.Verdict, "counts as no ack")
	})
	r.advance(ackDeadline)
	r.sees(ana, func(s *control.Screen) bool {
		n := s.Noticed("warning_triangle")
		return n != nil && n.ActionID == "b" && n.BlockID == "a" && n.MessageTS == m.ts()
	})
}

func TestAnEmptyPayloadPassesEverywhere(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	m := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": []obj{actions("a", button("b", "1"))}}))
	r.click(ana, team, m.ts(), "a", "b")
	app.ack(app.envelope("interactive"), obj{})
	r.verdict(func(rec control.Record) bool { return rec.Kind == "ack" && rec.OK })
}

func (r *rig) click(user, channel, ts, blockID, actionID string) *control.Done {
	r.t.Helper()
	done, err := r.people.Click(r.ctx, control.Click{
		User: user, Container: control.Container{Channel: channel, MessageTS: ts}, BlockID: blockID, ActionID: actionID,
	})
	if err != nil {
		r.t.Fatalf("click %s: %v", actionID, err)
	}
	return done
}

func TestReadingBlockActionsMayTakeAPayload(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Readings: Readings{BlockActionsTakePayload: true}})
	app := r.connect()
	m := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": []obj{actions("a", button("b", "1"))}}))
	r.click(ana, team, m.ts(), "a", "b")
	if e := app.envelope("interactive"); !asBool(e.obj["accepts_response_payload"]) {
		t.Error("block_actions accept no payload under the other reading")
	}
}

func TestAnAckOnAnotherSocketIsTakenOrRefusedByReading(t *testing.T) {
	t.Parallel()
	for name, strict := range map[string]bool{"taken": false, "refused": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{Readings: Readings{AckOnlyOnItsSocket: strict}})
			first, second := r.connect(), r.connect()
			r.types(ana, team, "/conf")
			var e envelope
			other := second
			select {
			case m := <-first.in:
				e = envelope{obj: m}
			case m := <-second.in:
				e, other = envelope{obj: m}, first
			case <-r.ctx.Done():
				t.Fatal("no envelope")
			}
			other.ack(e, nil)
			rec := r.verdict(func(rec control.Record) bool { return rec.Kind == "ack" })
			if rec.OK == strict {
				t.Errorf("verdict %q, ok=%v", rec.Verdict, rec.OK)
			}
		})
	}
}

func TestWhatADeadSocketLeftUnackedIsSentAgainOnlyUnderThatReading(t *testing.T) {
	t.Parallel()
	for name, again := range map[string]bool{"lost": false, "sent again": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{Readings: Readings{RedeliverUnacked: again}})
			dying := r.connect()
			r.types(ana, team, "/conf")
			before := dying.envelope("slash_commands")
			next := r.connect()
			_ = dying.conn.Close()
			r.eventually("the dead socket is gone", func() bool { return r.numSockets() == 1 })
			if !again {
				r.advance(ackDeadline)
				r.sees(ana, func(s *control.Screen) bool { return s.Noticed("operation_timeout") != nil })
				if len(next.in) > 0 {
					t.Error("the command was sent again")
				}
				return
			}
			e := next.envelope("slash_commands")
			if e.str("trigger_id") != before.str("trigger_id") || e.id() == before.id() {
				t.Errorf("sent again: trigger %s after %s, envelope %s after %s; want the same trigger under a new envelope id",
					e.str("trigger_id"), before.str("trigger_id"), e.id(), before.id())
			}
			next.ack(e, nil)
			r.verdict(func(rec control.Record) bool { return rec.Kind == "ack" && rec.OK })
		})
	}
}

func TestReadingAReconnectGetsWhatTheOnlySocketLeft(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Readings: Readings{RedeliverUnacked: true, SameEnvelopeID: true}})
	dying := r.connect()
	r.types(ana, team, "/conf")
	before := dying.envelope("slash_commands")
	_ = dying.conn.Close()
	r.eventually("the dead socket is gone", func() bool { return r.numSockets() == 0 })
	next := r.connect()
	e := next.envelope("slash_commands")
	if e.id() != before.id() {
		t.Errorf("envelope %s after %s, want the same", e.id(), before.id())
	}
	next.ack(e, nil)
	r.verdict(func(rec control.Record) bool { return rec.Kind == "ack" && rec.OK })
}

func TestAFrameOfExactlyTheCeilingIsLostInSilence(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	head := `{"envelope_id":"x","payload":"`
	app.write([]byte(head + strings.Repeat("y", maxFrame-len(head)-2) + `"}`))
	r.verdict(func(rec control.Record) bool { return refusedAck(rec) && strings.HasPrefix(rec.Verdict, "lost") })
}
