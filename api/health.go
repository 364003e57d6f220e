package api

import (
	"context"
	"errors"
	"sync"
	"time"

	"confbot/conference"
)

// health remembers how the newest call went.
type health struct {
	mu   sync.Mutex
	good time.Time
	err  error
}

// note takes in how a call ended. A caller who went away says nothing of
// Audian; a refusal such as "no such conference" is an answer like any other.
func (h *health) note(err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if err != nil && conference.KindOf(err) == conference.Unavailable {
		h.err = err
		return
	}
	h.good, h.err = time.Now(), nil
}

func (h *health) last() (time.Time, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.good, h.err
}
