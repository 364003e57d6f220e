package commands

import (
	"strings"
	"testing"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

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

func TestALineThatIsNotOnesOwnIsForgottenInThePreferences(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.must(w.store.SaveRef(t.Context(), store.MessageRef{Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, PostedAt: w.clock}))
	claim := func(n int) { w.presses(bo, teamCh, blocks.ParticipantMe, block(weekly), value(keys[n])) }
	lines := func() []store.OwnLine {
		rows, err := w.store.LinesOf(t.Context(), bo)
		w.must(err)
		return rows
	}
	claim(0)
	claim(2)
	r := w.presses(bo, "", blocks.HomePreferences, "", "")
	wantForm(t, r, blocks.FormPreferences, "Number ending 0111", "Number ending 4821", "initial_options")
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	own := lines()
	if len(own) != 2 {
		t.Fatalf("kept %d lines", len(own))
	}
	w.sends(bo, blocks.FormPreferences, blocks.Meta{}, State{}) // a form that shows no lines forgets none
	if len(lines()) != 2 {
		t.Fatal("lines are forgotten that were not shown")
	}
	first := blocks.LineKey(conference.NewNumber(phones[0]))
	w.sends(bo, blocks.FormPreferences, m, field(blocks.InLines, first))
	if left := lines(); len(left) != 1 || "+"+left[0].Digits != phones[0] {
		t.Errorf("%d lines are left", len(left))
	}
	if c, _ := w.live.Snapshot(weekly).Run.Find(keys[2]); c.ClaimedBy != "" {
		t.Error("the line on the phone is still theirs")
	}
}

func TestFormsFromHomeSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for want, r := range map[string]Reply{
		"All conferences": w.presses(ana, "", blocks.ConferencesList, "", ""),
		"Help":            w.presses(ana, "", blocks.HelpOpen, "", ""),
	} {
		if r.Private == nil {
			t.Fatalf("no answer for %q", want)
		}
		if got := blocks.InForm("", *r.Private, blocks.Meta{}).Title; got != want {
			t.Errorf("the form is called %q, not %q", got, want)
		}
	}
}
