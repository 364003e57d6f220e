package slack

import (
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"confbot/sandbox/slack/control"
)

// call is one Web API call on its way through; handlers run with Server.mu held.
type call struct {
	*Server
	method string
	args   args
	kind   tokenKind
	notes  []string // advice for the request log: accepted, but Slack's documents warn of it
}

func (c *call) note(text string) { c.notes = append(c.notes, text) }

// serveAPI is every Web API method.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	name := r.PathValue("method")
	rec := control.Record{Kind: "web_api", Method: name, Status: http.StatusOK}
	a, warning, bad := readArgs(w, r)
	rec.Request = a.logged()
	token, _ := tokenOf(r, a)
	if token != "" {
		rec.TokenKind, _, _ = strings.Cut(token, "-")
	}
	fault := s.faults.match(name, callFaults...)
	if s.before(w, r, fault, &rec) {
		s.requests.add(s.clock.now(), rec, start)
		return
	}
	answer := s.answer(r, name, a, bad, warning)
	rec.Status, rec.OK, rec.Error, rec.Verdict, rec.Response = answer.status, answer.ok, answer.code, answer.verdict, answer.body
	if s.afterEffect(w, r, fault, &rec) {
		s.requests.add(s.clock.now(), rec, start)
		return
	}
	s.requests.add(s.clock.now(), rec, start)
	answer.write(w)
}

// answer is what a call comes to.
type answer struct {
	status     int
	ok         bool
	code       string
	verdict    string
	body       []byte
	scopes     string
	accepted   string
	retryAfter time.Duration
}

func (s *Server) answer(r *http.Request, name string, a args, bad *apiError, warning string) answer {
	m := s.methods[name]
	if m == nil {
		return failed(refuse("unknown_method"))
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := answer{scopes: s.scopes(), accepted: strings.Join(m.scopes, ",")}
	c := &call{Server: s, method: name, args: a}
	result, err := s.invoke(c, m, r, bad)
	if err != nil {
		f := failed(err)
		f.scopes, f.accepted = out.scopes, out.accepted
		return f
	}
	if result == nil {
		result = obj{}
	}
	result["ok"] = true
	if warning != "" {
		c.note(warning)
		result["warning"] = warning
		meta := asObj(result["response_metadata"])
		if meta == nil {
			meta = obj{}
			result["response_metadata"] = meta
		}
		meta["warnings"] = []string{warning}
	}
	out.status, out.ok, out.body = http.StatusOK, true, encode(result)
	out.verdict = "ok"
	if len(c.notes) > 0 {
		out.verdict += "; " + strings.Join(c.notes, "; ")
	}
	return out
}

func (s *Server) invoke(c *call, m *method, r *http.Request, bad *apiError) (obj, *apiError) {
	if bad != nil {
		return nil, bad
	}
	if m.appLevel && r.Method != http.MethodPost {
		return nil, refuse("insecure_request")
	}
	kind, err := s.authorise(m, r, c.args)
	if err != nil {
		return nil, err
	}
	c.kind = kind
	if err := s.limits.method(c.method, m.rate); err != nil {
		return nil, err
	}
	return m.run(c)
}

func failed(err *apiError) answer {
	out := answer{status: http.StatusOK, code: err.code, body: encode(err.body()), retryAfter: err.retryAfter, verdict: "refused: " + err.code}
	if len(err.messages) > 0 {
		out.verdict += ": " + strings.Join(err.messages, "; ")
	}
	if err.retryAfter > 0 {
		out.status = http.StatusTooManyRequests
		out.verdict = "refused: too fast, " + strconv.Itoa(seconds(err.retryAfter)) + " s to wait"
	}
	return out
}

// seconds rounds up, since Retry-After is whole.
func seconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }

func (a answer) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	if a.scopes != "" {
		h.Set("X-OAuth-Scopes", a.scopes)
		h.Set("X-Accepted-OAuth-Scopes", a.accepted)
	}
	if a.retryAfter > 0 {
		h.Set("Retry-After", strconv.Itoa(seconds(a.retryAfter)))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body)
}
