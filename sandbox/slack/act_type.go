package slack

import (
	"encoding/json"
	"slices"
	"strings"

	"confbot/sandbox/slack/control"
)

// typeText is POST /act/type; mu held.
func (s *Server) typeText(in control.Typed) (control.Done, error) {
	u, err := s.person(in.User)
	if err != nil {
		return control.Done{}, err
	}
	room, err := s.roomFor(u, in.Channel)
	if err != nil {
		return control.Done{}, err
	}
	if refusal := s.mayType(u, room); refusal != "" {
		return told(refusal), nil
	}
	if in.ThreadTS != "" && (room.byTS[in.ThreadTS] == nil || room.NonThreadable) {
		return control.Done{}, badAct("there is no thread %s in this channel", in.ThreadTS)
	}
	if strings.TrimSpace(in.Text) == "" {
		return control.Done{}, badAct("there is nothing to send")
	}
	if strings.HasPrefix(in.Text, "/") {
		return s.typeCommand(u, room, in), nil
	}
	m := &message{
		channel: room.ID, ts: s.ws.nextTS(), threadTS: in.ThreadTS, user: u.ID, text: s.ws.escapeMessage(in.Text), clientID: uuid(),
	}
	room.readTo[u.ID] = m.ts
	s.publish(m)
	return control.Done{OK: true, TS: m.ts}, nil
}

// mayType says why a person has no composer in this channel, or nothing.
func (s *Server) mayType(u *user, room *channel) string {
	home := s.ws.man.Features.AppHome
	switch {
	case !room.memberSet[u.ID]:
		return "Join this channel to write here."
	case room.Archived:
		return "This channel is archived."
	case room.Kind == kindIM && (!home.Messages || home.ReadOnly):
		return sayMessagesOff
	case room.ReadOnly && u.Role != "owner" && u.Role != "admin":
		return "Only some people can post in this channel."
	}
	return ""
}

func (s *Server) typeCommand(u *user, room *channel, in control.Typed) control.Done {
	name, text := in.Text, ""
	if at := strings.IndexAny(in.Text, " \n\t"); at >= 0 {
		name, text = in.Text[:at], strings.TrimRight(in.Text[at+1:], " \n\t")
	}
	commands := s.ws.man.Features.Commands
	at := slices.IndexFunc(commands, func(c command) bool { return c.Command == strings.ToLower(name) })
	outsider := u.TeamID != s.ws.team.ID && !s.opts.Readings.ExternalCommands
	switch {
	case at < 0 || outsider:
		return told(sayNoCommand(name))
	case in.ThreadTS != "":
		return told(sayNotInThreads(name))
	}
	if commands[at].ShouldEscape {
		text = s.escapeSlash(text)
	} else {
		text = s.ws.unresolve(text)
	}
	h := hook{user: u.ID, channel: room.ID}
	payload := obj{
		"token": "sandbox-verification", "team_id": u.TeamID, "team_domain": s.ws.team.Domain, "channel_id": room.ID,
		"channel_name": payloadName(room), "user_id": u.ID, "user_name": u.Name, "command": commands[at].Command, "text": text,
		"api_app_id": s.ws.bot.AppID, "is_enterprise_install": false, "response_url": s.newHook("commands", h),
		"trigger_id": s.newTrigger(trigger{user: u.ID, channel: room.ID}),
	}
	if s.opts.Readings.EnterpriseInstallString {
		payload["is_enterprise_install"] = "false"
	}
	d := &delivery{kind: kindSlash, what: commands[at].Command, accepts: true, payload: encode(payload)}
	d.done = func(how outcome, reply json.RawMessage) { s.commandDone(u, h, in, d.id, how, reply) }
	s.deliver(d)
	return control.Done{OK: true, EnvelopeID: d.id}
}

// commandDone is the fate of a command; mu held.
func (s *Server) commandDone(u *user, h hook, in control.Typed, envelopeID string, how outcome, reply json.RawMessage) {
	name, _, _ := strings.Cut(in.Text, " ")
	n := control.Notice{Command: name, Channel: h.channel, EnvelopeID: envelopeID}
	switch how {
	case discarded:
		return
	case noSocket:
		n.Kind, n.Text = "dispatch_failed", sayCommandFailed(name, "dispatch_failed")
	case timedOut:
		n.Kind, n.Text = "operation_timeout", sayCommandFailed(name, "operation_timeout")
	default:
		bad := s.ackMessage(u, h, in, reply)
		if bad == nil {
			return
		}
		s.log.Debug("slash ack refused", "error", bad.code)
		n.Kind, n.Text = "trouble", sayCommandFailed(name, bad.code)
	}
	s.notify(u, n)
}

// ackMessage posts what an ack carried; mu held.
func (s *Server) ackMessage(u *user, h hook, in control.Typed, reply json.RawMessage) *apiError {
	if isEmpty(reply) {
		return nil
	}
	a := args{}
	if err := a.fromJSON(reply); err != nil {
		return err
	}
	if a.str("response_type") == "in_channel" {
		s.publish(&message{channel: h.channel, ts: s.ws.nextTS(), user: u.ID, text: escapeEntities(in.Text)})
	}
	if !a.has("text") && !a.has("blocks") && !a.has("attachments") {
		return nil
	}
	return s.respond(&h, a)
}
