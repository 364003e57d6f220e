package slack

import (
	"encoding/json"
	"slices"
	"time"
)

// retryDelays are the waits before an event is sent again: almost at once, then a minute, then five
// (docs.slack.dev/apis/events-api).
var retryDelays = [...]time.Duration{0, time.Minute, 5 * time.Minute}

// eventScopes are the scopes without which Slack's configuration page would not let an app subscribe.
var eventScopes = map[string][]string{
	"app_mention":           {"app_mentions:read"},
	"message.channels":      {"channels:history"},
	"message.groups":        {"groups:history"},
	"message.im":            {"im:history"},
	"member_joined_channel": {"channels:read", "groups:read"},
	"member_left_channel":   {"channels:read", "groups:read"},
	"channel_archive":       {"channels:read"},
	"channel_unarchive":     {"channels:read"},
	"channel_deleted":       {"channels:read"},
	"channel_rename":        {"channels:read"},
	"channel_created":       {"channels:read"},
	"channel_left":          {"channels:read"},
	"group_left":            {"groups:read"},
	"group_archive":         {"groups:read"},
	"group_deleted":         {"groups:read"},
	"channel_shared":        {"channels:read", "groups:read"},
	"channel_unshared":      {"channels:read", "groups:read"},
	"team_join":             {"users:read"},
	"user_change":           {"users:read"},
	"subteam_updated":       {"usergroups:read"},
}

// emit sends an event if the manifest subscribes to it and its scopes allow; mu held. name is the subscription, which for
// messages differs from the event's type.
func (s *Server) emit(name string, room *channel, event obj) {
	if !s.ws.man.subscribed(name) {
		return
	}
	scopes := eventScopes[name]
	if len(scopes) > 0 && !slices.ContainsFunc(scopes, s.ws.man.scope) {
		return
	}
	now := s.clock.now()
	if _, has := event["event_ts"]; !has {
		event["event_ts"] = s.ws.nextTS()
	}
	payload := encode(obj{
		"token": "sandbox-verification", "team_id": s.ws.team.ID, "context_team_id": s.ws.team.ID, "context_enterprise_id": nil,
		"api_app_id": s.ws.bot.AppID, "type": "event_callback", "event_id": objectID("Ev"), "event_time": now.Unix(), "event": event,
		"authorizations": []obj{{
			"enterprise_id": nil, "team_id": s.ws.team.ID, "user_id": s.ws.bot.UserID, "is_bot": true, "is_enterprise_install": false,
		}},
		"is_ext_shared_channel": room != nil && room.Shared, "event_context": "4-" + secret(20),
	})
	s.sendEvent(asString(event["type"]), payload, 0, "", "")
}

// sendEvent is one attempt; mu held. An attempt fails when it is not acked in time or there is no connection.
func (s *Server) sendEvent(what string, payload json.RawMessage, attempt int, reason, id string) {
	d := &delivery{kind: kindEvents, what: what, payload: payload, retry: attempt, reason: reason}
	if s.opts.Readings.SameEnvelopeID {
		d.id = id
	}
	generation := s.generation
	d.done = func(how outcome, _ json.RawMessage) {
		if how == acked || how == discarded || attempt >= len(retryDelays) {
			return
		}
		s.clock.after(retryDelays[attempt], func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			if generation == s.generation {
				s.sendEvent(what, payload, attempt+1, "timeout", d.id)
			}
		})
	}
	s.deliver(d)
}

// emitMessage turns a public message into the events that the app asked for; mu held.
func (s *Server) emitMessage(m *message) {
	if m.onlyFor != "" || m.hidden {
		return
	}
	room := s.ws.rooms[m.channel]
	inside := room.memberSet[s.ws.bot.UserID]
	event := func(kind string) obj {
		e := m.api(s.ws, true)
		e["type"], e["channel"], e["event_ts"] = kind, m.channel, m.ts
		if m.threadTS != "" && m.threadTS != m.ts && room.byTS[m.threadTS] != nil {
			e["parent_user_id"] = room.byTS[m.threadTS].user
		}
		return e
	}
	if inside {
		names := map[string]string{"public": "message.channels", "private": "message.groups", kindIM: "message.im"}
		types := map[string]string{"public": "channel", "private": "group", kindIM: "im"}
		e := event("message")
		e["channel_type"] = types[room.Kind]
		s.emit(names[room.Kind], room, e)
	}
	mayHear := inside || room.Kind == "public" && s.opts.Readings.MentionsWithoutMembership
	if m.botID == "" && room.Kind != kindIM && mayHear && mentions(m.text, s.ws.bot.UserID) {
		s.emit("app_mention", room, event("app_mention"))
	}
}
