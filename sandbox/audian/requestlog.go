package audian

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Request is one line of the request log. It holds no body, token, key or
// PIN.
type Request struct {
	Seq       int       `json:"seq"`
	At        time.Time `json:"at"` // by the server's own clock
	Method    string    `json:"method"`
	Path      string    `json:"path"`   // below /v2, with the query
	Status    int       `json:"status"` // 0: the connection was cut
	Duration  float64   `json:"duration_ms"`
	RequestID string    `json:"request_id"`
	Fault     string    `json:"fault,omitempty"` // the kind that it ran into
}

// logSize is how many requests are remembered.
const logSize = 2000

type requestLog struct {
	mu    sync.Mutex
	seq   int
	lines []Request
}

func (l *requestLog) add(r Request) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.seq++
	r.Seq = l.seq
	if len(l.lines) >= 2*logSize {
		l.lines = append([]Request(nil), l.lines[logSize:]...)
	}
	l.lines = append(l.lines, r)
}

func (l *requestLog) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = nil
}

// Requests shows what was asked of the API after the line with that number,
// oldest first.
func (s *Server) Requests(since int) []Request {
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	out := []Request{}
	for _, r := range s.log.lines[max(0, len(s.log.lines)-logSize):] {
		if r.Seq > since {
			out = append(out, r)
		}
	}
	return out
}

// redactedPath is the path as it may be logged.
func redactedPath(u *url.URL) string {
	q := u.Query()
	for key := range q {
		lower := strings.ToLower(key)
		if strings.Contains(lower, "token") || strings.Contains(lower, "key") && lower != "start_key" || strings.Contains(lower, "pin") {
			q.Set(key, "redacted")
		}
	}
	path := strings.TrimPrefix(u.Path, basePath)
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

// serveAPI answers one request of a client, through a fault if there is one.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	x := s.newExchange(r)
	line := Request{At: x.at, Method: r.Method, Path: redactedPath(r.URL), RequestID: x.id}
	// Read first, so that a client that hangs up is noticed while a fault waits.
	x.unreadable = x.readBody(w)
	do := (*Server).goOn
	fault := s.faults.meet(r)
	if fault != nil {
		line.Fault = fault.Kind
		s.wait(x, fault.DelayMS)
		do = faultKinds()[fault.Kind]
	}
	do(s, w, x, fault)
	line.Status = x.status
	line.Duration = float64(time.Since(began).Microseconds()) / 1000
	s.log.add(line)
	s.logger.Debug("audian request", "method", line.Method, "path", line.Path, "status", line.Status,
		"duration_ms", line.Duration, "request_id", line.RequestID, "fault", line.Fault)
}
