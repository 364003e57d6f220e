package audian

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// kind is the JSON type that a field must have.
type kind int

const (
	anything kind = iota
	text
	integer
	boolean
	booleanOrText
	object
	texts
)

var kindNames = map[kind]string{
	text: "string", integer: "integer", boolean: "boolean",
	booleanOrText: "boolean, string", object: "object", texts: "array",
}

// field is one row of a schema.
type field struct {
	path     string
	kind     kind
	required bool
	min, max int      // length of a text (max 0: none); least value of an integer
	digits   bool     // each text is ^[0-9]+$
	unique   bool     // no two items are the same
	enum     []string // the texts that are allowed
	fallback any      // stored when the field is absent (kazoo)
}

const digitsPattern = "^[0-9]+$"

// problems is what Kazoo's validation answers: path → rule → detail.
type problems map[string]map[string]document

func (p problems) add(path, rule, message string, detail document) {
	if p[path] == nil {
		p[path] = map[string]document{}
	}
	full := document{"message": message}
	for k, v := range detail {
		full[k] = v
	}
	p[path][rule] = full
}

// sentence is the first problem as the one sentence of Audian's own sample.
func (p problems) sentence() string {
	paths := make([]string, 0, len(p))
	for path := range p {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths {
		for rule, detail := range p[path] {
			if rule == "required" {
				return "field required: " + path
			}
			return fmt.Sprintf("invalid field: %s: %s", path, detail["message"])
		}
	}
	return "bad request"
}

// check holds d to the schema. With coerce it first turns "25" into 25 and
// "true" into true where the schema wants that, in place, as Kazoo does.
func check(d document, schema []field, coerce bool) problems {
	found := problems{}
	for _, f := range schema {
		v, present := at(d, f.path)
		if !present {
			if f.required {
				found.add(f.path, "required", "Field is required but missing", document{"value": d})
			}
			continue
		}
		if coerce {
			v = coerced(v, f.kind)
			put(d, f.path, v)
		}
		f.check(v, found)
	}
	return found
}

func coerced(v any, k kind) any {
	s, ok := v.(string)
	if !ok {
		return v
	}
	switch {
	case k == integer:
		if _, err := strconv.Atoi(s); err == nil {
			return json.Number(s)
		}
	case k == boolean && (s == "true" || s == "false"):
		return s == "true"
	}
	return v
}

func (f field) check(v any, found problems) {
	if !f.hasKind(v) {
		name := kindNames[f.kind]
		found.add(f.path, "type", "Value did not match type(s): "+name, document{"target": name, "value": v})
		return
	}
	switch v := v.(type) {
	case string:
		f.checkText(f.path, v, found)
	case []any:
		f.checkList(v, found)
	}
	if n, ok := whole(v); ok && f.kind == integer && n < f.min {
		found.add(f.path, "minimum", fmt.Sprintf("Value must be at least %d", f.min), document{"target": f.min, "value": v})
	}
}

func (f field) hasKind(v any) bool {
	_, isText := v.(string)
	_, isBool := v.(bool)
	switch f.kind {
	case text:
		return isText
	case boolean:
		return isBool
	case booleanOrText:
		return isText || isBool
	case integer:
		_, ok := whole(v)
		return ok
	case object:
		_, ok := v.(document)
		return ok
	case texts:
		_, ok := v.([]any)
		return ok
	default:
		return true
	}
}

func (f field) checkText(path, s string, found problems) {
	length := utf8.RuneCountInString(s)
	if length < f.min {
		found.add(path, "minLength", fmt.Sprintf("String must be at least %d characters", f.min),
			document{"target": f.min, "cause": s, "value": s})
	}
	if f.max > 0 && length > f.max {
		found.add(path, "maxLength", fmt.Sprintf("String must not be more than %d characters", f.max),
			document{"target": f.max, "cause": s, "value": s})
	}
	if f.digits && !onlyDigits(s) {
		found.add(path, "pattern", "Failed to match pattern '"+digitsPattern+"'",
			document{"target": digitsPattern, "value": s})
	}
	if f.enum != nil && !slices.Contains(f.enum, s) {
		found.add(path, "enum", "Value not found in enumerated list of values",
			document{"target": f.enum, "value": s})
	}
}

func (f field) checkList(list []any, found problems) {
	seen := map[string]bool{}
	for i, item := range list {
		path := f.path + "." + strconv.Itoa(i)
		s, ok := item.(string)
		if !ok {
			found.add(path, "type", "Value did not match type(s): string", document{"target": "string", "value": item})
			continue
		}
		f.checkText(path, s, found)
		if f.unique && seen[s] {
			found.add(f.path, "uniqueItems", "List of items is not unique", document{"value": list})
		}
		seen[s] = true
	}
}

func onlyDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}
