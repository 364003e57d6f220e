package audian

import (
	"compress/gzip"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEnvelopeKeys(t *testing.T) {
	t.Parallel()
	kazooKeys := []string{"auth_token", "data", "metadata", "node", "request_id", "revision", "status", "timestamp", "tokens", "version"}
	for _, tt := range []struct {
		name, path string
		o          Options
		want       []string
	}{
		{"seed, a conference", "/conferences/{c}", Options{}, []string{"auth_token", "data", "request_id", "status"}},
		{"seed, participants have no request_id", "/conferences/{c}/participants", Options{}, []string{"auth_token", "data", "status"}},
		{"seed, without the token", "/conferences/{c}", Options{EchoToken: Off}, []string{"data", "request_id", "status"}},
		{"kazoo, a conference", "/conferences/{c}", kazoo(), kazooKeys},
		{"kazoo, participants", "/conferences/{c}/participants", kazoo(), kazooKeys},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := startServer(t, tt.o)
			path := strings.ReplaceAll(tt.path, "{c}", c.conference(ConferenceSpec{}))
			a := c.want(c.do("GET", path, ""), 200)
			if diff := cmp.Diff(tt.want, slices.Sorted(maps.Keys(a.body))); diff != "" {
				t.Errorf("keys (-want +got):\n%s", diff)
			}
			if tt.o.EchoToken != Off && a.body["auth_token"] != c.token {
				t.Error("auth_token is not the token that was sent")
			}
		})
	}
}

func TestVersionAndTokenAreForThoseWhoAreIn(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	c.token = "made.up.token"
	a := c.want(c.do("GET", "/conferences", ""), 401)
	if a.body["version"] != nil || a.body["auth_token"] != nil {
		t.Errorf("a stranger is told: %s", a.raw)
	}
}

func TestTheClientsRequestIDIsAdopted(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	c.header = http.Header{"X-Request-Id": {"mine-7"}}
	a := c.want(c.do("GET", "/conferences", ""), 200)
	if a.body["request_id"] != "mine-7" || a.header.Get("X-Request-ID") != "mine-7" {
		t.Errorf("request_id %v, header %q", a.body["request_id"], a.header.Get("X-Request-ID"))
	}
}

func TestUnknownKeysAreEverywhereWhenAskedFor(t *testing.T) {
	t.Parallel()
	for _, d := range []Dialect{Seed, Kazoo} {
		c := startServer(t, Options{Dialect: d, UnknownKeys: true})
		conf := c.conference(ConferenceSpec{})
		c.caller(conf, CallerSpec{Name: "Alice"})
		one := c.want(c.do("GET", "/conferences/"+conf, ""), 200)
		people := c.want(c.do("GET", "/conferences/"+conf+"/participants", ""), 200)
		list := c.want(c.do("GET", "/conferences", ""), 200)
		for i, o := range []document{one.body, one.data(), people.first(), list.first()} {
			if o["sandbox_extra"] == nil {
				t.Errorf("%s: object %d has no unknown key: %v", d, i, o)
			}
		}
	}
}

func TestKazooCompressesForThoseWhoAcceptIt(t *testing.T) {
	t.Parallel()
	for d, want := range map[Dialect]string{Seed: "", Kazoo: "gzip"} {
		c := startServer(t, Options{Dialect: d})
		c.conference(ConferenceSpec{})
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.base+c.account("/conferences"), nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Auth-Token", c.token)
		r.Header.Set("Accept-Encoding", "gzip") // set by hand, so that Go does not unpack
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if got := resp.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%s: Content-Encoding %q, want %q", d, got, want)
		}
		if want == "" {
			continue
		}
		z, err := gzip.NewReader(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		if raw, err := io.ReadAll(z); err != nil || !strings.Contains(string(raw), "Standup") {
			t.Errorf("unpacked: %s, %v", raw, err)
		}
	}
}

func TestBodiesThatAreRefused(t *testing.T) {
	t.Parallel()
	runRows(t, []row{
		{
			name: "seed: no data", method: "PUT", path: "/conferences", body: `{"name":"x"}`, status: 400,
			want: map[string]any{"message": "bad_request", "data/message": "field required: data"},
		},
		{
			name: "seed: no body", method: "PUT", path: "/conferences", status: 400,
			want: map[string]any{"data/message": "field required: data"},
		},
		{
			name: "seed: broken JSON", method: "PUT", path: "/conferences", body: `{"data":`, status: 400,
			want: map[string]any{"message": "bad_request"},
		},
		{
			name: "kazoo: no data", o: kazoo(), method: "PUT", path: "/conferences", body: `{"name":"x"}`, status: 400,
			want: map[string]any{"message": "validation failed", "data/data/required/message": "Field is required but missing"},
		},
		{
			name: "kazoo: data of the wrong kind", o: kazoo(), method: "PUT", path: "/conferences", body: `{"data":"x"}`, status: 400,
			want: map[string]any{"message": "validation failed", "data/data/type/value": "x"},
		},
		{
			name: "kazoo: broken JSON", o: kazoo(), method: "PUT", path: "/conferences", body: `{"data":`, status: 400,
			want: map[string]any{"data/json/invalid/target": "body"},
		},
		{name: "two values", method: "PUT", path: "/conferences", body: `{"data":{}} {}`, status: 400},
		{name: "not an object", method: "PUT", path: "/conferences", body: `[]`, status: 400},
		{name: "null", method: "PUT", path: "/conferences", body: `null`, status: 400},
		{
			name: "off: one sentence, as on Audian's page", o: Options{ErrorMaps: Off}, method: "PUT", path: "/conferences", body: `{"data":{}}`, status: 400,
			want: map[string]any{"message": "bad_request", "data/message": "field required: name"},
		},
	})
}

func TestMediaTypesThatAreRefused(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	c.header = http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	c.want(c.do("PUT", "/conferences", `{"data":{"name":"x"}}`), 415)
	c.header = http.Header{"Content-Type": {"application/json; charset=utf-8"}}
	c.want(c.do("PUT", "/conferences", `{"data":{"name":"x"}}`), 201)
	c.header = http.Header{"Accept": {"text/html"}}
	c.want(c.do("GET", "/conferences", ""), 406)
	c.header = http.Header{"Accept": {"text/html, application/json;q=0.5"}}
	c.want(c.do("GET", "/conferences", ""), 200)
}
