package audian

import (
	"slices"
	"time"
)

// run is one stretch of a conference, from the first caller to the last.
type run struct {
	conference string
	name       string // of the conference, when the run began
	id         string
	started    time.Time
	last       int // the highest participant number given out
	locked     bool
	recording  bool
	people     []*participant
}

// participant is one caller within a run.
type participant struct {
	number    int // from 1 in each run
	callID    string
	phone     *phone
	joined    time.Time
	muted     bool
	deaf      bool
	moderator bool
}

// seat is a copy of a participant and what their phone says of itself.
type seat struct {
	participant
	callerNumber, callerName string
	noise                    Noise
}

func (p *participant) seat() seat {
	return seat{*p, p.phone.number, p.phone.name, p.phone.noise}
}

// talking is what the media server would notice: loud enough, and not muted.
func (s seat) talking() bool { return s.energy() > speechThreshold && !s.muted }

// energy is the level on the line, in FreeSWITCH's unit.
func (s seat) energy() int { return s.noise.level() }

// speechThreshold is energy-level of the default profile.
const speechThreshold = 20

// join puts a phone on the line, and begins the run if there is none.
func (w *world) join(conf, name string, ph *phone, as participant) *participant {
	r := w.runs[conf]
	if r == nil {
		r = &run{conference: conf, name: name, id: randomHex(16), started: w.now()}
		w.runs[conf] = r
		w.hub.publish(event{name: "conference-create", run: *r})
	}
	r.last++
	p := &as
	p.number, p.phone, p.joined, p.callID = r.last, ph, w.now(), randomHex(8)+"@10.1.2.3"
	r.people = append(r.people, p)
	ph.state, ph.conference, ph.on, ph.reason = OnLine, conf, p, ""
	w.tell("add-member", r, p)
	return p
}

// leave takes a participant off the line. The last one ends the run, and with
// it the lock.
func (w *world) leave(r *run, p *participant, state CallState, why string) {
	r.people = slices.DeleteFunc(r.people, func(q *participant) bool { return q == p })
	p.phone.state, p.phone.reason, p.phone.on, p.phone.noise = state, why, nil, Silent
	w.tell("del-member", r, p)
	if len(r.people) == 0 {
		delete(w.runs, r.conference)
		w.hub.publish(event{name: "conference-destroy", run: *r})
	}
}

// end hangs up on everybody.
func (w *world) end(r *run, why string) {
	for _, p := range slices.Clone(r.people) {
		w.leave(r, p, Ended, why)
	}
}

func (w *world) tell(name string, r *run, p *participant) {
	s := p.seat()
	w.hub.publish(event{name: name, run: *r, seat: &s})
}

// seats copies who is on the line.
func (w *world) seats(conf string) (run, []seat) {
	r := w.runs[conf]
	if r == nil {
		return run{}, nil
	}
	out := make([]seat, len(r.people))
	for i, p := range r.people {
		out[i] = p.seat()
	}
	return *r, out
}

func (r *run) find(number int) *participant {
	i := slices.IndexFunc(r.people, func(p *participant) bool { return p.number == number })
	if i < 0 {
		return nil
	}
	return r.people[i]
}

// pendingAction is something accepted that has not happened yet. It is meant
// for one run; the next one is spared.
type pendingAction struct {
	due   time.Time
	run   string
	conf  string
	apply func(*run)
}

// after does apply to the run of conf, now or when delay has passed.
func (w *world) after(delay time.Duration, conf string, apply func(*run)) {
	r := w.runs[conf]
	switch {
	case r == nil:
	case delay <= 0:
		apply(r)
	default:
		w.pending = append(w.pending, pendingAction{w.now().Add(delay), r.id, conf, apply})
		w.schedule()
	}
}

// settle applies, in the order of asking, all that is due.
func (w *world) settle() {
	now := w.now()
	var later, due []pendingAction
	for _, a := range w.pending {
		if a.due.After(now) {
			later = append(later, a)
		} else {
			due = append(due, a)
		}
	}
	w.pending = later
	for _, a := range due {
		if r := w.runs[a.conf]; r != nil && r.id == a.run {
			a.apply(r)
		}
	}
}

// schedule looks again when the next action falls due, so that those who
// watch hear of what happens though nobody asks.
func (w *world) schedule() {
	if w.wake != nil {
		w.wake.Stop()
	}
	if w.closed || len(w.pending) == 0 {
		return
	}
	next := slices.MinFunc(w.pending, func(a, b pendingAction) int { return a.due.Compare(b.due) })
	w.wake = time.AfterFunc(max(next.due.Sub(w.now()), time.Millisecond), func() {
		defer w.enter()()
		w.schedule()
	})
}

func (w *world) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	if w.wake != nil {
		w.wake.Stop()
	}
}
