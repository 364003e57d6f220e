package audian

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzBodies sends any body at every kind of request in both dialects. The
// answer is always an envelope with a status that the API has, and what was
// stored can be read again.
func FuzzBodies(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `null`, `[]`, `{"data":{}}`, `{"data":[]}`, `{"data":null}`, `{"data":"x"}`, `{"data":{"name":"x"}}{}`,
		`{"data":{"name":"Ops","member_pins":["4821"],"moderator_pins":["907755"],"max_members":25,"profile":"default"}}`,
		`{"data":{"name":"x","member":{"pins":["1",2,null]},"moderator":[],"max_participants":"1e3"}}`,
		`{"data":{"name":"x","member":{"pins":[]},"member.pins":1,"max_members":1e400}}`,
		`{"data":{"action":"mute"}}`, `{"action":"lock","data":{}}`, `{"data":{"action":"dial","data":{"endpoints":[{},"7",7]}}}`,
		`{"action":"dial","data":{"endpoints":["+15550100142"],"timeout":"0"}}`, `{"data":{"action":{}}}`,
		`{"data":{"action":"relate","data":{"participant_id":1.5,"other_participant":"1"}}}`, `{"data":{"api_key":null}}`,
		"{\"data\":{\"name\":\"\xff\"}}", `{"data":{"":{"":{}}}}`, `{"data":` + strings.Repeat(`[`, 200),
	} {
		f.Add(seed)
	}
	type target struct{ method, path string }
	targets := []target{
		{"PUT", "/api_auth"},
		{"PUT", "/conferences"},
		{"POST", "/conferences/c"},
		{"PATCH", "/conferences/c"},
		{"PUT", "/conferences/c"},
		{"PUT", "/conferences/c/participants"},
		{"PUT", "/conferences/c/participants/1"},
		{"POST", "/conferences/c/participants/part_1"},
	}
	f.Fuzz(func(t *testing.T, body string) {
		for _, d := range []Dialect{Seed, Kazoo} {
			s, err := New(Options{Dialect: d})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.AddConference(ConferenceSpec{ID: "c", Name: "Standup"}); err != nil {
				t.Fatal(err)
			}
			if _, err := s.AddCaller("c", CallerSpec{}); err != nil {
				t.Fatal(err)
			}
			token := s.IssueToken()
			for _, to := range targets {
				path := to.path
				if path != "/api_auth" {
					path = "/accounts/" + s.AccountID() + path
				}
				checkEnvelope(t, s, token, to.method, path, body)
			}
			checkEnvelope(t, s, token, "GET", "/accounts/"+s.AccountID()+"/conferences?paginate=false", "")
		}
	})
}

func checkEnvelope(t *testing.T, s *Server, token, method, path, body string) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), method, "http://x.invalid/v2"+path, strings.NewReader(body))
	r.Header.Set("X-Auth-Token", token)
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, r)
	envelope, err := decodeBody(w.Body.Bytes())
	if err != nil {
		t.Fatalf("%s %s %q: %d %q: %v", method, path, body, w.Code, w.Body, err)
	}
	failed := w.Code >= 400
	if (envelope["status"] == "error") != failed || failed && envelope["error"] == nil {
		t.Errorf("%s %s %q: %d %v", method, path, body, w.Code, envelope)
	}
	if w.Code == http.StatusInternalServerError && !strings.Contains(path, "/participants/") {
		t.Errorf("%s %s %q crashed", method, path, body)
	}
}

// FuzzTranslate turns any document that Kazoo accepts into seed's form and
// back; what protects it must not change.
func FuzzTranslate(f *testing.F) {
	for _, seed := range []string{
		`{"name":"x"}`, `{"name":"x","member":{"pins":["1","2"]},"moderator":{"pins":["3"]},"max_participants":5}`,
		`{"name":"x","member_pins":["1"]}`, `{"name":"x","profile_name":"large","member":{"join_muted":false}}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		written, err := decodeBody([]byte(raw))
		if err != nil {
			return
		}
		in, out := &Options{Dialect: Kazoo, KazooVersion: 5, ModeratorPINs: On}, &Options{Dialect: Seed}
		doc, found := in.accept(written)
		if len(found) > 0 {
			return
		}
		before := in.effect(doc)
		there := translate(doc, in, out)
		after := in.effect(translate(there, out, in))
		for _, e := range []effective{out.effect(there), after} {
			if !cmp.Equal(before.MemberPINs, e.MemberPINs) || !cmp.Equal(before.ModeratorPINs, e.ModeratorPINs) ||
				before.MaxMembers != e.MaxMembers || before.Open != e.Open {
				t.Errorf("%s: %+v became %+v", raw, before, e)
			}
		}
	})
}
