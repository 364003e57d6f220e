package slack

import "confbot/sandbox/slack/blockkit"

// blocksValidate is the one method that needs no token: exactly one of blocks, view and message, judged in full
// (docs.slack.dev/reference/methods/blocks.validate).
func blocksValidate(c *call) (obj, *apiError) {
	var given []blockkit.Payload
	for _, kind := range []blockkit.Payload{blockkit.PayloadBlocks, blockkit.PayloadView, blockkit.PayloadMessage} {
		if c.args.has(string(kind)) {
			given = append(given, kind)
		}
	}
	if len(given) != 1 {
		return nil, invalid("exactly one of blocks, view and message is needed")
	}
	raw, _, valid := c.args.raw(string(given[0]))
	if !valid {
		return nil, refuse(given[0].Refusal())
	}
	if found := c.blocks.Validate(given[0], raw); len(found) > 0 {
		return nil, &apiError{code: given[0].Refusal(), errors: found}
	}
	return nil, nil
}
