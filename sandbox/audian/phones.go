package audian

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// CallState is where a telephone is.
type CallState string

// The states of a call.
const (
	OnLine  CallState = "on_line"
	Refused CallState = "refused"
	HungUp  CallState = "hung_up"
	Kicked  CallState = "kicked"
	Ended   CallState = "ended" // the run was ended for everybody
)

// Noise is what comes from a telephone.
type Noise string

// What can come from a telephone.
const (
	Silent    Noise = ""
	Talking   Noise = "talking"
	Breathing Noise = "breathing"
)

func (n Noise) level() int {
	switch n {
	case Talking:
		return 900
	case Breathing:
		return 140
	default:
		return 0
	}
}

// Call is what a caller does with a telephone.
type Call struct {
	// Number is what they dial: a shared line (Options.DialIn) or a
	// conference's own number. Empty is the first shared line.
	Number string `json:"number"`
	// Conference is the conference number they type on a shared line. The
	// sandbox also takes a conference's id or its exact name, for
	// conferences that have no number.
	Conference string `json:"conference"`
	// PIN is what they type when asked. A closing # is ignored.
	PIN          string `json:"pin"`
	CallerNumber string `json:"caller_number"`
	CallerName   string `json:"caller_name"`
	// As puts them in as "member" or "moderator" without asking for a PIN.
	// Full and locked conferences still refuse them.
	As string `json:"as"`
}

// Caller is a telephone and how its call is going.
type Caller struct {
	ID     string    `json:"id"`
	Number string    `json:"caller_number"`
	Name   string    `json:"caller_name"`
	State  CallState `json:"state"`
	// Reason says in words why the call is not on the line.
	Reason        string `json:"reason,omitempty"`
	Conference    string `json:"conference,omitempty"` // id
	ParticipantID string `json:"participant_id,omitempty"`
	// ParticipantNumber counts from 1 in order of joining the run.
	ParticipantNumber int       `json:"participant_number,omitempty"`
	Moderator         bool      `json:"moderator"`
	Muted             bool      `json:"muted"`
	Deaf              bool      `json:"deaf"`
	Noise             Noise     `json:"noise"`
	Level             int       `json:"level"`
	HeardByOthers     bool      `json:"heard_by_others"`
	Joined            time.Time `json:"joined,omitzero"`
}

// phone is one call, kept after it has ended so that its screen can be read.
type phone struct {
	id, number, name string
	state            CallState
	reason           string
	conference       string
	on               *participant
	noise            Noise
}

func (ph *phone) caller(o *Options) Caller {
	c := Caller{
		ID: ph.id, Number: ph.number, Name: ph.name, State: ph.state, Reason: ph.reason,
		Conference: ph.conference, Noise: ph.noise, Level: ph.noise.level(),
	}
	if p := ph.on; p != nil {
		c.ParticipantID, c.ParticipantNumber = fmt.Sprint(o.participantID(p.number)), p.number
		c.Moderator, c.Muted, c.Deaf, c.Joined = p.moderator, p.muted, p.deaf, p.joined
		c.HeardByOthers = p.seat().talking()
	}
	return c
}

// Dial makes a call. Whether it was let in is in the Caller's State.
func (s *Server) Dial(c Call) Caller {
	o := s.options()
	defer s.world.enter()()
	w := s.world
	ph := w.newPhone(c.CallerNumber, c.CallerName)
	if why := w.connect(&o, c, ph); why != "" {
		ph.state, ph.reason = Refused, why
		w.hub.changed()
	}
	return ph.caller(&o)
}

func (w *world) newPhone(number, name string) *phone {
	w.lastCall++
	ph := &phone{id: "call_" + strconv.Itoa(w.lastCall), number: number, name: name}
	w.phones[ph.id] = ph
	w.calls = append(w.calls, ph)
	if len(w.calls) > maxCalls {
		w.forgetOldCall()
	}
	return ph
}

// maxCalls bounds how many telephones are remembered.
const maxCalls = 5000

// forgetOldCall drops the oldest call that is over.
func (w *world) forgetOldCall() {
	for i, ph := range w.calls[:len(w.calls)-1] {
		if ph.on == nil {
			delete(w.phones, ph.id)
			w.calls = slices.Delete(w.calls, i, i+1)
			return
		}
	}
}

// connect leads a call to its conference, or says why not.
func (w *world) connect(o *Options, c Call, ph *phone) (refused string) {
	conf, typed, refused := w.route(o, c)
	if refused != "" {
		return refused
	}
	ph.conference = conf.id
	e := o.effect(conf.doc)
	in := admission{moderator: c.As == "moderator"}
	if c.As == "" {
		in = o.admit(e, typed, strings.TrimSuffix(strings.TrimSpace(c.PIN), "#"))
	}
	if in.refused != "" {
		return in.refused
	}
	if r := w.runs[conf.id]; r != nil {
		if r.locked {
			return "This conference is locked."
		}
		if e.MaxMembers > 0 && len(r.people) >= e.MaxMembers {
			return "This conference is full."
		}
	}
	as := participant{moderator: in.moderator, muted: e.MemberMuted, deaf: e.MemberDeaf}
	if in.moderator {
		as.muted, as.deaf = e.ModeratorMuted, e.ModeratorDeaf
	}
	w.join(conf.id, e.Name, ph, as)
	return ""
}

// route finds the conference that a dialled and a typed number lead to.
func (w *world) route(o *Options, c Call) (conf *conference, typed, refused string) {
	dialled := digitsOf(c.Number)
	if dialled != "" && !slices.ContainsFunc(o.DialIn, func(n string) bool { return digitsOf(n) == dialled }) {
		for _, conf := range w.order {
			if slices.ContainsFunc(conf.direct, func(n string) bool { return digitsOf(n) == dialled }) {
				return conf, "", ""
			}
		}
		return nil, "", "The number you dialled is not in service."
	}
	if conf := w.conferences[c.Conference]; conf != nil {
		return conf, "", ""
	}
	typed = strings.TrimSuffix(strings.TrimSpace(c.Conference), "#")
	if typed == "" {
		return nil, "", "No conference number was entered."
	}
	for _, conf := range w.order {
		if w.numbers[typed][conf.id] {
			return conf, typed, ""
		}
	}
	for _, conf := range w.order {
		if fold(textAt(conf.doc, "name")) == fold(c.Conference) {
			return conf, "", ""
		}
	}
	return nil, "", "There is no conference with that number."
}

func digitsOf(number string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, number)
}

// Callers shows all telephones, in order of dialling.
func (s *Server) Callers() []Caller {
	o := s.options()
	defer s.world.enter()()
	return s.world.callers(&o)
}

func (w *world) callers(o *Options) []Caller {
	out := make([]Caller, len(w.calls))
	for i, ph := range w.calls {
		out[i] = ph.caller(o)
	}
	return out
}
