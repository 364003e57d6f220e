package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

func TestTypedActionsNameThePersonAndAreWrittenDown(t *testing.T) {
	t.Parallel()
	for text, tt := range map[string]struct{ says, did, audit string }{
		"mute ana":       {"Caller 1, Ana Ruiz, is muted.", "mute p1 of conf_weekly", "UBO participant.mute caller 1, Ana Ruiz, ends 0111: done"},
		"mute 3":         {"Caller 3", "mute p3 of conf_weekly", "UBO participant.mute caller 3, ends 4821: done"},
		"mute 4821":      {"Caller 3", "mute p3 of conf_weekly", "UBO participant.mute caller 3, ends 4821: done"},
		"deaf bo":        {"can't hear", "deaf p2 of conf_weekly", "UBO participant.deaf caller 2, Bo Lin, ends 0142: done"},
		"deafen bo":      {"can't hear", "deaf p2 of conf_weekly", "UBO participant.deaf caller 2, Bo Lin, ends 0142: done"},
		"unmute ana":     {"Caller 1 wasn't muted.", "", ""},
		"undeaf ana":     {"Caller 1 could hear already.", "", ""},
		"undeafen ana":   {"Caller 1 could hear already.", "", ""},
		"mute nobody":    {"Nobody on the line matches “nobody”.", "", ""},
		"mute weekly bo": {"Caller 2", "mute p2 of conf_weekly", "UBO participant.mute caller 2, Bo Lin, ends 0142: done"},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.fill(weekly)
			r := w.types(bo, teamCh, text)
			wantText(t, r, tt.says)
			if got := strings.Join(w.audian.done(), ", "); got != tt.did {
				t.Errorf("Audian was asked for %q, want %q", got, tt.did)
			}
			if got := strings.Join(w.deeds(), ", "); got != tt.audit {
				t.Errorf("audit %q, want %q", got, tt.audit)
			}
		})
	}
}

func TestAButtonActsOnTheStayThatWasDrawn(t *testing.T) {
	t.Parallel()
	for id, did := range map[string]string{
		blocks.ParticipantMute: "mute p3", blocks.ParticipantUnmute: "", blocks.ParticipantDeafen: "deaf p3",
		blocks.ParticipantUndeaf: "", blocks.ParticipantKick: "kick p3", blocks.KickConfirm: "kick p3",
	} {
		t.Run(id, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			keys := w.fill(weekly)
			r := w.presses(bo, teamCh, id, block(weekly), value(keys[2]))
			if got := strings.TrimSuffix(strings.Join(w.audian.done(), ","), " of conf_weekly"); got != did {
				t.Errorf("Audian was asked for %q, want %q", got, did)
			}
			if len(r.Touch) != 1 && r.Private == nil {
				t.Error("the click shows nothing at all")
			}
			if got := w.deeds(); len(got) != len(strings.Fields(did))/2 {
				t.Errorf("audit %v", got)
			}
		})
	}
}

func TestAStaleButtonDoesNothing(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		change func(w *world, k live.Key) live.Key
		says   string
	}{
		"they left": {func(w *world, k live.Key) live.Key {
			w.audian.leave(weekly, "p3")
			return k
		}, "left at"},
		"they left and somebody else has their id": {func(w *world, k live.Key) live.Key {
			w.audian.leave(weekly, "p3")
			w.audian.join(weekly, "p3", "Innocent", phones[3], w.clock)
			return k
		}, "left at"},
		"their id is of a run before": {func(_ *world, k live.Key) live.Key {
			k.Joined = k.Joined.AddDate(0, 0, -7)
			return k
		}, "That run has ended, so nothing was done."},
		"everybody has left": {func(w *world, k live.Key) live.Key {
			for _, id := range []string{"p1", "p2", "p3"} {
				w.audian.leave(weekly, id)
			}
			return k
		}, "left at"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			keys := w.fill(weekly)
			w.types(bo, teamCh, "people private") // they were seen
			k := tt.change(w, keys[2])
			for _, id := range []string{
				blocks.ParticipantMute, blocks.ParticipantUnmute, blocks.ParticipantDeafen, blocks.ParticipantUndeaf, blocks.ParticipantKick,
				blocks.KickConfirm, blocks.ParticipantName, blocks.ParticipantNumber, blocks.ParticipantMe,
			} {
				r := w.presses(bo, teamCh, id, block(weekly), value(k))
				wantText(t, r, tt.says)
				if r.View != nil {
					t.Errorf("%s opened a form", id)
				}
				if len(r.Touch) == 0 {
					t.Errorf("%s leaves the old list as it is", id)
				}
			}
			if did := w.audian.done(); len(did) > 0 {
				t.Errorf("Audian was asked for %v", did)
			}
			if deeds := w.deeds(); len(deeds) > 0 {
				t.Errorf("written down: %v", deeds)
			}
		})
	}
}

func TestASecondClickSaysThatItIsDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.presses(ana, teamCh, blocks.ParticipantMute, block(weekly), value(keys[2]))
	r := w.presses(bo, teamCh, blocks.ParticipantMute, block(weekly), value(keys[2]))
	wantText(t, r, "already", "Ana")
	if did := w.audian.done(); len(did) != 1 {
		t.Errorf("Audian was asked for %v", did)
	}
	w.presses(ana, teamCh, blocks.ParticipantKick, block(weekly), value(keys[2]))
	wantText(t, w.presses(bo, teamCh, blocks.ParticipantKick, block(weekly), value(keys[2])), "left at")
	if did := w.audian.done(); len(did) != 1 {
		t.Errorf("Audian was asked to kick twice: %v", did)
	}
}

func TestWhatWasAcceptedButNotSeenIsSaidSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.audian.onAct = func(conference.ParticipantID, conference.Action) (bool, error) { return true, nil }
	r := w.presses(bo, teamCh, blocks.ParticipantMute, block(weekly), value(keys[2]))
	wantText(t, r, "I asked Audian to mute", "hasn't happened yet")
	if got := w.deeds(); len(got) != 1 || !strings.HasSuffix(got[0], ": unsure") {
		t.Errorf("audit %v", got)
	}
}

func TestNoAnswerIsToldForWhatItIs(t *testing.T) {
	t.Parallel()
	silent := &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent}
	unsure := &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}
	for name, tt := range map[string]struct {
		onRead error
		onAct  error
		says   []string
		audit  int
	}{
		"before anything was asked":  {silent, nil, []string{"Audian isn't answering, so nothing was changed.", "K7Q2M"}, 0},
		"when it was surely not":     {nil, silent, []string{"Audian isn't answering, so nothing was changed."}, 1},
		"when it may have been done": {nil, unsure, []string{"I asked Audian to kick caller 3", "They may still be on the line"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			keys := w.fill(weekly)
			w.audian.onRead = func() error { return tt.onRead }
			w.audian.onAct = func(conference.ParticipantID, conference.Action) (bool, error) { return false, tt.onAct }
			r := w.desk.Click(t.Context(), Click{
				Origin: w.from(bo, teamCh), ActionID: blocks.ParticipantKick, BlockID: block(weekly), Value: value(keys[2]), MessageTS: "100.1",
			})
			wantText(t, r, tt.says...)
			if r.Err == nil {
				t.Error("nothing for the log")
			}
			if got := w.deeds(); len(got) != tt.audit {
				t.Errorf("audit %v", got)
			}
		})
	}
}

func TestATypedKickAsksFirst(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	r := w.types(bo, teamCh, "kick 3")
	wantText(t, r, "Kick caller 3?", "They can dial back in")
	if did := w.audian.done(); len(did) > 0 {
		t.Fatalf("it was not asked: %v", did)
	}
	if !strings.Contains(asJSON(r.Private.Blocks), blocks.KickConfirm) {
		t.Error("no button to go on")
	}
	r = w.pressesOwn(bo, teamCh, blocks.KickConfirm, block(weekly), value(keys[2]))
	wantText(t, r, "is off the line", "dial back in")
	if !r.Over {
		t.Error("the question stays")
	}
	if d := cmp.Diff([]string{"kick p3 of conf_weekly"}, w.audian.done()); d != "" {
		t.Error(d)
	}
	notes := w.live.Snapshot(weekly).Run.Notes
	if len(notes) != 1 || notes[0].By != bo || notes[0].What != "kicked" || notes[0].Caller != 3 {
		t.Errorf("everybody is told %+v", notes)
	}
}

func TestKeepOutRemovesThemAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.presses(bo, teamCh, blocks.ParticipantKick, block(weekly), value(keys[2]))
	wantText(t, w.pressesOwn(bo, teamCh, blocks.KickKeepOut, block(weekly), value(keys[2])), "I'll remove ends 4821 again")
	w.audian.done()

	w.audian.join(weekly, "p9", "", phones[2], w.clock)
	snap, err := w.live.Read(t.Context(), weekly)
	w.must(err)
	caller, _ := snap.Run.Find(live.Key{ID: "p9", Joined: w.clock})
	r := w.saw(w.desk.Arrived(t.Context(), snap, live.Diff{Unwanted: []live.Caller{caller}}))
	if d := cmp.Diff([]string{"kick p9 of conf_weekly"}, w.audian.done()); d != "" {
		t.Error(d)
	}
	if len(r.Lines) != 1 || !strings.Contains(r.Lines[0].Message.Text, "ending 4821 dialled in again and was removed") {
		t.Errorf("the thread is told %+v", r.Lines)
	}
	if got := w.deeds(); !strings.HasPrefix(got[len(got)-1], " participant.kick") {
		t.Errorf("audit %v", got)
	}
}

func TestAHiddenNumberCannotBeKeptOutOrNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	k := w.audian.join(weekly, "p7", "", "anonymous", w.clock)
	wantText(t, w.types(bo, teamCh, "label 1 Front desk"), "hides their number")
	wantText(t, w.presses(bo, teamCh, blocks.ParticipantName, block(weekly), value(k)), "hides their number")
	w.presses(bo, teamCh, blocks.ParticipantKick, block(weekly), value(k))
	wantText(t, w.pressesOwn(bo, teamCh, blocks.KickKeepOut, block(weekly), value(k)), "hidden")
	if len(w.live.Snapshot(weekly).Run.KeepOut) > 0 {
		t.Error("a hidden number is kept out")
	}
}

func TestNewcomersAreMutedOnceThatWasAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.types(bo, teamCh, "people private")
	wantText(t, w.presses(bo, teamCh, blocks.PanelNewcomers, block(weekly), ""), "Newcomers are muted")
	w.audian.join(weekly, "p9", "", phones[3], w.clock)
	snap, err := w.live.Read(t.Context(), weekly)
	w.must(err)
	if !snap.Run.Newcomers {
		t.Fatal("nobody remembers it")
	}
	caller, _ := snap.Run.Find(live.Key{ID: "p9", Joined: w.clock})
	w.saw(w.desk.Arrived(t.Context(), snap, live.Diff{Newcomers: []live.Caller{caller}}))
	if d := cmp.Diff([]string{"mute p9 of conf_weekly"}, w.audian.done()); d != "" {
		t.Error(d)
	}
	if got := strings.Join(w.deeds(), ","); !strings.Contains(got, " participant.mute") {
		t.Errorf("audit %v", got)
	}
	wantText(t, w.presses(bo, teamCh, blocks.PanelNewcomers, block(weekly), ""), "no longer muted")
}

func TestSeveralCallersWhoFitAreOffered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.audian.join(weekly, "p4", "Ana Berg", phones[3], w.clock)
	for text, action := range map[string]string{"mute ana": "mute", "kick ana": "kick", "label ana Front desk": "label"} {
		r := w.types(bo, teamCh, text)
		wantText(t, r, "Two callers match “ana”")
		blockID := blocks.BlockRef{Part: "item", Key: action + ".1", Conference: weekly}.ID()
		if !strings.Contains(asJSON(r.Private.Blocks), `"`+action+`.1|`) && !strings.Contains(asJSON(r.Private.Blocks), action+".1") {
			t.Errorf("%s: no button goes on with it: %s", text, asJSON(r.Private.Blocks))
		}
		r = w.pressesOwn(bo, teamCh, blocks.CallerPick, blockID, value(keys[0]))
		did := strings.Join(w.audian.done(), ",")
		switch action {
		case "mute":
			wantText(t, r, "Caller 1")
			if did != "mute p1 of conf_weekly" {
				t.Errorf("%s: Audian was asked for %q", text, did)
			}
		case "kick":
			wantText(t, r, "Kick caller 1?")
		case "label":
			wantForm(t, r, blocks.FormLabel)
		}
		if action != "mute" && did != "" {
			t.Errorf("%s: Audian was asked for %q", text, did)
		}
	}
	wantText(t, w.pressesOwn(bo, teamCh, blocks.CallerPick, blocks.BlockRef{Part: "item", Key: "delete.1", Conference: weekly}.ID(), value(keys[0])), "out of date")
}
