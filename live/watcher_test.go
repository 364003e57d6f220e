package live_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
	"confbot/live"
)

// now is a person who has just joined.
func joining(id string, mods ...func(*conference.Participant)) conference.Participant {
	return personAt(id, time.Now(), mods...)
}

func TestReadTellsWhatIsNewAndSavesIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		if s := w.Snapshot(weekly); s.Known() || s.Conference != weekly {
			t.Errorf("before any reading: %+v", s)
		}
		w.phones.set(weekly, joining("a"), joining("b"))
		s := w.read(t)
		if line(s.Run) != "1:a 2:b" || !s.ReadAt.Equal(time.Now()) || !s.ChangedAt.Equal(time.Now()) {
			t.Errorf("callers %s, read at %s, changed at %s", line(s.Run), s.ReadAt, s.ChangedAt)
		}
		told := w.drawer.take()
		if len(told) != 1 || !told[0].Started || len(told[0].Joined) != 2 {
			t.Errorf("told %+v", told)
		}
		if diff := cmp.Diff(w.shelf.latest(t, weekly), w.Snapshot(weekly).Run, numbers); diff != "" {
			t.Errorf("stored (-want +got):\n%s", diff)
		}
		if w.read(t); len(w.drawer.take()) != 0 {
			t.Error("told again though nothing changed")
		}
	})
}

func TestASnapshotIsACopy(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		s := w.read(t)
		s.Run.Callers[0].Name = "changed"
		one := w.Snapshot(weekly)
		one.Run.Callers[0].Name = "changed"
		if got := w.Snapshot(weekly).Run.Callers[0].Name; got != "Caller a" {
			t.Errorf("name %q after a copy was changed", got)
		}
	})
}

func TestOnlyTheCallersThatChangedAreSavedAndQuietReadingsOnceAMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"), joining("b"), joining("c"))
		w.read(t)
		writes, rows := w.shelf.written()
		if writes != 1 || rows != 3 {
			t.Fatalf("%d writes of %d callers, want 1 of 3", writes, rows)
		}
		w.phones.change(weekly, "b", muted)
		w.read(t)
		if writes, rows = w.shelf.written(); writes != 2 || rows != 4 {
			t.Fatalf("%d writes of %d callers after one change, want 2 of 4", writes, rows)
		}
		for range 120 {
			pass(time.Second)
			w.read(t)
		}
		if writes, rows = w.shelf.written(); writes != 4 || rows != 4 {
			t.Errorf("%d writes of %d callers after two quiet minutes, want 4 of 4", writes, rows)
		}
	})
}

func TestWhatCouldNotBeSavedIsSavedWithTheNextReading(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.read(t) // the store was asked for a run already
		w.shelf.fail(errors.New("disk full"))
		w.phones.set(weekly, joining("a"), joining("b"))
		if s := w.read(t); line(s.Run) != "1:a 2:b" {
			t.Fatalf("callers %s: a full disk must not hide who is on", line(s.Run))
		}
		w.shelf.fail(nil)
		w.read(t)
		if got := line(w.shelf.latest(t, weekly)); got != "1:a 2:b" {
			t.Errorf("stored %s", got)
		}
	})
}

func TestNothingIsGuessedWhileTheStoredRunCannotBeRead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.shelf.fail(errors.New("disk gone"))
		w.phones.set(weekly, joining("a"))
		if _, err := w.Read(t.Context(), weekly); conference.KindOf(err) != conference.Internal || err == nil {
			t.Errorf("Read = %v, want an internal error", err)
		}
		if s := w.Snapshot(weekly); s.Known() {
			t.Errorf("known: %+v: numbers could be given twice", s)
		}
	})
}

func TestAfterARestartNumbersGoOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		a, b := joining("a"), joining("b")
		w.phones.set(weekly, a, b)
		w.read(t)
		w.Asked(weekly, live.Key{ID: "b", Joined: b.Joined}, conference.Mute, "U1")
		w.Stop()

		pass(5 * time.Second)
		b.Muted = true
		w.phones.set(weekly, joining("c"), b)
		w = inWorld(t, w.phones, w.shelf, live.Options{})
		s := w.read(t)
		if got, want := line(s.Run), "1:a(left) 2:b 3:c"; got != want {
			t.Errorf("callers %s, want %s", got, want)
		}
		if c, _ := s.Run.Caller(2); c.MutedBy != "U1" || c.Pending != "" {
			t.Errorf("b is muted by %q, pending %q, want by U1 and done", c.MutedBy, c.Pending)
		}
	})
}

func TestAfterARestartWithOtherPeopleTheOldRunIsClosedInTheStore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		old := w.read(t).Run
		w.Stop()

		pass(time.Minute)
		w.phones.set(weekly, joining("b"))
		w = inWorld(t, w.phones, w.shelf, live.Options{})
		if s := w.read(t); line(s.Run) != "1:b" || s.Run.ID == old.ID {
			t.Errorf("callers %s in run %s, want a new run", line(s.Run), s.Run.ID)
		}
		w.shelf.mu.Lock()
		defer w.shelf.mu.Unlock()
		if closed := w.shelf.runs[old.ID]; closed.Live() || len(closed.On()) != 0 {
			t.Errorf("the old run is stored as live: %v, with %d on", closed.Live(), len(closed.On()))
		}
	})
}

func TestStopEndsReadingsAndIsFinal(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.before = func(ctx context.Context, _ int) { <-ctx.Done() }
		w.Start(t.Context())
		w.Start(t.Context())
		w.Watch(weekly, "card")
		failed := make(chan error)
		go func() {
			_, err := w.Read(t.Context(), weekly)
			failed <- err
		}()
		synctest.Wait()
		w.Stop()
		w.Stop()
		if err := <-failed; !errors.Is(err, live.ErrStopped) {
			t.Errorf("a reading under way = %v, want ErrStopped", err)
		}
		if _, err := w.Read(t.Context(), weekly); !errors.Is(err, live.ErrStopped) {
			t.Errorf("a reading after Stop = %v, want ErrStopped", err)
		}
		w.Start(t.Context())
		reads := w.phones.count()
		pass(time.Hour)
		if w.phones.count() != reads {
			t.Error("it looks after Stop")
		}
	})
}

func TestTheEndOfTheContextGivenToStartStopsLooking(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := newWorld(t, live.Options{})
		w.Watch(weekly, "card")
		w.Start(ctx)
		pass(time.Minute)
		cancel()
		synctest.Wait()
		reads := w.phones.count()
		if pass(time.Hour); reads == 0 || w.phones.count() != reads {
			t.Errorf("%d readings, then %d more", reads, w.phones.count()-reads)
		}
	})
}

func TestAudianThatDoesNotAnswerIsToldOnceAndWhenItAnswersAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		w.read(t)
		w.drawer.take()
		silent := &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent}
		w.phones.fail(silent)
		var healths []bool
		for range 4 {
			s, err := w.Read(t.Context(), weekly)
			if !errors.Is(err, silent) || line(s.Run) != "1:a" {
				t.Errorf("Read = %s, %v: want what was known, and the failure", line(s.Run), err)
			}
			healths = append(healths, len(w.drawer.take()) > 0)
		}
		if w.Snapshot(weekly).Failures != 4 {
			t.Errorf("failures = %d, want 4", w.Snapshot(weekly).Failures)
		}
		w.phones.fail(nil)
		w.read(t)
		healths = append(healths, len(w.drawer.take()) > 0)
		if want := []bool{false, true, false, false, true}; !slices.Equal(healths, want) || w.Snapshot(weekly).Failures != 0 {
			t.Errorf("told %v, want %v", healths, want)
		}
	})
}

func TestAConferenceThatIsGoneIsSaidSoAndMayComeBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		w.read(t)
		w.drawer.take()
		w.phones.fail(&conference.Error{Kind: conference.NotFound, Reason: conference.NoConference})
		s, err := w.Read(t.Context(), weekly)
		told := w.drawer.take()
		if conference.KindOf(err) != conference.NotFound || !s.Gone || s.Failures != 0 || len(told) != 1 || !told[0].Gone {
			t.Errorf("Read = gone %v, %d failures, %v; told %+v", s.Gone, s.Failures, err, told)
		}
		w.phones.fail(nil)
		s = w.read(t)
		if told := w.drawer.take(); s.Gone || line(s.Run) != "1:a" || len(told) != 1 || !told[0].Gone {
			t.Errorf("back: gone %v, callers %s, told %+v", s.Gone, line(s.Run), told)
		}
	})
}
