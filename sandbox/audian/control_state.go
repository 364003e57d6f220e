package audian

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// State is the truth, all of it.
type State struct {
	Seq         int               `json:"seq"`
	Now         time.Time         `json:"now"`
	BaseURL     string            `json:"base_url"`
	APIKey      string            `json:"api_key"`
	AccountID   string            `json:"account_id"`
	DialIn      []string          `json:"dial_in"`
	Settings    any               `json:"settings"`
	Conferences []ConferenceState `json:"conferences"`
	Callers     []Caller          `json:"callers"`
}

// ConferenceState is what is true of one conference, beside what its document
// says.
type ConferenceState struct {
	ID       string         `json:"id"`
	Name     string         `json:"name"`
	Document map[string]any `json:"document"`
	// Truth is what phones meet.
	Truth effective `json:"truth"`
	// Warning says in words where document and truth part.
	Warning   string             `json:"warning,omitempty"`
	DialIn    []string           `json:"dial_in,omitempty"` // its own numbers
	Deleted   bool               `json:"deleted,omitempty"` // the run goes on without it
	Live      bool               `json:"live"`
	Locked    bool               `json:"locked"`
	Recording bool               `json:"recording"`
	Started   time.Time          `json:"started,omitzero"`
	People    []ParticipantState `json:"participants"`
}

// ParticipantState is somebody on the line.
type ParticipantState struct {
	ID            string    `json:"participant_id"`
	Call          string    `json:"call"` // the id of their telephone
	Number        string    `json:"caller_number"`
	Name          string    `json:"caller_name"`
	Moderator     bool      `json:"moderator"`
	Muted         bool      `json:"muted"`
	Deaf          bool      `json:"deaf"`
	Noise         Noise     `json:"noise"`
	HeardByOthers bool      `json:"heard_by_others"`
	Joined        time.Time `json:"joined"`
}

// State reads everything in one moment.
func (s *Server) State() State {
	o := s.options()
	out := State{
		Seq: s.hub.sequence(), Now: s.now(), BaseURL: s.BaseURL(), APIKey: s.APIKey(), AccountID: s.AccountID(),
		DialIn: s.DialIn(), Settings: s.controlSettings(), Conferences: []ConferenceState{},
	}
	defer s.world.enter()()
	w := s.world
	out.Callers = w.callers(&o)
	for _, c := range w.order {
		out.Conferences = append(out.Conferences, w.conferenceState(&o, c))
	}
	for id, r := range w.runs {
		if w.conferences[id] == nil {
			gone := w.conferenceState(&o, &conference{id: id, doc: document{"name": r.name}})
			gone.Deleted, gone.Truth.Open = true, false // nobody can dial it any more
			out.Conferences = append(out.Conferences, gone)
		}
	}
	return out
}

func (w *world) conferenceState(o *Options, c *conference) ConferenceState {
	out := ConferenceState{
		ID: c.id, Name: textAt(c.doc, "name"), Document: c.doc, Truth: o.effect(c.doc),
		DialIn: c.direct, People: []ParticipantState{},
	}
	out.Warning = o.warning(c.doc, out.Truth)
	r, seats := w.seats(c.id)
	out.Live, out.Locked, out.Recording, out.Started = len(seats) > 0, r.locked, r.recording, r.started
	for _, p := range seats {
		out.People = append(out.People, ParticipantState{
			ID: fmt.Sprint(o.participantID(p.number)), Call: p.phone.id, Number: p.callerNumber, Name: p.callerName,
			Moderator: p.moderator, Muted: p.muted, Deaf: p.deaf, Noise: p.noise, HeardByOthers: p.talking(), Joined: p.joined,
		})
	}
	return out
}

// warning tells of PINs that are stored and protect nothing.
func (o *Options) warning(d document, truth effective) string {
	if !truth.Open {
		return ""
	}
	echoed := len(textsAt(d, "member_pins")) + len(textsAt(d, "moderator_pins"))
	other := len(textsAt(d, "member.pins")) + len(textsAt(d, "moderator.pins"))
	switch {
	case o.kazoo() && echoed > 0, !o.kazoo() && other > 0:
		return "The document holds PINs in a form that protects nothing: every phone gets in."
	case len(truth.ModeratorPINs) > 0:
		return "Only moderators have a PIN: every phone gets in as a member."
	default:
		return ""
	}
}

// settings is Options as the control API writes and reads them.
type settings struct {
	Options
	TokenLifeMS  int64 `json:"token_life_ms"`
	ApplyDelayMS int64 `json:"apply_delay_ms"`
}

func (s *Server) controlSettings() settings {
	return settingsOf(s.options())
}

func settingsOf(o Options) settings {
	return settings{o, o.TokenLife.Milliseconds(), o.ApplyDelay.Milliseconds()}
}

// controlConfigure changes the settings that the body names.
func (s *Server) controlConfigure(r *http.Request) (any, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxControlBody))
	if err != nil {
		return nil, err
	}
	var bad error
	err = s.Configure(func(o *Options) {
		next := settingsOf(*o)
		if bad = json.Unmarshal(body, &next); bad == nil {
			*o = next.Options
			o.TokenLife = time.Duration(next.TokenLifeMS) * time.Millisecond
			o.ApplyDelay = time.Duration(next.ApplyDelayMS) * time.Millisecond
		}
	})
	if bad != nil {
		return nil, bad
	}
	if err != nil {
		return nil, err
	}
	return s.controlSettings(), nil
}

// Reset takes the server back to where New left it: settings, clock, faults
// and log too.
func (s *Server) Reset() error {
	s.settings.Lock()
	s.opts = s.started
	s.settings.Unlock()
	s.advanced.Store(0)
	s.ClearFaults()
	s.log.clear()
	s.buckets.reset()
	s.tokens.revokeAll()
	s.wipe()
	if s.started.Seed != nil {
		return s.started.Seed(s)
	}
	return nil
}

func (s *Server) wipe() {
	defer s.world.enter()()
	s.world.wipe()
	s.hub.changed()
}
