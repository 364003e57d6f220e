package slack

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"confbot/sandbox/slack/control"
)

// Kinds of faults.
const (
	faultError      = "error"
	fault500        = "http500"
	faultHTML       = "http_html"
	faultRate       = "rate_limited"
	faultReset      = "reset"
	faultResetAfter = "reset_after"
	faultDelay      = "delay"
	faultDelayAfter = "delay_after"
	faultAckLoss    = "ack_loss"
	faultDuplicate  = "duplicate"
	faultNoDispatch = "no_dispatch"
)

var (
	callFaults     = []string{faultError, fault500, faultHTML, faultRate, faultReset, faultResetAfter, faultDelay, faultDelayAfter}
	envelopeFaults = []string{faultAckLoss, faultDuplicate, faultNoDispatch}
)

// faults are the rules of what goes wrong on purpose.
type faults struct {
	mu    sync.Mutex
	seq   int64
	rules []*control.Fault
}

// fault is the rule that struck, nil for none.
type fault control.Fault

func (f *fault) kind() string {
	if f == nil {
		return ""
	}
	return f.Kind
}

func (f *fault) delay() time.Duration { return time.Duration(f.DelayMS) * time.Millisecond }

// add checks and stores rules.
func (f *faults) add(rules []control.Fault) error {
	for _, r := range rules {
		if !slices.Contains(callFaults, r.Kind) && !slices.Contains(envelopeFaults, r.Kind) {
			return fmt.Errorf("fault kind %q is not known", r.Kind)
		}
		if r.Method == "" {
			return fmt.Errorf("a fault needs a method, or * for all")
		}
		if r.Kind == faultError && r.Error == "" {
			return fmt.Errorf("a fault of kind error needs the error")
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range rules {
		f.seq++
		r.ID, r.Hits = f.seq, 0
		f.rules = append(f.rules, &r)
	}
	return nil
}

// match finds the first rule of one of these kinds that strikes now and counts it.
func (f *faults) match(method string, kinds ...string) *fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, r := range f.rules {
		if r.Method != "*" && r.Method != method || !slices.Contains(kinds, r.Kind) || r.Times > 0 && r.Hits >= r.Times {
			continue
		}
		if r.Percent > 0 && rand.IntN(100) >= r.Percent { // chance, not a secret
			continue
		}
		r.Hits++
		struck := fault(*r)
		return &struck
	}
	return nil
}

func (f *faults) list() []control.Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make([]control.Fault, 0, len(f.rules))
	for _, r := range f.rules {
		out = append(out, *r)
	}
	return out
}

func (f *faults) clear() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.rules = nil
}

// before plays a fault that strikes before a request has any effect; true means that it was answered.
func (s *Server) before(w http.ResponseWriter, r *http.Request, f *fault, rec *control.Record) bool {
	switch f.kind() {
	case faultError:
		rec.Error, rec.Verdict = f.Error, "fault: "+f.Error
		failed(refuse(f.Error)).write(w)
	case fault500:
		rec.Status, rec.Verdict = http.StatusInternalServerError, "fault: HTTP 500"
		w.WriteHeader(http.StatusInternalServerError)
	case faultHTML:
		rec.Status, rec.Verdict = http.StatusServiceUnavailable, "fault: HTTP 503 with HTML"
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write([]byte("<!DOCTYPE html><html><head><title>Server Error</title></head><body><h1>Our server is having a moment</h1></body></html>"))
	case faultRate:
		wait := max(1, f.RetryAfter)
		rec.Status, rec.Error, rec.Verdict = http.StatusTooManyRequests, "ratelimited", "fault: rate limited for "+strconv.Itoa(wait)+" s"
		failed(&apiError{code: "ratelimited", retryAfter: time.Duration(wait) * time.Second}).write(w)
	case faultReset:
		rec.Verdict = "fault: connection reset before any effect"
		reset(w)
	case faultDelay:
		pause(r.Context(), f.delay())
		return false
	default:
		return false
	}
	return true
}

// afterEffect plays a fault that strikes when the work is done; true means that the answer is lost.
func (s *Server) afterEffect(w http.ResponseWriter, r *http.Request, f *fault, rec *control.Record) bool {
	switch f.kind() {
	case faultResetAfter:
		rec.Verdict += "; fault: connection reset after the effect"
		reset(w)
		return true
	case faultDelayAfter:
		rec.Verdict += "; fault: answered late"
		pause(r.Context(), f.delay())
	}
	return false
}

// reset ends the connection the rude way, with RST.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // the documented way to drop a connection that cannot be hijacked
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
