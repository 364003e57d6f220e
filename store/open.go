package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver "sqlite"
)

// Why a database cannot be opened. Every error of Open reads as a sentence
// for whoever runs the program.
var (
	// ErrInUse: another process has the file.
	ErrInUse = errors.New("another confbot is using this database")
	// ErrNewer: a newer confbot has changed the tables.
	ErrNewer = errors.New("this database was written by a newer confbot")
	// ErrURL: the address names no database that this confbot can use.
	ErrURL = errors.New("cannot use this database address")
)

// Memory is the address of a database that is gone when it is closed.
const Memory = "sqlite::memory:"

// readers is how many reads run at once.
const readers = 4

// Open opens the database that address names and brings its tables up to
// date: "sqlite:confbot.db", "sqlite:/data/confbot.db" or Memory. No error
// holds the address, which may have a password in it.
func Open(ctx context.Context, address string) (*Store, error) {
	scheme, path, _ := strings.Cut(address, ":")
	switch scheme {
	case "sqlite":
	case "postgres", "postgresql":
		return nil, fmt.Errorf("%w: PostgreSQL is not supported yet; use sqlite:<file>", ErrURL)
	default:
		return nil, fmt.Errorf("%w: it must begin with sqlite:, for instance sqlite:confbot.db", ErrURL)
	}
	path, _, _ = strings.Cut(path, "?")
	switch path {
	case "":
		return nil, fmt.Errorf("%w: the file is missing, as in sqlite:confbot.db", ErrURL)
	case ":memory:":
		return openMemory(ctx)
	}
	return openFile(ctx, realPath(strings.TrimPrefix(path, "//")))
}

// realPath follows links, so that one file has one lock whatever it is called.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	dir, file := filepath.Split(path) // not made yet
	if real, err := filepath.EvalSymlinks(filepath.Clean(dir)); err == nil {
		return filepath.Join(real, file)
	}
	return filepath.Clean(path)
}

func openFile(ctx context.Context, path string) (_ *Store, err error) {
	lock, err := lockFile(path + ".lock")
	if err != nil {
		return nil, err
	}
	s := newStore(lock)
	defer func() {
		if err != nil {
			_ = s.Close()
		}
	}()
	if s.durable, err = connect(path, 1, "synchronous(FULL)", "journal_mode(WAL)"); err != nil {
		return nil, err
	}
	if s.quick, err = connect(path, 1, "synchronous(NORMAL)", "journal_mode(WAL)"); err != nil {
		return nil, err
	}
	if s.read, err = connect(path, readers, "query_only(1)"); err != nil {
		return nil, err
	}
	return s, s.prepare(ctx)
}

// openMemory has one connection for everything, since each connection to
// memory would be a database of its own.
func openMemory(ctx context.Context) (*Store, error) {
	db, err := connect(":memory:", 1)
	if err != nil {
		return nil, err
	}
	s := newStore(nil)
	s.read, s.quick, s.durable = db, db, db
	if err := s.prepare(ctx); err != nil {
		_ = s.Close()
		return nil, err
	}
	return s, nil
}

func newStore(lock io.Closer) *Store {
	return &Store{gate: make(chan struct{}, 1), lock: lock, audits: &atomic.Uint64{}}
}

// prepare migrates, and frees what the last process to have this database
// still held: it is gone, or we would not have got the lock.
func (s *Store) prepare(ctx context.Context) error {
	if err := migrate(ctx, goose.DialectSQLite3, s.durable); err != nil {
		return err
	}
	return s.Tx(ctx, func(tx *Store) error {
		if err := tx.exec(ctx, `DELETE FROM leases`); err != nil {
			return err
		}
		return tx.exec(ctx, `UPDATE journal SET lease_until = 0 WHERE state = $1`, StateOpen)
	})
}

func connect(path string, connections int, pragmas ...string) (*sql.DB, error) {
	options := url.Values{"_txlock": {"immediate"}}
	for _, p := range append([]string{"busy_timeout(5000)", "foreign_keys(1)"}, pragmas...) {
		options.Add("_pragma", p)
	}
	name := (&url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: options.Encode()}).String()
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, fmt.Errorf("store: open: %w", err)
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}
