package slack

import (
	"slices"
	"strings"
)

// scopeFor names the scope that reading or listing this kind of conversation needs.
func scopeFor(room *channel, what string) string {
	switch room.Kind {
	case "private":
		return "groups:" + what
	case kindIM:
		return "im:" + what
	default:
		return "channels:" + what
	}
}

// readable finds a conversation and checks the scope for its kind.
func (c *call) readable(what string) (*channel, *apiError) {
	id := c.args.str("channel")
	if id == "" {
		return nil, missing("channel")
	}
	room := c.ws.rooms[id]
	if room == nil || room.deleted || room.Kind != "public" && !room.memberSet[c.ws.bot.UserID] {
		return nil, refuse("channel_not_found")
	}
	if err := c.needScope(scopeFor(room, what)); err != nil {
		return nil, err
	}
	return room, nil
}

// apiChannel is a conversation object.
func (c *call) apiChannel(room *channel) obj {
	if room.Kind == kindIM {
		return obj{
			"id": room.ID, "created": room.created.Unix(), "is_im": true, "is_org_shared": false, "user": room.imUser,
			"is_archived": room.Archived, "is_user_deleted": c.ws.users[room.imUser].Deactivated, "context_team_id": c.ws.team.ID, "priority": 0,
		}
	}
	private := room.Kind == "private"
	return obj{
		"id": room.ID, "name": room.Name, "name_normalized": room.Name, "is_channel": !private, "is_group": false, "is_im": false,
		"is_mpim": false, "is_private": private, "is_archived": room.Archived, "is_general": room.Name == "general",
		"is_member": room.memberSet[c.ws.bot.UserID], "is_shared": room.Shared, "is_ext_shared": room.Shared, "is_org_shared": false,
		"is_pending_ext_shared": false, "pending_shared": []string{}, "pending_connected_team_ids": []string{}, "parent_conversation": nil,
		"is_read_only": room.ReadOnly, "is_thread_only": room.ThreadOnly, "is_non_threadable": room.NonThreadable,
		"created": room.created.Unix(), "updated": room.created.UnixMilli(), "creator": c.creator(room), "unlinked": 0,
		"context_team_id": c.ws.team.ID, "shared_team_ids": c.teamsOf(room), "previous_names": []string{},
		"topic": obj{"value": "", "creator": "", "last_set": 0}, "purpose": obj{"value": "", "creator": "", "last_set": 0},
	}
}

func (c *call) creator(room *channel) string {
	if len(room.members) == 0 {
		return ""
	}
	return room.members[0]
}

func (c *call) teamsOf(room *channel) []string {
	teams := []string{c.ws.team.ID}
	for _, id := range room.members {
		if u := c.ws.users[id]; u != nil && !slices.Contains(teams, u.TeamID) {
			teams = append(teams, u.TeamID)
		}
	}
	return teams
}

func conversationsInfo(c *call) (obj, *apiError) {
	room, err := c.readable("read")
	if err != nil {
		return nil, err
	}
	out := c.apiChannel(room)
	if c.args.flag("include_num_members") && room.Kind != kindIM {
		out["num_members"] = c.ws.numMembers(room)
	}
	return obj{"channel": out}, nil
}

func conversationsList(c *call) (obj, *apiError) {
	kinds := c.args.list("types")
	if len(kinds) == 0 {
		kinds = []string{"public_channel"}
	}
	names := map[string]string{"public_channel": "public", "private_channel": "private", "im": kindIM, "mpim": "mpim"}
	scopes := map[string]string{"public": "channels:read", "private": "groups:read", kindIM: "im:read", "mpim": "mpim:read"}
	wanted := map[string]bool{}
	for _, k := range kinds {
		kind, known := names[k]
		if !known {
			return nil, refuse("invalid_types")
		}
		if err := c.needScope(scopes[kind]); err != nil {
			return nil, err
		}
		wanted[kind] = true
	}
	rows := []obj{}
	for _, id := range c.ws.order {
		room := c.ws.rooms[id]
		hidden := room.Kind != "public" && !room.memberSet[c.ws.bot.UserID]
		if room.deleted || hidden || !wanted[room.Kind] || room.Archived && c.args.flag("exclude_archived") {
			continue
		}
		row := c.apiChannel(room)
		if room.Kind != kindIM {
			row["num_members"] = c.ws.numMembers(room)
		}
		rows = append(rows, row)
	}
	page, next, err := paginate(c.args, rows, 100, 1000)
	if err != nil {
		return nil, err
	}
	return obj{"channels": page, "response_metadata": obj{"next_cursor": next}}, nil
}

func conversationsMembers(c *call) (obj, *apiError) {
	room, err := c.readable("read")
	if err != nil {
		return nil, err
	}
	page, next, err := paginate(c.args, room.members, 100, 1000)
	if err != nil {
		return nil, err
	}
	return obj{"members": append([]string{}, page...), "response_metadata": obj{"next_cursor": next}}, nil
}

func conversationsJoin(c *call) (obj, *apiError) {
	room := c.ws.rooms[c.args.str("channel")]
	switch {
	case room == nil || room.deleted || room.Kind == "private" && !room.memberSet[c.ws.bot.UserID]:
		return nil, refuse("channel_not_found")
	case room.Kind != "public":
		return nil, refuse("method_not_supported_for_channel_type")
	case room.Archived:
		return nil, refuse("is_archived")
	}
	out := obj{}
	if !c.addMember(room, c.ws.bot.UserID, "") {
		out["warning"] = "already_in_channel"
		out["response_metadata"] = obj{"warnings": []string{"already_in_channel"}}
	}
	out["channel"] = c.apiChannel(room)
	return out, nil
}

func conversationsOpen(c *call) (obj, *apiError) {
	if err := c.needScope("im:write"); err != nil {
		return nil, err
	}
	if room := c.ws.rooms[c.args.str("channel")]; room != nil && room.Kind == kindIM {
		return obj{"channel": obj{"id": room.ID}, "no_op": true, "already_open": true}, nil
	}
	users := c.args.list("users")
	switch {
	case len(users) == 0:
		return nil, refuse("users_list_not_supplied")
	case len(users) > 8:
		return nil, refuse("too_many_users")
	case len(users) > 1:
		return nil, c.needScopeOr("mpim:write", "not_supported")
	}
	u := c.ws.users[users[0]]
	switch {
	case u == nil || strings.HasPrefix(users[0], "B"):
		return nil, refuse("user_not_found")
	case u.isBot:
		return nil, refuse("cannot_dm_bot")
	case u.Deactivated:
		return nil, refuse("user_disabled")
	case u.TeamID != c.ws.team.ID:
		return nil, refuse("user_not_visible")
	}
	opened := u.dm == ""
	room := c.ws.dm(u)
	if opened {
		c.channelChanged(room)
	}
	out := obj{"id": room.ID}
	if c.args.flag("return_im") {
		out = c.apiChannel(room)
	}
	return obj{"channel": out, "no_op": !opened, "already_open": !opened}, nil
}

// needScopeOr says that the scope is missing or, where it is granted, that this sandbox has no such thing.
func (c *call) needScopeOr(scope, code string) *apiError {
	if err := c.needScope(scope); err != nil {
		return err
	}
	return refuse(code)
}
