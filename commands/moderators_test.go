package commands

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
)

// directs is who is written to, with what.
func directs(r Reply) []string {
	var out []string
	for _, d := range r.Direct {
		out = append(out, d.User+": "+d.Message.Text)
	}
	slices.Sort(out)
	return out
}

func TestModeratorsAreAddedAndRemovedAndEverybodyConcernedIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(ana, other, "moderators Weekly sync add <@"+mia+"> and <@"+hana+"> <@"+robot+">")
	wantText(t, r, "Mia moderates Weekly sync.", "Hana is a guest, so they can't moderate.", "Robot is an app, so they can't moderate.")
	if d := cmp.Diff([]string{bo + ": Ana made Mia a moderator of Weekly sync.", mia + ": Ana made you a moderator of Weekly sync. You can mute and remove people and change it."}, directs(r)); d != "" {
		t.Errorf("told (-want +got)\n%s", d)
	}
	w.fill(weekly)
	wantText(t, w.types(mia, teamCh, "mute 3"), "is muted")

	r = w.types(bo, other, "moderators Weekly sync remove <@"+mia+"> <@"+ana+">")
	wantText(t, r, "Mia no longer moderates Weekly sync.", "Ana set it up and stays a moderator.")
	if !strings.Contains(asJSON(r.Private.Blocks), blocks.PINRotateMod) {
		t.Error("nobody asks about the moderator PIN")
	}
	if d := cmp.Diff([]string{ana + ": Bo took Mia off the moderators of Weekly sync."}, directs(r)); d != "" {
		t.Errorf("told (-want +got)\n%s", d)
	}
	wantText(t, w.types(mia, teamCh, "unmute 3"), "Only moderators of Weekly sync")
	wantText(t, w.types(mia, other, "moderators Weekly sync"), "is moderated by Ana and Bo")
	wantText(t, w.types(ana, other, "moderators Weekly sync add somebody"), "moderators CONF")

	w.audian.done()
	wantText(t, w.pressesOwn(bo, other, blocks.PINRotateMod, block(weekly), ""), "The moderator PIN for Weekly sync is changed.")
	wantText(t, w.pressesOwn(mia, other, blocks.PINRotateMod, block(weekly), ""), "Only moderators")
	want := []string{
		ana + " moderators.add " + mia + ": done", mia + " participant.mute caller 3, ends 4821: done", bo + " moderators.remove " + mia + ": done",
		mia + " unmute: denied", bo + " pin.rotate_moderator: done", mia + " moderator_pin.change: denied",
	}
	if d := cmp.Diff(want, w.deeds()); d != "" {
		t.Errorf("audit (-want +got)\n%s", d)
	}
}

func TestNamingAModeratorAdoptsAConference(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(kim, other, "moderators Layoffs add <@"+mia+">"), "Only admins can add moderators in Layoffs.", "Dev")
	wantText(t, w.types(dev, other, "moderators Layoffs add <@"+hana+">"), "can't moderate")
	if _, ok, _ := w.store.Kept(t.Context(), old); ok {
		t.Error("a guest was enough to adopt it")
	}
	wantText(t, w.types(dev, other, "moderators Layoffs add <!subteam^SGROUP|@leads>"), "Greta moderates Layoffs.")
	kept, ok, _ := w.store.Kept(t.Context(), old)
	if !ok || kept.AdoptedBy != dev || kept.Creator != "" {
		t.Errorf("kept %+v", kept)
	}
	wantText(t, w.types(mia, other, "pin Layoffs"), "319075")
	wantText(t, w.types(mia, other, "audit Layoffs"), "Only admins can see who did what in Layoffs. Ask an admin: Dev.")
	wantText(t, w.types(mia, other, "delete Layoffs"), "Only admins can delete Layoffs.")
}

func TestSomebodyWhoCannotBeLookedUpChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(dev, other, "moderators Layoffs add <@"+mia+"> <@UNOBODY>")
	wantText(t, r, "Something went wrong on my side. Nothing was changed.", "K7Q2M")
	if deeds := w.deeds(); len(deeds) > 0 {
		t.Errorf("written down: %v", deeds)
	}
}

func TestTheModeratorsFormSaysWhoIsOneFromNowOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.presses(bo, teamCh, blocks.ModeratorsOpen, block(weekly), "")
	wantForm(t, r, blocks.FormModerators, ana, bo)
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	_, r = w.sends(bo, blocks.FormModerators, m, field(blocks.InUsers, bo+" "+mia))
	wantText(t, r, "Mia moderates Weekly sync.", "Ana set it up and stays")
	if r.Channel != teamCh {
		t.Errorf("answered in %q", r.Channel)
	}
	_, r = w.sends(bo, blocks.FormModerators, m, field(blocks.InUsers, ana+" "+bo+" "+mia))
	wantText(t, r, "is moderated by")
	_, r = w.sends(greta, blocks.FormModerators, blocks.Meta{Conference: old}, field(blocks.InUsers, mia))
	wantText(t, r, "Only")
}

func TestAdminsSayWhoLooksAfterWhatWasHereBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantForm(t, w.presses(dev, "", blocks.AdoptOpen, "", ""), blocks.FormAdopt, "Layoffs")
	wantText(t, w.presses(ana, "", blocks.AdoptOpen, "", ""), "Only admins can say who looks after conferences.", "Dev")
	row := blocks.AdoptBlock(blocks.ConferenceRow{Line: blocks.Line{Conference: w.audian.all[4]}})
	state := State{row: {blocks.InMember: {Value: mia}}, "garbled": {blocks.InMember: {Value: mia}}}
	_, r := w.sends(ana, blocks.FormAdopt, blocks.Meta{}, state)
	wantText(t, r, "Only admins")
	_, r = w.sends(dev, blocks.FormAdopt, blocks.Meta{}, state)
	wantText(t, r, "1 conference has somebody to look after it now.")
	if d := cmp.Diff([]string{dev + " adopt: done", dev + " moderators.add " + mia + ": done"}, w.deeds()); d != "" {
		t.Errorf("audit (-want +got)\n%s", d)
	}
	_, r = w.sends(dev, blocks.FormAdopt, blocks.Meta{}, State{})
	wantText(t, r, "Nobody was chosen")
}
