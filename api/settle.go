package api

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"confbot/conference"
)

// How often what was written is looked for, and the wait between.
const (
	readBackTries = 3
	readBackWait  = 300 * time.Millisecond
)

// settle reads back what was written, and where that shows that the account
// acts on the other spelling writes it in that one and reads it back again.
func (c *Client) settle(ctx context.Context, id conference.ID, s conference.Settings, kazoo, created bool) conference.Conference {
	d, err := c.readBack(ctx, id, s, kazoo)
	if err == nil && (d.kazoo != kazoo || !holdsPINs(d.conference(), s)) {
		again := newDocument(d.raw, d.live) // d stays as read: that is what is known
		again.apply(s)
		if created && again.kazoo {
			again.setIn("member", "join_muted", false)
		}
		var back *document
		if _, err = c.post(ctx, id, again); err == nil {
			back, err = c.readBack(ctx, id, s, again.kazoo)
		}
		if err == nil {
			d = back
		}
	}
	if err == nil && holdsPINs(d.conference(), s) {
		return d.conference()
	}
	c.log.WarnContext(ctx, "what was written could not be read back", "conference", string(id), "err", err)
	if d == nil {
		d = fresh(s, kazoo)
		d.raw["id"], _ = json.Marshal(string(id))
	}
	conf := d.conference()
	conf.PINProof = conference.Unproven
	return conf
}

// readBack reads until the PINs are those written, or are seen to be in the
// other spelling, or it has looked often enough.
func (c *Client) readBack(ctx context.Context, id conference.ID, s conference.Settings, kazoo bool) (*document, error) {
	for try := 1; ; try++ {
		d, err := c.read(ctx, id)
		switch {
		case err == nil && (d.kazoo != kazoo || holdsPINs(d.conference(), s)):
			return d, nil
		case err != nil && conference.KindOf(err) != conference.NotFound, try == readBackTries:
			return d, err
		}
		if err := sleep(ctx, readBackWait); err != nil {
			return d, err
		}
	}
}

// find looks for a conference that was asked for and whose id never came. It
// is the one of that name and those PINs; without an answer at all (why), the
// name alone is not enough.
func (c *Client) find(ctx context.Context, s conference.Settings, why error) (conference.ID, error) {
	if why == nil {
		why = &conference.Error{
			Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true,
			Cause: errors.New("conferences.create: the answer holds no id"),
		}
	}
	if s.Name == nil || ctx.Err() != nil || (len(deref(s.MemberPINs)) == 0 && len(deref(s.ModeratorPINs)) == 0) {
		return "", why
	}
	all, err := c.List(ctx)
	if err != nil {
		return "", why
	}
	for _, conf := range all {
		if conf.Name != *s.Name {
			continue
		}
		if d, err := c.read(ctx, conf.ID); err == nil {
			conf = d.conference()
		}
		if samePINs(s.MemberPINs, conf.MemberPINs) && samePINs(s.ModeratorPINs, conf.ModeratorPINs) {
			return conf.ID, nil
		}
	}
	return "", why
}

func deref[T any](p *[]T) []T {
	if p == nil {
		return nil
	}
	return *p
}
