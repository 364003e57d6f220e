package slack

import "confbot/sandbox/slack/control"

// addMember puts somebody into a channel; mu held. False when they were in it already.
func (s *Server) addMember(room *channel, id, inviter string) bool {
	if !room.add(id) {
		return false
	}
	event := obj{
		"type": "member_joined_channel", "user": id, "channel": room.ID, "channel_type": channelLetter(room), "team": s.ws.team.ID,
	}
	if inviter != "" {
		event["inviter"] = inviter
	}
	if room.memberSet[s.ws.bot.UserID] {
		s.emit("member_joined_channel", room, event)
	}
	s.channelChanged(room)
	return true
}

// removeMember takes somebody out; mu held. The bot itself hears of its own removal by channel_left or group_left.
func (s *Server) removeMember(room *channel, id string) {
	botIn := room.memberSet[s.ws.bot.UserID]
	if !room.remove(id) {
		return
	}
	if id == s.ws.bot.UserID {
		kind := "channel_left"
		if room.Kind == "private" {
			kind = "group_left"
		}
		s.emit(kind, room, obj{"type": kind, "channel": room.ID, "actor_id": ""})
	}
	if botIn {
		s.emit("member_left_channel", room, obj{
			"type": "member_left_channel", "user": id, "channel": room.ID, "channel_type": channelLetter(room), "team": s.ws.team.ID,
		})
	}
	s.channelChanged(room)
}

func channelLetter(room *channel) string {
	if room.Kind == "private" {
		return "G"
	}
	return "C"
}

func (s *Server) channelChanged(room *channel) {
	s.changed(control.Change{Kind: "channel", Channel: room.ID})
}

// member is POST /act/join, leave, invite and kick; mu held.
func (s *Server) member(what string, in control.Membership) (control.Done, error) {
	u := s.ws.users[in.User]
	room := s.ws.rooms[in.Channel]
	switch {
	case u == nil:
		return control.Done{}, badAct("there is nobody %q", in.User)
	case room == nil || room.deleted || room.Kind == kindIM:
		return control.Done{}, badAct("there is no channel %q", in.Channel)
	case what == "join" && !u.isBot && !s.ws.sees(u.ID, room):
		return control.Done{}, badAct("%s sees no channel %q", u.Name, in.Channel)
	case room.Archived:
		return told("This channel is archived."), nil
	}
	switch what {
	case "join", "invite":
		s.addMember(room, u.ID, "")
	default:
		s.removeMember(room, u.ID)
	}
	return control.Done{OK: true}, nil
}

// markRead is POST /act/read; mu held.
func (s *Server) markRead(in control.Membership) (control.Done, error) {
	u, err := s.person(in.User)
	if err != nil {
		return control.Done{}, err
	}
	room, err := s.roomFor(u, in.Channel)
	if err != nil {
		return control.Done{}, err
	}
	if n := len(room.msgs); n > 0 {
		room.readTo[u.ID] = room.msgs[n-1].ts
	}
	s.changedFor(u.ID, control.Change{Kind: "read", Channel: room.ID})
	return control.Done{OK: true}, nil
}

// reload is POST /act/reload; mu held. Slack's client forgets what only it had: private messages, notices, chosen values.
func (s *Server) reload(in control.Reloading) (control.Done, error) {
	u, err := s.person(in.User)
	if err != nil {
		return control.Done{}, err
	}
	for _, room := range s.ws.rooms {
		delete(room.ephemerals, u.ID)
		for _, m := range room.msgs {
			delete(m.state, u.ID)
		}
	}
	u.notices = newRing[control.Notice](maxNotices)
	s.ws.clearModals(u)
	s.changedFor(u.ID, control.Change{Kind: "reload"})
	return control.Done{OK: true}, nil
}
