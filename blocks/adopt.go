package blocks

import (
	"strconv"

	"github.com/slack-go/slack"
)

// AdoptData is the form that says who looks after conferences that were there
// before confbot.
type AdoptData struct {
	Rows []ConferenceRow // nobody looks after them
	Meta Meta
}

// maxAdopt is how many conferences one form asks about.
const maxAdopt = 40

// AdoptBlock is the block id of a conference's input in the adopt form, and
// ParseBlock reads it; its action id is InMember.
func AdoptBlock(r ConferenceRow) string {
	return BlockRef{Part: partItem, Key: "adopt", Conference: r.Conference.ID}.ID()
}

// Adopt asks for a moderator for each conference; leaving one empty leaves
// that conference alone. Rooms that belong to people's phones stand apart.
func Adopt(d AdoptData) View {
	b := []slack.Block{section("Choose who looks after a conference: they moderate it and everybody sees it. Leave a field empty to leave it alone.")}
	var phones []slack.Block
	for _, r := range d.Rows[:min(len(d.Rows), maxAdopt)] {
		e := slack.NewOptionsSelectBlockElement(slack.OptTypeUser, plain("Leave alone", MaxPlaceholder), InMember)
		in := optional(input(AdoptBlock(r), name(r.Conference.Name, CardName), "", e))
		if r.Conference.OwnerID != "" {
			phones = append(phones, in)
		} else {
			b = append(b, in)
		}
	}
	if len(phones) > 0 {
		b = append(append(b, section("These belong to people's phones. Better leave them.")), phones...)
	}
	if left := len(d.Rows) - maxAdopt; left > 0 {
		b = append(b, context(strconv.Itoa(left)+" more come when these are done."))
	}
	return View{
		Kind: Modal, CallbackID: FormAdopt, Title: "Who looks after it", Submit: "Save", Close: "Cancel",
		Meta: EncodeMeta(d.Meta), Blocks: b,
	}
}

// PreferencesData is what one person chose for themselves.
type PreferencesData struct {
	Words   bool // tell me in words after each button
	Waiting bool // tell me when people wait and no moderator is on
	Minutes int  // how long before a run to remind
	Lines   []string
	Meta    Meta
}

// Values of the preferences' checkboxes.
const (
	PreferWords   = "words"
	PreferWaiting = "waiting"
)

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
	if len(d.Lines) > 0 {
		b = append(b, context("My lines: numbers ending "+list(d.Lines, "and")+"."))
	} else {
		b = append(b, context("I don't know your line yet. Press *This is me* beside it in the list."))
	}
	return View{
		Kind: Modal, CallbackID: FormPreferences, Title: "Preferences", Submit: "Save", Close: "Cancel",
		Meta: EncodeMeta(d.Meta), Blocks: b,
	}
}
