package bot

import (
	"sync"
	"time"
)

// seen remembers what has arrived lately, so that a second delivery is known.
// It forgets by halves: what is younger than seenFor is always known.
type seen struct {
	mu       sync.Mutex
	now, old map[string]struct{}
	turned   time.Time
}

const (
	seenFor  = 30 * time.Minute
	seenMost = 50_000 // at most twice as many are kept
)

// again reports whether key was here before. The empty key never was.
func (s *seen) again(key string) bool {
	if key == "" {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil || len(s.now) >= seenMost || time.Since(s.turned) >= seenFor {
		s.old, s.now, s.turned = s.now, make(map[string]struct{}), time.Now()
	}
	_, now := s.now[key]
	_, old := s.old[key]
	s.now[key] = struct{}{}
	return now || old
}
