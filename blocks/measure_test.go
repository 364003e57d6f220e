package blocks

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestStringsAreCountedAsJSONHoldsThem(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		key, one, two := rapid.String().Draw(t, "key"), rapid.String().Draw(t, "one"), rapid.String().Draw(t, "two")
		raw, err := json.Marshal(map[string]any{"k" + key: []any{one, map[string]any{"x": two}, 7, true, nil}})
		if err != nil {
			t.Fatal(err)
		}
		if got, want := countStrings(raw), utf8.RuneCountInString(one)+utf8.RuneCountInString(two); got != want {
			t.Errorf("counted %d characters in %s, want %d", got, raw, want)
		}
	})
}
