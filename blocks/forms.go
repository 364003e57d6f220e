package blocks

import (
	"fmt"

	"github.com/slack-go/slack"

	"confbot/conference"
	"confbot/live"
)

// WhichLineData asks the reader which caller they are.
type WhichLineData struct {
	Line
	Meta   Meta   // Meta.Action names what goes on afterwards; "" for nothing
	Submit string // "Mute others", "Save"
}

// NotOnThePhone is the choice of somebody who is no caller.
const NotOnThePhone = "none"

// WhichLine is W12.
func WhichLine(d WhichLineData) View {
	if d.Submit == "" {
		d.Submit = "Save"
	}
	why := "I don't know which caller you are. Choose your line and I'll remember it."
	if d.Meta.Action != "" {
		why = "I don't know which caller you are, so I could mute you too. Choose your line and I'll remember it."
	}
	e := slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, InLine)
	e.FocusOnLoad = true
	e.OptionGroups = []*slack.OptionGroupBlockObject{
		slack.NewOptionGroupBlockElement(plain("You", MaxOptionText), option("I'm not on the phone", NotOnThePhone)),
	}
	on := d.Snapshot.Run.On()
	for len(on) > 0 && len(e.OptionGroups) < MaxOptions {
		group := on[:min(MaxOptions, len(on))]
		on = on[len(group):]
		e.OptionGroups = append(e.OptionGroups, d.lineGroup(group))
	}
	return View{
		Kind: Modal, CallbackID: FormWhichLine, Title: "Which line is you?", Submit: cut(d.Submit, MaxViewButton), Close: "Cancel",
		Meta: EncodeMeta(d.Meta), Blocks: []slack.Block{section(why), input(InLine, "Your line", "", e)},
	}
}

func (l Line) lineGroup(callers []live.Caller) *slack.OptionGroupBlockObject {
	title := "On the line"
	if len(l.Snapshot.Run.On()) > MaxOptions {
		title = fmt.Sprintf("Callers %d to %d", callers[0].No, callers[len(callers)-1].No)
	}
	options := make([]*slack.OptionBlockObject, 0, len(callers))
	for _, c := range callers {
		w := l.Who(c)
		options = append(options, option(w.short()+", "+w.number(), CallerValue(c.Key())))
	}
	return slack.NewOptionGroupBlockElement(plain(title, MaxOptionText), options...)
}

// ModeratorPINView shows the moderator PIN to somebody who moderates. It is
// never in a message: those can pop up on a shared screen.
func ModeratorPINView(c conference.Conference, access Access) View {
	p := say("The moderator PIN for ").name(c.Name).say(" is ").pin(conference.FirstPIN(c.ModeratorPINs)).say(", then #.")
	if len(c.ModeratorPINs) == 0 {
		p = new(prose).name(c.Name).say(" has no moderator PIN.")
	}
	b := []slack.Block{p.block()}
	if len(c.ModeratorPINs) > 0 && len(access.DialIn) > 0 {
		a := access
		a.PIN = conference.FirstPIN(c.ModeratorPINs)
		b = append(b, section("<"+a.tel(a.DialIn[0])+"|Call "+escapeOurs(a.DialIn[0].pretty())+" as a moderator>"))
	}
	return View{
		Kind: Modal, CallbackID: FormModeratorPIN, Title: "Moderator PIN", Close: "Done",
		Meta:   EncodeMeta(Meta{Conference: c.ID}),
		Blocks: append(b, context("Whoever types it moderates. It stays out of messages and channels.")),
	}
}

// LabelForm names a number. Current is what it is called now.
func LabelForm(w Who, current string, m Meta) View {
	users := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, nil, InMember)
	return View{
		Kind: Modal, CallbackID: FormLabel, Title: "Name this caller", Submit: "Save", Close: "Cancel", Meta: EncodeMeta(m),
		Blocks: []slack.Block{
			new(prose).caller(w, true).say(". The name is kept for this number.").block(),
			optional(input(InText, "Name", "Everybody sees it with your name beside it.", focused(textField(InText, current, 60)))),
			optional(input(InMember, "Or a member of this workspace", "They are told, and can say that it isn't theirs.", users)),
		},
	}
}

// ModeratorsForm says who may moderate a conference.
func ModeratorsForm(l Line, m Meta) View {
	users := slack.NewOptionsMultiSelectBlockElement(slack.MultiOptTypeUser, nil, InUsers)
	users.InitialUsers = l.Moderators
	return View{
		Kind: Modal, CallbackID: FormModerators, Title: "Moderators", Submit: "Save", Close: "Cancel", Meta: EncodeMeta(m),
		Blocks: []slack.Block{
			say("Moderators of ").name(l.Conference.Name).say(" can mute and remove people, change it and see its moderator PIN.").block(),
			optional(input(InUsers, "Moderators", "", users)),
		},
	}
}

// ShareForm asks for the channel in which a card is to be shared.
func ShareForm(l Line, channel string, m Meta) View {
	return View{
		Kind: Modal, CallbackID: FormShareIn, Title: "Share the card", Submit: "Share", Close: "Cancel", Meta: EncodeMeta(m),
		Blocks: []slack.Block{
			say("Everybody in the channel will see the number and the PIN of ").name(l.Conference.Name).say(".").block(),
			input(InChannel, "Channel", "", channelField(channel)),
		},
	}
}
