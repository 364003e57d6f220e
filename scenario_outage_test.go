package main

import (
	"context"
	"errors"
	"time"
)

// youngUntil is up to which second a minute counts as young: a form knows only
// whole minutes, and a new PIN needs a few seconds before the next one.
const youngUntil = 32

// waitsForMinute waits until the minute is young, so that what a form plans
// for the next minute has half of one before it.
func (*scenario) waitsForMinute(ctx context.Context, _ []string) error {
	if poll(ctx, func() bool { return time.Now().Second() < youngUntil }) != nil {
		return errors.New("the minute is old; give it time with (within 40s)")
	}
	return nil
}
