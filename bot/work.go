package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"confbot/blocks"
	"confbot/commands"
)

// start finds a task a place in the pool.
func (b *Bot) start(t task) bool {
	return b.pool.run(t.kind == kindClick, func() { b.work(t) })
}

// work carries one interaction out and delivers what comes of it. Its one
// line in the log is written at the end.
func (b *Bot) work(t task) {
	b.letAcksPass()
	w := b.newWay(t.arrival)
	var loading chan struct{}
	switch {
	case t.kind == kindSubmission && t.form.Push:
		w.pushed, w.waiting = pushedName(t.arrival), true
		w.settles = time.Now().Add(ackSettles)
	case t.kind == kindSubmission && t.form.View != nil:
		w.formID, w.waiting = t.view.ID, true
		// The acknowledgement and our calls reach Slack by different ways. If it
		// came second, what it shows would cover the result.
		w.settles = time.Now().Add(ackSettles)
		b.forms.follow.shown(t.origin.User, opened{id: t.view.ID, root: t.view.RootID}, *t.form.View)
	case t.kind == kindSubmission && t.form.Clear:
		b.forms.follow.cleared(*t.view)
	case t.kind == kindSubmission:
		w.under = *t.view
		b.forms.follow.closed(t.view.ID)
	case t.plan.Form && w.triggerLeft() > 0:
		loading = make(chan struct{})
		b.pool.running.Go(func() {
			defer close(loading)
			w.load(b.ctx)
		})
	}
	reply := b.handle(t)
	if loading != nil {
		<-loading
	}
	err := b.send(w, w.withoutEarly(t.early, reply))
	if reply.Later == nil {
		b.settle(t, reply, err)
		return
	}
	if !b.long.run(false, func() { b.later(t, w, reply) }) {
		busy := b.words.busy()
		b.settle(t, reply, b.send(w, commands.Reply{Private: &busy}))
	}
}

// letAcksPass waits a moment while acknowledgements are outstanding. When
// hundreds come at once, what runs here would take the processor from them, and
// they alone have a time limit.
func (b *Bot) letAcksPass() {
	if b.unacked.Load() == 0 {
		return
	}
	limit := time.NewTimer(acksFirst)
	defer limit.Stop()
	look := time.NewTicker(time.Millisecond)
	defer look.Stop()
	for b.unacked.Load() > 0 {
		select {
		case <-look.C:
		case <-limit.C:
			return
		}
	}
}

// send delivers a reply within its own time.
func (b *Bot) send(w *way, r commands.Reply) (err error) {
	ctx, cancel := context.WithTimeout(b.ctx, deliverDeadline)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			b.log.Error("a delivery panicked", "ref", w.origin.Ref, "panic", p, "stack", string(debug.Stack()))
			err = errPanicked
		}
	}()
	return w.deliver(ctx, r)
}

// settle ends a task: its journal entry, its line in the log.
func (b *Bot) settle(t task, r commands.Reply, undelivered error) {
	b.journal.close(t.entry, false)
	result, err := outcomeOf(r.Err), r.Err
	if undelivered != nil {
		result, err = "undelivered", errors.Join(r.Err, withoutURL(undelivered))
	}
	b.finished(t, result, err)
}

// later goes on with long work and shows its steps.
func (b *Bot) later(t task, w *way, first commands.Reply) {
	ctx, cancel := context.WithTimeout(b.ctx, longDeadline)
	defer cancel()
	steps := 0
	step := func(m blocks.Message) {
		// The last answer of all must find a way too.
		if steps++; steps > maxSteps || ctx.Err() != nil || !w.inPlace() || (w.respond != nil && !w.respond.usable(2)) {
			return
		}
		if w.formID != "" || w.pushed != "" {
			w.waiting = true
		}
		if err := w.private(ctx, m, true); err != nil {
			b.log.Debug("a step could not be shown", "ref", t.origin.Ref, "error", withoutURL(err))
		}
	}
	last := b.guard(t, func() commands.Reply { return first.Later(ctx, step) })
	last.Over = last.Over || last.Private != nil
	w.waiting = (w.formID != "" || w.pushed != "") && last.View == nil
	b.settle(t, last, b.send(w, last))
}

// handle has the desk carry a task out.
func (b *Bot) handle(t task) commands.Reply {
	ctx, cancel := context.WithTimeout(b.ctx, workDeadline)
	defer cancel()
	return b.guard(t, func() commands.Reply {
		switch t.kind {
		case kindCommand, kindMention:
			return b.desk.Command(ctx, t.request)
		case kindClick, kindShortcut:
			return b.desk.Click(ctx, t.click)
		case kindSubmission:
			return b.desk.Submit(ctx, t.submission)
		case kindHome:
			v, err := b.desk.HomeView(ctx, t.origin.User)
			if err != nil {
				return commands.Reply{Err: err}
			}
			return commands.Reply{View: &v}
		case kindQuery, kindClosed, kindIgnored:
		}
		return commands.Reply{}
	})
}

// guard turns a panic into an answer that says that something went wrong here.
func (b *Bot) guard(t task, run func() commands.Reply) (r commands.Reply) {
	defer func() {
		if p := recover(); p != nil {
			b.log.Error("a handler panicked", "name", t.plan.Name, "ref", t.origin.Ref, "panic", p, "stack", string(debug.Stack()))
			r = commands.Reply{Err: fault(fmt.Errorf("%w: %v", errPanicked, p), t.plan.Durable)}
		}
	}()
	return run()
}

// finished counts an interaction and writes its line in the log.
func (b *Bot) finished(t task, result string, err error) {
	took := time.Since(t.origin.At)
	b.metrics.Finished(string(t.kind), t.plan.Name, result, took)
	attributes := []any{
		"kind", t.kind, "command", first(t.plan.Name, t.name), "team", t.origin.Team, "user", t.origin.User,
		"duration", took.Round(time.Millisecond), "outcome", result, "ref", t.origin.Ref,
	}
	if t.resumed {
		attributes = append(attributes, "resumed", true)
	}
	if err != nil {
		attributes = append(attributes, "error", err)
	}
	b.log.Info("interaction", attributes...)
}
