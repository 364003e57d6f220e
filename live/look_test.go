package live_test

import (
	"fmt"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"confbot/conference"
	"confbot/live"
)

// about reports whether d is want, give or take the jitter.
func about(d, want time.Duration) bool { return d >= want*89/100 && d <= want*111/100 }

func TestThePaceIsFastWhilePeopleMoveAndSlowWhenNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		w.Watch(weekly, "card")
		w.Start(t.Context())
		for _, step := range []struct {
			name  string
			wait  time.Duration
			want  time.Duration
			event func()
		}{
			{"at the start", 15 * time.Second, 2 * time.Second, nil},
			{"quiet", time.Minute, 5 * time.Second, nil},
			{"long quiet", 10 * time.Minute, 5 * time.Second, nil},
			{"somebody mutes", 15 * time.Second, 2 * time.Second, func() { w.phones.change(weekly, "a", muted) }},
			{"quiet again", 30 * time.Second, 5 * time.Second, nil},
			{"a person asks for something", 15 * time.Second, 2 * time.Second, func() {
				w.Asked(weekly, w.Snapshot(weekly).Run.Callers[0].Key(), conference.Unmute, "U1")
			}},
			{"empty", 45 * time.Second, 5 * time.Second, func() { w.phones.set(weekly) }},
			{"over", 5 * time.Minute, 10 * time.Second, nil},
		} {
			if step.event != nil {
				step.event()
				pass(16 * time.Second) // until it was seen
				synctest.Wait()
			} else if step.wait > 15*time.Second {
				pass(step.wait / 2)
			}
			n := w.phones.count()
			pass(step.wait)
			between := w.phones.since(n + 1)
			if step.event != nil && step.want == 2*time.Second {
				between = between[:min(1, len(between))] // 20 seconds of it are nearly over
			}
			if len(between) == 0 {
				t.Errorf("%s: no two readings in %s", step.name, step.wait)
			}
			for _, d := range between {
				if !about(d, step.want) {
					t.Errorf("%s: read after %s, want about %s", step.name, d, step.want)
				}
			}
		}
	})
}

func TestTheFirstAnswerIsToldAlsoWhenNobodyIsOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly)
		w.Watch(weekly, "card")
		w.Start(t.Context())
		pass(time.Minute)
		told := w.drawer.take()
		if len(told) != 1 || !told[0].Health {
			t.Errorf("told %+v, want once that the line is known now", told)
		}
	})
}

func TestARunIsSeenToEndWithoutAnybodyAsking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		w.Watch(weekly, "card")
		w.Start(t.Context())
		pass(30 * time.Second)
		w.phones.set(weekly)
		pass(95 * time.Second)
		if s := w.Snapshot(weekly); s.Run.Live() || s.Run.ID == "" {
			t.Errorf("the run goes on: %+v", s.Run)
		}
		ended := 0
		for _, d := range w.drawer.take() {
			if d.Ended {
				ended++
			}
		}
		if ended != 1 {
			t.Errorf("told %d times that it ended, want once", ended)
		}
	})
}

func TestWhatNobodyWantsIsNotLookedAt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.Start(t.Context())
		w.Watch(weekly, "card C1")
		w.Watch(weekly, "list V1")
		w.Watch(weekly, "list V1") // the same counts once
		pass(time.Minute)
		w.Unwatch(weekly, "list V1")
		n := w.phones.count()
		pass(5 * time.Minute)
		if w.phones.count() == n {
			t.Error("not looked at though a card wants it")
		}
		w.Unwatch(weekly, "card C1")
		w.Unwatch(weekly, "card C1")
		w.Unwatch("another", "card")
		pass(time.Minute)
		if n = w.phones.count(); w.Snapshot(weekly).Every != 0 {
			t.Errorf("every %s, want that nobody looks", w.Snapshot(weekly).Every)
		}
		if pass(time.Hour); w.phones.count() != n {
			t.Errorf("%d readings though nobody wants them", w.phones.count()-n)
		}
		began := time.Now()
		w.Watch(weekly, "card C2")
		synctest.Wait()
		if w.phones.count() != n+1 || time.Since(began) != 0 {
			t.Error("a new reason does not lead to a reading at once")
		}
	})
}

func TestALiveConferenceIsFollowedToItsEndWithoutAReason(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.Start(t.Context())
		w.phones.set(weekly, joining("a"))
		w.read(t)
		if every := w.Snapshot(weekly).Every; every != live.DefaultPace().Idle {
			t.Errorf("every %s, want %s", every, live.DefaultPace().Idle)
		}
		pass(10 * time.Minute)
		w.phones.set(weekly)
		pass(3 * time.Minute)
		if w.Snapshot(weekly).Run.Live() {
			t.Error("the run was not seen to end")
		}
		n := w.phones.count()
		if pass(time.Hour); w.phones.count() != n {
			t.Error("looked at after the run was over")
		}
	})
}

func TestAudianThatDoesNotAnswerIsAskedLessOften(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		w.Watch(weekly, "card")
		w.Start(t.Context())
		pass(time.Second)
		w.phones.fail(&conference.Error{Kind: conference.Unavailable})
		n := w.phones.count()
		pass(3 * time.Minute)
		between := w.phones.since(n + 1)
		want := []time.Duration{5 * time.Second, 10 * time.Second, 20 * time.Second, 30 * time.Second, 30 * time.Second}
		for i, d := range between[:len(want)] {
			if !about(d, want[i]) {
				t.Errorf("asked again after %s, want about %s", d, want[i])
			}
		}
	})
}

func TestAllConferencesTogetherKeepToTheBudgetAndAreServedFairly(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const conferences = 200
		w := newWorld(t, live.Options{})
		id := func(i int) conference.ID { return conference.ID(fmt.Sprintf("conf_%d", i)) }
		for i := range conferences {
			w.phones.set(id(i), joining("a"))
			w.Watch(id(i), "card")
		}
		w.Start(t.Context())
		pass(10 * time.Second)
		if n := w.phones.count(); n < 30 || n > 34 { // three at once, then three a second
			t.Errorf("%d readings in the first ten seconds", n)
		}
		pass(20 * time.Minute) // until all are quiet
		w.phones.forgetReads()
		every := w.Snapshot(id(7)).Every

		const span = 20 * time.Minute
		pass(span)
		budget := live.DefaultPace().PerSecond * span.Seconds()
		if n := float64(w.phones.count()); n > budget+5 || n < 0.9*budget {
			t.Errorf("%v readings, want at least 90%% of the budget of %v and no more", n, budget)
		}
		counts := make([]int, 0, conferences)
		for i := range conferences {
			counts = append(counts, w.phones.countOf(id(i)))
		}
		if least, most := slices.Min(counts), slices.Max(counts); most-least > 2+most/4 {
			t.Errorf("some were read %d times, others %d", least, most)
		}
		if real := span / time.Duration(counts[7]); real < every*3/4 || real > every*4/3 {
			t.Errorf("read every %s, and said to be every %s", real, every)
		}
	})
}

func TestAConferenceThatMovesIsReadMoreOftenThanQuietOnesWhenTheBudgetIsShort(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		for i := range 100 {
			quiet := conference.ID(fmt.Sprintf("quiet_%d", i))
			w.phones.set(quiet, joining("a"))
			w.Watch(quiet, "card")
		}
		w.Watch(weekly, "card")
		w.Start(t.Context())
		pass(20 * time.Minute)
		w.phones.forgetReads()
		for i := range 40 {
			w.phones.set(weekly, joining(fmt.Sprint(i)))
			pass(15 * time.Second)
		}
		moving, quiet := w.phones.countOf(weekly), w.phones.countOf("quiet_1")
		if moving < 2*quiet {
			t.Errorf("the moving one was read %d times, a quiet one %d", moving, quiet)
		}
	})
}

func TestWhatNobodyAskedForInAWhileIsForgottenAndFoundInTheStore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.Start(t.Context())
		w.phones.set(weekly, joining("a"))
		w.read(t)
		w.phones.set(weekly)
		pass(time.Hour)
		if s := w.Snapshot(weekly); s.Run.ID != "" || s.Known() {
			t.Fatalf("still in memory: %+v", s)
		}
		w.phones.set(weekly, joining("b"))
		if s := w.read(t); line(s.Run) != "1:b" {
			t.Errorf("callers %s", line(s.Run))
		}
		if run := w.shelf.latest(t, weekly); line(run) != "1:b" || len(w.shelf.runs) != 2 {
			t.Errorf("stored %d runs, the latest with %s", len(w.shelf.runs), line(run))
		}
	})
}
