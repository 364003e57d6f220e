package audian

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// handler does a request that has passed all the general checks.
type handler func(*Server, *exchange) reply

// verbs are the methods that a path takes.
type verbs map[string]handler

// route is one path. Which methods it takes depends on the dialect.
type route struct {
	path  string // segments; {x} matches any one
	verbs func(*Options) verbs
	open  bool // needs no token
	cost  int  // in the rate bucket; 0 means 1
}

func routes() []route {
	fixed := func(v verbs) func(*Options) verbs { return func(*Options) verbs { return v } }
	return []route{
		{path: "api_auth", open: true, cost: loginCost, verbs: fixed(verbs{"PUT": (*Server).login})},
		{path: "token_auth", verbs: fixed(verbs{"GET": (*Server).checkToken, "DELETE": (*Server).revokeToken})},
		{path: "accounts/{account}/conferences", verbs: fixed(verbs{"GET": (*Server).listConferences, "PUT": (*Server).createConference})},
		{path: "accounts/{account}/conferences/{conference}", verbs: conferenceVerbs},
		{path: "accounts/{account}/conferences/{conference}/participants", verbs: participantsVerbs},
		{path: "accounts/{account}/conferences/{conference}/participants/{participant}", verbs: participantVerbs},
		{path: "accounts/{account}/callflows", verbs: fixed(verbs{"GET": (*Server).listCallflows})},
		{path: "accounts/{account}/callflows/{callflow}", verbs: fixed(verbs{"GET": (*Server).getCallflow})},
		{path: "accounts/{account}/phone_numbers", verbs: fixed(verbs{"GET": (*Server).listNumbers})},
	}
}

func conferenceVerbs(o *Options) verbs {
	v := verbs{
		"GET": (*Server).getConference, "POST": (*Server).updateConference,
		"PATCH": (*Server).patchConference, "DELETE": (*Server).deleteConference,
	}
	if o.lockSupported() {
		v["PUT"] = (*Server).actOnConference
	}
	return v
}

func participantsVerbs(o *Options) verbs {
	v := verbs{"GET": (*Server).listParticipants}
	if o.kazoo() {
		v["PUT"] = (*Server).actOnAll
	}
	return v
}

func participantVerbs(o *Options) verbs {
	if o.kazoo() {
		return verbs{"GET": (*Server).getParticipant, "PUT": (*Server).actKazoo}
	}
	return verbs{"POST": (*Server).actSeed, "DELETE": (*Server).kickSeed}
}

// find looks a path up. The segments are unescaped one by one, so that an id
// may hold a slash.
func (s *Server) find(escaped string) (*route, map[string]string) {
	segments := strings.Split(strings.Trim(escaped, "/"), "/")
	for i, segment := range segments {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			return nil, nil
		}
		segments[i] = plain
	}
	for i := range s.routes {
		if vars, ok := s.routes[i].match(segments); ok {
			return &s.routes[i], vars
		}
	}
	return nil, nil
}

func (rt *route) match(segments []string) (map[string]string, bool) {
	pattern := strings.Split(rt.path, "/")
	if len(pattern) != len(segments) {
		return nil, false
	}
	vars := map[string]string{}
	for i, p := range pattern {
		if name, isVar := strings.CutPrefix(p, "{"); isVar && segments[i] != "" {
			vars[strings.TrimSuffix(name, "}")] = segments[i]
		} else if p != segments[i] {
			return nil, false
		}
	}
	return vars, true
}

// Handler is the API itself, for those who bring their own listener.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(s.serveAPI)
}

// answer does Kazoo's checks in Kazoo's order: a body that cannot be read is
// refused before the method, the method before the token.
func (s *Server) answer(x *exchange) reply {
	if x.unreadable != nil {
		return fail(x.unreadable)
	}
	path, ok := strings.CutPrefix(x.r.URL.EscapedPath(), basePath+"/")
	if !ok {
		return fail(x.o.notFound(""))
	}
	rt, vars := s.find(path)
	if rt == nil {
		return fail(x.o.notFound(""))
	}
	x.vars = vars
	allowed := rt.verbs(&x.o)
	do := allowed[x.r.Method]
	if do == nil {
		r := fail(x.o.methodNotAllowed())
		r.allow = strings.Join(slices.Sorted(maps.Keys(allowed)), ", ")
		return r
	}
	if f := s.admitRequest(x, rt); f != nil {
		return fail(f)
	}
	if f := x.checkMediaTypes(); f != nil {
		return fail(f)
	}
	return do(s, x)
}

// admitRequest checks the account id, the rate bucket and the token.
func (s *Server) admitRequest(x *exchange, rt *route) *failure {
	account, named := x.vars["account"]
	known := account == s.AccountID() || account == ForeignAccountID
	if named && !known && x.o.kazoo() {
		return x.o.badAccount()
	}
	if f := s.charge(x, account, max(rt.cost, 1)); f != nil {
		return f
	}
	if rt.open {
		return nil
	}
	if !s.tokens.valid(x.token) {
		return x.o.unauthorized()
	}
	x.authenticated = true
	if named && account != s.AccountID() {
		return x.o.forbidden()
	}
	return nil
}
