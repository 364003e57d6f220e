package audian

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// document is a JSON object as a client wrote it. Stored documents are never
// changed in place.
type document = map[string]any

// clone copies d down to its leaves.
func clone(d document) document {
	out := make(document, len(d))
	for k, v := range d {
		out[k] = cloneValue(v)
	}
	return out
}

func cloneValue(v any) any {
	switch v := v.(type) {
	case document:
		return clone(v)
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = cloneValue(item)
		}
		return out
	default:
		return v
	}
}

// merge lays change over d, objects into objects; null deletes a key.
func merge(d, change document) document {
	out := clone(d)
	for k, v := range change {
		inner, isObject := v.(document)
		old, wasObject := out[k].(document)
		switch {
		case v == nil:
			delete(out, k)
		case isObject && wasObject:
			out[k] = merge(old, inner)
		default:
			out[k] = cloneValue(v)
		}
	}
	return out
}

// overlay lays change over d key by key; objects are replaced whole.
func overlay(d, change document) document {
	out := clone(d)
	for k, v := range change {
		out[k] = cloneValue(v)
	}
	return out
}

// public drops what a client may not write: the id, and Kazoo's private keys.
func public(d document) document {
	out := make(document, len(d))
	for k, v := range d {
		if k != "id" && !strings.HasPrefix(k, "_") && !strings.HasPrefix(k, "pvt_") {
			out[k] = v
		}
	}
	return out
}

// at finds the value at a dotted path.
func at(d document, path string) (any, bool) {
	parent, last, ok := parentOf(d, path)
	if !ok {
		return nil, false
	}
	v, ok := parent[last]
	return v, ok
}

func parentOf(d document, path string) (document, string, bool) {
	for {
		head, rest, more := strings.Cut(path, ".")
		if !more {
			return d, path, true
		}
		inner, ok := d[head].(document)
		if !ok {
			return nil, "", false
		}
		d, path = inner, rest
	}
}

// put sets the value at a dotted path in place, making objects on the way;
// where something else stands in the way it is left alone.
func put(d document, path string, v any) {
	for {
		head, rest, more := strings.Cut(path, ".")
		if !more {
			d[path] = v
			return
		}
		if _, exists := d[head]; !exists {
			d[head] = document{}
		}
		inner, ok := d[head].(document)
		if !ok {
			return
		}
		d, path = inner, rest
	}
}

func textAt(d document, path string) string {
	v, _ := at(d, path)
	s, _ := v.(string)
	return s
}

func flagAt(d document, path string) bool {
	v, _ := at(d, path)
	b, _ := v.(bool)
	return b
}

// textsAt reads a list of strings; other items are passed over.
func textsAt(d document, path string) []string {
	v, _ := at(d, path)
	list, _ := v.([]any)
	out := make([]string, 0, len(list))
	for _, item := range list {
		if s, ok := item.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

func wholeAt(d document, path string) int {
	v, _ := at(d, path)
	n, _ := whole(v)
	return n
}

// whole reads a JSON number that has no fraction.
func whole(v any) (int, bool) {
	switch v := v.(type) {
	case int:
		return v, true
	case json.Number:
		if n, err := strconv.Atoi(v.String()); err == nil {
			return n, true
		}
		f, err := v.Float64()
		if err != nil || f != math.Trunc(f) || math.Abs(f) > math.MaxInt32 {
			return 0, false
		}
		return int(f), true
	default:
		return 0, false
	}
}

func anyList(texts []string) []any {
	out := make([]any, len(texts))
	for i, s := range texts {
		out[i] = s
	}
	return out
}
