package audian

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
)

// Fault is trouble that requests run into.
type Fault struct {
	ID int `json:"id"` // given by AddFault
	// Match is "*", a method, a path pattern, or both: "GET /conferences/*".
	// Paths are those below the account or below /v2; * is one segment, and
	// a last ** is all that follows.
	Match string `json:"match"`
	// Kind is a key of the table in fault.go.
	Kind string `json:"kind"`
	// Status is for the kinds that answer one.
	Status int `json:"status,omitempty"`
	// DelayMS is waited first, with every kind.
	DelayMS int `json:"delay_ms,omitempty"`
	// RetryAfter is that header, in seconds.
	RetryAfter int `json:"retry_after,omitempty"`
	// Times is how many requests meet it; 0 is all until it is deleted.
	Times int `json:"times,omitempty"`
	// Percent of the matching requests meet it; 0 is all.
	Percent int `json:"percent,omitempty"`
	// Hits counts those that have met it.
	Hits int `json:"hits"`
}

// faults are those that are set, in order; the first that matches is met.
type faults struct {
	mu   sync.Mutex
	last int
	set  []*Fault
}

// AddFault sets a fault and answers its id.
func (s *Server) AddFault(f Fault) (int, error) {
	if err := f.check(); err != nil {
		return 0, err
	}
	if f.Kind == "401_once" {
		f.Times = 1
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.last++
	f.ID, f.Hits = s.faults.last, 0
	s.faults.set = append(s.faults.set, &f)
	s.hub.changed()
	return f.ID, nil
}

func (f *Fault) check() error {
	kinds := faultKinds()
	if _, known := kinds[f.Kind]; !known {
		names := make([]string, 0, len(kinds))
		for name := range kinds {
			names = append(names, name)
		}
		slices.Sort(names)
		return fmt.Errorf("kind %q is none of %s", f.Kind, strings.Join(names, ", "))
	}
	if _, pattern := f.parse(); pattern != "" {
		if _, err := path.Match(strings.TrimSuffix(pattern, "/**"), "/"); err != nil {
			return fmt.Errorf("match %q is not a pattern", f.Match)
		}
	}
	if f.Status != 0 && (f.Status < 200 || f.Status > 599) {
		return fmt.Errorf("status %d is not from 200 to 599", f.Status)
	}
	if f.DelayMS < 0 || f.Times < 0 || f.RetryAfter < 0 || f.Percent < 0 || f.Percent > 100 {
		return errors.New("delay_ms, times, retry_after and percent are not negative, and percent is at most 100")
	}
	return nil
}

// Faults shows those that are set.
func (s *Server) Faults() []Fault {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	out := make([]Fault, len(s.faults.set))
	for i, f := range s.faults.set {
		out[i] = *f
	}
	return out
}

// ClearFaults removes the faults with those ids, or all if none is named.
func (s *Server) ClearFaults(ids ...int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.set = slices.DeleteFunc(s.faults.set, func(f *Fault) bool {
		return len(ids) == 0 || slices.Contains(ids, f.ID)
	})
	s.hub.changed()
}

// parse splits Match; an empty part matches everything.
func (f *Fault) parse() (method, pattern string) {
	for _, word := range strings.Fields(f.Match) {
		switch {
		case word == "*":
		case strings.HasPrefix(word, "/"):
			pattern = word
		default:
			method = word
		}
	}
	return method, pattern
}

func (f *Fault) matches(r *http.Request) bool {
	method, pattern := f.parse()
	if method != "" && !strings.EqualFold(method, r.Method) {
		return false
	}
	if pattern == "" {
		return true
	}
	full := strings.TrimPrefix(r.URL.Path, basePath)
	below := full
	if parts := strings.SplitN(full, "/", 4); len(parts) == 4 && parts[1] == "accounts" {
		below = "/" + parts[3]
	}
	return matchPath(pattern, full) || matchPath(pattern, below)
}

func matchPath(pattern, p string) bool {
	prefix, deep := strings.CutSuffix(pattern, "/**")
	if !deep {
		ok, err := path.Match(pattern, p)
		return ok && err == nil
	}
	segments := strings.Split(p, "/")
	n := strings.Count(prefix, "/") + 1
	if len(segments) <= n {
		return false
	}
	ok, err := path.Match(prefix, strings.Join(segments[:n], "/"))
	return ok && err == nil
}

// meet finds the fault that a request runs into, and uses it up.
func (fs *faults) meet(r *http.Request) *Fault {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	for i, f := range fs.set {
		if !f.matches(r) || (f.Percent > 0 && rand.IntN(100) >= f.Percent) {
			continue
		}
		f.Hits++
		met := *f
		if f.Times > 0 && f.Hits >= f.Times {
			fs.set = slices.Delete(fs.set, i, i+1)
		}
		return &met
	}
	return nil
}
