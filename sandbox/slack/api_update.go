package slack

import "unicode/utf8"

func updateMessage(c *call) (obj, *apiError) {
	m, err := c.own()
	if err != nil {
		return nil, err
	}
	body, err := c.readContent(c.args)
	if err != nil {
		return nil, err
	}
	if !body.hasText && !body.hasBlocks && !body.hasAttachments && !body.hasMetadata {
		return nil, refuse("no_text")
	}
	if utf8.RuneCountInString(body.text) > textUpdate {
		return nil, refuse("msg_too_long")
	}
	body.advise(c.note)
	before := *m
	m.apply(body)
	if m.text == "" && len(m.blocks) == 0 && len(m.attachments) == 0 {
		*m = before
		return nil, refuse("no_text")
	}
	m.payload = c.args.logged()
	if body.hasText || body.hasBlocks || body.hasAttachments {
		c.editedBy(m)
	}
	c.messageChanged(m, "message")
	return obj{"channel": m.channel, "ts": m.ts, "text": m.text, "message": m.api(c.ws, true)}, nil
}

// own finds the bot's message that a call wants to edit. Ephemeral messages are not found: their ts is unknown to
// chat.update.
func (c *call) own() (*message, *apiError) {
	room, err := c.botSees(c.args.str("channel"))
	if err != nil {
		return nil, err
	}
	if !c.args.has("ts") {
		return nil, missing("ts")
	}
	m := room.byTS[c.args.str("ts")]
	switch {
	case m == nil || m.deleted:
		return nil, refuse("message_not_found")
	case m.user != c.ws.bot.UserID:
		return nil, refuse("cant_update_message")
	case room.Archived:
		return nil, refuse("is_inactive")
	}
	return m, nil
}

// apply edits a message by chat.update's rules for what was left out: text without blocks drops the old blocks, blocks
// without text keep the old text, attachments and metadata stay, and an empty list or object removes.
func (m *message) apply(body content) {
	if body.hasText {
		m.text = body.text
	}
	if body.hasText || body.hasBlocks {
		m.blocksBefore = m.blocks
		m.blocks = normalise(body.blocks)
		m.forgetState()
	}
	if body.hasAttachments {
		m.attachments = body.attachments
		normaliseAttachments(m.attachments)
	}
	if body.hasMetadata {
		m.metadata = body.metadata
	}
}

// forgetState drops what people had chosen in inputs that are no longer drawn.
func (m *message) forgetState() {
	for person, state := range m.state {
		m.state[person] = startValues(m.blocks, state, m.channel)
	}
}
