package api

import (
	"context"
	"fmt"
	"net/http"
	"sync/atomic"

	"confbot/conference"
)

// Act asks for a state: mute, unmute, deaf, undeaf, or kick. Audian accepts
// before it acts, so success means accepted: read the participants again to
// see it done. A participant who is not there is NotFound, except for a kick,
// which has then got what it wanted. An Unsure error is for the caller to
// look into: by then the id may belong to somebody else, so nothing is
// repeated here.
func (c *Client) Act(ctx context.Context, id conference.ID, who conference.ParticipantID, what conference.Action) error {
	if err := usable(string(id)); err != nil {
		return err
	}
	if usable(string(who)) != nil {
		return &conference.Error{Kind: conference.NotFound, Reason: conference.NoParticipant}
	}
	page, puts := http.MethodPost, &c.seen.putsActs
	switch what {
	case conference.Mute, conference.Unmute, conference.Deaf, conference.Undeaf:
	case conference.Kick:
		page, puts = http.MethodDelete, &c.seen.putsKick
	default:
		return fmt.Errorf("participants.act: no such action %q", what)
	}
	ctx, cancel := context.WithTimeout(urgent(ctx), actionTimeout)
	defer cancel()
	err := c.either(page, puts, func(method string) error {
		_, err := c.do(ctx, action(method, id, who, what))
		return err
	})
	if what == conference.Kick && conference.KindOf(err) == conference.NotFound {
		return nil
	}
	return err
}

// either makes a call with the method of Audian's page or with a Kazoo's PUT,
// whichever this account was last seen to take, and with the other one if it
// does not take that: a refused method was not carried out.
func (c *Client) either(page string, puts *atomic.Bool, do func(method string) error) error {
	asPut := puts.Load()
	methods := map[bool]string{false: page, true: http.MethodPut}
	err := do(methods[asPut])
	if conference.ReasonOf(err) != conference.Unsupported {
		return err
	}
	err = do(methods[!asPut])
	if conference.ReasonOf(err) != conference.Unsupported && refusedStatus(err) != 0 || err == nil {
		puts.Store(!asPut)
		c.log.Info("this account takes another method for actions", "instead_of", methods[asPut], "takes", methods[!asPut])
	}
	return err
}

// action words the call: the page's DELETE says it all, everything else says
// the action in the body.
func action(method string, id conference.ID, who conference.ParticipantID, what conference.Action) call {
	a := call{
		verb: "participants." + string(what), method: method, path: pathParticipant, about: aboutParticipant,
		params: map[string]string{"id": string(id), "participant": string(who)},
	}
	if method != http.MethodDelete {
		a.body = map[string]any{"data": map[string]string{"action": string(what)}}
	}
	return a
}

// Lock closes the conference to newcomers until it is unlocked or its run
// ends. Audian's page has no such call; accounts on a stock Kazoo take it, on
// all others the error's reason is Unsupported.
func (c *Client) Lock(ctx context.Context, id conference.ID, locked bool) error {
	if err := usable(string(id)); err != nil {
		return err
	}
	what := "unlock"
	if locked {
		what = "lock"
	}
	ctx, cancel := context.WithTimeout(urgent(ctx), actionTimeout)
	defer cancel()
	_, err := c.do(ctx, call{
		verb: "conferences." + what, method: http.MethodPut, path: pathConference, about: aboutConference,
		params: map[string]string{"id": string(id)}, body: map[string]any{"action": what, "data": map[string]any{}},
	})
	if conference.KindOf(err) != conference.NotFound {
		return err
	}
	if _, gone := c.read(ctx, id); conference.KindOf(gone) == conference.NotFound {
		return err
	}
	return &conference.Error{Kind: conference.Denied, Reason: conference.Unsupported, Cause: err}
}
