package audian

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// client is a caller of the API that knows nothing of the server's insides.
type client struct {
	t      testing.TB
	s      *Server
	base   string
	token  string
	header http.Header
}

func startServer(t testing.TB, o Options) *client {
	t.Helper()
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
	return &client{t: t, s: s, base: s.BaseURL(), token: s.IssueToken()}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	raw    string
	body   document
}

func (a answer) data() document {
	d, _ := a.body["data"].(document)
	return d
}

func (a answer) list() []any {
	l, _ := a.body["data"].([]any)
	return l
}

func (a answer) first() document {
	l := a.list()
	if len(l) == 0 {
		return nil
	}
	d, _ := l[0].(document)
	return d
}

// account is the path of the account with path behind it.
func (c *client) account(path string) string { return "/accounts/" + c.s.AccountID() + path }

// do sends body, a JSON text, to a path of the account.
func (c *client) do(method, path, body string) answer {
	c.t.Helper()
	return c.raw(method, c.account(path), body)
}

func (c *client) raw(method, path, body string) answer {
	c.t.Helper()
	a, err := c.try(method, path, body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

func (c *client) try(method, path, body string) (answer, error) {
	r, err := http.NewRequestWithContext(c.t.Context(), method, c.base+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if c.token != "" {
		r.Header.Set("X-Auth-Token", c.token)
	}
	for k, v := range c.header {
		r.Header[k] = v
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{status: resp.StatusCode, header: resp.Header, raw: string(raw)}
	_ = json.Unmarshal(raw, &a.body) // not every answer is JSON; those tests look at raw
	return a, nil
}

func (c *client) want(a answer, status int) answer {
	c.t.Helper()
	if a.status != status {
		c.t.Fatalf("status %d, want %d: %s", a.status, status, a.raw)
	}
	return a
}

// conference puts one in and answers its id.
func (c *client) conference(spec ConferenceSpec) string {
	c.t.Helper()
	if spec.Name == "" {
		spec.Name = "Standup"
	}
	id, err := c.s.AddConference(spec)
	if err != nil {
		c.t.Fatal(err)
	}
	return id
}

func (c *client) caller(conf string, spec CallerSpec) Caller {
	c.t.Helper()
	caller, err := c.s.AddCaller(conf, spec)
	if err != nil {
		c.t.Fatal(err)
	}
	return caller
}

// row is one request and what must come back. In path and body {c} stands for
// the id of a conference made from spec, {a} for the account's.
type row struct {
	name   string
	o      Options
	spec   ConferenceSpec
	before func(c *client, conf string)
	method string
	path   string // below the account, or below /v2 with a ^ in front
	body   string
	bare   bool // without a token
	status int
	// want holds values at places in the answer: keys joined by slashes.
	// A nil value means that nothing must be there.
	want map[string]any
}

func runRows(t *testing.T, rows []row) {
	t.Helper()
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			t.Parallel()
			r.run(t)
		})
	}
}

func (r row) run(t *testing.T) {
	t.Helper()
	c := startServer(t, r.o)
	conf := c.conference(r.spec)
	if r.before != nil {
		r.before(c, conf)
	}
	if r.bare {
		c.token = ""
	}
	fill := strings.NewReplacer("{c}", conf, "{a}", c.s.AccountID()).Replace
	path, outside := strings.CutPrefix(fill(r.path), "^")
	if !outside {
		path = c.account(path)
	}
	a := c.want(c.raw(r.method, path, fill(r.body)), r.status)
	for place, want := range r.want {
		got := lookUp(a.body, place)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s%s", place, diff, a.raw)
		}
	}
}

func lookUp(v any, place string) any {
	for key := range strings.SplitSeq(place, "/") {
		switch at := v.(type) {
		case document:
			v = at[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(at) {
				return nil
			}
			v = at[i]
		default:
			return nil
		}
	}
	return v
}

func kazoo(change ...func(*Options)) Options {
	o := Options{Dialect: Kazoo}
	for _, f := range change {
		f(&o)
	}
	return o
}

func kazoo4(o *Options) { o.KazooVersion = 4 }
