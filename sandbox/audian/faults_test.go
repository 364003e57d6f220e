package audian

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"time"
)

func (c *client) fault(f Fault) {
	c.t.Helper()
	if _, err := c.s.AddFault(f); err != nil {
		c.t.Fatal(err)
	}
}

func TestFaultsThatAnswer(t *testing.T) {
	t.Parallel()
	const create = `{"data":{"name":"Retro"}}`
	for _, tt := range []struct {
		name   string
		o      Options
		fault  Fault
		status int
		body   string // is in the answer
		done   bool   // the conference was made
	}{
		{"a status, in seed", Options{}, Fault{Kind: "status", Status: 409}, 409, `"message":"datastore_conflict"`, false},
		{"a status, by default", Options{}, Fault{Kind: "status"}, 500, `"status":"error"`, false},
		{"a 404 in seed's words", Options{}, Fault{Kind: "status", Status: 404}, 404, `"not_found"`, false},
		{"a 404 in Kazoo's words", kazoo(), Fault{Kind: "status", Status: 404}, 404, `"bad_identifier"`, false},
		{"a status without words", Options{}, Fault{Kind: "status", Status: 418}, 418, `"error":"418"`, false},
		{"a status after it was done", Options{}, Fault{Kind: "status_after", Status: 503}, 503, `datastore_unreachable`, true},
		{"a proxy's page", Options{}, Fault{Kind: "html"}, 502, "<h1>502 Bad Gateway</h1>", false},
		{"nothing", Options{}, Fault{Kind: "empty"}, 200, "", false},
		{"no JSON", Options{}, Fault{Kind: "garbage"}, 200, `{"data":[{"id":"conf_`, false},
		{"one 401", Options{}, Fault{Kind: "401_once"}, 401, "unauthorized", false},
		{"a delay", Options{}, Fault{Kind: "delay", DelayMS: 1}, 201, "Retro", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := startServer(t, tt.o)
			tt.fault.Match, tt.fault.Times = "*", 1
			c.fault(tt.fault)
			a := c.want(c.do("PUT", "/conferences", create), tt.status)
			if !strings.Contains(a.raw, tt.body) || (tt.body == "" && a.raw != "") {
				t.Errorf("answer: %s", a.raw)
			}
			if made := len(c.s.State().Conferences) == 1; made != tt.done {
				t.Errorf("was it done? %v, want %v", made, tt.done)
			}
			if got := c.s.Requests(0)[0]; got.Fault != tt.fault.Kind || got.Status != tt.status {
				t.Errorf("log: %+v", got)
			}
			c.want(c.do("GET", "/conferences", ""), 200) // and it is over
		})
	}
}

func TestFaultsThatCut(t *testing.T) {
	t.Parallel()
	for kind, done := range map[string]bool{"reset": false, "reset_after": true, "truncated": true} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			c := startServer(t, Options{})
			c.fault(Fault{Match: "*", Kind: kind, Times: 1})
			a, err := c.try("PUT", "/accounts/"+c.s.AccountID()+"/conferences", `{"data":{"name":"Retro"}}`)
			if err == nil {
				t.Fatalf("answered %d: %s", a.status, a.raw)
			}
			if kind != "truncated" && !errors.Is(err, syscall.ECONNRESET) {
				t.Errorf("not a reset: %v", err)
			}
			if made := len(c.s.State().Conferences) == 1; made != done {
				t.Errorf("was it done? %v, want %v", made, done)
			}
		})
	}
}

func TestAHangingRequestEndsWithItsClient(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	c.fault(Fault{Match: "*", Kind: "hang"})
	ctx, giveUp := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, c.base+c.account("/conferences"), strings.NewReader(`{"data":{"name":"x"}}`))
	if err != nil {
		t.Fatal(err)
	}
	gone := make(chan error, 1)
	go func() {
		_, err := http.DefaultClient.Do(r)
		gone <- err
	}()
	poll(t, "the request to hang", func() bool { return c.s.Faults()[0].Hits == 1 })
	giveUp()
	if err := <-gone; !errors.Is(err, context.Canceled) {
		t.Errorf("the client got %v", err)
	}
	poll(t, "the server to notice", func() bool { return len(c.s.Requests(0)) == 1 })
}

// poll waits for something that another goroutine brings about.
func poll(t *testing.T, what string, is func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !is() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("waited in vain for %s", what)
		}
	}
}

func TestWhichRequestsAFaultMeets(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		match, method, path string
		want                bool
	}{
		{"*", "GET", "/api_auth", true},
		{"", "GET", "/api_auth", true},
		{"GET", "GET", "/accounts/a/conferences", true},
		{"GET", "PUT", "/accounts/a/conferences", false},
		{"get *", "GET", "/accounts/a/conferences", true},
		{"GET /conferences", "GET", "/accounts/a/conferences", true},
		{"GET /conferences", "GET", "/accounts/a/conferences/c", false},
		{"/conferences/*", "POST", "/accounts/a/conferences/c", true},
		{"* /conferences/*/participants", "GET", "/accounts/a/conferences/c/participants", true},
		{"/conferences/*", "GET", "/accounts/a/conferences/c/participants", false},
		{"/conferences/**", "GET", "/accounts/a/conferences/c/participants", true},
		{"/conferences/**", "GET", "/accounts/a/conferences", false},
		{"/conferences/*/**", "GET", "/accounts/a/conferences/c", false},
		{"/accounts/*/conferences", "GET", "/accounts/a/conferences", true},
		{"PUT /api_auth", "PUT", "/api_auth", true},
		{"/websocket", "GET", "/websocket", true},
	} {
		r, err := http.NewRequestWithContext(t.Context(), tt.method, "http://x.invalid/v2"+tt.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := (&Fault{Match: tt.match}).matches(r); got != tt.want {
			t.Errorf("%q meets %s %s: %v", tt.match, tt.method, tt.path, got)
		}
	}
}

func TestFaultsAreMetAsOftenAsAsked(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	c.fault(Fault{Match: "GET /conferences", Kind: "status", Status: 429, RetryAfter: 7, Times: 2})
	for range 2 {
		a := c.want(c.do("GET", "/conferences", ""), 429)
		if a.header.Get("Retry-After") != "7" {
			t.Errorf("Retry-After %q", a.header.Get("Retry-After"))
		}
	}
	c.want(c.do("GET", "/conferences", ""), 200)

	c.fault(Fault{Match: "*", Kind: "status", Percent: 50})
	failed := 0
	for range 400 {
		if c.do("GET", "/conferences", "").status == 500 {
			failed++
		}
	}
	if failed == 0 || failed == 400 { // either has a chance of 1 in 2^400
		t.Errorf("%d of 400 failed at 50 percent", failed)
	}
	if got := c.s.Faults()[0].Hits; got != failed {
		t.Errorf("%d hits are counted, of %d", got, failed)
	}
	c.s.ClearFaults(c.s.Faults()[0].ID)
	c.want(c.do("GET", "/conferences", ""), 200)
}
