package audian

import "net/http"

// getConference is GET /conferences/{id}.
func (s *Server) getConference(x *exchange) reply {
	id := x.vars["conference"]
	c := s.conference(id)
	if c == nil && !x.o.adHoc() {
		return fail(x.o.notFound(id))
	}
	if c == nil {
		// Kazoo makes one up: the defaults with that id, and no name.
		c = x.adHocConference(id)
	}
	return s.one(x, c, http.StatusOK)
}

func (s *Server) conference(id string) *conference {
	defer s.world.enter()()
	return s.world.conferences[id]
}

// createConference is PUT /conferences.
func (s *Server) createConference(x *exchange) reply {
	data, f := x.data()
	if f != nil {
		return fail(f)
	}
	doc, found := x.o.accept(data)
	if len(found) > 0 {
		return fail(x.o.refused(found))
	}
	c := &conference{id: x.o.newConferenceID(), doc: doc}
	if f := s.storeNew(&x.o, c); f != nil {
		return fail(f)
	}
	r := s.one(x, c, http.StatusCreated)
	r.location = x.r.URL.Path + "/" + c.id
	return r
}

func (s *Server) storeNew(o *Options, c *conference) *failure {
	defer s.world.enter()()
	if found := s.world.clash(o, "", c.doc); len(found) > 0 {
		return o.refused(found)
	}
	s.world.store(c)
	return nil
}

// updateConference is POST /conferences/{id}: merge or replace.
func (s *Server) updateConference(x *exchange) reply {
	return s.change(x, func(old, data document) document {
		if x.o.updateReplaces() {
			return data
		}
		return overlay(old, data)
	})
}

// patchConference is PATCH /conferences/{id}: deep merge, null deletes.
func (s *Server) patchConference(x *exchange) reply {
	return s.change(x, merge)
}

func (s *Server) change(x *exchange, combine func(old, data document) document) reply {
	data, f := x.data()
	if f != nil {
		return fail(f)
	}
	c, f := s.storeChange(x, public(data), combine)
	if f != nil {
		return fail(f)
	}
	return s.one(x, c, http.StatusOK)
}

func (s *Server) storeChange(x *exchange, data document, combine func(old, data document) document) (*conference, *failure) {
	id := x.vars["conference"]
	defer s.world.enter()()
	c := s.world.conferences[id]
	if c == nil {
		return nil, x.o.notFound(id)
	}
	doc, found := x.o.accept(combine(c.doc, data))
	if len(found) == 0 {
		found = s.world.clash(&x.o, id, doc)
	}
	if len(found) > 0 {
		return nil, x.o.refused(found)
	}
	changed := *c
	changed.doc = doc
	s.world.store(&changed)
	return &changed, nil
}

// deleteConference is DELETE /conferences/{id}. A run goes on without it.
func (s *Server) deleteConference(x *exchange) reply {
	c := s.take(x)
	if c == nil {
		return fail(x.o.notFound(x.vars["conference"]))
	}
	if x.o.deleteStatus() == http.StatusNoContent {
		return reply{status: http.StatusNoContent, bare: true}
	}
	return ok(merge(c.shown(), document{"_read_only": document{"deleted": true}}))
}

func (s *Server) take(x *exchange) *conference {
	defer s.world.enter()()
	w := s.world
	c := w.conferences[x.vars["conference"]]
	if c == nil {
		return nil
	}
	w.remove(c)
	if r := w.runs[c.id]; r != nil && x.o.deleteEndsRun() {
		w.end(r, "The conference was deleted.")
	}
	return c
}

// shown is the document with its id, on a copy of the top level.
func (c *conference) shown() document {
	out := make(document, len(c.doc)+2)
	for k, v := range c.doc {
		out[k] = v
	}
	out["id"] = c.id
	return out
}
