package audian

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
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
