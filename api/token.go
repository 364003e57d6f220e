package api

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"confbot/conference"
)

// signIn exchanges the key for a session. Whatever Audian answers to a bad
// key, its body is never kept: a Kazoo sends the key back in it.
func (c *Client) signIn(ctx context.Context, key string) (session, error) {
	asked := time.Now()
	a, err := c.do(ctx, call{
		verb: "auth.login", method: http.MethodPut, path: "/api_auth", login: true,
		body: map[string]any{"data": map[string]string{"api_key": key}},
	})
	if err != nil {
		return session{}, err
	}
	data := a.object()
	s := session{token: a.token, account: asText(data.first("account_id"))}
	if s.token == "" {
		s.token = asText(data.first("auth_token"))
	}
	if claims, ok := claimsOf(s.token); ok && s.account == "" {
		s.account = asText(claims.first("account_id"))
	}
	if s.account == "" {
		s.account = asText(a.body.first("account_id"))
	}
	if s.token == "" || s.account == "" {
		return session{}, &conference.Error{
			Kind: conference.Unavailable, Reason: conference.Silent,
			Cause: errors.New("auth.login: the answer holds no token or no account"),
		}
	}
	s.refresh, s.expires = lifetime(s.token, asked)
	return s, nil
}

// assumedLife is a Kazoo token's ordinary life, for tokens that do not tell.
const assumedLife = time.Hour

// lifetime reads when to refresh the token and when it ends from its own
// claims, unverified: five minutes early, or at four fifths of a short life.
// A life is counted on our clock from when the token was asked for, so that a
// clock that is off does no harm.
func lifetime(token string, asked time.Time) (refresh, expires time.Time) {
	life := assumedLife
	if claims, ok := claimsOf(token); ok {
		exp, iat := asTime(claims.first("exp")), asTime(claims.first("iat"))
		switch {
		case exp.IsZero():
		case !iat.IsZero() && exp.After(iat):
			life = exp.Sub(iat)
		case exp.After(asked):
			life = exp.Sub(asked)
		}
	}
	early := 5 * time.Minute
	if life < 25*time.Minute {
		early = life / 5
	}
	return asked.Add(life - early), asked.Add(life)
}

func claimsOf(token string) (object, bool) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, false
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(parts[1], "="))
	if err != nil {
		return nil, false
	}
	return asObject(json.RawMessage(raw))
}
