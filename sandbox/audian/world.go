package audian

import (
	"crypto/rand"
	"encoding/hex"
	"slices"
	"strings"
	"sync"
	"time"
)

// world is everything that is true: conferences, runs and telephones. All of
// it is behind mu, and enter is the only way in.
type world struct {
	now  func() time.Time
	hub  *hub
	mu   sync.Mutex
	wake *time.Timer // fires when the next pending action falls due

	conferences map[string]*conference
	order       []*conference  // by seq
	names       map[string]int // folded name → how many have it
	numbers     map[string]map[string]bool
	runs        map[string]*run
	phones      map[string]*phone
	calls       []*phone // in order of dialling
	pending     []pendingAction
	lastSeq     int
	lastCall    int
	closed      bool
}

// conference is one stored document. It is replaced, never changed.
type conference struct {
	id     string
	seq    int // order of creation
	doc    document
	direct []string // dial-in numbers that lead straight here
}

func newWorld(now func() time.Time, h *hub) *world {
	w := &world{now: now, hub: h}
	w.wipe()
	return w
}

func (w *world) wipe() {
	w.conferences, w.order = map[string]*conference{}, nil
	w.names, w.numbers = map[string]int{}, map[string]map[string]bool{}
	w.runs, w.phones, w.calls = map[string]*run{}, map[string]*phone{}, nil
	w.pending, w.lastSeq, w.lastCall = nil, 0, 0
}

// enter takes the lock and applies what has fallen due. Use it as
//
//	defer w.enter()()
func (w *world) enter() (leave func()) {
	w.mu.Lock()
	w.settle()
	return w.mu.Unlock
}

// store adds or replaces a conference and keeps the indexes.
func (w *world) store(c *conference) {
	if old, replaced := w.conferences[c.id]; replaced {
		w.index(old, -1)
		w.order[w.position(old.seq)] = c
	} else {
		w.lastSeq++
		c.seq = w.lastSeq
		w.order = append(w.order, c)
	}
	w.conferences[c.id] = c
	w.index(c, 1)
	w.hub.changed()
}

func (w *world) remove(c *conference) {
	w.index(c, -1)
	delete(w.conferences, c.id)
	i := w.position(c.seq)
	w.order = slices.Delete(w.order, i, i+1)
	w.hub.changed()
}

// position is where the conference with that seq is, or would be, in order.
func (w *world) position(seq int) int {
	i, _ := slices.BinarySearchFunc(w.order, seq, func(c *conference, seq int) int { return c.seq - seq })
	return i
}

func (w *world) index(c *conference, by int) {
	name := fold(textAt(c.doc, "name"))
	if w.names[name] += by; w.names[name] <= 0 {
		delete(w.names, name)
	}
	for _, n := range roomNumbers(c.doc) {
		if w.numbers[n] == nil {
			w.numbers[n] = map[string]bool{}
		}
		if by > 0 {
			w.numbers[n][c.id] = true
		} else {
			delete(w.numbers[n], c.id)
		}
	}
}

// roomNumbers are all the numbers that lead to a conference on a shared line.
func roomNumbers(d document) []string {
	return slices.Concat(textsAt(d, "conference_numbers"), textsAt(d, "member.numbers"), textsAt(d, "moderator.numbers"))
}

// clash checks what has to be unique, for a document that would be stored
// under id (empty: a new one).
func (w *world) clash(o *Options, id string, d document) problems {
	found := problems{}
	if o.kazoo() {
		var taken []string
		for _, n := range roomNumbers(d) {
			for other := range w.numbers[n] {
				if other != id && !slices.Contains(taken, n) {
					taken = append(taken, n)
				}
			}
		}
		if len(taken) > 0 {
			found.add("numbers", "unique", "Numbers already in use", document{"cause": strings.Join(taken, ", ")})
		}
	}
	name := textAt(d, "name")
	others := w.names[fold(name)]
	if old := w.conferences[id]; old != nil && fold(textAt(old.doc, "name")) == fold(name) {
		others--
	}
	if !o.duplicateNames() && name != "" && others > 0 {
		found.add("name", "unique", "public conference needs a system-wide unique name", document{"cause": name})
	}
	return found
}

func fold(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// newConferenceID makes an id in the dialect's form.
func (o *Options) newConferenceID() string {
	if o.kazoo() {
		return randomHex(16)
	}
	return "conf_" + randomHex(6)
}

func randomHex(bytes int) string {
	b := make([]byte, bytes)
	rand.Read(b) // never fails
	return hex.EncodeToString(b)
}
