package api

import (
	"bytes"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"confbot/conference"
)

// object is a JSON object whose values may have been sent as any type. What
// it holds is kept as it came, so that unknown keys and big numbers survive.
type object map[string]json.RawMessage

// asObject reads raw as an object; ok is false for anything else.
func asObject(raw json.RawMessage) (o object, ok bool) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] != '{' {
		return nil, false
	}
	return o, json.Unmarshal(raw, &o) == nil
}

// asList reads raw as an array; ok is false for anything else.
func asList(raw json.RawMessage) (l []json.RawMessage, ok bool) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] != '[' {
		return nil, false
	}
	return l, json.Unmarshal(raw, &l) == nil
}

// listIn reads raw as an array, also where it is wrapped under the key, or
// where its items are the values of an object and each of them has an id.
func listIn(raw json.RawMessage, key string) (l []json.RawMessage, ok bool) {
	if l, ok = asList(raw); ok {
		return l, true
	}
	o, _ := asObject(raw)
	if l, ok = asList(o[key]); ok {
		return l, true
	}
	for _, k := range slices.Sorted(maps.Keys(o)) {
		item, isObject := asObject(o[k])
		if item = item.normal(); !isObject || item.first("id", "participant_id") == nil {
			return nil, false
		}
		l = append(l, o[k])
	}
	return l, len(l) > 0
}

// has reports whether there is such a key.
func (o object) has(key string) bool {
	_, ok := o[key]
	return ok
}

// normal returns the object with its keys in the API's spelling: what Kazoo
// calls Caller-ID-Name within itself is caller_id_name here. A key that is
// spelt so already wins.
func (o object) normal() object {
	n := make(object, len(o))
	for _, k := range slices.Sorted(maps.Keys(o)) {
		key := strings.ReplaceAll(strings.ToLower(k), "-", "_")
		if _, taken := n[key]; !taken || key == k {
			n[key] = o[k]
		}
	}
	return n
}

// first returns the value of the first of these keys that is there and not
// null.
func (o object) first(keys ...string) json.RawMessage {
	for _, k := range keys {
		if v := bytes.TrimSpace(o[k]); len(v) > 0 && string(v) != "null" {
			return v
		}
	}
	return nil
}

// child returns the object under the key, or an empty one.
func (o object) child(key string) object {
	c, _ := asObject(o[key])
	return c
}

// asText reads a string, or a number as it would be written.
func asText(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return ""
	}
	if raw[0] == '"' {
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return ""
		}
		return s
	}
	if raw[0] != '-' && (raw[0] < '0' || raw[0] > '9') {
		return ""
	}
	if bytes.ContainsAny(raw, ".eE") {
		if n, ok := asInt(raw); ok {
			return strconv.FormatInt(n, 10)
		}
	}
	return string(raw)
}

// asNumber reads a number, or a string of digits.
func asNumber(raw json.RawMessage) (float64, bool) {
	n, err := strconv.ParseFloat(strings.TrimSpace(asTextPlain(raw)), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) {
		return 0, false
	}
	return n, true
}

// asTextPlain is asText without tidying numbers.
func asTextPlain(raw json.RawMessage) string {
	raw = bytes.TrimSpace(raw)
	if len(raw) > 0 && raw[0] == '"' {
		return asText(raw)
	}
	return string(raw)
}

// asInt reads a whole number that a float64 holds exactly.
func asInt(raw json.RawMessage) (int64, bool) {
	n, ok := asNumber(raw)
	if !ok || n != math.Trunc(n) || math.Abs(n) > 1<<53 {
		return 0, false
	}
	return int64(n), true
}

// asFlag reads a truth value: a bool, a number, or a string, where any word
// but a "no" is a yes (a tone may be the name of a sound). Nil is "not said".
func asFlag(raw json.RawMessage) *bool {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 {
		return nil
	}
	yes := false
	switch raw[0] {
	case 't', 'f':
		yes = raw[0] == 't'
	case '"':
		s := asText(raw)
		b, err := strconv.ParseBool(strings.ToLower(s))
		yes = s != "" && (err != nil || b)
	default:
		n, ok := asNumber(raw)
		if !ok {
			return nil
		}
		yes = n != 0
	}
	return &yes
}

// gregorian is the second 0 of Unix counted from year 0, as Kazoo counts.
const gregorian = 62167219200

// asTime reads a moment: ISO 8601, or a number that by its size is Unix
// milliseconds, Gregorian seconds or Unix seconds. Zero is "not said".
func asTime(raw json.RawMessage) time.Time {
	if n, ok := asNumber(raw); ok {
		switch {
		case n <= 0 || n > 1e14:
			return time.Time{}
		case n > 1e11:
			return time.UnixMilli(int64(n)).UTC()
		case n > 6e10:
			return time.Unix(int64(n)-gregorian, 0).UTC()
		}
		return time.UnixMilli(int64(n * 1000)).UTC()
	}
	s := strings.TrimSpace(asText(raw))
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05.999999999", "2006-01-02 15:04:05.999999999"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.UTC()
		}
	}
	return time.Time{}
}

// asPINs reads a list of PINs sent as strings or numbers, or a single one.
func asPINs(raw json.RawMessage) (pins []conference.PIN) {
	list, ok := asList(raw)
	if !ok {
		list = []json.RawMessage{raw}
	}
	for _, item := range list {
		if d := strings.TrimSpace(asText(item)); d != "" {
			pins = append(pins, conference.NewPIN(d))
		}
	}
	return pins
}
