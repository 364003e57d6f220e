package blockkit

import "encoding/json"

// A Payload is one of the arguments of blocks.validate
// (https://docs.slack.dev/reference/methods/blocks.validate).
type Payload string

const (
	PayloadBlocks  Payload = "blocks"
	PayloadView    Payload = "view"
	PayloadMessage Payload = "message"
)

// Refusal is what blocks.validate answers when the payload has problems:
// invalid_blocks, invalid_view or invalid_message.
func (p Payload) Refusal() string { return "invalid_" + string(p) }

// Validate is blocks.validate: the problems of a payload, with pointers from
// its own root. Blocks without a message or view round them may be for any
// surface.
func Validate(kind Payload, raw json.RawMessage) []Problem { return Options{}.Validate(kind, raw) }

// Validate is the function of that name under these options.
func (o Options) Validate(kind Payload, raw json.RawMessage) []Problem {
	switch kind {
	case PayloadView:
		problems, _ := o.view("", raw)
		return problems
	case PayloadMessage:
		return o.message(raw)
	default:
		return o.anyBlocks(raw)
	}
}

func (o Options) anyBlocks(raw json.RawMessage) []Problem {
	value, ok := decode(raw)
	if _, isArray := value.([]any); !ok || !isArray {
		return notBlocks("")
	}
	c := o.checker()
	c.value(list(0, MaxViewBlocks, of(blockFamily)), place{on: anywhere}, "", value)
	return c.problems
}

// message looks at a whole message: ids must differ between its blocks and
// its attachments too.
func (o Options) message(raw json.RawMessage) []Problem {
	value, ok := decode(raw)
	object, isObject := value.(map[string]any)
	if !ok || !isObject {
		return []Problem{{Code: InvalidType, Message: "must provide an object"}}
	}
	c := o.checker()
	if blocks, given := object["blocks"]; given {
		c.blocks(onMessage, "/blocks", blocks)
	}
	if attachments, given := object["attachments"]; given {
		c.attachments("/attachments", attachments)
	}
	return c.problems
}

// Messages puts problems into the form of response_metadata.messages.
func Messages(problems []Problem) []string {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = "[ERROR] " + p.String()
	}
	return lines
}
