package slack

import (
	"slices"
	"time"

	"confbot/sandbox/slack/control"
)

func setIf[T any](field *T, value *T) {
	if value != nil {
		*field = *value
	}
}

// changeUser is POST /users; mu held.
func (s *Server) changeUser(in control.UserChange) (control.User, error) {
	if in.ID == "" {
		return control.User{}, badAct("a user needs an id")
	}
	if in.Role != nil && !slices.Contains([]string{"owner", "admin", "member", "guest", "external"}, *in.Role) {
		return control.User{}, badAct("role %q is not known", *in.Role)
	}
	if in.TZ != nil {
		if _, err := time.LoadLocation(*in.TZ); err != nil {
			return control.User{}, badAct("time zone %q is not known", *in.TZ)
		}
	}
	u := s.ws.users[in.ID]
	if u == nil {
		if in.Name == nil || in.RealName == nil {
			return control.User{}, badAct("a new user needs name and real_name")
		}
		u = s.ws.addUser(SeedUser{ID: in.ID, Role: "member"})
		s.ws.people = append(s.ws.people, in.ID)
	}
	for _, f := range []struct{ field, value *string }{
		{&u.Name, in.Name},
		{&u.RealName, in.RealName},
		{&u.Role, in.Role},
		{&u.TZ, in.TZ},
		{&u.Email, in.Email},
		{&u.Phone, in.Phone},
		{&u.TeamID, in.TeamID},
	} {
		setIf(f.field, f.value)
	}
	setIf(&u.Deactivated, in.Deactivated)
	s.ws.forgetSeers()
	if u.TeamID == s.ws.team.ID {
		s.ws.dm(u)
	}
	s.changed(control.Change{Kind: "user", User: u.ID})
	return s.ws.shownUser(u, s.clock.now()), nil
}

// changeChannel is POST /channels; mu held.
func (s *Server) changeChannel(in control.ChannelChange) (control.Done, error) {
	if in.ID == "" {
		return control.Done{}, badAct("a channel needs an id")
	}
	if in.Kind != nil && *in.Kind != "public" && *in.Kind != "private" {
		return control.Done{}, badAct("kind is public or private")
	}
	room := s.ws.rooms[in.ID]
	if room == nil {
		if in.Name == nil {
			return control.Done{}, badAct("a new channel needs a name")
		}
		room = s.ws.addChannel(SeedChannel{ID: in.ID, Name: *in.Name})
	}
	renamed := in.Name != nil && *in.Name != room.Name
	archived := in.Archived != nil && *in.Archived != room.Archived
	shared := in.Shared != nil && *in.Shared != room.Shared
	setIf(&room.Name, in.Name)
	setIf(&room.Kind, in.Kind)
	setIf(&room.Archived, in.Archived)
	setIf(&room.ReadOnly, in.ReadOnly)
	setIf(&room.ThreadOnly, in.ThreadOnly)
	setIf(&room.NonThreadable, in.NonThreadable)
	setIf(&room.Shared, in.Shared)
	setIf(&room.deleted, in.Deleted)
	setIf(&room.NumMembers, in.NumMembers)
	if err := s.setMembers(room, in.Members); err != nil {
		return control.Done{}, err
	}
	if in.NumMembers != nil {
		s.ws.fillCrowd(room)
	}
	room.seen = nil
	s.emitChannel(room, renamed, archived, in.Deleted != nil && *in.Deleted)
	if shared {
		s.emitShared(room)
	}
	s.channelChanged(room)
	return control.Done{OK: true}, nil
}

// setMembers replaces the people in a channel, one join and one leave at a time so that the app hears of them.
func (s *Server) setMembers(room *channel, ids []string) error {
	if ids == nil {
		return nil
	}
	for _, id := range ids {
		if s.ws.users[id] == nil {
			return badAct("there is nobody %q", id)
		}
	}
	for _, id := range slices.Clone(room.members) {
		if !slices.Contains(ids, id) {
			s.removeMember(room, id)
		}
	}
	for _, id := range ids {
		s.addMember(room, id, "")
	}
	return nil
}

// emitChannel tells the app what became of a channel; for private ones the events are called group_….
func (s *Server) emitChannel(room *channel, renamed, archived, deleted bool) {
	prefix := "channel_"
	if room.Kind == "private" {
		prefix = "group_"
		if !room.memberSet[s.ws.bot.UserID] {
			return
		}
	}
	if renamed {
		s.emit(prefix+"rename", room, obj{"type": prefix + "rename", "channel": obj{
			"id": room.ID, "name": room.Name, "created": room.created.Unix(),
		}})
	}
	if archived {
		kind := prefix + "unarchive"
		if room.Archived {
			kind = prefix + "archive"
		}
		s.emit(kind, room, obj{"type": kind, "channel": room.ID, "user": s.ws.people[0]})
	}
	if deleted {
		s.emit(prefix+"deleted", room, obj{"type": prefix + "deleted", "channel": room.ID})
	}
}

// emitShared tells the app that another organisation came into a channel, or left it.
func (s *Server) emitShared(room *channel) {
	if room.Kind == "private" && !room.memberSet[s.ws.bot.UserID] {
		return
	}
	if room.Shared {
		s.emit("channel_shared", room, obj{"type": "channel_shared", "channel": room.ID, "connected_team_id": partnerTeam})
		return
	}
	s.emit("channel_unshared", room, obj{
		"type": "channel_unshared", "channel": room.ID, "previously_connected_team_id": partnerTeam, "is_ext_shared": false,
	})
}

// partnerTeam is the seed's other organisation.
const partnerTeam = "T0PARTNER1"
