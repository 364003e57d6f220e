package blocks

import (
	"fmt"

	"github.com/slack-go/slack"
)

// Forms that do harm. They are filled fresh, since the text of a dialog is
// frozen when it is drawn, and each has a box to tick.

// ChangePINData is what a change of PIN will bring about.
type ChangePINData struct {
	Line
	Meta    Meta
	Posts   int    // cards that show the old PIN
	Told    int    // people who were reminded with it for this run
	On      int    // people on the line, who stay on it
	PIN     string // what was typed, when the form is drawn again
	Ticked  bool   // and that they were sure
	Problem string
}

// ChangePIN is the form behind every "Change PIN…".
func ChangePIN(d ChangePINData) View {
	p := say("The old PIN of ").name(d.Conference.Name).say(" stops working at once. ")
	switch {
	case d.Posts > 0 && d.Told > 0:
		p.say("I correct " + plural(d.Posts, "post", "posts") + " and message " + people(d.Told) + " who have the old one. ")
	case d.Posts > 0:
		p.say("I correct " + plural(d.Posts, "post", "posts") + ". ")
	case d.Told > 0:
		p.say("I message " + people(d.Told) + " who have the old one. ")
	}
	p.say("Calendar invitations you have to change yourself.")
	if d.On > 0 {
		p.say(" Who is on the line stays on.")
	}
	return View{
		Kind: Modal, CallbackID: FormChangePIN, Title: "Change the PIN", Submit: "Change PIN", Close: "Cancel",
		Meta: EncodeMeta(d.Meta),
		Blocks: present([]slack.Block{
			problemLine(d.Problem), p.block(),
			optional(input(InPIN, "New PIN for people", "4 to 16 digits. Leave it empty and I make one.", textField(InPIN, d.PIN, 16))),
			sure("Yes, change the PIN", onWhere(Sure, d.Ticked)),
		}),
	}
}

// EndForm is W18. On is how many are on the line, read for this form.
func EndForm(l Line, on int, m Meta) View {
	p := say("This hangs up on ").bold(everyone(on)).say(" in ").name(l.Conference.Name).
		say(", you included. They can dial in again unless you also change the PIN.")
	return View{
		Kind: Modal, CallbackID: FormEnd, Title: "End for everyone", Submit: "End it", Close: "Cancel", Meta: EncodeMeta(m),
		Blocks: []slack.Block{p.block(), sure("Yes, hang up on everyone")},
	}
}

// KickAllForm asks before everybody else is removed. Others is how many.
func KickAllForm(l Line, others int, m Meta) View {
	p := say("This hangs up on ").bold(everyone(others)).say(" in ").name(l.Conference.Name).
		say(". They can dial in again unless you also change the PIN.")
	return View{
		Kind: Modal, CallbackID: FormKickAll, Title: "Kick everyone", Submit: "Kick everyone", Close: "Cancel", Meta: EncodeMeta(m),
		Blocks: []slack.Block{p.block(), sure("Yes, hang up on everyone")},
	}
}

func everyone(n int) string {
	if n == 1 {
		return "1 person"
	}
	return "all " + people(n)
}

// DeleteData is what goes with a conference that is deleted.
type DeleteData struct {
	Line
	Meta          Meta
	On            int      // people on the line
	Announcements int      // that end with it
	Links         []string // Slack channels that are linked to it
	KeepDays      int      // how long attendance and audit stay
}

// DeleteForm is W19.
func DeleteForm(d DeleteData) View {
	p := say("This deletes ").name(d.Conference.Name)
	what := make([]func(), 0, 2)
	switch n := d.Announcements; {
	case n == 1:
		what = append(what, func() { p.say("its announcement") })
	case n > 1:
		what = append(what, func() { p.say(fmt.Sprintf("its %d announcements", n)) })
	}
	switch n := len(d.Links); {
	case n == 1:
		what = append(what, func() { p.say("its link to ").channel(d.Links[0]) })
	case n > 1:
		what = append(what, func() { p.say(fmt.Sprintf("its links to %d channels", n)) })
	}
	for i, add := range what {
		if i == len(what)-1 {
			p.say(" and ")
		} else {
			p.say(", ")
		}
		add()
	}
	p.say(".")
	if d.KeepDays > 0 {
		p.say(" Who was on and who did what stay for " + plural(d.KeepDays, "day", "days") + ".")
	}
	p.say(" It can't be undone.")
	b := []slack.Block{p.block()}
	if d.On > 0 {
		verb := " are"
		if d.On == 1 {
			verb = " is"
		}
		b = append(b, section(":warning: "+people(d.On)+verb+" on the line. Deleting may not hang up on them."),
			d.below(button(PanelEnd, "End it first", "")))
	}
	return View{
		Kind: Modal, CallbackID: FormDelete, Title: "Delete a conference", Submit: "Delete", Close: "Cancel",
		Meta: EncodeMeta(d.Meta), Blocks: append(b, sure("Yes, delete it")),
	}
}

// Deleted says what went.
func Deleted(conferenceName string) Message {
	return new(prose).name(conferenceName).say(" is deleted.").message()
}
