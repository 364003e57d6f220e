package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"confbot/sandbox/slack/control"
)

var mention = strings.NewReplacer("@confbot", "<@U0CONFBOT1>", "@moderators", "<!subteam^S0MODERAT1>")

// types writes into a channel, or into the thread of its newest card.
func (s *scenario) types(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	in := control.Typed{User: user, Text: unescapedLine(s.filled(m[4]))}
	if in.Channel, err = s.channel(m[2]); err != nil {
		return err
	}
	if m[3] != "" {
		screen, err := s.people.View(ctx, user)
		if err != nil {
			return err
		}
		head := screen.Find(in.Channel, func(m control.Message) bool { return m.Replies > 0 })
		if head == nil {
			return errors.New("there is no thread in this channel")
		}
		in.ThreadTS = head.TS
	}
	if !strings.HasPrefix(in.Text, "/") {
		in.Text = mention.Replace(in.Text)
	}
	done, err := s.people.Type(ctx, in)
	return refused(done, err)
}

// unescapedLine lets a transcript name characters that cannot be seen.
func unescapedLine(s string) string {
	return strings.NewReplacer(`\u00a0`, "\u00a0", `\u200b`, "\u200b", `\n`, "\n").Replace(s)
}

func refused(done *control.Done, err error) error {
	if err != nil {
		return err
	}
	if !done.OK {
		return fmt.Errorf("Slack refuses: %s", done.Error)
	}
	return nil
}

// target is an element on somebody's screen.
type target struct {
	container control.Container
	block     block
	element   block
	option    block // of a menu or a select
}

func (t target) click(user string) control.Click {
	c := control.Click{User: user, Container: t.container, BlockID: t.block.str("block_id"), ActionID: t.element.str("action_id")}
	if t.option != nil {
		c.SelectedOption, _ = json.Marshal(t.option)
	}
	return c
}

// find waits for an element with this label on somebody's screen: in the form
// on top, if one is open, otherwise in the newest message that has it. row
// are words that stand just above it.
func (s *scenario) find(ctx context.Context, user, label, row string) (target, error) {
	var found target
	_, err := s.people.WaitFor(ctx, user, func(screen *control.Screen) bool {
		var ok bool
		found, ok = s.onScreen(screen, label, row)
		return ok
	})
	if err != nil {
		return found, fmt.Errorf("nothing is labelled [%s] %s: %w", label, row, err)
	}
	return found, nil
}

func (s *scenario) onScreen(screen *control.Screen, label, row string) (target, bool) {
	if v := screen.Top(); v != nil {
		t, ok := s.among(parseBlocks(v.Blocks), label, row)
		t.container = control.Container{ViewID: v.ID}
		return t, ok
	}
	var all []control.Message
	for _, messages := range screen.Messages {
		all = append(all, messages...)
	}
	slices.SortFunc(all, func(a, b control.Message) int { return strings.Compare(b.TS, a.TS) })
	for _, m := range all {
		if t, ok := s.among(parseBlocks(m.Blocks), label, row); ok && !m.Deleted {
			t.container = control.Container{Channel: m.Channel, MessageTS: m.TS}
			return t, true
		}
	}
	if screen.Home != nil {
		t, ok := s.among(parseBlocks(screen.Home.Blocks), label, row)
		t.container = control.Container{ViewID: screen.Home.ID}
		return t, ok
	}
	return target{}, false
}

func (s *scenario) among(blocks []block, label, row string) (target, bool) {
	above := ""
	for _, b := range blocks {
		if b.str("type") != "actions" {
			above = b.drawn()
		}
		if row != "" && !s.match(row, above) {
			continue
		}
		for _, e := range b.elements() {
			if e.label("text") == label {
				return target{block: b, element: e}, true
			}
			for _, o := range e.options() {
				if o.label("text") == label && e.str("type") != "checkboxes" {
					return target{block: b, element: e, option: o}, true
				}
			}
		}
	}
	return target{}, false
}

func (s *scenario) clicks(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	for tries := 1; ; tries++ {
		t, err := s.find(ctx, user, m[3], s.filled(m[4]))
		if err != nil {
			return err
		}
		asks := t.element.obj("confirm") != nil
		if asks != (m[5] != "") {
			return fmt.Errorf("asks first: %v", asks)
		}
		click := t.click(user)
		click.Stale = m[2] != ""
		done, err := s.people.Click(ctx, click)
		if err == nil || tries == 5 { // it may have been drawn anew under the finger
			return refused(done, err)
		}
	}
}

// keeps remembers a button as it is drawn now, for a click with an old screen.
func (s *scenario) keeps(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	t, err := s.find(ctx, user, m[2], s.filled(m[3]))
	if err != nil {
		return err
	}
	click := t.click(user)
	s.kept[m[4]] = click
	return nil
}

func (s *scenario) clicksKept(ctx context.Context, m []string) error {
	click, ok := s.kept[m[2]]
	if !ok {
		return errors.New("nothing was kept under that name")
	}
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	click.User, click.Stale = user, false
	done, err := s.people.Click(ctx, click)
	if err != nil {
		click.Stale = true
		done, err = s.people.Click(ctx, click)
	}
	return refused(done, err)
}

func (s *scenario) chooses(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	t, err := s.find(ctx, user, m[2], "")
	if err != nil {
		return err
	}
	done, err := s.people.Click(ctx, t.click(user))
	return refused(done, err)
}

// finds types into the type-ahead menu and picks what it offers.
func (s *scenario) finds(ctx context.Context, m []string) error {
	user, err := s.user(m[1])
	if err != nil {
		return err
	}
	screen, err := s.people.View(ctx, user)
	if err != nil {
		return err
	}
	t, ok := typeAhead(screen)
	if !ok {
		return errors.New("there is nothing to type into")
	}
	offered, err := s.people.Suggest(ctx, control.Suggesting{
		User: user, Container: t.container, BlockID: t.block.str("block_id"), ActionID: t.element.str("action_id"), Value: m[2],
	})
	if err != nil {
		return err
	}
	for _, o := range parseBlocks(offered.Options) {
		if s.match(m[3], o.label("text")) {
			t.option = o
			done, err := s.people.Click(ctx, t.click(user))
			return refused(done, err)
		}
	}
	return fmt.Errorf("it offers %s %s", offered.Options, offered.Error)
}

func typeAhead(screen *control.Screen) (target, bool) {
	in := func(raw json.RawMessage, c control.Container) (target, bool) {
		for _, b := range parseBlocks(raw) {
			for _, e := range b.elements() {
				if e.str("type") == "external_select" {
					return target{container: c, block: b, element: e}, true
				}
			}
		}
		return target{}, false
	}
	if v := screen.Top(); v != nil {
		return in(v.Blocks, control.Container{ViewID: v.ID})
	}
	m := screen.Find("", func(m control.Message) bool { return strings.Contains(string(m.Blocks), `"external_select"`) })
	if m == nil {
		return target{}, false
	}
	return in(m.Blocks, control.Container{Channel: m.Channel, MessageTS: m.TS})
}
