package main

import (
	"io"
	"log/slog"
)

// newLogger writes text or JSON. Attributes whose name says that they are
// secret are redacted, in case one ever gets that far: the types of PINs,
// tokens and numbers already print themselves redacted.
func newLogger(w io.Writer, cfg Config) *slog.Logger {
	opts := &slog.HandlerOptions{Level: cfg.LogLevel, ReplaceAttr: redact}
	if cfg.LogJSON {
		return slog.New(slog.NewJSONHandler(w, opts))
	}
	return slog.New(slog.NewTextHandler(w, opts))
}

func redact(_ []string, a slog.Attr) slog.Attr {
	switch a.Key {
	case "pin", "pins", "token", "auth_token", "api_key", "authorization", "payload", "body":
		return slog.String(a.Key, "[hidden]")
	}
	return a
}
