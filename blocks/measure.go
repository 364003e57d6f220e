package blocks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// stringsIn counts the characters of every string in a message, which is the
// most that Slack's unpublished sum can be about.
func stringsIn(text string, blocks []slack.Block) int {
	raw, err := json.Marshal(blocks)
	if err != nil {
		return MaxStrings + 1
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		return MaxStrings + 1
	}
	return utf8.RuneCountInString(text) + countStrings(v)
}

func countStrings(v any) int {
	n := 0
	switch v := v.(type) {
	case string:
		return utf8.RuneCountInString(v)
	case []any:
		for _, e := range v {
			n += countStrings(e)
		}
	case map[string]any:
		for _, e := range v {
			n += countStrings(e)
		}
	}
	return n
}

// keyed gives a drawing its key: what two drawings of the same state share.
// The drawing's revision and the top-level text, which holds the time of
// reading, do not count.
func keyed(l Line, draw func(Line) Message) Message {
	m := draw(l)
	plain := m
	if l.Revision != 0 {
		l.Revision = 0
		plain = draw(l)
	}
	if raw, err := json.Marshal(plain.Blocks); err == nil {
		sum := sha256.Sum256(raw)
		m.Key = hex.EncodeToString(sum[:16])
	}
	return m
}
