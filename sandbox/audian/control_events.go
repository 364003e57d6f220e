package audian

import (
	"fmt"
	"net/http"
	"time"
)

// heartbeat keeps proxies and browsers from giving up on a quiet stream.
const heartbeat = 15 * time.Second

// controlEvents is GET /events: `event: change` with a running number,
// whenever /state has become worth reading again. Changes that come faster
// than they are read are told as one.
func (s *Server) controlEvents(w http.ResponseWriter, r *http.Request) {
	watcher, stop := s.hub.watch()
	defer stop()
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	told := -1
	for {
		if seq := s.hub.sequence(); seq != told {
			told = seq
			if _, err := fmt.Fprintf(w, "id: %d\nevent: change\ndata: {\"seq\":%d}\n\n", seq, seq); err != nil || out.Flush() != nil {
				return
			}
		}
		if !s.nextChange(w, r, watcher, beat) {
			return
		}
	}
}

// nextChange waits for one, and says whether there will be more.
func (s *Server) nextChange(w http.ResponseWriter, r *http.Request, watcher *watcher, beat *time.Ticker) bool {
	for {
		select {
		case <-watcher.dirty:
			return true
		case <-r.Context().Done():
			return false
		case <-s.done:
			return false
		case <-beat.C:
			if _, err := fmt.Fprint(w, ": still here\n\n"); err != nil || http.NewResponseController(w).Flush() != nil {
				return false
			}
		}
	}
}
