package slack

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
