package commands

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// onHerLine has Ana say that the first line is hers.
func onHerLine(w *world, k live.Key) {
	w.t.Helper()
	wantText(w.t, w.presses(ana, teamCh, blocks.ParticipantMe, block(weekly), value(k)), "Caller 1 is your line.")
	w.audian.done()
}

func TestMuteOthersLeavesTheAskerAndModeratorsAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	onHerLine(w, keys[0])
	wantText(t, w.presses(bo, teamCh, blocks.ParticipantMe, block(weekly), value(keys[1])), "Caller 2 is your line.")
	r := w.types(ana, teamCh, "mute others")
	wantText(t, r, "Muted 1 person.", "Left alone: you and 1 moderator.")
	if d := cmp.Diff([]string{"mute p3 of conf_weekly"}, w.audian.done()); d != "" {
		t.Error(d)
	}
	r = w.presses(ana, teamCh, blocks.PanelUnmuteOthers, block(weekly), "")
	wantText(t, r, "Unmuted 1 person.")
	if d := cmp.Diff([]string{"unmute p3 of conf_weekly"}, w.audian.done()); d != "" {
		t.Error(d)
	}
}

func TestUnmuteOthersUndoesOnlyOurOwnMutes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.audian.lines[weekly][1].Muted = true // Bo muted himself on his phone
	w.presses(ana, teamCh, blocks.ParticipantMute, block(weekly), value(keys[2]))
	w.audian.done()
	for _, r := range []Reply{w.types(ana, teamCh, "unmute others"), w.types(ana, teamCh, "unmute others")} {
		wantText(t, r, "nmute")
	}
	if d := cmp.Diff([]string{"unmute p3 of conf_weekly"}, w.audian.done()); d != "" {
		t.Errorf("somebody who muted themselves was unmuted: %s", d)
	}
}

func TestMuteOthersAsksForTheOwnLineFirst(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		line string // chosen
		did  []string
	}{
		"a line":           {"p1", []string{"mute p3 of conf_weekly", "mute p2 of conf_weekly"}},
		"not on the phone": {"", []string{"mute p3 of conf_weekly", "mute p2 of conf_weekly", "mute p1 of conf_weekly"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			keys := w.fill(weekly)
			r := w.types(ana, teamCh, "mute others")
			wantForm(t, r, blocks.FormWhichLine, "Which line is you?")
			if did := w.audian.done(); len(did) > 0 {
				t.Fatalf("it was not asked: %v", did)
			}
			m, err := blocks.ParseMeta(r.View.Meta)
			w.must(err)
			chosen := blocks.NotOnThePhone
			if tt.line != "" {
				chosen = value(keys[0])
			}
			answer, r := w.sends(ana, blocks.FormWhichLine, m, field(blocks.InLine, chosen))
			if answer.View != nil || r.Channel != teamCh {
				t.Errorf("the answer goes to %q", r.Channel)
			}
			wantText(t, r, fmt.Sprintf("Muted %d people.", len(tt.did)))
			if d := cmp.Diff(tt.did, w.audian.done()); d != "" {
				t.Errorf("unknown numbers come first, then who joined last (-want +got)\n%s", d)
			}
			if tt.line == "" {
				return
			}
			w.audian.leave(weekly, "p1") // next time the number is enough
			w.audian.join(weekly, "p8", "", phones[0], w.clock)
			wantText(t, w.types(ana, teamCh, "mute others"), "There was nobody else to mute.", "Left alone: you")
		})
	}
}

func TestWhichLineIsCheckedAgainWhenItIsSent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	m := blocks.Meta{Conference: weekly, Channel: teamCh, Action: `{"a":"mute"}`}
	_, r := w.sends(mia, blocks.FormWhichLine, m, field(blocks.InLine, blocks.NotOnThePhone))
	wantText(t, r, "Only moderators of Weekly sync")
	for _, action := range []string{`{"a":"kick"}`, `{"a":"unmute"}`, "mute", `{`} {
		m.Action = action
		_, r = w.sends(bo, blocks.FormWhichLine, m, field(blocks.InLine, blocks.NotOnThePhone))
		wantText(t, r, "out of date")
	}
	m.Action = `{"a":"mute"}`
	w.presses(ana, teamCh, blocks.ParticipantMe, block(weekly), value(keys[0]))
	_, r = w.sends(bo, blocks.FormWhichLine, m, field(blocks.InLine, value(keys[0])))
	wantText(t, r, "Caller 1 is already Ana's line")
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
	if answer, _ := w.sends(bo, blocks.FormWhichLine, m, State{}); answer.Errors[blocks.InLine] == "" {
		t.Error("nothing was chosen, and no field says so")
	}
	w.audian.leave(weekly, "p2")
	_, r = w.sends(bo, blocks.FormWhichLine, m, field(blocks.InLine, value(keys[1])))
	wantText(t, r, "left at")
	_, r = w.sends(bo, blocks.FormWhichLine, m, field(blocks.InLine, value(live.Key{ID: "p2", Joined: w.clock.AddDate(0, 0, -7)})))
	wantText(t, r, "That run has ended")
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

func TestMuteUnknownNumbersLeavesThoseWithANameAlone(t *testing.T) {
	t.Parallel()
	for _, how := range []func(w *world) Reply{
		func(w *world) Reply { return w.types(ana, teamCh, "mute unknown") },
		func(w *world) Reply { return w.presses(ana, teamCh, blocks.PanelMuteUnknown, block(weekly), "") },
		func(w *world) Reply { return w.presses(ana, teamCh, blocks.PanelMenu, block(weekly), "u") },
	} {
		w := newWorld(t)
		w.fill(weekly)
		wantText(t, how(w), "Muted 1 person.")
		if d := cmp.Diff([]string{"mute p3 of conf_weekly"}, w.audian.done()); d != "" {
			t.Error(d)
		}
	}
}

func TestAllAndOthersInQuotesAreNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.audian.join(weekly, "p4", "Others", phones[3], w.clock)
	wantText(t, w.types(ana, teamCh, "mute “others”"), "Caller 4, Others, is muted.")
	wantText(t, w.types(ana, teamCh, "mute “all”"), "Nobody on the line matches “all”.")
	if d := cmp.Diff([]string{"mute p4 of conf_weekly"}, w.audian.done()); d != "" {
		t.Error(d)
	}
	wantText(t, w.types(ana, teamCh, "mute all"), "Muted 3 people.")
}

func TestManyShowProgressAndEndWithASum(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 6, 7, 40, 120} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.crowd(weekly, n)
			first := w.desk.Command(t.Context(), Request{Origin: w.from(ana, teamCh), Text: "mute all"})
			if long := first.Later != nil; long != (n > soonDone) {
				t.Fatalf("goes on later: %t", long)
			}
			if first.Later != nil {
				wantText(t, first, fmt.Sprintf("Muting %d people.", n))
			}
			last := w.saw(first) // counts the steps
			said := "people"
			if n == 1 {
				said = "person"
			}
			wantText(t, last, fmt.Sprintf("Muted %d %s.", n, said))
			if got := len(w.audian.done()); got != n {
				t.Errorf("Audian was asked %d times", got)
			}
			if got := len(w.deeds()); got != n {
				t.Errorf("%d audit rows", got)
			}
		})
	}
}

func TestWhoeverIsOnWhenItsTurnComesCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowd(weekly, 8)
	first := w.desk.Command(t.Context(), Request{Origin: w.from(ana, teamCh), Text: "mute all"})
	w.audian.leave(weekly, "c3")
	w.audian.join(weekly, "c9", "Late", phones[3], w.clock)
	wantText(t, w.saw(first), "Muted 8 people.")
	did := strings.Join(w.audian.done(), ",")
	if strings.Contains(did, "c3 ") || !strings.Contains(did, "c9 ") {
		t.Errorf("Audian was asked for %s", did)
	}
}

func TestAudianStopsInTheMiddle(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err   error
		says  []string
		audit map[string]int
	}{
		"and surely did nothing": {
			&conference.Error{Kind: conference.Unavailable, Reason: conference.Silent},
			[]string{"Muted 3 people.", "couldn't be changed", "I left 6 people as they were"},
			map[string]int{"done": 3, "failed": 1},
		},
		"and may have done the fourth": {
			&conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true},
			[]string{"Muted 3 people.", "didn't confirm", "I left 6 people as they were"},
			map[string]int{"done": 3, "unsure": 1},
		},
		"for one caller only": {
			&conference.Error{Kind: conference.Conflict},
			[]string{"Muted 9 people.", "couldn't be changed"},
			map[string]int{"done": 9, "failed": 1},
		},
		"because one had left": {
			&conference.Error{Kind: conference.NotFound, Reason: conference.NoParticipant},
			[]string{"Muted 9 people."},
			map[string]int{"done": 9},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.crowd(weekly, 10)
			n := 0
			w.audian.onAct = func(conference.ParticipantID, conference.Action) (bool, error) {
				if n++; n == 4 {
					return false, tt.err
				}
				return false, nil
			}
			r := w.types(ana, teamCh, "mute all")
			wantText(t, r, tt.says...)
			got := map[string]int{}
			for _, row := range w.audit() {
				got[row.Outcome]++
			}
			if d := cmp.Diff(tt.audit, got); d != "" {
				t.Errorf("audit (-want +got)\n%s", d)
			}
		})
	}
}

func TestAudianNeverAnswersAtAll(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowd(weekly, 10)
	w.audian.onAct = func(conference.ParticipantID, conference.Action) (bool, error) {
		return false, &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent}
	}
	wantText(t, w.types(ana, teamCh, "mute all"), "Audian isn't answering, so nothing was changed.")
	if did := w.audian.done(); len(did) != 1 {
		t.Errorf("it was asked %d times", len(did))
	}
}

func TestThoseWhoDoNotConfirmAreNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowd(weekly, 3)
	w.audian.onAct = func(who conference.ParticipantID, _ conference.Action) (bool, error) { return who == "c2", nil }
	wantText(t, w.types(ana, teamCh, "mute all"), "Muted 2 people.", "Caller 2 didn't confirm.")
}

func TestEndHangsUpOnEverybodyWhoIsOn(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		open func(w *world) Reply
		id   string
		gone int
	}{
		"End for everyone": {func(w *world) Reply { return w.presses(ana, teamCh, blocks.PanelEnd, block(weekly), "") }, blocks.FormEnd, 3},
		"kick all":         {func(w *world) Reply { return w.types(ana, teamCh, "kick all") }, blocks.FormKickAll, 3},
		"kick unknown":     {func(w *world) Reply { return w.types(ana, teamCh, "kick unknown") }, blocks.FormKickAll, 1},
		"kick others":      {func(w *world) Reply { return w.types(ana, teamCh, "kick others") }, blocks.FormKickAll, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			keys := w.fill(weekly)
			onHerLine(w, keys[0])
			r := tt.open(w)
			wantForm(t, r, tt.id)
			m, err := blocks.ParseMeta(r.View.Meta)
			w.must(err)
			if answer, _ := w.sends(ana, tt.id, m, State{}); answer.Errors[blocks.InSure] == "" {
				t.Error("the box need not be ticked")
			}
			_, r = w.sends(mia, tt.id, m, field(blocks.InSure, blocks.Sure))
			wantText(t, r, "Only moderators of Weekly sync")
			if did := w.audian.done(); len(did) > 0 {
				t.Fatalf("Audian was asked for %v", did)
			}
			_, r = w.sends(ana, tt.id, m, field(blocks.InSure, blocks.Sure))
			wantText(t, r, "Hung up on")
			if did := w.audian.done(); len(did) != tt.gone || strings.Contains(strings.Join(did, ","), "p1 ") != (tt.gone == 3) {
				t.Errorf("Audian was asked for %v", did)
			}
		})
	}
}

func TestAnEndFormOfAnotherRunDoesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	for _, m := range []blocks.Meta{
		{Conference: weekly, Run: "another"}, {Conference: weekly}, {Conference: weekly, Action: "everybody"},
	} {
		if m.Action != "" {
			snap, err := w.live.Read(t.Context(), weekly)
			w.must(err)
			m.Run = snap.Run.ID
		}
		_, r := w.sends(ana, blocks.FormEnd, m, field(blocks.InSure, blocks.Sure))
		if r.Private == nil || strings.Contains(text(r), "Hung up") {
			t.Errorf("told %q", text(r))
		}
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

func TestAMentionGetsAButtonForWhatNeedsAForm(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	for text, action := range map[string]string{
		"mute others": blocks.PanelMuteOthers, "edit Weekly sync": blocks.EditOpen, "delete Weekly sync": blocks.DeleteOpen,
		"people Weekly sync private": blocks.ListOpen, "create": blocks.CreateOpen, "kick unknown": blocks.ConferencePick, "kick all": blocks.ConferencePick,
	} {
		r := w.says(ana, teamCh, text)
		if wantPrivateOnly(t, r); r.Private == nil || !strings.Contains(asJSON(r.Private.Blocks), `"`+action+`"`) {
			t.Errorf("%s: no button %s", text, action)
		}
	}
	r := w.says(ana, teamCh, "kick unknown")
	r = w.pressesOwn(ana, teamCh, blocks.ConferencePick, "", buttonValue(t, r, blocks.ConferencePick, 0))
	wantForm(t, r, blocks.FormKickAll, "whose number has no name")
}
