package audian

import "net/http"

// actions are what can be done to one participant, in both dialects.
func participantActions() map[string]func(*world, *run, *participant) {
	return map[string]func(*world, *run, *participant){
		"mute":   func(w *world, r *run, p *participant) { w.setMuted(r, p, true) },
		"unmute": func(w *world, r *run, p *participant) { w.setMuted(r, p, false) },
		"deaf":   func(w *world, r *run, p *participant) { w.setDeaf(r, p, true) },
		"undeaf": func(w *world, r *run, p *participant) { w.setDeaf(r, p, false) },
		"kick": func(w *world, r *run, p *participant) {
			w.leave(r, p, Kicked, "You were removed from the conference.")
		},
	}
}

// act does an action to participant number of conf, now or after the delay.
// It says whether they were there when it was asked.
func (s *Server) act(x *exchange, number int, action func(*world, *run, *participant)) bool {
	defer s.world.enter()()
	conf := x.vars["conference"]
	r := s.world.runs[conf]
	if r == nil || r.find(number) == nil {
		return false
	}
	s.world.after(x.o.ApplyDelay, conf, func(r *run) {
		if p := r.find(number); p != nil {
			action(s.world, r, p)
		}
	})
	return true
}

// actSeed is POST /conferences/{id}/participants/{pid}.
func (s *Server) actSeed(x *exchange) reply {
	data, f := x.data()
	if f != nil {
		return fail(f)
	}
	names := []string{"mute", "unmute", "deaf", "undeaf"}
	if x.o.kickByPost() {
		names = append(names, "kick")
	}
	if found := check(data, []field{{path: "action", kind: text, required: true, enum: names}}, false); len(found) > 0 {
		return fail(x.o.refused(found))
	}
	name := textAt(data, "action")
	return s.actKnown(x, name)
}

// kickSeed is DELETE /conferences/{id}/participants/{pid}.
func (s *Server) kickSeed(x *exchange) reply {
	r := s.actKnown(x, "kick")
	if r.failure == nil && x.o.DeleteStatus == http.StatusNoContent {
		return reply{status: http.StatusNoContent, bare: true}
	}
	return r
}

// actKnown acts on a participant who must be there, and shows them as they
// are now. One who has gone is {}.
func (s *Server) actKnown(x *exchange, name string) reply {
	conf, id := x.vars["conference"], x.vars["participant"]
	if s.conference(conf) == nil {
		return fail(x.o.notFound(conf))
	}
	number, valid := x.o.readParticipantID(id)
	if !valid || !s.act(x, number, participantActions()[name]) {
		return fail(x.o.notFound(id))
	}
	if name == "kick" {
		return ok(document{})
	}
	r, seats, _ := s.present(conf)
	for _, p := range seats {
		if p.number == number {
			return ok(x.participant(r, p))
		}
	}
	return ok(document{})
}
