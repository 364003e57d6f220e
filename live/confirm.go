package live

import (
	"context"
	"time"

	"confbot/conference"
)

// confirmAfter is how long to wait before each reading that looks whether what
// was asked for has happened: Audian accepts before it acts.
var confirmAfter = [...]time.Duration{
	300 * time.Millisecond, 500 * time.Millisecond, time.Second, 1500 * time.Millisecond,
}

// Outcome is what became of an action for one or many callers.
type Outcome struct {
	Done    []Caller // as was asked for
	Left    []Caller // hung up meanwhile; for a kick that is Done
	Waiting []Caller // accepted, and not seen yet
}

// Confirm reads the line, a few times and about three seconds in all, until
// the action is seen for everybody, or they have left. It is one loop however
// many they are. The error is that of the last reading, or ctx's; the Outcome
// is then as far as was seen.
func (w *Watcher) Confirm(ctx context.Context, id conference.ID, action conference.Action, keys ...Key) (Outcome, error) {
	if len(keys) == 0 {
		return Outcome{}, nil
	}
	seen := judge(w.Snapshot(id).Run, action, keys)
	seen = Outcome{Waiting: append(append(seen.Waiting, seen.Done...), seen.Left...)} // from before: proves nothing
	var failed error
	for _, pause := range confirmAfter {
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return seen, ctx.Err()
		}
		var s Snapshot
		if s, failed = w.Read(ctx, id); failed != nil {
			continue
		}
		if seen = judge(s.Run, action, keys); len(seen.Waiting) == 0 {
			return seen, nil
		}
	}
	return seen, failed
}

// judge says what became of the action for each of the callers.
func judge(r Run, action conference.Action, keys []Key) Outcome {
	var o Outcome
	for _, k := range keys {
		c, ok := r.Find(k.exact())
		switch {
		case !ok: // their run is over
			c = Caller{Participant: conference.Participant{ID: k.ID, Joined: k.Joined}}
			o.gone(action, c)
		case !c.On():
			o.gone(action, c)
		case action.Done(c.Participant):
			o.Done = append(o.Done, c)
		default:
			o.Waiting = append(o.Waiting, c)
		}
	}
	return o
}

func (o *Outcome) gone(action conference.Action, c Caller) {
	if action == conference.Kick {
		o.Done = append(o.Done, c)
	} else {
		o.Left = append(o.Left, c)
	}
}
