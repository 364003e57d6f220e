package bot

import (
	"slices"
	"strings"
	"time"
	"unicode"

	"confbot/commands"
)

// kind is the sort of interaction.
type kind string

const (
	kindCommand    kind = "command"
	kindMention    kind = "mention"
	kindClick      kind = "click"
	kindShortcut   kind = "shortcut"
	kindSubmission kind = "submission"
	kindQuery      kind = "query"
	kindClosed     kind = "closed"
	kindHome       kind = "home"
	kindChannel    kind = "channel" // what became of a channel
	kindIgnored    kind = "ignored" // nothing that we asked for
)

// arrival is one interaction as it came in: what it says, and what its answer
// may travel by.
type arrival struct {
	kind   kind
	origin commands.Origin
	key    string // equal for two deliveries of one interaction; "" for what may be repeated
	name   string // "/conf", the action id, the form: for the log before there is a plan

	request    commands.Request
	click      commands.Click
	submission commands.Submission
	query      commands.Query
	view       *commands.ViewRef // the form it happened in; nil in messages
	inHome     bool              // that form is the App Home tab

	channelName string // of origin.Channel; "" where Slack does not say
	pressed     string // what stands on the button, the menu's choice or the form
	responseURL string
	trigger     string
}

// setOrigin puts the origin into the value that a handler is given.
func (a *arrival) setOrigin(o commands.Origin) {
	a.origin = o
	a.request.Origin, a.click.Origin, a.submission.Origin, a.query.Origin = o, o, o, o
}

// inForm reports whether the person acted in a form.
func (a *arrival) inForm() bool { return a.view != nil && !a.inHome }

// triggerLeft is how long a form can still be opened.
func (a *arrival) triggerLeft() time.Duration {
	if a.trigger == "" {
		return 0
	}
	return ackWithin - time.Since(a.origin.At)
}

// wish says in words what somebody asked for, as what follows "before I
// could". It leaves out what may be a PIN or a phone number.
func (a *arrival) wish() string {
	switch {
	case a.kind == kindCommand || a.kind == kindMention:
		return "carry out “" + strings.TrimSpace(a.name+" "+harmless(a.request.Text)) + "”"
	case a.kind == kindSubmission && a.pressed != "":
		return "take up the form “" + a.pressed + "”"
	case a.pressed != "":
		return "do what “" + a.pressed + "” is for"
	}
	return "do what you asked for"
}

// harmless leaves out the words of a typed command that may be secret.
func harmless(text string) string {
	words := strings.Fields(text)
	words = slices.DeleteFunc(words, func(word string) bool {
		digits := 0
		for _, r := range word {
			if unicode.IsDigit(r) {
				digits++
			}
		}
		return digits > 3 || strings.ContainsAny(word, "=:")
	})
	return strings.Join(words[:min(len(words), 12)], " ")
}
