package api

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Auth is how the client proves who it is. It prints itself redacted.
type Auth struct{ key, token, account string }

// Key signs in with an API key: it is exchanged for a token that is renewed
// before it runs out, and that also tells the account
// (https://docs.audian.com/authentication/api-keys).
func Key(key string) Auth { return Auth{key: strings.TrimSpace(key)} }

// Token uses a ready token for the account. It cannot be renewed: once it has
// run out every call is refused.
func Token(token, accountID string) Auth {
	return Auth{token: strings.TrimSpace(token), account: strings.TrimSpace(accountID)}
}

// Format redacts for every fmt verb.
func (a Auth) Format(s fmt.State, _ rune) { _, _ = s.Write([]byte("[hidden]")) }

// LogValue redacts for slog.
func (a Auth) LogValue() slog.Value { return slog.StringValue("[hidden]") }

// MarshalText redacts for encoders.
func (a Auth) MarshalText() ([]byte, error) { return []byte("[hidden]"), nil }

func (a Auth) check() error {
	for _, s := range []string{a.key, a.token, a.account} {
		if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return errors.New("audian login: holds a space or a character that cannot be sent")
		}
	}
	switch {
	case a.key != "":
		return nil
	case a.token == "":
		return errors.New("audian login: neither an API key nor a token is given")
	case a.account == "":
		return errors.New("audian login: a token needs the account id beside it")
	}
	return nil
}
