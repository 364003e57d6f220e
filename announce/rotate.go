package announce

import (
	"context"
	"time"
)

// amend edits the PIN into a post that went out without.
func (r *Runner) amend(ctx context.Context, t *attempt) {
	result := r.out.Amend(ctx, t.a, t.o)
	now := time.Now()
	switch {
	case result.verdict == done:
		t.o.PIN = PINCame
		t.o.afterSend(false, now)
	case result.verdict == stopped || now.After(t.o.start().Add(amendFor)):
		t.o.afterSend(false, now)
	case result.verdict == notNow:
		t.o.Wake = now.Add(min(max(result.after, tick), longestWait))
	default:
		t.o.Wake = now.Add(amendEvery)
	}
	r.settle(ctx, t, Settlement{})
}

// rotate puts a new PIN beside the old one. Whatever goes wrong, the post is
// on time, with the old PIN, which works.
func (r *Runner) rotate(ctx context.Context, t *attempt) {
	o := &t.o
	if r.opt.Rotator == nil || !t.a.Rotate {
		r.ready(ctx, t, PINOrdinary)
		return
	}
	last := rotateUntil(t.a, *o)
	if !t.now.Before(last) {
		r.ready(ctx, t, PINOld)
		return
	}
	limit, cancel := context.WithDeadline(ctx, last)
	defer cancel()
	if o.Note == "" {
		note, err := r.opt.Rotator.Choose(limit, *o)
		if err != nil || note == "" {
			r.rotateAgain(ctx, t, err)
			return
		}
		// The choice is kept before it is sent, so that whoever goes on adds
		// the same PIN and knows which one to take out.
		o.Note, o.Wake = note, t.now
		r.settle(ctx, t, Settlement{})
		return
	}
	if err := r.opt.Rotator.Add(limit, *o); err != nil {
		r.rotateAgain(ctx, t, err)
		return
	}
	o.Rotated = true
	r.ready(ctx, t, PINOrdinary)
}

// rotateUntil is until when a new PIN is tried. What was asked for now waits a
// moment for it: there was no time before.
func rotateUntil(a Announcement, o Occurrence) time.Time {
	if a.Rule.Now {
		return o.At.Add(rotateNow)
	}
	return o.At.Add(-rotateLast)
}

func (r *Runner) rotateAgain(ctx context.Context, t *attempt, err error) {
	r.log.Warn("no new PIN yet", "occurrence", t.o.Key, "tries", t.o.Tries, "err", err)
	again := time.Now().Add(rotateRetry)
	if !again.Before(rotateUntil(t.a, t.o)) {
		r.ready(ctx, t, PINOld)
		return
	}
	t.o.Wake = again
	r.settle(ctx, t, Settlement{})
}

// ready hands the row over to its post. The owner hears of it if that will
// show the PIN from before.
func (r *Runner) ready(ctx context.Context, t *attempt, pin PINState) {
	o := &t.o
	o.PIN, o.Tries = pin, 0
	o.Step, o.Wake, o.Lane = StepSend, o.At, o.Channel
	s := Settlement{}
	if pin == PINOld {
		s.Notices = []Occurrence{oldPINRow(t.a, *o, time.Now())}
	}
	r.settle(ctx, t, s)
}

// oldPIN is why an owner is told that a post shows the PIN from before.
const oldPIN Trouble = "old_pin"

// OldPIN reports whether the notice is about a new PIN that was not there in
// time; then nothing was paused.
func (n Notice) OldPIN() bool { return n.Why == oldPIN }

// oldPINRow is the notice of it, one an occurrence. Its Starts is when the
// post is due.
func oldPINRow(a Announcement, post Occurrence, now time.Time) Occurrence {
	row := TellRow(a, oldPIN, now)
	row.Key, row.Starts, row.Parent = "t."+string(oldPIN)+"."+post.Key, post.At, post.Key
	return row
}

// retire takes the PIN out that the post does not show.
func (r *Runner) retire(ctx context.Context, t *attempt) {
	o := &t.o
	now := time.Now()
	if r.opt.Rotator != nil {
		if err := r.opt.Rotator.Retire(ctx, *o); err != nil && now.Before(o.At.Add(retireFor)) {
			r.log.Warn("the other PIN is still there", "occurrence", o.Key, "tries", o.Tries, "err", err)
			o.Wake = time.Now().Add(min(retireRetry, backOff(o.Tries)))
			r.settle(ctx, t, Settlement{})
			return
		}
	}
	o.Step, o.Wake, o.Note = StepNone, time.Time{}, ""
	r.settle(ctx, t, Settlement{})
}
