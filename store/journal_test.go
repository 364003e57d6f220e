package store_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/store"
)

func entry(key string, minute int) store.Entry {
	return store.Entry{
		Key: key, Ref: "K7Q2M", Kind: "command", Name: "create", Team: "T1", User: "U1", Channel: "C1", At: at(minute),
		FreshUntil: at(minute + 10), Payload: []byte{0, 1, 255, 'x'}, State: store.StateOpen, Owner: "p1", LeaseUntil: at(minute + 1),
	}
}

func TestEntriesOfADeadOwnerAreTakenOverAsTheyWere(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		second, first, later := entry("b", 2), entry("a", 1), entry("c", 3)
		_, err := s.AppendJournal(ctx, []store.Entry{second, first, later, {Key: "zero"}})
		must(t, err)
		got, err := s.ClaimJournal(ctx, "p2", at(3), time.Minute, 10)
		must(t, err)
		for _, e := range []*store.Entry{&first, &second} {
			e.Owner, e.LeaseUntil = "p2", at(4)
		}
		want := []store.Entry{{Key: "zero", State: store.StateOpen, Owner: "p2", LeaseUntil: at(4)}, first, second}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("ClaimJournal (-want +got):\n%s", diff)
		}
		if again, err := s.ClaimJournal(ctx, "p3", at(3), time.Minute, 10); len(again) != 0 || err != nil {
			t.Errorf("a second owner got %v, %v, want nothing while the lease runs", again, err)
		}
		must(t, s.RenewJournal(ctx, "p2", at(30)))
		if got, err := s.ClaimJournal(ctx, "p3", at(20), time.Minute, 10); len(got) != 1 || got[0].Key != "c" || err != nil {
			t.Errorf("after a renewal p3 got %v, %v, want only what p1 left", got, err)
		}
	})
}

func TestASecondDeliveryIsKnownAlsoWithinOneBatch(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		isNew, err := s.AppendJournal(ctx, []store.Entry{entry("a", 1), entry("b", 1), entry("a", 2)})
		must(t, err)
		if diff := cmp.Diff([]bool{true, true, false}, isNew); diff != "" {
			t.Errorf("isNew (-want +got):\n%s", diff)
		}
		must(t, s.Done(ctx, "a"))
		isNew, err = s.AppendJournal(ctx, []store.Entry{entry("a", 3), entry("d", 3)})
		must(t, err)
		if diff := cmp.Diff([]bool{false, true}, isNew); diff != "" {
			t.Errorf("isNew after Done (-want +got):\n%s", diff)
		}
		if isNew, err := s.AppendJournal(ctx, nil); len(isNew) != 0 || err != nil {
			t.Errorf("an empty batch = %v, %v", isNew, err)
		}
	})
}

func TestWhatIsClosedIsNeitherClaimedNorStillReadable(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.db")
	s, ctx := open(t, "sqlite:"+path), t.Context()
	e := entry("a", 1)
	e.Payload = []byte(strings.Repeat("sealed!", 10))
	f := e
	f.Key = "b"
	_, err := s.AppendJournal(ctx, []store.Entry{e, f})
	must(t, err)
	must(t, s.Done(ctx, "a"))
	must(t, s.Told(ctx, "b", "unknown"))
	must(t, s.Done(ctx))
	if got, err := s.ClaimJournal(ctx, "p2", at(99), time.Minute, 10); len(got) != 0 || err != nil {
		t.Errorf("ClaimJournal = %v, %v, want nothing", got, err)
	}
	db, err := sql.Open("sqlite", path)
	must(t, err)
	defer func() { _ = db.Close() }()
	for key, want := range map[string]string{"a": store.StateDone, "b": store.StateTold} {
		var state, payload, person string
		must(t, db.QueryRowContext(ctx, `SELECT state, payload, person FROM journal WHERE id = $1`, key).Scan(&state, &payload, &person))
		if state != want || payload != "" || person != "U1" {
			t.Errorf("%s is %q of %q with %d bytes of payload, want %q of U1 with none", key, state, person, len(payload), want)
		}
	}
}

func TestAtMostLimitEntriesAreClaimedAndOnlyOnce(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		var entries []store.Entry
		for i := range 40 {
			entries = append(entries, entry(fmt.Sprint(i), 0))
		}
		_, err := s.AppendJournal(ctx, entries)
		must(t, err)
		var claimed atomic.Int64
		var work sync.WaitGroup
		for p := range 4 {
			work.Go(func() {
				for {
					got, err := s.ClaimJournal(ctx, fmt.Sprint("owner", p), at(5), time.Minute, 3)
					if err != nil || len(got) > 3 {
						t.Errorf("ClaimJournal = %d entries, %v", len(got), err)
					}
					if len(got) == 0 {
						return
					}
					claimed.Add(int64(len(got)))
				}
			})
		}
		work.Wait()
		if claimed.Load() != 40 {
			t.Errorf("%d claims of 40 entries", claimed.Load())
		}
	})
}

func TestSweepDeletesOldClosedEntriesOnly(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		_, err := s.AppendJournal(ctx, []store.Entry{entry("old", 1), entry("open", 1), entry("told", 1), entry("young", 9)})
		must(t, err)
		must(t, s.Done(ctx, "old", "young"))
		must(t, s.Told(ctx, "told"))
		if n, err := s.Sweep(ctx, at(5)); n != 2 || err != nil {
			t.Errorf("Sweep = %d, %v, want 2", n, err)
		}
		isNew, err := s.AppendJournal(ctx, []store.Entry{entry("old", 1), entry("open", 1), entry("young", 1)})
		must(t, err)
		if diff := cmp.Diff([]bool{true, false, false}, isNew); diff != "" {
			t.Errorf("what is left (-want +got, new):\n%s", diff)
		}
	})
}

func TestGroupCommitsFromManyGoroutinesAreAllThere(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		var fresh atomic.Int64
		var work sync.WaitGroup
		for g := range 8 {
			work.Go(func() {
				for n := range 20 {
					// Every key is appended by two goroutines: one of them is new.
					batch := []store.Entry{entry(fmt.Sprint(g/2, "-", n), 0), entry(fmt.Sprint(g/2, "+", n), 0)}
					isNew, err := s.AppendJournal(ctx, batch)
					if err != nil {
						t.Error(err)
					}
					for _, is := range isNew {
						if is {
							fresh.Add(1)
						}
					}
				}
			})
		}
		work.Wait()
		if fresh.Load() != 4*20*2 {
			t.Errorf("%d were new, want %d", fresh.Load(), 4*20*2)
		}
		all, err := s.ClaimJournal(ctx, "p2", at(9), time.Minute, 1000)
		must(t, err)
		if len(all) != 4*20*2 {
			t.Errorf("%d are there, want %d", len(all), 4*20*2)
		}
	})
}

func TestWhatWasAcknowledgedBeforeAKillIsThere(t *testing.T) {
	t.Parallel()
	address := fileAddress(t)
	for range 3 { // the second and third time on what the kill before left
		var acknowledged []string
		lines, kill := startChild(t, address)
		for lines.Scan() {
			acknowledged = append(acknowledged, lines.Text())
			if len(acknowledged) == 300 {
				kill() // in the middle of commits; what was said until then still comes
			}
		}
		if len(acknowledged) < 300 {
			t.Fatalf("only %d were acknowledged", len(acknowledged))
		}
		s := open(t, address)
		again := make([]store.Entry, len(acknowledged))
		for i, key := range acknowledged {
			again[i] = store.Entry{Key: key}
		}
		isNew, err := s.AppendJournal(t.Context(), again)
		must(t, err)
		for i, lost := range isNew {
			if lost {
				t.Errorf("%s was acknowledged and is lost", acknowledged[i])
			}
		}
		_, err = s.ClaimJournal(t.Context(), "p2", time.Now().Add(time.Hour), time.Minute, 1)
		must(t, err)
		_, err = s.DeleteOlder(t.Context(), time.Now().Add(time.Hour)) // the next round begins with none
		must(t, err)
		must(t, s.Close())
	}
}

func TestOpeningFreesWhatTheLastProcessHeld(t *testing.T) {
	t.Parallel()
	address, ctx := fileAddress(t), t.Context()
	s := open(t, address)
	e := entry("a", 0)
	e.LeaseUntil = at(100)
	_, err := s.AppendJournal(ctx, []store.Entry{e})
	must(t, err)
	if got, err := s.AcquireLease(ctx, store.Lease{Name: "runner", Owner: "p1", Until: at(100)}, at(0)); !got || err != nil {
		t.Fatalf("AcquireLease = %v, %v", got, err)
	}
	must(t, s.Close())

	s = open(t, address)
	if got, err := s.ClaimJournal(ctx, "p2", at(1), time.Minute, 9); len(got) != 1 || err != nil {
		t.Errorf("ClaimJournal = %v, %v, want what the last process left", got, err)
	}
	if got, err := s.AcquireLease(ctx, store.Lease{Name: "runner", Owner: "p2", Until: at(9)}, at(1)); !got || err != nil {
		t.Errorf("AcquireLease = %v, %v, want it free", got, err)
	}
}

func BenchmarkAppendJournal(b *testing.B) {
	for _, size := range []int{1, 50} {
		b.Run(fmt.Sprintf("batch=%d", size), func(b *testing.B) {
			dir, err := os.MkdirTemp(".", "bench") // on the disk: the folder for temporary files may be in memory
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = os.RemoveAll(dir) })
			s, err := store.Open(b.Context(), "sqlite:"+filepath.Join(dir, "x.db"))
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = s.Close() })
			batch := make([]store.Entry, size)
			payload := make([]byte, 1500)
			n := 0
			for b.Loop() {
				for i := range batch {
					n++
					batch[i] = entry(fmt.Sprint(n), 0)
					batch[i].Payload = payload
				}
				if _, err := s.AppendJournal(b.Context(), batch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(n), "µs/entry")
		})
	}
}
