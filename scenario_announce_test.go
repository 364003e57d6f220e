package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"confbot/sandbox/slack/control"
)

// picked is what somebody picks in a field for a date, a time of day or a
// place, "Berlin=Europe/Berlin".
func picked(kind, label, value string) (json.RawMessage, error) {
	switch kind {
	case "datepicker":
		return json.Marshal(map[string]any{"selected_date": value})
	case "timepicker":
		return json.Marshal(map[string]any{"selected_time": value})
	case "external_select":
		text, id, _ := strings.Cut(value, "=")
		return json.Marshal(map[string]any{"selected_option": map[string]any{
			"text": map[string]any{"type": "plain_text", "text": text}, "value": id,
		}})
	}
	return nil, fmt.Errorf("%q is a %s, which no transcript has filled yet", label, kind)
}

// goesBack closes the form on top only, so that the one under it is seen.
func (s *scenario) goesBack(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	screen, err := s.people.View(ctx, user)
	if err != nil {
		return err
	}
	if screen.Top() == nil {
		return errors.New("no form is open")
	}
	done, err := s.people.Close(ctx, control.Closing{User: user, ViewID: screen.Top().ID})
	return refused(done, err)
}

// entered is what stands in a field of the form on top.
func (s *scenario) entered(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	stands := ""
	_, err = s.people.WaitFor(ctx, user, func(screen *control.Screen) bool {
		v := screen.Top()
		if v == nil {
			return false
		}
		for _, b := range parseBlocks(v.Blocks) {
			if b.label("label") == m[2] {
				stands = ""
				for _, raw := range v.State.Values[b.str("block_id")] {
					stands = string(raw)
				}
				return s.match(m[3], stands)
			}
		}
		return false
	})
	if err != nil {
		return fmt.Errorf("%q holds %s", m[2], stands)
	}
	return nil
}

// formsOpen counts the forms that lie on top of each other.
func (s *scenario) formsOpen(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	found := 0
	_, err = s.people.WaitFor(ctx, user, func(screen *control.Screen) bool {
		found = len(screen.Views)
		return fmt.Sprint(found) == m[2]
	})
	if err != nil {
		return fmt.Errorf("%d forms are open", found)
	}
	return nil
}
