package bot

import (
	"bytes"
	"context"
	"errors"
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
	journalLease = 7 * time.Second
	journalRenew = 2 * time.Second
	closeLinger  = 50 * time.Millisecond
	journalBatch = 256
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
	ended   chan struct{} // closed when nothing more is written

	finished []closing // what is to be closed

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
		appends: make(chan *pendingEntry, journalBatch), closes: make(chan closing, journalBatch), ended: make(chan struct{}),
		mine: map[string]struct{}{},
	}
}

// start writes until ctx ends and then what is still waiting.
func (j *journal) start(ctx context.Context) {
	go func() {
		defer close(j.ended)
		j.write(ctx)
	}()
}

// wait waits until all is written.
func (j *journal) wait() { <-j.ended }

// append writes an interaction down. It returns whether it is new, or an
// error if it is not certain that it is on the disk; it will then not be
// carried out later either.
func (j *journal) append(ctx context.Context, a arrival, f frame, plan commands.Plan) (isNew bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, journalDeadline)
	defer cancel()
	p := &pendingEntry{entry: j.entry(a, f, plan), result: make(chan verdict, 1)}
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

func (j *journal) entry(a arrival, f frame, plan commands.Plan) store.Entry {
	key, o := entryKey(a, f), a.origin
	plain := slices.Concat([]byte(f.Type), []byte{'\n'}, f.Payload)
	return store.Entry{
		Key: key, Ref: o.Ref, Kind: string(a.kind), Name: plan.Name, Team: o.Team, User: o.User, Channel: o.Channel,
		At: o.At, FreshUntil: o.At.Add(plan.Fresh), Payload: j.seal.seal(key, plain),
		State: store.StateOpen, Owner: j.owner, LeaseUntil: j.now().Add(journalLease),
	}
}

// reopen returns the envelope that an entry was made of.
func (j *journal) reopen(e store.Entry) (frame, error) {
	plain, err := j.seal.open(e.Key, e.Payload)
	if err != nil {
		return frame{}, err
	}
	kind, payload, _ := bytes.Cut(plain, []byte{'\n'})
	return frame{Type: string(kind), Payload: payload}, nil
}

// close notes that an entry is finished.
func (j *journal) close(key string, told bool) {
	if key == "" {
		return
	}
	select {
	case j.closes <- closing{key, told}:
	case <-j.ended: // it is taken up at the next start, which does no harm
	}
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
