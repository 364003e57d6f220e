package slack

import (
	"encoding/json"

	"confbot/sandbox/slack/blockkit"
)

// readView reads and judges a view; it is checked before the trigger, as the real Slack does. where is the surface.
func (s *Server) readView(a args) (obj, json.RawMessage, *apiError) {
	raw, given, valid := a.raw("view")
	if !given {
		return nil, nil, missing("view")
	}
	if !valid || raw[0] != '{' {
		return nil, nil, invalid("view is not an object [json-pointer:/view]")
	}
	if len(raw) > blockkit.MaxViewBytes {
		return nil, nil, refuse("view_too_large")
	}
	return s.checkView(raw)
}

func (s *Server) checkView(raw json.RawMessage) (obj, json.RawMessage, *apiError) {
	if err := rejectBlocks("invalid_arguments", s.blocks.View(raw)); err != nil {
		err.errors = nil // views name the problems in response_metadata only
		return nil, nil, err
	}
	v, err := decode(raw)
	if err != nil || asObj(v) == nil {
		return nil, nil, invalid("view is not an object [json-pointer:/view]")
	}
	return asObj(v), raw, nil
}

func modalOnly(body obj) *apiError {
	if asString(body["type"]) != "modal" {
		return invalid("unsupported type: " + asString(body["type"]) + " [json-pointer:/view/type]")
	}
	return nil
}

func viewsOpen(c *call) (obj, *apiError) { return c.openView(false) }

func viewsPush(c *call) (obj, *apiError) { return c.openView(true) }

// openView opens a modal. From inside a modal both views.open and views.push lay it on top; from elsewhere a new stack
// takes the place of the old one.
func (c *call) openView(push bool) (obj, *apiError) {
	body, raw, err := c.readView(c.args)
	if err != nil {
		return nil, err
	}
	if err := modalOnly(body); err != nil {
		return nil, err
	}
	t, err := c.exchange(c.args)
	if err != nil {
		return nil, err
	}
	u := c.ws.users[t.user]
	inside := t.view != nil && c.ws.views[t.view.id] == t.view && len(u.modals) > 0
	switch {
	case push && !inside:
		return nil, invalid("views.push needs a trigger from inside a modal")
	case inside && len(u.modals) >= maxStack:
		return nil, refuse("push_limit_reached")
	case c.ws.externalIDTaken(asString(body["external_id"]), nil):
		return nil, refuse("duplicate_external_id")
	}
	if !inside {
		c.ws.clearModals(u)
	}
	v := c.stack(u, body, raw, t.channel)
	return obj{"view": v.api(c.ws)}, nil
}

// stack lays a new modal on top of a person's stack; mu held.
func (s *Server) stack(u *user, body obj, raw json.RawMessage, channel string) *view {
	v := s.ws.newView(u, "modal", body, raw, channel)
	if n := len(u.modals); n > 0 {
		v.root, v.previous = u.modals[0].id, u.modals[n-1].id
	}
	u.modals = append(u.modals, v)
	s.viewsChanged(u)
	return v
}

func viewsUpdate(c *call) (obj, *apiError) {
	body, raw, err := c.readView(c.args)
	if err != nil {
		return nil, err
	}
	v, err := c.viewToUpdate()
	if err != nil {
		return nil, err
	}
	if hash := c.args.str("hash"); hash != "" && hash != v.hash {
		return nil, refuse("hash_conflict")
	}
	if kind := asString(body["type"]); kind != v.kind {
		return nil, invalid("a view cannot change its type from " + v.kind + " to " + kind + " [json-pointer:/view/type]")
	}
	if c.ws.externalIDTaken(asString(body["external_id"]), v) {
		return nil, refuse("duplicate_external_id")
	}
	c.ws.draw(v, body, raw)
	c.viewChanged(v)
	return obj{"view": v.api(c.ws)}, nil
}

func (c *call) viewToUpdate() (*view, *apiError) {
	id, external := c.args.str("view_id"), c.args.str("external_id")
	if id == "" && external == "" {
		return nil, missing("view_id")
	}
	if v := c.ws.views[id]; id != "" && v != nil {
		return v, nil
	}
	for _, v := range c.ws.views {
		if id == "" && v.externalID == external {
			return v, nil
		}
	}
	return nil, refuse("not_found")
}

func viewsPublish(c *call) (obj, *apiError) {
	if !c.args.has("user_id") {
		return nil, missing("user_id")
	}
	body, raw, err := c.readView(c.args)
	if err != nil {
		return nil, err
	}
	u := c.ws.users[c.args.str("user_id")]
	switch {
	case asString(body["type"]) != "home":
		return nil, invalid("unsupported type: " + asString(body["type"]) + " [json-pointer:/view/type]")
	case u == nil || u.isBot:
		return nil, invalid("user_id is not a person of this workspace")
	case !c.ws.man.Features.AppHome.Home:
		return nil, refuse("not_enabled")
	case c.args.has("hash") && (u.home == nil || c.args.str("hash") != u.home.hash):
		return nil, refuse("hash_conflict")
	case c.ws.externalIDTaken(asString(body["external_id"]), u.home):
		return nil, refuse("duplicate_external_id")
	}
	if u.home == nil {
		u.home = c.ws.newView(u, "home", body, raw, "")
	} else {
		c.ws.draw(u.home, body, raw)
	}
	c.viewChanged(u.home)
	return obj{"view": u.home.api(c.ws)}, nil
}
