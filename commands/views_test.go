package commands

import (
	"strings"
	"testing"
	"time"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

func (w *world) card(channel, ts string, id conference.ID) store.MessageRef {
	w.t.Helper()
	r := store.MessageRef{Channel: channel, TS: ts, Conference: id, Kind: store.KindCard, By: ana, PostedAt: w.clock}
	w.must(w.store.SaveRef(w.t.Context(), r))
	return r
}

func TestACardShowsWhatIsKnownAndNeverTheModeratorPIN(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	ref := w.card(teamCh, "1.1", weekly)
	w.types(ana, teamCh, "people private")
	m, err := w.desk.CardView(t.Context(), ref)
	w.must(err)
	w.check(Reply{Private: &m})
	for _, s := range []string{"Weekly sync is live, 3 people on the line", "+1 415 555 0100", "482913"} {
		if !strings.Contains(m.Text, s) {
			t.Errorf("no %q in %q", s, m.Text)
		}
	}
	ref.Kind = store.KindCardOld
	ref.TS = "1.0"
	if m, err = w.desk.CardView(t.Context(), ref); err != nil || !strings.Contains(m.Text, "current post") || strings.Contains(m.Text, "482913") {
		t.Errorf("an old card says %q (%v)", m.Text, err)
	}
	ref.Kind = store.KindPanel
	if m, err = w.desk.PanelView(t.Context(), ref); err != nil || !strings.Contains(m.Text, "3, unknown caller, ends 4821, unmuted.") {
		t.Errorf("the panel says %q (%v)", m.Text, err)
	}
	w.check(Reply{Private: &m})
}

func TestANewCardShowsThePINThatAudianHasNow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	looked := 0
	w.audian.onLook = func() error { looked++; return nil }
	ref := store.MessageRef{Channel: teamCh, Conference: weekly, Kind: store.KindCard, By: ana}
	if _, err := w.desk.CardView(t.Context(), ref); err != nil || looked != 1 {
		t.Errorf("it was read %d times (%v)", looked, err)
	}
	w.audian.onLook = func() error { return &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent} }
	m, err := w.desk.CardView(t.Context(), ref)
	if err != nil || !strings.Contains(m.Text, "482913") || !strings.Contains(asJSON(m.Blocks), "check this PIN") {
		t.Errorf("while Audian is away: %q %s (%v)", m.Text, asJSON(m.Blocks), err)
	}
	ref.Conference = "conf_gone"
	w.audian.onLook = nil
	if _, err = w.desk.CardView(t.Context(), ref); conference.KindOf(err) != conference.NotFound {
		t.Errorf("a conference that is gone: %v", err)
	}
}

func TestALeaverKeepsTheirRowUntilSomebodyClicks(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	ref := w.card(teamCh, "1.1", weekly)
	w.types(ana, teamCh, "people private")
	w.audian.leave(weekly, "p3")
	w.presses(ana, teamCh, blocks.PanelRefresh, block(weekly), "")
	ref.Kind = store.KindPanel
	ref.PostedAt = w.clock.Add(-time.Hour)
	m, err := w.desk.PanelView(t.Context(), ref)
	w.must(err)
	if !strings.Contains(asJSON(m.Blocks), "left ") {
		t.Error("the rows jump up under the finger")
	}
	w.clock = time.Now().Add(time.Minute)
	r := w.saw(w.desk.Click(t.Context(), Click{Origin: w.from(ana, teamCh), ActionID: blocks.ParticipantClear, BlockID: block(weekly), MessageTS: "1.1"}))
	if len(r.Touch) != 1 {
		t.Error("nothing is drawn anew")
	}
	if m, err = w.desk.PanelView(t.Context(), ref); err != nil || strings.Contains(asJSON(m.Blocks), "left ") {
		t.Errorf("the row stays for ever (%v)", err)
	}
}

func TestTheShortcutFindsTheConferenceOfAMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.card(other, "5.5", review)
	press := func(user, channel, ts, thread string) Reply {
		o := w.from(user, channel)
		o.ThreadTS = thread
		return w.saw(w.desk.Click(t.Context(), Click{Origin: o, ActionID: blocks.ShortcutManage, MessageTS: ts}))
	}
	wantForm(t, press(ana, other, "5.5", ""), blocks.FormList, "Week review")
	wantForm(t, press(ana, other, "9.9", "5.5"), blocks.FormList, "Week review")
	wantForm(t, press(ana, teamCh, "9.9", ""), blocks.FormList, "Weekly sync") // the channel's
	wantText(t, press(ana, other, "9.9", ""), "This message shows no conference.")
	w.card(other, "7.7", board)
	if r := press(mia, other, "7.7", ""); r.View != nil || strings.Contains(text(r), "Board") {
		t.Errorf("told %q", text(r))
	}
}

func TestFormsOpenFromTheirButtons(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	for id, form := range map[string]string{
		blocks.EditOpen: blocks.FormEdit, blocks.DeleteOpen: blocks.FormDelete, blocks.PanelPIN: blocks.FormChangePIN, blocks.PanelEnd: blocks.FormEnd,
		blocks.KickChangePIN: blocks.FormChangePIN, blocks.PanelLine: blocks.FormWhichLine, blocks.CardWho: blocks.FormList, blocks.ListOpen: blocks.FormList,
		blocks.ModeratorsOpen: blocks.FormModerators, blocks.CreateOpen: blocks.FormCreate, blocks.ShortcutNew: blocks.FormCreate,
	} {
		wantForm(t, w.presses(ana, teamCh, id, block(weekly), ""), form)
	}
	for _, id := range []string{blocks.EditOpen, blocks.DeleteOpen, blocks.PanelPIN, blocks.PanelEnd, blocks.ModeratorsOpen} {
		if r := w.presses(mia, teamCh, id, block(weekly), ""); r.View != nil || !strings.HasPrefix(text(r), "Only ") {
			t.Errorf("%s for a member: %q", id, text(r))
		}
	}
	r := w.pressesIn(mia, blocks.FormText, blocks.Meta{Query: "Coffee", Item: other}, blocks.CreateBack, "", "")
	wantForm(t, r, blocks.FormCreate, "Coffee")
}

func TestSmallButtons(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.pressesOwn(mia, teamCh, blocks.HelpOpen, "", "mute"), "/conf mute")
	wantText(t, w.pressesOwn(mia, teamCh, blocks.ConferenceShow, block(weekly), ""), "Weekly sync")
	wantText(t, w.pressesOwn(mia, teamCh, blocks.ConferenceUse, block(weekly), ""), "Weekly sync")
	wantText(t, w.pressesOwn(mia, teamCh, blocks.ConferencesList, "", ""), "Weekly sync")
	wantText(t, w.presses(mia, teamCh, blocks.CardNumbers, block(weekly), ""), "+1 415 555 0100")
	wantText(t, w.pressesOwn(bo, teamCh, blocks.KickLeave, block(weekly), ""), "")
	for _, id := range []string{blocks.NothingDone, blocks.KickCancel, blocks.PostNot} {
		if r := w.pressesOwn(mia, teamCh, id, "", ""); !r.Over || r.Private != nil {
			t.Errorf("%s: %+v", id, r)
		}
	}
	if r := w.presses(mia, teamCh, blocks.LinkOpen, "", ""); r.Private != nil || r.Err != nil {
		t.Errorf("a link: %+v", r)
	}
	if r := w.pressesIn(mia, blocks.FormList, blocks.Meta{}, blocks.LinkOpen, "", ""); r.Private != nil || r.View != nil {
		t.Errorf("a link in a form: %+v", r)
	}
	wantText(t, w.types(bo, teamCh, "lock"), "Weekly sync")
	wantText(t, w.types(bo, teamCh, "unlock"), "is unlocked")
	w.audian.onWrite = func(string) error {
		return &conference.Error{Kind: conference.Denied, Reason: conference.Unsupported}
	}
	wantText(t, w.types(bo, teamCh, "lock"), "doesn't offer that")
	if d := w.deeds(); len(d) != 3 || d[2] != bo+" lock: failed" {
		t.Errorf("audit %v", d)
	}
}

func TestARestartIsOwnedUpTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := w.desk.NotDone(Plan{Name: "mute"}, w.from(ana, teamCh), "mute caller 7, Alice Chen")
	if !strings.Contains(m.Text, "I restarted before I could mute caller 7, Alice Chen") || !strings.Contains(m.Text, "It was not done.") {
		t.Errorf("told %q", m.Text)
	}
}

func TestAttendanceOfTheLastRun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(bo, teamCh, "attendance"), "nobody has been on the line yet")
	run := live.Run{ID: "run1", Conference: weekly, Started: w.clock.Add(-2 * time.Hour), Ended: w.clock.Add(-time.Hour), NextNo: 2, Peak: 1}
	caller := live.Caller{No: 1, Left: run.Ended}
	caller.ID, caller.Name, caller.Number, caller.Joined = "p1", "Ana Ruiz", conference.NewNumber(phones[0]), run.Started
	w.must(w.store.SaveRun(t.Context(), run, []live.Caller{caller}))
	wantText(t, w.types(bo, teamCh, "attendance"), "1 person", "Ana Ruiz, ends 0111")
}

func TestTypeAheadFindsOnlyWhatOneMaySee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for user, want := range map[string]int{mia: 0, dev: 1, hana: 0} {
		got := w.desk.Suggest(t.Context(), Query{Origin: w.from(user, teamCh), ActionID: blocks.AnnounceFind, Text: "board"})
		if len(got) != want {
			t.Errorf("%s finds %v", user, got)
		}
	}
	if got := w.desk.Suggest(t.Context(), Query{Origin: w.from(ana, teamCh), ActionID: blocks.PanelFind, BlockID: "garbled", Text: "x"}); got != nil {
		t.Errorf("a garbled menu finds %v", got)
	}
}

func TestACardNamesWhoSetTheConferenceUpAndNobodyElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.store.Keep(t.Context(), store.Kept{Conference: old, AdoptedBy: dev, CreatedAt: w.clock}))
	for id, by := range map[conference.ID]string{weekly: ana, old: ""} {
		ref := store.MessageRef{Channel: teamCh, TS: "1.1", Conference: id, Kind: store.KindCard, By: bo, PostedAt: w.clock}
		m, err := w.desk.CardView(t.Context(), ref)
		w.must(err)
		switch drawn := asJSON(m.Blocks); {
		case by == "" && strings.Contains(strings.ToLower(drawn), "set up by"):
			t.Errorf("the card of an adopted conference: %s", drawn)
		case by != "" && !strings.Contains(drawn, "@"+by):
			t.Errorf("the card does not name %s: %s", by, drawn)
		}
	}
}
