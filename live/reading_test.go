package live_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"confbot/live"
)

func TestAReadingIsNeverAnsweredFromOneThatHadBegunBefore(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.after = func(context.Context, int) { pass(time.Second) } // the list is old when it comes
		first := make(chan live.Snapshot)
		go func() {
			s, _ := w.Read(t.Context(), weekly)
			first <- s
		}()
		synctest.Wait()
		w.phones.set(weekly, joining("a"))
		if s := w.read(t); line(s.Run) != "1:a" {
			t.Errorf("callers %q: the reading was older than the question", line(s.Run))
		}
		<-first
	})
}

func TestReadingsThatHaveNotBegunAreShared(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.after = func(context.Context, int) { pass(time.Second) }
		var fresh atomic.Int64
		ask := func(want string) {
			s, err := w.Read(t.Context(), weekly)
			if err != nil || line(s.Run) != want {
				t.Errorf("callers %q, %v, want %q", line(s.Run), err, want)
				return
			}
			fresh.Add(1)
		}
		go ask("") // two are under way
		synctest.Wait()
		go ask("")
		synctest.Wait()
		w.phones.set(weekly, joining("a"))
		for range 100 {
			go ask("1:a")
		}
		synctest.Wait()
		pass(time.Minute)
		if fresh.Load() != 102 || w.phones.count() != 3 {
			t.Errorf("%d answers from %d readings, want 102 from 3", fresh.Load(), w.phones.count())
		}
	})
}

func TestAReadingThatHangsHoldsNobodyUpAndChangesNothingWhenItComes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.after = func(_ context.Context, call int) {
			if call == 1 {
				pass(8 * time.Second)
			}
		}
		late := make(chan live.Snapshot)
		go func() {
			s, _ := w.Read(t.Context(), weekly)
			late <- s
		}()
		synctest.Wait()
		began := time.Now()
		w.phones.set(weekly, joining("a"))
		if s := w.read(t); line(s.Run) != "1:a" || time.Since(began) > 0 {
			t.Errorf("callers %q after %s", line(s.Run), time.Since(began))
		}
		w.drawer.take()
		if s := <-late; line(s.Run) != "1:a" {
			t.Errorf("the late reading answered %q, want what is known since", line(s.Run))
		}
		if told := w.drawer.take(); len(told) != 0 {
			t.Errorf("the late reading told %+v", told)
		}
	})
}

func TestAReadingIsGivenUpAfterItsTime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{ReadTimeout: 3 * time.Second})
		w.phones.before = func(ctx context.Context, _ int) { <-ctx.Done() }
		began := time.Now()
		if _, err := w.Read(t.Context(), weekly); err == nil || time.Since(began) != 3*time.Second {
			t.Errorf("Read = %v after %s, want a failure after 3s", err, time.Since(began))
		}
		if s := w.Snapshot(weekly); s.Failures != 1 {
			t.Errorf("failures = %d, want 1", s.Failures)
		}
	})
}

func TestWhoeverStopsWaitingLeavesTheReadingToOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t, live.Options{})
		w.phones.set(weekly, joining("a"))
		w.phones.after = func(context.Context, int) { pass(2 * time.Second) }
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := w.Read(ctx, weekly); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Read = %v, want that the time was over", err)
		}
		pass(2 * time.Second)
		if s := w.Snapshot(weekly); line(s.Run) != "1:a" || s.Failures != 0 {
			t.Errorf("callers %q, %d failures, want the reading to have gone on", line(s.Run), s.Failures)
		}
	})
}

func TestReadingsThatNobodyWaitsForAreMarked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		type mark struct{}
		w := newWorld(t, live.Options{Background: func(ctx context.Context) context.Context { return context.WithValue(ctx, mark{}, true) }})
		var marked, others atomic.Int64
		w.phones.before = func(ctx context.Context, _ int) {
			if ctx.Value(mark{}) != nil {
				marked.Add(1)
			} else {
				others.Add(1)
			}
		}
		w.phones.set(weekly, joining("a"))
		w.read(t)
		if marked.Load() != 0 || others.Load() != 1 {
			t.Errorf("somebody waits: %d marked, %d others", marked.Load(), others.Load())
		}
		w.Start(t.Context())
		w.Watch(weekly, "panel")
		pass(time.Minute)
		if marked.Load() == 0 || others.Load() != 1 {
			t.Errorf("nobody waits: %d marked, %d others", marked.Load(), others.Load())
		}
		w.Stop()
	})
}
