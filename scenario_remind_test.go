package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"confbot/announce"
)

// remindsNow makes the reminders that are planned due now, for runs that start
// in five minutes.
func (s *scenario) remindsNow(ctx context.Context, _ []string) error {
	now := time.Now().Truncate(time.Second)
	start := now.Add(5 * time.Minute).UnixMilli()
	var err error
	err = errors.Join(poll(ctx, func() bool {
		var n int64
		n, err = s.timetable(ctx, `UPDATE occurrences SET wake_at = $1, at = $1, starts = $2, useful_till = $2 + 300000
			WHERE kind = $3 AND state = $4`, now.UnixMilli(), start, announce.KindRemind, announce.Due)
		return err != nil || n > 0
	}), err)
	if err != nil {
		return fmt.Errorf("no reminder is planned: %w", err)
	}
	return nil
}
