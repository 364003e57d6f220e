package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"confbot/conference"
	"confbot/sandbox/audian"
)

func TestALoginIsSharedByAllCallers(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := l.List(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := strings.Count(strings.Join(l.asked(0), ","), "PUT 201"); n != 1 {
		t.Errorf("%d logins", n)
	}
	if l.AccountID() != l.sim.AccountID() {
		t.Errorf("account %q", l.AccountID())
	}
}

func TestATokenThatRunsOutIsRenewedOnceForAll(t *testing.T) {
	t.Parallel()
	for _, d := range []audian.Dialect{audian.Seed, audian.Kazoo} {
		l := onSandbox(t, audian.Options{Dialect: d})
		made := must[conference.Conference](t)(l.Create(t.Context(), conference.Settings{Name: new("Board")}))
		l.sim.ExpireTokens()
		mark := l.mark()
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if _, err := l.Get(t.Context(), made.ID); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if n := strings.Count(strings.Join(l.asked(mark), ","), "PUT 201"); n != 1 {
			t.Errorf("%s: %d logins: %v", d, n, l.asked(mark))
		}
		l.sim.ExpireTokens()
		if _, err := l.Update(t.Context(), made.ID, conference.Settings{Name: new("Boards")}); err != nil {
			t.Errorf("%s: a write after that: %v", d, err)
		}
	}
}

func TestASecond401IsALoginRefusedAndCostsNoLoginACall(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	l.fault(audian.Fault{Match: "/conferences/**", Kind: "status", Status: 401})
	l.fault(audian.Fault{Match: "/conferences", Kind: "status", Status: 401})
	refused := conference.Error{Kind: conference.Unavailable, Reason: conference.LoginRefused}
	for range 5 {
		wantError(t, second(l.List(t.Context())), refused)
	}
	if n := strings.Count(strings.Join(l.asked(0), ","), "PUT 201"); n != 2 {
		t.Errorf("%d logins for 5 calls: %v", n, l.asked(0))
	}
	l.sim.ClearFaults()
	if err := l.Check(t.Context()); err != nil {
		t.Errorf("when it is over: %v", err)
	}
}

func TestABadKeyIsRefusedInEitherDialectAndAskedOnce(t *testing.T) {
	t.Parallel()
	for _, d := range []audian.Dialect{audian.Seed, audian.Kazoo} {
		for _, key := range []string{"short", strings.Repeat("9f", 32)} {
			s := startSandbox(t, audian.Options{Dialect: d})
			c := newClient(t, s.BaseURL(), Key(key))
			for range 5 {
				wantError(t, c.Check(t.Context()), conference.Error{Kind: conference.Unavailable, Reason: conference.LoginRefused})
			}
			if n := len(s.Requests(0)); n != 1 {
				t.Errorf("%s: asked %d times", d, n)
			}
		}
	}
}

func TestAReadyTokenThatIsRefusedIsNotRenewed(t *testing.T) {
	t.Parallel()
	s := startSandbox(t, audian.Options{})
	good := newClient(t, s.BaseURL(), Token(s.IssueToken(), s.AccountID()))
	if err := good.Check(t.Context()); err != nil || good.AccountID() != s.AccountID() {
		t.Errorf("%v, account %q", err, good.AccountID())
	}
	bad := newClient(t, s.BaseURL(), Token("nonsense", s.AccountID()))
	wantError(t, bad.Check(t.Context()), conference.Error{Kind: conference.Unavailable, Reason: conference.LoginRefused})
	foreign := newClient(t, s.BaseURL(), Token(s.IssueToken(), audian.ForeignAccountID))
	wantError(t, foreign.Check(t.Context()), conference.Error{Kind: conference.Denied, Reason: conference.NotAllowed})
}

func TestTheRateBucketIsSurvivedAtStartUp(t *testing.T) {
	t.Parallel()
	l := onSandbox(t, audian.Options{})
	l.fault(audian.Fault{Match: "PUT /api_auth", Kind: "status", Status: 429, Times: 1})
	l.fault(audian.Fault{Match: "PUT /api_auth", Kind: "status", Status: 503, Times: 1})
	if err := l.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestALoginThatFailsIsTriedWithPatience(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var logins atomic.Int64
		c := newClient(t, "http://audian.test", Key("k"), WithTransport(transport(func(*http.Request) (*http.Response, error) {
			logins.Add(1)
			return reply(http.StatusServiceUnavailable, `{}`), nil
		})))
		start := time.Now()
		for time.Since(start) < time.Hour {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			wantError(t, c.Check(ctx), conference.Error{Kind: conference.Unavailable, Reason: conference.Silent})
			cancel()
			<-time.After(time.Second)
		}
		if n := logins.Load(); n < 50 || n > 150 {
			t.Errorf("%d logins in an hour", n)
		}
	})
}

func TestATokenIsRenewedInTheBackgroundBeforeItRunsOut(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var logins, calls atomic.Int64
		c := newClient(t, "http://audian.test", Key("k"), WithTransport(transport(func(r *http.Request) (*http.Response, error) {
			if strings.HasSuffix(r.URL.Path, "/api_auth") {
				return reply(http.StatusCreated, `{"auth_token":"`+jwt(t, time.Now(), time.Hour, logins.Add(1))+`","data":{"account_id":"acct"}}`), nil
			}
			calls.Add(1)
			return reply(http.StatusOK, `{"data":[]}`), nil
		})))
		start := time.Now()
		for time.Since(start) < 10*time.Hour {
			if err := c.Check(t.Context()); err != nil {
				t.Fatal(err)
			}
			<-time.After(time.Minute)
		}
		if n := logins.Load(); n < 10 || n > 12 {
			t.Errorf("%d logins in ten hours, %d calls", n, calls.Load())
		}
	})
}

func TestHowLongATokenLives(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		name            string
		token           string
		refresh, expire time.Duration
	}{
		{"an hour", jwt(t, now, time.Hour, 1), 55 * time.Minute, time.Hour},
		{"ten minutes", jwt(t, now, 10*time.Minute, 1), 8 * time.Minute, 10 * time.Minute},
		{"our clock is a day ahead", jwt(t, now.Add(-24*time.Hour), time.Hour, 1), 55 * time.Minute, time.Hour},
		{"our clock is a day behind", jwt(t, now.Add(24*time.Hour), time.Hour, 1), 55 * time.Minute, time.Hour},
		{"no claims", "opaque", 55 * time.Minute, time.Hour},
		{"claims that are no JSON", "a.!!.c", 55 * time.Minute, time.Hour},
		{"no end", "a." + base64.RawURLEncoding.EncodeToString([]byte(`{"iat":1}`)) + ".c", 55 * time.Minute, time.Hour},
		{"no start", "a." + base64.RawURLEncoding.EncodeToString([]byte(`{"exp":"`+strconv.FormatInt(now.Add(2*time.Hour).Unix(), 10)+`"}`)) + ".c", 115 * time.Minute, 2 * time.Hour},
	} {
		refresh, expires := lifetime(tt.token, now)
		if got := refresh.Sub(now); got != tt.refresh {
			t.Errorf("%s: refreshed after %v, want %v", tt.name, got, tt.refresh)
		}
		if got := expires.Sub(now); got != tt.expire {
			t.Errorf("%s: over after %v, want %v", tt.name, got, tt.expire)
		}
	}
}

func TestOneCallerWhoGivesUpDoesNotEndTheLoginForOthers(t *testing.T) {
	t.Parallel()
	arrived, open := make(chan struct{}), make(chan struct{})
	c := newClient(t, "http://audian.test", Key("k"), WithTransport(transport(func(r *http.Request) (*http.Response, error) {
		if strings.HasSuffix(r.URL.Path, "/api_auth") {
			close(arrived)
			<-open
			return reply(http.StatusCreated, `{"auth_token":"x","data":{"account_id":"acct"}}`), nil
		}
		return reply(http.StatusOK, `{"data":[]}`), nil
	})))
	impatient, cancel := context.WithCancel(t.Context())
	left, patient := make(chan error, 1), make(chan error, 1)
	go func() { left <- c.Check(impatient) }()
	<-arrived
	go func() { patient <- c.Check(t.Context()) }()
	cancel()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Errorf("who left: %v", err)
	}
	close(open)
	if err := <-patient; err != nil {
		t.Errorf("who stayed: %v", err)
	}
}

func TestNewRefusesWhatCannotWork(t *testing.T) {
	t.Parallel()
	key := Key("k")
	for name, try := range map[string]func() (*Client, error){
		"no URL":       func() (*Client, error) { return New("", key) },
		"no scheme":    func() (*Client, error) { return New("api.audian.com:8443/v2", key) },
		"another":      func() (*Client, error) { return New("ftp://api.audian.com", key) },
		"a password":   func() (*Client, error) { return New("https://u:hunter2@api.audian.com", key) },
		"a query":      func() (*Client, error) { return New("https://api.audian.com/v2?x=hunter2", key) },
		"no login":     func() (*Client, error) { return New("https://api.audian.com/v2", Key(" ")) },
		"no account":   func() (*Client, error) { return New("https://api.audian.com/v2", Token("hunter2", "")) },
		"broken key":   func() (*Client, error) { return New("https://api.audian.com/v2", Key("hunter2\nhunter3")) },
		"unreadable":   func() (*Client, error) { return New("https://[hunter2", key) },
		"nothing else": func() (*Client, error) { return New("https://api.audian.com/v2", Auth{}) },
	} {
		_, err := try()
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", name, err)
		}
	}
	c, err := New("https://api.audian.com:8443/v2/", key)
	if err != nil {
		t.Fatal(err)
	}
	c.Close()
	c.Close()
}

func jwt(t *testing.T, from time.Time, life time.Duration, n int64) string {
	t.Helper()
	claims, err := json.Marshal(map[string]any{"iat": from.Unix(), "exp": from.Add(life).Unix(), "n": n})
	if err != nil {
		t.Fatal(err)
	}
	return "e30." + base64.RawURLEncoding.EncodeToString(claims) + ".sig"
}

func reply(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}
}
