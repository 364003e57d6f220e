package audian

import (
	"slices"
	"strings"
)

// How a client may find the numbers to dial: the callflows that lead to a
// conference and the account's phone numbers. The conference API itself holds
// none (docs.audian.com/callflows, docs.audian.com/numbers).

// mainConference is the callflow of the shared lines, by convention of
// 2600Hz's own web client.
const mainConference = "MainConference"

// callflow is one way from numbers to a conference, or to the prompt for a
// conference number if it names none.
type callflow struct {
	id, name   string
	numbers    []string
	conference string
}

func (s *Server) callflows() []callflow {
	flows := []callflow{{id: strings.Repeat("c", 32), name: mainConference, numbers: s.DialIn()}}
	for _, c := range s.allConferences() {
		if len(c.direct) > 0 {
			flows = append(flows, callflow{"flow_" + c.id, textAt(c.doc, "name"), c.direct, c.id})
		}
	}
	return flows
}

func (f callflow) document(withFlow bool) document {
	d := document{"id": f.id, "name": f.name, "type": "conference", "numbers": f.numbers}
	if withFlow {
		data := document{}
		if f.conference != "" {
			data["id"] = f.conference
		}
		d["flow"] = document{"module": "conference", "data": data, "children": document{}}
	}
	return d
}

// listCallflows is GET /callflows. Kazoo's list omits the flow itself.
func (s *Server) listCallflows(x *exchange) reply {
	list := []document{}
	if wanted := x.r.URL.Query().Get("filter_type"); wanted == "" || wanted == "conference" {
		for _, f := range s.callflows() {
			list = append(list, f.document(!x.o.kazoo()))
		}
	}
	shuffle(&x.o, list)
	return ok(list)
}

func (s *Server) getCallflow(x *exchange) reply {
	flows := s.callflows()
	i := slices.IndexFunc(flows, func(f callflow) bool { return f.id == x.vars["callflow"] })
	if i < 0 {
		return fail(x.o.notFound(x.vars["callflow"]))
	}
	return ok(flows[i].document(true))
}

// listNumbers is GET /phone_numbers; Kazoo nests the map one deeper.
func (s *Server) listNumbers(x *exchange) reply {
	numbers := document{}
	for _, f := range s.callflows() {
		for _, n := range f.numbers {
			numbers[n] = document{
				"features": []string{}, "state": "in_service",
				"assigned_to": document{"type": "callflow", "id": f.id},
			}
		}
	}
	if x.o.kazoo() {
		return ok(document{"numbers": numbers})
	}
	return ok(numbers)
}
