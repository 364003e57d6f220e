package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

// Store is an open database. Its methods may be called from many goroutines
// at once. The Store that a Tx function is given is valid only there and is
// used by one goroutine.
type Store struct {
	read    *sql.DB
	durable *sql.DB       // one connection; commits are synced to the disk
	quick   *sql.DB       // one connection; commits are handed to the system
	gate    chan struct{} // held by whoever writes
	lock    io.Closer     // keeps other processes away from the file
	audits  *atomic.Uint64
	tx      *sql.Tx // set within Tx
}

// Tx runs fn in one transaction: all of its writes are kept, or, when fn or
// the commit fails, none. Within fn only the Store that it is given may be
// used; a write through the outer one waits for this very transaction until
// ctx ends. fn must not call the network. Tx within Tx joins the outer one.
func (s *Store) Tx(ctx context.Context, fn func(tx *Store) error) error {
	return s.within(ctx, s.durable, fn)
}

// relaxed is Tx for what may be lost in a power cut, though never in the
// death of the process, and is written too often to wait for the disk.
func (s *Store) relaxed(ctx context.Context, fn func(tx *Store) error) error {
	return s.within(ctx, s.quick, fn)
}

func (s *Store) within(ctx context.Context, db *sql.DB, fn func(tx *Store) error) error {
	if s.tx != nil {
		return fn(s)
	}
	select {
	case s.gate <- struct{}{}:
		defer func() { <-s.gate }()
	case <-ctx.Done():
		return fmt.Errorf("store: wait to write: %w", ctx.Err())
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("store: begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	inner := *s
	inner.tx = tx
	if err := fn(&inner); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("store: commit: %w", err)
	}
	return nil
}

// Ping reports whether the database answers.
func (s *Store) Ping(ctx context.Context) error { return s.read.PingContext(ctx) }

// Close closes the database and lets other processes have it.
func (s *Store) Close() error {
	var errs []error
	for _, db := range []*sql.DB{s.read, s.quick, s.durable} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Close())
	}
	return errors.Join(errs...)
}
