package slack

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"confbot/sandbox/slack/control"
)

// maxFile bounds what one upload keeps, maxFiles how many there are.
const (
	maxFile  = 4 << 20
	maxFiles = 200
)

// file is an upload in three steps: ask for an address, send the bytes, complete.
type file struct {
	id, name, title string
	size            int
	data            []byte
	arrived, done   bool
}

func getUploadURL(c *call) (obj, *apiError) {
	size, err := strconv.Atoi(c.args.str("length"))
	switch {
	case !c.args.has("filename"):
		return nil, missing("filename")
	case err != nil || size <= 0:
		return nil, missing("length")
	case size > maxFile:
		return nil, refuse("file_upload_size_restricted")
	case len(c.ws.files) >= maxFiles:
		return nil, refuse("storage_limit_reached")
	}
	f := &file{id: objectID("F"), name: c.args.str("filename"), title: c.args.str("filename"), size: size}
	c.ws.files[f.id] = f
	return obj{"upload_url": c.baseURL + "/upload/" + f.id, "file_id": f.id}, nil
}

// serveUpload takes the bytes, raw or as the field of a form.
func (s *Server) serveUpload(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	rec := control.Record{Kind: "upload", Method: "upload", Status: http.StatusOK, OK: true, Verdict: "ok"}
	status, text := s.takeUpload(w, r)
	if status != http.StatusOK {
		rec.OK, rec.Status, rec.Error, rec.Verdict = false, status, text, "refused: "+text
	}
	s.requests.add(s.clock.now(), rec, start)
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, text)
}

func (s *Server) takeUpload(w http.ResponseWriter, r *http.Request) (int, string) {
	if r.Method != http.MethodPost && r.Method != http.MethodPut {
		return http.StatusMethodNotAllowed, "use POST"
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxFile+64<<10)
	var body io.Reader = r.Body
	if mr, err := r.MultipartReader(); err == nil {
		part, err := mr.NextPart()
		if err != nil {
			return http.StatusBadRequest, "the form has no file"
		}
		body = part
	}
	data, err := io.ReadAll(body)
	if err != nil {
		return http.StatusBadRequest, "the upload broke off"
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.ws.files[r.PathValue("id")]
	switch {
	case f == nil || f.arrived:
		return http.StatusNotFound, "no such upload"
	case len(data) != f.size:
		return http.StatusBadRequest, "the length differs from the one announced"
	}
	f.data, f.arrived = data, true
	return http.StatusOK, "OK - " + strconv.Itoa(len(data))
}

func completeUpload(c *call) (obj, *apiError) {
	raw, given, valid := c.args.raw("files")
	var wanted []struct {
		ID    string `json:"id"`
		Title string `json:"title"`
	}
	if !given || !valid || json.Unmarshal(raw, &wanted) != nil || len(wanted) == 0 {
		return nil, missing("files")
	}
	var shared []any
	for _, one := range wanted {
		f := c.ws.files[one.ID]
		if f == nil || !f.arrived || f.done {
			return nil, refuse("file_not_found")
		}
		setDefault(&one.Title, f.name)
		f.title = one.Title
		shared = append(shared, c.apiFile(f))
	}
	targets := c.args.list("channels")
	if id := c.args.str("channel_id"); id != "" {
		targets = append(targets, id)
	}
	for _, id := range targets {
		if err := c.shareFiles(id, shared); err != nil {
			return nil, err
		}
	}
	for _, one := range wanted {
		c.ws.files[one.ID].done = true
	}
	return obj{"files": shared}, nil
}

func (c *call) shareFiles(id string, shared []any) *apiError {
	room, err := c.botSees(id)
	if err != nil {
		return err
	}
	threadTS := c.args.str("thread_ts")
	if err := c.mayPost(room, threadTS); err != nil {
		return err
	}
	if room.Kind != kindIM && !room.memberSet[c.ws.bot.UserID] {
		return refuse("not_in_channel")
	}
	if _, err := c.thread(room, threadTS); err != nil {
		return err
	}
	c.publish(&message{
		channel: room.ID, ts: c.ws.nextTS(), threadTS: threadTS, user: c.ws.bot.UserID, botID: c.ws.bot.BotID,
		text: c.args.str("initial_comment"), files: shared, payload: c.args.logged(),
	})
	return nil
}

func (c *call) apiFile(f *file) obj {
	return obj{
		"id": f.id, "name": f.name, "title": f.title, "size": f.size, "mode": "hosted", "user": c.ws.bot.UserID,
		"mimetype": http.DetectContentType(f.data), "url_private": c.baseURL + "/files/" + f.id, "url_private_download": c.baseURL + "/files/" + f.id,
		"permalink": "https://" + c.ws.team.Domain + ".slack.com/files/" + c.ws.bot.UserID + "/" + f.id,
	}
}

// serveFile gives a file back to the bot.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token, _ := tokenOf(r, args{})
	s.mu.Lock()
	f := s.ws.files[r.PathValue("id")]
	s.mu.Unlock()
	if kind, _ := s.kindOf(token); kind != botToken || f == nil || !f.done {
		http.Error(w, "no such file, or no token for it", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Header().Set("Content-Disposition", "attachment")
	_, _ = w.Write(f.data)
}
