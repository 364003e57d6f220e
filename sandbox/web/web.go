package web

import (
	"embed"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var embedded embed.FS

// contentTypes names every kind of file in static. The table is explicit
// because the machine's own MIME table must not decide whether a browser runs
// a module.
var contentTypes = map[string]string{
	".css":  "text/css; charset=utf-8",
	".html": "text/html; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".json": "application/json",
	".md":   "text/plain; charset=utf-8",
	".svg":  "image/svg+xml",
	".txt":  "text/plain; charset=utf-8",
}

// policy lets the page load from this server only. Pictures may also come
// from data: addresses, which carry their own bytes.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Options says what the page controls. A part that is nil is not shown.
type Options struct {
	// Slack is the control handler of the chat sandbox, mounted under /slack/.
	Slack http.Handler
	// Audian is the control handler of the telephone sandbox, mounted under
	// /audian/.
	Audian http.Handler
	// Demo drives the guided tour, mounted under /demo/. GET /demo/ answers
	// {"steps":["…"],"skip_to":"09:25"} and POST /demo/skip lets time jump
	// there.
	Demo http.Handler
}

// New returns the handler of the page. It does no I/O.
func New(o Options) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/", files())
	mux.HandleFunc("GET /parts", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusOK, map[string]bool{
			"slack": o.Slack != nil, "audian": o.Audian != nil, "demo": o.Demo != nil,
		})
	})
	for prefix, handler := range map[string]http.Handler{"/slack": o.Slack, "/audian": o.Audian, "/demo": o.Demo} {
		if handler != nil {
			mux.Handle(prefix+"/", http.StripPrefix(prefix, handler))
		}
	}
	return guard(mux)
}

// files serves the embedded page.
func files() http.Handler {
	static, err := fs.Sub(embedded, "static")
	if err != nil { // the embedded folder's name is a constant, so this is a build mistake
		return http.NotFoundHandler()
	}
	server := http.FileServerFS(static)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ext := path.Ext(r.URL.Path)
		if r.URL.Path == "/" {
			ext = ".html"
		}
		kind, known := contentTypes[ext]
		if !known {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind)
		server.ServeHTTP(w, r)
	})
}

// guard refuses everything that does not come from a browser tab of this page
// on this machine, and sets the headers that every answer carries.
func guard(next http.Handler) http.Handler {
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, http.StatusForbidden, map[string]string{"error": "Only the page itself may change things here."})
	}))
	protected := sameOrigin.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		if !isLoopback(r.Host) || !originIsLoopback(r.Header.Get("Origin")) {
			writeJSON(w, http.StatusForbidden, map[string]string{"error": "The sandbox answers only on this machine's own address."})
			return
		}
		protected.ServeHTTP(w, r)
	})
}

// isLoopback reports whether a Host header names this machine.
func isLoopback(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// originIsLoopback reports whether an Origin header is absent or names this
// machine. "null", which sandboxed frames and files send, does not.
func originIsLoopback(origin string) bool {
	if origin == "" {
		return true
	}
	_, host, found := strings.Cut(origin, "://")
	return found && isLoopback(host)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// The only error left is a browser that has gone, and nobody to tell.
	_ = json.NewEncoder(w).Encode(body)
}
