package blocks

import (
	"github.com/slack-go/slack"
)

// The elements of Block Kit as this program uses them: plain text never draws
// emoji, and everything that may be long is cut where Slack would refuse it.

func plain(s string, most int) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.PlainTextType, cut(s, most), false, false)
}

func mrkdwn(s string) *slack.TextBlockObject {
	return slack.NewTextBlockObject(slack.MarkdownType, cut(s, MaxSectionText), false, false)
}

// section is a paragraph of our own words. Foreign names must be escaped.
func section(s string) slack.Block {
	return slack.NewSectionBlock(mrkdwn(s), nil, nil)
}

// plainSection is a paragraph with foreign names in it.
func plainSection(id, s string, accessory slack.BlockElement) slack.Block {
	b := slack.NewSectionBlock(plain(s, MaxSectionText), nil, nil)
	b.BlockID = id
	if accessory != nil {
		b.Accessory = slack.NewAccessory(accessory)
	}
	return b
}

func header(s string) slack.Block { return slack.NewHeaderBlock(plain(s, MaxHeaderText)) }

// context is a line in small print.
func context(s string) slack.Block { return slack.NewContextBlock("", mrkdwn(s)) }

// contextOr is context, or nothing for no words.
func contextOr(s string) slack.Block {
	if s == "" {
		return nil
	}
	return context(s)
}

// actions is a row of elements, or nothing for none.
func actions(id string, elements ...slack.BlockElement) slack.Block {
	kept := make([]slack.BlockElement, 0, len(elements))
	for _, e := range elements {
		if e != nil {
			kept = append(kept, e)
		}
	}
	if len(kept) == 0 {
		return nil
	}
	return slack.NewActionBlock(id, kept...)
}

// button is a button without emphasis.
func button(action, words, value string) *slack.ButtonBlockElement {
	return slack.NewButtonBlockElement(action, cut(value, MaxButtonValue), plain(words, MaxButtonText))
}

// when returns the element only where it is to be drawn.
func when(draw bool, e slack.BlockElement) slack.BlockElement {
	if !draw {
		return nil
	}
	return e
}

// labelled gives a button the words that a screen reader says instead.
func labelled(b *slack.ButtonBlockElement, label string) *slack.ButtonBlockElement {
	b.AccessibilityLabel = cut(clean(label), MaxLabel)
	return b
}

func primary(b *slack.ButtonBlockElement) *slack.ButtonBlockElement {
	b.Style = slack.StylePrimary
	return b
}

// asking gives a button a dialog that asks first. Its text is frozen when
// drawn, so that it must hold nothing that changes.
func asking(b *slack.ButtonBlockElement, title, text, yes, no string, danger bool) *slack.ButtonBlockElement {
	c := slack.NewConfirmationBlockObject(plain(title, MaxConfirmTitle), plain(text, MaxConfirmText),
		plain(yes, MaxConfirmButton), plain(no, MaxConfirmButton))
	if danger {
		c.Style = slack.StyleDanger
	}
	b.Confirm = c
	return b
}

func option(words, value string) *slack.OptionBlockObject {
	return slack.NewOptionBlockObject(value, plain(words, MaxOptionText), nil)
}

// Choice is one row of a type-ahead menu, or one candidate's button.
type Choice struct {
	Value string // what comes back when it is chosen, at most 75 characters
	Text  string // foreign text; drawn as plain text
}

// Options draws type-ahead results, at most as many as Slack takes.
func Options(choices []Choice) []*slack.OptionBlockObject {
	choices = choices[:min(len(choices), MaxOptions)]
	options := make([]*slack.OptionBlockObject, 0, len(choices))
	for _, c := range choices {
		if text := clean(c.Text); text != "" && c.Value != "" && len(c.Value) <= MaxOptionValue {
			options = append(options, option(text, c.Value))
		}
	}
	return options
}
