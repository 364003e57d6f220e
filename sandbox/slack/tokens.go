package slack

import (
	"net/http"
	"strings"
)

// tokenKind is what a token may be used for (docs.slack.dev/authentication/tokens).
type tokenKind string

const (
	noToken    tokenKind = ""
	botToken   tokenKind = "bot"
	appToken   tokenKind = "app"
	otherToken tokenKind = "other" // a known form which this app doesn't have
)

// tokenOf finds the token of a call and where it stood. The header wins over the form.
func tokenOf(r *http.Request, a args) (token string, fromHeader bool) {
	if kind, rest, ok := strings.Cut(r.Header.Get("Authorization"), " "); ok && strings.EqualFold(kind, "Bearer") {
		return strings.TrimSpace(rest), true
	}
	return a.str("token"), false
}

func (s *Server) kindOf(token string) (tokenKind, *apiError) {
	switch token {
	case "":
		return noToken, refuse("not_authed")
	case s.opts.BotToken:
		return botToken, nil
	case s.opts.AppToken:
		return appToken, nil
	}
	return otherToken, refuse("invalid_auth")
}

// redacted keeps a token's kind only.
func redacted(token string) string {
	kind, _, ok := strings.Cut(token, "-")
	if !ok {
		return "…"
	}
	return kind + "-…"
}

// authorise checks token kind and scopes as Slack does, in its order.
func (s *Server) authorise(m *method, r *http.Request, a args) (tokenKind, *apiError) {
	token, fromHeader := tokenOf(r, a)
	if m.open {
		return noToken, nil
	}
	kind, err := s.kindOf(token)
	if err != nil {
		return kind, err
	}
	if m.appLevel {
		switch {
		case kind != appToken:
			return kind, refuse("not_allowed_token_type")
		case !fromHeader:
			return kind, refuse("not_authed")
		}
		return kind, nil
	}
	if kind != botToken {
		return kind, refuse("not_allowed_token_type")
	}
	for _, scope := range m.scopes {
		if err := s.needScope(scope); err != nil {
			return kind, err
		}
	}
	return kind, nil
}

// needScope answers missing_scope when the installed token lacks one.
func (s *Server) needScope(scope string) *apiError {
	if s.ws.man.scope(scope) {
		return nil
	}
	return &apiError{code: "missing_scope", more: obj{"needed": scope, "provided": s.scopes()}}
}

func (s *Server) scopes() string { return strings.Join(s.ws.man.OAuth.Scopes.Bot, ",") }
