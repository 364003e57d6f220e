package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"time"

	"confbot/blocks"
	"confbot/commands"
)

// task is an interaction that is to be carried out.
type task struct {
	arrival
	plan    commands.Plan
	entry   string              // its journal key; "" if it is not in the journal
	form    commands.FormAnswer // what a sent form was answered with
	early   *early              // its acknowledgement waits for what comes of it; nil for most
	resumed bool                // taken up after a restart
}

// take receives an envelope from a connection's reader.
func (b *Bot) take(by *conn, f frame) {
	at := time.Now()
	b.unacked.Add(1)
	b.intake.Go(func() { b.receive(by, f, at) })
}

// receive makes an envelope durable, acknowledges it and hands it on.
func (b *Bot) receive(by *conn, f frame, at time.Time) {
	r := receipt{Bot: b, by: by, frame: f, at: at}
	defer b.unacked.Add(-1)
	defer by.paid()
	defer r.recover()
	if by.goodbyeSent() {
		// It could not be acknowledged, so Slack tells the person or sends it
		// elsewhere; carrying it out as well would do it behind their back.
		return
	}
	a, err := decode(f, b.me().user)
	o := a.origin
	o.At, o.Ref = at, newRef()
	a.setOrigin(o)
	r.arrival = a
	switch {
	case err != nil:
		r.ack(nil)
		b.log.Warn("an envelope could not be read", "type", f.Type, "ref", o.Ref, "error", err)
		r.tell(b.words.unread())
	case a.kind == kindIgnored:
		r.ack(nil)
		b.log.Debug("an envelope means nothing to us", "type", f.Type, "name", a.name)
	case b.elsewhere(o.Team):
		r.ack(nil)
		b.finished(task{arrival: a}, "other workspace", nil)
		r.tell(blocks.WrongWorkspace())
	case a.kind == kindQuery:
		b.suggest(&r)
	case a.kind == kindClosed:
		r.ack(nil)
		b.closedForm(a)
	case a.kind == kindChannel:
		r.ack(nil)
		b.channelChanged(o.Channel, a.name)
	default:
		b.admit(&r)
	}
}

// receipt is one envelope until it has been acknowledged.
type receipt struct {
	*Bot
	by      *conn
	frame   frame
	at      time.Time
	arrival arrival
	acked   bool
}

// admit acknowledges what is to be carried out and finds it a place.
func (b *Bot) admit(r *receipt) {
	t := task{arrival: r.arrival, plan: b.planFor(r.arrival)}
	again := b.seen.again(t.key)
	if t.kind == kindSubmission {
		t.form = b.desk.CheckForm(t.submission)
		if len(t.form.Errors) > 0 {
			r.ack(formErrors(t.form.Errors))
			b.finished(t, "refused at a field", nil)
			return
		}
	}
	var err error
	if t.plan.Durable {
		// Also what was seen before: it must not be acknowledged until the first
		// delivery is on the disk, and which of the two that is, the disk says.
		var isNew bool
		if isNew, err = b.journal.append(b.ctx, t.arrival, r.frame, t.plan); err == nil {
			t.entry, again = entryKey(t.arrival, r.frame), !isNew
		}
	}
	if !again {
		b.noteClick(t.arrival)
	}
	if t.form.Push && err == nil {
		b.admitPush(r, t) // also again: nothing is changed by it, and the first acknowledgement may be lost
		return
	}
	r.ack(b.formAck(t.form, t.arrival))
	switch {
	case again:
		b.log.Debug("an interaction arrived twice", "name", t.plan.Name, "user", t.origin.User)
	case err != nil:
		b.finished(t, "not written down", err)
		r.tell(b.words.problem(fault(err, false), t.origin.Ref))
	case !b.start(t):
		b.finished(t, "too busy", nil)
		b.journal.close(t.entry, true)
		r.tell(b.words.busy())
	}
}

// noteClick keeps the background away from where somebody has just acted.
func (b *Bot) noteClick(a arrival) {
	switch {
	case a.view != nil:
		b.forms.follow.acted(*a.view)
	case a.kind == kindClick && !a.click.Ephemeral:
		b.board.lanes.click(laneKey{a.origin.Channel, a.click.MessageTS})
	}
}

func (b *Bot) planFor(a arrival) commands.Plan {
	switch a.kind {
	case kindCommand, kindMention:
		return b.desk.PlanRequest(a.request)
	case kindClick, kindShortcut:
		return b.desk.PlanClick(a.click)
	case kindSubmission:
		return b.desk.PlanSubmission(a.submission)
	case kindHome, kindQuery, kindClosed, kindChannel, kindIgnored:
	}
	return commands.Plan{Name: string(a.kind)}
}

// ack acknowledges the envelope once, on the connection that it came by or, if
// that has gone, on another.
func (r *receipt) ack(payload any) {
	if r.acked {
		return
	}
	r.acked = true
	data, err := json.Marshal(ackFrame{EnvelopeID: r.frame.EnvelopeID, Payload: payload})
	if err != nil || len(data) > maxFrame {
		r.log.Error("an acknowledgement does not fit", "bytes", len(data), "error", err)
		data = fmt.Appendf(nil, `{"envelope_id":%q}`, r.frame.EnvelopeID)
	}
	if err = r.by.write(data); err == nil {
		r.metrics.Acked(string(r.arrival.kind), time.Since(r.at))
		return
	}
	r.intake.Go(func() {
		ctx, cancel := context.WithTimeout(r.ctx, 2*ackWithin)
		defer cancel()
		if err := r.connections.send(ctx, r.by, data); err != nil {
			r.log.Warn("an envelope could not be acknowledged", "ref", r.arrival.origin.Ref, "error", err)
		}
	})
}

// tell answers the person privately, outside the pool.
func (r *receipt) tell(m blocks.Message) {
	if r.arrival.origin.User == "" {
		return
	}
	w := r.newWay(r.arrival)
	r.intake.Go(func() {
		ctx, cancel := context.WithTimeout(r.ctx, deliverDeadline)
		defer cancel()
		if err := w.private(ctx, m, false); err != nil {
			r.log.Warn("a person could not be told", "ref", r.arrival.origin.Ref, "error", withoutURL(err))
		}
	})
}

// recover keeps a panic while reading one envelope from ending the program.
func (r *receipt) recover() {
	p := recover()
	if p == nil {
		return
	}
	ref := r.arrival.origin.Ref
	r.log.Error("reading an envelope panicked", "ref", ref, "panic", p, "stack", string(debug.Stack()))
	r.ack(nil)
	r.tell(r.words.problem(fault(errPanicked, false), ref))
}

func entryKey(a arrival, f frame) string { return first(a.key, f.EnvelopeID) }
