package blockkit

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
)

// Wordings here that Slack was seen to use: `action_id` … already exists,
// must define `submit` …. The others are ours, because Slack's were not seen.

func actionIDOnce(c *checker, _ place, pointer string, value any) {
	c.once(c.seen.actionIDs, "action_id", pointer, value)
}

func blockIDOnce(c *checker, _ place, pointer string, value any) {
	c.once(c.seen.blockIDs, "block_id", pointer, value)
}

func (c *checker) once(seen map[string]bool, name, pointer string, value any) {
	id, _ := value.(string)
	switch {
	case id == "" || seen == nil:
	case seen[id]:
		c.refuse(pointer, fmt.Sprintf("`%s` %q already exists", name, id))
	default:
		seen[id] = true
	}
}

// focusOnce: one element of a view takes the focus. Messages have no focus to
// take.
func focusOnce(c *checker, at place, pointer string, value any) {
	if value != true || at.on&onMessage != 0 {
		return
	}
	if c.seen.focused {
		c.refuse(pointer, "only one element may set `focus_on_load`")
	}
	c.seen.focused = true
}

func needsSubmit(c *checker, _ place, pointer string, _ any) {
	if c.wantsSubmit {
		c.refuse(pointer+"/input", "must define `submit` to use an `input` block in modals")
	}
}

func filesDoNotDispatch(c *checker, _ place, pointer string, value any) {
	element, _ := property(value, "element").(map[string]any)
	if element["type"] == "file_input" && property(value, "dispatch_action") == true {
		c.refuse(pointer+"/dispatch_action", "must not be set for a `file_input` element")
	}
}

// initialIsOffered: what is chosen at first must be one of the options.
func initialIsOffered(c *checker, _ place, pointer string, value any) {
	offered := offers(value)
	check := func(pointer string, initial any) {
		for _, o := range offered {
			if c.sameOption(o, initial) {
				return
			}
		}
		c.refuse(pointer, "must be one of the `options`")
	}
	if initial, ok := property(value, "initial_option").(map[string]any); ok {
		check(pointer+"/initial_option", initial)
	}
	for i, initial := range items(value, "initial_options") {
		check(pointer+"/initial_options/"+strconv.Itoa(i), initial)
	}
}

func (c *checker) sameOption(a, b any) bool {
	if c.strict {
		return reflect.DeepEqual(a, b)
	}
	return property(a, "value") == property(b, "value") &&
		property(property(a, "text"), "text") == property(property(b, "text"), "text")
}

func valuesDiffer(c *checker, _ place, pointer string, value any) {
	if !c.strict {
		return
	}
	seen := make(map[any]bool)
	for _, o := range offers(value) {
		id, _ := property(o, "value").(string)
		if seen[id] {
			c.refuse(pointer, fmt.Sprintf("option value %q already exists", id))
		}
		seen[id] = true
	}
}

// offers are the options of a menu, those in groups too.
func offers(menu any) []any {
	all := items(menu, "options")
	for _, group := range items(menu, "option_groups") {
		all = append(all[:len(all):len(all)], items(group, "options")...)
	}
	return all
}

// inOrder: low must not be above high. Both are numbers, or strings that hold
// one.
func inOrder(low, high string) rule {
	return func(c *checker, _ place, pointer string, value any) {
		a, okA := asNumber(property(value, low))
		b, okB := asNumber(property(value, high))
		if okA && okB && a > b {
			c.refuse(pointer+"/"+low, fmt.Sprintf("must not be greater than `%s`", high))
		}
	}
}

func asNumber(value any) (float64, bool) {
	var written string
	switch v := value.(type) {
	case json.Number:
		written = v.String()
	case string:
		written = v
	}
	x, err := strconv.ParseFloat(written, 64)
	return x, err == nil
}

// twoLevels: a container may stand in a layout and the other way round, and
// nothing of the kind in those.
func twoLevels(c *checker, at place, pointer string, _ any) {
	if at.boxes >= 2 {
		c.refuse(pointer, "`container` and `layout` blocks may be nested two levels deep")
	}
}

func markdownTotal(c *checker, _ place, pointer string, value any) {
	text, _ := property(value, "text").(string)
	before := c.seen.md
	c.seen.md += length(text)
	if length(text) <= maxMarkdown && before <= maxMarkdown && c.seen.md > maxMarkdown {
		c.refuse(pointer+"/text", fmt.Sprintf("must be less than %d characters over all `markdown` blocks", maxMarkdown+1))
	}
}

// blocksStandAlone: an attachment with blocks has no title of its own.
func blocksStandAlone(c *checker, _ place, pointer string, value any) {
	attachment, _ := value.(map[string]any)
	if _, ok := attachment["blocks"]; !ok {
		return
	}
	for _, name := range sortedNames(attachment) {
		beside := name == "blocks" || name == "color" || name == "fallback"
		if name == "title" || name == "callback_id" || c.strict && !beside {
			c.failed(pointer, "invalid additional property: "+name, "additional_properties", nil, name)
		}
	}
}
