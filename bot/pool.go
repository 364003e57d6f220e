package bot

import "sync"

// pool runs a bounded number of interactions at once. Some places are kept
// for clicks: whoever moderates a live conference must not wait behind
// commands. What finds no place waits in order of arrival.
type pool struct {
	mu       sync.Mutex
	general  int // free places for everything
	reserved int // free places for clicks only
	most     int // how many may wait
	clicks   []func()
	others   []func()
	running  sync.WaitGroup
}

func newPool(size, reserved, most int) *pool {
	return &pool{general: size - reserved, reserved: reserved, most: most}
}

// run runs work, now or when there is a place. It reports false when too much
// is waiting already.
func (p *pool) run(click bool, work func()) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.general > 0:
		p.general--
		p.running.Go(func() { p.serve(work, false) })
	case click && p.reserved > 0:
		p.reserved--
		p.running.Go(func() { p.serve(work, true) })
	case len(p.clicks)+len(p.others) >= p.most:
		return false
	case click:
		p.running.Add(1)
		p.clicks = append(p.clicks, work)
	default:
		p.running.Add(1)
		p.others = append(p.others, work)
	}
	return true
}

// serve runs work and then whatever may use the same place.
func (p *pool) serve(work func(), reserved bool) {
	work()
	for {
		next := p.next(reserved)
		if next == nil {
			return
		}
		next()
		p.running.Done()
	}
}

func (p *pool) next(reserved bool) func() {
	p.mu.Lock()
	defer p.mu.Unlock()
	from := &p.clicks
	if len(p.clicks) == 0 && !reserved {
		from = &p.others
	}
	if len(*from) == 0 {
		if reserved {
			p.reserved++
		} else {
			p.general++
		}
		return nil
	}
	next := (*from)[0]
	*from = (*from)[1:]
	return next
}

// wait waits until nothing runs and nothing waits.
func (p *pool) wait() { p.running.Wait() }
