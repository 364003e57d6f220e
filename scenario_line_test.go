package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack/control"
)

// onLine is the truth about a conference in words, in order of joining.
func onLine(c audian.ConferenceState) string {
	if c.Deleted {
		return "deleted"
	}
	if len(c.People) == 0 {
		return "nobody"
	}
	texts := make([]string, 0, len(c.People))
	for _, p := range c.People {
		name := p.Name
		if name == "" {
			name = p.Number
		}
		state := "unmuted"
		if p.Muted {
			state = "muted"
		}
		if p.Deaf {
			state += " deaf"
		}
		texts = append(texts, name+" "+state)
	}
	words := strconv.Itoa(len(c.People)) + " people: " + strings.Join(texts, ", ") + "."
	if c.Locked {
		words += " It is locked."
	}
	return words
}

func (s *scenario) dials(_ context.Context, m []string) error {
	name, number, pin := m[1], m[2], s.filled(m[4])
	id, err := s.conference(m[3])
	if err != nil {
		return err
	}
	if number == "" {
		number = "+1415555" + fmt.Sprintf("%04d", 1000+len(s.phones))
	}
	s.phones[name] = s.audian.Dial(audian.Call{Conference: id, PIN: pin, CallerName: name, CallerNumber: number}).ID
	return nil
}

func (s *scenario) call(name string) (audian.Caller, error) {
	for _, c := range s.audian.Callers() {
		if c.ID == s.phones[name] || s.phones[name] == "" && c.Name == name {
			return c, nil
		}
	}
	return audian.Caller{}, fmt.Errorf("nobody called %s has dialled", name)
}

func (s *scenario) hangsUp(_ context.Context, m []string) error {
	c, err := s.call(m[1])
	if err != nil {
		return err
	}
	return s.audian.HangUp(c.ID)
}

func (s *scenario) presses(_ context.Context, m []string) error {
	c, err := s.call(m[1])
	if err != nil {
		return err
	}
	return s.audian.Press(c.ID, m[2])
}

func (s *scenario) hears(ctx context.Context, m []string) error {
	var got string
	err := poll(ctx, func() bool {
		c, err := s.call(m[1])
		got = fmt.Sprintf("%s %s", c.State, c.Reason)
		return err == nil && s.match(m[2], got)
	})
	if err != nil {
		return fmt.Errorf("the phone is %s", got)
	}
	return nil
}

func (s *scenario) lineIs(ctx context.Context, m []string) error {
	return s.truth(ctx, m[1], m[2], onLine)
}

// documentIs looks at what Audian has stored.
func (s *scenario) documentIs(ctx context.Context, m []string) error {
	return s.truth(ctx, m[1], m[2], func(c audian.ConferenceState) string {
		raw, err := json.Marshal(c.Document)
		if err != nil {
			return err.Error()
		}
		return string(raw)
	})
}

func (s *scenario) truth(ctx context.Context, name, words string, say func(audian.ConferenceState) string) error {
	got := "no such conference"
	err := poll(ctx, func() bool {
		id, err := s.conference(name)
		if err != nil {
			got = "no such conference"
			return s.match(words, got)
		}
		for _, c := range s.audian.State().Conferences {
			if c.ID == id {
				got = say(c)
				return s.match(words, got)
			}
		}
		got = "no such conference"
		return s.match(words, got)
	})
	if err != nil {
		return fmt.Errorf("it is: %s", got)
	}
	return nil
}

// options splits "Weekly sync pin=1 max=2" into words and settings. Words are
// kept together up to the first setting.
func options(text string) (string, settings) {
	var words []string
	set := settings{}
	for w := range strings.FieldsSeq(text) {
		if k, v, ok := strings.Cut(w, "="); ok {
			set[k] = v
		} else {
			words = append(words, w)
		}
	}
	return strings.Join(words, " "), set
}

func (s *scenario) stagesAudian(ctx context.Context, m []string) error {
	verb, rest, _ := strings.Cut(s.filled(m[1]), " ")
	name, set := options(rest)
	switch verb {
	case "conference":
		return s.addConference(name, set)
	case "caller", "callers":
		return s.addCallers(name, set)
	case "fault":
		delay, _ := strconv.Atoi(set["delay_ms"])
		status, _ := strconv.Atoi(set["status"])
		times, _ := strconv.Atoi(set["times"])
		_, err := s.audian.AddFault(audian.Fault{Match: name, Kind: set["kind"], Status: status, DelayMS: delay, Times: times})
		return err
	case "ok":
		s.audian.ClearFaults()
		return nil
	case "ends":
		id, err := s.conference(name)
		if err == nil {
			s.audian.EndRun(id)
		}
		return err
	case "set":
		raw, _ := json.Marshal(set)
		req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.audian.ControlURL()+"/settings", strings.NewReader(string(raw)))
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		defer func() { _ = resp.Body.Close() }()
		if resp.StatusCode >= http.StatusBadRequest {
			return errors.New(resp.Status)
		}
		return nil
	}
	return fmt.Errorf("Audian can't %q", verb)
}

func (s *scenario) addConference(name string, set settings) error {
	spec := audian.ConferenceSpec{Name: name, Profile: set.or("profile", "default"), MemberPINs: pins(set["pin"]), ModeratorPINs: pins(set["modpin"])}
	spec.MaxMembers, _ = strconv.Atoi(set["max"])
	id, err := s.audian.AddConference(spec)
	s.confs[name] = id
	return err
}

func pins(list string) []string {
	if list == "" {
		return []string{}
	}
	return strings.Split(list, ",")
}

// addCallers puts people on the line: one by name and number, or many.
func (s *scenario) addCallers(conf string, set settings) error {
	id, err := s.conference(conf)
	if err != nil {
		return err
	}
	if n, err := strconv.Atoi(set["n"]); err == nil {
		_, err := s.audian.AddCallers(id, n)
		return err
	}
	name := strings.ReplaceAll(set["name"], "_", " ")
	c, err := s.audian.AddCaller(id, audian.CallerSpec{
		Name: name, Number: set["number"], Moderator: set["moderator"] == "yes", Muted: set["muted"] == "yes",
	})
	s.phones[name] = c.ID
	return err
}

// audianWasAsked waits for a request in Audian's log: "PUT /accounts/* 200".
func (s *scenario) audianWasAsked(ctx context.Context, m []string) error {
	err := poll(ctx, func() bool {
		for _, r := range s.audian.Requests(0) {
			if s.match(m[1], fmt.Sprintf("%s %s %d", r.Method, r.Path, r.Status)) {
				return true
			}
		}
		return false
	})
	if err != nil {
		return errors.New("it was not asked that")
	}
	return nil
}

// slackWasAcked waits until the bot has acknowledged the newest envelope of a kind.
func (s *scenario) slackWasAcked(ctx context.Context, m []string) error {
	err := poll(ctx, func() bool {
		records, err := s.people.Requests(ctx, 0)
		if err != nil {
			return false
		}
		for _, r := range slices.Backward(records) {
			if strings.Contains(r.Method, m[1]) && (r.Kind == "envelope" || r.Kind == "ack") {
				return r.Kind == "ack"
			}
		}
		return false
	})
	if err != nil {
		return errors.New("it was not acknowledged")
	}
	return nil
}

func (s *scenario) stagesSlack(ctx context.Context, m []string) error {
	verb, rest, _ := strings.Cut(m[1], " ")
	what, set := options(rest)
	number := func(key string) int { n, _ := strconv.Atoi(set[key]); return n }
	switch verb {
	case "socket":
		lead := number("lead_ms")
		return s.people.OrderSocket(ctx, control.SocketOrder{Action: what, LeadMS: &lead})
	case "fault":
		_, err := s.people.AddFaults(ctx, control.Fault{
			Method: what, Kind: set["kind"], Error: set["error"], RetryAfter: number("retry_after"), DelayMS: number("delay_ms"), Times: number("times"),
		})
		return err
	case "ok":
		return s.people.ClearFaults(ctx)
	case "reloads":
		user, err := s.user(what)
		if err != nil {
			return err
		}
		done, err := s.people.Reload(ctx, user)
		return refused(done, err)
	}
	return fmt.Errorf("Slack can't %q", verb)
}
