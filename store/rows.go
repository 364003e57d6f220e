package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// scanner is a row to be read: *sql.Row or *sql.Rows.
type scanner interface{ Scan(dest ...any) error }

type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// querier returns the transaction within one, else the readers.
func (s *Store) querier() querier {
	if s.tx != nil {
		return s.tx
	}
	return s.read
}

// exec writes with one statement, in a transaction of its own outside Tx.
func (s *Store) exec(ctx context.Context, statement string, args ...any) error {
	_, err := s.affected(ctx, statement, args...)
	return err
}

// affected is exec that tells how many rows were written.
func (s *Store) affected(ctx context.Context, statement string, args ...any) (n int64, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		res, err := tx.tx.ExecContext(ctx, statement, args...)
		if err != nil {
			return failed(statement, err)
		}
		n, err = res.RowsAffected()
		return err
	})
	return n, err
}

// query returns all rows of a statement.
func query[T any](ctx context.Context, s *Store, scan func(scanner) (T, error), statement string, args ...any) ([]T, error) {
	rows, err := s.querier().QueryContext(ctx, statement, args...)
	if err != nil {
		return nil, failed(statement, err)
	}
	defer func() { _ = rows.Close() }()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, failed(statement, err)
		}
		all = append(all, one)
	}
	if err := rows.Err(); err != nil {
		return nil, failed(statement, err)
	}
	return all, nil
}

// queryOne returns the first row of a statement; ok is false without one.
func queryOne[T any](ctx context.Context, s *Store, scan func(scanner) (T, error), statement string, args ...any) (one T, ok bool, err error) {
	all, err := query(ctx, s, scan, statement, args...)
	if err != nil || len(all) == 0 {
		return one, false, err
	}
	return all[0], true, nil
}

// failed names the statement by its first words; arguments may be private
// and are never in an error.
func failed(statement string, err error) error {
	words := strings.Fields(statement)
	return fmt.Errorf("store: %s: %w", strings.Join(words[:min(3, len(words))], " "), err)
}

// millis is how a time is kept: Unix milliseconds, 0 for the zero time.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func fromMillis(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// flag is how a bool is kept: 0 or 1.
func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

var errColumn = errors.New("not a whole number")

// when scans Unix milliseconds into a time.
type when struct{ t *time.Time }

func (w when) Scan(src any) error {
	ms, ok := src.(int64)
	if !ok {
		return errColumn
	}
	*w.t = fromMillis(ms)
	return nil
}

// yes scans 0 or 1 into a bool.
type yes struct{ b *bool }

func (y yes) Scan(src any) error {
	n, ok := src.(int64)
	if !ok {
		return errColumn
	}
	*y.b = n != 0
	return nil
}

func scanInt(row scanner) (n int64, err error) {
	err = row.Scan(&n)
	return n, err
}

func scanText(row scanner) (text string, err error) {
	err = row.Scan(&text)
	return text, err
}

// placeholders returns "$from,$from+1,…" for n values.
func placeholders(from, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString("$" + strconv.Itoa(from+i))
	}
	return b.String()
}

// anys makes strings into arguments.
func anys[T ~string](values []T) []any {
	args := make([]any, len(values))
	for i, v := range values {
		args[i] = string(v)
	}
	return args
}

// chunk is how many values one statement is given: far below SQLite's 32,766
// and PostgreSQL's 65,535 parameters.
const chunk = 500

// inChunks calls do with the values, so many at a time.
func inChunks(values []string, do func(some []string) error) error {
	for some := range slices.Chunk(values, chunk) {
		if err := do(some); err != nil {
			return err
		}
	}
	return nil
}
