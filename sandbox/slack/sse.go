package slack

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"confbot/sandbox/slack/control"
)

// keepAlive is how often a silent stream says that it is still there.
const keepAlive = 15 * time.Second

// getEvents streams changes to one person's client, or to nobody's in particular without user.
func (s *Server) getEvents(w http.ResponseWriter, r *http.Request) {
	userID := r.URL.Query().Get("user")
	if userID != "" {
		s.mu.Lock()
		_, err := s.person(userID)
		s.mu.Unlock()
		if err != nil {
			answerActError(w, err)
			return
		}
	}
	seq := s.changes.last()
	last := r.Header.Get("Last-Event-ID")
	if last == "" {
		last = r.URL.Query().Get("last_event_id")
	}
	if n, err := strconv.ParseInt(last, 10, 64); err == nil {
		seq = n
	}
	w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Accel-Buffering", "no")
	flush := http.NewResponseController(w)
	_, _ = fmt.Fprint(w, ": connected\n\n")
	_ = flush.Flush()
	alive := time.NewTicker(keepAlive)
	defer alive.Stop()
	for {
		items, newest, reload, more := s.changes.after(seq, userID)
		if reload {
			items = []control.Change{{Seq: newest, Kind: "reload"}}
		}
		seq = newest
		for _, c := range items {
			if _, err := fmt.Fprintf(w, "event: change\nid: %d\ndata: %s\n\n", c.Seq, encode(c)); err != nil {
				return
			}
		}
		if len(items) > 0 && flush.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-s.done:
			return
		case <-more:
		case <-alive.C:
			if _, err := fmt.Fprint(w, ": alive\n\n"); err != nil || flush.Flush() != nil {
				return
			}
		}
	}
}
