package blocks

import (
	"github.com/slack-go/slack"

	"confbot/conference"
)

// CreatedData is a conference that has just been made.
type CreatedData struct {
	Line
	Access
	Admins []string // display names of who can set a phone number
	Here   string   // the channel where "Share card here" would post; "" for none
}

// Created is W1 as a message.
func Created(d CreatedData) Message {
	p := d.createdWords()
	return p.message(d.createdButtons("Share card here", CardShare))
}

func (d CreatedData) createdWords() *prose {
	p := new(prose).name(d.Conference.Name).say(" is ready. ")
	switch {
	case d.Open && len(d.DialIn) == 0:
		p.say("No PIN: anybody who knows the number can join. ")
	case len(d.DialIn) == 0:
		p.say("PIN ").pin(d.PIN).say(", then #. ")
	default:
		p.access(d.Access).say(" ")
	}
	p.say("You moderate it.")
	if len(d.DialIn) == 0 {
		p.say(" There is no phone number yet: add dialin= with ").code(d.Command + " edit").say(", or ask ").admins(d.Admins).say(".")
	}
	if d.Unproven {
		p.say(" I couldn't confirm that the PIN protects it yet. Try it by phone before you share it.")
	}
	return p.heard(d.spelledPIN())
}

func (d CreatedData) createdButtons(share, shareAction string) slack.Block {
	return d.below(
		button(shareAction, share, d.Here),
		button(AnnounceOpen, "Announce it…", ""),
		when(len(d.Conference.ModeratorPINs) > 0, button(ModeratorPIN, "Show moderator PIN", "")),
		button(InviteSend, "Send me the invitation", ""))
}

// CreatedView is W1 in the form that made it, which outlives a message that
// only one person sees.
func CreatedView(d CreatedData) View {
	var b []slack.Block
	if len(d.DialIn) > 0 {
		b = append(b, section("<"+d.tel(d.DialIn[0])+"|Call "+escapeOurs(d.DialIn[0].pretty())+">"))
	}
	card := CardData{Line: d.Line, Access: d.Access}
	if pin := card.pinLines(); pin != "" {
		b = append(b, section(pin))
	}
	b = append(b, new(prose).name(d.Conference.Name).block(), d.createdButtons("Share card…", CardShareIn))
	small := "You moderate it. Add others with `" + d.Command + " moderators`."
	if len(d.DialIn) == 0 {
		small = "There is no phone number yet: add dialin= with `" + d.Command + " edit`, or ask an admin. " + small
	}
	if d.Unproven {
		small = "I couldn't confirm that the PIN protects it yet. Try it by phone before you share it. " + small
	}
	return View{
		Kind: Modal, CallbackID: FormCreated, Title: "Conference ready", Close: "Done",
		Meta: EncodeMeta(Meta{Conference: d.Conference.ID, Channel: d.Here}), Blocks: present(append(b, context(small))),
	}
}

// NameTaken is W29 as a message; an unseen twin is told of only as a field
// error.
func NameTaken(l Line, by string) Message {
	p := new(prose).name(l.Conference.Name).say(" already exists")
	if by != "" {
		p.say(", set up by ").foreign(by)
	}
	return p.say(".").message(l.below(
		button(ConferenceUse, "Use that one", ""), button(CreateOpen, "Choose another name", "")))
}

// PINData is a conference's PIN for people, for one reader.
type PINData struct {
	Line
	Access

	Unchecked bool // Audian could not be asked just now: it is what was known
}

// notChecked stands beside a PIN that was known before Audian went away.
const notChecked = "I couldn't check this PIN with Audian just now."

// PIN answers /conf pin.
func PIN(d PINData) Message {
	p := new(prose).name(d.Conference.Name).say(": ").accessAfter(d.Access).say(d.others()).heard(d.spelledPIN())
	if d.Unproven {
		p.say(" I couldn't confirm that the PIN protects it yet.")
	}
	if d.Unchecked {
		p.say(" " + notChecked)
	}
	return p.message(d.below(button(InviteSend, "Send me the invitation", "")))
}

// PINChangedData is what a change of PIN brought about.
type PINChangedData struct {
	Line
	PIN       conference.PIN // the new one for people
	Posts     int            // cards that were corrected
	Told      int            // people who got a message
	Moderator bool           // the moderator PIN was changed instead, which is never shown in a message
	Unproven  bool
}

// PINChanged is W7.
func PINChanged(d PINChangedData) Message {
	if d.Moderator {
		return say("The moderator PIN for ").name(d.Conference.Name).say(" is changed.").
			message(d.below(button(ModeratorPIN, "Show moderator PIN", "")))
	}
	p := say("The PIN for ").name(d.Conference.Name).say(" is now ").pin(d.PIN).say(". The old one no longer works.")
	switch {
	case d.Posts > 0 && d.Told > 0:
		p.say(" I corrected " + plural(d.Posts, "post", "posts") + " and messaged " + people(d.Told) + ".")
	case d.Posts > 0:
		p.say(" I corrected " + plural(d.Posts, "post", "posts") + ".")
	case d.Told > 0:
		p.say(" I messaged " + people(d.Told) + ".")
	}
	if d.Unproven {
		p.say(" I couldn't confirm that it protects the conference yet. Try it by phone.")
	}
	p.both(" Change it in calendar invitations too.", "").heard(" The PIN digit by digit: " + digitByDigit(d.PIN) + ".")
	return p.message(d.below(button(InviteSend, "Send me the invitation", "")))
}

// PINIsNow is the reply under each corrected post, since edits are silent.
func PINIsNow(pin conference.PIN, by string, names map[string]string) Message {
	p := say("The PIN is now ").pin(pin).say(", then #. Changed by ")
	if by == "" {
		p.say("confbot")
	} else {
		p.user(by, names)
	}
	return p.say(".").message()
}

// NewPIN is the direct message to those who were reminded with the old one.
func NewPIN(l Line, pin conference.PIN, sent string) Message {
	p := say("New PIN for ").name(l.Conference.Name).say(": ").pin(pin).say(", then #.")
	if sent != "" {
		p.say(" The one I sent at " + sent + " no longer works.")
	} else {
		p.say(" The one I sent before no longer works.")
	}
	return p.message()
}
