package blocks

import (
	"fmt"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// TimeNotRead is W15. Typed is what was typed.
func TimeNotRead(typed string) Message {
	return say("I couldn't read ").quote(typed).say(". Try ").code("every monday at 9:30").say(", ").code("tomorrow 9:25").
		say(" or ").code("every weekday at 9:25 for 9:30").say(".").
		message(actions("", button(AnnounceOpen, "Use the form", "")))
}

// TimeNotReadField is the same at a field.
const TimeNotReadField = "I couldn't read that. Try “every monday at 9:30”, “tomorrow 9:25” or “every weekday at 9:25 for 9:30”."

// WhichPlace asks which place an abbreviation such as IST means. Choices: the
// value carries the zone and what was typed, the text is the place.
func WhichPlace(abbreviation string, choices []Choice) Message {
	p := new(prose).foreign(abbreviation).say(" can mean several places. Which one?")
	names := make([]string, 0, len(choices))
	for _, c := range choices {
		names = append(names, c.Text)
	}
	p.heard(" " + list(names, "or") + ".")
	return p.message(candidateButtons(AnnounceZonePick, choices)...)
}

// MissedData is what was not posted while confbot was away.
type MissedData struct {
	From, To time.Time
	Zone     *time.Location // the owner's
	Rows     []MissedRow
}

// MissedRow is one post that did not go out.
type MissedRow struct {
	Conference string
	At         time.Time
}

// Missed is W38d, one message for all of an owner's announcements.
func Missed(d MissedData) Message {
	p := say("I was away from " + clock(d.From, d.Zone) + " to " + clock(d.To, d.Zone) + ". Not posted: ")
	for i, r := range d.Rows[:min(len(d.Rows), 20)] {
		if i > 0 {
			p.say(", ")
		}
		p.name(r.Conference).say(" " + clock(r.At, d.Zone))
	}
	if more := len(d.Rows) - 20; more > 0 {
		p.say(fmt.Sprintf(" and %d more", more))
	}
	return p.say(".").message(actions("", button(AnnounceMissed, "Post now…", "")))
}

// Inherited is W38e: the owner left the workspace, or is a guest there now.
func Inherited(l Line, owner string, guest bool, count int) Message {
	p := new(prose).foreign(owner).say(" left the workspace, so ")
	if guest {
		p = new(prose).foreign(owner).say(" is a guest here now, so ")
	}
	if count == 1 {
		p.say("the announcement of ").name(l.Conference.Name).say(" is yours now.")
	} else {
		p.say("the announcements of ").name(l.Conference.Name).say(" are yours now.")
	}
	return p.message(l.below(button(Announcements, "Look at them", pack(itoa(0), ""))))
}

// PINHasCome is the reply in the thread of a card whose PIN came later.
func PINHasCome(a Access) Message {
	return say("The PIN is ").pin(a.PIN).say(", then #.").heard(a.spelledPIN()).message()
}

// SomethingWrong passes on what somebody pressed on a card.
func SomethingWrong(l Line, by string, channel, link string) Message {
	p := new(prose).user(by, l.Names).say(" says that something is wrong with the card of ").name(l.Conference.Name)
	if channel != "" {
		p.say(" in ").channel(channel)
	}
	p.say(". Look at its number, its PIN and its time.")
	var goTo slack.BlockElement
	if strings.HasPrefix(link, "https://") {
		b := button(LinkOpen, "Go to it", "")
		b.URL = link
		goTo = b
	}
	return p.message(l.below(goTo, button(EditOpen, "Edit", "")))
}

// WrongNoted says who was told.
func WrongNoted(to string) Message {
	if to == "" {
		return say("I told its moderators.").message()
	}
	return say("I told ").foreign(to).say(".").message()
}
