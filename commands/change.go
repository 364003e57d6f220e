package commands

import (
	"context"
	"slices"

	"confbot/conference"
	"confbot/live"
)

// change is what came of asking Audian for a state of some callers.
type change struct {
	action  conference.Action
	done    []live.Caller // seen in that state, or gone in case of a kick
	already []live.Caller // were in that state before we asked
	asked   []live.Caller // accepted, not seen yet
	gone    []live.Caller // left before we could ask
	lost    []live.Caller // asked for without an answer: it may have been done
	failed  []live.Caller // Audian refused, or cannot have been reached; err says why
	untried []live.Caller // not asked for, because Audian had stopped answering
	err     error         // the last failure
	deeds   []deed        // their audit rows
}

// touched reports whether anything was asked for at all.
func (c change) touched() bool { return len(c.done)+len(c.asked) > 0 }

// apply asks for a state of these callers, one by one in this order, and
// looks, for a bounded time, whether it has come about. The callers must come
// from a reading of this very moment. progress is told after each one.
//
// When Audian stops answering, or does not let the account do that at all, the
// rest is not tried: each attempt would only wait out its own time limit.
func (d *Desk) apply(ctx context.Context, id conference.ID, what conference.Action, callers []live.Caller, user string, progress func(done int)) change {
	out := change{action: what}
	var keys []live.Key
	for i, caller := range callers {
		if what.Done(caller.Participant) {
			out.already = append(out.already, caller)
			continue
		}
		err := d.line.Act(ctx, id, caller.ID, what)
		switch {
		case err == nil:
			d.ledger.Asked(id, caller.Key(), what, user)
			out.asked = append(out.asked, caller)
			keys = append(keys, caller.Key())
		case conference.ReasonOf(err) == conference.NoParticipant:
			out.gone = append(out.gone, caller)
		default:
			out.err = err
			if conference.IsUnsure(err) {
				// Drawn as requested, and as theirs if it turns out to be done.
				d.ledger.Asked(id, caller.Key(), what, user)
				out.lost = append(out.lost, caller)
			} else {
				out.failed = append(out.failed, caller)
			}
			if hopeless(err) || ctx.Err() != nil {
				out.untried = callers[i+1:]
				return d.confirm(ctx, id, out, keys)
			}
		}
		if progress != nil {
			progress(i + 1)
		}
	}
	return d.confirm(ctx, id, out, keys)
}

// hopeless reports an error that the next caller would meet as well.
func hopeless(err error) bool {
	kind := conference.KindOf(err)
	return kind == conference.Unavailable || kind == conference.Denied
}

// confirm moves from asked to done what a reading shows to have come about.
func (d *Desk) confirm(ctx context.Context, id conference.ID, out change, keys []live.Key) change {
	if len(keys) == 0 {
		return out
	}
	seen, err := d.live.Confirm(ctx, id, out.action, keys...)
	if err != nil && out.err == nil && ctx.Err() == nil {
		d.log.DebugContext(ctx, "could not confirm", "conference", id, "action", out.action, "error", err)
	}
	out.asked = out.sort(out.asked, seen)
	return out
}

// sort puts callers where a reading shows them to belong, and returns those of
// whom it does not tell.
func (c *change) sort(callers []live.Caller, seen live.Outcome) (open []live.Caller) {
	for _, who := range callers {
		switch k := who.Key(); {
		case has(seen.Done, k):
			c.done = append(c.done, who)
		case has(seen.Left, k):
			c.gone = append(c.gone, who)
		default:
			open = append(open, who)
		}
	}
	return open
}

func has(list []live.Caller, k live.Key) bool {
	return slices.ContainsFunc(list, func(c live.Caller) bool { return c.ID == k.ID && c.Joined.Equal(k.Joined) })
}

// ownLine finds the caller who is the person: they said so in this run, or in
// an earlier one from the same number, if only one line has it.
func (d *Desk) ownLine(ctx context.Context, user string, run live.Run) (live.Caller, bool, error) {
	on := run.On()
	for _, c := range on {
		if c.ClaimedBy == user {
			return c, true, nil
		}
	}
	lines, err := d.records.LinesOf(ctx, user)
	if err != nil {
		return live.Caller{}, false, err
	}
	for _, l := range lines {
		var found []live.Caller
		for _, c := range on {
			if !c.Number.Hidden() && c.Number.Digits() == l.Digits && (c.ClaimedBy == "" || c.ClaimedBy == user) {
				found = append(found, c)
			}
		}
		if len(found) == 1 {
			return found[0], true, nil
		}
	}
	return live.Caller{}, false, nil
}
