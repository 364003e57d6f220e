package bot

import (
	"context"
	"sync"
	"time"

	"confbot/blocks"
	"confbot/commands"
)

// A sent form may be answered with another on top of it, which only the
// acknowledgement can put there. Mostly what it shows is ready in time and goes
// along. Otherwise a form goes along that waits; Slack does not tell its id, so
// it gets a name of ours, under which it is changed later.
// Source: https://docs.slack.dev/surfaces/modals (external_id)

// pushedName is our name for the form that a submission is answered with. It
// is the same for every delivery of that submission and after a restart.
func pushedName(a arrival) string { return "on." + first(a.key, a.view.ID+a.view.Hash) }

// early takes what comes of a sent form to its acknowledgement, as long as
// that waits.
type early struct {
	mu   sync.Mutex
	gone bool
	view chan blocks.View // holds one
}

func newEarly() *early { return &early{view: make(chan blocks.View, 1)} }

// offer hands a view over. It returns false where nobody waits any more, and
// on nil.
func (e *early) offer(v blocks.View) bool {
	if e == nil {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.gone {
		return false
	}
	e.gone = true
	e.view <- v
	return true
}

// wait returns the view that was offered before ctx ended; ok is false if
// there was none, and none is taken from then on.
func (e *early) wait(ctx context.Context) (v blocks.View, ok bool) {
	select {
	case v = <-e.view:
		return v, true
	case <-ctx.Done():
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	select {
	case v = <-e.view:
		return v, true
	default:
		e.gone = true
		return v, false
	}
}

// admitPush carries a sent form out and acknowledges it with what comes of
// that, or with a form that waits for it.
func (b *Bot) admitPush(r *receipt, t task) {
	ctx, cancel := context.WithDeadline(b.ctx, t.origin.At.Add(pushPatience))
	defer cancel()
	t.early = newEarly()
	answer := t.form
	if !b.start(t) {
		b.finished(t, "too busy", nil)
		b.journal.close(t.entry, true)
		v := b.words.form(b.words.busy(), t.origin)
		answer.View = &v
	} else if v, ok := t.early.wait(ctx); ok {
		answer.View = &v
	}
	r.ack(b.formAck(answer, t.arrival))
}

// withoutEarly lets what the person is to see go out with the acknowledgement
// if that still waits for it, and returns what is left to deliver.
func (w *way) withoutEarly(e *early, r commands.Reply) commands.Reply {
	if e == nil || r.Later != nil {
		return r
	}
	var v blocks.View
	switch {
	case r.View != nil:
		v = *r.View
	case r.Private != nil:
		v = w.words.form(*r.Private, w.origin)
	case r.Err != nil:
		v = w.words.form(w.words.problem(r.Err, w.origin.Ref), w.origin)
	default:
		return r
	}
	if fitsAck(v) && e.offer(v) {
		r.View, r.Private, r.Err = nil, nil, nil
	}
	return r
}

// showInWaiting draws into the form that waits for what comes of this.
func (w *way) showInWaiting(ctx context.Context, v blocks.View) error {
	if w.pushed == "" {
		return w.replaceView(ctx, w.formID, "", v)
	}
	if wait := time.Until(w.settles); wait > 0 && !sleep(ctx, wait) {
		return ctx.Err()
	}
	var o opened
	var err error
	for {
		o, err = w.forms.updateNamed(ctx, w.origin.User, w.pushed, v)
		if !formGone(err) || time.Since(w.settles) > pushAppears || !sleep(ctx, ackSettles) {
			break
		}
	}
	switch {
	case err == nil:
		w.formID, w.pushed = o.id, ""
	case formGone(err): // the person went back to the form, where all they entered still stands
		w.log.Debug("nobody looks at what came of a form any more", "ref", w.origin.Ref)
		return nil
	}
	return err
}
