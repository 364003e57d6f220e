package store

import (
	"context"
	"time"
)

// Lease says which process does a piece of work, such as watching one
// conference, and until when others must leave it alone.
type Lease struct {
	Name  string
	Owner string
	Until time.Time
}

// AcquireLease takes the lease for an owner until l.Until if at now it is
// free, has run out or is theirs already; got is false when another has it.
func (s *Store) AcquireLease(ctx context.Context, l Lease, now time.Time) (got bool, err error) {
	return s.lease(ctx, `INSERT INTO leases (name, owner, held_till) VALUES ($1,$2,$3)
		ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, held_till = excluded.held_till
			WHERE leases.owner = excluded.owner OR leases.held_till <= $4
		RETURNING name`, l.Name, l.Owner, millis(l.Until), millis(now))
}

// RenewLease prolongs a lease; still is false when it ran out before now or
// another has it, and then the work must stop.
func (s *Store) RenewLease(ctx context.Context, l Lease, now time.Time) (still bool, err error) {
	return s.lease(ctx, `UPDATE leases SET held_till = $3 WHERE name = $1 AND owner = $2 AND held_till > $4
		RETURNING name`, l.Name, l.Owner, millis(l.Until), millis(now))
}

// lease survives the death of the process, which is all that another process
// needs of it.
func (s *Store) lease(ctx context.Context, statement string, args ...any) (ok bool, err error) {
	err = s.relaxed(ctx, func(tx *Store) error {
		_, ok, err = queryOne(ctx, tx, scanText, statement, args...)
		return err
	})
	return ok, err
}

// ReleaseLease gives a lease back; one that another has stays theirs.
func (s *Store) ReleaseLease(ctx context.Context, name, owner string) error {
	return s.relaxed(ctx, func(tx *Store) error {
		return tx.exec(ctx, `DELETE FROM leases WHERE name = $1 AND owner = $2`, name, owner)
	})
}
