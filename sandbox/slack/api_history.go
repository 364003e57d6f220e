package slack

import "slices"

// bounds reads the range of a history call: oldest and latest, ends left out unless inclusive.
func (c *call) bounds() (oldest, latest string, err *apiError) {
	for _, bound := range []struct {
		value *string
		name  string
		code  string
	}{{&oldest, "oldest", "invalid_ts_oldest"}, {&latest, "latest", "invalid_ts_latest"}} {
		text := c.args.str(bound.name)
		if text == "" || text == "0" || text == "now" {
			continue
		}
		at, ok := parseTS(text)
		if !ok {
			return "", "", refuse(bound.code)
		}
		*bound.value = formatTS(at)
	}
	return oldest, latest, nil
}

func (c *call) historyOf() (*channel, *apiError) {
	room, err := c.readable("history")
	if err != nil {
		return nil, err
	}
	if !room.memberSet[c.ws.bot.UserID] {
		return nil, refuse("not_in_channel")
	}
	return room, nil
}

func conversationsHistory(c *call) (obj, *apiError) {
	room, err := c.historyOf()
	if err != nil {
		return nil, err
	}
	oldest, latest, err := c.bounds()
	if err != nil {
		return nil, err
	}
	rows := []obj{}
	for _, m := range slices.Backward(room.between(oldest, latest, c.args.flag("inclusive"))) {
		reply := m.threadTS != "" && m.threadTS != m.ts
		if m.hidden || reply && !m.broadcast {
			continue
		}
		rows = append(rows, m.api(c.ws, c.args.flag("include_all_metadata")))
	}
	page, next, err := paginate(c.args, rows, 100, 999)
	if err != nil {
		return nil, err
	}
	return obj{
		"messages": page, "has_more": next != "", "pin_count": len(room.pins), "response_metadata": obj{"next_cursor": next},
	}, nil
}

func conversationsReplies(c *call) (obj, *apiError) {
	room, err := c.historyOf()
	if err != nil {
		return nil, err
	}
	parent := room.byTS[c.args.str("ts")]
	if parent == nil {
		return nil, refuse("thread_not_found")
	}
	oldest, latest, err := c.bounds()
	if err != nil {
		return nil, err
	}
	metadata := c.args.flag("include_all_metadata")
	rows := []obj{parent.api(c.ws, metadata)}
	for _, m := range room.between(oldest, latest, c.args.flag("inclusive")) {
		if m.threadTS == parent.ts && m != parent && !m.hidden {
			row := m.api(c.ws, metadata)
			row["parent_user_id"] = parent.user
			rows = append(rows, row)
		}
	}
	page, next, err := paginate(c.args, rows, 1000, 1000)
	if err != nil {
		return nil, err
	}
	return obj{"messages": page, "has_more": next != "", "response_metadata": obj{"next_cursor": next}}, nil
}
