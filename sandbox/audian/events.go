package audian

import "sync"

// event is something that happened on the line.
type event struct {
	name string
	run  run // its people are not for reading: they belong to world
	seat *seat
}

// hub tells those who watch. It never waits for them.
type hub struct {
	mu       sync.Mutex
	seq      int
	watchers map[*watcher]bool
}

// watcher is one of them: dirty says that something changed since it last
// looked, events carries what happened, and what does not fit is dropped, as
// Kazoo drops it.
type watcher struct {
	dirty  chan struct{}
	events chan event
}

// eventBacklog is how many events Kazoo keeps for a slow websocket.
const eventBacklog = 50

func newHub() *hub { return &hub{watchers: map[*watcher]bool{}} }

func (h *hub) watch() (w *watcher, stop func()) {
	w = &watcher{dirty: make(chan struct{}, 1), events: make(chan event, eventBacklog)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers[w] = true
	return w, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watchers, w)
	}
}

// changed says that something is different, without saying what.
func (h *hub) changed() { h.send(nil) }

func (h *hub) publish(e event) {
	e.run.people = nil
	h.send(&e)
}

func (h *hub) send(e *event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seq++
	for w := range h.watchers {
		select {
		case w.dirty <- struct{}{}:
		default:
		}
		if e == nil {
			continue
		}
		select {
		case w.events <- *e:
		default:
		}
	}
}

func (h *hub) sequence() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.seq
}
