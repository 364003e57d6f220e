package audian

import (
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"time"
)

// faultKinds is what each kind of fault does to a request. The delay has
// passed already.
func faultKinds() map[string]func(*Server, http.ResponseWriter, *exchange, *Fault) {
	return map[string]func(*Server, http.ResponseWriter, *exchange, *Fault){
		"delay":        (*Server).goOn,        // and then as usual
		"status":       (*Server).failEarly,   // an error envelope; nothing was done
		"status_after": (*Server).failLate,    // an error envelope; it was done
		"html":         (*Server).failHTML,    // a proxy's page; nothing was done
		"empty":        (*Server).failEmpty,   // no body; nothing was done
		"garbage":      (*Server).failGarbage, // no JSON; nothing was done
		"truncated":    (*Server).cutShort,    // done, and the answer breaks off
		"reset":        (*Server).resetEarly,  // cut; nothing was done
		"reset_after":  (*Server).resetLate,   // cut; it was done
		"hang":         (*Server).hang,        // silence until the client gives up
		"401_once":     (*Server).refuseOnce,  // one 401
	}
}

func (s *Server) goOn(w http.ResponseWriter, x *exchange, _ *Fault) {
	if x.r.URL.Path == socketPath {
		s.serveSocket(w, x)
		return
	}
	x.write(w, s.answer(x))
}

func (s *Server) failEarly(w http.ResponseWriter, x *exchange, f *Fault) {
	x.write(w, f.reply(x, http.StatusInternalServerError))
}

func (s *Server) failLate(w http.ResponseWriter, x *exchange, f *Fault) {
	s.answer(x)
	x.write(w, f.reply(x, http.StatusInternalServerError))
}

func (s *Server) refuseOnce(w http.ResponseWriter, x *exchange, _ *Fault) {
	x.write(w, fail(x.o.unauthorized()))
}

// reply is an error envelope in the dialect's words where it has some.
func (f *Fault) reply(x *exchange, otherwise int) reply {
	status := f.status(otherwise)
	known := map[int]*failure{
		401: x.o.unauthorized(), 403: x.o.forbidden(), 404: x.o.notFound(""),
		405: x.o.methodNotAllowed(), 429: x.o.tooMany(), 500: x.o.crashed(),
		409: {message: "datastore_conflict", data: says("conflicting documents")},
		503: {message: "datastore_unreachable"},
	}
	failure := &failure{message: http.StatusText(status)}
	if known[status] != nil {
		failure = known[status]
	}
	failure.status, failure.retry = status, f.RetryAfter
	return fail(failure)
}

func (f *Fault) status(otherwise int) int {
	if f.Status != 0 {
		return f.Status
	}
	return otherwise
}

func (s *Server) failHTML(w http.ResponseWriter, x *exchange, f *Fault) {
	status := f.status(http.StatusBadGateway)
	text := http.StatusText(status)
	f.send(w, x, status, "text/html", "<html>\r\n<head><title>"+text+"</title></head>\r\n<body><center><h1>"+
		strconv.Itoa(status)+" "+text+"</h1></center></body>\r\n</html>\r\n")
}

func (s *Server) failEmpty(w http.ResponseWriter, x *exchange, f *Fault) {
	f.send(w, x, f.status(http.StatusOK), "", "")
}

func (s *Server) failGarbage(w http.ResponseWriter, x *exchange, f *Fault) {
	f.send(w, x, f.status(http.StatusOK), "application/json", `{"data":[{"id":"conf_`+"\xff\x00")
}

func (f *Fault) send(w http.ResponseWriter, x *exchange, status int, media, body string) {
	x.status = status
	if media != "" {
		w.Header().Set("Content-Type", media)
	}
	if f.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(f.RetryAfter))
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body)) // the client has gone: nobody is left to tell
}

// cutShort promises the whole answer and sends half of it; the server then
// closes the connection.
func (s *Server) cutShort(w http.ResponseWriter, x *exchange, _ *Fault) {
	r := s.answer(x)
	x.status = r.status
	body, err := json.Marshal(x.envelope(r))
	if err != nil {
		s.reset(w)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(r.status)
	_, _ = w.Write(body[:len(body)/2])
}

func (s *Server) resetEarly(w http.ResponseWriter, _ *exchange, _ *Fault) { s.reset(w) }

func (s *Server) resetLate(w http.ResponseWriter, x *exchange, _ *Fault) {
	s.answer(x)
	s.reset(w)
}

// reset cuts the connection with a TCP reset, as a dying proxy does.
func (s *Server) reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, "this connection cannot be cut", http.StatusInternalServerError)
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // then closing sends RST
	}
	_ = conn.Close()
}

func (s *Server) hang(w http.ResponseWriter, x *exchange, _ *Fault) {
	select {
	case <-x.r.Context().Done():
	case <-s.done:
	}
	s.reset(w)
}

// wait lets a delay pass, unless the client or the server goes first.
func (s *Server) wait(x *exchange, ms int) {
	if ms <= 0 {
		return
	}
	timer := time.NewTimer(time.Duration(ms) * time.Millisecond)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-x.r.Context().Done():
	case <-s.done:
	}
}
