package blocks

import (
	"fmt"
	"strings"

	"github.com/slack-go/slack"
)

// accessLines is how to get in, as mrkdwn: number lines that dial when
// tapped, the conference number of a shared line, the PIN.
func (d CardData) accessLines() string {
	var lines []string
	for i, n := range d.DialIn {
		if i == cardNumbers && !d.MoreNumbers {
			break
		}
		line := fmt.Sprintf("<%s|Call %s>", d.tel(n), escapeOurs(n.pretty()))
		if c := n.country(); c != "" {
			line += " (" + escape(c) + ")"
		}
		lines = append(lines, line)
	}
	if len(lines) == 0 {
		lines = append(lines, "No phone number is set yet.")
	}
	return strings.Join(append(lines, d.pinLines()), "\n")
}

// pinLines is what is typed once somebody answers.
func (d CardData) pinLines() string {
	var lines []string
	if n := digitsOf(d.ConferenceNumber); n != "" {
		lines = append(lines, "Conference number `"+n+"`, then #")
	}
	switch {
	case d.PINComing:
		lines = append(lines, "The PIN is coming: Audian isn't answering right now. I'll put it here and reply in this thread.")
	case d.Open:
		lines = append(lines, "No PIN: anybody who knows the number can join.")
	default:
		lines = append(lines, "PIN `"+digitsOf(d.PIN.Digits())+"`, then #")
	}
	return strings.Join(lines, "\n")
}

// accessWords is the same for the ear.
func (d CardData) accessWords() string {
	a := d.Access
	switch {
	case d.PINComing:
		return " The PIN is coming; I'll reply in this thread when I have it."
	case d.QuietPIN && !a.Open:
		s := " The PIN: type " + d.Command + " pin."
		if len(a.DialIn) > 0 {
			s = " Call " + a.DialIn[0].pretty() + "." + s
		}
		return escapeOurs(s)
	}
	return " " + new(prose).access(a).words() + escapeOurs(a.others()+a.spelledPIN())
}

// buttons is the card's row of buttons, by the life it is in.
func (d CardData) buttons(state cardState) slack.Block {
	menu := slack.NewOverflowBlockElement(CardMenu,
		option("Send me the invitation", menuValue(CardMenu, InviteSend, "")),
		option("Announcements", menuValue(CardMenu, Announcements, "")),
		option("Edit", menuValue(CardMenu, EditOpen, "")),
		option("Something is wrong", menuValue(CardMenu, CardWrong, "")))
	if len(d.DialIn) > cardNumbers {
		menu.Options = append(menu.Options, option("More numbers", menuValue(CardMenu, CardNumbers, "")))
	}
	title := name(d.Conference.Name, RowName)
	return actions(d.bar(partCard),
		when(state != cardEnded, labelled(button(CardWho, "Who's on", ""), "Who's on "+title)),
		labelled(button(CardRemind, "Remind me", ""), "Remind me of "+title),
		menu)
}

// footer is the small print.
func (d CardData) footer(state cardState) string {
	var parts []string
	switch {
	case state == cardEnded && !d.Next.IsZero():
		parts = append(parts, "The number and PIN come with the next post. In a hurry? Type `"+d.Command+" pin` and the name.")
	case len(d.DialIn) > 0 && !d.PINComing:
		parts = append(parts, "One tap from a phone: `"+d.oneTap()+"`")
	}
	var rule string
	switch {
	case d.Every != "" && d.By != "":
		rule = escapeOurs(d.Every) + ", set up by <@" + d.By + ">."
	case d.Every != "":
		rule = escapeOurs(d.Every) + "."
	case d.By != "":
		rule = "Set up by <@" + d.By + ">."
	}
	if rule != "" {
		parts = append(parts, rule)
	}
	if d.PINUnsure {
		parts = append(parts, notChecked)
	}
	if d.Late > 0 {
		parts = append(parts, "Posted "+lasting(d.Late)+" late; I was away.")
	}
	s := strings.Join(parts, "  |  ")
	if d.Mention {
		s = strings.TrimPrefix(s+"  |  <!here>", "  |  ")
	}
	return s
}

// OldCard is what remains of a card when a newer one took its place.
func OldCard(conferenceName, link string) Message {
	text := escape(name(conferenceName, CardName)) + ": there is a newer post in this channel."
	if link != "" {
		text = escape(name(conferenceName, CardName)) + ": <" + link + "|the current post>"
	}
	return Message{Text: text, Blocks: []slack.Block{context(text)}}
}
