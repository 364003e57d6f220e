package commands

import (
	"strings"
	"testing"

	"confbot/blocks"
	"confbot/store"
)

func TestAFormIsAboutItsOwnConferenceOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.store.AddModerator(t.Context(), store.Moderator{Conference: review, User: mia, AddedBy: ana, At: w.clock}))
	w.fill(weekly)
	w.fill(review)
	k := w.fill(open)[2]
	w.types(ana, teamCh, "people private")
	sure := field(blocks.InSure, blocks.Sure, blocks.InName, "Mine", blocks.InText, "Boss", blocks.InUsers, mia, blocks.InChannel, other, blocks.InLine, blocks.NotOnThePhone)
	for _, id := range []string{
		blocks.FormEdit, blocks.FormChangePIN, blocks.FormEnd, blocks.FormKickAll, blocks.FormDelete, blocks.FormLabel, blocks.FormModerators,
		blocks.FormShareIn, blocks.FormWhichLine, blocks.FormAdopt,
	} {
		m := blocks.Meta{Conference: weekly, Channel: teamCh, Caller: value(k), Action: `{"a":"mute"}`}
		_, r := w.sends(mia, id, m, sure)
		if wantPrivateOnly(t, r); !strings.HasPrefix(text(r), "Only ") {
			t.Errorf("%s: told %q", id, text(r))
		}
		m.Conference = ""
		_, r = w.sends(mia, id, m, sure)
		if id != blocks.FormAdopt && !strings.Contains(text(r)+formText(r), "out of date") {
			t.Errorf("%s without a conference: told %q", id, text(r)+formText(r))
		}
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

// In a row of a conference that somebody moderates, a caller of another one
// is nobody.
func TestACallerOfAnotherConferenceIsNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.store.AddModerator(t.Context(), store.Moderator{Conference: review, User: mia, AddedBy: ana, At: w.clock}))
	boss := w.audian.join(weekly, "boss", "The Boss", phones[0], w.clock.Add(-3))
	w.audian.join(review, "p1", "Somebody", phones[1], w.clock)
	for _, id := range []string{
		blocks.ParticipantMute, blocks.ParticipantKick, blocks.ParticipantDeafen, blocks.ParticipantKeep, blocks.KickConfirm,
		blocks.KickKeepOut, blocks.ParticipantNumber, blocks.ParticipantName, blocks.ParticipantMe,
	} {
		r := w.presses(mia, teamCh, id, block(review), value(boss))
		wantText(t, r, "nothing was done")
		r = w.presses(mia, teamCh, id, block(weekly), value(boss))
		if id != blocks.ParticipantMe {
			wantText(t, r, "Only moderators of Weekly sync")
		}
		m := blocks.Meta{Conference: review} // a form of the one, a row of the other
		r = w.pressesIn(mia, blocks.FormText, m, id, block(weekly), value(boss))
		if id != blocks.ParticipantMe && !strings.Contains(formText(r), "Only moderators") {
			t.Errorf("%s in a form of another conference: %s", id, formText(r))
		}
	}
	for _, key := range []string{"mute.1", "kick.1"} {
		wantText(t, w.presses(mia, teamCh, blocks.CallerPick, blocks.BlockRef{Part: "item", Key: key, Conference: weekly}.ID(), value(boss)), "Only moderators")
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

func TestARightLostSinceTheButtonWasDrawnIsLost(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	m := blocks.Meta{Conference: weekly, Channel: teamCh}
	if r := w.pressesIn(bo, blocks.FormList, m, blocks.ParticipantMute, block(weekly), value(keys[2])); r.View == nil {
		t.Fatal("the list is not drawn anew")
	}
	w.audian.done()
	_, err := w.store.RemoveModerator(t.Context(), weekly, bo)
	w.must(err)
	r := w.pressesIn(bo, blocks.FormList, m, blocks.ParticipantKick, block(weekly), value(keys[2]))
	wantForm(t, r, blocks.FormList, "Only moderators of Weekly sync can kick people.")
	if strings.Contains(formText(r), blocks.ParticipantKick) {
		t.Error("the list still has the buttons")
	}
	guest := w.slack.people[bo]
	guest.Guest = true
	w.slack.people[bo] = guest
	r = w.pressesIn(bo, blocks.FormList, m, blocks.ListRefresh, block(weekly), "")
	wantForm(t, r, blocks.FormText, "members of this workspace")
	if strings.Contains(formText(r), "Ana Ruiz") || r.Push {
		t.Error("a guest still sees who is on")
	}
	w.must(w.store.Keep(t.Context(), store.Kept{Conference: weekly, Creator: ana, Private: true, PrivateChannel: foyer}))
	r = w.pressesIn(mia, blocks.FormList, m, blocks.ListRefresh, block(weekly), "")
	if strings.Contains(formText(r), "Ana Ruiz") || strings.Contains(formText(r), "Weekly") {
		t.Errorf("what became private is still shown: %s", formText(r))
	}
	if _, err := w.desk.FollowView(t.Context(), mia, ViewRef{Meta: blocks.EncodeMeta(m)}); err == nil {
		t.Error("and it follows what happens")
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

// Members see the last four digits. Trying longer ones must not tell more.
func TestANumberCannotBeFoundOutBySearching(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.types(mia, teamCh, "people private")
	found := func(user, query string) int {
		q := Query{Origin: w.from(user, teamCh), ActionID: blocks.PanelFind, BlockID: block(weekly), Text: query}
		n := 0
		for _, c := range w.desk.Suggest(t.Context(), q) {
			if !strings.HasPrefix(c.Value, "q") {
				n++
			}
		}
		return n
	}
	if right, wrong := found(mia, "554821"), found(mia, "664821"); right != wrong {
		t.Errorf("a member's search for the right digits finds %d, for the wrong ones %d", right, wrong)
	}
	if right, wrong := found(bo, "554821"), found(bo, "664821"); right != 1 || wrong != 0 {
		t.Errorf("a moderator's search finds %d and %d", right, wrong)
	}
	if n := found(hana, "4821"); n != 0 {
		t.Error("a guest finds somebody")
	}
	list := func(query string) string {
		return formText(w.pressesIn(mia, blocks.FormList, blocks.Meta{Conference: weekly}, blocks.ListFind, block(weekly), "q"+query))
	}
	if strings.Contains(list("554821"), "ends 4821") != strings.Contains(list("664821"), "ends 4821") {
		t.Error("the list tells them apart")
	}
}
