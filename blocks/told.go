package blocks

import (
	"time"

	"github.com/slack-go/slack"
)

// Changed is W2: what was changed, in words, and the way back.
func Changed(l Line, what []string, undo string) Message {
	p := new(prose).name(l.Conference.Name).both(": "+list(what, "and"), " is changed: "+list(what, "and")).
		say(". This counts for people who dial in from now on.")
	if len(what) == 0 {
		return new(prose).name(l.Conference.Name).say(" is as it was. Nothing was changed.").message()
	}
	return p.message(l.below(when(undo != "", button(EditUndo, "Undo", undo))))
}

// ChangedBefore is W2 where a restart came in between: what there was to change
// is not known any more.
func ChangedBefore(conferenceName string) Message {
	return new(prose).name(conferenceName).say(" is as you wanted it. I was restarted while I changed it.").message()
}

// Linked is for everybody in a channel that was linked to a conference.
func Linked(by string, names map[string]string, l Line) Message {
	return new(prose).user(by, names).say(" linked this channel to ").name(l.Conference.Name).
		say(". Type ").code(l.Command + " people").say(" to see who is on.").message()
}

// Unlinked is for the person who took a channel's link away; conferenceName
// is empty where there was none.
func Unlinked(conferenceName string) Message {
	if conferenceName == "" {
		return say("This channel isn't linked to a conference. Nothing was changed.").message()
	}
	return say("This channel is no longer linked to ").name(conferenceName).say(".").message()
}

// Moderated says who moderates after a change.
func Moderated(l Line, added, removed []string) Message {
	p := new(prose)
	for _, part := range []struct {
		users []string
		words string
	}{{added, "moderate"}, {removed, "no longer moderate"}} {
		p.users(part.users, l.Names)
		if n := len(part.users); n > 0 {
			words := part.words
			if n == 1 && words == "moderate" {
				words = "moderates"
			} else if n == 1 {
				words = "no longer moderates"
			}
			p.say(" " + words + " ").name(l.Conference.Name).say(".")
			if len(added) > 0 && len(removed) > 0 && part.words == "moderate" {
				p.say(" ")
			}
		}
	}
	switch {
	case len(added)+len(removed) == 0:
		return Moderators(l)
	case len(removed) > 0:
		p.say(" They may know the moderator PIN. Change it?")
	}
	return p.message(l.below(
		when(len(removed) > 0, button(PINRotateMod, "Change moderator PIN", "")),
		when(len(removed) > 0, button(PINLeave, "Leave it", ""))))
}

// Moderators lists who moderates.
func Moderators(l Line) Message {
	if len(l.Moderators) == 0 {
		return say("Nobody moderates ").name(l.Conference.Name).say(" yet. Type ").
			code(l.Command + " moderators").say(", its name, and add @somebody.").message()
	}
	p := new(prose).name(l.Conference.Name).say(" is moderated by ")
	return p.users(l.Moderators, l.Names).say(".").message(l.below(button(ModeratorsOpen, "Change…", "")))
}

// YouModerate tells somebody that they were made a moderator, and the others
// that there is one more.
func YouModerate(l Line, by string) Message {
	return new(prose).user(by, l.Names).say(" made you a moderator of ").name(l.Conference.Name).
		say(". You can mute and remove people and change it.").message(l.below(button(ListOpen, "Who's on", "")))
}

// OtherModerates tells the other moderators.
func OtherModerates(l Line, by, whom string, added bool) Message {
	p := new(prose).user(by, l.Names)
	if added {
		return p.say(" made ").user(whom, l.Names).say(" a moderator of ").name(l.Conference.Name).say(".").message()
	}
	return p.say(" took ").user(whom, l.Names).say(" off the moderators of ").name(l.Conference.Name).say(".").message()
}

// NumberIsYours tells a member that a number was said to be theirs.
func NumberIsYours(w Who, by string, names map[string]string, value string) Message {
	return new(prose).user(by, names).say(" says the number ending " + w.Ends + " is yours.").
		message(actions("", button(LabelNotMine, "Not mine", value)))
}

// Labelled confirms a label.
func Labelled(ends, label string) Message {
	return say("The number ending " + ends + " is now called ").name(label).say(".").message()
}

// LabelClaims refuses a label that says what only we may say.
func LabelClaims() Message {
	return say("A label can't say moderator, admin or you: those come from me. Choose another name.").message()
}

// CardHere is W11.
func CardHere(l Line, link string) Message {
	goTo := button(LinkOpen, "Go to it", "")
	goTo.URL = link
	return new(prose).name(l.Conference.Name).say(" already has a card in this channel.").
		message(l.below(goTo, button(CardMove, "Move here", ""), button(ListOpen, "Private list", "")))
}

// CardPosted tells the person where the card is.
func CardPosted(l Line, channel, link string) Message {
	p := say("The card of ").name(l.Conference.Name).say(" is in ").channel(channel).say(".")
	goTo := button(LinkOpen, "Go to it", "")
	goTo.URL = link
	return p.message(l.below(when(link != "", goTo)))
}

// EyesData is what is unusual about a channel that a card would be posted in.
type EyesData struct {
	Line
	Channel     string // Slack channel
	ChannelName string
	Members     int
	Guests      int
	Shared      bool // with another organisation
	Value       string
}

// whoSees says of a channel who in it will see the number and the PIN; the
// sentence is still open.
func (d EyesData) whoSees() *prose {
	p := new(prose).in(d.Channel, d.ChannelName)
	switch {
	case d.Shared:
		return p.say(" is shared with another organisation. People there will see the number and the PIN")
	case d.Guests > 0:
		p.say(" has " + people(d.Members) + ", " + plural(d.Guests, "of them a guest", "of them guests"))
	default:
		p.say(" has " + people(d.Members))
	}
	return p.say(". All of them will see the number and the PIN")
}

// ManyEyes is W13.
func ManyEyes(d EyesData) Message {
	return d.whoSees().say(" of ").name(d.Conference.Name).say(".").both("", " Post it?").message(d.below(
		button(PostAnyway, "Post it", d.Value), button(PostNot, "Don't post", d.Value)))
}

// InviteMe is W14 for a private channel, whose name Slack often keeps from
// those who are not in it. Its id is the button's value.
func InviteMe(l Line, channel, channelName string) Message {
	return say("I'm not in ").in(channel, channelName).say(", and it's private, so I can't post there. Send ").
		code("/invite @confbot").say(" in that channel, then try again.").
		message(l.below(button(TryAgain, "Try again", channel)))
}

// PassOn is W14 for somebody else's direct messages.
func PassOn(l Line, a Access) Message {
	return say("I can't post here. Here is what to pass on: ").name(l.Conference.Name).say(": ").accessAfter(a).
		heard(a.spelledPIN()).message(l.below(button(InviteSend, "Send me the invitation", "")))
}

// NotDoneData is a wish that a restart swallowed.
type NotDoneData struct {
	Wish  string    // "mute caller 7, Alice Chen, in Weekly sync": may hold foreign names
	Asked time.Time // when it was asked
	Zone  *time.Location
	Begun bool // Audian may have been asked for it before the restart
	Done  bool // and did it
}

// NotDone is W31 after a restart, by direct message.
func NotDone(d NotDoneData) Message {
	asked := ". You asked at " + clock(d.Asked, d.Zone) + ". "
	switch {
	case d.Done:
		return say("I restarted before I could tell you what came of this: ").foreignLong(d.Wish, 300).say(asked + "It was done.").message()
	case d.Begun:
		return say("I restarted while I was to ").foreignLong(d.Wish, 300).
			say(asked + "I can't tell whether it was done. Look before you ask again.").message()
	}
	return say("I restarted before I could ").foreignLong(d.Wish, 300).
		say(asked + "It was not done. Ask again if you still want it.").message()
}

// ListMessage is a list of callers as a message: for places where neither a card
// nor a form can be.
func ListMessage(d ListData) Message {
	p := new(prose).name(d.Conference.Name).say(": ").add(d.counts()).say(".")
	b := []slack.Block{p.block()}
	var spoken string
	st := rowStyle{reader: d.Reader.User, zone: d.Reader.Zone, twins: d.twins()}
	rows := d.pick()
	if len(rows) == 0 {
		return new(prose).name(d.Conference.Name).say(": nobody is on the line.").message(d.below(button(ListOpen, "Private list", "")))
	}
	for _, c := range rows[:min(len(rows), MaxRows)] {
		b = append(b, d.describe(c, st))
		spoken += " " + d.spoken(c, st)
	}
	return Message{Text: fitted(p.words(), spoken, ""), Blocks: append(b, d.below(button(ListOpen, "Private list", "")))}
}
