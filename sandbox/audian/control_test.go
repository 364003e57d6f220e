package audian

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// remote is a user of the control API.
type remote struct{ *client }

func (r remote) send(method, path, body string, status int) string {
	r.t.Helper()
	req, err := http.NewRequestWithContext(r.t.Context(), method, r.s.ControlURL()+path, strings.NewReader(body))
	if err != nil {
		r.t.Fatal(err)
	}
	for k, v := range r.header {
		req.Header[k] = v
	}
	if host := r.header.Get("Host"); host != "" {
		req.Host = host
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		r.t.Fatal(err)
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		r.t.Fatal(err)
	}
	if resp.StatusCode != status {
		r.t.Fatalf("%s %s: %d, want %d: %s", method, path, resp.StatusCode, status, raw)
	}
	return string(raw)
}

func into[T any](t *testing.T, raw string) T {
	t.Helper()
	var out T
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		t.Fatalf("%v: %s", err, raw)
	}
	return out
}

func TestControlPlaysACallFromDiallingToTheEnd(t *testing.T) {
	t.Parallel()
	r := remote{startServer(t, Options{})}
	made := into[map[string]string](t, r.send("POST", "/conferences", `{"name":"Coffee","member_pins":["4821"],"moderator_pins":["99"],"conference_numbers":["7001"]}`, 200))
	refused := into[Caller](t, r.send("POST", "/call", `{"number":"`+DefaultDialIn+`","conference":"7001","pin":"1"}`, 200))
	if refused.State != Refused || refused.Reason != wrongPIN {
		t.Errorf("a wrong PIN: %+v", refused)
	}
	alice := into[Caller](t, r.send("POST", "/call", `{"conference":"7001","pin":"99","caller_number":"+15550100199","caller_name":"Alice"}`, 200))
	r.send("POST", "/callers/"+alice.ID+"/talk", `{"on":true,"kind":"breathing"}`, 200)
	r.send("POST", "/callers/"+alice.ID+"/press", `{"keys":"*2"}`, 200)

	state := into[State](t, r.send("GET", "/state", "", 200))
	got := state.Conferences[0]
	if got.ID != made["id"] || !got.Live || got.Truth.Open || len(got.People) != 1 {
		t.Fatalf("conference: %+v", got)
	}
	want := ParticipantState{
		ID: "part_1", Call: alice.ID, Number: "+15550100199", Name: "Alice", Moderator: true,
		Muted: true, Noise: Breathing, Joined: got.People[0].Joined,
	}
	if diff := cmp.Diff(want, got.People[0]); diff != "" {
		t.Errorf("participant (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"4821"}, got.Truth.MemberPINs); diff != "" {
		t.Errorf("PINs (-want +got):\n%s", diff)
	}
	if state.APIKey != DefaultAPIKey || state.AccountID != DefaultAccountID || state.BaseURL != r.base || len(state.Callers) != 2 {
		t.Errorf("state: %+v", state)
	}

	gone := into[Caller](t, r.send("POST", "/callers/"+alice.ID+"/hangup", "", 200))
	if gone.State != HungUp {
		t.Errorf("after hanging up: %+v", gone)
	}
	r.send("POST", "/call", `{"conference":"Coffee","as":"member"}`, 200)
	r.send("POST", "/end_run", `{"conference":"`+made["id"]+`"}`, 200)
	if state := r.s.State(); state.Conferences[0].Live || state.Callers[2].State != Ended {
		t.Errorf("after the end: %+v", state)
	}
}

func TestControlRefusesWhatItCannotDo(t *testing.T) {
	t.Parallel()
	r := remote{startServer(t, Options{})}
	for _, tt := range []struct{ method, path, body string }{
		{"POST", "/call", `{"conference":"x","as":"boss"}`},
		{"POST", "/call", `{"confrence":"x"}`},
		{"POST", "/call", `{`},
		{"POST", "/callers/nope/press", `{"keys":"*1"}`},
		{"POST", "/callers/nope/hangup", ``},
		{"POST", "/callers/nope/talk", `{"on":true}`},
		{"POST", "/conferences", `{}`},
		{"POST", "/conferences", `{"name":"x","member_pins":["abc"]}`},
		{"POST", "/faults", `{"match":"*","kind":"earthquake"}`},
		{"POST", "/faults", `{"match":"* /[","kind":"reset"}`},
		{"POST", "/faults", `{"match":"*","kind":"status","status":99}`},
		{"POST", "/faults", `{"match":"*","kind":"delay","delay_ms":-1}`},
		{"POST", "/faults", `{"match":"*","kind":"reset","percent":101}`},
		{"DELETE", "/faults?id=first", ``},
		{"POST", "/clock", `{"advance_ms":-1}`},
		{"POST", "/settings", `{"dialect":"klingon"}`},
		{"POST", "/settings", `{"kazoo_version":6}`},
		{"POST", "/settings", `{"delete_status":500}`},
		{"POST", "/settings", `{"participant_ids":"uuid"}`},
		{"POST", "/settings", `{"check_pins":"perhaps"}`},
		{"POST", "/settings", `{"check_pins":7}`},
		{"GET", "/requests?since=yesterday", ``},
	} {
		answer := into[map[string]string](t, r.send(tt.method, tt.path, tt.body, 400))
		if answer["error"] == "" {
			t.Errorf("%s %s %s: no sentence", tt.method, tt.path, tt.body)
		}
	}
}

func TestControlIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	r := remote{startServer(t, Options{})}
	for _, tt := range []struct {
		host, origin string
		status       int
	}{
		{"", "", 200},
		{"localhost:1", "", 200},
		{"[::1]:1", "http://127.0.0.1:99", 200},
		{"127.0.0.1", "http://localhost:99", 200},
		{"evil.example", "", 403},
		{"127.0.0.1.evil.example", "", 403},
		{"localhost.evil.example:80", "", 403},
		{"", "https://evil.example", 403},
		{"", "null", 403},
		{"192.168.0.7:80", "", 403},
	} {
		r.header = http.Header{}
		if tt.host != "" {
			r.header.Set("Host", tt.host)
		}
		if tt.origin != "" {
			r.header.Set("Origin", tt.origin)
		}
		r.send("GET", "/state", "", tt.status)
	}
	if _, err := New(Options{ControlAddr: "0.0.0.0:0"}); err == nil {
		t.Error("the control API was allowed to listen to everybody")
	}
}

func TestFaultsAndTokensAreSetByControl(t *testing.T) {
	t.Parallel()
	r := remote{startServer(t, Options{})}
	first := into[map[string]int](t, r.send("POST", "/faults", `{"match":"GET /conferences","kind":"status","status":503}`, 200))
	r.send("POST", "/faults", `{"match":"PUT","kind":"html"}`, 200)
	r.want(r.do("GET", "/conferences", ""), 503)
	r.send("DELETE", fmt.Sprintf("/faults?id=%d", first["id"]), "", 200)
	r.want(r.do("GET", "/conferences", ""), 200)
	if left := into[[]Fault](t, r.send("GET", "/faults", "", 200)); len(left) != 1 || left[0].Match != "PUT" {
		t.Errorf("left: %+v", left)
	}
	r.send("DELETE", "/faults", "", 200)
	r.want(r.do("PUT", "/conferences", `{"data":{"name":"x"}}`), 201)
	r.send("POST", "/expire_tokens", "", 200)
	r.want(r.do("GET", "/conferences", ""), 401)
}

func TestTheStateShowsARunWhoseConferenceIsDeleted(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	conf := c.conference(ConferenceSpec{Name: "Gone"})
	c.caller(conf, CallerSpec{Name: "Alice"})
	c.want(c.do("DELETE", "/conferences/"+conf, ""), 204)
	got := c.s.State().Conferences
	if len(got) != 1 || !got[0].Deleted || !got[0].Live || got[0].Name != "Gone" || len(got[0].People) != 1 {
		t.Errorf("%+v", got)
	}
}

func TestEventsTellThatSomethingChanged(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	conf := c.conference(ConferenceSpec{})
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.s.ControlURL()+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got := resp.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("Content-Type %q", got)
	}
	lines := bufio.NewScanner(resp.Body)
	next := func() string {
		var block []string
		for lines.Scan() && lines.Text() != "" {
			block = append(block, lines.Text())
		}
		return strings.Join(block, "\n")
	}
	first := next()
	if !strings.Contains(first, "event: change") || !strings.Contains(first, `data: {"seq":`) {
		t.Errorf("the first event: %q", first)
	}
	for name, change := range map[string]func(){
		"a caller":  func() { c.s.Dial(Call{Conference: conf}) },
		"a refusal": func() { c.s.Dial(Call{Conference: "nowhere"}) },
		"a fault": func() {
			if _, err := c.s.AddFault(Fault{Match: "GET /nowhere", Kind: "reset"}); err != nil {
				t.Error(err)
			}
		},
		"the clock":    func() { c.s.Advance(time.Second) },
		"a conference": func() { c.want(c.do("PUT", "/conferences", `{"data":{"name":"x"}}`), 201) },
	} {
		change()
		if got := next(); !strings.Contains(got, "event: change") {
			t.Errorf("after %s: %q", name, got)
		}
	}
}

func TestTheRequestLogHoldsNoSecrets(t *testing.T) {
	t.Parallel()
	r := remote{startServer(t, kazoo())}
	r.raw("PUT", "/api_auth", `{"data":{"api_key":"`+r.s.APIKey()+`"}}`)
	r.do("GET", "/conferences?auth_token="+r.token+"&api_key=sesame&filter_pin=4821&paginate=false", "")
	r.do("PUT", "/conferences", `{"data":{"name":"x","member":{"pins":["4821"]}}}`)
	raw := r.send("GET", "/requests", "", 200)
	for _, secret := range []string{r.s.APIKey(), r.token, "sesame", "4821"} {
		if strings.Contains(raw, secret) {
			t.Errorf("the log holds %q: %s", secret, raw)
		}
	}
	log := into[[]Request](t, raw)
	if len(log) != 3 || log[0].Method != http.MethodPut || log[0].Path != "/api_auth" || log[0].Status != 201 || log[2].Status != 201 {
		t.Errorf("log: %+v", log)
	}
	if !strings.Contains(log[1].Path, "paginate=false") {
		t.Errorf("path %q", log[1].Path)
	}
	if rest := into[[]Request](t, r.send("GET", "/requests?since=2", "", 200)); len(rest) != 1 || rest[0].Seq != 3 {
		t.Errorf("since 2: %+v", rest)
	}
}
