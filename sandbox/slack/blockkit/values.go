package blockkit

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The checks of one value by itself. Each says whether the value has the type
// it should have, so that a rule may look at it.

func (c *checker) string(n node, pointer string, value any) bool {
	s, ok := value.(string)
	if !ok {
		c.wrongType(pointer, "must provide a string")
		return false
	}
	characters := length(s)
	switch {
	case characters < n.min:
		c.failed(pointer, fmt.Sprintf("must be more than %d characters", n.min-1), "min_length", n.min, characters)
	case n.max > 0 && characters > n.max:
		c.failed(pointer, fmt.Sprintf("must be less than %d characters", n.max+1), "max_length", n.max, characters)
	case n.enum != nil && !slices.Contains(n.enum, s):
		c.failed(pointer, "must be a valid enum value", "enum", n.enum, s)
	case n.format != nil && !n.format.MatchString(s):
		c.failed(pointer, "input must match regex pattern: "+n.format.String(), "pattern", n.format.String(), s)
	}
	return true
}

func (c *checker) number(n node, pointer string, value any) bool {
	written, ok := value.(json.Number)
	if !ok {
		c.wrongType(pointer, "must provide a number")
		return false
	}
	if n.kind == anInteger && strings.ContainsAny(written.String(), ".eE") {
		c.wrongType(pointer, "must provide an integer")
		return false
	}
	x, err := written.Float64()
	switch {
	case err != nil: // 1e999
		c.wrongType(pointer, "must provide a number")
		return false
	case n.low != nil && x < *n.low:
		c.failed(pointer, "must be greater than "+figure(*n.low), "minimum", *n.low, written)
	case n.high != nil && x > *n.high:
		c.failed(pointer, "must be less than "+figure(*n.high), "maximum", *n.high, written)
	}
	return true
}

func figure(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

func (c *checker) array(n node, at place, pointer string, value any) bool {
	items, ok := value.([]any)
	if !ok {
		c.wrongType(pointer, "must provide an array")
		return false
	}
	switch {
	case len(items) < n.min:
		c.failed(pointer, fmt.Sprintf("must provide at least %d items", n.min), "min_items", n.min, len(items))
	case n.max > 0 && len(items) > n.max:
		c.failed(pointer, fmt.Sprintf("no more than %d items allowed", n.max), "max_items", n.max, len(items))
	}
	for i, item := range items {
		c.value(*n.item, at, pointer+"/"+strconv.Itoa(i), item)
	}
	return true
}
