package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

// killed ends a test's process at the moment at which Audian has just done
// what it was asked for.
type killed struct{}

// killedAfter carries something out by a process that dies as soon as Audian
// has done its part of it.
func (w *world) killedAfter(run func()) {
	w.t.Helper()
	w.audian.after = func() { panic(killed{}) }
	defer func() {
		if _, ok := recover().(killed); !ok {
			w.t.Fatal("it was not killed")
		}
		w.audian.after = nil
		w.audian.done()
	}()
	run()
}

func (w *world) resumed(user, channel string) Origin {
	o := w.from(user, channel)
	o.Resumed = true
	return o
}

// kicks is a click on Kick in a question that only Bo sees.
func (w *world) kicks(o Origin, k live.Key) Reply {
	return w.desk.Click(w.t.Context(), Click{
		Origin: o, ActionID: blocks.KickConfirm, BlockID: block(weekly), Value: value(k), Ephemeral: true,
	})
}

func TestAKickThatWasDoneBeforeARestartIsSaidAndWrittenDownAsDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.types(bo, teamCh, "people private") // they were seen
	w.killedAfter(func() { w.kicks(w.from(bo, teamCh), keys[2]) })
	if d := cmp.Diff([]string{"UBO participant.kick caller 3, ends 4821: unsure"}, w.deeds()); d != "" {
		t.Fatalf("a process that dies leaves in the audit (-want +got):\n%s", d)
	}
	r := w.kicks(w.resumed(bo, teamCh), keys[2])
	wantText(t, r, "Caller 3, ends 4821, is off the line.")
	if !r.Over {
		t.Error("the question stays")
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
	if d := cmp.Diff([]string{"UBO participant.kick caller 3, ends 4821: done"}, w.deeds()); d != "" {
		t.Errorf("audit (-want +got):\n%s", d)
	}
	caller, _ := w.live.Snapshot(weekly).Run.Find(keys[2])
	if caller.KickedBy != bo {
		t.Errorf("the panel says that %q kicked them", caller.KickedBy)
	}
}

func TestAKickThatNeverBeganBeforeARestartIsNotClaimed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.types(bo, teamCh, "people private")
	w.audian.leave(weekly, "p3")
	wantText(t, w.kicks(w.resumed(bo, teamCh), keys[2]), "left at", "Nothing was done.")
}

func TestAKickWhoseRunIsGoneAfterARestartSaysThatNobodyKnows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	w.killedAfter(func() { w.kicks(w.from(bo, teamCh), keys[2]) })
	k := keys[2]
	k.Joined = k.Joined.AddDate(0, 0, -7)
	wantText(t, w.kicks(w.resumed(bo, teamCh), k), "I can't tell whether it was done.")
}

func TestEndingForEveryoneCountsThoseOfBeforeTheRestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.types(ana, teamCh, "people private")
	m := blocks.Meta{Conference: weekly, Run: w.live.Snapshot(weekly).Run.ID, Channel: teamCh}
	end := Submission{
		Origin: w.from(ana, ""), View: ViewRef{ID: "V1", RootID: "V1", CallbackID: blocks.FormEnd, Meta: blocks.EncodeMeta(m)},
		State: field(blocks.InSure, "yes"),
	}
	w.killedAfter(func() { w.desk.Submit(t.Context(), end) })
	end.Resumed = true
	wantText(t, w.desk.Submit(t.Context(), end), "Hung up on 3 people")
	if got := strings.Count(strings.Join(w.deeds(), ","), "participant.kick"); got != 3 || strings.Contains(strings.Join(w.deeds(), ","), "unsure") {
		t.Errorf("audit %v", w.deeds())
	}
	if notes := w.live.Snapshot(weekly).Run.Notes; len(notes) != 1 || notes[0].What != "ended" || notes[0].By != ana {
		t.Errorf("everybody is told %+v", notes)
	}

	again := end // it died once more, after the last of them
	wantText(t, w.desk.Submit(t.Context(), again), "Hung up on 3 people")
}

func TestEndingARunThatIsGoneAfterARestartSaysThatNobodyKnows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.types(ana, teamCh, "people private")
	m := blocks.Meta{Conference: weekly, Run: w.live.Snapshot(weekly).Run.ID, Channel: teamCh}
	end := Submission{
		Origin: w.from(ana, ""), View: ViewRef{ID: "V1", RootID: "V1", CallbackID: blocks.FormEnd, Meta: blocks.EncodeMeta(m)},
		State: field(blocks.InSure, "yes"),
	}
	w.killedAfter(func() { w.desk.Submit(t.Context(), end) })
	m.Run = "another"
	end.View.Meta = blocks.EncodeMeta(m)
	wantText(t, w.desk.Submit(t.Context(), end), "so nothing was done")
	end.Resumed = true
	wantText(t, w.desk.Submit(t.Context(), end), "I can't tell whether it was done.")
}

func TestADeletionIsFinishedAfterARestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	m := blocks.Meta{Conference: weekly, Channel: teamCh}
	send := Submission{
		Origin: w.from(ana, ""), View: ViewRef{ID: "V1", RootID: "V1", CallbackID: blocks.FormDelete, Meta: blocks.EncodeMeta(m)},
		State: field(blocks.InSure, "yes"),
	}
	w.killedAfter(func() { w.desk.Submit(t.Context(), send) })
	send.Resumed = true
	wantText(t, w.desk.Submit(t.Context(), send), "Weekly sync is deleted.")
	if _, linked, _ := w.store.LinkOf(t.Context(), teamCh); linked {
		t.Error("the channel is still linked to it")
	}
	if _, kept, _ := w.store.Kept(t.Context(), weekly); kept {
		t.Error("it is still kept")
	}
	if d := cmp.Diff([]string{"UANA delete: done"}, w.deeds()); d != "" {
		t.Errorf("audit (-want +got):\n%s", d)
	}
	send.User = bo // nobody finishes what somebody else began
	wantText(t, w.desk.Submit(t.Context(), send), "no such conference")
}

func TestAPINIsChangedOnceHoweverOftenItIsTakenUp(t *testing.T) {
	t.Parallel()
	for name, kill := range map[string]bool{"killed after Audian had it": true, "killed before": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			rotate := func(o Origin) Reply {
				return w.desk.Command(t.Context(), Request{Origin: o, Text: "pin Weekly sync rotate"})
			}
			if kill {
				w.killedAfter(func() { rotate(w.from(ana, teamCh)) })
			} else {
				w.audian.onWrite = func(string) error { panic(killed{}) }
				w.killedAfter(func() { rotate(w.from(ana, teamCh)) })
				w.audian.onWrite = nil
			}
			var pins []string
			for range 2 {
				r := rotate(w.resumed(ana, teamCh))
				c, err := w.audian.ByID(t.Context(), weekly)
				w.must(err)
				pin := conference.FirstPIN(c.MemberPINs).Digits()
				wantText(t, r, "The PIN for Weekly sync is now "+pin)
				pins = append(pins, pin)
			}
			if pins[0] != pins[1] || pins[0] == secretPINs[weekly][0] {
				t.Error("it was changed twice, or never")
			}
			if got := len(w.audian.done()); kill && got > 0 || got > 1 {
				t.Errorf("Audian was asked %d times", got)
			}
			if d := cmp.Diff([]string{"UANA pin.rotate: done"}, w.deeds()); d != "" {
				t.Errorf("audit (-want +got):\n%s", d)
			}
			for _, row := range w.audit() {
				if row.Detail != "" {
					t.Errorf("the note stays: %q", row.Detail)
				}
			}
		})
	}
}

func TestWhatWasPerhapsDoneBeforeARestartIsNotSaidToBeUndone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	keys := w.fill(weekly)
	o := w.from(bo, teamCh)
	said := func() string {
		return w.desk.NotDone(Plan{Name: "participant.kick"}, o, "kick caller 3 in Weekly sync").Text
	}
	if !strings.Contains(said(), "It was not done.") {
		t.Errorf("told %q", said())
	}
	w.killedAfter(func() { w.kicks(w.from(bo, teamCh), keys[2]) })
	o.Resumed = true
	if !strings.Contains(said(), "I can't tell whether it was done.") || strings.Contains(said(), "not done") {
		t.Errorf("told %q", said())
	}
}
