package slack

func apiTest(c *call) (obj, *apiError) {
	if c.args.has("error") {
		return nil, &apiError{code: c.args.str("error"), more: obj{"args": c.args.logged()}}
	}
	return obj{"args": c.args.logged()}, nil
}

func authTest(c *call) (obj, *apiError) {
	bot := c.ws.users[c.ws.bot.UserID]
	return obj{
		"url": "https://" + c.ws.team.Domain + ".slack.com/", "team": c.ws.team.Name, "user": bot.Name, "team_id": c.ws.team.ID,
		"user_id": bot.ID, "bot_id": c.ws.bot.BotID, "is_enterprise_install": false,
	}, nil
}

func botsInfo(c *call) (obj, *apiError) {
	if id := c.args.str("bot"); id != "" && id != c.ws.bot.BotID {
		return nil, refuse("bot_not_found")
	}
	bot := c.ws.botProfile()
	bot["updated"] = c.clock.now().Unix()
	return obj{"bot": bot}, nil
}

func teamInfo(c *call) (obj, *apiError) {
	return obj{"team": obj{
		"id": c.ws.team.ID, "name": c.ws.team.Name, "domain": c.ws.team.Domain, "url": "https://" + c.ws.team.Domain + ".slack.com/",
		"email_domain": "", "icon": obj{"image_default": true},
	}}, nil
}

func bookmarksAdd(c *call) (obj, *apiError) {
	room, err := c.botSees(c.args.str("channel_id"))
	if err != nil {
		return nil, err
	}
	switch {
	case !room.memberSet[c.ws.bot.UserID]:
		return nil, refuse("not_in_channel")
	case !c.args.has("title"):
		return nil, missing("title")
	case c.args.str("type") != "link":
		return nil, refuse("invalid_bookmark_type")
	case !c.args.has("link"):
		return nil, refuse("invalid_link")
	case len(room.bookmarks) >= 100:
		return nil, refuse("too_many_bookmarks")
	}
	mark := obj{
		"id": objectID("Bk"), "channel_id": room.ID, "title": c.args.str("title"), "link": c.args.str("link"), "emoji": c.args.str("emoji"),
		"type": "link", "date_created": c.clock.now().Unix(), "last_updated_by_user_id": c.ws.bot.UserID, "app_id": c.ws.bot.AppID,
	}
	room.bookmarks = append(room.bookmarks, mark)
	return obj{"bookmark": mark}, nil
}

func pinsAdd(c *call) (obj, *apiError) {
	room, err := c.botSees(c.args.str("channel"))
	if err != nil {
		return nil, err
	}
	ts := c.args.str("timestamp")
	m := room.byTS[ts]
	switch {
	case ts == "":
		return nil, refuse("no_item_specified")
	case !room.memberSet[c.ws.bot.UserID]:
		return nil, refuse("not_in_channel")
	case m == nil:
		return nil, refuse("message_not_found")
	case m.subtype == tombstone:
		return nil, refuse("not_pinnable")
	}
	for _, pinned := range room.pins {
		if pinned == ts {
			return nil, refuse("already_pinned")
		}
	}
	room.pins = append(room.pins, ts)
	return nil, nil
}
