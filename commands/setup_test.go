package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
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
	wantText(t, r, "Mia moderates Weekly sync.", "Hana and Robot can't moderate")
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
	wantText(t, w.types(kim, other, "moderators Layoffs add <@"+mia+">"), "Only", "Dev")
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

func TestLinksAreGuarded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(mia, other, "link Weekly sync"), "Only moderators of Weekly sync can link it.")
	r := w.types(ana, other, "link Week review")
	if len(r.Posts) != 1 || r.Posts[0].Channel != other || !strings.Contains(r.Posts[0].Message.Text, "Ana linked this channel to Week review.") {
		t.Errorf("the channel is told %+v", r.Posts)
	}
	w.types(mia, foyer, "create Spam")
	wantText(t, w.types(mia, teamCh, "link Spam"), "Only moderators of Weekly sync can take this channel's link away.")
	wantText(t, w.types(mia, teamCh, "unlink"), "Only moderators of Weekly sync can take the link away.")
	wantText(t, w.types(mia, foyer, "unlink"), "isn't linked")
	w.must(w.store.Link(t.Context(), store.Link{Channel: "C9", Conference: board, By: dev, At: w.clock}))
	if r = w.types(mia, "C9", "link Spam"); strings.Contains(text(r), "Board") || len(r.Posts) > 0 {
		t.Errorf("told %q", text(r))
	}
	wantText(t, w.types(ana, teamCh, "unlink"), "no longer linked to Weekly sync")
	if r = w.types(mia, teamCh, "link Spam"); len(r.Posts) != 1 {
		t.Errorf("told %q", text(r))
	}
	w.must(w.store.Link(t.Context(), store.Link{Channel: "C8", Conference: "conf_gone", By: dev, At: w.clock}))
	wantText(t, w.types(mia, "C8", "unlink"), "no longer linked to a conference that is gone")
}

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

func TestSharingACardAsksBeforeManyOrForeignEyes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.slack.channels["CSHARED"] = Channel{ID: "CSHARED", Name: "acme", Shared: true, BotIn: true, Members: 3}
	wantText(t, w.types(ana, big, "people Weekly sync"), "412 people, 3 of them guests", "Post it?")
	r := w.types(ana, "CSHARED", "people Weekly sync")
	wantText(t, r, "shared with another organisation")
	if r.Card != nil {
		t.Error("it is shared before that was answered")
	}
	r = w.pressesOwn(ana, "CSHARED", blocks.PostAnyway, block(weekly), buttonValue(t, r, blocks.PostAnyway, 0))
	if r.Card == nil || r.Card.Channel != "CSHARED" || !r.Over {
		t.Errorf("got %+v", r)
	}
	if r = w.pressesOwn(ana, big, blocks.PostNot, "", ""); r.Card != nil || !r.Over {
		t.Errorf("no means no: %+v", r)
	}
	r = w.types(ana, teamCh, "people")
	if r.Card == nil || r.Card.Channel != teamCh || !r.Card.Panel || r.Card.By != ana {
		t.Errorf("got %+v", r.Card)
	}
	for _, user := range []string{mia} { // may not share, so sees it alone
		wantForm(t, w.types(user, teamCh, "people"), blocks.FormList)
	}
	if r = w.types(mia, other, "people Open house"); r.Card == nil { // open to all
		t.Errorf("told %q", text(r))
	}
	w.must(w.store.SaveRef(t.Context(), store.MessageRef{Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, PostedAt: w.clock}))
	wantText(t, w.types(ana, teamCh, "people"), "already has a card in this channel")
	if r = w.pressesOwn(ana, teamCh, blocks.CardMove, block(weekly), ""); r.Card == nil || !r.Card.Move {
		t.Errorf("moved %+v", r.Card)
	}
	r = w.presses(ana, teamCh, blocks.CardShareIn, block(weekly), "")
	wantForm(t, r, blocks.FormShareIn)
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	if answer, _ := w.sends(ana, blocks.FormShareIn, m, State{}); answer.Errors[blocks.InChannel] == "" {
		t.Error("a channel need not be chosen")
	}
	if _, r = w.sends(ana, blocks.FormShareIn, m, field(blocks.InChannel, other)); r.Card == nil || r.Card.Channel != other {
		t.Errorf("shared %+v", r.Card)
	}
	wantForm(t, w.pressesIn(ana, blocks.FormCreated, blocks.Meta{}, blocks.CardShare, block(weekly), ""), blocks.FormShareIn)
}

func TestDeletingAsksNamesWhatGoesAndEndsTheConferenceFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	r := w.types(ana, other, "delete Weekly sync")
	wantForm(t, r, blocks.FormDelete, "Weekly sync", teamCh, "3 people", "90 days")
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	if answer, _ := w.sends(ana, blocks.FormDelete, m, State{}); answer.Errors[blocks.InSure] == "" {
		t.Error("the box need not be ticked")
	}
	sure := field(blocks.InSure, blocks.Sure)
	_, r = w.sends(bo, blocks.FormDelete, m, sure)
	wantText(t, r, "Only whoever made Weekly sync and admins can delete it. Ask Ana.")

	w.audian.onAct = func(who conference.ParticipantID, _ conference.Action) (bool, error) { return who == "p2", nil }
	_, r = w.sends(ana, blocks.FormDelete, m, sure)
	wantText(t, r, "Weekly sync is not deleted", "I removed 2 people.", "Caller 2 may still be on the line.")
	w.audian.onAct = nil
	w.audian.done()

	_, r = w.sends(ana, blocks.FormDelete, m, sure)
	wantText(t, r, "Weekly sync is deleted.")
	if d := cmp.Diff([]string{"kick p2 of conf_weekly", "delete conf_weekly"}, w.audian.done()); d != "" {
		t.Error(d)
	}
	if _, ok, _ := w.store.Kept(t.Context(), weekly); ok {
		t.Error("it is still kept")
	}
	_, r = w.sends(ana, blocks.FormDelete, m, sure)
	wantText(t, r, "no such conference")
}

func TestHomeShowsEachPersonTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.must(w.store.SaveRef(t.Context(), store.MessageRef{Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, PostedAt: w.clock}))
	w.types(ana, teamCh, "people private")
	for user, want := range map[string]struct{ has, not []string }{
		ana:  {[]string{"Weekly sync", "482913"}, []string{"Setting up", "Board"}},
		mia:  {[]string{"Weekly sync"}, []string{"Setting up", "Board", "Layoffs"}},
		dev:  {[]string{"Setting up", "CONF_CREATE", "Board"}, nil},
		hana: {[]string{"members of this workspace"}, []string{"Weekly sync"}},
	} {
		v, err := w.desk.HomeView(t.Context(), user)
		w.must(err)
		drawn := asJSON(v.Blocks)
		for _, s := range want.has {
			if !strings.Contains(drawn, s) {
				t.Errorf("%s: no %q", user, s)
			}
		}
		for _, s := range append(want.not, "771204", strings.TrimPrefix(phones[2], "+")) {
			if strings.Contains(drawn, s) {
				t.Errorf("%s sees %q", user, s)
			}
		}
	}
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

func TestPreferencesAreKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	wantForm(t, w.presses(bo, "", blocks.HomePreferences, "", ""), blocks.FormPreferences)
	if r := w.presses(bo, teamCh, blocks.ParticipantMute, block(weekly), value(keys[2])); r.Private != nil {
		t.Errorf("told %q without having asked for words", text(r))
	}
	w.sends(bo, blocks.FormPreferences, blocks.Meta{}, field(blocks.InOptions, blocks.PreferWords, blocks.InMinutes, "10"))
	wantText(t, w.presses(bo, teamCh, blocks.ParticipantUnmute, block(weekly), value(keys[2])), "can be heard again")
	w.sends(bo, blocks.FormPreferences, blocks.Meta{}, State{})
	if r := w.presses(bo, teamCh, blocks.ParticipantMute, block(weekly), value(keys[2])); r.Private != nil {
		t.Errorf("told %q after taking it back", text(r))
	}
}

func TestAttendanceAndAuditAreForThoseWhoMay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.presses(bo, teamCh, blocks.ParticipantKick, block(weekly), value(keys[2]))
	wantText(t, w.types(mia, teamCh, "attendance"), "Only moderators")
	wantText(t, w.presses(mia, teamCh, blocks.PanelAttendance, block(weekly), ""), "Only moderators")
	wantText(t, w.types(bo, teamCh, "attendance"), "3 people", "Ana Ruiz, ends 0111")
	wantForm(t, w.presses(bo, teamCh, blocks.PanelAttendance, block(weekly), ""), "form.text", "Ana Ruiz")
	wantText(t, w.types(bo, teamCh, "audit"), "Only whoever made Weekly sync and admins can see who did what.")
	w.types(mia, teamCh, "mute 1")
	wantText(t, w.types(ana, teamCh, "audit"), "Bo kicked caller 3, ends 4821.", "Mia", "refused")
}

func TestSomethingIsWrongRingsTheOwnerAFewTimesADay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range wrongsPerDay {
		if r := w.presses(mia, teamCh, blocks.CardMenu, block(weekly), "w"); len(r.Direct) != 1 || r.Direct[0].User != ana {
			t.Fatalf("told %+v", r.Direct)
		}
	}
	if r := w.presses(mia, teamCh, blocks.CardMenu, block(weekly), "w"); len(r.Direct) > 0 {
		t.Error("Gus rings for ever")
	}
}

func TestEveryKindOfFailureIsOneSentenceAndSomethingToDo(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err  error
		says []string
	}{
		"silent":        {&conference.Error{Kind: conference.Unavailable, Reason: conference.Silent}, []string{"Audian isn't answering", "Try again in a minute", "K7Q2M"}},
		"busy":          {&conference.Error{Kind: conference.Unavailable, Reason: conference.Busy}, []string{"slow down", "K7Q2M"}},
		"login":         {&conference.Error{Kind: conference.Unavailable, Reason: conference.LoginRefused}, []string{"doesn't accept our login", "Dev", "K7Q2M"}},
		"not allowed":   {&conference.Error{Kind: conference.Denied, Reason: conference.NotAllowed}, []string{"Audian doesn't let this account do that", "Dev"}},
		"not offered":   {&conference.Error{Kind: conference.Denied, Reason: conference.Unsupported}, []string{"doesn't offer that"}},
		"changed since": {&conference.Error{Kind: conference.Conflict, Reason: conference.ChangedSince}, []string{"Somebody else changed it first"}},
		"gone":          {&conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}, []string{"Weekly sync doesn't exist any more"}},
		"a field":       {&conference.Error{Kind: conference.Invalid, Reason: conference.Refused, Field: "max"}, []string{"Limit: Audian doesn't take that."}},
		"unsure":        {&conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}, []string{"got no answer", "it may have been done"}},
		"our own fault": {errors.New("exploded"), []string{"Something went wrong on my side. Nothing was changed. Tell Dev the reference K7Q2M."}},
		"a deadline":    {context.DeadlineExceeded, []string{"Something went wrong on my side"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.audian.onWrite = func(string) error { return tt.err }
			r := w.types(ana, teamCh, "edit Weekly sync max=9")
			wantText(t, r, tt.says...)
			wantPrivateOnly(t, Reply{Private: r.Private})
			if !errors.Is(r.Err, tt.err) {
				t.Errorf("the log gets %v", r.Err)
			}
			for _, leak := range []string{"exploded", "audian_silent", "conf_weekly", "deadline"} {
				if strings.Contains(text(r), leak) {
					t.Errorf("told %q", text(r))
				}
			}
			w.audian.onWrite = nil
			w.slack.fail = tt.err
			if r = w.types(ana, teamCh, "list"); r.Private == nil || r.Err == nil {
				t.Errorf("Slack fails, and then %+v", r)
			}
		})
	}
}
