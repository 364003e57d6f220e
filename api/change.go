package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"time"

	"confbot/conference"
)

// How often what was written is looked for, and the wait between.
const (
	readBackTries = 3
	readBackWait  = 300 * time.Millisecond
)

// Create makes a conference and reads it back. The PINs of what it returns
// are Proven once they were read back in the spelling that this account acts
// on; if that cannot be had the conference exists all the same, Unproven. A
// create is never repeated blindly: without an answer the list is searched
// for it, and if it is not there the error is Unsure.
func (c *Client) Create(ctx context.Context, s conference.Settings) (conference.Conference, error) {
	ctx = urgent(ctx)
	kazoo := c.seen.kazoo.Load()
	id, err := c.put(ctx, fresh(s, kazoo))
	if !kazoo && wantsObject(err) {
		kazoo = true
		id, err = c.put(ctx, fresh(s, kazoo))
	}
	if conference.IsUnsure(err) || (err == nil && id == "") {
		id, err = c.find(ctx, s, err)
	}
	if err != nil {
		return conference.Conference{}, err
	}
	return c.settle(ctx, id, s, kazoo, true), nil
}

// Update changes what the wish names and nothing else: it reads the
// conference, alters it and sends all of it back, once more if somebody else
// changed it in between. PINs are read back as in Create.
func (c *Client) Update(ctx context.Context, id conference.ID, s conference.Settings) (conference.Conference, error) {
	if s.Empty() {
		return c.Get(ctx, id)
	}
	ctx = urgent(ctx)
	d, after, err := c.alter(ctx, id, s)
	if conference.KindOf(err) == conference.Conflict && conference.ReasonOf(err) == conference.ChangedSince {
		d, after, err = c.alter(ctx, id, s)
	}
	if conference.IsUnsure(err) {
		if now, readErr := c.read(ctx, id); readErr == nil && holds(now.conference(), s) {
			d, after, err = now, now, nil
		}
	}
	if err != nil {
		return conference.Conference{}, err
	}
	if s.MemberPINs != nil || s.ModeratorPINs != nil || (after != nil && after.kazoo != d.kazoo) {
		return c.settle(ctx, id, s, d.kazoo, false), nil
	}
	if after == nil {
		return c.Get(ctx, id)
	}
	return after.conference(), nil
}

// alter reads, changes and sends back. It returns what it sent and, where the
// answer holds it, what that made of it.
func (c *Client) alter(ctx context.Context, id conference.ID, s conference.Settings) (sent, after *document, err error) {
	sent, err = c.read(ctx, id)
	if err != nil {
		return nil, nil, err
	}
	sent.apply(s)
	after, err = c.post(ctx, id, sent)
	if !sent.kazoo && wantsObject(err) {
		sent.asKazoo()
		after, err = c.post(ctx, id, sent)
	}
	return sent, after, err
}

// wantsObject reports the one complaint by which a stock Kazoo can be told
// before it has shown a document: profile is an object there.
func wantsObject(err error) bool {
	r, ok := errors.AsType[*refusal](err)
	return ok && slices.Contains(r.complaints, complaint{"profile", "type"})
}

// put creates and returns the new conference's id, if the answer tells it.
func (c *Client) put(ctx context.Context, d *document) (conference.ID, error) {
	a, err := c.do(ctx, call{
		verb: "conferences.create", method: http.MethodPut, path: pathConferences,
		body: map[string]any{"data": d.outgoing()},
	})
	return conference.ID(asText(a.object().first("id"))), err
}

// post replaces; what it returns is nil if the answer holds no conference.
func (c *Client) post(ctx context.Context, id conference.ID, d *document) (*document, error) {
	a, err := c.do(ctx, call{
		verb: "conferences.update", method: http.MethodPost, path: pathConference, about: aboutConference,
		params: map[string]string{"id": string(id)}, body: map[string]any{"data": d.outgoing()},
	})
	if err != nil {
		return nil, err
	}
	after := newDocument(a.object(), a.meta)
	if after.name() == "" {
		return nil, nil
	}
	after.raw["id"], _ = json.Marshal(string(id))
	return after, nil
}

// settle reads back what was written, and where that shows that the account
// acts on the other spelling writes it in that one and reads it back again.
func (c *Client) settle(ctx context.Context, id conference.ID, s conference.Settings, kazoo, created bool) conference.Conference {
	d, err := c.readBack(ctx, id, s, kazoo)
	if err == nil && (d.kazoo != kazoo || !holdsPINs(d.conference(), s)) {
		d.apply(s)
		if created && d.kazoo {
			d.setIn("member", "join_muted", false)
		}
		var back *document
		if _, err = c.post(ctx, id, d); err == nil {
			back, err = c.readBack(ctx, id, s, d.kazoo)
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
