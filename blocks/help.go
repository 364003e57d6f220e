package blocks

import (
	"slices"
	"strings"

	"github.com/slack-go/slack"
)

// HelpRow is one command, as the command table has it.
type HelpRow struct {
	Name     string   // "mute"
	Usage    string   // "mute [CONF] WHO"
	Summary  string   // "Mutes a caller", without a full stop
	Group    string   // one of the Group constants
	Examples []string // without the slash command's own name: "mute 7"
	Aliases  []string
	Hidden   bool // not in the overview
}

// Groups of the overview, in its order.
const (
	GroupSetUp   = "Set up"
	GroupDialIn  = "Dial in"
	GroupLine    = "On the line"
	GroupChannel = "In a channel"
	GroupBack    = "Look back"
)

// Groups returns the groups in the order of the overview.
func Groups() []string {
	return []string{GroupSetUp, GroupDialIn, GroupLine, GroupChannel, GroupBack}
}

// Help is W40, generated from the command table: the first example of each
// row, by group.
func Help(command string, rows []HelpRow) Message {
	blocks := []slack.Block{section("confbot runs phone conferences from Slack.")}
	heard := []string{"confbot runs phone conferences from Slack. Type " + command + " create and a name"}
	var lines []string
	for _, g := range Groups() {
		var examples []string
		for _, r := range rows {
			if r.Group == g && !r.Hidden && len(r.Examples) > 0 {
				examples = append(examples, "`"+escapeOurs(command+" "+r.Examples[0])+"`")
			}
		}
		if len(examples) > 0 {
			lines = append(lines, "*"+g+"* "+strings.Join(examples, " · "))
		}
	}
	for _, verb := range []string{"pin", "people", "mute", "announce"} {
		if slices.ContainsFunc(rows, func(r HelpRow) bool { return r.Name == verb }) {
			word := command + " " + verb
			if verb == "mute" {
				word += " and a caller's number"
			}
			heard = append(heard, word)
		}
	}
	if len(lines) > 0 {
		blocks = append(blocks, section(strings.Join(lines, "\n")))
	}
	blocks = append(blocks,
		section("Names need no quotes. 7 is the caller's number in the list. In a thread, write `@confbot mute 7`; "+
			"for that, `/invite @confbot` first. More on one command: `"+command+" help mute`."),
		actions("help", primary(button(CreateOpen, "New conference", "")), button(ConferencesList, "All conferences", "")))
	return Message{Title: "Help", Text: escapeOurs(list(heard, "or") + ". More: " + command + " help and a command."), Blocks: blocks}
}

// HelpOn explains one command.
func HelpOn(command string, r HelpRow) Message {
	p := new(prose).code(command+" "+r.Usage).both("\n", ": ").say(r.Summary + ".")
	for i, e := range r.Examples {
		if i == 0 {
			p.both("\nFor example:\n", " For example: ")
		} else {
			p.both("\n", "; ")
		}
		p.code(command + " " + e)
	}
	if len(r.Examples) > 0 {
		p.heard(".")
	}
	if len(r.Aliases) > 0 {
		p.both("\nAlso: ", " Also: ")
		for i, a := range r.Aliases {
			if i > 0 {
				p.say(", ")
			}
			p.code(command + " " + a)
		}
		p.heard(".")
	}
	m := p.message(actions("help", button(HelpOpen, "All commands", "")))
	m.Title = "Help"
	return m
}
