package blockkit

import (
	"bytes"
	"encoding/json"
	"io"
)

// A Surface is where blocks are shown.
type Surface string

const (
	Message Surface = "message"
	Modal   Surface = "modal"
	Home    Surface = "home"
)

// Limits on whole payloads (https://docs.slack.dev/reference/block-kit/blocks,
// https://docs.slack.dev/reference/views).
const (
	MaxMessageBlocks = 50
	MaxViewBlocks    = 100
	MaxAttachments   = 100

	// MaxViewBytes is for the caller to compare: Slack answers view_too_large.
	MaxViewBytes = 250_000
	// MaxTextTotal is about where chat.postMessage answers msg_blocks_too_long.
	// Slack documents no figure; 13,297 was measured
	// (https://github.com/slackapi/bolt-js/issues/2509). Compare TextTotal.
	MaxTextTotal = 13_200

	maxMarkdown = 12_000 // of all markdown blocks of a payload together
)

// Options choose between two readings of Slack's documents.
type Options struct {
	// Strict refuses what only some of Slack's documents allow: see the
	// package's comment for the list.
	Strict bool
}

// Blocks says what is wrong with the "blocks" of a message, or of a view
// whose other properties are not at hand. Pointers begin with /blocks.
func Blocks(surface Surface, raw json.RawMessage) []Problem { return Options{}.Blocks(surface, raw) }

// View says what is wrong with a view. Pointers begin with /view, and as in
// Slack's answers the first problem is then the view as a whole.
func View(raw json.RawMessage) []Problem { return Options{}.View(raw) }

// Attachments says what is wrong with the "attachments" of a message. Only
// their blocks are looked into. Pointers begin with /attachments.
func Attachments(raw json.RawMessage) []Problem { return Options{}.Attachments(raw) }

// Blocks is the function of that name under these options.
func (o Options) Blocks(surface Surface, raw json.RawMessage) []Problem {
	value, ok := decode(raw)
	if _, isArray := value.([]any); !ok || !isArray {
		return notBlocks("/blocks")
	}
	c := o.checker()
	c.blocks(surface.set(), "/blocks", value)
	return c.problems
}

// View is the function of that name under these options.
func (o Options) View(raw json.RawMessage) []Problem {
	problems, broken := o.view("/view", raw)
	if !broken {
		return problems
	}
	whole := Problem{Pointer: "/view", Code: FailedConstraint, Message: "failed to match all allowed schemas"}
	whole.Constraint = &Constraint{Type: "any_of"}
	return append([]Problem{whole}, problems...)
}

// view also says whether the description was broken, not only a rule.
func (o Options) view(pointer string, raw json.RawMessage) (problems []Problem, broken bool) {
	value, ok := decode(raw)
	if !ok {
		return notBlocks(pointer), true
	}
	c := o.checker()
	if view, isObject := value.(map[string]any); isObject && view["type"] == string(Modal) {
		_, hasSubmit := view["submit"]
		c.wantsSubmit = !hasSubmit
	}
	c.value(of(viewFamily), place{on: onModal | onHome}, pointer, value)
	return c.problems, c.broken
}

// Attachments is the function of that name under these options.
func (o Options) Attachments(raw json.RawMessage) []Problem {
	value, ok := decode(raw)
	if _, isArray := value.([]any); !ok || !isArray {
		return notBlocks("/attachments")
	}
	c := o.checker()
	c.attachments("/attachments", value)
	return c.problems
}

func notBlocks(pointer string) []Problem {
	return []Problem{{Pointer: pointer, Code: NotBlocks, Message: "must provide an array"}}
}

// decode reads exactly one JSON value, with its numbers as they were written.
func decode(raw json.RawMessage) (value any, ok bool) {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&value); err != nil {
		return nil, false
	}
	_, err := d.Token()
	return value, err == io.EOF
}
