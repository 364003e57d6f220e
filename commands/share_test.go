package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

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
