package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"confbot/conference"
)

// Paths of https://docs.audian.com/conferences.
const (
	pathConferences = "/accounts/{account}/conferences"
	pathConference  = pathConferences + "/{id}"
)

// Pages: the size asked for where paging is needed, and how many are read
// before an account that never stops is called broken.
const (
	pageSize = "100"
	maxPages = 200
)

// List reads all conferences of the account, in the order that Audian gives
// them. What a list tells of PINs may be less than Get does: then PINProof is
// Unproven.
func (c *Client) List(ctx context.Context) ([]conference.Conference, error) {
	var all []conference.Conference
	known := map[conference.ID]bool{}
	start := ""
	for range maxPages {
		a, err := c.page(ctx, start)
		if err != nil {
			return nil, err
		}
		docs, err := listed(a)
		if err != nil {
			return nil, err
		}
		for _, o := range docs {
			d := newDocument(o, nil)
			if id := d.id(); id != "" && !known[id] {
				known[id] = true
				c.seen.note(d)
				all = append(all, d.listed(c.seen.kazoo.Load()))
			}
		}
		if a.next == "" || a.next == start {
			return all, nil
		}
		start = a.next
	}
	return nil, unusable("conferences.list", "the pages do not end")
}

// page reads everything at once, or where that is too much for the account,
// and from the second page on, one page.
func (c *Client) page(ctx context.Context, start string) (answer, error) {
	what := call{verb: "conferences.list", method: http.MethodGet, path: pathConferences, query: map[string]string{}}
	if start != "" {
		what.query["start_key"] = start
	}
	if !c.seen.paged.Load() {
		what.query["paginate"] = "false"
		a, err := c.do(ctx, what)
		if refusedStatus(err) != http.StatusRequestedRangeNotSatisfiable {
			return a, err
		}
		c.seen.paged.Store(true)
		delete(what.query, "paginate")
	}
	what.query["page_size"] = pageSize
	return c.do(ctx, what)
}

// listed takes the conferences out of a list's answer.
func listed(a answer) ([]object, error) {
	items, ok := listIn(a.data, "conferences")
	if !ok {
		if a.body == nil || len(a.object()) > 0 || asText(a.data) != "" {
			return nil, unusable("conferences.list", "the answer is no list")
		}
		return nil, nil // null, {} or no data at all
	}
	docs := make([]object, 0, len(items))
	for _, item := range items {
		if o, ok := asObject(item); ok {
			docs = append(docs, o)
		}
	}
	return docs, nil
}

// Get reads one conference afresh, with its PINs. A conference that does not
// exist is NotFound; a Kazoo makes one up without a name when asked for one,
// which is the same.
func (c *Client) Get(ctx context.Context, id conference.ID) (conference.Conference, error) {
	d, err := c.read(ctx, id)
	if err != nil {
		return conference.Conference{}, err
	}
	return d.conference(), nil
}

func (c *Client) read(ctx context.Context, id conference.ID) (*document, error) {
	if err := usable(string(id)); err != nil {
		return nil, err
	}
	a, err := c.do(ctx, call{
		verb: "conferences.get", method: http.MethodGet, path: pathConference,
		params: map[string]string{"id": string(id)}, about: aboutConference,
	})
	if err != nil {
		return nil, err
	}
	o, ok := asObject(a.data)
	if inner := o.child("conference"); !o.has("name") && inner.has("name") {
		o = inner
	}
	if !ok {
		return nil, unusable("conferences.get", "the answer holds no conference")
	}
	d := newDocument(o, a.meta)
	if d.name() == "" {
		return nil, &conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	}
	if d.id() == "" {
		d.raw["id"], _ = json.Marshal(string(id))
	}
	c.seen.note(d)
	return d, nil
}

// Delete removes the conference. People on the line stay there: end the run
// first. A conference that does not exist is NotFound.
func (c *Client) Delete(ctx context.Context, id conference.ID) error {
	if err := usable(string(id)); err != nil {
		return err
	}
	what := call{
		verb: "conferences.delete", method: http.MethodDelete, path: pathConference,
		params: map[string]string{"id": string(id)}, about: aboutConference,
	}
	_, err := c.do(ctx, what)
	if !conference.IsUnsure(err) || ctx.Err() != nil {
		return err
	}
	// Deleting twice does no harm: gone now means that the first one worked.
	_, err = c.do(ctx, what)
	if conference.KindOf(err) == conference.NotFound {
		return nil
	}
	return stillUnsure(err)
}

// stillUnsure keeps it open whether an earlier attempt was carried out, even
// if the newest one certainly was not.
func stillUnsure(err error) error {
	e, ok := errors.AsType[*conference.Error](err)
	if !ok || e.Unsure {
		return err
	}
	marked := *e
	marked.Unsure = true
	return &marked
}

// unusable is the error for an answer that is a success but not what was
// asked for.
func unusable(verb, why string) error {
	return &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Cause: errors.New(verb + ": " + why)}
}

// Check reports whether Audian answers and accepts the login, by the cheapest
// read that there is.
func (c *Client) Check(ctx context.Context) error {
	_, err := c.do(ctx, call{
		verb: "conferences.check", method: http.MethodGet, path: pathConferences, query: map[string]string{"page_size": "1"},
	})
	return err
}
