package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"confbot/sandbox/slack/control"
)

// expectation is a message that somebody is to see, or never to see.
type expectation struct {
	who, words string
	fits       func(control.Message) bool
}

// printOf tells a message, as it is drawn now, from all others.
func printOf(m control.Message) string {
	return fmt.Sprintf("%s %s %s %x", m.Channel, m.TS, m.OnlyFor, sha256.Sum256([]byte(m.Text+string(m.Blocks))))
}

func printOfView(v control.View) string {
	return fmt.Sprintf("%s %x", v.ID, sha256.Sum256([]byte(drawView(v))))
}

func printsOf(screen *control.Screen) []string {
	var out []string
	for _, messages := range screen.Messages {
		for _, m := range messages {
			out = append(out, printOf(m))
		}
	}
	for _, v := range screen.Views {
		out = append(out, printOfView(v))
	}
	if screen.Home != nil {
		out = append(out, printOfView(*screen.Home))
	}
	return out
}

// sees waits until somebody's screen shows a message; with "still" an old one
// counts, with "never" it must not be there, neither now nor at the end.
func (s *scenario) sees(ctx context.Context, how string, e expectation) error {
	user, err := s.user(e.who)
	if err != nil {
		return err
	}
	there := func(screen *control.Screen) bool {
		return screen.Find("", func(m control.Message) bool {
			return !m.Deleted && (how != "" || !s.seen[printOf(m)]) && e.fits(m) && s.match(e.words, drawMessage(m))
		}) != nil
	}
	if how == " never" {
		s.never = append(s.never, e)
		screen, err := s.people.View(ctx, user)
		if err == nil && there(screen) {
			err = errors.New("it is there")
		}
		return err
	}
	if _, err := s.people.WaitFor(ctx, user, there); err != nil {
		return errors.New("no such message came")
	}
	return nil
}

func inThread(m control.Message) bool { return m.ThreadTS != "" && m.ThreadTS != m.TS }

func (s *scenario) seesPublic(ctx context.Context, m []string) error {
	channel, err := s.channel(m[1])
	if err != nil {
		return err
	}
	return s.sees(ctx, m[3], expectation{who: "ana", words: m[4], fits: func(msg control.Message) bool {
		return msg.Bot && !msg.Ephemeral && msg.Channel == channel && inThread(msg) == (m[2] != "")
	}})
}

func (s *scenario) seesPrivate(ctx context.Context, m []string) error {
	channel := ""
	if m[2] != "" {
		var err error
		if channel, err = s.channel(m[2]); err != nil {
			return err
		}
	}
	return s.sees(ctx, m[4], expectation{who: m[1], words: m[5], fits: func(msg control.Message) bool {
		return msg.Ephemeral && (channel == "" || msg.Channel == channel) && inThread(msg) == (m[3] != "")
	}})
}

func (s *scenario) seesDM(ctx context.Context, m []string) error {
	return s.sees(ctx, m[2], expectation{who: m[1], words: m[3], fits: func(msg control.Message) bool {
		return msg.Bot && strings.HasPrefix(msg.Channel, "D")
	}})
}

func (s *scenario) seesForm(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	there := func(screen *control.Screen) bool {
		v := screen.Top()
		return v != nil && (m[2] != "" || !s.seen[printOfView(*v)]) && s.match(m[3], drawView(*v))
	}
	if m[2] == " never" {
		screen, err := s.people.View(ctx, user)
		if err == nil && there(screen) {
			err = errors.New("it says so")
		}
		return err
	}
	if _, err := s.people.WaitFor(ctx, user, there); err != nil {
		return errors.New("no such form came")
	}
	return nil
}

func (s *scenario) seesNoForm(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	if _, err := s.people.WaitFor(ctx, user, func(screen *control.Screen) bool { return screen.Top() == nil }); err != nil {
		return errors.New("a form is open")
	}
	return nil
}

func (s *scenario) seesHome(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	_, err = s.people.WaitFor(ctx, user, func(screen *control.Screen) bool {
		v := screen.Home
		return v != nil && (m[2] != "" || !s.seen[printOfView(*v)]) && s.match(m[3], drawView(*v))
	})
	if err != nil {
		return errors.New("no such App Home came")
	}
	return nil
}

func (s *scenario) seesNotice(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	_, err = s.people.WaitFor(ctx, user, func(screen *control.Screen) bool {
		for _, n := range screen.Notices {
			if s.match(m[2], n.Kind+" "+n.Text) {
				s.noticed[n.Seq] = true
				return true
			}
		}
		return false
	})
	if err != nil {
		return errors.New("no such notice came")
	}
	return nil
}
