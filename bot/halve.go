package bot

import (
	"slices"

	"github.com/slack-go/slack"

	"confbot/blocks"
)

// halve drops the second half of a message's blocks, but for the last one,
// which says how many there are. A row's words keep their buttons. The text
// keeps everything.
func halve(m blocks.Message) blocks.Message {
	if len(m.Blocks) < 4 {
		return m
	}
	cut := len(m.Blocks) / 2
	if m.Blocks[cut].BlockType() == slack.MBTAction {
		cut++
	}
	m.Blocks = append(slices.Clone(m.Blocks[:cut]), m.Blocks[len(m.Blocks)-1])
	if m.Key != "" {
		m.Key += "/2"
	}
	return m
}
