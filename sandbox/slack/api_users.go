package slack

import (
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // the sandbox knows every zone also where the machine has none
)

// zone is what Slack says about a person's time zone.
func zone(name string, now time.Time) (label string, offset int) {
	loc, err := time.LoadLocation(name)
	if err != nil {
		loc = time.UTC
	}
	label, offset = now.In(loc).Zone()
	if long, ok := zoneLabels[label]; ok {
		label = long
	}
	return label, offset
}

// zoneLabels are the names that Slack shows for common abbreviations.
var zoneLabels = map[string]string{
	"CET": "Central European Time", "CEST": "Central European Summer Time", "EST": "Eastern Standard Time", "EDT": "Eastern Daylight Time",
	"PST": "Pacific Standard Time", "PDT": "Pacific Daylight Time", "GMT": "Greenwich Mean Time", "BST": "British Summer Time",
	"IST": "India Standard Time", "JST": "Japan Standard Time", "EET": "Eastern European Time", "EEST": "Eastern European Summer Time",
	"UTC": "Coordinated Universal Time",
}

var colours = []string{"9f69e7", "4bbe2e", "e7392d", "3c989f", "674b1b", "e96699", "e0a729", "684b6c", "5b89d5", "2b6836", "99a949", "df3dc0"}

// colour is stable for an id.
func colour(id string) string {
	sum := 0
	for _, c := range id {
		sum += int(c)
	}
	return colours[sum%len(colours)]
}

func (c *call) apiUser(u *user) obj {
	now := c.clock.now()
	label, offset := zone(u.TZ, now)
	external := u.TeamID != c.ws.team.ID
	o := obj{
		"id": u.ID, "team_id": u.TeamID, "name": u.Name, "deleted": u.Deactivated, "color": colour(u.ID), "real_name": u.RealName,
		"tz": u.TZ, "tz_label": label, "tz_offset": offset, "profile": c.apiProfile(u), "is_bot": u.isBot, "is_app_user": false,
		"updated": now.Unix(), "is_email_confirmed": true, "who_can_share_contact_card": "EVERYONE",
	}
	if external {
		o["is_stranger"] = true
		return o
	}
	o["is_admin"] = u.Role == "admin" || u.Role == "owner"
	o["is_owner"] = u.Role == "owner"
	o["is_primary_owner"] = u.Role == "owner"
	o["is_restricted"] = u.Role == "guest"
	o["is_ultra_restricted"] = false
	return o
}

func (c *call) apiProfile(u *user) obj {
	first, last, _ := strings.Cut(u.RealName, " ")
	p := obj{
		"real_name": u.RealName, "real_name_normalized": u.RealName, "display_name": first, "display_name_normalized": first,
		"first_name": first, "last_name": last, "title": "", "phone": u.Phone, "skype": "", "status_text": "", "status_emoji": "",
		"team": u.TeamID, "avatar_hash": "",
	}
	if u.isBot {
		p["bot_id"], p["api_app_id"] = c.ws.bot.BotID, c.ws.bot.AppID
	}
	if u.Email != "" && c.ws.man.scope("users:read.email") {
		p["email"] = u.Email
	}
	return p
}

// visible tells whether the bot can know a person: those of the workspace, and external ones it shares a channel with.
func (c *call) visible(u *user) bool {
	if u.TeamID == c.ws.team.ID {
		return true
	}
	for _, room := range c.ws.rooms {
		if room.memberSet[u.ID] && room.memberSet[c.ws.bot.UserID] {
			return true
		}
	}
	return false
}

func usersInfo(c *call) (obj, *apiError) {
	if !c.args.has("user") {
		return nil, missing("user")
	}
	u := c.ws.users[c.args.str("user")]
	switch {
	case u == nil:
		return nil, refuse("user_not_found")
	case !c.visible(u):
		return nil, refuse("user_not_visible")
	}
	return obj{"user": c.apiUser(u)}, nil
}

func usersList(c *call) (obj, *apiError) {
	ids := append([]string{c.ws.bot.UserID}, c.ws.people...)
	ids = append(ids, c.ws.crowd...)
	rows := make([]obj, 0, len(ids))
	for _, id := range ids {
		if u := c.ws.users[id]; c.visible(u) {
			rows = append(rows, c.apiUser(u))
		}
	}
	page, next, err := paginate(c.args, rows, len(rows), 1000)
	if err != nil {
		return nil, err
	}
	return obj{"members": page, "cache_ts": c.clock.now().Unix(), "response_metadata": obj{"next_cursor": next}}, nil
}

func usersLookup(c *call) (obj, *apiError) {
	if !c.args.has("email") {
		return nil, missing("email")
	}
	for _, u := range c.ws.users {
		if u.Email != "" && strings.EqualFold(u.Email, c.args.str("email")) && !u.Deactivated {
			return obj{"user": c.apiUser(u)}, nil
		}
	}
	return nil, refuse("users_not_found")
}

func usersProfile(c *call) (obj, *apiError) {
	id := c.args.str("user")
	if id == "" {
		id = c.ws.bot.UserID
	}
	u := c.ws.users[id]
	if u == nil || !c.visible(u) {
		return nil, refuse("user_not_found")
	}
	return obj{"profile": c.apiProfile(u)}, nil
}

func (c *call) apiGroup(g SeedGroup) obj {
	return obj{
		"id": g.ID, "team_id": c.ws.team.ID, "is_usergroup": true, "name": g.Name, "handle": g.Handle, "description": "",
		"is_external": false, "date_delete": 0, "users": g.Users, "user_count": len(g.Users), "prefs": obj{"channels": []string{}, "groups": []string{}},
	}
}

func usergroupsList(c *call) (obj, *apiError) {
	rows := make([]obj, 0, len(c.ws.groups))
	for _, g := range c.ws.groups {
		row := c.apiGroup(g)
		if !c.args.flag("include_users") {
			delete(row, "users")
		}
		rows = append(rows, row)
	}
	return obj{"usergroups": rows}, nil
}

func usergroupsUsers(c *call) (obj, *apiError) {
	at := slices.IndexFunc(c.ws.groups, func(g SeedGroup) bool { return g.ID == c.args.str("usergroup") })
	if at < 0 {
		return nil, refuse("no_such_subteam")
	}
	return obj{"users": c.ws.groups[at].Users}, nil
}
