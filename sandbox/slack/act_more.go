package slack

import (
	"encoding/json"
	"slices"

	"confbot/sandbox/slack/control"
)

// closeView is POST /act/close; mu held. Cancel reports the one view, the ✕ the root of the stack.
func (s *Server) closeView(in control.Closing) (control.Done, error) {
	u, err := s.person(in.User)
	if err != nil {
		return control.Done{}, err
	}
	p, err := s.locate(u, control.Container{ViewID: in.ViewID})
	if err != nil {
		return control.Done{}, err
	}
	v := p.view
	if in.ViewID == "" || v.kind != "modal" {
		return control.Done{}, badAct("only a form can be closed")
	}
	all := in.Clear || asBool(v.body["clear_on_close"])
	if all {
		v = u.modals[0]
	}
	report := asBool(v.body["notify_on_close"])
	payload := s.payloadBase("view_closed", u)
	shown := v.api(s.ws)
	shown["state"] = obj{"values": obj{}} // what was typed is not told
	payload["view"], payload["is_cleared"] = shown, all
	s.ws.pop(u, v)
	s.viewsChanged(u)
	if !report {
		return control.Done{OK: true}, nil
	}
	d := &delivery{kind: kindInteractive, what: "view_closed " + asString(v.body["callback_id"]), payload: encode(payload), done: ignored}
	s.deliver(d)
	return control.Done{OK: true, EnvelopeID: d.id}, nil
}

// ignored is for envelopes whose fate nobody sees.
func ignored(outcome, json.RawMessage) {}

// useShortcut is POST /act/shortcut; mu held.
func (s *Server) useShortcut(in control.Shortcutting) (control.Done, error) {
	u, err := s.person(in.User)
	if err != nil {
		return control.Done{}, err
	}
	all := s.ws.man.Features.Shortcuts
	at := slices.IndexFunc(all, func(c shortcut) bool { return c.CallbackID == in.CallbackID })
	if at < 0 {
		return control.Done{}, badAct("there is no shortcut %q", in.CallbackID)
	}
	if u.TeamID != s.ws.team.ID || u.Role == "guest" && all[at].Type == "global" {
		return told("This shortcut is not available to you."), nil
	}
	kind, t := "shortcut", trigger{user: u.ID}
	payload := s.payloadBase(kind, u)
	payload["callback_id"], payload["action_ts"] = in.CallbackID, s.ws.nextTS()
	if all[at].Type == "message" {
		p, err := s.locate(u, control.Container{Channel: in.Channel, MessageTS: in.MessageTS})
		if err != nil {
			return control.Done{}, err
		}
		if p.message.onlyFor != "" {
			return control.Done{}, staleAct("messages that only one person sees have no shortcuts")
		}
		kind, t.channel = "message_action", p.room.ID
		payload["type"], payload["channel"], payload["message_ts"] = kind, payloadChannel(p.room), p.message.ts
		payload["message"] = p.message.api(s.ws, true)
		payload["response_url"] = s.newHook("actions", hook{user: u.ID, channel: p.room.ID})
	}
	payload["trigger_id"] = s.newTrigger(t)
	d := &delivery{kind: kindInteractive, what: kind + " " + in.CallbackID, payload: encode(payload)}
	d.done = func(how outcome, _ json.RawMessage) {
		if how == timedOut || how == noSocket {
			s.notify(u, control.Notice{Kind: "dispatch_failed", Text: sayTrouble, EnvelopeID: d.id, Channel: in.Channel, MessageTS: in.MessageTS})
		}
	}
	s.deliver(d)
	return control.Done{OK: true, EnvelopeID: d.id}, nil
}

// openHome is POST /act/home; mu held. Slack tells the app about both tabs, each time.
func (s *Server) openHome(in control.HomeOpening) (control.Done, error) {
	u, err := s.person(in.User)
	if err != nil {
		return control.Done{}, err
	}
	home := s.ws.man.Features.AppHome
	switch {
	case in.Tab == "home" && !home.Home, in.Tab == "messages" && !home.Messages:
		return control.Done{}, staleAct("the app has no %s tab", in.Tab)
	case in.Tab != "home" && in.Tab != "messages":
		return control.Done{}, badAct("tab is home or messages")
	}
	room := s.ws.dm(u)
	event := obj{"type": "app_home_opened", "user": u.ID, "channel": room.ID, "tab": in.Tab}
	if u.home != nil && in.Tab == "home" {
		event["view"] = u.home.api(s.ws)
	}
	s.emit("app_home_opened", nil, event)
	return control.Done{OK: true}, nil
}

// suggest is POST /act/suggest; mu held. The answer comes over the channel.
func (s *Server) suggest(in control.Suggesting) (<-chan control.Suggestions, error) {
	u, err := s.person(in.User)
	if err != nil {
		return nil, err
	}
	p, err := s.locate(u, in.Container)
	if err != nil {
		return nil, err
	}
	e, container, found := s.findIn(p, control.Click{BlockID: in.BlockID, ActionID: in.ActionID})
	if !found || e.kind() != "external_select" && e.kind() != "multi_external_select" {
		return nil, staleAct("%s sees no external select %s", u.Name, in.ActionID)
	}
	least := 3
	if v, has := e.el["min_query_length"]; has {
		least = number(v)
	}
	out := make(chan control.Suggestions, 1)
	if len([]rune(in.Value)) < least {
		out <- control.Suggestions{OK: true, Options: json.RawMessage("[]")}
		return out, nil
	}
	payload := s.payloadBase("block_suggestion", u)
	payload["container"], payload["action_id"], payload["block_id"], payload["value"] = container, in.ActionID, e.blockID(), in.Value
	if p.view != nil {
		payload["view"] = p.view.api(s.ws)
	} else {
		payload["channel"] = payloadChannel(p.room)
		payload["message"] = p.message.api(s.ws, true)
	}
	d := &delivery{kind: kindInteractive, what: "block_suggestion " + in.ActionID, payload: encode(payload), accepts: true}
	d.done = func(how outcome, reply json.RawMessage) { out <- suggestions(how, reply) }
	s.deliver(d)
	return out, nil
}

// maxSuggestions is the ceiling for options and for option groups.
const maxSuggestions = 100

func suggestions(how outcome, reply json.RawMessage) control.Suggestions {
	var ack struct {
		Options []json.RawMessage `json:"options"`
		Groups  []json.RawMessage `json:"option_groups"`
	}
	if how != acked || json.Unmarshal(reply, &ack) != nil || len(ack.Options) > maxSuggestions || len(ack.Groups) > maxSuggestions {
		return control.Suggestions{Error: "trouble"}
	}
	if ack.Groups != nil {
		return control.Suggestions{OK: true, OptionGroups: encode(ack.Groups)}
	}
	if ack.Options == nil {
		ack.Options = []json.RawMessage{}
	}
	return control.Suggestions{OK: true, Options: encode(ack.Options)}
}

// viewChanged publishes a redrawn view; mu held.
func (s *Server) viewChanged(v *view) {
	if v.kind == "home" {
		shown := v.shown(s.ws)
		s.changedFor(v.user, control.Change{Kind: "home", Home: &shown})
		return
	}
	s.viewsChanged(s.ws.users[v.user])
}
