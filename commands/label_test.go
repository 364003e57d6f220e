package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
)

func TestLabelsNeverSayWhatOnlyWeMaySay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	for _, name := range []string{"The moderator", "ADMIN", "you", "m0derator", "Ana (host)", "Mоderator" /* Cyrillic */} {
		wantText(t, w.types(bo, teamCh, "label 3 "+name), "A label can't say moderator, admin or you")
		m := blocks.Meta{Conference: weekly, Caller: value(keys[2])}
		if answer, _ := w.sends(bo, blocks.FormLabel, m, field(blocks.InText, name)); answer.Errors[blocks.InText] == "" {
			t.Errorf("the form takes %q", name)
		}
	}
	if answer, _ := w.sends(bo, blocks.FormLabel, blocks.Meta{Conference: weekly}, State{}); answer.Errors[blocks.InText] == "" {
		t.Error("the form takes nothing at all")
	}
	if deeds := w.deeds(); len(deeds) > 0 {
		t.Errorf("written down: %v", deeds)
	}
	wantText(t, w.types(bo, teamCh, "label 3 "+strings.Repeat("x", 200)), "at most 128")
	wantText(t, w.types(bo, teamCh, "label 3"), "label")
	wantText(t, w.types(bo, teamCh, "label 3 <@"+robot+">"), "Audian doesn't take that", "Nothing was changed")
}

func TestANumberIsNamedForGoodAndAMemberMaySayItIsNotTheirs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	wantText(t, w.types(bo, teamCh, "label 4821 Front desk"), "The number ending 4821 is now called Front desk.")
	wantText(t, w.types(bo, teamCh, "mute front"), "Front desk", "is muted")

	r := w.presses(bo, teamCh, blocks.ParticipantName, block(weekly), value(keys[2]))
	wantForm(t, r, blocks.FormLabel, "Front desk")
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	_, r = w.sends(bo, blocks.FormLabel, m, field(blocks.InMember, mia))
	if d := cmp.Diff([]string{mia + ": Bo says the number ending 4821 is yours."}, directs(r)); d != "" {
		t.Errorf("told (-want +got)\n%s", d)
	}
	if r.Channel != teamCh {
		t.Errorf("answered in %q", r.Channel)
	}
	asked := Reply{Private: &r.Direct[0].Message}
	digits := buttonValue(t, asked, blocks.LabelNotMine, 0)
	wantText(t, w.presses(ana, "DANA", blocks.LabelNotMine, "", digits), "isn't shown as yours")
	wantText(t, w.presses(mia, "DMIA", blocks.LabelNotMine, "", digits), "The number ending 4821 is no longer shown as yours.")
	wantText(t, w.presses(mia, "DMIA", blocks.LabelNotMine, "", digits), "isn't shown as yours")
	for _, value := range []string{"", "x", "48 21", "anonymous", "+1"} {
		wantText(t, w.presses(mia, "DMIA", blocks.LabelNotMine, "", value), "out of date")
	}
	if labels, _ := w.store.Labels(t.Context(), digits); len(labels) > 0 {
		t.Error("the label is still there")
	}
}

func TestTheWholeNumberIsForModeratorsAndWrittenDown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.types(mia, teamCh, "people private")
	wantText(t, w.presses(mia, teamCh, blocks.ParticipantNumber, block(weekly), value(keys[2])), "Only moderators")
	wantText(t, w.presses(mia, teamCh, blocks.ListRowMenu, block(weekly), "f"+value(keys[2])), "Only moderators")
	w.showsPN = true
	wantText(t, w.presses(bo, teamCh, blocks.ListRowMenu, block(weekly), "f"+value(keys[2])), "555 4821")
	w.showsPN = false
	if d := cmp.Diff([]string{mia + " participant.number: denied", mia + " participant.number: denied", bo + " participant.number caller 3, ends 4821: done"}, w.deeds()); d != "" {
		t.Errorf("audit (-want +got)\n%s", d)
	}
}
