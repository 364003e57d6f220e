package audian

import (
	"maps"
	"net/http"
)

// Kazoo adds to a conference what is going on in it: lists carry it under
// _read_only; a single one too in Kazoo 4, and in the envelope's metadata in
// Kazoo 5. The names differ between an idle conference and a running one.

func idleData() document {
	return document{"members": 0, "moderators": 0, "duration": 0, "is_locked": false}
}

// liveData is what a run shows of itself.
func (x *exchange) liveData(r run, seats []seat) document {
	if len(seats) == 0 {
		return idleData()
	}
	members := 0
	for _, p := range seats {
		if !p.moderator {
			members++
		}
	}
	d := document{
		"uuid": r.id, "members": members, "moderators": len(seats) - members,
		"participant_count": len(seats), "run_time": int(x.at.Sub(r.started).Seconds()),
		"start_time": gregorian(r.started), "switch_hostname": "media1.sandbox.invalid",
	}
	if x.o.kazoo5() {
		maps.Copy(d, document{
			"conference_id": r.conference, "locked": r.locked, "custom_conference_vars": document{},
			"switch_url": "sip:media1.sandbox.invalid", "zone": "local",
		})
	} else {
		d["is_locked"] = r.locked
	}
	return d
}

// listed is a conference as it stands in a list.
func (x *exchange) listed(c *conference, r run, seats []seat) document {
	doc := c.shown()
	if x.o.kazoo() {
		live := x.liveData(r, seats)
		if x.o.kazoo5() && len(seats) > 0 {
			live["participants"] = x.participants(r, seats)
		}
		doc["_read_only"] = live
	}
	if x.o.UnknownKeys {
		doc["sandbox_extra"] = surprise()
	}
	return doc
}

// one answers with a single conference.
func (s *Server) one(x *exchange, c *conference, status int) reply {
	out := reply{status: status}
	doc := c.shown()
	if x.o.kazoo() && x.r.Method == http.MethodGet {
		r, seats, _ := s.present(c.id)
		live := x.liveData(r, seats)
		live["participants"] = x.participants(r, seats)
		if x.o.kazoo5() {
			out.extra = document{"metadata": live}
		} else {
			doc["_read_only"] = live
		}
	}
	if x.o.UnknownKeys {
		doc["sandbox_extra"] = surprise()
	}
	out.data = doc
	return out
}

func (x *exchange) participants(r run, seats []seat) []document {
	list := make([]document, len(seats))
	for i, p := range seats {
		list[i] = x.participant(r, p)
	}
	shuffle(&x.o, list)
	return list
}
