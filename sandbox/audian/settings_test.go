package audian

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestSettingsChangeWhileItRuns(t *testing.T) {
	t.Parallel()
	r := remote{startServer(t, Options{})}
	conf := r.conference(ConferenceSpec{MemberPINs: []string{"4821"}, MaxMembers: 5})
	now := into[map[string]any](t, r.send("POST", "/settings", `{"dialect":"kazoo","apply_delay_ms":250,"token_life_ms":1000,"lock_supported":false}`, 200))
	for k, want := range map[string]any{"dialect": "kazoo", "apply_delay_ms": 250.0, "token_life_ms": 1000.0, "lock_supported": "off", "kazoo_version": 5.0} {
		if now[k] != want {
			t.Errorf("%s = %v, want %v", k, now[k], want)
		}
	}
	a := r.want(r.do("GET", "/conferences/"+conf, ""), 200)
	if got := lookUp(a.data(), "member/pins/0"); got != "4821" || a.data()["member_pins"] != nil || a.data()["max_participants"] != 5.0 {
		t.Errorf("the document in the other dialect: %s", a.raw)
	}
	if in := r.s.Dial(Call{Conference: conf, PIN: "1"}); in.State != Refused {
		t.Error("the PIN protects no more")
	}
	r.send("POST", "/settings", `{"dialect":"seed"}`, 200)
	a = r.want(r.do("GET", "/conferences/"+conf, ""), 200)
	want := document{"id": conf, "name": "Standup", "member_pins": []any{"4821"}, "moderator_pins": []any{}, "max_members": 5.0, "profile": "default"}
	if diff := cmp.Diff(want, a.data()); diff != "" {
		t.Errorf("there and back (-want +got):\n%s", diff)
	}
}

func TestTheClockGoesForward(t *testing.T) {
	t.Parallel()
	r := remote{startServer(t, Options{Now: frozen, TokenLife: time.Minute})}
	now := into[map[string]time.Time](t, r.send("POST", "/clock", `{"advance_ms":90000}`, 200))
	if want := frozen().Add(90 * time.Second); !now["now"].Equal(want) {
		t.Errorf("now %v, want %v", now["now"], want)
	}
	r.want(r.do("GET", "/conferences", ""), 401)
}

func TestResetGoesBackToTheSeed(t *testing.T) {
	t.Parallel()
	seed := func(s *Server) error {
		_, err := s.AddConference(ConferenceSpec{ID: "conf_seeded", Name: "Seeded"})
		return err
	}
	r := remote{startServer(t, Options{Seed: seed})}
	r.conference(ConferenceSpec{Name: "More"})
	r.s.Dial(Call{Conference: "conf_seeded"})
	r.s.Advance(time.Hour)
	r.send("POST", "/settings", `{"dialect":"kazoo"}`, 200)
	r.send("POST", "/faults", `{"match":"*","kind":"reset"}`, 200)
	r.send("POST", "/reset", "", 200)
	state := r.s.State()
	if len(state.Conferences) != 1 || state.Conferences[0].ID != "conf_seeded" || len(state.Callers) != 0 {
		t.Errorf("after a reset: %+v", state)
	}
	r.want(r.do("GET", "/conferences", ""), 401) // tokens are gone too
	r.token = r.s.IssueToken()
	r.want(r.do("DELETE", "/conferences/conf_seeded", ""), 204)
}
