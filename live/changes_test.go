package live_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"confbot/conference"
	"confbot/live"
)

func TestAskedIsSeenAtOnceAndUntilItHappened(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		k := w.read(t).Run.Callers[0].Key()
		w.drawer.take()
		if !w.Asked(weekly, k, conference.Mute, "U1") {
			t.Fatal("the caller is not known")
		}
		if told := w.drawer.take(); len(told) != 1 || len(told[0].Changed) != 1 || told[0].Changed[0].Pending != conference.Mute {
			t.Errorf("told %+v", told)
		}
		if c := w.shelf.latest(t, weekly).Callers[0]; c.MutedBy != "U1" || c.Pending != conference.Mute {
			t.Errorf("stored: muted by %q, pending %q", c.MutedBy, c.Pending)
		}
		for name, k := range map[string]live.Key{
			"another": {ID: "b", Joined: k.Joined}, "an earlier stay": {ID: k.ID, Joined: k.Joined.Add(-time.Second)},
		} {
			if w.Asked(weekly, k, conference.Mute, "U1") || len(w.drawer.take()) != 0 {
				t.Errorf("%s is taken for the caller", name)
			}
		}
		if w.Asked("unknown", k, conference.Mute, "U1") {
			t.Error("a conference that was never read has a caller")
		}
	})
}

func TestAKeyWithMoreThanMillisecondsFindsItsCaller(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		p := joining("a")
		p.Joined = p.Joined.Add(1234567)
		w.phones.set(weekly, p)
		w.read(t)
		if !w.Asked(weekly, live.Key{ID: "a", Joined: p.Joined}, conference.Mute, "U1") {
			t.Error("a key made from what Audian gave does not find its caller")
		}
	})
}

func TestConfirmWaitsUntilEverybodyIsThereInOneLoop(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		people := make([]conference.Participant, 120)
		for i := range people {
			people[i] = joining(fmt.Sprint(i))
		}
		w.phones.set(weekly, people...)
		keys := make([]live.Key, 0, len(people))
		for _, c := range w.read(t).Run.Callers {
			keys = append(keys, c.Key())
			w.Asked(weekly, c.Key(), conference.Mute, "U1")
		}
		go func() {
			pass(time.Second)
			for i := range people {
				w.phones.change(weekly, people[i].ID, muted)
			}
		}()
		n := w.phones.count()
		o, err := w.Confirm(t.Context(), weekly, conference.Mute, keys...)
		if len(o.Done) != 120 || len(o.Left)+len(o.Waiting) != 0 || err != nil {
			t.Errorf("%d done, %d left, %d waiting, %v", len(o.Done), len(o.Left), len(o.Waiting), err)
		}
		if reads := w.phones.count() - n; reads > 4 {
			t.Errorf("%d readings for one bulk action", reads)
		}
	})
}

func TestConfirmTellsWhatHappenedToEach(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		a, b, c := joining("a"), joining("b"), joining("c")
		w.phones.set(weekly, a, b, c)
		w.read(t)
		keys := []live.Key{{"a", a.Joined}, {"b", b.Joined}, {"c", c.Joined}, {"d", c.Joined}}
		a.Muted = true
		w.phones.set(weekly, a, c)
		began := time.Now()
		o, err := w.Confirm(t.Context(), weekly, conference.Mute, keys...)
		if got := fmt.Sprint(ids(o.Done), ids(o.Left), ids(o.Waiting)); got != "[a] [b d] [c]" || err != nil {
			t.Errorf("done, left, waiting: %s, %v", got, err)
		}
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("waited %s for what does not happen", took)
		}
		o, err = w.Confirm(t.Context(), weekly, conference.Kick, keys[1], keys[3])
		if got := fmt.Sprint(ids(o.Done)); got != "[b d]" || err != nil {
			t.Errorf("kicked: %s, %v", got, err)
		}
		if o, err := w.Confirm(t.Context(), weekly, conference.Kick); len(o.Done)+len(o.Waiting) != 0 || err != nil {
			t.Errorf("nobody: %+v, %v", o, err)
		}
	})
}

func TestConfirmSaysWhenItCouldNotSee(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		a := joining("a", muted) // was so before: that proves nothing
		w.phones.set(weekly, a)
		w.read(t)
		silent := &conference.Error{Kind: conference.Unavailable}
		w.phones.fail(silent)
		k := live.Key{ID: "a", Joined: a.Joined}
		o, err := w.Confirm(t.Context(), weekly, conference.Mute, k)
		if len(o.Waiting) != 1 || len(o.Done) != 0 || !errors.Is(err, silent) {
			t.Errorf("%+v, %v, want waiting and the failure", o, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if o, err := w.Confirm(ctx, weekly, conference.Mute, k); len(o.Waiting) != 1 || !errors.Is(err, context.Canceled) {
			t.Errorf("%+v, %v, want waiting and that the time is over", o, err)
		}
	})
}

func TestAPersonIsOnOneLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"), joining("b"))
		on := w.read(t).Run.Callers
		w.Claim(weekly, on[0].Key(), "U1")
		w.Claim(weekly, on[1].Key(), "U1")
		on = w.Snapshot(weekly).Run.Callers
		if on[0].ClaimedBy != "" || on[1].ClaimedBy != "U1" {
			t.Errorf("claimed by %q and %q, want the second only", on[0].ClaimedBy, on[1].ClaimedBy)
		}
		if w.Claim(weekly, live.Key{ID: "x"}, "U1") || w.Snapshot(weekly).Run.Callers[1].ClaimedBy != "U1" {
			t.Error("a claim on nobody took the old one away")
		}
	})
}

func TestNotesAndWishesLastAsLongAsTheirRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		if w.Note(weekly, live.Note{}) || w.Newcomers(weekly, true) || w.KeepOut(weekly, "1") {
			t.Error("there is no run to remember it")
		}
		w.phones.set(weekly, joining("a"), joining("b", from("+49 30 1")))
		w.read(t)
		w.drawer.take()
		for i := range 12 {
			w.Note(weekly, live.Note{By: "U1", What: "kicked", Caller: i})
		}
		notes := w.Snapshot(weekly).Run.Notes
		if len(notes) != 10 || notes[9].Caller != 11 || !notes[9].At.Equal(time.Now()) {
			t.Errorf("notes %+v, want the last ten", notes)
		}
		w.Newcomers(weekly, true)
		if told := w.drawer.take(); len(told) != 13 {
			t.Errorf("told %d times, want each time: the panel prints it", len(told))
		}
		w.KeepOut(weekly, "49301")
		if told := w.drawer.take(); len(told) != 1 || len(told[0].Unwanted) != 1 || told[0].Unwanted[0].No != 2 {
			t.Errorf("told %+v, want that b is unwanted", told)
		}
		w.KeepOut(weekly, "49301")
		run := w.shelf.latest(t, weekly)
		if len(run.Notes) != 10 || !run.Newcomers || len(run.KeepOut) != 1 {
			t.Errorf("stored %d notes, newcomers %v, kept out %v", len(run.Notes), run.Newcomers, run.KeepOut)
		}
		if !w.LetIn(weekly, "49301") || w.LetIn(weekly, "49301") || len(w.Snapshot(weekly).Run.KeepOut) != 0 {
			t.Error("LetIn does not take it back, once")
		}
		w.phones.set(weekly)
		w.read(t)
		pass(time.Minute)
		w.read(t)
		if w.Newcomers(weekly, true) || w.KeepOut(weekly, "1") {
			t.Error("a wish for a run that is over")
		}
	})
}

func TestChangesAndReadingsFromManySidesLoseNothing(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.after = func(context.Context, int) { pass(time.Millisecond) }
		people := make([]conference.Participant, 20)
		for i := range people {
			people[i] = joining(fmt.Sprint(i))
		}
		w.phones.set(weekly, people...)
		w.Watch(weekly, "card")
		w.Start(t.Context())
		on := w.read(t).Run.Callers
		var work sync.WaitGroup
		for _, c := range on {
			work.Go(func() {
				w.Claim(weekly, c.Key(), "U"+string(c.ID))
				w.Asked(weekly, c.Key(), conference.Mute, "U1")
				w.phones.change(weekly, c.ID, muted)
				if o, err := w.Confirm(t.Context(), weekly, conference.Mute, c.Key()); len(o.Done) != 1 || err != nil {
					t.Errorf("caller %d: %+v, %v", c.No, o, err)
				}
			})
		}
		work.Wait()
		for _, c := range w.shelf.latest(t, weekly).Callers {
			if c.ClaimedBy != "U"+string(c.ID) || c.MutedBy != "U1" || c.Pending != "" || !c.Muted {
				t.Errorf("caller %d: claimed by %q, muted by %q, pending %q", c.No, c.ClaimedBy, c.MutedBy, c.Pending)
			}
		}
	})
}
