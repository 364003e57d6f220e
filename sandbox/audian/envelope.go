package audian

import (
	"compress/gzip"
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// exchange is one request and what is known about it.
type exchange struct {
	r             *http.Request
	o             Options
	at            time.Time
	id            string // request_id
	vars          map[string]string
	hasBody       bool
	unreadable    *failure // what was wrong with the body
	body          document
	token         string
	authenticated bool
	consumed      int
	remaining     int
	status        int // that was answered; 0: none was
}

func (s *Server) newExchange(r *http.Request) *exchange {
	x := &exchange{r: r, o: s.options(), at: s.now(), id: r.Header.Get("X-Request-ID"), remaining: bucketSize}
	if x.id == "" {
		x.id = randomHex(16)
	}
	x.token = r.Header.Get("X-Auth-Token")
	if x.token == "" && x.o.kazoo() {
		x.token = bearer(r.Header.Get("Authorization"))
	}
	if x.token == "" && x.o.kazoo() {
		x.token = r.URL.Query().Get("auth_token")
	}
	return x
}

func (x *exchange) clientIP() string {
	host, _, err := net.SplitHostPort(x.r.RemoteAddr)
	if err != nil {
		return x.r.RemoteAddr
	}
	return host
}

// reply is what a handler wants to be answered.
type reply struct {
	status  int
	data    any
	failure *failure
	extra   document // more keys of the envelope
	full    bool     // the long envelope in seed too
	noID    bool     // without request_id, as the seed page shows it
	bare    bool     // without a body
	// location and allow are headers.
	location string
	allow    string
	retry    int // Retry-After, seconds
}

func ok(data any) reply       { return reply{status: http.StatusOK, data: data} }
func accepted(data any) reply { return reply{status: http.StatusAccepted, data: data} }
func fail(f *failure) reply   { return reply{status: f.status, failure: f, retry: f.retry} }

// envelope is the body of an answer.
func (x *exchange) envelope(r reply) document {
	e := document{"status": "success", "request_id": x.id, "data": r.data}
	if x.o.kazoo() || r.full {
		e["node"], e["revision"], e["metadata"] = nodeName, "automatic", document{}
		e["timestamp"] = x.at.UTC().Format("2006-01-02T15:04:05Z")
		e["tokens"] = document{"consumed": x.consumed, "remaining": x.remaining}
		if x.authenticated {
			e["version"] = kazooVersion
		}
	} else if x.o.RateBucket {
		e["tokens"] = document{"consumed": x.consumed, "remaining": x.remaining}
	}
	if x.o.echoToken() && x.token != "" && x.authenticated {
		e["auth_token"] = x.token
	}
	if f := r.failure; f != nil {
		e["status"], e["error"], e["message"] = "error", strconv.Itoa(f.status), f.message
		e["data"] = f.data
		if f.data == nil {
			e["data"] = document{}
		}
		if f.flat {
			delete(e, "data")
		}
	}
	for k, v := range r.extra {
		e[k] = v
	}
	if r.noID {
		delete(e, "request_id")
	}
	if x.o.UnknownKeys {
		e["sandbox_extra"] = surprise()
	}
	return e
}

const (
	nodeName     = "sandbox@127.0.0.1"
	kazooVersion = "5.4.0"
)

// surprise is a value for a key that no document mentions.
func surprise() document {
	return document{"list": []any{1, "two", nil}, "deep": document{"er": true}}
}

func (x *exchange) write(w http.ResponseWriter, r reply) {
	x.status = r.status
	h := w.Header()
	h.Set("X-Request-ID", x.id)
	for name, value := range map[string]string{"Location": r.location, "Allow": r.allow} {
		if value != "" {
			h.Set(name, value)
		}
	}
	if r.retry > 0 {
		h.Set("Retry-After", strconv.Itoa(r.retry))
	}
	if r.bare {
		w.WriteHeader(r.status)
		return
	}
	body, err := json.Marshal(x.envelope(r))
	if err != nil {
		http.Error(w, "encoding failed", http.StatusInternalServerError)
		return
	}
	h.Set("Content-Type", "application/json")
	if x.o.kazoo() && len(body) >= compressFrom && strings.Contains(x.r.Header.Get("Accept-Encoding"), "gzip") {
		writeGzip(w, r.status, body)
		return
	}
	w.WriteHeader(r.status)
	_, _ = w.Write(body) // the client has gone: nobody is left to tell
}

// compressFrom is the size from which Kazoo compresses, for those who accept
// that.
const compressFrom = 300

func writeGzip(w http.ResponseWriter, status int, body []byte) {
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z := gzip.NewWriter(w)
	_, _ = z.Write(body)
	_ = z.Close()
}
