package store_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/announce"
	"confbot/conference"
	"confbot/store"
)

// everyDay is an announcement with every field set.
func everyDay(id string) announce.Announcement {
	return announce.Announcement{
		ID: announce.ID(id), Conference: "conf_1", Channel: "C1", Owner: "U1",
		Rule: announce.Rule{
			Zone: "Europe/Berlin", First: announce.WallOf(time.Date(2026, 11, 24, 9, 30, 0, 0, time.UTC)),
			Repeat: announce.Repeat{
				Freq: announce.Weeks, Interval: 2, Days: []time.Weekday{time.Tuesday, time.Friday},
				Until: announce.WallOf(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)),
			},
			Lead: 5 * time.Minute, Timed: true, Exact: at(1),
		},
		Rotate: true, Here: true, QuietPIN: true, Message: "Bring “coffee”", CreatedAt: at(0),
	}
}

// row is an announcement's post, due so many minutes from now.
func row(a announce.Announcement, minutes int) announce.Occurrence {
	return announce.Occurrence{
		Key: fmt.Sprintf("%s.%d", a.ID, minutes), Kind: announce.KindPost, Announcement: a.ID, Conference: a.Conference, Channel: a.Channel,
		At: at(minutes), Starts: at(minutes + 5), State: announce.Due, Step: announce.StepSend, Wake: at(minutes), Until: at(minutes + 20),
		Lane: a.Channel,
	}
}

func create(t *testing.T, s *store.Store, a announce.Announcement, rows ...announce.Occurrence) announce.Announcement {
	t.Helper()
	must(t, s.Change(t.Context(), announce.Change{Announcement: a, New: true, Add: rows, Now: at(0)}))
	a.Revision = 1
	return a
}

func TestAnAnnouncementComesBackAsItWas(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		a := everyDay("A1")
		next := row(a, 10)
		a = create(t, s, a, next)
		got, ok, err := s.Announcement(t.Context(), "A1", at(0))
		must(t, err)
		if diff := cmp.Diff(announce.Listed{Announcement: a, Next: next}, got); !ok || diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		err = s.Change(t.Context(), announce.Change{Announcement: everyDay("A1"), New: true, Now: at(0)})
		if conference.KindOf(err) != conference.Conflict {
			t.Errorf("made twice: %v, want a conflict", err)
		}
	})
}

func TestAChangeToAnOldRevisionIsRefused(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		a := create(t, s, everyDay("A1"))
		first := a
		first.Message = "first"
		must(t, s.Change(t.Context(), announce.Change{Announcement: first, Now: at(0)}))
		second := a
		second.Message = "second"
		err := s.Change(t.Context(), announce.Change{Announcement: second, Add: []announce.Occurrence{row(a, 1)}, Now: at(0)})
		if conference.ReasonOf(err) != conference.ChangedSince {
			t.Errorf("err = %v, want changed since", err)
		}
		got, _, err := s.Announcement(t.Context(), "A1", at(0))
		must(t, err)
		if got.Message != "first" || got.Next.Key != "" {
			t.Errorf("got %q with next %q, want the first change only", got.Message, got.Next.Key)
		}
	})
}

func TestTheListHasWhatComesNextFirst(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		for i, minutes := range []int{30, 10, 20} {
			a := everyDay(fmt.Sprintf("A%d", i))
			create(t, s, a, row(a, minutes))
		}
		paused := everyDay("paused")
		paused.Paused, paused.Channel = true, "C2"
		create(t, s, paused)
		over := everyDay("over")
		over.Done = at(0)
		create(t, s, over)
		names := func(f announce.Filter) (ids []announce.ID, total int) {
			page, total, err := s.List(t.Context(), f, at(0))
			must(t, err)
			for _, l := range page {
				ids = append(ids, l.ID)
			}
			return ids, total
		}
		if ids, total := names(announce.Filter{}); total != 4 || !slices.Equal(ids, []announce.ID{"A1", "A2", "A0", "paused"}) {
			t.Errorf("list = %v of %d", ids, total)
		}
		if ids, total := names(announce.Filter{Limit: 2, Offset: 1}); total != 4 || !slices.Equal(ids, []announce.ID{"A2", "A0"}) {
			t.Errorf("second page = %v of %d", ids, total)
		}
		if ids, total := names(announce.Filter{Channel: "C2", Owner: "U1", Conference: "conf_1"}); total != 1 || ids[0] != "paused" {
			t.Errorf("of the other channel = %v of %d", ids, total)
		}
		if _, total := names(announce.Filter{Owner: "U2"}); total != 0 {
			t.Errorf("%d of somebody else", total)
		}
	})
}

func TestARowIsClaimedByOneProcessOnly(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		for i := range 40 {
			a := everyDay(fmt.Sprintf("A%d", i))
			a.Channel = fmt.Sprintf("C%d", i)
			create(t, s, a, row(a, 0))
		}
		var mu sync.Mutex
		claims := map[string]int{}
		var work sync.WaitGroup
		for p := range 8 {
			work.Go(func() {
				for range 10 {
					rows, err := s.Claim(t.Context(), claim(fmt.Sprintf("p%d", p), at(1), 5))
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					for _, o := range rows {
						claims[o.Key]++
					}
					mu.Unlock()
				}
			})
		}
		work.Wait()
		for key, n := range claims {
			if n != 1 {
				t.Errorf("%s was claimed %d times", key, n)
			}
		}
		if len(claims) != 40 {
			t.Errorf("%d rows were claimed, want all 40", len(claims))
		}
	})
}

func claim(holder string, now time.Time, limit int) announce.Claim {
	return announce.Claim{Lease: lease(holder, now), Before: now, Limit: limit}
}

func lease(holder string, now time.Time) announce.Lease {
	return announce.Lease{Holder: holder, Now: now, Until: now.Add(10 * time.Second)}
}

func TestALeaseThatRanOutIsTakenOverAndItsOldHolderWritesNothing(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := create(t, s, everyDay("A1"), row(everyDay("A1"), 0))
		rows, err := s.Claim(ctx, claim("old", at(1), 5))
		must(t, err)
		if len(rows) != 1 {
			t.Fatalf("claimed %d rows", len(rows))
		}
		key := rows[0].Key
		if o, _, ok, err := s.Begin(ctx, key, lease("old", at(1))); err != nil || !ok || o.State != announce.Due {
			t.Fatalf("Begin = %v, %v, %v", o.State, ok, err)
		}
		later := at(1).Add(5 * time.Second)
		if rows, err := s.Claim(ctx, claim("new", later, 5)); err != nil || len(rows) != 0 {
			t.Fatalf("claimed while the lease holds: %v, %v", rows, err)
		}
		must(t, s.Renew(ctx, []string{key}, lease("old", later)))
		later = at(1).Add(12 * time.Second)
		if rows, err := s.Claim(ctx, claim("new", later, 5)); err != nil || len(rows) != 0 {
			t.Fatalf("claimed though the lease was renewed: %v, %v", rows, err)
		}
		later = at(1).Add(16 * time.Second)
		if rows, err := s.Claim(ctx, claim("new", later, 5)); err != nil || len(rows) != 1 {
			t.Fatalf("not claimed though the lease ran out: %v, %v", rows, err)
		}
		if o, _, ok, err := s.Begin(ctx, key, lease("new", later)); err != nil || !ok || o.State != announce.Posting {
			t.Errorf("the new holder does not see the attempt: %v, %v, %v", o.State, ok, err)
		}
		if _, _, ok, err := s.Begin(ctx, key, lease("old", later)); err != nil || ok {
			t.Errorf("the old holder may begin: %v, %v", ok, err)
		}
		next := row(a, 60)
		over := rows[0]
		over.State, over.Step, over.Wake, over.TS = announce.Posted, announce.StepNone, time.Time{}, "1.2"
		end := announce.Settlement{
			Row: over, Was: announce.Posting, Holder: "old", Now: later,
			Plan: &announce.Plan{Announcement: a.ID, Revision: a.Revision, Next: &next},
		}
		if ok, err := s.Settle(ctx, end); err != nil || ok {
			t.Errorf("the old holder settles: %v, %v", ok, err)
		}
		if got, _, _ := s.Announcement(ctx, a.ID, later); got.Next.Key != key {
			t.Errorf("next = %q, want the row that is not settled", got.Next.Key)
		}
		end.Holder = "new"
		if ok, err := s.Settle(ctx, end); err != nil || !ok {
			t.Errorf("the new holder cannot settle: %v, %v", ok, err)
		}
		if got, _, _ := s.Announcement(ctx, a.ID, later); got.Next.Key != next.Key {
			t.Errorf("next = %q, want %q", got.Next.Key, next.Key)
		}
	})
}

func TestWhatIsBeingPostedCannotBeSkipped(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := create(t, s, everyDay("A1"), row(everyDay("A1"), 0))
		_, err := s.Claim(ctx, claim("p", at(0), 5))
		must(t, err)
		_, _, _, err = s.Begin(ctx, row(a, 0).Key, lease("p", at(0)))
		must(t, err)
		err = s.Change(ctx, announce.Change{Announcement: a, Skip: row(a, 0).Key, Now: at(0)})
		if conference.ReasonOf(err) != conference.ChangedSince {
			t.Errorf("err = %v, want changed since", err)
		}
	})
}

func TestALaneIsWorkedInOrderAndRests(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for i := range 3 {
			a := everyDay(fmt.Sprintf("A%d", i))
			create(t, s, a, row(a, i))
		}
		rows, err := s.Claim(ctx, claim("p", at(5), 9))
		must(t, err)
		if len(rows) != 1 || rows[0].Announcement != "A0" {
			t.Fatalf("claimed %d rows of one lane, first %v", len(rows), rows)
		}
		if more, err := s.Claim(ctx, claim("q", at(5), 9)); err != nil || len(more) != 0 {
			t.Fatalf("another process works in the same lane: %v, %v", more, err)
		}
		over := rows[0]
		over.State, over.Step, over.Wake = announce.Posted, announce.StepNone, time.Time{}
		_, err = s.Settle(ctx, announce.Settlement{
			Row: over, Was: announce.Due, Holder: "p", Now: at(5), Lane: "C1", Rest: at(5).Add(time.Second),
		})
		must(t, err)
		if more, err := s.Claim(ctx, claim("q", at(5), 9)); err != nil || len(more) != 0 {
			t.Errorf("claimed from a lane that rests: %v, %v", more, err)
		}
		more, err := s.Claim(ctx, claim("q", at(5).Add(time.Second), 9))
		must(t, err)
		if len(more) != 1 || more[0].Announcement != "A1" {
			t.Errorf("after the rest claimed %v, want the second", more)
		}
	})
}

func TestOnlyWhatNobodySawInTimeIsOverdue(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		waiting, slept := everyDay("waiting"), everyDay("slept")
		create(t, s, waiting, row(waiting, 0))
		_, err := s.Claim(ctx, claim("p", at(1), 9)) // seen, and its process dies
		must(t, err)
		create(t, s, slept, row(slept, 30))
		late := at(24 * 60)
		overdue, err := s.Overdue(ctx, late, 10)
		must(t, err)
		if len(overdue) != 1 || overdue[0].Announcement != "slept" {
			t.Errorf("overdue = %v, want the one that nobody saw", overdue)
		}
		rows, err := s.Claim(ctx, claim("p", late, 9))
		must(t, err)
		if len(rows) != 1 || rows[0].Announcement != "waiting" {
			t.Errorf("claimed %v, want the one that was seen in time", rows)
		}
	})
}

func TestOldRowsGoAndComingOnesStay(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := everyDay("A1")
		old, coming := row(a, 0), row(a, 90)
		old.State, old.Wake = announce.Posted, time.Time{}
		create(t, s, a, old, coming)
		over := everyDay("over")
		over.Done = at(0)
		create(t, s, over)
		n, err := s.DeleteOldAnnouncements(ctx, at(60))
		must(t, err)
		if n != 2 {
			t.Errorf("%d rows went, want the old post and the announcement that is over", n)
		}
		if got, ok, err := s.Announcement(ctx, "A1", at(60)); err != nil || !ok || got.Next.Key != coming.Key {
			t.Errorf("next = %q, %v, %v", got.Next.Key, ok, err)
		}
	})
}

func TestAnOwnerWhoLeftIsReplaced(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		create(t, s, everyDay("A1"))
		other := everyDay("A2")
		other.Conference = "conf_2"
		create(t, s, other)
		n, err := s.Reassign(t.Context(), "conf_1", "U1", "U9")
		must(t, err)
		got, _, err := s.Announcement(t.Context(), "A1", at(0))
		must(t, err)
		if n != 1 || got.Owner != "U9" {
			t.Errorf("%d reassigned, owner %s", n, got.Owner)
		}
	})
}

func TestAFailedChangeLeavesTheTimetableAsItWas(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		failure := errors.New("no")
		a := everyDay("A1")
		err := s.Tx(t.Context(), func(tx *store.Store) error {
			if err := tx.Change(t.Context(), announce.Change{Announcement: a, New: true, Add: []announce.Occurrence{row(a, 0)}, Now: at(0)}); err != nil {
				return err
			}
			return failure
		})
		if !errors.Is(err, failure) {
			t.Fatalf("err = %v", err)
		}
		rows, err := s.Claim(t.Context(), claim("p", at(1), 9))
		must(t, err)
		if len(rows) != 0 {
			t.Errorf("claimed %v of a change that failed", rows)
		}
	})
}

// BenchmarkLookingForWhatIsDue is what an idle process does each second.
func BenchmarkLookingForWhatIsDue(b *testing.B) {
	for _, size := range []int{10, 10_000} {
		b.Run(fmt.Sprint(size), func(b *testing.B) {
			ctx := b.Context()
			s, err := store.Open(ctx, "sqlite:"+b.TempDir()+"/bench.db")
			if err != nil {
				b.Fatal(err)
			}
			b.Cleanup(func() { _ = s.Close() })
			err = s.Tx(ctx, func(tx *store.Store) error {
				for i := range size {
					a := everyDay(fmt.Sprintf("A%d", i))
					c := announce.Change{Announcement: a, New: true, Add: []announce.Occurrence{row(a, 60+i)}, Now: at(0)}
					if err := tx.Change(ctx, c); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				if rows, err := s.Claim(ctx, claim("p", at(0), 64)); err != nil || len(rows) != 0 {
					b.Fatal(rows, err)
				}
			}
		})
	}
}

func TestWhatIsBeingPostedGoesOnWhenItsOwnerIsReplaced(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		a := everyDay("A1")
		a = create(t, s, a, row(a, 0))
		rows, err := s.Claim(ctx, claim("p", at(0), 9))
		must(t, err)
		o, begun, ok, err := s.Begin(ctx, rows[0].Key, lease("p", at(0)))
		must(t, err)
		if n, err := s.Reassign(ctx, a.Conference, a.Owner, "UHEIR"); !ok || n != 1 || err != nil {
			t.Fatalf("begun %v, given to an heir %d, %v", ok, n, err)
		}
		o.State, o.Step, o.Wake = announce.Posted, announce.StepNone, time.Time{}
		next := row(a, 15)
		_, err = s.Settle(ctx, announce.Settlement{
			Row: o, Was: announce.Posting, Holder: "p", Now: at(0),
			Plan: &announce.Plan{Announcement: a.ID, Revision: begun.Revision, Next: &next},
		})
		must(t, err)
		l, _, err := s.Announcement(ctx, "A1", at(0))
		must(t, err)
		if l.Next.Key != next.Key || l.Owner != "UHEIR" {
			t.Errorf("next is %q, of %s", l.Next.Key, l.Owner)
		}
	})
}
