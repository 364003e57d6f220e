package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"

	"confbot/conference"
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
// changed it in between. PINs are read back as in Create; where the old ones
// are still there the error is Unsure.
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
		now := c.settle(ctx, id, s, d.kazoo, false)
		if !samePINs(s.MemberPINs, now.MemberPINs) || !samePINs(s.ModeratorPINs, now.ModeratorPINs) {
			return conference.Conference{}, notSeen()
		}
		return now, nil
	}
	if after == nil {
		return c.confirm(ctx, id, s)
	}
	return after.conference(), nil
}

// confirm reads what became of a change whose answer was a success and said
// nothing more.
func (c *Client) confirm(ctx context.Context, id conference.ID, s conference.Settings) (conference.Conference, error) {
	d, err := c.read(ctx, id)
	if err != nil {
		return conference.Conference{}, stillUnsure(err)
	}
	if !holds(d.conference(), s) {
		return conference.Conference{}, notSeen()
	}
	return d.conference(), nil
}

func notSeen() error {
	return stillUnsure(unusable("conferences.update", "accepted, and not to be seen"))
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
