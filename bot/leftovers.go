package bot

import (
	"context"
	"fmt"
	"time"

	"confbot/commands"
	"confbot/store"
)

// How often and how much is taken up of what others left behind.
const (
	leftoverEvery = 2 * time.Second
	leftoverBatch = 50
	leftoverTell  = 24 * time.Hour // what is older is not worth a message
)

// takeUpLeftovers carries out what a process that died had promised, or tells
// the person that it was not done.
func (b *Bot) takeUpLeftovers(ctx context.Context) {
	b.claimLeftovers(ctx, time.Now())
	tick := time.NewTicker(leftoverEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			b.claimLeftovers(ctx, time.Now())
		}
	}
}

func (b *Bot) claimLeftovers(ctx context.Context, now time.Time) {
	entries, err := b.journal.claim(ctx, now)
	if err != nil {
		if ctx.Err() == nil {
			b.log.Warn("the journal could not be searched", "error", err)
		}
		return
	}
	for _, e := range entries {
		b.takeUp(ctx, e)
	}
}

// takeUp goes on with one entry.
func (b *Bot) takeUp(ctx context.Context, e store.Entry) {
	t, err := b.reopen(e)
	if err != nil {
		b.log.Error("a journal entry cannot be carried out", "ref", e.Ref, "error", err)
	}
	b.seen.again(t.key)
	if err == nil && time.Now().Before(e.FreshUntil) && b.start(t) {
		return
	}
	b.loops.Go(func() { b.tellNotDone(ctx, t) })
}

// reopen makes a task of a journal entry. With an error the task still says
// who asked and when.
func (b *Bot) reopen(e store.Entry) (task, error) {
	origin := commands.Origin{Ref: e.Ref, At: e.At, Team: e.Team, User: e.User, Channel: e.Channel, Resumed: true}
	t := task{arrival: arrival{kind: kind(e.Kind), name: e.Name}, plan: commands.Plan{Name: e.Name}, entry: e.Key, resumed: true}
	t.setOrigin(origin)
	f, err := b.journal.reopen(e)
	if err != nil {
		return t, err
	}
	a, err := decode(f, b.me().user)
	if err != nil {
		return t, fmt.Errorf("read a journal entry: %w", err)
	}
	origin.ThreadTS, origin.Channel = a.origin.ThreadTS, a.origin.Channel
	a.setOrigin(origin)
	t.arrival, t.plan = a, b.planFor(a)
	if a.kind == kindSubmission {
		t.form = b.desk.CheckForm(a.submission)
	}
	return t, nil
}

// tellNotDone tells the person that their wish was lost. If they cannot be
// told now, the entry is claimed again later.
func (b *Bot) tellNotDone(ctx context.Context, t task) {
	ctx, cancel := context.WithTimeout(ctx, deliverDeadline)
	defer cancel()
	if time.Since(t.origin.At) < leftoverTell {
		m := b.desk.NotDone(t.plan, t.origin, t.wish())
		if err := b.post.direct(ctx, t.origin.User, m); err != nil && placeOf(err) == placeFine && !unsure(err) {
			b.log.Warn("a person could not be told what was not done", "ref", t.origin.Ref, "error", withoutURL(err))
			b.journal.disown(t.entry)
			return
		}
	}
	b.journal.close(t.entry, true)
	b.finished(t, "not done", nil)
}
