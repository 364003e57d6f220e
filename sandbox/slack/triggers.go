package slack

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// A trigger id opens one form within three seconds (docs.slack.dev/interactivity/handling-user-interaction).
const triggerLife = 3 * time.Second

// triggerMemory is how long a used or expired id is told apart from an invented one.
const triggerMemory = time.Minute

type trigger struct {
	user    string
	channel string // where the person was
	view    *view  // set when it came from inside a modal
	expires time.Time
	used    bool
}

// newTrigger makes an id in Slack's form; mu held.
func (s *Server) newTrigger(t trigger) string {
	id := fmt.Sprintf("%d.%d.%s", 1e12+rand.Int64N(9e12), 1e9+rand.Int64N(9e9), secret(16)) // the last part is the secret
	t.expires = s.clock.now().Add(triggerLife)
	s.triggers[id] = &t
	s.clock.after(triggerMemory, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.triggers, id)
	})
	return id
}

// exchange uses a trigger id up; mu held.
func (s *Server) exchange(a args) (*trigger, *apiError) {
	id := a.str("trigger_id")
	if id == "" {
		id = a.str("interactivity_pointer")
	}
	if id == "" {
		return nil, missing("trigger_id")
	}
	t := s.triggers[id]
	switch {
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case s.clock.now().After(t.expires):
		return nil, refuse("expired_trigger_id")
	}
	t.used = true
	return t, nil
}
