package api

import (
	"context"
	"errors"
	"sync"
)

var errClosed = errors.New("the Audian client is closed")

// life is what background work belongs to: it ends when the client is closed.
type life struct {
	ctx    context.Context
	cancel context.CancelFunc

	mu     sync.Mutex
	closed bool
	under  sync.WaitGroup
}

func newLife() *life {
	ctx, cancel := context.WithCancel(context.Background())
	return &life{ctx: ctx, cancel: cancel}
}

// run does work under the life's own context, so that it outlives the caller
// who happened to start it but not the client.
func (l *life) run(work func(context.Context) error) error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return errClosed
	}
	l.under.Add(1)
	l.mu.Unlock()
	defer l.under.Done()
	return work(l.ctx)
}

func (l *life) end() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.cancel()
	l.under.Wait()
}
