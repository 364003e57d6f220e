package blocks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// stringsIn counts the characters of every string in blocks, types and ids
// included: the most that Slack's unpublished sum can be about.
func stringsIn(blocks ...slack.Block) int {
	raw, err := json.Marshal(blocks)
	if err != nil {
		return MaxStrings + 1
	}
	return countStrings(raw)
}

// countStrings counts the characters of the string values in valid JSON; keys
// do not count. An escape is one character.
func countStrings(raw []byte) int {
	total := 0
	for i := 0; i < len(raw); i++ {
		if raw[i] != '"' {
			continue
		}
		n := 0
		for i++; i < len(raw) && raw[i] != '"'; n++ {
			switch {
			case raw[i] == '\\' && i+1 < len(raw) && raw[i+1] == 'u':
				i += 6
			case raw[i] == '\\':
				i += 2
			default:
				_, size := utf8.DecodeRune(raw[i:])
				i += size
			}
		}
		if i+1 < len(raw) && raw[i+1] == ':' {
			continue
		}
		total += n
	}
	return total
}

// keyed gives a drawing its key: what two drawings of the same state share.
// The drawing's revision and the top-level text, which holds the time of
// reading, do not count.
func keyed(m Message, revision int64) Message {
	stamp(m.Blocks, 0)
	raw, err := json.Marshal(m.Blocks)
	stamp(m.Blocks, revision)
	if err == nil {
		sum := sha256.Sum256(raw)
		m.Key = hex.EncodeToString(sum[:16])
	}
	return m
}

// stamp writes the revision into the ids of the blocks that hold buttons.
func stamp(blocks []slack.Block, revision int64) {
	for _, b := range blocks {
		a, ok := b.(*slack.ActionBlock)
		if !ok {
			continue
		}
		if ref, err := ParseBlock(a.BlockID); err == nil {
			ref.Revision = revision
			a.BlockID = ref.ID()
		}
	}
}
