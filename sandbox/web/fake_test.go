package web_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"confbot/sandbox/web"
)

// fake plays the three control handlers from fixtures: what is read comes from
// testdata, what is written is kept, and a test may script the answers.
type fake struct {
	t testing.TB

	mu      sync.Mutex
	files   map[string]map[string]any   // by path: what GET answers
	answers map[string]any              // by path: what POST answers, {"ok":true} otherwise
	posts   map[string][]map[string]any // by path: what was posted
	changed chan struct{}               // closed and replaced at each change
}

// newFake reads the fixtures and serves the page on them.
func newFake(t testing.TB) (*fake, string) {
	t.Helper()
	f := &fake{
		t: t, changed: make(chan struct{}), answers: map[string]any{}, posts: map[string][]map[string]any{},
		files: map[string]map[string]any{
			"/slack/workspace": fixture(t, "workspace.json"),
			"/slack/view":      fixture(t, "view.json"),
			"/audian/state":    fixture(t, "audian.json"),
		},
	}
	mount := func(prefix string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { f.serve(w, r, prefix+r.URL.Path) })
	}
	server := httptest.NewServer(web.New(web.Options{Slack: mount("/slack"), Audian: mount("/audian"), Demo: mount("/demo")}))
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections) // event streams stay open otherwise
	return f, server.URL
}

func fixture(t testing.TB, name string) map[string]any {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var value map[string]any
	if err := json.Unmarshal(raw, &value); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return value
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request, path string) {
	switch {
	case strings.HasSuffix(path, "/events"):
		f.stream(w, r)
	case strings.HasSuffix(path, "/faults") && r.Method == http.MethodGet:
		fmt.Fprint(w, "[]")
	case path == "/demo/":
		fmt.Fprint(w, `{"skip_to":"09:25"}`)
	case r.Method == http.MethodGet:
		f.mu.Lock()
		defer f.mu.Unlock()
		_ = json.NewEncoder(w).Encode(f.files[path])
	default:
		f.take(w, r, path)
	}
}

func (f *fake) take(w http.ResponseWriter, r *http.Request, path string) {
	body, _ := io.ReadAll(r.Body)
	var posted map[string]any
	if len(body) > 0 && body[0] == '{' {
		_ = json.Unmarshal(body, &posted)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.posts[path] = append(f.posts[path], posted)
	answer, scripted := f.answers[path]
	if !scripted {
		answer = map[string]any{"ok": true}
	}
	if words, plain := answer.(inWords); plain {
		http.Error(w, string(words), http.StatusConflict)
		return
	}
	if refusal, refused := answer.(error); refused {
		w.WriteHeader(http.StatusConflict)
		answer = map[string]any{"error": refusal.Error()}
	}
	_ = json.NewEncoder(w).Encode(answer)
}

// stream sends one event at each change, as both sandboxes do.
func (f *fake) stream(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := http.NewResponseController(w)
	for seq := 1; ; seq++ {
		f.mu.Lock()
		changed := f.changed
		f.mu.Unlock()
		if out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
			fmt.Fprintf(w, "id: %d\nevent: change\ndata: {\"seq\":%d,\"kind\":\"message\"}\n\n", seq, seq)
		}
	}
}

// change edits a fixture in place and tells the page.
func (f *fake) change(path string, edit func(map[string]any)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	edit(f.files[path])
	close(f.changed)
	f.changed = make(chan struct{})
}

// answer scripts what a path's posts get. An error is a 409 with its words.
func (f *fake) answer(path string, with any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answers[path] = with
}

// inWords is a refusal as plain text, as Go's http.Error sends it.
type inWords string

// posted is what was last sent to a path, or nil.
func (f *fake) posted(path string) map[string]any {
	f.mu.Lock()
	defer f.mu.Unlock()
	all := f.posts[path]
	if len(all) == 0 {
		return nil
	}
	return all[len(all)-1]
}

// waitFor waits until something was posted to a path.
func (f *fake) waitFor(t testing.TB, path string) { f.waitForMore(t, path, 1) }

// waitForMore waits until so many bodies were posted to a path.
func (f *fake) waitForMore(t testing.TB, path string, count int) {
	t.Helper()
	deadline, ticker := time.After(15*time.Second), time.NewTicker(20*time.Millisecond)
	defer ticker.Stop()
	for {
		f.mu.Lock()
		got := len(f.posts[path])
		f.mu.Unlock()
		if got >= count {
			return
		}
		select {
		case <-deadline:
			t.Fatalf("%s was posted to %d times, want %d", path, got, count)
		case <-ticker.C:
		}
	}
}
