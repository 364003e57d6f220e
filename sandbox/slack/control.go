package slack

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"confbot/sandbox/slack/control"
)

// Control is the control API with paths relative to where it is mounted; package control has its shapes. It answers
// loopback names only.
func (s *Server) Control() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /workspace", s.getWorkspace)
	mux.HandleFunc("GET /view", s.getView)
	mux.HandleFunc("GET /events", s.getEvents)
	mux.HandleFunc("GET /requests", s.getRequests)

	mux.HandleFunc("POST /act/type", act(s, s.typeText))
	mux.HandleFunc("POST /act/click", act(s, s.click))
	mux.HandleFunc("POST /act/close", act(s, s.closeView))
	mux.HandleFunc("POST /act/shortcut", act(s, s.useShortcut))
	mux.HandleFunc("POST /act/home", act(s, s.openHome))
	mux.HandleFunc("POST /act/reload", act(s, s.reload))
	mux.HandleFunc("POST /act/read", act(s, s.markRead))
	for _, what := range []string{"join", "leave", "invite", "kick"} {
		mux.HandleFunc("POST /act/"+what, act(s, func(in control.Membership) (control.Done, error) { return s.member(what, in) }))
	}
	mux.HandleFunc("POST /act/submit", s.postSubmit)
	mux.HandleFunc("POST /act/suggest", s.postSuggest)

	mux.HandleFunc("POST /users", act(s, s.changeUser))
	mux.HandleFunc("POST /channels", act(s, s.changeChannel))
	mux.HandleFunc("GET /faults", s.getFaults)
	mux.HandleFunc("POST /faults", s.postFaults)
	mux.HandleFunc("DELETE /faults", s.deleteFaults)
	mux.HandleFunc("GET /sockets", s.getSockets)
	mux.HandleFunc("POST /sockets", s.postSockets)
	mux.HandleFunc("POST /clock", s.postClock)
	mux.HandleFunc("POST /reset", s.postReset)
	return guard(mux)
}

// guard keeps out web pages of other origins and DNS names that were bent to point here.
func guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopback(r.Host) {
			answerError(w, http.StatusForbidden, "this API answers to loopback names only")
			return
		}
		if origin := r.Header.Get("Origin"); origin != "" {
			if u, err := url.Parse(origin); err != nil || !loopback(u.Host) {
				answerError(w, http.StatusForbidden, "this API answers to pages of loopback origin only")
				return
			}
		}
		next.ServeHTTP(w, r)
	})
}

func loopback(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(trimBrackets(host))
	return ip != nil && ip.IsLoopback()
}

func trimBrackets(host string) string {
	if len(host) > 1 && host[0] == '[' && host[len(host)-1] == ']' {
		return host[1 : len(host)-1]
	}
	return host
}

// act makes a handler of something a person does: the body in, the answer out, the lock held between.
func act[In, Out any](s *Server, do func(In) (Out, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var in In
		if !readBody(w, r, &in) {
			return
		}
		out, err := locked(s, func() (Out, error) { return do(in) })
		if err != nil {
			answerActError(w, err)
			return
		}
		answerJSON(w, out)
	}
}

// locked runs something with the lock held.
func locked[T any](s *Server, do func() (T, error)) (T, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return do()
}

func readBody(w http.ResponseWriter, r *http.Request, into any) bool {
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	if err := dec.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		answerError(w, http.StatusBadRequest, "cannot read the request: "+err.Error())
		return false
	}
	return true
}

func answerJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	_, _ = w.Write(encode(v))
}

func answerError(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(encode(obj{"error": text}))
}

func answerActError(w http.ResponseWriter, err error) {
	if e, ok := errors.AsType[*actError](err); ok {
		answerError(w, e.status, e.text)
		return
	}
	answerError(w, http.StatusBadRequest, err.Error())
}

func (s *Server) postSubmit(w http.ResponseWriter, r *http.Request) {
	var in control.Submission
	if !readBody(w, r, &in) {
		return
	}
	s.mu.Lock()
	now, wait, err := s.submit(in)
	s.mu.Unlock()
	switch {
	case err != nil:
		answerActError(w, err)
	case wait == nil:
		answerJSON(w, now)
	default:
		answerWhenThere(s, w, r, wait)
	}
}

func (s *Server) postSuggest(w http.ResponseWriter, r *http.Request) {
	var in control.Suggesting
	if !readBody(w, r, &in) {
		return
	}
	s.mu.Lock()
	wait, err := s.suggest(in)
	s.mu.Unlock()
	if err != nil {
		answerActError(w, err)
		return
	}
	answerWhenThere(s, w, r, wait)
}

func answerWhenThere[T any](s *Server, w http.ResponseWriter, r *http.Request, wait <-chan T) {
	select {
	case out := <-wait:
		answerJSON(w, out)
	case <-r.Context().Done():
	case <-s.done:
		answerError(w, http.StatusServiceUnavailable, "the sandbox is stopping")
	}
}

func (s *Server) getRequests(w http.ResponseWriter, r *http.Request) {
	since, _ := strconv.ParseInt(r.URL.Query().Get("since"), 10, 64)
	answerJSON(w, s.requests.since(since))
}

func (s *Server) getFaults(w http.ResponseWriter, _ *http.Request) { answerJSON(w, s.faults.list()) }

// postFaults adds one rule or a list of them.
func (s *Server) postFaults(w http.ResponseWriter, r *http.Request) {
	var raw json.RawMessage
	if !readBody(w, r, &raw) {
		return
	}
	var rules []control.Fault
	if json.Unmarshal(raw, &rules) != nil {
		var one control.Fault
		if err := json.Unmarshal(raw, &one); err != nil {
			answerError(w, http.StatusBadRequest, "a fault or a list of faults is needed")
			return
		}
		rules = []control.Fault{one}
	}
	if err := s.faults.add(rules); err != nil {
		answerError(w, http.StatusBadRequest, err.Error())
		return
	}
	s.getFaults(w, r)
}

func (s *Server) deleteFaults(w http.ResponseWriter, r *http.Request) {
	s.faults.clear()
	s.getFaults(w, r)
}

func (s *Server) getSockets(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	out := make([]control.Socket, 0, len(s.sockets))
	for _, k := range s.sockets {
		out = append(out, k.shown())
	}
	s.mu.Unlock()
	answerJSON(w, out)
}

func (s *Server) postSockets(w http.ResponseWriter, r *http.Request) {
	var in control.SocketOrder
	if !readBody(w, r, &in) {
		return
	}
	s.mu.Lock()
	err := s.orderSocket(in)
	s.mu.Unlock()
	if err != nil {
		answerError(w, http.StatusConflict, err.Error())
		return
	}
	s.getSockets(w, r)
}

func (s *Server) postClock(w http.ResponseWriter, r *http.Request) {
	var in control.ClockOrder
	if !readBody(w, r, &in) {
		return
	}
	if in.AdvanceMS < 0 || in.Scale != nil && (*in.Scale < 0 || *in.Scale > 1e6) {
		answerError(w, http.StatusBadRequest, "the clock only goes forward, at a scale from 0 to a million")
		return
	}
	s.clock.adjust(in.Scale, time.Duration(in.AdvanceMS)*time.Millisecond)
	s.mu.Lock()
	s.changed(control.Change{Kind: "clock"})
	s.mu.Unlock()
	now, scale := s.clock.state()
	answerJSON(w, control.ClockState{Now: now.UTC().Format(time.RFC3339Nano), Scale: scale})
}

func (s *Server) postReset(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	for _, d := range s.pending {
		s.settle(d, discarded, nil, "the workspace was reset")
	}
	s.seedWorld(s.ws.man)
	s.changed(control.Change{Kind: "reload"})
	s.mu.Unlock()
	s.faults.clear()
	s.limits.forget()
	answerJSON(w, control.Done{OK: true})
}
