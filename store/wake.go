package store

import (
	"context"
	"time"

	"confbot/announce"
)

// WakeBy makes what is due by a moment, and still of use then, due at once:
// the demo lets time jump. It returns how much of that is still to be done.
func (s *Store) WakeBy(ctx context.Context, by, now time.Time) (left int64, err error) {
	const due = ` state = $1 AND at <= $2 AND (useful_till = 0 OR useful_till > $2)`
	err = s.exec(ctx, `UPDATE occurrences SET wake_at = $3 WHERE wake_at > $3 AND`+due, announce.Due, millis(by), millis(now))
	if err != nil {
		return 0, err
	}
	left, _, err = queryOne(ctx, s, scanInt, `SELECT COUNT(*) FROM occurrences WHERE wake_at > 0 AND`+due, announce.Due, millis(by))
	return left, err
}
