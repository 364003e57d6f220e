package audian

import (
	"errors"
	"net/http"
	"strconv"
	"time"
)

func (s *Server) controlCall(r *http.Request) (any, error) {
	var c Call
	if err := readControl(r, &c); err != nil {
		return nil, err
	}
	if c.As != "" && c.As != "member" && c.As != "moderator" {
		return nil, errors.New("as is member, moderator or empty")
	}
	return s.Dial(c), nil
}

func (s *Server) controlPress(r *http.Request) (any, error) {
	var in struct {
		Keys string `json:"keys"`
	}
	if err := readControl(r, &in); err != nil {
		return nil, err
	}
	return s.phoned(r, s.Press(r.PathValue("id"), in.Keys))
}

func (s *Server) controlHangUp(r *http.Request) (any, error) {
	return s.phoned(r, s.HangUp(r.PathValue("id")))
}

func (s *Server) controlTalk(r *http.Request) (any, error) {
	var in struct {
		On   bool  `json:"on"`
		Kind Noise `json:"kind"`
	}
	if err := readControl(r, &in); err != nil {
		return nil, err
	}
	switch {
	case !in.On:
		in.Kind = Silent
	case in.Kind == Silent:
		in.Kind = Talking
	}
	return s.phoned(r, s.SetTalking(r.PathValue("id"), in.Kind))
}

// phoned answers with the telephone as it is after something was done to it.
func (s *Server) phoned(r *http.Request, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return s.caller(r.PathValue("id")), nil
}

func (s *Server) controlConference(r *http.Request) (any, error) {
	var spec ConferenceSpec
	if err := readControl(r, &spec); err != nil {
		return nil, err
	}
	id, err := s.AddConference(spec)
	if err != nil {
		return nil, err
	}
	return map[string]string{"id": id}, nil
}

func (s *Server) controlEndRun(r *http.Request) (any, error) {
	var in struct {
		Conference string `json:"conference"`
	}
	if err := readControl(r, &in); err != nil {
		return nil, err
	}
	s.EndRun(in.Conference)
	return done(), nil
}

func (s *Server) controlFault(r *http.Request) (any, error) {
	var f Fault
	if err := readControl(r, &f); err != nil {
		return nil, err
	}
	id, err := s.AddFault(f)
	if err != nil {
		return nil, err
	}
	return map[string]int{"id": id}, nil
}

// controlClearFaults removes one (?id=3) or all.
func (s *Server) controlClearFaults(r *http.Request) (any, error) {
	id := r.URL.Query().Get("id")
	if id == "" {
		s.ClearFaults()
		return done(), nil
	}
	n, err := strconv.Atoi(id)
	if err != nil {
		return nil, errors.New("id is the number of a fault")
	}
	s.ClearFaults(n)
	return done(), nil
}

func (s *Server) controlClock(r *http.Request) (any, error) {
	var in struct {
		AdvanceMS int64 `json:"advance_ms"`
	}
	if err := readControl(r, &in); err != nil {
		return nil, err
	}
	if in.AdvanceMS < 0 {
		return nil, errors.New("time goes forward only")
	}
	s.Advance(time.Duration(in.AdvanceMS) * time.Millisecond)
	return map[string]time.Time{"now": s.now()}, nil
}

func (s *Server) controlRequests(r *http.Request) (any, error) {
	since := r.URL.Query().Get("since")
	if since == "" {
		return s.Requests(0), nil
	}
	n, err := strconv.Atoi(since)
	if err != nil {
		return nil, errors.New("since is the seq of a request")
	}
	return s.Requests(n), nil
}

func (s *Server) controlExpire(*http.Request) (any, error) {
	s.ExpireTokens()
	return done(), nil
}

func (s *Server) controlReset(*http.Request) (any, error) {
	if err := s.Reset(); err != nil {
		return nil, err
	}
	return done(), nil
}

func done() map[string]bool { return map[string]bool{"ok": true} }
