package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

func TestAChangeOfPINIsToldToThoseWhoReadItsCards(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(w *world) Reply{
		"rotated": func(w *world) Reply { return w.types(bo, teamCh, "pin rotate") },
		"edited":  func(w *world) Reply { return w.types(bo, teamCh, "edit Weekly sync pin=592814") },
		"by form": func(w *world) Reply {
			_, r := w.sends(bo, blocks.FormChangePIN, blocks.Meta{Conference: weekly, Channel: teamCh}, field(blocks.InSure, blocks.Sure, blocks.InPIN, "592814"))
			return r
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.must(w.store.SaveRef(t.Context(), store.MessageRef{Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, By: ana, PostedAt: w.clock}))
			r := change(w)
			c, err := w.audian.ByID(t.Context(), weekly)
			w.must(err)
			pin := conference.FirstPIN(c.MemberPINs).Digits()
			if pin == "482913" || len(c.MemberPINs) != 1 || conference.FirstPIN(c.ModeratorPINs).Digits() != "771204" {
				t.Errorf("the PINs are not as asked for")
			}
			if len(r.Lines) != 1 || !strings.Contains(r.Lines[0].Message.Text, "The PIN is now "+pin) || !strings.Contains(r.Lines[0].Message.Text, "Bo") {
				t.Errorf("told %+v", r.Lines)
			}
			if !cmp.Equal(r.Touch, []string{string(weekly)}) {
				t.Errorf("redrawn: %v", r.Touch)
			}
			if deeds := w.deeds(); len(deeds) != 1 {
				t.Errorf("audit %v", deeds)
			}
		})
	}
}

func TestPINsAreToldToThoseWhoMayAndTheModeratorPINInAFormOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(mia, teamCh, "pin"), "PIN 482913, then #")
	wantText(t, w.types(mia, other, "pin Layoffs"), "Only moderators of Layoffs can see its PIN.", "Dev")
	wantText(t, w.types(kim, other, "pin Layoffs"), "319075")
	if said := w.types(mia, other, "show Layoffs"); strings.Contains(asJSON(said.Private), "319075") {
		t.Error("show tells it")
	}
	for _, r := range []Reply{
		w.presses(mia, teamCh, blocks.InviteSend, block(old), ""), w.presses(mia, teamCh, blocks.CardNumbers, block(old), ""),
		w.presses(mia, teamCh, blocks.CardMenu, block(old), "i"), w.presses(mia, teamCh, blocks.CardShare, block(old), ""),
		w.presses(mia, teamCh, blocks.CardMove, block(old), ""), w.presses(mia, teamCh, blocks.PostAnyway, block(old), teamCh),
		w.presses(mia, teamCh, blocks.ModeratorPIN, block(weekly), ""),
	} {
		wantText(t, r, "Only moderators of")
		wantPrivateOnly(t, r)
	}
	r := w.presses(bo, teamCh, blocks.ModeratorPIN, block(weekly), "")
	wantForm(t, r, blocks.FormModeratorPIN, "771204")
	if r.Private != nil {
		t.Error("it is in a message as well")
	}
	if d := cmp.Diff([]string{bo + " moderator_pin.show: done"}, shown(w.deeds())); d != "" {
		t.Errorf("audit (-want +got)\n%s", d)
	}
	r = w.presses(mia, teamCh, blocks.InviteSend, block(weekly), "")
	if len(r.Direct) != 1 || r.Direct[0].User != mia || !strings.Contains(r.Direct[0].Message.Text, "482913") {
		t.Errorf("the invitation goes to %+v", r.Direct)
	}
}

func shown(deeds []string) []string {
	var out []string
	for _, d := range deeds {
		if strings.Contains(d, "moderator_pin.show") {
			out = append(out, d)
		}
	}
	return out
}

func TestRotatingKeepsTheOtherKindAndASlipChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(bo, teamCh, "pin rotate moderater"), "/conf pin")
	if did := w.audian.done(); len(did) > 0 {
		t.Fatalf("Audian was asked for %v", did)
	}
	r := w.types(bo, teamCh, "pin rotate moderator")
	wantText(t, r, "The moderator PIN for Weekly sync is changed.")
	c, err := w.audian.ByID(t.Context(), weekly)
	w.must(err)
	if conference.FirstPIN(c.MemberPINs).Digits() != "482913" || conference.FirstPIN(c.ModeratorPINs).Digits() == "771204" || len(r.Lines) > 0 {
		t.Error("the wrong PIN was changed, or everybody was told of it")
	}
	answer, _ := w.sends(bo, blocks.FormChangePIN, blocks.Meta{Conference: weekly}, field(blocks.InPIN, "592814"))
	if answer.Errors[blocks.InSure] == "" {
		t.Error("the box need not be ticked")
	}
	answer, _ = w.sends(bo, blocks.FormChangePIN, blocks.Meta{Conference: weekly}, field(blocks.InPIN, "1111", blocks.InSure, blocks.Sure))
	if answer.Errors[blocks.InPIN] == "" {
		t.Error("an easy PIN is taken")
	}
	w.must(w.store.SaveRef(t.Context(), store.MessageRef{Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, PostedAt: w.clock}))
	_, r = w.sends(bo, blocks.FormChangePIN, blocks.Meta{Conference: weekly}, field(blocks.InPIN, "593817", blocks.InSure, blocks.Sure))
	wantForm(t, r, blocks.FormChangePIN, "That PIN is taken.", "593817", "I correct 1 post.", `"initial_options"`)
	if strings.Contains(formText(r), "PIN: That PIN") {
		t.Error("it says PIN twice")
	}
	_, r = w.sends(mia, blocks.FormChangePIN, blocks.Meta{Conference: weekly}, field(blocks.InPIN, "592814", blocks.InSure, blocks.Sure))
	wantText(t, r, "Only moderators of Weekly sync can change the PIN.")
}
