package slack

import (
	"fmt"
	"net/url"
	"strings"

	"confbot/sandbox/slack/control"
)

// botSees finds a channel as the bot knows it: public ones, those it is in, and by a person's id the DM with them.
func (c *call) botSees(id string) (*channel, *apiError) {
	if id == "" {
		return nil, missing("channel")
	}
	if u := c.ws.users[id]; u != nil && !u.isBot {
		if u.Deactivated || u.TeamID != c.ws.team.ID {
			return nil, refuse("channel_not_found")
		}
		return c.ws.dm(u), nil
	}
	room := c.ws.rooms[id]
	if room == nil && c.method == "chat.postMessage" {
		room = c.named(id)
	}
	if room == nil || room.deleted || room.Kind != "public" && !room.memberSet[c.ws.bot.UserID] {
		return nil, refuse("channel_not_found")
	}
	return room, nil
}

// named finds a channel by its name, which chat.postMessage alone still takes.
func (c *call) named(name string) *channel {
	name = strings.TrimPrefix(name, "#")
	for _, room := range c.ws.rooms {
		if room.Name == name && room.Kind != kindIM && !room.deleted {
			c.note("a channel name where Slack advises an id")
			return room
		}
	}
	return nil
}

// mayPost checks the state of a channel for a message of the bot; threadTS is the thread it goes to.
func (c *call) mayPost(room *channel, threadTS string) *apiError {
	home := c.ws.man.Features.AppHome
	switch {
	case room.Archived:
		return refuse("is_archived")
	case room.Kind == kindIM && !home.Messages:
		return refuse("messages_tab_disabled")
	case room.Kind == kindIM:
		return nil
	case !room.memberSet[c.ws.bot.UserID] && !c.ws.man.scope("chat:write.public"):
		return refuse("not_in_channel")
	case room.ReadOnly:
		return refuse("restricted_action_read_only_channel")
	case room.ThreadOnly && threadTS == "":
		return refuse("restricted_action_thread_only_channel")
	case room.NonThreadable && threadTS != "":
		return refuse("restricted_action_non_threadable_channel")
	}
	return nil
}

// thread checks a thread_ts: it has to be a parent's.
func (s *Server) thread(room *channel, ts string) (hidden bool, err *apiError) {
	if ts == "" {
		return false, nil
	}
	parent := room.byTS[ts]
	switch {
	case parent == nil:
		return false, refuse("thread_not_found")
	case parent.threadTS != "" && parent.threadTS != parent.ts && !s.opts.Readings.LostReplies:
		return false, refuse("cannot_reply_to_message")
	case parent.threadTS != "" && parent.threadTS != parent.ts:
		return true, nil
	}
	return false, nil
}

func postMessage(c *call) (obj, *apiError) {
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
	if c.tooLong(body.blocks) {
		return nil, refuse("msg_blocks_too_long")
	}
	threadTS := c.args.str("thread_ts")
	if err := c.mayPost(room, threadTS); err != nil {
		return nil, err
	}
	hidden, err := c.thread(room, threadTS)
	if err != nil {
		return nil, err
	}
	if err := c.customised(); err != nil {
		return nil, err
	}
	if err := c.limits.post(room.ID); err != nil {
		return nil, err
	}
	body.advise(c.note)
	m := body.fresh(message{
		channel: room.ID, threadTS: threadTS, ts: c.ws.nextTS(), user: c.ws.bot.UserID, botID: c.ws.bot.BotID, hidden: hidden,
		username: c.args.str("username"), broadcast: threadTS != "" && c.args.flag("reply_broadcast"), payload: c.args.logged(),
	})
	if m.username != "" {
		m.subtype = "bot_message"
	}
	c.publish(m)
	return obj{"channel": room.ID, "ts": m.ts, "message": m.api(c.ws, true)}, nil
}

// customised checks the scope for a name or picture of the message's own.
func (c *call) customised() *apiError {
	for _, key := range []string{"username", "icon_emoji", "icon_url"} {
		if c.args.has(key) {
			return c.needScope("chat:write.customize")
		}
	}
	return nil
}

// publish files a message and tells everybody who sees it; mu held.
func (s *Server) publish(m *message) {
	parent := s.ws.put(m)
	if !m.hidden {
		s.messageChanged(m, "message")
	}
	if parent != nil {
		s.messageChanged(parent, "message")
	}
	s.emitMessage(m)
}

func postEphemeral(c *call) (obj, *apiError) {
	room, err := c.botSees(c.args.str("channel"))
	if err != nil {
		return nil, err
	}
	if !c.args.has("user") {
		return nil, missing("user")
	}
	body, err := c.readContent(c.args)
	if err != nil {
		return nil, err
	}
	if body.empty() {
		return nil, refuse("no_text")
	}
	if err := c.mayWhisper(room); err != nil {
		return nil, err
	}
	threadTS := c.args.str("thread_ts")
	if _, err := c.thread(room, threadTS); err != nil {
		return nil, err
	}
	body.metadata = nil // ignored on ephemeral messages
	body.advise(c.note)
	m := body.fresh(message{
		channel: room.ID, threadTS: threadTS, ts: c.ws.nextTS(), user: c.ws.bot.UserID, botID: c.ws.bot.BotID,
		onlyFor: c.args.str("user"), payload: c.args.logged(),
	})
	c.publish(m)
	return obj{"message_ts": m.ts}, nil
}

func (c *call) mayWhisper(room *channel) *apiError {
	if room.Archived {
		return refuse("is_archived")
	}
	inside := room.memberSet[c.ws.bot.UserID]
	if !inside && (c.opts.Readings.EphemeralNeedsMembership || !c.ws.man.scope("chat:write.public")) {
		return refuse("not_in_channel")
	}
	if room.Kind == kindIM && !c.ws.man.Features.AppHome.Messages {
		return refuse("messages_tab_disabled")
	}
	if !room.memberSet[c.args.str("user")] {
		return refuse("user_not_in_channel")
	}
	return nil
}

func deleteMessage(c *call) (obj, *apiError) {
	room, err := c.botSees(c.args.str("channel"))
	if err != nil {
		return nil, err
	}
	m := room.byTS[c.args.str("ts")]
	switch {
	case !c.args.has("ts"):
		return nil, missing("ts")
	case m == nil || m.deleted:
		return nil, refuse("message_not_found")
	case m.user != c.ws.bot.UserID:
		return nil, refuse("cant_delete_message")
	}
	c.retract(m)
	return obj{"channel": room.ID, "ts": m.ts}, nil
}

// retract deletes a message for everybody; mu held.
func (s *Server) retract(m *message) {
	parent := s.ws.rooms[m.channel].byTS[m.threadTS]
	s.ws.take(m)
	if m.subtype == tombstone {
		s.messageChanged(m, "message")
	} else {
		s.messageChanged(m, "message_deleted")
	}
	if parent != nil && parent != m {
		s.messageChanged(parent, "message")
	}
}

func getPermalink(c *call) (obj, *apiError) {
	room, err := c.botSees(c.args.str("channel"))
	if err != nil {
		return nil, err
	}
	m := room.byTS[c.args.str("message_ts")]
	if m == nil {
		return nil, refuse("message_not_found")
	}
	return obj{"channel": room.ID, "permalink": c.permalink(m)}, nil
}

// permalink is the address of a message; replies carry their thread.
func (s *Server) permalink(m *message) string {
	link := fmt.Sprintf("https://%s.slack.com/archives/%s/p%s", s.ws.team.Domain, m.channel, strings.ReplaceAll(m.ts, ".", ""))
	if m.threadTS != "" && m.threadTS != m.ts {
		link += "?" + url.Values{"thread_ts": {m.threadTS}, "cid": {m.channel}}.Encode()
	}
	return link
}

// editedBy marks a message as edited now; mu held. Slack leaves the mark out when blocks are used.
func (s *Server) editedBy(m *message) {
	m.edited = nil
	if len(m.blocks) == 0 {
		m.edited = &control.Edited{User: m.user, TS: formatTS(s.clock.now())}
	}
}
