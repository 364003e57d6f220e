package blockkit

import (
	"maps"
	"slices"
	"strings"
)

// A checker walks one payload. What it has seen so far is kept for the rules.
type checker struct {
	families    map[string]family
	strict      bool
	wantsSubmit bool // a modal without submit
	problems    []Problem
	broken      bool // something other than a rule

	seen struct {
		blockIDs, actionIDs            map[string]bool // action ids of the block being walked
		focused                        bool
		tables, dataTables, charts, md int // md in characters
	}
}

func (o Options) checker() *checker {
	c := &checker{families: description(), strict: o.Strict}
	c.seen.blockIDs = make(map[string]bool)
	return c
}

// report adds a problem with the description.
func (c *checker) report(p Problem) {
	c.broken = true
	c.problems = append(c.problems, p)
}

// failed reports a value that misses its limit.
func (c *checker) failed(pointer, message, constraint string, expected, got any) {
	c.report(Problem{
		Pointer: pointer, Code: FailedConstraint, Message: message,
		Constraint: &Constraint{Type: constraint, Expected: expected, Got: got},
	})
}

func (c *checker) wrongType(pointer, message string) {
	c.report(Problem{Pointer: pointer, Code: InvalidType, Message: message})
}

// refuse adds a problem that a rule found.
func (c *checker) refuse(pointer, message string) {
	c.problems = append(c.problems, Problem{Pointer: pointer, Code: FailedConstraint, Message: message})
}

func (c *checker) blocks(on surfaces, pointer string, value any) {
	most := MaxViewBlocks
	if on&onMessage != 0 {
		most = MaxMessageBlocks
	}
	c.value(list(0, most, of(blockFamily)), place{on: on}, pointer, value)
}

func (c *checker) attachments(pointer string, value any) {
	if items, ok := value.([]any); ok && len(items) > MaxAttachments {
		c.report(Problem{Pointer: pointer, Code: TooManyAttachments, Message: "too_many_attachments"})
	}
	c.value(list(0, 0, attachment()), place{on: onMessage}, pointer, value)
}

// reading is the node as the options want it read.
func (c *checker) reading(n node) node {
	if !c.strict || n.strict == nil {
		return n
	}
	strict := *n.strict
	strict.required = strict.required || n.required
	return strict
}

// value checks any value against its description.
func (c *checker) value(n node, at place, pointer string, value any) {
	n = c.reading(n)
	if value == nil && n.null {
		return
	}
	ok := false
	switch n.kind {
	case aString:
		ok = c.string(n, pointer, value)
	case aBool:
		if _, ok = value.(bool); !ok {
			c.wrongType(pointer, "must be a boolean")
		}
	case anInteger, aNumber:
		ok = c.number(n, pointer, value)
	case anArray:
		ok = c.array(n, at, pointer, value)
	case anObject:
		ok = c.object(n, at, pointer, value)
	}
	if ok && n.rule != nil {
		n.rule(c, at, pointer, value)
	}
}

func (c *checker) object(n node, at place, pointer string, value any) bool {
	object, ok := value.(map[string]any)
	if !ok {
		c.wrongType(pointer, "must provide an object")
		return false
	}
	if n.shape != nil {
		c.shape(*n.shape, "", at, pointer, object)
		return true
	}
	name, s, ok := c.variant(n, at, pointer, object)
	if !ok {
		return false
	}
	if n.family == viewFamily {
		at.on = s.on
	}
	if n.family != blockFamily {
		c.shape(s, name, at, pointer, object)
		return true
	}
	outer := c.seen.actionIDs // action ids need to differ within a block only
	c.seen.actionIDs = make(map[string]bool)
	c.shape(s, name, at, pointer, object)
	c.seen.actionIDs = outer
	return true
}

// variant finds the shape that the object's type names, if it may stand here.
func (c *checker) variant(n node, at place, pointer string, object map[string]any) (string, shape, bool) {
	given, ok := object["type"]
	if !ok {
		c.report(Problem{Pointer: pointer, Code: MissingField, Message: "missing required field: type", Field: "type"})
		return "", shape{}, false
	}
	name, ok := given.(string)
	if !ok {
		c.wrongType(pointer+"/type", "must provide a string")
		return "", shape{}, false
	}
	if s, known := c.allowed(n, at, name); known {
		return name, s, true
	}
	message := "unsupported type: " + name
	if n.variants != nil {
		message = "must be a valid enum value"
	}
	c.failed(pointer+"/type", message, "enum", c.expected(n, at), name)
	return "", shape{}, false
}

// allowed is the shape of that type, if it may stand at a node in this place.
func (c *checker) allowed(n node, at place, name string) (shape, bool) {
	if n.variants != nil {
		s, ok := n.variants[name]
		return s, ok
	}
	s, ok := c.families[n.family][name]
	on := s.on
	if c.strict && s.strictOn != 0 {
		on = s.strictOn
	}
	return s, ok && (on == 0 || on&at.on != 0) && (n.types == nil || slices.Contains(n.types, name))
}

// expected names every type that may stand at a node in this place.
func (c *checker) expected(n node, at place) []string {
	from := n.variants
	if from == nil {
		from = c.families[n.family]
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(from)), func(name string) bool {
		_, ok := c.allowed(n, at, name)
		return !ok
	})
}

// shape checks an object's properties; typeName is "" where it has no type.
func (c *checker) shape(s shape, typeName string, at place, pointer string, object map[string]any) {
	inside := at
	if s.enter != nil {
		inside = s.enter(at)
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if name == "type" && typeName != "" {
			continue
		}
		n, known := s.props[name]
		if known && n.only != nil {
			known = n.only(at)
		}
		switch {
		case known:
			c.value(n, inside, pointer+"/"+name, object[name])
		case !s.open:
			c.failed(pointer, "invalid additional property: "+name, "additional_properties", nil, name)
		}
	}
	c.given(s, typeName, pointer, object)
	for _, r := range s.rules {
		r(c, at, pointer, object)
	}
}

// given checks which properties are there at all.
func (c *checker) given(s shape, typeName, pointer string, object map[string]any) {
	has := func(name string) bool { _, ok := object[name]; return ok }
	missing := func(name string) {
		c.report(Problem{Pointer: pointer, Code: MissingField, Message: "missing required field: " + name, Field: name})
	}
	for _, name := range slices.Sorted(maps.Keys(s.props)) {
		if c.reading(s.props[name]).required && !has(name) {
			missing(name)
		}
	}
	if s.oneOf != nil && !slices.ContainsFunc(s.oneOf, has) {
		missing(s.oneOf[0])
	}
	if s.someOf != nil && !slices.ContainsFunc(s.someOf, has) {
		at := pointer
		if typeName != "" {
			at += "/type" // where Slack was seen to point
		}
		c.refuse(at, "must define either "+quoted(s.someOf))
	}
	for _, exclusive := range [][]string{s.oneOf, s.atMost} {
		if count(exclusive, has) > 1 {
			c.failed(pointer, "failed to match exactly one allowed schema", "one_of", nil, nil)
		}
	}
}

func quoted(names []string) string { return "`" + strings.Join(names, "` or `") + "`" }

func count(names []string, has func(string) bool) int {
	total := 0
	for _, name := range names {
		if has(name) {
			total++
		}
	}
	return total
}
