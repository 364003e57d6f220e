package blockkit

import "regexp"

// A kind is the JSON type that a value must have.
type kind uint8

const (
	aString kind = iota
	aBool
	anInteger
	aNumber
	anArray
	anObject
)

// A node describes one JSON value. Nodes are values: the builders below copy,
// so that a row can vary a common one.
type node struct {
	kind     kind
	required bool
	null     bool // null stands for "as usual"

	min, max  int      // code points of a string, items of an array; max 0 is no limit
	low, high *float64 // of a number
	enum      []string
	format    *regexp.Regexp

	item     *node    // of an array
	family   string   // of an object that says its type
	types    []string // which types of the family may stand here; nil is all
	variants family   // instead of a named family: types that only stand here
	shape    *shape   // of an object without a type

	only   func(place) bool // where the property exists at all
	rule   rule
	strict *node // takes the node's place under Options.Strict
}

// A props names the properties of an object. "type" is not among them where
// the object belongs to a family.
type props map[string]node

// A shape describes an object.
type shape struct {
	on       surfaces // zero is wherever its parent may stand
	strictOn surfaces // under Options.Strict, if not zero
	open     bool     // properties not named here are let through
	props    props
	oneOf    []string // exactly one of these must be given; the first is asked for
	someOf   []string // at least one of these
	atMost   []string // at most one of these
	rules    []rule
	enter    func(place) place // where its properties find themselves
}

// A family holds the shapes that a "type" property tells apart.
type family map[string]shape

// A rule relates values to each other; it reports with checker.refuse.
type rule func(c *checker, at place, pointer string, value any)

// Builders, from the short words of the tables to nodes.

func str(minimum, maximum int) node { return node{kind: aString, min: minimum, max: maximum} }
func boolean() node                 { return node{kind: aBool} }
func number() node                  { return node{kind: aNumber} }
func list(minimum, maximum int, item node) node {
	return node{kind: anArray, min: minimum, max: maximum, item: &item}
}
func object(s shape) node { return node{kind: anObject, shape: &s} }

func enum(values ...string) node { return node{kind: aString, enum: values} }

func matching(pattern string) node {
	return node{kind: aString, format: regexp.MustCompile(pattern)}
}

func integer(low, high float64) node {
	return node{kind: anInteger, low: &low, high: &high}
}

func atLeast(low float64) node { return node{kind: anInteger, low: &low} }

// of is an object of the family; without types, any of its types.
func of(name string, types ...string) node {
	return node{kind: anObject, family: name, types: types}
}

func (n node) must() node                     { n.required = true; return n }
func (n node) orNull() node                   { n.null = true; return n }
func (n node) with(r rule) node               { n.rule = r; return n }
func (n node) within(f func(place) bool) node { n.only = f; return n }

func (n node) from(minimum int) node { n.min = minimum; return n }
func (n node) upTo(maximum int) node { n.max = maximum; return n }

// unless gives the reading that Options.Strict takes. What must be given must
// be given in both.
func (n node) unless(strict node) node { n.strict = &strict; return n }

// musts makes the named properties required.
func (p props) musts(names ...string) props {
	all := p.and()
	for _, name := range names {
		all[name] = all[name].must()
	}
	return all
}

// and adds the properties of more to p's.
func (p props) and(more ...props) props {
	all := make(props, len(p))
	for name, n := range p {
		all[name] = n
	}
	for _, m := range more {
		for name, n := range m {
			all[name] = n
		}
	}
	return all
}
