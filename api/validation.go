package api

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"confbot/conference"
)

// complaint is one thing wrong with one field, in our words.
type complaint struct {
	field string // one of fields; "" is none that we know
	rule  string // one of the rules of knownRule
}

// blame picks the complaint to tell a person about: fields in the order of
// the form.
func blame(all []complaint) (conference.Kind, conference.Reason, string) {
	if len(all) == 0 {
		return conference.Invalid, conference.Refused, ""
	}
	c := slices.MinFunc(all, func(a, b complaint) int { return cmp.Compare(a.order(), b.order()) })
	clash := c.rule == "unique"
	switch {
	case c.field == "action":
		return conference.Denied, conference.Unsupported, ""
	case c.field == "name" && clash:
		return conference.Conflict, conference.NameTaken, c.field
	case c.field == "number" && clash:
		return conference.Conflict, conference.NumberTaken, c.field
	case (c.field == "pin" || c.field == "modpin") && clash:
		return conference.Conflict, conference.PINTaken, c.field
	case c.field == "name" && (c.rule == "required" || c.rule == "minLength"):
		return conference.Invalid, conference.NameMissing, c.field
	case c.field == "name" && c.rule == "maxLength":
		return conference.Invalid, conference.NameTooLong, c.field
	case c.field == "pin", c.field == "modpin":
		return conference.Invalid, conference.PINFormat, c.field
	case c.field == "max":
		return conference.Invalid, conference.LimitRange, c.field
	case c.field == "number":
		return conference.Invalid, conference.NumberFormat, c.field
	}
	return conference.Invalid, conference.Refused, c.field
}

func (c complaint) order() int {
	i := slices.Index([]string{"name", "pin", "modpin", "max", "profile", "entry", "exit", "number", "action"}, c.field)
	if i < 0 {
		return 99
	}
	return i
}

// fieldOf maps a field's path, in either dialect, to the setting's name.
func fieldOf(path string) string {
	path = strings.TrimPrefix(strings.ToLower(path), "data.")
	for _, f := range []struct{ prefix, field string }{
		{"name", "name"},
		{"member_pins", "pin"},
		{"member.pins", "pin"},
		{"moderator_pins", "modpin"},
		{"moderator.pins", "modpin"},
		{"max_members", "max"},
		{"max_participants", "max"},
		{"profile", "profile"},
		{"profile_name", "profile"},
		{"play_entry_tone", "entry"},
		{"play_exit_tone", "exit"},
		{"conference_numbers", "number"},
		{"numbers", "number"},
		{"member.numbers", "number"},
		{"moderator.numbers", "number"},
		{"action", "action"},
	} {
		if path == f.prefix || strings.HasPrefix(path, f.prefix+".") || strings.HasPrefix(path, f.prefix+"[") {
			return f.field
		}
	}
	return ""
}

// knownRule keeps what we print to words that we know.
func knownRule(rule string) (string, bool) {
	switch rule {
	case "required", "type", "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "uniqueItems",
		"pattern", "enum", "additionalProperties", "wrong_format", "unique", "not_found", "invalid", "disabled", "expired", "forbidden":
		return rule, true
	}
	return "invalid", false
}

// complaintsOf reads what an error answer complains about: Kazoo's map of
// path → rule → detail, or a sentence as in Audian's own samples
// (https://docs.audian.com/errors).
func complaintsOf(body object) []complaint {
	data := body.first("data")
	if all := walkRules("", data, 0); len(all) > 0 {
		return all
	}
	detail := body.child("error")
	if f := fieldOf(asText(detail.first("param", "field"))); f != "" {
		return []complaint{{f, ruleIn(asText(detail.first("code")) + " " + asText(detail.first("message")))}}
	}
	o, _ := asObject(data)
	for _, text := range []json.RawMessage{o.first("message"), data, detail.first("message"), body.first("message")} {
		if c, ok := complaintIn(asText(text)); ok {
			return []complaint{c}
		}
	}
	return nil
}

// walkRules flattens the map; paths may be dotted, nested, or both.
func walkRules(path string, raw json.RawMessage, depth int) []complaint {
	o, ok := asObject(raw)
	if !ok || depth > 6 {
		return nil
	}
	var all []complaint
	for _, key := range slices.Sorted(maps.Keys(o)) {
		if rule, known := knownRule(key); known && path != "" {
			all = append(all, complaint{fieldOf(path), rule})
			continue
		}
		all = append(all, walkRules(strings.TrimPrefix(path+"."+key, "."), o[key], depth+1)...)
	}
	return all
}

// complaintIn looks for the name of a field in a sentence.
func complaintIn(text string) (complaint, bool) {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return r != '_' && r != '.' && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9')
	})
	for _, w := range words {
		if f := fieldOf(strings.Trim(w, ".")); f != "" {
			return complaint{f, ruleIn(text)}, true
		}
	}
	return complaint{}, false
}

// ruleIn guesses the rule from a sentence.
func ruleIn(text string) string {
	text = strings.ToLower(text)
	for _, g := range []struct{ rule, words string }{
		{"type", "did not match type|be an object|not an object"},
		{"unique", "unique|already|taken|in use|exists|duplicate"},
		{"required", "required|missing|blank|empty"},
		{"maxLength", "too long|longer|at most|more than|maximum"},
	} {
		for w := range strings.SplitSeq(g.words, "|") {
			if strings.Contains(text, w) {
				return g.rule
			}
		}
	}
	return "invalid"
}
