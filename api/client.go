package api

import (
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-resty/resty/v2"

	"confbot/conference"
)

// How long one attempt may take, and how much may come back.
const (
	readTimeout   = 10 * time.Second
	writeTimeout  = 15 * time.Second
	actionTimeout = 10 * time.Second
	bodyLimit     = 8 << 20
)

// Client talks to one Audian account. It is safe for use by many goroutines;
// all of them share one login, one pace and one set of connections. Every
// method ends when its context does, and returns errors of package
// conference.
type Client struct {
	reads  *resty.Client // repeats what failed, by policy
	writes *resty.Client // repeats only what was not carried out
	login  *login
	pace   *pacer
	health health
	life   *life
	log    *slog.Logger
	idle   func() // lets go of idle connections
	seen   forms  // what this account was seen to answer to
}

// New returns a client for the API at baseURL, such as
// https://api.audian.com:8443/v2. It checks its arguments and does no I/O.
// The error never holds a credential.
func New(baseURL string, auth Auth, opts ...Option) (*Client, error) {
	base, err := checkBase(baseURL)
	if err != nil {
		return nil, err
	}
	if err := auth.check(); err != nil {
		return nil, err
	}
	o := defaults()
	for _, opt := range opts {
		opt(&o)
	}
	c := &Client{log: o.log, life: newLife(), pace: newPacer(o.rate, o.burst)}
	c.login = newLogin(auth, c.signIn, c.life, o.log)
	transport := o.transport
	if transport == nil {
		own := newTransport()
		transport, c.idle = own, own.CloseIdleConnections
	}
	transport = &observed{next: transport, tell: o.observe, log: o.log}
	c.reads = c.newResty(base, transport, readTimeout)
	c.writes = c.newResty(base, transport, writeTimeout)
	return c, nil
}

// AccountID returns the account that the client works for; empty until the
// first login when the client was given an API key.
func (c *Client) AccountID() string { return c.login.accountID() }

// LastAnswer returns when Audian last answered in a way that made sense, and
// the failure since then, if the newest attempt was one. It does no I/O.
func (c *Client) LastAnswer() (time.Time, error) { return c.health.last() }

// Close ends what goes on in the background and waits for it. Calls under way
// end with their contexts.
func (c *Client) Close() {
	c.life.end()
	c.pace.stop()
	if c.idle != nil {
		c.idle()
	}
}

func checkBase(raw string) (string, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil:
		return "", errors.New("audian base URL: cannot be read as a URL")
	case u.Scheme != "http" && u.Scheme != "https", u.Host == "":
		return "", errors.New("audian base URL: want https://host[:port]/path")
	case u.User != nil:
		return "", errors.New("audian base URL: must not hold a user or password")
	case u.RawQuery != "" || u.Fragment != "":
		return "", errors.New("audian base URL: must not hold a query or fragment")
	}
	return strings.TrimRight(u.String(), "/"), nil
}

// newTransport is Go's default with more connections kept for the one host
// that there is, and dropped before routers on the way forget them.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          32,
		MaxIdleConnsPerHost:   32,
		IdleConnTimeout:       50 * time.Second,
		TLSHandshakeTimeout:   5 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}

// newResty wires one client: login and pace in one hook before each attempt,
// statuses and errors in one hook after it, the policy in between. Redirects
// are answers, never followed: the token must not travel elsewhere.
func (c *Client) newResty(base string, transport http.RoundTripper, timeout time.Duration) *resty.Client {
	r := resty.New().
		SetBaseURL(base).
		SetTransport(transport).
		SetTimeout(timeout).
		SetResponseBodyLimit(bodyLimit).
		SetLogger(mute{}).
		SetHeader("Accept", "application/json").
		SetHeader("User-Agent", "confbot").
		SetRedirectPolicy(resty.RedirectPolicyFunc(func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse })).
		OnBeforeRequest(c.before).
		OnAfterResponse(c.after).
		SetRetryCount(maxRetries).
		SetRetryWaitTime(time.Millisecond).
		SetRetryMaxWaitTime(maxRetryWait).
		AddRetryCondition(c.again).
		AddRetryHook(c.beforeRetry)
	return r.SetRetryAfter(func(_ *resty.Client, resp *resty.Response) (time.Duration, error) {
		return retryWait(resp.Request.Attempt, resp.StatusCode()), nil
	})
}

// mute drops what resty would print: it goes to standard error and may hold
// URLs. Everything worth knowing is logged by observed.
type mute struct{}

func (mute) Errorf(string, ...any) {}
func (mute) Warnf(string, ...any)  {}
func (mute) Debugf(string, ...any) {}

// usable refuses an id that cannot stand in a path, before anything is sent.
func usable(id string) error {
	if id == "" || id == "." || id == ".." {
		return &conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	}
	return nil
}
