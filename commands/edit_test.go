package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
)

func TestEditChangesOnlyWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(bo, teamCh, "edit Weekly sync max=50 entry=on")
	wantText(t, r, "up to 50 people", "a tone when somebody joins", "from now on")
	c, err := w.audian.ByID(t.Context(), weekly)
	w.must(err)
	if c.MaxMembers != 50 || conference.FirstPIN(c.MemberPINs).Digits() != "482913" || conference.FirstPIN(c.ModeratorPINs).Digits() != "771204" {
		t.Errorf("it is now %+v", c)
	}
	if d := cmp.Diff([]string{bo + " edit: done"}, w.deeds()); d != "" {
		t.Error(d)
	}
	if row := w.audit()[0]; row.Detail != "max entry" {
		t.Errorf("detail %q", row.Detail)
	}
	wantText(t, w.types(bo, teamCh, "edit Weekly sync max=50"), "Nothing was changed.")
	if got := w.deeds(); len(got) != 1 {
		t.Errorf("a change of nothing is written down: %v", got)
	}
}

func TestTheEditFormStartsAsThingsAreAndClaimsNoChangeItDidNotMake(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.audian.all[0].Numbers = []string{"7001"}
	w.audian.all[0].MaxMembers = 20
	r := w.types(bo, teamCh, "edit Weekly sync")
	wantForm(t, r, blocks.FormEdit, "Weekly sync", `"20"`, `"7001"`)
	for _, pin := range []string{"482913", "771204"} {
		if strings.Contains(formText(r), pin) {
			t.Error("the form shows a PIN")
		}
	}
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	same := field(blocks.InName, "Weekly sync", blocks.InMax, "20", blocks.InNumber, "7001")
	_, r = w.sends(bo, blocks.FormEdit, m, same)
	wantForm(t, r, blocks.FormText, "Nothing was changed.")
	if got := append(w.deeds(), w.audian.done()...); len(got) > 0 {
		t.Errorf("it did %v", got)
	}
	_, r = w.sends(bo, blocks.FormEdit, m, field(blocks.InName, "Daily", blocks.InMax, "20", blocks.InVisible, blocks.VisiblePrivate))
	wantForm(t, r, blocks.FormText, "its new name", "private")
	kept, _, err := w.store.Kept(t.Context(), weekly)
	w.must(err)
	if !kept.Private || kept.PrivateChannel != teamCh || kept.Creator != ana {
		t.Errorf("kept %+v", kept)
	}
	_, r = w.sends(bo, blocks.FormEdit, m, field(blocks.InName, "Week review", blocks.InMax, "33"))
	wantForm(t, r, blocks.FormEdit, "That name is taken.", `"33"`)
	_, r = w.sends(mia, blocks.FormEdit, m, same)
	if strings.Contains(text(r)+formText(r), "Nothing was changed") || r.View != nil {
		t.Errorf("a member may edit: %s", text(r)+formText(r))
	}
}

func TestAnEditCanBeTakenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	yes := true
	w.audian.all[0].MaxMembers, w.audian.all[0].EntryTone = 20, &yes
	before := w.audian.all[0]
	r := w.types(bo, other, "edit Weekly sync max=50 name=Daily entry=off profile=webinar exit=on")
	undo := buttonValue(t, r, blocks.EditUndo, 0)
	wantText(t, w.pressesOwn(mia, other, blocks.EditUndo, "", undo), "Only moderators of Daily can change it.")
	r = w.pressesOwn(bo, other, blocks.EditUndo, "", undo)
	wantText(t, r, "its new name", "up to 20 people")
	after := w.audian.all[0]
	if after.Name != before.Name || after.MaxMembers != 20 || !is(after.EntryTone) || is(after.ExitTone) || after.Profile != "default" || !r.Over {
		t.Errorf("it is now %+v", after)
	}
	if r = w.types(bo, other, "edit Weekly sync pin=592814 max=9"); strings.Contains(asJSON(r.Private.Blocks), blocks.EditUndo) {
		t.Error("a button carries the old PIN, or takes only half of it back")
	}
	pick := blocks.PickValue(blocks.Pick{Command: "kick", Conference: weekly, Rest: `{"w":[{"t":"all"}]}`})
	wantText(t, w.pressesOwn(bo, other, blocks.EditUndo, "", pick), "out of date")
}

func TestASettingKeptHereAdoptsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(dev, other, "edit Layoffs dialin=+4930901800"), "Layoffs", "its own phone number")
	kept, _, err := w.store.Kept(t.Context(), old)
	w.must(err)
	if kept.DialIn != "+4930901800" || kept.LookedAfter() {
		t.Errorf("kept %+v", kept)
	}
	if deeds := w.deeds(); len(deeds) != 1 || deeds[0] != "UDEV edit: done" {
		t.Errorf("audit %v", deeds)
	}
	wantText(t, w.types(mia, other, "pin Layoffs"), "Only moderators of Layoffs can see its PIN.")
	w.types(dev, other, "moderators Layoffs add <@"+bo+">")
	if kept, _, _ := w.store.Kept(t.Context(), old); kept.AdoptedBy != dev || kept.DialIn != "+4930901800" {
		t.Errorf("once adopted: %+v", kept)
	}
	wantText(t, w.types(mia, other, "pin Layoffs"), "319075", "+49")
}
