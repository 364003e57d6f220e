package blockkit

import "encoding/json"

// TextTotal counts the characters of every "text" string in blocks: what
// Slack's hidden limit on a message was seen to count (MaxTextTotal). It is 0
// for what is not JSON.
func TextTotal(raw json.RawMessage) int {
	value, _ := decode(raw)
	return textIn(value)
}

// StringTotal counts the characters of all strings in blocks, ids and types
// too: the most that Slack could count.
func StringTotal(raw json.RawMessage) int {
	value, _ := decode(raw)
	return stringsIn(value)
}

func textIn(value any) int {
	total := 0
	walk(value, func(name, s string) {
		if name == "text" {
			total += length(s)
		}
	})
	return total
}

func stringsIn(value any) int {
	total := 0
	walk(value, func(_, s string) { total += length(s) })
	return total
}

// walk calls visit with each string and the property that holds it, or "".
func walk(value any, visit func(name, s string)) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			if s, ok := inner.(string); ok {
				visit(name, s)
				continue
			}
			walk(inner, visit)
		}
	case []any:
		for _, inner := range v {
			walk(inner, visit)
		}
	case string:
		visit("", v)
	}
}
