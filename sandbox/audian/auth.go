package audian

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// apiKeyLength is what Kazoo's api_auth schema demands.
const apiKeyLength = 64

// tokens are those that were given out and when they end.
type tokens struct {
	now  func() time.Time
	mu   sync.Mutex
	ends map[string]time.Time // zero: never
}

func newTokens(now func() time.Time) *tokens {
	return &tokens{now: now, ends: map[string]time.Time{}}
}

// issue makes a token that looks like Kazoo's JWT. Only its exp is meant to
// be read; the signature is noise.
func (t *tokens) issue(account string, life time.Duration) string {
	now := t.now()
	claims := document{"iss": "kazoo", "account_id": account, "method": "cb_api_auth", "iat": now.Unix(), "identity_sig": rand.Text()}
	var end time.Time
	if life > 0 {
		end = now.Add(life)
		claims["exp"] = end.Unix()
	}
	token := segment(document{"alg": "RS256", "typ": "JWT", "kid": "sandbox"}) + "." + segment(claims) +
		"." + base64.RawURLEncoding.EncodeToString([]byte(rand.Text()+rand.Text()))
	t.mu.Lock()
	defer t.mu.Unlock()
	for old, end := range t.ends {
		if !end.IsZero() && end.Before(now) {
			delete(t.ends, old)
		}
	}
	t.ends[token] = end
	return token
}

func segment(d document) string {
	b, err := json.Marshal(d)
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func (t *tokens) valid(token string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	end, known := t.ends[token]
	return known && (end.IsZero() || t.now().Before(end))
}

func (t *tokens) revoke(token string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.ends, token)
}

func (t *tokens) revokeAll() {
	t.mu.Lock()
	defer t.mu.Unlock()
	clear(t.ends)
}

// ExpireTokens ends every token that was given out.
func (s *Server) ExpireTokens() { s.tokens.revokeAll() }

// IssueToken makes a ready token, for clients that are configured with one.
func (s *Server) IssueToken() string {
	return s.tokens.issue(s.AccountID(), s.options().TokenLife)
}

// login is PUT /api_auth (docs.audian.com/authentication/api-keys).
func (s *Server) login(x *exchange) reply {
	data, f := x.data()
	if f != nil {
		return fail(f)
	}
	key, f := x.apiKey(data)
	if f != nil {
		return fail(f)
	}
	if key != s.APIKey() {
		if x.o.kazoo() {
			// Yes, with the key in it: a client that logs bodies leaks it.
			return fail(&failure{status: http.StatusNotFound, message: "bad identifier", data: []string{key}})
		}
		return fail(x.o.unauthorized())
	}
	token := s.tokens.issue(s.AccountID(), x.o.TokenLife)
	x.authenticated = true
	r := ok(document{"account_id": s.AccountID(), "owner_id": "00000000000000000000000000000001"})
	if x.o.kazoo() {
		r.data = document{"account_id": s.AccountID(), "apps": []any{}, "is_reseller": false, "reseller_id": ForeignAccountID, "language": "en-us"}
	}
	r.status, r.full = http.StatusCreated, true
	r.extra = document{"auth_token": token, "page_size": 1}
	return r
}

func (x *exchange) apiKey(data document) (string, *failure) {
	if !x.o.kazoo() {
		found := check(data, []field{{path: "api_key", kind: text, required: true}}, false)
		if len(found) > 0 {
			return "", x.o.refused(found)
		}
		return textAt(data, "api_key"), nil
	}
	found := check(data, []field{{path: "api_key", kind: text, required: true, min: apiKeyLength, max: apiKeyLength}}, false)
	for k, v := range data {
		if k != "api_key" {
			found.add(strings.ReplaceAll(k, ".", "%2E"), "additionalProperties", "No extra properties are allowed", document{"value": v})
		}
	}
	if len(found) > 0 {
		return "", x.o.refused(found)
	}
	key := textAt(data, "api_key")
	if utf8.RuneCountInString(key) != len(key) {
		return "", x.o.unauthorized()
	}
	return key, nil
}

func (s *Server) checkToken(x *exchange) reply {
	return ok(document{"account_id": s.AccountID()})
}

func (s *Server) revokeToken(x *exchange) reply {
	s.tokens.revoke(x.token)
	return ok(document{"account_id": s.AccountID()})
}
