package api

import (
	"log/slog"
	"net/http"
	"time"
)

// observed tells of every attempt: metrics and the debug log. It sees no
// body, and says nothing of what is in the headers.
type observed struct {
	next http.RoundTripper
	tell Observer
	log  *slog.Logger
}

func (o *observed) RoundTrip(r *http.Request) (*http.Response, error) {
	start := time.Now()
	resp, err := o.next.RoundTrip(r)
	took, status := time.Since(start), 0
	if resp != nil {
		status = resp.StatusCode
	}
	verb := ""
	if t := tripOf(r.Context()); t != nil {
		verb = t.verb
	}
	o.tell(verb, status, took)
	o.log.DebugContext(r.Context(), "audian answered", "verb", verb, "status", status, "took", took, "request", r.Header.Get("X-Request-ID"))
	return resp, err
}
