package slack

import (
	"sync"

	"confbot/sandbox/slack/control"
)

// maxChanges is how far back a subscriber can resume; behind that it is told to reload.
const maxChanges = 4096

// changes is the feed behind GET /events: a ring that every subscriber reads at its own pace, so that a slow one costs
// nothing and loses its place at worst.
type changes struct {
	mu   sync.Mutex
	seq  int64
	ring *ring[feedItem]
	more chan struct{} // closed at the next change
}

// feedItem is a change and who may see it.
type feedItem struct {
	change control.Change
	only   string          // one person
	seers  map[string]bool // channel changes: who saw the channel at that moment; nil is everybody
}

func newChanges() *changes {
	return &changes{ring: newRing[feedItem](maxChanges), more: make(chan struct{})}
}

func (c *changes) add(item feedItem) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seq++
	item.change.Seq = c.seq
	c.ring.add(item)
	close(c.more)
	c.more = make(chan struct{})
}

func (c *changes) last() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.seq
}

// after lists what a person sees of the changes after seq. reload means that some of them are gone; more is closed when
// there is something new.
func (c *changes) after(seq int64, userID string) (items []control.Change, newest int64, reload bool, more <-chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	oldest := c.seq - int64(c.ring.len()) + 1
	if seq > c.seq || seq < oldest-1 {
		return nil, c.seq, true, c.more
	}
	for i := int(seq - oldest + 1); i < c.ring.len(); i++ {
		item := c.ring.at(i)
		if userID == "" || item.visibleTo(userID) {
			items = append(items, item.change)
		}
	}
	return items, c.seq, false, c.more
}

func (i feedItem) visibleTo(userID string) bool {
	if i.only != "" {
		return i.only == userID
	}
	return i.seers == nil || i.seers[userID]
}

// changed publishes something that everybody may see; mu held.
func (s *Server) changed(c control.Change) { s.changes.add(feedItem{change: c}) }

// changedFor publishes something for one person; mu held.
func (s *Server) changedFor(userID string, c control.Change) {
	c.User = userID
	s.changes.add(feedItem{change: c, only: userID})
}

// changedIn publishes something to those who see a channel now; mu held.
func (s *Server) changedIn(room *channel, c control.Change) {
	c.Channel = room.ID
	s.changes.add(feedItem{change: c, seers: s.ws.seers(room)})
}

// messageChanged publishes a message as it stands; mu held.
func (s *Server) messageChanged(m *message, kind string) {
	m.drawn = nil
	shown := m.shown()
	c := control.Change{Kind: kind, Channel: m.channel, TS: m.ts, Message: &shown}
	if m.onlyFor != "" {
		s.changedFor(m.onlyFor, c)
		return
	}
	s.changedIn(s.ws.rooms[m.channel], c)
}

// viewsChanged publishes a person's stack of modals; mu held.
func (s *Server) viewsChanged(u *user) {
	s.changedFor(u.ID, control.Change{Kind: "view", Views: s.ws.shownStack(u)})
}

// seers lists who looks into a channel. The set is kept until somebody joins, leaves or changes, and never altered, since
// the feed goes on using it.
func (w *workspace) seers(room *channel) map[string]bool {
	if room.seen != nil {
		return room.seen
	}
	out := make(map[string]bool, len(w.users))
	for id := range w.users {
		if w.sees(id, room) {
			out[id] = true
		}
	}
	room.seen = out
	return out
}
