package slack

import (
	"fmt"
	"net/http"

	"confbot/sandbox/slack/control"
)

// actError is misuse of the control API: what it asks for is nothing a person could do.
type actError struct {
	status int
	text   string
}

func (e *actError) Error() string { return e.text }

func badAct(format string, a ...any) error {
	return &actError{http.StatusBadRequest, fmt.Sprintf(format, a...)}
}

// staleAct is for what is not on the person's screen (any more).
func staleAct(format string, a ...any) error {
	return &actError{http.StatusConflict, fmt.Sprintf(format, a...)}
}

// person finds who acts; mu held.
func (s *Server) person(id string) (*user, error) {
	u := s.ws.users[id]
	switch {
	case u == nil || u.isBot:
		return nil, badAct("there is no person %q", id)
	case u.Deactivated:
		return nil, badAct("%s is deactivated", u.Name)
	}
	return u, nil
}

// roomFor finds a channel that a person sees; mu held.
func (s *Server) roomFor(u *user, id string) (*channel, error) {
	room := s.ws.rooms[id]
	if !s.ws.sees(u.ID, room) {
		return nil, badAct("%s sees no channel %q", u.Name, id)
	}
	return room, nil
}

// told is the answer of Slack's own client.
func told(text string) control.Done { return control.Done{Error: text} }

// payloadBase is what every interactive payload starts with; mu held.
func (s *Server) payloadBase(kind string, u *user) obj {
	return obj{
		"type": kind, "user": s.payloadUser(u), "team": obj{"id": s.ws.team.ID, "domain": s.ws.team.Domain}, "enterprise": nil,
		"is_enterprise_install": false, "api_app_id": s.ws.bot.AppID, "token": "sandbox-verification",
	}
}

func (s *Server) payloadUser(u *user) obj {
	return obj{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": u.TeamID}
}

// payloadChannel names a conversation as payloads do: DMs and private channels by Slack's old words for them.
func payloadChannel(room *channel) obj { return obj{"id": room.ID, "name": payloadName(room)} }

func payloadName(room *channel) string {
	switch room.Kind {
	case kindIM:
		return "directmessage"
	case "private":
		return "privategroup"
	}
	return room.Name
}
