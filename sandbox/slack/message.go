package slack

import (
	"encoding/json"
	"slices"
	"sort"

	"confbot/sandbox/slack/control"
)

// message is one post; ephemeral ones have onlyFor and live outside the channel's history.
type message struct {
	channel, ts, threadTS string
	user, botID, username string
	clientID              string // what Slack's client calls a person's message
	subtype, text         string
	blocks, attachments   []any
	blocksBefore          []any // as drawn before the last edit
	metadata              obj
	files                 []any
	edited                *control.Edited
	onlyFor               string
	broadcast, deleted    bool
	hidden                bool // a reply that Slack lost
	payload               json.RawMessage
	replies               []string
	replyUsers            []string
	state                 map[string]values // by person
	drawn                 *control.Message  // as last published; nil when it has to be drawn again
}

// tombstone is the subtype of what is left of a deleted message with replies.
const tombstone = "tombstone"

// put files a message into its channel and, for a reply, under its parent. It returns the parent.
func (w *workspace) put(m *message) *message {
	room := w.rooms[m.channel]
	if m.onlyFor != "" {
		kept := append(room.ephemerals[m.onlyFor], m)
		if len(kept) > maxEphemerals {
			kept = slices.Delete(kept, 0, len(kept)-maxEphemerals)
		}
		room.ephemerals[m.onlyFor] = kept
		return nil
	}
	room.msgs = append(room.msgs, m)
	room.byTS[m.ts] = m
	if len(room.msgs) > maxMessages {
		const drop = maxMessages / 10
		for _, old := range room.msgs[:drop] {
			delete(room.byTS, old.ts)
		}
		room.msgs = slices.Delete(room.msgs, 0, drop)
	}
	parent := room.byTS[m.threadTS]
	if m.threadTS == "" || m.threadTS == m.ts || parent == nil || m.hidden {
		return nil
	}
	parent.replies = append(parent.replies, m.ts)
	if !slices.Contains(parent.replyUsers, m.user) {
		parent.replyUsers = append(parent.replyUsers, m.user)
	}
	return parent
}

// find looks a message up: one of the channel's, or a private one of this person.
func (c *channel) find(ts, userID string) *message {
	if m := c.byTS[ts]; m != nil {
		return m
	}
	for _, m := range c.ephemerals[userID] {
		if m.ts == ts {
			return m
		}
	}
	return nil
}

// take removes a message from where it stands. A parent with replies stays as a tombstone, as in Slack.
func (w *workspace) take(m *message) {
	room := w.rooms[m.channel]
	m.deleted = true
	same := func(o *message) bool { return o == m }
	if m.onlyFor != "" {
		room.ephemerals[m.onlyFor] = slices.DeleteFunc(room.ephemerals[m.onlyFor], same)
		return
	}
	if len(m.replies) > 0 {
		m.subtype, m.text, m.blocks, m.attachments, m.metadata, m.files = tombstone, "This message was deleted.", nil, nil, nil, nil
		return
	}
	room.msgs = slices.DeleteFunc(room.msgs, same)
	delete(room.byTS, m.ts)
	if parent := room.byTS[m.threadTS]; parent != nil {
		parent.replies = slices.DeleteFunc(parent.replies, func(ts string) bool { return ts == m.ts })
	}
}

// between lists messages with from < ts < to in order (bounds included when inclusive); empty bounds are open.
func (c *channel) between(from, to string, inclusive bool) []*message {
	lo, hi := 0, len(c.msgs)
	if from != "" {
		lo = sort.Search(len(c.msgs), func(i int) bool { return c.msgs[i].ts > from || inclusive && c.msgs[i].ts == from })
	}
	if to != "" {
		hi = sort.Search(len(c.msgs), func(i int) bool { return c.msgs[i].ts > to || !inclusive && c.msgs[i].ts == to })
	}
	return c.msgs[lo:max(lo, hi)]
}

// api is the message as the Web API and payloads show it. Metadata appears whole only where it was asked for.
func (m *message) api(w *workspace, metadata bool) obj {
	o := obj{"type": "message", "user": m.user, "ts": m.ts, "text": m.text, "team": w.team.ID}
	set := func(key string, value any, present bool) {
		if present {
			o[key] = value
		}
	}
	if m.botID != "" {
		o["bot_id"], o["app_id"], o["bot_profile"] = m.botID, w.bot.AppID, w.botProfile()
	}
	set("client_msg_id", m.clientID, m.clientID != "")
	set("username", m.username, m.username != "")
	set("subtype", m.subtype, m.subtype != "")
	set("thread_ts", m.threadTS, m.threadTS != "")
	set("blocks", m.blocks, len(m.blocks) > 0)
	set("attachments", m.attachments, len(m.attachments) > 0)
	set("files", m.files, len(m.files) > 0)
	set("edited", m.edited, m.edited != nil)
	if len(m.replies) > 0 {
		o["thread_ts"] = m.ts
		o["reply_count"] = len(m.replies)
		o["reply_users_count"] = len(m.replyUsers)
		o["reply_users"] = m.replyUsers
		o["latest_reply"] = m.replies[len(m.replies)-1]
	}
	if len(m.metadata) > 0 {
		if metadata {
			o["metadata"] = m.metadata
		} else {
			o["metadata"] = obj{"event_type": m.metadata["event_type"]}
		}
	}
	return o
}

// shown is the message as the control API shows it. What was published last is kept, so that reading a long channel does
// not write all its blocks again.
func (m *message) shown() control.Message {
	if m.drawn == nil {
		m.drawn = m.draw()
	}
	return *m.drawn
}

func (m *message) draw() *control.Message {
	out := control.Message{
		Channel: m.channel, TS: m.ts, ThreadTS: m.threadTS, User: m.user, Bot: m.botID != "", Username: m.username,
		Subtype: m.subtype, Text: m.text, Edited: m.edited, Ephemeral: m.onlyFor != "", OnlyFor: m.onlyFor,
		Replies: len(m.replies), ReplyUsers: slices.Clone(m.replyUsers), Deleted: m.deleted, Broadcast: m.broadcast, Payload: m.payload,
	}
	if len(m.replies) > 0 {
		out.LatestReply = m.replies[len(m.replies)-1]
	}
	list := func(v []any) json.RawMessage {
		if len(v) == 0 {
			return nil
		}
		return encode(v)
	}
	out.Blocks, out.Attachments, out.Files = list(m.blocks), list(m.attachments), list(m.files)
	if len(m.metadata) > 0 {
		out.Metadata = encode(m.metadata)
	}
	return &out
}
