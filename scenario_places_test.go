package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"confbot/sandbox/slack/control"
)

func (s *scenario) opensHome(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	done, err := s.people.Home(ctx, user, "home")
	return refused(done, err)
}

func (s *scenario) usesShortcut(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	w, err := s.people.Workspace(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(w.App.Shortcuts, func(c control.Shortcut) bool { return c.Name == m[2] })
	if at < 0 {
		return fmt.Errorf("the manifest has no shortcut %q", m[2])
	}
	in := control.Shortcutting{User: user, CallbackID: w.App.Shortcuts[at].CallbackID}
	if m[3] != "" {
		screen, err := s.people.View(ctx, user)
		if err != nil {
			return err
		}
		on := screen.Find("", func(msg control.Message) bool { return !msg.Ephemeral && s.match(m[3], drawMessage(msg)) })
		if on == nil {
			return errors.New("there is no such message")
		}
		in.Channel, in.MessageTS = on.Channel, on.TS
	}
	done, err := s.people.Shortcut(ctx, in)
	return refused(done, err)
}

func (s *scenario) moves(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	channel, err := s.channel(m[3])
	if err != nil {
		return err
	}
	what := map[string]string{"joins": "join", "leaves": "leave"}[m[2]]
	if what == "" {
		done, err := s.people.Type(ctx, control.Typed{User: user, Channel: channel, Text: "/invite @confbot"})
		if err == nil && done.OK {
			return nil
		}
		what, user = "invite", s.users["confbot"]
	}
	done, err := s.people.Member(ctx, what, user, channel)
	return refused(done, err)
}
