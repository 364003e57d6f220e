package bot

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"confbot/blocks"
	"confbot/store"
)

// mostHalved is how often a message without rows is halved before it must be
// short enough for anything.
const mostHalved = 4

// shorten sees to it that a message which Slack found too long is drawn
// shorter from now on: with half of its rows, which says so itself, or with
// half of its blocks. It reports false when nothing is left to take away.
func (b *board) shorten(ctx context.Context, ref *store.MessageRef, m blocks.Message) bool {
	if m.Rows > 1 {
		ref.RowLimit = m.Rows / 2
		if err := b.refs.SetRowLimit(ctx, ref.Channel, ref.TS, ref.RowLimit); err != nil {
			b.log.Warn("how many rows fit could not be remembered", "error", err)
		}
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	key := laneKey{ref.Channel, ref.TS}
	b.halved[key]++
	return b.halved[key] <= mostHalved
}

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
