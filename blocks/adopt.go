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
