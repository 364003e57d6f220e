package blocks

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"confbot/sandbox/slack/blockkit"
)

func TestSlackTakesEveryView(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		raw := payload(t, s)
		strict := blockkit.Options{Strict: true}
		var problems []blockkit.Problem
		switch {
		case s.message != nil:
			var m struct {
				Blocks json.RawMessage `json:"blocks"`
			}
			if err := json.Unmarshal(raw, &m); err != nil {
				t.Fatal(err)
			}
			problems = strict.Blocks(blockkit.Message, m.Blocks)
		default:
			problems = strict.View(raw)
		}
		for _, p := range problems {
			t.Errorf("%s: %+v", s.name, p)
		}
	}
}

func TestEveryViewIsWithinOurLimits(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		raw := payload(t, s)
		if s.message != nil {
			if n := utf8.RuneCountInString(s.message.Text); n == 0 || n > MaxText {
				t.Errorf("%s: the text has %d characters", s.name, n)
			}
			if n := utf8.RuneCountInString(s.message.Text) + stringsIn(s.message.Blocks...); n > MaxStrings {
				t.Errorf("%s: all strings come to %d", s.name, n)
			}
			if n := len(s.message.Blocks); n == 0 || n > MaxMessageBlocks {
				t.Errorf("%s: %d blocks", s.name, n)
			}
		} else if n := len(raw); n > MaxViewBytes || len(s.view.Blocks) > MaxViewBlocks || len(s.view.Meta) > MaxMeta {
			t.Errorf("%s: a view of %d bytes, %d blocks, %d of meta", s.name, n, len(s.view.Blocks), len(s.view.Meta))
		}
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		walk(v, func(o map[string]any) { checkObject(t, s.name, o) })
	}
}

// checkObject holds one object to the limits that only we set.
func checkObject(t *testing.T, where string, o map[string]any) {
	t.Helper()
	str := func(key string) string { s, _ := o[key].(string); return s }
	if o["type"] == "button" {
		text, _ := o["text"].(map[string]any)
		words, _ := text["text"].(string)
		if n := utf8.RuneCountInString(words); n > MaxButtonWords {
			t.Errorf("%s: the button %q has %d characters", where, words, n)
		}
	}
	if n := utf8.RuneCountInString(str("accessibility_label")); n > MaxLabel {
		t.Errorf("%s: a label of %d characters", where, n)
	}
	if _, isOption := o["value"]; isOption && o["type"] == nil {
		if n := len(str("value")); n == 0 || n > MaxOptionValue {
			t.Errorf("%s: an option's value of %d characters", where, n)
		}
	}
	if id := str("action_id"); id != "" && !known(id) {
		t.Errorf("%s: nothing handles the action %q", where, id)
	}
	if id := str("callback_id"); o["submit"] != nil && !slices.Contains(AllForms(), id) {
		t.Errorf("%s: nothing handles the form %q", where, id)
	}
	if o["type"] == "overflow" {
		options, _ := o["options"].([]any)
		for _, e := range options {
			opt, _ := e.(map[string]any)
			value, _ := opt["value"].(string)
			if action, _, err := Clicked(str("action_id"), value); err != nil || !slices.Contains(AllActions(), action) {
				t.Errorf("%s: the choice %q of %s means %q, %v", where, value, str("action_id"), action, err)
			}
		}
	}
}

// known reports whether an action id is one that is handled, or an input's.
func known(id string) bool {
	_, menu := menus[id]
	return menu || strings.HasPrefix(id, "in.") || slices.Contains(AllActions(), id)
}

func walk(v any, visit func(map[string]any)) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			walk(e, visit)
		}
	case map[string]any:
		visit(v)
		for _, e := range v {
			walk(e, visit)
		}
	}
}

// TestTheWordsAloneAreEnough strips the blocks: what is left still says who,
// what, when and what next.
func TestTheWordsAloneAreEnough(t *testing.T) {
	t.Parallel()
	for _, s := range samples() {
		if s.message == nil {
			continue
		}
		if len(s.says) == 0 {
			t.Errorf("%s: nothing is asked of its words", s.name)
		}
		for _, want := range s.says {
			if !strings.Contains(s.message.Text, want) {
				t.Errorf("%s: the words do not say %q:\n%s", s.name, want, s.message.Text)
			}
		}
		for _, sign := range []string{"••", "·", ":mute:", ":speaker:", ":warning:", "<!date", "\n"} {
			if strings.Contains(s.message.Text, sign) {
				t.Errorf("%s: the words hold %q, which nobody can hear:\n%s", s.name, sign, s.message.Text)
			}
		}
	}
}

// TestEveryActionAndFormIsDrawnSomewhere holds the lists to what is drawn: an
// id that no view draws is either dead or missing a golden.
func TestEveryActionAndFormIsDrawnSomewhere(t *testing.T) {
	t.Parallel()
	drawn := map[string]bool{}
	for _, s := range samples() {
		var v any
		if err := json.Unmarshal(payload(t, s), &v); err != nil {
			t.Fatal(err)
		}
		walk(v, func(o map[string]any) {
			id, _ := o["action_id"].(string)
			drawn[id] = true
			if cb, ok := o["callback_id"].(string); ok {
				drawn[cb] = true
			}
			if options, ok := o["options"].([]any); ok && o["type"] == "overflow" {
				for _, e := range options {
					opt, _ := e.(map[string]any)
					value, _ := opt["value"].(string)
					if action, _, err := Clicked(id, value); err == nil {
						drawn[action] = true
					}
				}
			}
		})
	}
	for _, id := range slices.Concat(AllActions(), AllForms(), AllSuggestions()) {
		if !drawn[id] {
			t.Errorf("no sample draws %q", id)
		}
	}
}
