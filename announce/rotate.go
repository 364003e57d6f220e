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
	case result.verdict == done || result.verdict == stopped || now.After(t.o.start().Add(amendFor)):
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
	last := o.At.Add(-rotateLast)
	if r.opt.Rotator == nil || !t.a.Rotate || !t.now.Before(last) {
		r.ready(ctx, t, false)
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
	r.ready(ctx, t, true)
}

func (r *Runner) rotateAgain(ctx context.Context, t *attempt, err error) {
	r.log.Warn("no new PIN yet", "occurrence", t.o.Key, "tries", t.o.Tries, "err", err)
	again := time.Now().Add(rotateRetry)
	if !again.Before(t.o.At.Add(-rotateLast)) {
		r.ready(ctx, t, false)
		return
	}
	t.o.Wake = again
	r.settle(ctx, t, Settlement{})
}

// ready hands the row over to its post.
func (r *Runner) ready(ctx context.Context, t *attempt, rotated bool) {
	o := &t.o
	o.Rotated, o.Tries = rotated, 0
	o.Step, o.Wake, o.Lane = StepSend, o.At, o.Channel
	r.settle(ctx, t, Settlement{})
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
