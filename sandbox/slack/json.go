package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// obj is a JSON object on its way out.
type obj = map[string]any

// decode reads JSON keeping numbers as they were written.
func decode(raw []byte) (any, error) {
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	if dec.More() {
		return nil, fmt.Errorf("decode: more than one value")
	}
	return v, nil
}

// encode writes JSON without escaping <, > and &, as Slack does.
func encode(v any) json.RawMessage {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return json.RawMessage("null") // only values built here come this way, and they all encode
	}
	return bytes.TrimRight(buf.Bytes(), "\n")
}

func asObj(v any) obj {
	m, _ := v.(map[string]any)
	return m
}

func asList(v any) []any {
	l, _ := v.([]any)
	return l
}

func asString(v any) string {
	switch t := v.(type) {
	case string:
		return t
	case json.Number:
		return t.String()
	}
	return ""
}

// asBool reads Slack's booleans, which clients also send as strings and numbers.
func asBool(v any) bool {
	switch t := v.(type) {
	case bool:
		return t
	case string:
		return t == "true" || t == "1" || t == "True"
	case json.Number:
		return t.String() == "1"
	}
	return false
}

// isEmpty tells null, {}, [] and "" from values that say something.
func isEmpty(raw json.RawMessage) bool {
	switch string(bytes.TrimSpace(raw)) {
	case "", "null", "{}", "[]", `""`:
		return true
	}
	return false
}
