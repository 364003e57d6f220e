package blocks

import (
	"strings"

	"github.com/slack-go/slack"
)

// Need is who may do what was refused.
type Need int

const (
	NeedModerator   Need = iota // the conference's moderators
	NeedCreator                 // who made it, and admins
	NeedAdmin                   // admins
	NeedAnyModerate             // CONF_CREATE=moderators: whoever is listed as a moderator
)

// RefusalData is a wish that the person may not have.
type RefusalData struct {
	Need       Need
	Conference string   // its name; "" where it is about none
	Do         string   // "mute people", "see that"
	Ask        []string // display names of those who may
	Admins     []string // display names
}

// Refused is W20: a refusal names who can help.
func Refused(d RefusalData) Message { return refusal(d).message() }

func refusal(d RefusalData) *prose {
	do := d.Do
	if do == "" {
		do = "do that"
	}
	p := say("Only ")
	switch {
	case d.Need == NeedAdmin:
		p.say("admins")
	case d.Need == NeedAnyModerate:
		p.say("moderators")
	case d.Need == NeedCreator && d.Conference == "":
		p.say("whoever made it and admins")
	case d.Need == NeedCreator:
		p.say("whoever made ").name(d.Conference).say(" and admins")
	case d.Conference == "":
		p.say("its moderators")
	default:
		p.say("moderators of ").name(d.Conference)
	}
	p.say(" can ")
	switch it, about := strings.CutSuffix(do, " it"); {
	case d.Need != NeedAdmin || d.Conference == "" || strings.Contains(do, " its "):
		p.say(do + ".")
	case about:
		p.say(it + " ").name(d.Conference).say(".")
	default:
		p.say(do + " in ").name(d.Conference).say(".")
	}
	switch {
	case len(d.Ask) > 0 && d.Need != NeedAdmin:
		return p.say(" Ask ").names(d.Ask).say(".")
	case len(d.Admins) > 0:
		return p.say(" Ask an admin: ").names(d.Admins).say(".")
	}
	return p.say(" Ask an admin.")
}

// Outsider is W21.
func Outsider() Message {
	return say("confbot is for members of this workspace. Ask the person who invited you for the number and the PIN.").message()
}

// WrongWorkspace is for people whose workspace this confbot does not serve.
func WrongWorkspace() Message {
	return say("This confbot belongs to another workspace. Ask an admin of yours to set one up.").message()
}

// SecretInTheOpen is W30: a PIN or a phone number typed where all can read it.
func SecretInTheOpen(what string) Message {
	if what == "" {
		what = "a PIN"
	}
	return say("Your message shows " + what + " to everyone here, so I didn't use it. Delete the message and use the form instead.").
		message(actions("", button(CreateOpen, "Open the form", "")))
}

// OldList is W24: a button of a run that is over.
func OldList(l Line) Message {
	return say("That run has ended, so nothing was done.").
		message(actions(l.bar(partAnswer), button(ListOpen, "Show who's on now", "")))
}

// below is a row of buttons about one conference.
func (l Line) below(elements ...slack.BlockElement) slack.Block {
	return actions(l.bar(partAnswer), elements...)
}
