package slack

import (
	"encoding/json"
	"strings"
)

// blocksValidate is the one method that needs no token: exactly one of blocks, view and message, judged in full
// (docs.slack.dev/reference/methods/blocks.validate).
func blocksValidate(c *call) (obj, *apiError) {
	given := ""
	for _, key := range []string{"blocks", "view", "message"} {
		if c.args.has(key) {
			if given != "" {
				return nil, invalid("exactly one of blocks, view and message is needed")
			}
			given = key
		}
	}
	if given == "" {
		return nil, invalid("exactly one of blocks, view and message is needed")
	}
	raw, _, valid := c.args.raw(given)
	if !valid {
		return nil, refuse("invalid_" + given)
	}
	found := c.judge(given, raw)
	if len(found) == 0 {
		return nil, nil
	}
	rows := make([]obj, 0, len(found))
	for _, p := range found {
		row := obj{"pointer": strings.TrimPrefix(p.Pointer, "/"+given), "code": p.Code, "message": p.Message}
		if p.Constraint != nil {
			row["constraint"] = p.Constraint
		}
		rows = append(rows, row)
	}
	return nil, &apiError{code: "invalid_" + given, errors: rows}
}

func (c *call) judge(what string, raw json.RawMessage) []Problem {
	switch what {
	case "blocks":
		return c.blocks.Blocks("message", raw)
	case "view":
		return c.blocks.View(raw)
	}
	var m struct {
		Blocks      json.RawMessage `json:"blocks"`
		Attachments json.RawMessage `json:"attachments"`
	}
	if err := json.Unmarshal(raw, &m); err != nil {
		return []Problem{{Code: "invalid_type", Message: "must be an object"}}
	}
	var found []Problem
	if m.Blocks != nil {
		found = append(found, c.blocks.Blocks("message", m.Blocks)...)
	}
	if m.Attachments != nil {
		found = append(found, c.blocks.Attachments(m.Attachments)...)
	}
	return found
}
