package audian

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// action reads which action a body asks for and with what. Kazoo takes
// {"action":"X","data":{…}} and {"data":{"action":"X","data":{…}}}.
func (x *exchange) action() (name string, params document, hasParams bool, f *failure) {
	data, f := x.data()
	if f != nil {
		return "", nil, false, f
	}
	if name, isText := x.body["action"].(string); isText {
		return name, data, true, nil
	}
	params, hasParams = data["data"].(document)
	return textAt(data, "action"), params, hasParams, nil
}

// actKazoo is PUT /conferences/{id}/participants/{pid}: sent on its way and
// never looked after. What it cannot read, it dies of.
func (s *Server) actKazoo(x *exchange) reply {
	name, params, _, f := x.action()
	if f != nil {
		return fail(f)
	}
	number, valid := x.o.readParticipantID(x.vars["participant"])
	if !valid {
		return fail(x.o.crashed())
	}
	if name == "play" {
		if f := x.playable(params); f != nil {
			return fail(f)
		}
		return accepted("ok")
	}
	action := participantActions()[name]
	if action == nil {
		return fail(x.o.crashed())
	}
	s.act(x, number, action)
	return accepted("ok")
}

// actOnAll is PUT /conferences/{id}/participants.
func (s *Server) actOnAll(x *exchange) reply {
	name, params, _, f := x.action()
	if f != nil {
		return fail(f)
	}
	if name == "relate" {
		return s.relate(x, params)
	}
	action := participantActions()[name]
	if action == nil {
		return fail(x.faulty())
	}
	// Mute and its like are for those who are not moderators.
	s.onRun(x, func(r *run) {
		for _, p := range slices.Clone(r.people) {
			if name == "kick" || !p.moderator {
				action(s.world, r, p)
			}
		}
	})
	conf := x.vars["conference"]
	c := s.conference(conf)
	if c == nil {
		c = x.adHocConference(conf)
	}
	return s.one(x, c, http.StatusCreated)
}

func (x *exchange) faulty() *failure {
	return &failure{status: http.StatusNotFound, message: "faulty_request", data: says("faulty request")}
}

// onRun does something to the run, now or after the delay.
func (s *Server) onRun(x *exchange, do func(*run)) {
	defer s.world.enter()()
	s.world.after(x.o.ApplyDelay, x.vars["conference"], do)
}

func (s *Server) relate(x *exchange, params document) reply {
	_, seats, _ := s.present(x.vars["conference"])
	for _, key := range []string{"participant_id", "other_participant"} {
		number, _ := whole(params[key])
		if !slices.ContainsFunc(seats, func(p seat) bool { return p.number == number }) {
			f := x.o.notFound("")
			f.data = document{"message": "bad identifier", "id": params[key]}
			return fail(f)
		}
	}
	return accepted("relating participants")
}

// actOnConference is PUT /conferences/{id}.
func (s *Server) actOnConference(x *exchange) reply {
	name, params, hasParams, f := x.action()
	if f != nil {
		return fail(f)
	}
	do := x.o.conferenceActions()[name]
	if do == nil {
		return fail(x.noSuchAction(name))
	}
	if !hasParams && name != "lock" && name != "unlock" {
		return fail(x.o.refused(problem("data", "required", "action '"+name+"' requires a data object", nil)))
	}
	return do(s, x, params)
}

func (o *Options) conferenceActions() map[string]func(*Server, *exchange, document) reply {
	all := map[string]func(*Server, *exchange, document) reply{
		"lock":   func(s *Server, x *exchange, _ document) reply { return s.lock(x, true) },
		"unlock": func(s *Server, x *exchange, _ document) reply { return s.lock(x, false) },
	}
	if !o.kazoo() {
		return all
	}
	all["record"], all["dial"] = (*Server).record, (*Server).dialOut
	all["play"] = func(_ *Server, x *exchange, params document) reply {
		if f := x.playable(params); f != nil {
			return fail(f)
		}
		return accepted("ok")
	}
	if o.kazoo5() {
		all["vars"] = func(*Server, *exchange, document) reply { return accepted("vars sent") }
	}
	return all
}

func (x *exchange) noSuchAction(name string) *failure {
	if x.o.kazoo() && !x.o.kazoo5() {
		return x.faulty()
	}
	known := slices.Sorted(maps.Keys(x.o.conferenceActions()))
	return x.o.refused(problem("action", "enum", "Value not found in enumerated list of values",
		document{"target": known, "value": name}))
}

// lock keeps further callers out of the run. Without a run it is accepted and
// does nothing.
func (s *Server) lock(x *exchange, on bool) reply {
	if !x.o.adHoc() && s.conference(x.vars["conference"]) == nil {
		return fail(x.o.notFound(x.vars["conference"]))
	}
	s.onRun(x, func(r *run) {
		r.locked = on
		s.hub.publish(event{name: map[bool]string{true: "lock", false: "unlock"}[on], run: *r})
	})
	return accepted("ok")
}

func (s *Server) record(x *exchange, params document) reply {
	found := problems{}
	switch what, isText := params["action"].(string); {
	case !isText:
		found.add("data.action", "required", "Field is required but missing", document{"value": params})
	case what != "start" && what != "stop":
		found.add("data.action", "enum", "Value not found in enumerated list of values",
			document{"target": []string{"start", "stop"}, "value": what})
	default:
		s.onRun(x, func(r *run) {
			r.recording = what == "start"
			s.hub.publish(event{name: what + "-recording", run: *r})
		})
		return accepted(map[string]string{"start": "starting recording", "stop": "stopping recording"}[what])
	}
	return fail(x.o.refused(found))
}

// SampleMediaID is the one media file of the account; addresses play too.
const SampleMediaID = "00000000000000000000000000000ed1"

func (x *exchange) playable(params document) *failure {
	media := textAt(params, "media_id")
	isURL := strings.HasPrefix(media, "http://") || strings.HasPrefix(media, "https://")
	switch {
	case media == "":
		return x.o.refused(problem("data.media_id", "required", "Field is required but missing", document{"value": params}))
	case media == SampleMediaID, isURL:
		return nil
	default:
		return &failure{status: http.StatusNotFound, message: "bad identifier", data: []string{media}}
	}
}

// getParticipant is GET /conferences/{id}/participants/{pid}: {} when absent.
func (s *Server) getParticipant(x *exchange) reply {
	number, err := strconv.Atoi(x.vars["participant"])
	r, seats, _ := s.present(x.vars["conference"])
	for _, p := range seats {
		if err == nil && p.number == number {
			return ok(x.participant(r, p))
		}
	}
	return ok(document{})
}

func (x *exchange) adHocConference(id string) *conference {
	doc := document{}
	x.o.complete(doc)
	return &conference{id: id, doc: doc}
}
