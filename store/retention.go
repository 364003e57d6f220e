package store

import (
	"context"
	"time"
)

// DeleteOlder deletes what is older than before: audit rows, runs that are
// over with their callers, names of numbers and own lines not used since,
// journal rows, messages that are no longer current, and leases long past. It
// returns how many rows went, callers not counted.
func (s *Store) DeleteOlder(ctx context.Context, before time.Time) (deleted int64, err error) {
	for _, statement := range []string{
		`DELETE FROM audit WHERE at < $1`,
		`DELETE FROM runs WHERE started < $1 AND ended > 0 AND ended < $1`,
		`DELETE FROM labels WHERE at < $1 AND used_at < $1`,
		`DELETE FROM own_lines WHERE at < $1`,
		`DELETE FROM journal WHERE at < $1`,
		`DELETE FROM refs WHERE kind NOT IN ('card','panel') AND posted_at < $1`,
		`DELETE FROM leases WHERE held_till < $1`,
	} {
		n, err := s.affected(ctx, statement, millis(before))
		if err != nil {
			return deleted, err
		}
		deleted += n
	}
	return deleted, nil
}
