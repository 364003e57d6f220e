package audian

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

var unknownKey = strings.Repeat("0", 64)

func TestLogin(t *testing.T) {
	t.Parallel()
	runRows(t, []row{
		{
			name: "seed: a good key gives a token and the account", method: "PUT", path: "^/api_auth", bare: true,
			body: `{"data":{"api_key":"` + DefaultAPIKey + `"}}`, status: 201,
			want: map[string]any{"status": "success", "data/account_id": DefaultAccountID, "tokens/remaining": 100.0},
		},
		{
			name: "seed: a bad key is a flat 401", method: "PUT", path: "^/api_auth", bare: true,
			body: `{"data":{"api_key":"` + unknownKey + `"}}`, status: 401,
			want: map[string]any{"message": "unauthorized", "error": "401", "status": "error", "data": nil, "auth_token": nil},
		},
		{
			name: "seed: no key is a 400", method: "PUT", path: "^/api_auth", bare: true, body: `{"data":{}}`, status: 400,
			want: map[string]any{"data/api_key/required/message": "Field is required but missing"},
		},
		{
			name: "kazoo: a good key gives a token and the account", o: kazoo(), method: "PUT", path: "^/api_auth", bare: true,
			body: `{"data":{"api_key":"` + DefaultAPIKey + `"}}`, status: 201,
			want: map[string]any{"data/account_id": DefaultAccountID, "data/is_reseller": false, "version": kazooVersion},
		},
		{
			name: "kazoo: an unknown key is a 404 that repeats it", o: kazoo(), method: "PUT", path: "^/api_auth", bare: true,
			body: `{"data":{"api_key":"` + unknownKey + `"}}`, status: 404,
			want: map[string]any{"message": "bad identifier", "data/0": unknownKey},
		},
		{
			name: "kazoo: a key of the wrong length is a 400", o: kazoo(), method: "PUT", path: "^/api_auth", bare: true,
			body: `{"data":{"api_key":"short"}}`, status: 400, want: map[string]any{"data/api_key/minLength/target": 64.0},
		},
		{
			name: "kazoo: a key that is too long is a 400", o: kazoo(), method: "PUT", path: "^/api_auth", bare: true,
			body: `{"data":{"api_key":"` + unknownKey + `0"}}`, status: 400, want: map[string]any{"data/api_key/maxLength/target": 64.0},
		},
		{
			name: "kazoo: other properties are a 400", o: kazoo(), method: "PUT", path: "^/api_auth", bare: true,
			body: `{"data":{"api_key":"` + unknownKey + `","account":"x"}}`, status: 400,
			want: map[string]any{"data/account/additionalProperties/value": "x"},
		},
		{
			name: "only PUT logs in", method: "POST", path: "^/api_auth", bare: true,
			body: `{"data":{"api_key":"` + DefaultAPIKey + `"}}`, status: 405,
		},
	})
}

func TestATokenIsRefusedOnceItIsOver(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{TokenLife: time.Minute}, kazoo(func(o *Options) { o.TokenLife = time.Minute })} {
		c := startServer(t, o)
		c.want(c.do("GET", "/conferences", ""), 200)
		c.s.Advance(59 * time.Second)
		c.want(c.do("GET", "/conferences", ""), 200)
		c.s.Advance(time.Second)
		a := c.want(c.do("GET", "/conferences", ""), 401)
		if want := map[Dialect]string{Seed: "unauthorized", Kazoo: "invalid credentials"}[c.s.options().Dialect]; a.body["message"] != want {
			t.Errorf("message = %v, want %s", a.body["message"], want)
		}
		if _, hasData := a.body["data"]; hasData != (o.Dialect == Kazoo) {
			t.Errorf("a 401 of %q: %s", o.Dialect, a.raw)
		}
	}
}

func TestATokenSaysWhenItEnds(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_800_000_000, 0)
	c := startServer(t, Options{Now: func() time.Time { return now }, TokenLife: time.Hour})
	if exp := claims(t, c.token)["exp"]; exp != 1_800_003_600.0 {
		t.Errorf("exp = %v", exp)
	}
	endless := startServer(t, Options{TokenLife: -1})
	if exp, has := claims(t, endless.token)["exp"]; has {
		t.Errorf("an endless token has exp %v", exp)
	}
	endless.s.Advance(1000 * time.Hour)
	endless.want(endless.do("GET", "/conferences", ""), 200)
}

func claims(t *testing.T, token string) document {
	t.Helper()
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		t.Fatalf("a token of %d parts", len(parts))
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	var out document
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTokensCanBeCheckedAndRevoked(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	c.want(c.raw("GET", "/token_auth", ""), 200)
	c.want(c.raw("DELETE", "/token_auth", ""), 200)
	c.want(c.raw("GET", "/token_auth", ""), 401)
	c.token = c.s.IssueToken()
	c.want(c.raw("GET", "/token_auth", ""), 200)
	c.s.ExpireTokens()
	c.want(c.raw("GET", "/token_auth", ""), 401)
}

func TestWhereATokenMayStand(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		dialect               Dialect
		bearer, query, inBody int
	}{{Seed, 401, 401, 401}, {Kazoo, 200, 200, 201}} {
		c := startServer(t, Options{Dialect: tt.dialect})
		token := c.token
		c.token = ""
		c.want(c.do("GET", "/conferences?auth_token="+token, ""), tt.query)
		c.want(c.do("PUT", "/conferences", `{"auth_token":"`+token+`","data":{"name":"x"}}`), tt.inBody)
		c.header = map[string][]string{"Authorization": {"Bearer " + token}}
		c.want(c.do("GET", "/conferences", ""), tt.bearer)
	}
}

func TestChecksComeInKazoosOrder(t *testing.T) {
	t.Parallel()
	drained := func(c *client, _ string) {
		for c.do("GET", "/conferences", "").status == 200 {
		}
	}
	for _, d := range []Dialect{Seed, Kazoo} {
		o := Options{Dialect: d}
		bucket := Options{Dialect: d, RateBucket: true, Now: func() time.Time { return time.Unix(0, 0) }}
		prefix := string(d) + ": "
		badAccount := map[Dialect]int{Seed: 403, Kazoo: 401}[d]
		runRows(t, []row{
			{name: prefix + "a broken body before an unknown path", o: o, method: "POST", path: "^/nowhere", body: `{`, bare: true, status: 400},
			{name: prefix + "too much before the token", o: o, method: "PUT", path: "/conferences", body: strings.Repeat(" ", maxBody+1), bare: true, status: 413},
			{name: prefix + "an unknown path before the token", o: o, method: "GET", path: "^/nowhere", bare: true, status: 404},
			{name: prefix + "the method before the token", o: o, method: "DELETE", path: "/conferences", bare: true, status: 405, want: map[string]any{"message": "invalid_method"}},
			{name: prefix + "the method before the account", o: o, method: "DELETE", path: "^/accounts/nonsense/conferences", status: 405},
			{name: prefix + "the bucket before the token", o: bucket, before: drained, method: "GET", path: "/conferences", bare: true, status: 429},
			{name: prefix + "no token", o: o, method: "GET", path: "/conferences", bare: true, status: 401},
			{name: prefix + "an account that is not there", o: o, method: "GET", path: "^/accounts/nonsense/conferences", status: badAccount},
			{name: prefix + "somebody else's account", o: o, method: "GET", path: "^/accounts/" + ForeignAccountID + "/conferences", status: 403, want: map[string]any{"message": "forbidden"}},
			{name: prefix + "the token before what is wrong with the data", o: o, method: "PUT", path: "/conferences", body: `{}`, bare: true, status: 401},
		})
	}
	runRows(t, []row{{
		name: "kazoo: a bad account looks like a bad token, whatever the token", o: kazoo(), method: "GET",
		path: "^/accounts/nonsense/conferences", status: 401, want: map[string]any{"data/message": "invalid credentials"},
	}})
}
