package bot

import (
	"context"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// pruneAt is from how many lanes on those at rest are forgotten.
const pruneAt = 1000

// laneKey names what a lane draws: a message by channel and ts, or a form by
// its id alone.
type laneKey struct{ channel, id string }

// urgency is how soon something should be drawn again.
type urgency int

const (
	never      urgency = iota
	background         // something changed on the line
	soon               // somebody did something elsewhere, or a run began or ended
	urgent             // somebody pressed a button in it and waits
)

// outcome is what came of a drawing.
type outcome int

const (
	drawn     outcome = iota // it was sent
	unchanged                // it looks the same, so nothing was sent
	gone                     // it does not exist any more
	failed                   // try again later
)

// drawing is what a lane is asked to draw.
type drawing struct {
	key     laneKey
	urgency urgency
	respond *responder // an urgent drawing may travel by it; may be nil
}

// lane is one message or form. Only one drawing of it is under way at a time.
type lane struct {
	key     laneKey
	group   string // the conference, among which the background takes turns
	wanted  urgency
	respond *responder
	busy    bool
	clicked time.Time // last press in it
	sent    time.Time // last drawing
	resume  time.Time // after a failure
	pause   backoff
}

// lanes draws what has changed: at once where somebody waits, otherwise when
// its turn comes, in turns among the conferences, within a budget.
type lanes struct {
	draw    func(context.Context, drawing) outcome
	blocked func() time.Duration // Slack wants no drawing for so long
	budget  *budget
	spacing time.Duration // between two background drawings of one lane
	quiet   time.Duration // after a click in it
	most    int           // background drawings at once

	wake    chan struct{}
	running sync.WaitGroup

	mu     sync.Mutex
	ctx    context.Context //nolint:containedctx // of the drawings; set by start
	all    map[laneKey]*lane
	served map[string]time.Time // when a conference last had its turn
	active int                  // background drawings under way
	closed bool
}

func newLanes(l *lanes) *lanes {
	l.wake = make(chan struct{}, 1)
	l.all, l.served = map[laneKey]*lane{}, map[string]time.Time{}
	l.ctx = context.Background()
	return l
}

// start runs the background until ctx ends. Drawings that have begun go on
// until stop's context ends.
func (l *lanes) start(ctx context.Context) {
	l.mu.Lock()
	l.ctx = context.WithoutCancel(ctx)
	l.mu.Unlock()
	l.running.Go(func() { l.schedule(ctx) })
}

// stop lets drawings that are under way finish and begins no others.
func (l *lanes) stop() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.running.Wait()
}

// want asks for a drawing. Several wishes for one lane become one.
func (l *lanes) want(d drawing, group string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	one := l.lane(d.key)
	one.group = group
	one.wanted = max(one.wanted, d.urgency)
	if d.respond != nil {
		one.respond = d.respond
	}
	if one.wanted == urgent && !one.busy {
		one.busy = true
		l.running.Go(func() { l.run(one) })
		return
	}
	l.poke()
}

// click notes that somebody pressed a button there: the background leaves it
// alone for a while, so that nothing jumps under a finger.
func (l *lanes) click(key laneKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if one := l.all[key]; one != nil {
		one.clicked = time.Now()
		return
	}
	l.lane(key).clicked = time.Now()
}

// forget drops a lane.
func (l *lanes) forget(key laneKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if one := l.all[key]; one != nil {
		one.wanted = never
		delete(l.all, key)
	}
}

func (l *lanes) lane(key laneKey) *lane {
	one := l.all[key]
	if one == nil {
		one = &lane{key: key}
		l.all[key] = one
	}
	return one
}

// poke makes the schedule look again.
func (l *lanes) poke() {
	select {
	case l.wake <- struct{}{}:
	default:
	}
}

// run draws one lane, and again as long as somebody waits for it.
func (l *lanes) run(one *lane) {
	for {
		d, again := l.begin(one)
		if !again {
			return
		}
		l.finish(one, d, l.draw(l.ctx, d))
	}
}

// guarded keeps a panic in one drawing from ending the program.
func guarded(log *slog.Logger, draw func(context.Context, drawing) outcome) func(context.Context, drawing) outcome {
	return func(ctx context.Context, d drawing) (result outcome) {
		defer func() {
			if p := recover(); p != nil {
				log.Error("a drawing panicked", "channel", d.key.channel, "panic", p, "stack", string(debug.Stack()))
				result = failed
			}
		}()
		return draw(ctx, d)
	}
}

// begin takes the wish that is to be drawn now; without one that may go on at
// once the lane is at rest.
func (l *lanes) begin(one *lane) (drawing, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if one.wanted != urgent {
		one.busy = false
		l.poke()
		return drawing{}, false
	}
	return l.takeWish(one), true
}

func (l *lanes) takeWish(one *lane) drawing {
	d := drawing{key: one.key, urgency: one.wanted, respond: one.respond}
	one.wanted, one.respond = never, nil
	return d
}

// finish notes what came of a drawing.
func (l *lanes) finish(one *lane, d drawing, result outcome) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch result {
	case drawn:
		one.sent = time.Now()
		one.pause.reset()
	case unchanged:
		one.pause.reset()
	case gone:
		delete(l.all, one.key)
		one.wanted = never
	case failed:
		one.wanted = max(one.wanted, min(d.urgency, soon))
		one.resume = time.Now().Add(one.pause.next())
	}
}
