package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"confbot/sandbox/slack/control"
)

// fills puts values into the form on top and sends it: "Name=Coffee; Yes,
// delete it=on; submit". Without "submit" at the end it is not sent.
func (s *scenario) fills(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	screen, err := s.people.WaitFor(ctx, user, func(screen *control.Screen) bool {
		v := screen.Top()
		return v != nil && v.Title != nil && s.match(m[2], v.Title.Text) && v.Submit != nil
	})
	if err != nil {
		return fmt.Errorf("no form %q that can be sent: %w", m[2], err)
	}
	view := screen.Top()
	in := control.Submission{User: user, ViewID: view.ID, Values: control.Values{}}
	parts := strings.Split(s.filled(m[3]), "; ")
	if parts[len(parts)-1] != "submit" {
		return errors.New(`end with "; submit"`)
	}
	for _, p := range parts[:len(parts)-1] {
		label, value, ok := strings.Cut(p, "=")
		if !ok {
			return fmt.Errorf("%q is not Label=value", p)
		}
		if err := s.fill(parseBlocks(view.Blocks), label, value, in.Values); err != nil {
			return err
		}
	}
	sent, err := s.people.Submit(ctx, in)
	if err != nil {
		return err
	}
	if sent.Error != "" {
		return fmt.Errorf("the form was answered with %s", sent.Error)
	}
	s.errs = map[string]string{}
	for _, b := range parseBlocks(view.Blocks) {
		if text, ok := sent.Errors[b.str("block_id")]; ok {
			s.errs[b.label("label")] = text
			delete(sent.Errors, b.str("block_id"))
		}
	}
	if len(sent.Errors) > 0 {
		return fmt.Errorf("errors at fields that the form does not have: %v", sent.Errors)
	}
	return nil
}

// fill finds an input by its label, or a tick box by its own, and puts a value into it.
func (s *scenario) fill(blocks []block, label, value string, into control.Values) error {
	for _, b := range blocks {
		for _, e := range b.elements() {
			match := b.label("label") == label
			for _, o := range e.options() {
				match = match || e.str("type") == "checkboxes" && o.label("text") == label
			}
			if !match {
				continue
			}
			raw, err := s.value(e, label, value)
			if err != nil {
				return err
			}
			into[b.str("block_id")] = map[string]json.RawMessage{e.str("action_id"): raw}
			return nil
		}
	}
	return fmt.Errorf("the form has no field %q", label)
}

func (s *scenario) value(e block, label, value string) (json.RawMessage, error) {
	options := func(wanted string) []block {
		out := []block{}
		for _, o := range e.options() {
			if o.label("text") == wanted || o.label("text") == label && value == "on" {
				out = append(out, o)
			}
		}
		return out
	}
	switch kind := e.str("type"); kind {
	case "plain_text_input", "number_input", "email_text_input", "url_text_input":
		return json.Marshal(map[string]any{"value": value})
	case "checkboxes":
		return json.Marshal(map[string]any{"selected_options": options(value)})
	case "static_select", "radio_buttons":
		chosen := options(value)
		if len(chosen) != 1 {
			return nil, fmt.Errorf("%q offers no %q: %s", label, value, element(e))
		}
		return json.Marshal(map[string]any{"selected_option": chosen[0]})
	case "conversations_select", "channels_select":
		id, err := s.channel(strings.TrimPrefix(value, "#"))
		if err != nil {
			return nil, err
		}
		return json.Marshal(map[string]any{"selected_" + strings.TrimSuffix(kind, "s_select"): id})
	case "users_select":
		id, err := s.user(strings.TrimPrefix(value, "@"))
		if err != nil {
			return nil, err
		}
		return json.Marshal(map[string]any{"selected_user": id})
	case "multi_users_select":
		ids := []string{}
		for name := range strings.SplitSeq(value, " ") {
			id, err := s.user(strings.TrimPrefix(name, "@"))
			if err != nil {
				return nil, err
			}
			ids = append(ids, id)
		}
		return json.Marshal(map[string]any{"selected_users": ids})
	default:
		return picked(kind, label, value)
	}
}

func (s *scenario) closes(ctx context.Context, m []string) error {
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
	done, err := s.people.Close(ctx, control.Closing{User: user, ViewID: screen.Top().ID, Clear: true})
	return refused(done, err)
}

func (s *scenario) seesFieldError(_ context.Context, m []string) error {
	if got, ok := s.errs[m[2]]; !ok || !s.match(m[3], got) {
		return fmt.Errorf("the fields say %v", s.errs)
	}
	return nil
}
