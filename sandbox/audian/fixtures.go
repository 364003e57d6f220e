package audian

import (
	"fmt"
	"strconv"
)

// ConferenceSpec describes a conference to put in. The document is written in
// the dialect of the moment.
type ConferenceSpec struct {
	ID            string         `json:"id"` // empty: made up
	Name          string         `json:"name"`
	MemberPINs    []string       `json:"member_pins"`
	ModeratorPINs []string       `json:"moderator_pins"`
	MaxMembers    int            `json:"max_members"` // 0: no limit
	Profile       string         `json:"profile"`
	Numbers       []string       `json:"conference_numbers"` // typed on a shared line
	DialIn        []string       `json:"dial_in"`            // numbers that lead straight here
	JoinMuted     bool           `json:"join_muted"`         // members arrive muted (kazoo)
	Extra         map[string]any `json:"extra"`              // further keys of the document
}

// AddConference puts a conference in and answers its id.
func (s *Server) AddConference(spec ConferenceSpec) (string, error) {
	o := s.options()
	doc := clone(spec.Extra)
	if spec.Name != "" {
		doc["name"] = spec.Name
	}
	if spec.Numbers != nil {
		doc["conference_numbers"] = anyList(spec.Numbers)
	}
	o.write(doc, effective{
		MemberPINs: spec.MemberPINs, ModeratorPINs: spec.ModeratorPINs, MaxMembers: spec.MaxMembers,
		Profile: spec.Profile, MemberMuted: spec.JoinMuted,
	})
	doc, found := o.accept(doc)
	if len(found) > 0 {
		return "", fmt.Errorf("conference %q: %s", spec.Name, found.sentence())
	}
	c := &conference{id: spec.ID, doc: doc, direct: spec.DialIn}
	if c.id == "" {
		c.id = o.newConferenceID()
	}
	defer s.world.enter()()
	if s.world.conferences[c.id] != nil {
		return "", fmt.Errorf("there is a conference %q already", c.id)
	}
	if found := s.world.clash(&o, "", doc); len(found) > 0 {
		return "", fmt.Errorf("conference %q: %s", spec.Name, found.sentence())
	}
	s.world.store(c)
	return c.id, nil
}

// CallerSpec describes somebody to put on the line.
type CallerSpec struct {
	Name, Number string
	Moderator    bool
	Muted, Deaf  bool
	Noise        Noise
}

// AddCaller puts somebody on the line without asking for a PIN. A full or
// locked conference refuses them all the same.
func (s *Server) AddCaller(conference string, spec CallerSpec) (Caller, error) {
	as := "member"
	if spec.Moderator {
		as = "moderator"
	}
	c := s.Dial(Call{Conference: conference, CallerNumber: spec.Number, CallerName: spec.Name, As: as})
	if c.State != OnLine {
		return c, phoneError(c.Reason)
	}
	err := s.onLine(c.ID, func(w *world, r *run, p *participant) {
		w.setMuted(r, p, spec.Muted)
		w.setDeaf(r, p, spec.Deaf)
		p.phone.noise = spec.Noise
	})
	if err != nil {
		return c, err
	}
	return s.caller(c.ID), nil
}

// AddCallers puts n made-up people on the line.
func (s *Server) AddCallers(conference string, n int) ([]Caller, error) {
	out := make([]Caller, 0, n)
	for i := range n {
		c, err := s.AddCaller(conference, CallerSpec{Name: "Caller " + strconv.Itoa(i+1), Number: fmt.Sprintf("+1555%07d", i+1)})
		if err != nil {
			return out, err
		}
		out = append(out, c)
	}
	return out, nil
}

// caller shows one telephone; one that is forgotten has only its id.
func (s *Server) caller(id string) Caller {
	o := s.options()
	defer s.world.enter()()
	ph := s.world.phones[id]
	if ph == nil {
		return Caller{ID: id}
	}
	return ph.caller(&o)
}
