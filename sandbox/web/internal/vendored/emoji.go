package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// emojiNames turns emoji-datasource's table into an object from the name
// between colons, as Slack writes it, to the character: {"+1":"👍", …}.
// Every alias is a key of its own.
func emojiNames(table []byte) ([]byte, error) {
	var emoji []struct {
		Unified    string   `json:"unified"` // "1F44D" or "0031-FE0F-20E3"
		ShortNames []string `json:"short_names"`
	}
	if err := json.Unmarshal(table, &emoji); err != nil {
		return nil, err
	}
	names := make(map[string]string, len(emoji))
	for _, e := range emoji {
		char, err := fromUnified(e.Unified)
		if err != nil {
			return nil, err
		}
		for _, name := range e.ShortNames {
			names[name] = char
		}
	}
	out, err := json.Marshal(names) // sorts its keys: the same bytes each time
	return append(out, '\n'), err
}

func fromUnified(unified string) (string, error) {
	var b strings.Builder
	for part := range strings.SplitSeq(unified, "-") {
		code, err := strconv.ParseInt(part, 16, 32)
		if err != nil {
			return "", fmt.Errorf("code point of %q: %w", unified, err)
		}
		b.WriteRune(rune(code))
	}
	return b.String(), nil
}
