package commands

import (
	"strings"
	"testing"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

var noAnswer = &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}

// loses makes Audian do what it is asked for, or not, and give no answer.
func (w *world) loses(does bool) {
	w.audian.onAct = func(who conference.ParticipantID, what conference.Action) (bool, error) {
		if does {
			people := w.audian.lines[weekly]
			for i := range people {
				if people[i].ID != who {
					continue
				}
				if what == conference.Kick {
					w.audian.lines[weekly] = append(people[:i:i], people[i+1:]...)
					break
				}
				people[i].Muted = what == conference.Mute
			}
		}
		return false, noAnswer
	}
}

func TestAfterALostAnswerTheLineIsReadAtOnceAndTheTruthFollows(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		action string
		does   bool
		first  string
		then   string
		audit  string
		row    func(live.Caller) bool
	}{
		"a mute that was done": {
			blocks.ParticipantMute, true, "I asked Audian to mute caller 3, ends 4821, and got no answer.", "Caller 3, ends 4821, is muted.", "done",
			func(c live.Caller) bool { return c.Muted && c.MutedBy == bo },
		},
		"a mute that was not": {
			blocks.ParticipantMute, false, "I asked Audian to mute caller 3, ends 4821, and got no answer.",
			"Caller 3, ends 4821, isn't muted. Ask again if you still want it.", "unsure",
			func(c live.Caller) bool { return !c.Muted && c.Pending == conference.Mute },
		},
		"a kick that was done": {
			blocks.ParticipantKick, true, "They may still be on the line.", "Caller 3, ends 4821, is off the line.", "done",
			func(c live.Caller) bool { return !c.On() && c.KickedBy == bo },
		},
		"a kick that was not": {
			blocks.ParticipantKick, false, "They may still be on the line.",
			"Caller 3, ends 4821, is still on the line. Ask again if you still want it.", "unsure",
			func(c live.Caller) bool { return c.On() },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			keys := w.fill(weekly)
			w.loses(tt.does)
			first := w.desk.Click(t.Context(), Click{
				Origin: w.from(bo, teamCh), ActionID: tt.action, BlockID: block(weekly), Value: value(keys[2]), MessageTS: "100.1",
			})
			wantText(t, first, tt.first)
			if first.Err == nil || first.Later == nil {
				t.Fatalf("err %v, goes on: %v", first.Err, first.Later != nil)
			}
			then := first.Later(t.Context(), nil)
			wantText(t, then, tt.then)
			if len(then.Touch) == 0 {
				t.Error("nothing is drawn again")
			}
			caller, _ := w.live.Snapshot(weekly).Run.Find(keys[2])
			if !tt.row(caller) {
				t.Errorf("the row shows %+v", caller)
			}
			if got := w.deeds(); len(got) != 1 || !strings.HasSuffix(got[0], ": "+tt.audit) {
				t.Errorf("audit %v", got)
			}
		})
	}
}

func TestALostAnswerOfWhichNothingIsLearntIsNotToldTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.loses(false)
	first := w.desk.Click(t.Context(), Click{
		Origin: w.from(bo, teamCh), ActionID: blocks.ParticipantMute, BlockID: block(weekly), Value: value(keys[2]), MessageTS: "100.1",
	})
	w.audian.onRead = func() error { return &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent} }
	then := first.Later(t.Context(), nil)
	if then.Private != nil || !then.Told || then.Err == nil {
		t.Errorf("told %q, as told already: %v, for the log: %v", text(then), then.Told, then.Err)
	}
}

func TestALostAnswerInAListIsFollowedInThatList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.loses(true)
	m := blocks.Meta{Conference: weekly, Channel: teamCh}
	first := w.desk.Click(t.Context(), Click{
		Origin: w.from(bo, ""), ActionID: blocks.ParticipantMute, BlockID: block(weekly), Value: value(keys[2]),
		View: &ViewRef{ID: "V1", RootID: "V1", CallbackID: blocks.FormList, Meta: blocks.EncodeMeta(m)},
	})
	wantForm(t, first, blocks.FormList, "got no answer")
	wantForm(t, first.Later(t.Context(), nil), blocks.FormList, "is muted")
}

func TestALostAnswerAmongManyIsCountedOnceTheTruthIsKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	onHerLine(w, keys[0])
	w.audian.onAct = lostFor(w, keys[1].ID) // asked after p3, whom nobody knows
	first := w.desk.Command(t.Context(), Request{Origin: w.from(ana, teamCh), Text: "mute others"})
	wantText(t, first, "Muted 1 person.", "Caller 2 didn't confirm.")
	if first.Later == nil {
		t.Fatal("nobody looks again")
	}
	wantText(t, first.Later(t.Context(), nil), "Muted 2 people.")
}

// lostFor loses the answer about one caller, whom it mutes.
func lostFor(w *world, id conference.ParticipantID) func(conference.ParticipantID, conference.Action) (bool, error) {
	return func(who conference.ParticipantID, _ conference.Action) (bool, error) {
		if who != id {
			return false, nil
		}
		people := w.audian.lines[weekly]
		for i := range people {
			people[i].Muted = people[i].Muted || people[i].ID == who
		}
		return false, noAnswer
	}
}

func TestAChangeWhoseAnswerWasLostIsLookedForBeforeItIsDoubted(t *testing.T) {
	t.Parallel()
	sure := field(blocks.InSure, blocks.Sure)
	for name, tt := range map[string]struct {
		change func(w *world) Reply
		says   string
		audit  string
	}{
		"a new PIN": {func(w *world) Reply { return w.types(ana, teamCh, "pin rotate") }, "The PIN for Weekly sync is now", "UANA pin.rotate: done"},
		"a setting": {func(w *world) Reply { return w.types(ana, teamCh, "edit Weekly sync max=9 pin=592814") }, "Weekly sync is changed", "UANA edit: done"},
		"a deletion": {func(w *world) Reply {
			_, r := w.sends(ana, blocks.FormDelete, blocks.Meta{Conference: weekly, Channel: teamCh}, sure)
			return r
		}, "Weekly sync is deleted.", "UANA delete: done"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.audian.lost = noAnswer
			wantText(t, tt.change(w), tt.says)
			if deeds := w.deeds(); len(deeds) != 1 || deeds[0] != tt.audit {
				t.Errorf("audit %v", deeds)
			}
		})
	}
}

func TestAChangeThatWasNotMadeStaysInDoubt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.audian.onWrite = func(string) error { return noAnswer }
	wantText(t, w.types(ana, teamCh, "pin rotate"), "got no answer")
	if deeds := w.deeds(); len(deeds) != 1 || deeds[0] != "UANA pin.rotate: unsure" {
		t.Errorf("audit %v", deeds)
	}
}
