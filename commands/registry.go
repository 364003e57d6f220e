package commands

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// How long after a crash an interaction may still be carried out. Silencing
// somebody a minute late does harm; a conference made ten minutes late does not.
const (
	freshLine = 30 * time.Second
	freshSlow = 10 * time.Minute
)

// need says what a sub-command wants to know before it runs.
type need int

const (
	needNothing need = iota
	needConf         // all words name the conference; without words the channel's
	needNamed        // all words name the conference, which must be named
	needWhen         // the words begin with the conference, unless the channel has one, and go on with a time
	needWho          // the words begin with the conference, unless the channel has one, and go on
)

// row is one sub-command. Usage, help, hints and the nearest-command guess are
// generated from these rows.
type row struct {
	name     string
	aliases  []string
	args     string // what follows the name, as help shows it
	summary  string
	group    string // heading in help
	examples []string
	hidden   bool     // not in the overview
	do       string   // the wish in words, for refusals: "mute people"
	keys     []string // settings it takes
	secret   []string // those of them that must not be typed in the open
	need     need
	tail     []string // unquoted keywords that end the conference's name
	right    Right    // what the person must be allowed to do with the conference
	durable  bool
	shows    bool                    // it is there to show something, even where it posts that
	changes  func(words []Word) bool // whether these words change something, where not all do; nil: all do
	fresh    time.Duration
	form     func(rest []Word, set map[string]string) bool // opens a form after asking Audian
	run      func(d *Desk, ctx context.Context, c *call) (Reply, error)
}

// check refuses a table that cannot work, at start-up.
func checkRows(rows []row) error {
	seen := map[string]bool{}
	for _, r := range rows {
		for _, n := range append([]string{r.name}, r.aliases...) {
			if seen[n] {
				return fmt.Errorf("command table: %q is there twice", n)
			}
			seen[n] = true
		}
		switch {
		case r.run == nil:
			return fmt.Errorf("command table: %q does nothing", r.name)
		case r.summary == "" || r.group == "" || len(r.examples) == 0:
			return fmt.Errorf("command table: %q has no help", r.name)
		case r.durable && r.fresh == 0:
			return fmt.Errorf("command table: %q does not say how long it stays fresh", r.name)
		}
		for _, k := range r.secret {
			if !slices.Contains(r.keys, k) {
				return fmt.Errorf("command table: %q keeps %q secret but does not take it", r.name, k)
			}
		}
	}
	return nil
}

// rowFor finds the row that a typed word names, and the remaining words. With
// no word it is the start card. With an unknown word near is the name that
// was perhaps meant, or "".
func (d *Desk) rowFor(words []Word) (r *row, rest []Word, near string) {
	if len(words) == 0 {
		return d.byName[startName], nil, ""
	}
	if w := words[0]; !w.Quoted {
		if r, ok := d.byName[lower(w.Text)]; ok && r.name != startName {
			return r, words[1:], ""
		}
		return nil, words, nearest(lower(w.Text), d.names)
	}
	return nil, words, ""
}

// nearest returns the one of the names that is at most two slips away from
// what was typed (one for short words), or "".
func nearest(typed string, names []string) string {
	best, most := "", 2
	if len([]rune(typed)) <= 4 {
		most = 1
	}
	for _, n := range names {
		if slips := distance(typed, n); slips <= most {
			best, most = n, slips-1
		}
	}
	if best == "" {
		for _, n := range names {
			if len(typed) >= 3 && len(n) > len(typed) && n[:len(typed)] == typed {
				return n
			}
		}
	}
	return best
}

// distance counts the slips between two words: a letter too many, too few,
// wrong, or two swapped.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	prev2 := make([]int, len(t)+1)
	prev := make([]int, len(t)+1)
	cur := make([]int, len(t)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(s); i++ {
		cur[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(t)]
}

// anyOf is for commands that only look unless one of these words is there.
func anyOf(keywords ...string) func([]Word) bool {
	return func(words []Word) bool {
		return slices.ContainsFunc(words, func(w Word) bool { return w.Is(keywords...) })
	}
}

// writes reports whether the command changes something with these words.
func (r *row) writes(words []Word) bool { return r.durable && (r.changes == nil || r.changes(words)) }
