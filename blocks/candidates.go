package blocks

import (
	"fmt"

	"github.com/slack-go/slack"

	"confbot/live"
)

// maxCandidates is how many buttons an ambiguity is answered with.
const maxCandidates = 5

// CandidatesData is a name that was not certain.
type CandidatesData struct {
	Typed   string   // what was typed; "" where nothing was (W10)
	Choices []Choice // Value: a PickValue; Text: the conference's name
	Action  string   // action id of the buttons; "" is ConferencePick
	Linked  bool     // this place could be linked: a channel, not a direct message
	Command string
}

// WhichOne is W9, several conferences that match, and W10, none named.
func WhichOne(d CandidatesData) Message {
	var p *prose
	switch {
	case d.Typed != "":
		p = say(spelled(len(d.Choices))+" conferences match ").quote(d.Typed).both(". Which one?", ": ")
		p.text.WriteString(choiceNames(d.Choices) + ".")
	case len(d.Choices) == 0:
		p = say("Which conference? Type its name after the command.")
	case d.Linked:
		p = say("Which conference? This channel isn't linked to one.").heard(" Type its name after the command.")
	default:
		p = say("Which conference?").heard(" Type its name after the command.")
	}
	all := button(ConferencesList, "All conferences", "")
	if d.Typed != "" {
		all = button(ConferencesList, "Show all", cut(clean(d.Typed), 100))
	}
	show := d.Typed == "" || len(d.Choices) > maxCandidates
	return p.message(append(candidateButtons(d.action(), d.Choices), actions("which.all", when(show, all)))...)
}

func (d CandidatesData) action() string {
	if d.Action == "" {
		return ConferencePick
	}
	return d.Action
}

// candidateButtons draws each candidate in a block of its own, since one
// block takes an action id only once.
func candidateButtons(action string, choices []Choice) []slack.Block {
	var b []slack.Block
	for i, c := range choices[:min(len(choices), maxCandidates)] {
		words := name(c.Text, MaxButtonWords)
		if words == "" {
			continue
		}
		b = append(b, actions(fmt.Sprintf("which.%d", i), button(action, words, c.Value)))
	}
	return b
}

func choiceNames(choices []Choice) string {
	var s string
	for i, c := range choices[:min(len(choices), maxCandidates)] {
		if i > 0 {
			s += ", "
		}
		s += escape(name(c.Text, CardName))
	}
	if more := len(choices) - maxCandidates; more > 0 {
		s += fmt.Sprintf(" and %d more", more)
	}
	return s
}

// NoConference is W22: nothing is called that, and what comes near.
func NoConference(d CandidatesData) Message {
	p := say("There's no conference called ").quote(d.Typed).say(".")
	if len(d.Choices) > 0 {
		p.say(" Did you mean ")
		for i, c := range d.Choices[:min(len(d.Choices), maxCandidates)] {
			if i > 0 {
				p.say(" or ")
			}
			p.name(c.Text)
		}
		p.say("?")
	}
	if d.Command != "" {
		p.heard(" Type " + d.Command + " list for all of them.")
	}
	return p.message(append(candidateButtons(d.action(), d.Choices),
		actions("which.all", button(ConferencesList, "All conferences", "")))...)
}

// NobodyMatches is W22 for a caller.
func NobodyMatches(l Line, typed string) Message {
	return say("Nobody on the line matches ").quote(typed).say(".").
		message(l.below(button(ListOpen, "Show who's on", "")))
}

// WhichCaller offers the callers that match what was typed.
func WhichCaller(l Line, typed, command string, callers []live.Caller) Message {
	p := say(spelled(len(callers))+" callers match ").quote(typed).both(". Which one?", ": ")
	var b []slack.Block
	for i, c := range callers {
		w := l.Who(c)
		if i > 0 && i < maxCandidates {
			p.heard(", ")
		}
		if i < maxCandidates {
			p.text.WriteString(escape(w.short() + ", " + w.number()))
			ref := BlockRef{Part: partItem, Key: command + "." + fmt.Sprint(c.No), Conference: l.Conference.ID, Revision: l.Revision}
			b = append(b, actions(ref.ID(), labelled(button(CallerPick, name(w.short(), MaxButtonWords), CallerValue(c.Key())), w.short())))
		}
	}
	if more := len(callers) - maxCandidates; more > 0 {
		p.heard(fmt.Sprintf(" and %d more", more))
	}
	p.heard(".")
	return p.message(append(b, actions(l.bar("all"), button(ListOpen, "Show who's on", "")))...)
}

// UnknownCommand is W22 for a word that is no command. Near is the nearest.
func UnknownCommand(command, typed, near string) Message {
	p := say("I don't know ").code(command + " " + name(typed, RowName)).say(".")
	if near != "" {
		p.say(" Did you mean ").code(command + " " + near).say("?")
	}
	return p.say(" Nothing was done.").message(actions("", button(HelpOpen, "Help", near)))
}

// Misused says how a command is typed.
func Misused(command string, row HelpRow) Message {
	p := say(row.Summary + ". Type ").code(command + " " + row.Usage).say(".")
	for i, e := range row.Examples {
		if i == 0 {
			p.say(" For example ")
		} else {
			p.say(" or ")
		}
		p.code(command + " " + e)
	}
	if len(row.Examples) > 0 {
		p.say(".")
	}
	return p.message(actions("", button(HelpOpen, "Help", row.Name)))
}

// NoConferences is W32.
func NoConferences(command string) Message {
	return say("No conferences yet. ").both("Make the first one; all it takes is a name.", "Type "+command+" create and a name.").
		message(actions("", primary(button(CreateOpen, "New conference", ""))))
}
