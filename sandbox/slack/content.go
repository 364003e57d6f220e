package slack

import (
	"encoding/json"
	"unicode/utf8"

	"confbot/sandbox/slack/blockkit"
)

// Limits on messages (docs.slack.dev/reference/methods/chat.postMessage, /chat.update, /messaging/message-metadata).
const (
	textAdvice   = 4_000
	textCut      = 40_000
	textUpdate   = 4_000
	textMarkdown = 12_000
	maxMetadata  = 8_000 // bytes; the real figure is not documented
)

// content is what a message says, with what was given told apart from what was left out.
type content struct {
	text                string
	blocks, attachments []any
	metadata            obj

	hasText, hasBlocks, hasAttachments, hasMetadata bool
}

// readContent reads and judges the arguments that make up a message; mu held.
func (s *Server) readContent(a args) (content, *apiError) {
	c := content{text: a.str("text"), hasText: a.has("text")}
	if md := a.str("markdown_text"); md != "" {
		if c.hasText || a.has("blocks") {
			return c, refuse("markdown_text_conflict")
		}
		if utf8.RuneCountInString(md) > textMarkdown {
			return c, refuse("msg_too_long")
		}
		c.text, c.hasText = md, true
	}
	if err := s.readBlocks(a, &c); err != nil {
		return c, err
	}
	if err := s.readAttachments(a, &c); err != nil {
		return c, err
	}
	return c, readMetadata(a, &c)
}

func (s *Server) readBlocks(a args, c *content) *apiError {
	raw, given, valid := a.raw("blocks")
	if !given {
		return nil
	}
	c.hasBlocks = true
	if !valid || raw[0] != '[' {
		return refuse("invalid_blocks_format")
	}
	if err := rejectBlocks("invalid_blocks", s.blocks.Blocks(blockkit.Message, raw)); err != nil {
		return err
	}
	c.blocks = list(raw)
	return nil
}

func (s *Server) readAttachments(a args, c *content) *apiError {
	raw, given, valid := a.raw("attachments")
	if !given {
		return nil
	}
	c.hasAttachments = true
	if !valid || raw[0] != '[' {
		return refuse("invalid_attachments")
	}
	c.attachments = list(raw)
	return rejectBlocks("invalid_attachments", s.blocks.Attachments(raw))
}

// tooLong is the hidden limit on the sum of all blocks of chat.postMessage. How Slack counts is not known: all strings is
// the most that it could count, the texts what it was seen to count.
func (s *Server) tooLong(blocks []any) bool {
	count := blockkit.StringTotal
	if s.opts.Readings.CountTextsOnly {
		count = blockkit.TextTotal
	}
	return len(blocks) > 0 && count(encode(blocks)) > blockkit.MaxTextTotal
}

func list(raw json.RawMessage) []any {
	v, err := decode(raw)
	if err != nil {
		return nil
	}
	return asList(v)
}

func readMetadata(a args, c *content) *apiError {
	raw, given, valid := a.raw("metadata")
	if !given {
		return nil
	}
	c.hasMetadata = true
	if !valid || raw[0] != '{' {
		return refuse("invalid_metadata_format")
	}
	if len(raw) > maxMetadata {
		return refuse("metadata_too_large")
	}
	v, err := decode(raw)
	if err != nil {
		return refuse("invalid_metadata_format")
	}
	m := asObj(v)
	if len(m) == 0 {
		return nil
	}
	if asString(m["event_type"]) == "" || asObj(m["event_payload"]) == nil {
		return refuse("invalid_metadata_schema")
	}
	c.metadata = m
	return nil
}

// empty tells whether there is nothing to show.
func (c content) empty() bool {
	return c.text == "" && len(c.blocks) == 0 && len(c.attachments) == 0
}

// fresh makes a message of it; the caller says where and whose.
func (c content) fresh(m message) *message {
	m.text, m.attachments, m.metadata = c.text, c.attachments, c.metadata
	if runes := []rune(m.text); len(runes) > textCut {
		m.text = string(runes[:textCut])
	}
	m.blocks = normalise(c.blocks)
	normaliseAttachments(m.attachments)
	return &m
}

func normaliseAttachments(attachments []any) {
	for _, at := range attachments {
		normalise(asList(asObj(at)["blocks"]))
	}
}

// advise notes what Slack accepts but warns of.
func (c content) advise(note func(string)) {
	if c.text == "" && len(c.blocks) > 0 {
		note("no text: screen readers and notifications get nothing")
	}
	if utf8.RuneCountInString(c.text) > textAdvice {
		note("text is longer than the advised 4,000 characters")
	}
	if c.text == "" && len(c.blocks) == 0 && len(c.attachments) > 20 {
		note("more than the advised 20 attachments")
	}
}
