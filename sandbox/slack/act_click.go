package slack

import (
	"encoding/json"
	"slices"

	"confbot/sandbox/slack/control"
)

// place is where a clicked element stands: a message or a view that this person sees.
type place struct {
	room    *channel // nil for views
	message *message
	view    *view
}

func (p place) blocks(stale bool) []any {
	switch {
	case p.view != nil && stale:
		return p.view.blocksBefore
	case p.view != nil:
		return p.view.blocks
	case stale:
		return p.message.blocksBefore
	}
	return p.message.blocks
}

// locate finds a container on a person's screen; mu held.
func (s *Server) locate(u *user, in control.Container) (place, error) {
	if in.ViewID != "" {
		v := s.ws.views[in.ViewID]
		if v == nil || v.user != u.ID {
			return place{}, staleAct("%s has no view %s open", u.Name, in.ViewID)
		}
		if v.kind == "modal" && u.modals[len(u.modals)-1] != v {
			return place{}, staleAct("view %s is not on top", in.ViewID)
		}
		return place{view: v}, nil
	}
	room, err := s.roomFor(u, in.Channel)
	if err != nil {
		return place{}, err
	}
	m := room.find(in.MessageTS, u.ID)
	if m == nil || m.deleted {
		return place{}, staleAct("%s sees no message %s there", u.Name, in.MessageTS)
	}
	return place{room: room, message: m}, nil
}

// state is what stands in the inputs of a place for one person; mu held.
func (p place) state(u *user, stale bool) values {
	if p.view != nil {
		return p.view.state
	}
	if p.message.state == nil {
		p.message.state = map[string]values{}
	}
	if p.message.state[u.ID] == nil {
		p.message.state[u.ID] = startValues(p.blocks(stale), nil, p.room.ID)
	}
	return p.message.state[u.ID]
}

// click is POST /act/click; mu held.
func (s *Server) click(in control.Click) (control.Done, error) {
	u, err := s.person(in.User)
	if err != nil {
		return control.Done{}, err
	}
	p, err := s.locate(u, in.Container)
	if err != nil {
		return control.Done{}, err
	}
	e, container, found := s.findIn(p, in)
	if !found || !visibleTo(e, u) {
		return control.Done{}, staleAct("%s sees no element %s in block %s as it is drawn now", u.Name, in.ActionID, in.BlockID)
	}
	state := p.state(u, in.Stale)
	if err := state.merge(p.blocks(in.Stale), in.State); err != nil {
		return control.Done{}, staleAct("%v", err)
	}
	action, err := s.action(e, in, state)
	if err != nil {
		return control.Done{}, staleAct("%v", err)
	}
	if e.inInput() && !asBool(e.block["dispatch_action"]) {
		return control.Done{OK: true}, nil // the value waits for the form to be sent
	}
	return s.sendClick(u, p, container, action, state), nil
}

// findIn finds the element and the container object of the payload.
func (s *Server) findIn(p place, in control.Click) (element, obj, bool) {
	if p.view != nil {
		e, found := findElement(p.blocks(in.Stale), in.BlockID, in.ActionID)
		return e, obj{"type": "view", "view_id": p.view.id}, found
	}
	container := obj{
		"type": "message", "message_ts": p.message.ts, "channel_id": p.room.ID, "is_ephemeral": p.message.onlyFor != "",
	}
	if p.message.threadTS != "" {
		container["thread_ts"] = p.message.threadTS
	}
	if e, found := findElement(p.blocks(in.Stale), in.BlockID, in.ActionID); found {
		return e, container, true
	}
	for i, at := range p.message.attachments {
		if e, found := findElement(asList(asObj(at)["blocks"]), in.BlockID, in.ActionID); found {
			container["type"], container["attachment_id"], container["is_app_unfurl"] = "message_attachment", i+1, false
			return e, container, true
		}
	}
	return element{}, nil, false
}

// visibleTo respects a button's visible_to_user_ids.
func visibleTo(e element, u *user) bool {
	only := asList(e.el["visible_to_user_ids"])
	return len(only) == 0 || slices.Contains(only, any(u.ID))
}

// action is one entry of the payload's actions; it also stores the chosen value.
func (s *Server) action(e element, in control.Click, state values) (obj, error) {
	out := obj{"type": e.kind(), "action_id": e.actionID(), "block_id": e.blockID(), "action_ts": s.ws.nextTS()}
	kind := elementKinds[e.kind()]
	switch {
	case e.kind() == "overflow":
		option, err := offered(e, in.SelectedOption)
		if err != nil {
			return nil, err
		}
		if option == nil {
			return nil, badAct("an overflow menu needs selected_option")
		}
		out["selected_option"] = option
	case kind.field == "":
		for _, key := range []string{"text", "value", "style", "confirm"} {
			if v, has := e.el[key]; has {
				out[key] = v
			}
		}
	default:
		value, err := readValue(e, in.Choice, encode(in.Choice))
		if err != nil {
			return nil, err
		}
		state.set(e.blockID(), e.actionID(), value)
		for key, v := range value {
			out[key] = v
		}
	}
	return out, nil
}

// sendClick delivers block_actions; mu held.
func (s *Server) sendClick(u *user, p place, container, action obj, state values) control.Done {
	payload := s.payloadBase("block_actions", u)
	payload["container"] = container
	payload["actions"] = []obj{action}
	t := trigger{user: u.ID}
	if p.view != nil {
		payload["view"] = p.view.api(s.ws)
		t.channel = p.view.channel
		if p.view.kind == "modal" {
			t.view = p.view
		}
	} else {
		payload["channel"] = payloadChannel(p.room)
		payload["state"] = obj{"values": state}
		payload["response_url"] = s.newHook("actions", hook{
			user: u.ID, channel: p.room.ID, source: p.message,
		})
		if p.message.onlyFor == "" {
			payload["message"] = p.message.api(s.ws, true)
		}
		t.channel = p.room.ID
	}
	payload["trigger_id"] = s.newTrigger(t)
	d := &delivery{
		kind: kindInteractive, what: "block_actions " + asString(action["action_id"]), payload: encode(payload),
		accepts: s.opts.Readings.BlockActionsTakePayload,
	}
	d.done = func(how outcome, _ json.RawMessage) {
		if how == acked || how == discarded {
			return
		}
		n := control.Notice{
			Kind: "warning_triangle", Text: sayTrouble, EnvelopeID: d.id, BlockID: asString(action["block_id"]), ActionID: asString(action["action_id"]),
		}
		if p.view != nil {
			n.ViewID = p.view.id
		} else {
			n.Channel, n.MessageTS = p.room.ID, p.message.ts
		}
		s.notify(u, n)
	}
	s.deliver(d)
	return control.Done{OK: true, EnvelopeID: d.id}
}
