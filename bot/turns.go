package bot

import (
	"context"
	"time"
)

// schedule starts background drawings when their turn comes.
func (l *lanes) schedule(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-l.wake:
		case <-timer.C:
		}
		if wait := l.serveTurns(); wait > 0 {
			timer.Reset(wait)
		}
	}
}

// serveTurns starts all that may start now and returns when to look again; 0
// is when something changes.
func (l *lanes) serveTurns() time.Duration {
	for {
		if wait := max(l.blocked(), l.budget.wait()); wait > 0 {
			if !l.waiting() {
				return 0
			}
			return wait
		}
		one, wait := l.nextTurn()
		if one == nil {
			return wait
		}
		l.running.Go(func() {
			l.backgroundRun(one)
		})
	}
}

func (l *lanes) waiting() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, one := range l.all {
		if one.wanted != never && !one.busy {
			return true
		}
	}
	return false
}

// nextTurn takes the lane whose turn it is, with a unit of the budget, or
// says when the next one may be drawn. First those who did something, then
// the conference that has waited longest.
func (l *lanes) nextTurn() (turn *lane, wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.active >= l.most {
		return nil, 0
	}
	now := time.Now()
	l.prune(now)
	for _, one := range l.all {
		if one.wanted == never || one.busy {
			continue
		}
		if ready := l.readyIn(one, now); ready > 0 {
			if wait == 0 || ready < wait {
				wait = ready
			}
			continue
		}
		if turn == nil || l.before(one, turn) {
			turn = one
		}
	}
	if turn == nil || !l.budget.take() {
		return nil, wait
	}
	turn.busy = true
	l.active++
	l.served[turn.group] = now
	return turn, 0
}

// prune forgets lanes at rest, of which nothing needs to be known any more.
func (l *lanes) prune(now time.Time) {
	if len(l.all) < pruneAt && len(l.served) < pruneAt {
		return
	}
	for key, one := range l.all {
		if one.wanted == never && !one.busy && l.readyIn(one, now) == 0 {
			delete(l.all, key)
		}
	}
	for group, at := range l.served {
		if now.Sub(at) > time.Hour {
			delete(l.served, group)
		}
	}
}

// readyIn is how long the background still leaves a lane alone.
func (l *lanes) readyIn(one *lane, now time.Time) time.Duration {
	ready := one.sent.Add(l.spacing)
	for _, t := range []time.Time{one.clicked.Add(l.quiet), one.resume} {
		if t.After(ready) {
			ready = t
		}
	}
	return max(0, ready.Sub(now))
}

func (l *lanes) before(a, b *lane) bool {
	if a.wanted != b.wanted {
		return a.wanted > b.wanted
	}
	if x, y := l.served[a.group], l.served[b.group]; !x.Equal(y) {
		return x.Before(y)
	}
	return a.sent.Before(b.sent)
}

// backgroundRun draws one lane whose turn it is.
func (l *lanes) backgroundRun(one *lane) {
	l.mu.Lock()
	d := l.takeWish(one)
	l.mu.Unlock()
	result := unchanged
	if d.urgency != never {
		result = l.draw(l.ctx, d)
		l.finish(one, d, result)
	}
	if result != drawn {
		l.budget.giveBack()
	}
	l.mu.Lock()
	l.active--
	l.mu.Unlock()
	l.run(one) // somebody may have clicked meanwhile
}
