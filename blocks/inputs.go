package blocks

import (
	"github.com/slack-go/slack"
)

// Block ids of a form's inputs. They are stable over redraws, so that what was
// typed survives. The action id of the one element in a block is the same as
// the block's, but for three that act while the form is open: the repeat and
// the type-aheads for conference and zone have the ids of actions.go.
const (
	InName       = "in.name"
	InChannel    = "in.channel"
	InPIN        = "in.pin"
	InModPIN     = "in.modpin"
	InMax        = "in.max"
	InKind       = "in.profile"
	InSounds     = "in.sounds"
	InDialIn     = "in.dialin"
	InNumber     = "in.number"
	InVisible    = "in.visible"
	InSure       = "in.sure"
	InLine       = "in.line"
	InLines      = "in.lines"
	InUsers      = "in.users"
	InMember     = "in.member"
	InText       = "in.text"
	InConference = "in.conference"
	InRepeat     = "in.repeat"
	InDays       = "in.days"
	InDate       = "in.date"
	InTime       = "in.time"
	InLead       = "in.lead"
	InZone       = "in.zone"
	InUntil      = "in.until"
	InOptions    = "in.options"
	InWords      = "in.words"
	InMinutes    = "in.minutes"
)

// FieldBlock is the block id at which a setting's error is shown, by the
// setting's name as in conference.Error.Field; "" where no form has it.
func FieldBlock(field string) string {
	return map[string]string{
		"name": InName, "pin": InPIN, "modpin": InModPIN, "max": InMax, "profile": InKind, "entry": InSounds, "exit": InSounds,
		"dialin": InDialIn, "number": InNumber,
	}[field]
}

func input(id, label, hint string, e slack.BlockElement) *slack.InputBlock {
	var h *slack.TextBlockObject
	if hint != "" {
		h = plain(hint, MaxMeta/2)
	}
	return slack.NewInputBlock(id, plain(label, MaxMeta/2), h, e)
}

func optional(b *slack.InputBlock) *slack.InputBlock { return b.WithOptional(true) }

func textField(id, initial string, most int) *slack.PlainTextInputBlockElement {
	e := slack.NewPlainTextInputBlockElement(nil, id)
	e.InitialValue = cut(initial, most)
	e.MaxLength = most
	return e
}

func focused(e *slack.PlainTextInputBlockElement) *slack.PlainTextInputBlockElement {
	e.FocusOnLoad = true
	return e
}

func channelField(initial string) *slack.SelectBlockElement {
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeConversations, nil, InChannel)
	e.InitialConversation = initial
	e.Filter = &slack.SelectBlockElementFilter{Include: []string{"public", "private"}}
	return e
}

// ticks are checkboxes; on lists the values that are ticked.
func ticks(id string, choices []Choice, on ...string) *slack.CheckboxGroupsBlockElement {
	e := slack.NewCheckboxGroupsBlockElement(id)
	for _, c := range choices {
		o := option(c.Text, c.Value)
		e.Options = append(e.Options, o)
		for _, v := range on {
			if v == c.Value {
				e.InitialOptions = append(e.InitialOptions, o)
			}
		}
	}
	return e
}

// sure is the tick box of a form that does harm.
func sure(words string, ticked ...string) *slack.InputBlock {
	return input(InSure, "To be sure", "", ticks(InSure, []Choice{{Value: Sure, Text: words}}, ticked...))
}
