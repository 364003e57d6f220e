package slack

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Rules of chat.scheduleMessage (its page on docs.slack.dev).
const (
	farthest     = 120 * 24 * time.Hour
	window       = 5 * time.Minute
	perWindow    = 30
	deleteWindow = time.Minute
)

// scheduled is a message that waits for its time.
type scheduled struct {
	id      string
	at      time.Time
	created time.Time
	message *message
	silent  bool // it came with metadata, and Slack never posts those (a documented bug)
	timer   *timer
}

func scheduleMessage(c *call) (obj, *apiError) {
	room, err := c.botSees(c.args.str("channel"))
	if err != nil {
		return nil, err
	}
	body, err := c.readContent(c.args)
	if err != nil {
		return nil, err
	}
	if body.empty() {
		return nil, refuse("no_text")
	}
	at, err := c.postAt(room)
	if err != nil {
		return nil, err
	}
	threadTS := c.args.str("thread_ts")
	if err := c.mayPost(room, threadTS); err != nil {
		return nil, err
	}
	if _, err := c.thread(room, threadTS); err != nil {
		return nil, err
	}
	if body.hasMetadata {
		c.note("a scheduled message with metadata is never posted")
	}
	q := &scheduled{id: objectID("Q"), at: at, created: c.clock.now(), silent: body.metadata != nil, message: body.fresh(message{
		channel: room.ID, threadTS: threadTS, user: c.ws.bot.UserID, botID: c.ws.bot.BotID, payload: c.args.logged(),
	})}
	c.ws.queue[q.id] = q
	room.windows[at.Unix()/int64(window.Seconds())]++
	q.timer = c.clock.after(at.Sub(c.clock.now()), func() { c.post(q) })
	return obj{
		"channel": room.ID, "scheduled_message_id": q.id, "post_at": strconv.FormatInt(at.Unix(), 10),
		"message": q.message.api(c.ws, true),
	}, nil
}

func (c *call) postAt(room *channel) (time.Time, *apiError) {
	text := c.args.str("post_at")
	if text == "" {
		return time.Time{}, missing("post_at")
	}
	unix, bad := strconv.ParseInt(text, 10, 64)
	if bad != nil {
		return time.Time{}, refuse("invalid_time")
	}
	at, now := time.Unix(unix, 0), c.clock.now()
	switch {
	case !at.After(now):
		return at, refuse("time_in_past")
	case at.Sub(now) > farthest:
		return at, refuse("time_too_far")
	case room.windows[unix/int64(window.Seconds())] >= perWindow:
		return at, refuse("restricted_too_many")
	}
	return at, nil
}

// post is called by the clock when a scheduled message is due.
func (s *Server) post(q *scheduled) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ws.queue[q.id] != q {
		return // deleted, or the workspace was reset
	}
	delete(s.ws.queue, q.id)
	room := s.ws.rooms[q.message.channel]
	if q.silent || room == nil || room.deleted || room.Archived {
		return
	}
	q.message.ts = s.ws.nextTS()
	s.publish(q.message)
}

func listScheduled(c *call) (obj, *apiError) {
	if id := c.args.str("channel"); id != "" {
		if _, err := c.botSees(id); err != nil {
			return nil, refuse("invalid_channel")
		}
	}
	rows := []obj{}
	for _, q := range c.ws.queue {
		if id := c.args.str("channel"); id != "" && q.message.channel != id {
			continue
		}
		if !withinUnix(q.at, c.args.str("oldest"), c.args.str("latest")) {
			continue
		}
		rows = append(rows, obj{
			"id": q.id, "channel_id": q.message.channel, "post_at": q.at.Unix(), "date_created": q.created.Unix(), "text": q.message.text,
		})
	}
	slices.SortFunc(rows, func(a, b obj) int { return strings.Compare(asString(a["id"]), asString(b["id"])) })
	page, next, err := paginate(c.args, rows, 100, 100)
	if err != nil {
		return nil, err
	}
	return obj{"scheduled_messages": page, "response_metadata": obj{"next_cursor": next}}, nil
}

func withinUnix(at time.Time, oldest, latest string) bool {
	if from, ok := parseTS(oldest); ok && at.Before(from) {
		return false
	}
	to, ok := parseTS(latest)
	return !ok || !at.After(to)
}

func deleteScheduled(c *call) (obj, *apiError) {
	if _, err := c.botSees(c.args.str("channel")); err != nil {
		return nil, err
	}
	q := c.ws.queue[c.args.str("scheduled_message_id")]
	if q == nil || q.message.channel != c.args.str("channel") || q.at.Sub(c.clock.now()) <= deleteWindow {
		return nil, refuse("invalid_scheduled_message_id")
	}
	q.timer.stop()
	delete(c.ws.queue, q.id)
	return nil, nil
}
