package audian

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
)

// Control is the JSON API for the other side: telephones, faults, clocks and
// the truth. Its paths are relative, so that it can be mounted anywhere with
// http.StripPrefix. It answers only requests whose Host, and Origin if any,
// is this machine, so that no web page elsewhere can drive it.
func (s *Server) Control() http.Handler {
	mux := http.NewServeMux()
	for pattern, do := range map[string]func(*http.Request) (any, error){
		"GET /state":                func(*http.Request) (any, error) { return s.State(), nil },
		"POST /call":                s.controlCall,
		"POST /callers/{id}/press":  s.controlPress,
		"POST /callers/{id}/hangup": s.controlHangUp,
		"POST /callers/{id}/talk":   s.controlTalk,
		"POST /conferences":         s.controlConference,
		"POST /end_run":             s.controlEndRun,
		"GET /faults":               func(*http.Request) (any, error) { return s.Faults(), nil },
		"POST /faults":              s.controlFault,
		"DELETE /faults":            s.controlClearFaults,
		"POST /clock":               s.controlClock,
		"GET /settings":             func(*http.Request) (any, error) { return s.controlSettings(), nil },
		"POST /settings":            s.controlConfigure,
		"GET /requests":             s.controlRequests,
		"POST /expire_tokens":       s.controlExpire,
		"POST /reset":               s.controlReset,
	} {
		mux.Handle(pattern, answerJSON(do))
	}
	mux.HandleFunc("GET /events", s.controlEvents)
	return localOnly(mux)
}

// localOnly refuses what a web page elsewhere could have sent.
func localOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		origin := r.Header.Get("Origin")
		if !loopback(r.Host) || (origin != "" && !loopbackOrigin(origin)) {
			writeControl(w, http.StatusForbidden, map[string]string{"error": "Only this machine may use the control API."})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopbackOrigin(origin string) bool {
	u, err := url.Parse(origin)
	return err == nil && loopback(u.Host)
}

func loopback(hostport string) bool {
	u := url.URL{Host: hostport}
	host := u.Hostname()
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// loopbackAddr says whether an address to listen on is this machine's own.
func loopbackAddr(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	return err == nil && loopback(net.JoinHostPort(host, "0"))
}

// answerJSON turns what a control function returns into an answer; errors
// are one sentence and the caller's fault.
func answerJSON(do func(*http.Request) (any, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out, err := do(r)
		if err != nil {
			writeControl(w, http.StatusBadRequest, map[string]string{"error": err.Error()})
			return
		}
		writeControl(w, http.StatusOK, out)
	})
}

func writeControl(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the page has gone: nobody is left to tell
}

// maxControlBody is more than any of these bodies needs.
const maxControlBody = 1 << 20

// readControl reads a body into v. An empty one leaves v as it is; a key that
// nobody knows is an error, since it is a typing mistake.
func readControl(r *http.Request, v any) error {
	d := json.NewDecoder(io.LimitReader(r.Body, maxControlBody))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}
