package blocks

import "github.com/slack-go/slack"

// Handled reports whether anybody answers to an action id.
type Handled func(action string) bool

// Keep leaves out the buttons and menu choices that nobody answers to, so that
// every click ends in something. What is left of a row that held only such
// ones goes too.
func (m Message) Keep(is Handled) Message {
	m.Blocks = keep(m.Blocks, is)
	return m
}

// Keep is Message.Keep for forms and the App Home.
func (v View) Keep(is Handled) View {
	v.Blocks = keep(v.Blocks, is)
	return v
}

func keep(blocks []slack.Block, is Handled) []slack.Block {
	out := make([]slack.Block, 0, len(blocks))
	for _, b := range blocks {
		switch b := b.(type) {
		case *slack.ActionBlock:
			if kept := keepElements(b, is); kept != nil {
				out = append(out, kept)
			}
		case *slack.SectionBlock:
			out = append(out, keepAccessory(b, is))
		default:
			out = append(out, b)
		}
	}
	return out
}

func keepElements(b *slack.ActionBlock, is Handled) slack.Block {
	if b.Elements == nil {
		return b
	}
	var kept []slack.BlockElement
	for _, e := range b.Elements.ElementSet {
		if e = keepElement(e, is); e != nil {
			kept = append(kept, e)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	c := *b
	c.Elements = &slack.BlockElements{ElementSet: kept}
	return &c
}

func keepElement(e slack.BlockElement, is Handled) slack.BlockElement {
	switch e := e.(type) {
	case *slack.ButtonBlockElement:
		if !is(e.ActionID) {
			return nil
		}
	case *slack.OverflowBlockElement:
		if o := keepChoices(e, is); o != nil {
			return o
		}
		return nil
	}
	return e
}

// keepChoices returns the menu without the choices that nobody answers to, or
// nil when none is left.
func keepChoices(o *slack.OverflowBlockElement, is Handled) *slack.OverflowBlockElement {
	c := *o
	c.Options = nil
	for _, choice := range o.Options {
		if action, _, err := Clicked(o.ActionID, choice.Value); err != nil || is(action) {
			c.Options = append(c.Options, choice)
		}
	}
	if len(c.Options) == 0 {
		return nil
	}
	return &c
}

func keepAccessory(b *slack.SectionBlock, is Handled) slack.Block {
	if b.Accessory == nil {
		return b
	}
	c := *b
	switch {
	case b.Accessory.ButtonElement != nil && !is(b.Accessory.ButtonElement.ActionID):
		c.Accessory = nil
	case b.Accessory.OverflowElement != nil:
		menu := keepChoices(b.Accessory.OverflowElement, is)
		c.Accessory = nil
		if menu != nil {
			c.Accessory = slack.NewAccessory(menu)
		}
	}
	return &c
}
