package slack

import (
	"encoding/json"
	"unicode/utf8"
)

// Validator judges blocks, views and attachments as Slack's own validator does. Problems are in Slack's wording with the
// JSON pointer at the end; nil means fine. Surface is message, modal or home.
type Validator interface {
	Blocks(surface string, raw json.RawMessage) []Problem
	View(raw json.RawMessage) []Problem
	Attachments(raw json.RawMessage) []Problem
}

// Problem is one objection.
type Problem struct {
	Pointer    string
	Code       string
	Message    string
	Constraint any
	Line       string // what stands in response_metadata.messages and errors, without "[ERROR] "
}

// blockTotal is the sum of all strings in the blocks of one chat.postMessage above which it answers msg_blocks_too_long.
// The figure is measured, not documented (bolt-js issues 2509 and 2867).
const blockTotal = 13_200

// totalStrings adds up the characters of every string value.
func totalStrings(v any) int {
	switch t := v.(type) {
	case string:
		return utf8.RuneCountInString(t)
	case []any:
		n := 0
		for _, e := range t {
			n += totalStrings(e)
		}
		return n
	case map[string]any:
		n := 0
		for _, e := range t {
			n += totalStrings(e)
		}
		return n
	}
	return 0
}

// normalise gives blocks what Slack adds before it keeps them: block ids, action ids, emoji and verbatim.
func normalise(blocks []any) []any {
	for _, b := range blocks {
		normaliseBlock(asObj(b))
	}
	return blocks
}

func normaliseBlock(b obj) {
	if b == nil {
		return
	}
	if asString(b["block_id"]) == "" {
		b["block_id"] = secret(3)[:5]
	}
	normaliseInside(b)
}

func normaliseInside(v any) {
	switch t := v.(type) {
	case []any:
		for _, e := range t {
			normaliseInside(e)
		}
	case map[string]any:
		switch kind := asString(t["type"]); {
		case kind == "plain_text":
			fillIn(t, "emoji", true)
		case kind == "mrkdwn":
			fillIn(t, "verbatim", false)
		case interactive(kind) && asString(t["action_id"]) == "":
			t["action_id"] = secret(3)[:5]
		}
		for key, e := range t {
			if key == "child_blocks" || key == "fallback" {
				normalise(asList(e))
				continue
			}
			normaliseInside(e)
		}
	}
}

func fillIn(m obj, key string, value any) {
	if _, has := m[key]; !has {
		m[key] = value
	}
}

// element is an interactive element where it stands.
type element struct {
	block obj
	el    obj
}

func (e element) blockID() string  { return asString(e.block["block_id"]) }
func (e element) actionID() string { return asString(e.el["action_id"]) }
func (e element) kind() string     { return asString(e.el["type"]) }
func (e element) inInput() bool    { return asString(e.block["type"]) == "input" }

// elements lists every interactive element of some blocks, in order.
func elements(blocks []any) []element {
	var out []element
	for _, b := range blocks {
		out = collect(out, asObj(b), b)
	}
	return out
}

func collect(out []element, block obj, v any) []element {
	switch t := v.(type) {
	case []any:
		for _, e := range t {
			out = collect(out, block, e)
		}
	case map[string]any:
		if _, has := t["block_id"]; has {
			block = t
		}
		if _, has := t["action_id"]; has && interactive(asString(t["type"])) {
			return append(out, element{block: block, el: t})
		}
		for _, key := range childKeys {
			if child, has := t[key]; has {
				out = collect(out, block, child)
			}
		}
	}
	return out
}

// childKeys are where blocks keep elements and other blocks, in reading order.
var childKeys = [...]string{
	"blocks", "accessory", "element", "elements", "actions", "child_blocks", "rows", "items", "block", "cells", "action",
	"positive_button", "negative_button",
}

func findElement(blocks []any, blockID, actionID string) (element, bool) {
	for _, e := range elements(blocks) {
		if e.actionID() == actionID && (blockID == "" || e.blockID() == blockID) {
			return e, true
		}
	}
	return element{}, false
}
