package audian

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
)

// Nothing is ever dialled here: the phones that Kazoo would ring are made up,
// and pick up at once. Numbers that end in 0000 are not answered.

// endpoint forms that Kazoo can route.
var (
	numberForm = regexp.MustCompile(`^\+?[0-9]{1,15}$`)
	deviceForm = regexp.MustCompile(`^[0-9a-f]{32}$`)
)

// dialOut is the action dial. It answers 202 whether or not anybody picked up.
func (s *Server) dialOut(x *exchange, params document) reply {
	endpoints, found := x.endpoints(params)
	if len(found) > 0 {
		return fail(&failure{status: http.StatusBadRequest, message: "validation failed", data: found})
	}
	conf := x.vars["conference"]
	responses := make([]document, len(endpoints))
	for i, to := range endpoints {
		if strings.HasSuffix(to, "0000") {
			responses[i] = document{"status": "error", "message": "no answer", "endpoint_id": to}
			continue
		}
		callID := s.pickUp(conf, to, textsAt(params, "participant_flags"))
		responses[i] = document{
			"status": "success", "message": "dial resulted in call id " + callID,
			"endpoint_id": to, "call_id": callID, "job_id": randomHex(16),
		}
	}
	return accepted(document{"endpoint_responses": responses})
}

func (x *exchange) endpoints(params document) ([]string, problems) {
	found := check(params, []field{
		{path: "endpoints", required: true},
		{path: "timeout", kind: integer, min: 1},
		{path: "caller_id_name", kind: text},
		{path: "caller_id_number", kind: text},
		{path: "participant_flags", kind: texts, enum: []string{
			"mute", "deaf", "distribute_dtmf", "is_moderator", "disable_moh", "ghost", "join_existing", "video_mute",
		}},
	}, true)
	list, _ := params["endpoints"].([]any)
	if len(found) > 0 || len(list) == 0 {
		found.add("data.endpoints", "minItems", "The list is shorter than it may be", document{"target": 1, "value": list})
		return nil, found
	}
	var out []string
	for i, item := range list {
		path := fmt.Sprintf("data.endpoints.%d", i+1) // counted from 1, unlike the schema's own
		switch to, _ := item.(string); {
		case deviceForm.MatchString(to):
			found.add(path, "not_found", "endpoint not found", document{"value": to})
		case numberForm.MatchString(to), strings.HasPrefix(to, "sip:"):
			out = append(out, to)
		default:
			found.add(path, "enum", "endpoint is not routable", document{"value": item})
		}
	}
	return out, found
}

// pickUp puts a phone that was rung on the line, in a new run if need be,
// also for a conference that nobody made.
func (s *Server) pickUp(conf, to string, flags []string) (callID string) {
	defer s.world.enter()()
	w := s.world
	ph := w.newPhone(to, "")
	var as participant
	for _, flag := range flags {
		switch flag {
		case "mute":
			as.muted = true
		case "deaf":
			as.deaf = true
		case "is_moderator":
			as.moderator = true
		}
	}
	name := conf
	if c := w.conferences[conf]; c != nil {
		name = textAt(c.doc, "name")
	}
	return w.join(conf, name, ph, as).callID
}
