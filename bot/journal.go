package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"confbot/commands"
	"confbot/store"
)

// How long another process leaves our entries alone after we have died, and
// how often we say that we have not.
const (
	journalLease  = 7 * time.Second
	journalRenew  = 2 * time.Second
	journalLinger = time.Second // for a last write at the end
	journalBatch  = 256
)

var errNotWritten = errors.New("the journal could not be written")

// journal makes what people ask for durable before Slack is told that it has
// arrived. One writer writes for all who wait at that moment, in one
// transaction, so that many at once cost hardly more than one.
type journal struct {
	store Journal
	seal  sealer
	owner string
	log   *slog.Logger
	now   func() time.Time

	appends chan *pendingEntry
	closes  chan closing
	writer  sync.WaitGroup

	mu   sync.Mutex
	mine map[string]struct{} // open entries that this process works on
}

// pendingEntry waits to be written.
type pendingEntry struct {
	entry  store.Entry
	result chan verdict // holds one

	mu    sync.Mutex
	given bool // nobody waits for the result any more
}

type verdict struct {
	isNew bool
	err   error
}

// closing is an entry that is finished.
type closing struct {
	key  string
	told bool // it was not done, and the person knows
}

func newJournal(s Journal, seal sealer, log *slog.Logger) *journal {
	return &journal{
		store: s, seal: seal, owner: newOwner(), log: log, now: time.Now,
		appends: make(chan *pendingEntry, journalBatch), closes: make(chan closing, journalBatch),
		mine: map[string]struct{}{},
	}
}

// start writes until ctx ends and then what is still waiting.
func (j *journal) start(ctx context.Context) {
	j.writer.Go(func() { j.write(ctx) })
}

func (j *journal) wait() { j.writer.Wait() }

// append writes an interaction down. It returns whether it is new, or an
// error if it is not certain that it is on the disk; it will then not be
// carried out later either.
func (j *journal) append(ctx context.Context, a arrival, f frame, plan commands.Plan) (isNew bool, err error) {
	e, err := j.entry(a, f, plan)
	if err != nil {
		return false, err
	}
	ctx, cancel := context.WithTimeout(ctx, journalDeadline)
	defer cancel()
	p := &pendingEntry{entry: e, result: make(chan verdict, 1)}
	select {
	case j.appends <- p:
	case <-ctx.Done():
		return false, errors.Join(errNotWritten, ctx.Err())
	}
	select {
	case v := <-p.result:
		return v.isNew, v.err
	case <-ctx.Done():
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case v := <-p.result:
		return v.isNew, v.err
	default:
		p.given = true
		return false, errors.Join(errNotWritten, ctx.Err())
	}
}

func (j *journal) entry(a arrival, f frame, plan commands.Plan) (store.Entry, error) {
	plain, err := json.Marshal(frame{Type: f.Type, Payload: f.Payload})
	if err != nil {
		return store.Entry{}, fmt.Errorf("write down an interaction: %w", err)
	}
	key := a.key
	if key == "" {
		key = f.EnvelopeID
	}
	o := a.origin
	return store.Entry{
		Key: key, Ref: o.Ref, Kind: string(a.kind), Name: plan.Name, Team: o.Team, User: o.User, Channel: o.Channel,
		At: o.At, FreshUntil: o.At.Add(plan.Fresh), Payload: j.seal.seal(key, plain),
		State: store.StateOpen, Owner: j.owner, LeaseUntil: j.now().Add(journalLease),
	}, nil
}

// close notes that an entry is finished.
func (j *journal) close(key string, told bool) {
	if key != "" {
		j.closes <- closing{key, told}
	}
}

func (j *journal) write(ctx context.Context) {
	renew := time.NewTicker(journalRenew)
	defer renew.Stop()
	for {
		select {
		case p := <-j.appends:
			j.writeEntries(context.WithoutCancel(ctx), drain(p, j.appends))
		case c := <-j.closes:
			j.writeClosings(context.WithoutCancel(ctx), drain(c, j.closes))
		case <-renew.C:
			j.renew(ctx)
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
			j.writeClosings(ctx, drain(c, j.closes))
		default:
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

func (j *journal) writeClosings(ctx context.Context, finished []closing) {
	ctx, cancel := context.WithTimeout(ctx, 2*journalDeadline)
	defer cancel()
	var done, told []string
	for _, c := range finished {
		if c.told {
			told = append(told, c.key)
		} else {
			done = append(done, c.key)
		}
	}
	j.settle(ctx, done, false)
	j.settle(ctx, told, true)
}

// settle closes entries. One that cannot be closed now is claimed again later;
// carrying it out twice does no harm, since whatever acts looks first.
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

// disown leaves an entry to whoever claims it when its lease has run out.
func (j *journal) disown(key string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	delete(j.mine, key)
}

// claim takes over what nobody works on any more.
func (j *journal) claim(ctx context.Context, now time.Time) ([]store.Entry, error) {
	ctx, cancel := context.WithTimeout(ctx, journalDeadline)
	defer cancel()
	entries, err := j.store.ClaimJournal(ctx, j.owner, now, journalLease, leftoverBatch)
	if err != nil {
		return nil, err
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	entries = slices.DeleteFunc(entries, func(e store.Entry) bool {
		_, working := j.mine[e.Key] // ours, and its lease ran out under us
		return working
	})
	for _, e := range entries {
		j.mine[e.Key] = struct{}{}
	}
	return entries, nil
}

// renew keeps others away from what this process works on.
func (j *journal) renew(ctx context.Context) {
	j.mu.Lock()
	working := len(j.mine) > 0
	j.mu.Unlock()
	if !working {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, journalRenew)
	defer cancel()
	if err := j.store.RenewJournal(ctx, j.owner, j.now().Add(journalLease)); err != nil && ctx.Err() == nil {
		j.log.Warn("the journal's lease could not be renewed", "error", err)
	}
}
