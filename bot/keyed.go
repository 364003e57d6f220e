package bot

import (
	"context"
	"sync"
)

// keyed lets one at a time do something about one thing, and leaves other
// things alone. The zero value is ready.
type keyed struct {
	mu   sync.Mutex
	busy map[laneKey]chan struct{} // closed when the thing is free again
}

// hold waits until nobody holds key, or until ctx ends. release gives it back.
func (k *keyed) hold(ctx context.Context, key laneKey) (release func(), err error) {
	for {
		k.mu.Lock()
		held, taken := k.busy[key]
		if !taken {
			if k.busy == nil {
				k.busy = map[laneKey]chan struct{}{}
			}
			free := make(chan struct{})
			k.busy[key] = free
			k.mu.Unlock()
			return func() {
				k.mu.Lock()
				defer k.mu.Unlock()
				delete(k.busy, key)
				close(free)
			}, nil
		}
		k.mu.Unlock()
		select {
		case <-held:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
