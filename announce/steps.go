package announce

import (
	"context"
	"errors"
	"time"
)

// How steps are tried again.
const (
	laneRest    = time.Second // Slack takes about one message a second in a channel (docs.slack.dev/apis/web-api/rate-limits)
	rotateRetry = 15 * time.Second
	rotateLast  = 10 * time.Second // before the post no new PIN is tried any more
	rotateNow   = 12 * time.Second // this long what is posted now waits for it
	amendEvery  = 15 * time.Second
	amendFor    = 4 * time.Hour // after the start nobody waits for the PIN any more
	retireRetry = time.Minute
	retireFor   = 24 * time.Hour
	blindTries  = 4               // attempts without a way to look whether one arrived
	findTries   = 4               // attempts before a failed look makes a second post the lesser evil …
	findFor     = 2 * time.Minute // … and how long after it was due it never does
	longestWait = 5 * time.Minute // between two attempts
)

// attend waits until a row is due and takes its next step.
func (r *Runner) attend(ctx context.Context, o Occurrence) {
	if wait := time.Until(o.Wake); wait > 0 {
		held, row := ctx, o
		r.work.Go(func() { r.getReady(held, row) })
		timer := time.NewTimer(wait)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-r.ctx.Done():
			r.giveBack(ctx, o.Key)
			return
		}
	}
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-r.ctx.Done():
	}
	if r.ctx.Err() != nil { // nothing new is begun
		r.giveBack(ctx, o.Key)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	now := time.Now()
	o, a, ok, err := r.store.Begin(ctx, o.Key, r.lease(now))
	if err != nil {
		r.failed("begin a step", err)
		return
	}
	if !ok {
		return // dropped by a person, or taken over
	}
	r.step(ctx, &attempt{a: a, o: o, was: underway(o), now: now})
}

// attempt is one step of one row.
type attempt struct {
	a   Announcement
	o   Occurrence // as it was before, with what is learnt filled in
	was State      // the row's state while we work
	now time.Time
}

// underway is the state that Begin gave the row.
func underway(o Occurrence) State {
	if o.Step == StepSend && o.State == Due {
		return Posting
	}
	return o.State
}

func (r *Runner) step(ctx context.Context, t *attempt) {
	t.o.Tries++
	switch t.o.Step {
	case StepRotate:
		r.rotate(ctx, t)
	case StepSend:
		r.send(ctx, t)
	case StepAmend:
		r.amend(ctx, t)
	case StepRetire:
		r.retire(ctx, t)
	case StepNone:
		t.o.Wake = time.Time{}
		r.settle(ctx, t, Settlement{})
	}
}

// send posts, or writes to somebody.
func (r *Runner) send(ctx context.Context, t *attempt) {
	if t.o.Kind == KindPost && t.o.State == Due && r.superseded(t) {
		r.missed(ctx, t, Settlement{})
		return
	}
	if t.o.State == Posting {
		r.sendAgain(ctx, t)
		return
	}
	r.wrote(ctx, t, r.write(ctx, t))
}

// sendAgain goes on with a row whose last attempt ended nobody knows how: it
// looks for the message first.
func (r *Runner) sendAgain(ctx context.Context, t *attempt) {
	ref, found, err := r.out.Find(ctx, t.o)
	blind := errors.Is(err, ErrCannotLook)
	switch {
	case found:
		r.wrote(ctx, t, foundAs(ref))
	case blind && t.o.Kind != KindPost:
		r.wrote(ctx, t, r.unclear(ctx, t))
	case blind && t.o.Tries > blindTries:
		r.wrote(ctx, t, Cannot(TroubleFault, err))
	case err != nil && !blind && (t.o.Tries <= findTries || t.now.Before(t.o.At.Add(findFor))):
		r.wrote(ctx, t, Unsure(err))
	case t.o.Kind == KindPost && !t.o.Until.IsZero() && t.now.After(t.o.Until):
		r.missed(ctx, t, Settlement{})
	default:
		r.wrote(ctx, t, r.write(ctx, t))
	}
}

// superseded reports whether a post that is late would be followed at once by
// the next one of its announcement: then only the last goes out.
func (r *Runner) superseded(t *attempt) bool {
	if t.o.Extra || t.o.Delay(t.now) == 0 {
		return false
	}
	next, ok := t.a.Rule.Next(t.o.At)
	return ok && !next.Post.After(t.now)
}

// write calls the Announcer's method for the kind of row.
func (r *Runner) write(ctx context.Context, t *attempt) Outcome {
	switch t.o.Kind {
	case KindPost:
		if t.a.ID == "" || !t.a.Active() && !t.o.Extra {
			return Outcome{verdict: stopped} // paused or deleted since the last attempt
		}
		return r.out.Post(ctx, t.a, t.o)
	case KindRemind:
		return r.remind(ctx, t)
	case KindTell:
		notice, err := r.store.NoticeOf(ctx, t.o)
		switch {
		case err != nil:
			return NotNow(tick, err)
		case len(notice.Announcements) == 0: // deleted since
			return Done(Ref{})
		}
		if notice.Why == "" || notice.OldPIN() {
			notice.AwayFrom, notice.AwayTo = t.o.Starts, t.o.At
		}
		return r.out.Tell(ctx, notice)
	}
	return Cannot(TroubleFault, errors.New("announce: row of unknown kind"))
}

// wrote writes down what became of it.
func (r *Runner) wrote(ctx context.Context, t *attempt, result Outcome) {
	o, now := &t.o, time.Now()
	s := Settlement{Lane: o.Lane, Rest: now.Add(laneRest)}
	switch result.verdict {
	case done:
		o.TS, o.SentAt, o.State = result.ref.TS, now, Posted
		if result.ref.Channel != "" {
			o.Channel = result.ref.Channel
		}
		if o.Delay(now) > 0 {
			o.State = Late
		}
		s.Plan = r.after(t, now)
		o.afterSend(result.pending, now)
	case notNow:
		// Shorter than a lane rests after a post, so that a refused one comes
		// before the next of those that had theirs.
		wait := min(max(result.after, laneRest/4), longestWait)
		s.Rest = now.Add(wait)
		if o.Kind == KindPost && !o.Extra && r.tooLate(t, now.Add(wait)) {
			r.missed(ctx, t, s)
			return
		}
		o.State, o.Wake = Due, now.Add(wait)
		o.Tries = max(0, o.Tries-1) // nothing was sent
	case unsure:
		o.State, o.Wake = Posting, now.Add(backOff(o.Tries))
	case stopped:
		o.State, o.Why = Failed, result.why
		o.afterSend(false, now)
		switch {
		case result.why == "":
			o.State = Skipped
		case o.Kind != KindPost || result.why == TroubleFault:
			s.Plan = r.after(t, now)
		case result.why == TroubleGone:
			s.End = result.why
		default:
			s.Pause = result.why
		}
	}
	if result.cause != nil {
		r.log.Warn("not sent", "kind", string(o.Kind), "occurrence", o.Key, "state", string(o.State), "tries", o.Tries,
			"why", string(result.why), "err", result.cause)
	}
	r.settle(ctx, t, s)
	time.AfterFunc(laneRest, r.Kick)
	r.observe(*o, now)
}

// observe tells how a row ended, if it has.
func (r *Runner) observe(o Occurrence, now time.Time) {
	switch o.State {
	case Posted, Late, Missed, Failed:
		if r.opt.Observer != nil {
			r.opt.Observer.Settled(o.Kind, o.State, now.Sub(o.At))
		}
	case Due, Posting, Skipped:
	}
}

// tooLate reports whether the announcement's next post is due by then.
func (r *Runner) tooLate(t *attempt, then time.Time) bool {
	next, ok := t.a.Rule.Next(t.o.At)
	return ok && !next.Post.After(then)
}

// backOff is how long to wait after so many attempts.
func backOff(tries int) time.Duration {
	return min(time.Second<<min(tries, 10), longestWait)
}

// afterSend is what is left to do when the post is out, or will never be.
func (o *Occurrence) afterSend(pending bool, now time.Time) {
	o.Tries = 0
	switch {
	case pending:
		o.PIN = PINComing
		o.Step, o.Wake, o.Lane = StepAmend, now.Add(amendEvery), "pin of:"+o.Key
	case o.Note != "":
		o.Rotated = o.Rotated && o.TS != ""
		o.Step, o.Wake, o.Lane = StepRetire, now, rotationLane(o.Conference)
	default:
		o.Step, o.Wake = StepNone, time.Time{}
	}
}

// settle writes the row and what follows. It is tried again for as long as
// the lease is surely ours: what was posted must be written down.
func (r *Runner) settle(ctx context.Context, t *attempt, s Settlement) {
	s.Row, s.Was, s.Holder = t.o, t.was, r.opt.Name
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), stepTimeout)
	defer cancel()
	for try := 1; ; try++ {
		s.Now = time.Now()
		ok, err := r.store.Settle(ctx, s)
		if err == nil {
			if !ok {
				r.log.Info("a row was dropped or taken over meanwhile", "occurrence", t.o.Key)
			}
			return
		}
		r.log.Error("cannot write down what became of a row", "occurrence", t.o.Key, "try", try, "err", err)
		timer := time.NewTimer(min(backOff(try)/4, lease))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return
		}
	}
}
