package audian

import (
	"strconv"
	"time"
)

// listParticipants is GET /conferences/{id}/participants.
func (s *Server) listParticipants(x *exchange) reply {
	conf := x.vars["conference"]
	r, seats, known := s.present(conf)
	if !known && !x.o.adHoc() {
		return fail(x.o.notFound(conf))
	}
	out := ok(x.participants(r, seats))
	out.noID = !x.o.kazoo() // so on the vendor's page
	return out
}

func (s *Server) present(conf string) (run, []seat, bool) {
	defer s.world.enter()()
	_, known := s.world.conferences[conf]
	r, seats := s.world.seats(conf)
	return r, seats, known
}

// participantID is the id as it stands in JSON.
func (o *Options) participantID(number int) any {
	switch {
	case o.intIDs():
		return number
	case o.kazoo():
		return strconv.Itoa(number)
	default:
		return "part_" + strconv.Itoa(number)
	}
}

// readParticipantID is participantID backwards, from a path.
func (o *Options) readParticipantID(id string) (number int, ok bool) {
	if !o.kazoo() && !o.intIDs() {
		if len(id) < 6 || id[:5] != "part_" {
			return 0, false
		}
		id = id[5:]
	}
	number, err := strconv.Atoi(id)
	return number, err == nil
}

func (x *exchange) participant(r run, p seat) document {
	d := x.seedParticipant(p)
	if x.o.kazoo() {
		d = x.kazooParticipant(r, p)
	}
	if x.o.UnknownKeys {
		d["sandbox_extra"] = surprise()
	}
	return d
}

func (x *exchange) seedParticipant(p seat) document {
	return document{
		"participant_id":   x.o.participantID(p.number),
		"caller_id_number": p.callerNumber,
		"caller_id_name":   p.callerName,
		"muted":            p.muted,
		"deaf":             p.deaf,
		"join_time":        p.joined.UTC().Format(time.RFC3339),
	}
}

// kazooParticipant has the flags under conference_channel_vars, or flat as
// the documents of Kazoo 4 show them.
func (x *exchange) kazooParticipant(r run, p seat) document {
	flags := document{
		"is_moderator": p.moderator, "speak": !p.muted, "hear": !p.deaf,
		"talking": p.talking(), "mute_detect": false, "floor": p.talking(),
		"video": false, "see": false, "energy_level": speechThreshold,
		"current_energy": p.energy(), "member_id": p.number,
	}
	d := document{
		"participant_id": x.o.participantID(p.number), "call_id": p.callID,
		"conference_name": r.conference, "conference_uuid": r.id,
		"switch_hostname": "media1.sandbox.invalid",
		"join_time":       gregorian(p.joined), "duration": int(x.at.Sub(p.joined).Seconds()),
		"caller_id_name": p.callerName, "caller_id_number": p.callerNumber,
		"custom_channel_vars":     document{"account_id": x.vars["account"]},
		"custom_application_vars": document{},
	}
	if x.o.kazoo5() {
		d["conference_channel_vars"] = flags
		return d
	}
	for k, v := range flags {
		d[k] = v
	}
	return d
}

// gregorianOffset is the number of seconds from the year 0 to 1970.
const gregorianOffset = 62167219200

func gregorian(t time.Time) int64 { return t.Unix() + gregorianOffset }
