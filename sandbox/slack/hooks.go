package slack

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"confbot/sandbox/slack/control"
)

// A response URL takes five posts within thirty minutes (docs.slack.dev/interactivity/handling-user-interaction).
const (
	hookUses = 5
	hookLife = 30 * time.Minute
)

// hook is a response URL and what it answers.
type hook struct {
	path    string
	user    string
	channel string
	source  *message // the clicked message; nil for commands, shortcuts and forms
	expires time.Time
	used    int
}

// newHook makes a response URL; kind is commands or actions; mu held.
func (s *Server) newHook(kind string, h hook) string {
	key := secret(12)
	h.expires = s.clock.now().Add(hookLife)
	h.path = "/" + kind + "/" + s.ws.team.ID + "/" + strconv.FormatInt(h.expires.UnixNano()%1e12, 10) + "/" + key
	s.hooks[key] = &h
	s.clock.after(2*hookLife, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.hooks, key)
	})
	return s.baseURL + h.path
}

// serveHook is a post to a response URL.
func (s *Server) serveHook(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	rec := control.Record{Kind: "response_url", Method: "response_url", Status: http.StatusOK}
	done := func() { s.requests.add(s.clock.now(), rec, start) }
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "invalid_payload", http.StatusBadRequest)
		return
	}
	rec.Request = json.RawMessage(body)
	if !json.Valid(body) {
		rec.Request = encode(string(body))
	}
	fault := s.faults.match("response_url", callFaults...)
	if s.before(w, r, fault, &rec) {
		done()
		return
	}
	status, bad := s.answerHook(r, body)
	rec.Status, rec.OK, rec.Verdict = status, bad == nil, "ok"
	if bad != nil {
		rec.Error, rec.Verdict = bad.code, "refused: "+bad.code+" "+strings.Join(bad.messages, "; ")
	}
	if s.afterEffect(w, r, fault, &rec) {
		done()
		return
	}
	done()
	writeHook(w, r, status, bad)
}

// writeHook answers as Slack does: commands get the text ok, clicks a JSON object.
func writeHook(w http.ResponseWriter, r *http.Request, status int, bad *apiError) {
	switch {
	case bad != nil:
		if bad.retryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(seconds(bad.retryAfter)))
		}
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		w.WriteHeader(status)
		_, _ = w.Write(encode(bad.body()))
	case strings.HasPrefix(r.URL.Path, "/commands/"):
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "ok")
	default:
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		_, _ = io.WriteString(w, `{"ok":true}`)
	}
}

func (s *Server) answerHook(r *http.Request, body []byte) (int, *apiError) {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed, refuse("insecure_request")
	}
	a := args{}
	if form, err := url.ParseQuery(string(body)); err == nil && form.Has("payload") {
		body = []byte(form.Get("payload"))
	}
	if err := a.fromJSON(body); err != nil {
		return http.StatusBadRequest, refuse("invalid_payload")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hooks[r.PathValue("key")]
	switch {
	case h == nil || h.path != r.URL.Path || s.clock.now().After(h.expires):
		return http.StatusNotFound, refuse("expired_url")
	case h.used >= hookUses:
		return http.StatusNotFound, refuse("used_url")
	}
	h.used++
	err := s.respond(h, a)
	if err != nil && err.retryAfter > 0 {
		return http.StatusTooManyRequests, err
	}
	return http.StatusOK, err
}

// respond does what a post to a response URL, or the payload of a command's ack, asks for; mu held.
func (s *Server) respond(h *hook, a args) *apiError {
	body, err := s.readContent(a)
	if err != nil {
		return err
	}
	inChannel := a.str("response_type") == "in_channel"
	if kind := a.str("response_type"); kind != "" && kind != "ephemeral" && !inChannel {
		return invalid("response_type is ephemeral or in_channel")
	}
	if h.source != nil {
		if handled, err := s.respondToSource(h, a, body); handled || err != nil {
			return err
		}
	}
	if body.empty() {
		return refuse("no_text")
	}
	return s.respondAnew(h, a, body, inChannel)
}

// respondToSource replaces or deletes the clicked message. handled is false when a new message is still to be posted.
func (s *Server) respondToSource(h *hook, a args, body content) (handled bool, err *apiError) {
	replace := a.flag("replace_original") || s.opts.Readings.ReplaceByDefault && !a.has("replace_original") && !a.flag("delete_original")
	switch {
	case a.flag("delete_original"):
		if !h.source.deleted {
			s.retract(h.source)
		}
		return body.empty(), nil
	case !replace:
		return false, nil
	case h.source.deleted:
		return true, refuse("message_not_found")
	case body.empty():
		return true, refuse("no_text")
	}
	m := h.source
	body.hasText = true // what replaces a message replaces all of it
	if body.metadata != nil && m.onlyFor != "" {
		body.metadata, body.hasMetadata = nil, false
	}
	m.apply(body)
	m.payload = a.logged()
	if m.onlyFor == "" {
		s.editedBy(m)
	}
	s.messageChanged(m, "message")
	return true, nil
}

func (s *Server) respondAnew(h *hook, a args, body content, inChannel bool) *apiError {
	room := s.ws.rooms[h.channel]
	if room == nil || room.deleted {
		return refuse("channel_not_found")
	}
	if room.Archived {
		return refuse("is_archived")
	}
	m := message{channel: h.channel, ts: s.ws.nextTS(), user: s.ws.bot.UserID, botID: s.ws.bot.BotID, payload: a.logged()}
	if inChannel {
		if err := s.limits.post(room.ID); err != nil {
			return err
		}
		m.threadTS = a.str("thread_ts")
		if _, err := s.thread(room, m.threadTS); err != nil {
			return err
		}
	} else {
		if a.has("thread_ts") {
			return invalid("thread_ts needs response_type in_channel")
		}
		m.onlyFor = h.user // and outside any thread, wherever the click was
		body.metadata = nil
	}
	s.publish(body.fresh(m))
	return nil
}
