package api

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"confbot/conference"
	"confbot/sandbox/audian"
)

// Everything is done, under every fault, at debug level; then what was logged
// and every error is searched for what must stay secret.
func TestNothingSecretIsLoggedOrInAnError(t *testing.T) {
	t.Parallel()
	const pin, modPIN, number = "482133", "771204", "+14155550177"
	for _, d := range []audian.Dialect{audian.Seed, audian.Kazoo} {
		spy := &tokenSpy{}
		l := onSandbox(t, audian.Options{Dialect: d}, WithTransport(spy))
		t.Cleanup(http.DefaultTransport.(*http.Transport).CloseIdleConnections)
		var said strings.Builder
		note := func(err error) {
			if err != nil {
				slog.New(slog.NewTextHandler(l.log, nil)).Error("failed", "err", err)
				fmt.Fprintf(&said, "%v %+v\n", err, err)
			}
		}
		everything := func() {
			ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
			defer cancel()
			made, err := l.Create(ctx, conference.Settings{Name: new("Board"), MemberPINs: pins(pin), ModeratorPINs: pins(modPIN)})
			note(err)
			_, _ = l.sim.AddCaller(string(made.ID), audian.CallerSpec{Name: "Dana", Number: number})
			people, err := l.Participants(ctx, made.ID)
			note(err)
			for _, p := range append(people, conference.Participant{ID: "404"}) {
				note(l.Act(ctx, made.ID, p.ID, conference.Mute))
				slog.New(slog.NewTextHandler(l.log, nil)).Info("person", "who", p, "number", p.Number)
			}
			for _, s := range []conference.Settings{{MemberPINs: pins("12a4", pin)}, {Profile: new("nonsense")}, {Name: new("Boards"), ModeratorPINs: pins(modPIN)}} {
				changed, err := l.Update(ctx, made.ID, s)
				note(err)
				fmt.Fprintf(&said, "%v %+v\n", changed, s)
			}
			note(second(l.List(ctx)))
			note(l.Lock(ctx, made.ID, true))
			note(l.Delete(ctx, made.ID))
		}
		everything()
		for _, f := range []audian.Fault{
			{Kind: "status", Status: 400},
			{Kind: "status", Status: 401},
			{Kind: "status", Status: 404},
			{Kind: "status", Status: 500},
			{Kind: "status_after", Status: 500},
			{Kind: "reset"},
			{Kind: "reset_after"},
			{Kind: "hang"},
			{Kind: "truncated"},
			{Kind: "garbage"},
			{Kind: "html"},
			{Kind: "empty"},
		} {
			f.Match = "/conferences/**"
			l.fault(f)
			everything()
			l.sim.ClearFaults()
		}
		l.sim.ExpireTokens()
		everything()
		bad := newClient(t, l.sim.BaseURL(), Key(strings.Repeat("7e", 32)), WithLogger(l.log.logger()))
		note(bad.Check(t.Context()))
		note(fmt.Errorf("%v %+v %#v %s", Key("k3y-plain"), Key("k3y-plain"), Token("t0k-plain", "a"), Key("k3y-plain")))
		encoded, _ := json.Marshal(Key("k3y-plain"))

		secrets := append(spy.tokens(), l.sim.APIKey(), strings.Repeat("7e", 32), pin, modPIN, number, strings.TrimPrefix(number, "+"), "k3y-plain", "t0k-plain", "12a4")
		if len(secrets) < 10 {
			t.Fatal("no tokens were seen")
		}
		where := map[string]string{"the log": l.log.String(), "an error": said.String(), "an encoding": string(encoded)}
		for place, text := range where {
			if len(text) == 0 {
				t.Errorf("%s is empty: nothing is proven", place)
			}
			for _, s := range secrets {
				if i := strings.Index(text, s); i >= 0 {
					t.Errorf("%s: %s holds a secret: …%s…", d, place, text[max(0, i-60):min(len(text), i+30)])
				}
			}
		}
	}
}

// tokenSpy remembers the tokens that were sent.
type tokenSpy struct {
	mu   sync.Mutex
	seen []string
}

func (s *tokenSpy) RoundTrip(r *http.Request) (*http.Response, error) {
	s.mu.Lock()
	if tok := r.Header.Get("X-Auth-Token"); tok != "" && !slices.Contains(s.seen, tok) {
		s.seen = append(s.seen, tok)
	}
	s.mu.Unlock()
	return http.DefaultTransport.RoundTrip(r)
}

func (s *tokenSpy) tokens() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.seen)
}
