package blocks

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"confbot/conference"
)

// BulkData is what became of something asked for several callers at once.
type BulkData struct {
	Line
	Action     conference.Action // Mute, Unmute, Kick, …
	Unknown    bool              // only unknown numbers were meant
	Count      int               // how many are in the wanted state now
	You        bool              // the person's own line was left alone
	Moderators int               // how many moderators were left alone
	RolesKnown bool              // it is known who moderates
	Unsure     []int             // caller numbers that did not confirm
	Failed     []int             // caller numbers for which Audian refused
	Untried    int               // how many were not asked for, because Audian stopped answering
	Newcomers  bool              // newcomers are muted already
}

// Bulk is W5: how many, who was left alone, who did not confirm.
func Bulk(d BulkData) Message {
	p := new(prose)
	if d.Count == 0 && len(d.Unsure)+len(d.Failed)+d.Untried == 0 {
		p.say(nobodyLeft(d))
	} else {
		p.say(bulkVerb(d.Action) + " " + people(d.Count) + ".")
	}
	if d.Action == conference.Mute || d.Action == conference.Kick {
		if alone := d.alone(); alone != "" {
			p.say(" Left alone: " + alone + ".")
		}
		if !d.RolesKnown && d.Action == conference.Mute && !d.Unknown {
			p.say(" I can't tell who else moderates.")
		}
	}
	p.say(numbered(d.Unsure, "didn't confirm")).say(numbered(d.Failed, "couldn't be changed"))
	if d.Untried > 0 {
		p.say(" Audian stopped answering, so I left " + people(d.Untried) + " as they were. Try again in a minute.")
	}
	if d.Action != conference.Mute {
		return p.message()
	}
	return p.message(d.below(
		when(!d.Newcomers, button(PanelNewcomers, "Mute newcomers too", "")),
		when(d.Count > 0, button(PanelUnmuteOthers, "Unmute others", ""))))
}

func nobodyLeft(d BulkData) string {
	switch {
	case d.Action == conference.Unmute:
		return "There was nobody to unmute: I unmute only those whom confbot muted in this run."
	case d.Unknown:
		return "There was nobody to mute: every number on the line has a name, or is muted already."
	}
	return "There was nobody else to " + asked(d.Action) + "."
}

func (d BulkData) alone() string {
	var who []string
	if d.You {
		who = append(who, "you")
	}
	if d.Moderators > 0 {
		who = append(who, plural(d.Moderators, "moderator", "moderators"))
	}
	return list(who, "and")
}

func bulkVerb(a conference.Action) string {
	switch a {
	case conference.Mute:
		return "Muted"
	case conference.Unmute:
		return "Unmuted"
	case conference.Deaf:
		return "Deafened"
	case conference.Undeaf:
		return "Undeafened"
	case conference.Kick:
		return "Removed"
	}
	return "Changed"
}

// numbered names callers by number: " Caller 12 didn't confirm."
func numbered(nos []int, what string) string {
	switch {
	case len(nos) == 0:
		return ""
	case len(nos) == 1:
		return fmt.Sprintf(" Caller %d %s.", nos[0], what)
	case len(nos) > 10:
		return " " + people(len(nos)) + " " + what + "."
	}
	words := make([]string, len(nos))
	for i, n := range nos {
		words[i] = strconv.Itoa(n)
	}
	return " Callers " + list(words, "and") + " " + what + "."
}

// Progress is shown while something goes on for many callers, at most four
// times: "Muting, 12 of 37."
func Progress(a conference.Action, done, of int) Message {
	verb := map[conference.Action]string{
		conference.Mute: "Muting", conference.Unmute: "Unmuting", conference.Deaf: "Deafening",
		conference.Undeaf: "Undeafening", conference.Kick: "Hanging up",
	}[a]
	if verb == "" {
		verb = "Working"
	}
	if done == 0 {
		return say(verb + " " + people(of) + ".").message()
	}
	return say(fmt.Sprintf("%s, %s of %s.", verb, thousands(done), thousands(of))).message()
}

// Newcomers says that newcomers are muted from now on, or no longer.
func Newcomers(l Line, on bool) Message {
	if !on {
		return say("Newcomers are no longer muted when they join.").message()
	}
	return say("Newcomers are muted when they join, until this run ends. They can unmute themselves with star 1.").
		message(l.below(button(PanelNewcomers, "Stop muting newcomers", "")))
}

// Ended is what the person sees who ended a conference for everyone; what all
// see is Noted.
func Ended(l Line, people int, unsure []int) Message {
	p := say("Hung up on ").say(plural(people, "person", "people")).say(" in ").name(l.Conference.Name).say(".")
	p.say(numbered(unsure, "may still be on the line"))
	return p.message()
}

// FullNumber shows a caller's whole number to a moderator, privately.
func FullNumber(w Who, n conference.Number) Message {
	p := new(prose).caller(w, true).say(": ")
	return p.code(DialIn{Number: n.Full()}.pretty()).say(".").message()
}

// ThisIsMe confirms that a line is the reader's.
func ThisIsMe(w Who) Message {
	return say(fmt.Sprintf("Caller %d is your line. ", w.No)).say("I leave it alone when you mute others.").message()
}

// AskThisIsMe is a second claim on one line.
func AskThisIsMe(w Who, other string, element ...slack.BlockElement) Message {
	return say(fmt.Sprintf("Caller %d is already ", w.No)).foreign(strings.TrimSpace(other)).
		say("'s line. If it is yours, ask them, or choose your own line.").message(actions("", element...))
}
