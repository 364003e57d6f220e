package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
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

// seesOnce counts the messages of a channel, of its threads, or from the bot
// to somebody that say something: there is one.
func (s *scenario) seesOnce(ctx context.Context, m []string) error {
	who, channel := m[1], ""
	if m[2] != "" {
		who = "ana"
		var err error
		if channel, err = s.channel(m[2]); err != nil {
			return err
		}
	}
	user, err := s.user(who)
	if err != nil {
		return err
	}
	screen, err := s.people.View(ctx, user)
	if err != nil {
		return err
	}
	n := 0
	for in, messages := range screen.Messages {
		for _, msg := range messages {
			here := in == channel && inThread(msg) == (m[3] != "") || channel == "" && strings.HasPrefix(in, "D")
			if here && msg.Bot && !msg.Deleted && !msg.Ephemeral && s.match(m[4], drawMessage(msg)) {
				n++
			}
		}
	}
	if n != 1 {
		return fmt.Errorf("%d messages say so, want one", n)
	}
	return nil
}
