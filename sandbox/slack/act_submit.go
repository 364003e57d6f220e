package slack

import (
	"encoding/json"
	"fmt"
	"time"

	"confbot/sandbox/slack/control"
)

// submit is POST /act/submit. With mu held it sends the form; wait then delivers what came of it and may be waited for
// without the lock. wait is nil where Slack's client answers by itself.
func (s *Server) submit(in control.Submission) (now control.Submitted, wait <-chan control.Submitted, err error) {
	u, err := s.person(in.User)
	if err != nil {
		return now, nil, err
	}
	p, err := s.locate(u, control.Container{ViewID: in.ViewID})
	if err != nil {
		return now, nil, err
	}
	v := p.view
	switch {
	case in.ViewID == "" || v.kind != "modal":
		return now, nil, badAct("only a form can be submitted")
	case v.body["submit"] == nil:
		return now, nil, staleAct("this form has no button to submit it")
	case v.submitting:
		return now, nil, staleAct("this form is being sent already")
	}
	if err := v.state.merge(v.blocks, in.Values); err != nil {
		return now, nil, staleAct("%v", err)
	}
	if errs := checkInputs(v.blocks, v.state); len(errs) > 0 {
		return control.Submitted{Errors: errs}, nil, nil
	}
	return now, s.sendSubmission(u, v), nil
}

// sendSubmission delivers view_submission; mu held.
func (s *Server) sendSubmission(u *user, v *view) <-chan control.Submitted {
	payload := s.payloadBase("view_submission", u)
	payload["view"] = v.api(s.ws)
	payload["trigger_id"] = s.newTrigger(trigger{user: u.ID, channel: v.channel, view: v})
	payload["response_urls"] = s.responseURLs(u, v)
	out := make(chan control.Submitted, 1)
	v.submitting = true
	d := &delivery{kind: kindInteractive, what: "view_submission " + asString(v.body["callback_id"]), accepts: true, payload: encode(payload)}
	d.done = func(how outcome, reply json.RawMessage) {
		v.submitting = false
		result := control.Submitted{Error: "trouble"}
		if how == acked {
			var problem string
			if result, problem = s.submitted(u, v, reply); problem != "" {
				s.requests.add(s.clock.now(), control.Record{
					Kind: "ack", Method: d.what, Error: "invalid_response", Verdict: "refused: " + problem, Request: reply,
				}, time.Now())
				result = control.Submitted{Error: "trouble"}
			}
		}
		if result.Error != "" && how != discarded {
			s.notify(u, control.Notice{Kind: "trouble", Text: sayTrouble, EnvelopeID: d.id, ViewID: v.id})
		}
		out <- result
	}
	s.deliver(d)
	return out
}

// responseURLs are those of selects with response_url_enabled; mu held.
func (s *Server) responseURLs(u *user, v *view) []obj {
	out := []obj{}
	for _, e := range elements(v.blocks) {
		if !asBool(e.el["response_url_enabled"]) {
			continue
		}
		id := asString(v.state.get(e.blockID(), e.actionID())[elementKinds[e.kind()].field])
		if s.ws.rooms[id] == nil {
			continue
		}
		out = append(out, obj{
			"block_id": e.blockID(), "action_id": e.actionID(), "channel_id": id,
			"response_url": s.newHook("actions", hook{user: u.ID, channel: id}),
		})
	}
	return out
}

// submitted does what the ack of a submission says. problem is why the answer cannot be used; mu held.
func (s *Server) submitted(u *user, v *view, reply json.RawMessage) (out control.Submitted, problem string) {
	var ack struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if !isEmpty(reply) {
		if err := json.Unmarshal(reply, &ack); err != nil {
			return out, "the payload of a submission's ack has the wrong form"
		}
	}
	switch ack.Action {
	case "":
		if !isEmpty(reply) {
			return out, "a payload without response_action"
		}
		s.ws.pop(u, v)
		s.viewsChanged(u)
		return control.Submitted{OK: true}, ""
	case "clear":
		s.ws.clearModals(u)
		s.viewsChanged(u)
		return control.Submitted{OK: true, Action: "clear"}, ""
	case "errors":
		if problem := checkErrors(v, ack.Errors); problem != "" {
			return out, problem
		}
		return control.Submitted{Errors: ack.Errors, Action: "errors"}, ""
	case "update", "push":
		return s.redrawn(u, v, ack.Action, ack.View)
	}
	return out, "response_action " + ack.Action + " is not known"
}

// checkErrors holds errors to the input blocks of the form.
func checkErrors(v *view, errs map[string]string) string {
	if len(errs) == 0 {
		return "response_action errors without errors"
	}
	for id, text := range errs {
		found := false
		for _, b := range v.blocks {
			found = found || asString(asObj(b)["block_id"]) == id && asString(asObj(b)["type"]) == "input"
		}
		if !found {
			return fmt.Sprintf("errors name %q, which is no input block of this form", id)
		}
		if text == "" {
			return "an error without a text"
		}
	}
	return ""
}

// redrawn is response_action update or push; mu held.
func (s *Server) redrawn(u *user, v *view, action string, raw json.RawMessage) (out control.Submitted, problem string) {
	if isEmpty(raw) {
		return out, "response_action " + action + " without a view"
	}
	body, raw, bad := s.readView(args{"view": {json: raw}})
	if bad == nil {
		bad = modalOnly(body)
	}
	switch {
	case bad != nil:
		return out, fmt.Sprintf("the view is not valid: %s %v", bad.code, bad.messages)
	case s.ws.views[v.id] != v:
		return out, "the form has been closed meanwhile"
	case action == "push" && len(u.modals) >= maxStack:
		return out, "more than three views on top of each other"
	case s.ws.externalIDTaken(asString(body["external_id"]), v):
		return out, "duplicate_external_id"
	}
	if action == "push" {
		v = s.stack(u, body, raw, v.channel)
	} else {
		s.ws.draw(v, body, raw)
		s.viewsChanged(u)
	}
	shown := v.shown(s.ws)
	return control.Submitted{OK: true, Action: action, View: &shown}, ""
}
