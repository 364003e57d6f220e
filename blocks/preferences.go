package blocks

import (
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"confbot/conference"
)

// PreferencesData is what one person chose for themselves.
type PreferencesData struct {
	Words   bool // tell me in words after each button
	Waiting bool // tell me when people wait and no moderator is on
	Minutes int  // how long before a run to remind
	Lines   []conference.Number
	Meta    Meta
}

// Values of the preferences' checkboxes.
const (
	PreferWords   = "words"
	PreferWaiting = "waiting"
)

// maxLines is how many boxes Slack takes in one group.
// Source: https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element
const maxLines = 10

// LineKey is the value of a number's box: its digits stay out of the form.
func LineKey(n conference.Number) string { return digest(conference.ParticipantID(n.Digits())) }

// UntickedLines are the keys of those lines that a sent form showed and that
// have lost their tick. What it did not show stays as it is.
func UntickedLines(m Meta, ticked []string) (keys []string) {
	for _, key := range strings.Fields(m.Item) {
		if !slices.Contains(ticked, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// Preferences is the form behind App Home's button.
func Preferences(d PreferencesData) View {
	minutes := []Choice{{"5", "5 minutes before"}, {"10", "10 minutes before"}, {"15", "15 minutes before"}}
	chosen := strconv.Itoa(d.Minutes)
	if d.Minutes == 0 {
		chosen = "5"
	}
	b := []slack.Block{
		optional(input(InOptions, "Tell me", "", ticks(InOptions, []Choice{
			{PreferWords, "Tell me in words after each button"},
			{PreferWaiting, "When people wait and no moderator is on"},
		}, onWhere(PreferWords, d.Words), onWhere(PreferWaiting, d.Waiting)))),
		input(InMinutes, "Remind me", "", chooser(InMinutes, chosen, minutes)),
	}
	var lines []Choice
	var keys []string
	for _, n := range d.Lines[:min(len(d.Lines), maxLines)] {
		keys = append(keys, LineKey(n))
		lines = append(lines, Choice{LineKey(n), "Number ending " + n.Ends()})
	}
	if len(lines) > 0 {
		b = append(b, optional(input(InLines, "My lines", "Untick one that isn't yours.", ticks(InLines, lines, keys...))))
	} else {
		b = append(b, context("I don't know your line yet. Press *This is me* beside it in the list."))
	}
	d.Meta.Item = strings.Join(keys, " ")
	return View{
		Kind: Modal, CallbackID: FormPreferences, Title: "Preferences", Submit: "Save", Close: "Cancel",
		Meta: EncodeMeta(d.Meta), Blocks: b,
	}
}
