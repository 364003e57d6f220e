package bot

import (
	"context"
	"errors"
	"slices"
	"time"

	"confbot/store"
)

// write is the one writer. It alone uses finished. What people wait for goes
// first; that something is finished may wait a moment, so that many at once
// are closed in one transaction.
func (j *journal) write(ctx context.Context) {
	renew := time.NewTicker(journalRenew)
	defer renew.Stop()
	closeAt := time.NewTimer(0)
	<-closeAt.C
	defer closeAt.Stop()
	for {
		select {
		case p := <-j.appends:
			j.writeEntries(context.WithoutCancel(ctx), drain(p, j.appends))
		case c := <-j.closes:
			if j.finished = append(j.finished, c); len(j.finished) == 1 {
				closeAt.Reset(closeLinger)
			}
		case <-closeAt.C:
			j.writeClosings(context.WithoutCancel(ctx))
			if len(j.finished) > 0 {
				closeAt.Reset(closeLinger / 10)
			}
		case <-renew.C:
			j.renew(ctx)
			j.writeClosings(context.WithoutCancel(ctx)) // what failed before
		case <-ctx.Done():
			j.finish(context.WithoutCancel(ctx))
			return
		}
	}
}

// finish writes what is still waiting.
func (j *journal) finish(ctx context.Context) {
	for {
		select {
		case p := <-j.appends:
			j.writeEntries(ctx, drain(p, j.appends))
		case c := <-j.closes:
			j.finished = append(j.finished, c)
		default:
			for range len(j.finished)/journalBatch + 1 {
				j.writeClosings(ctx)
			}
			return
		}
	}
}

// drain takes what else is waiting.
func drain[T any](first T, from <-chan T) []T {
	all := []T{first}
	for len(all) < journalBatch {
		select {
		case next := <-from:
			all = append(all, next)
		default:
			return all
		}
	}
	return all
}

func (j *journal) writeEntries(ctx context.Context, waiting []*pendingEntry) {
	ctx, cancel := context.WithTimeout(ctx, journalDeadline)
	defer cancel()
	entries := make([]store.Entry, len(waiting))
	for i, p := range waiting {
		entries[i] = p.entry
	}
	isNew, err := j.store.AppendJournal(ctx, entries)
	if err != nil {
		err = errors.Join(errNotWritten, err)
	}
	var late []string
	for i, p := range waiting {
		v := verdict{err: err}
		if err == nil {
			v.isNew = isNew[i]
		}
		if v.isNew {
			j.own(p.entry.Key)
		}
		if !p.give(v) && v.isNew {
			late = append(late, p.entry.Key)
		}
	}
	if len(late) > 0 { // their people were told that it was not done
		j.settle(ctx, late, true)
	}
}

// give hands the result over, unless nobody waits for it any more.
func (p *pendingEntry) give(v verdict) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.given {
		return false
	}
	p.result <- v
	return true
}

// writeClosings closes what is finished.
func (j *journal) writeClosings(ctx context.Context) {
	if len(j.finished) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, 2*journalDeadline)
	defer cancel()
	some := j.finished[:min(len(j.finished), journalBatch)]
	j.finished = slices.Clone(j.finished[len(some):])
	var done, told []string
	for _, c := range some {
		if c.told {
			told = append(told, c.key)
		} else {
			done = append(done, c.key)
		}
	}
	j.settle(ctx, done, false)
	j.settle(ctx, told, true)
}

// settle closes entries. What cannot be closed now is tried again; until then
// nobody else takes it up.
func (j *journal) settle(ctx context.Context, keys []string, told bool) {
	if len(keys) == 0 {
		return
	}
	closeAll := j.store.Done
	if told {
		closeAll = j.store.Told
	}
	if err := closeAll(ctx, keys...); err != nil {
		j.log.Error("journal entries could not be closed", "count", len(keys), "error", err)
		for _, key := range keys {
			j.finished = append(j.finished, closing{key, told})
		}
		return
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, key := range keys {
		delete(j.mine, key)
	}
}

func (j *journal) own(key string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.mine[key] = struct{}{}
}
