package web_test

import (
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"confbot/sandbox/web"
)

func TestOnlyThisMachineAndThePageItselfAreServed(t *testing.T) {
	t.Parallel()
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	page := web.New(web.Options{Slack: ok})
	for name, test := range map[string]struct {
		method, host string
		header       map[string]string
		want         int
	}{
		"the page by address":               {"GET", "127.0.0.1:4000", nil, http.StatusNoContent},
		"the page by name":                  {"GET", "localhost:4000", nil, http.StatusNoContent},
		"the page by IPv6 address":          {"GET", "[::1]:4000", nil, http.StatusNoContent},
		"a name that was rebound":           {"GET", "evil.example:4000", nil, http.StatusForbidden},
		"a name that begins like ours":      {"GET", "127.0.0.1.evil.example", nil, http.StatusForbidden},
		"a write by the page":               {"POST", "127.0.0.1:4000", map[string]string{"Origin": "http://127.0.0.1:4000", "Sec-Fetch-Site": "same-origin"}, http.StatusNoContent},
		"a write by a program":              {"POST", "127.0.0.1:4000", nil, http.StatusNoContent},
		"a write by another site":           {"POST", "127.0.0.1:4000", map[string]string{"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, http.StatusForbidden},
		"a write by another local page":     {"POST", "127.0.0.1:4000", map[string]string{"Origin": "http://127.0.0.1:5000"}, http.StatusForbidden},
		"a write from a frame or a file":    {"POST", "127.0.0.1:4000", map[string]string{"Origin": "null"}, http.StatusForbidden},
		"a read with another site's origin": {"GET", "127.0.0.1:4000", map[string]string{"Origin": "https://evil.example"}, http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			request := httptest.NewRequestWithContext(t.Context(), test.method, "http://"+test.host+"/slack/workspace", nil)
			for key, value := range test.header {
				request.Header.Set(key, value)
			}
			answer := httptest.NewRecorder()
			page.ServeHTTP(answer, request)
			if answer.Code != test.want {
				t.Errorf("status %d, want %d", answer.Code, test.want)
			}
		})
	}
}

func TestPartsThatAreAbsentAreNotServed(t *testing.T) {
	t.Parallel()
	page := web.New(web.Options{})
	for path, want := range map[string]int{"/parts": 200, "/": 200, "/slack/workspace": 404, "/audian/state": 404, "/demo/": 404, "/js/": 404, "/vendor": 404} {
		answer := httptest.NewRecorder()
		page.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost"+path, nil))
		if answer.Code != want {
			t.Errorf("%s: status %d, want %d", path, answer.Code, want)
		}
		if path == "/parts" && strings.TrimSpace(answer.Body.String()) != `{"audian":false,"demo":false,"slack":false}` {
			t.Errorf("/parts: %s", answer.Body)
		}
	}
}

func TestEveryFileIsServedWithItsKindAndMayLoadNothingFromElsewhere(t *testing.T) {
	t.Parallel()
	page := web.New(web.Options{})
	kinds := map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".json": "application/json", ".txt": "text/plain; charset=utf-8"}
	foreign := regexp.MustCompile(`(?:src|href|url|import|from)\s*[=(]?\s*["'(]https?://`)
	walkStatic(t, func(path string, content []byte) {
		answer := httptest.NewRecorder()
		page.ServeHTTP(answer, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://localhost/"+strings.TrimSuffix(path, "index.html"), nil))
		if answer.Code != http.StatusOK || answer.Header().Get("Content-Type") != kinds[filepath.Ext(path)] {
			t.Errorf("%s: %d %q", path, answer.Code, answer.Header().Get("Content-Type"))
		}
		if csp := answer.Header().Get("Content-Security-Policy"); !strings.HasPrefix(csp, "default-src 'none'; script-src 'self'; style-src 'self'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if foreign.Match(content) && !strings.HasSuffix(path, ".txt") {
			t.Errorf("%s loads something from elsewhere", path)
		}
	})
}

// The page builds nodes only, so that what an app sends can never become markup.
func TestModulesStaySmallAndNeverBuildMarkup(t *testing.T) {
	t.Parallel()
	markup := regexp.MustCompile(`innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\beval\(|new Function`)
	walkStatic(t, func(path string, content []byte) {
		if filepath.Dir(path) != "js" {
			return
		}
		if hit := markup.Find(content); hit != nil {
			t.Errorf("%s uses %s", path, hit)
		}
		if lines := strings.Count(string(content), "\n"); lines > 250 {
			t.Errorf("%s has %d lines", path, lines)
		}
		if strings.Contains(string(content), "/vendor/") && path != filepath.Join("js", "h.js") {
			t.Errorf("%s names the vendored file; only h.js may", path)
		}
	})
}

func walkStatic(t *testing.T, each func(path string, content []byte)) {
	t.Helper()
	static := os.DirFS("static")
	err := fs.WalkDir(static, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(static, path)
		if err == nil {
			each(path, content)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
