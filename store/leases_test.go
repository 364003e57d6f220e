package store_test

import (
	"testing"

	"confbot/live"
	"confbot/store"
)

func TestALeaseHasOneOwnerAtATime(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		lease := func(owner string, until int) store.Lease {
			return store.Lease{Name: "watch conf_1", Owner: owner, Until: at(until)}
		}
		acquire := func(owner string, now, until int, want bool) {
			t.Helper()
			if got, err := s.AcquireLease(ctx, lease(owner, until), at(now)); got != want || err != nil {
				t.Errorf("AcquireLease by %s at %d = %v, %v, want %v", owner, now, got, err, want)
			}
		}
		renew := func(owner string, now, until int, want bool) {
			t.Helper()
			if got, err := s.RenewLease(ctx, lease(owner, until), at(now)); got != want || err != nil {
				t.Errorf("RenewLease by %s at %d = %v, %v, want %v", owner, now, got, err, want)
			}
		}
		acquire("p1", 0, 10, true)
		acquire("p2", 5, 15, false)
		acquire("p1", 6, 12, true) // its own
		renew("p2", 7, 99, false)
		renew("p1", 7, 20, true)
		acquire("p2", 19, 30, false)
		acquire("p2", 20, 30, true) // it has run out
		renew("p1", 21, 99, false)
		renew("p2", 30, 99, false) // too late, though nobody else has it
		acquire("p2", 31, 40, true)
		if err := s.ReleaseLease(ctx, "watch conf_1", "p1"); err != nil { // not theirs
			t.Error(err)
		}
		acquire("p1", 32, 50, false)
		if err := s.ReleaseLease(ctx, "watch conf_1", "p2"); err != nil {
			t.Error(err)
		}
		acquire("p1", 32, 50, true)
	})
}

func TestDeleteOlderTakesWhatIsOldAndLeavesWhatIsInUse(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		fill := func(name string, minute int) {
			must(t, s.AddAudit(ctx, store.Audit{At: at(minute), Conference: "conf_1", Detail: name}))
			run := live.Run{ID: name, Conference: "conf_1", Started: at(minute), Ended: at(minute), Callers: []live.Caller{{No: 1}}}
			must(t, s.SaveRun(ctx, run, run.Callers))
			must(t, s.Label(ctx, store.Label{Digits: name, At: at(minute)}))
			must(t, s.ClaimLine(ctx, store.OwnLine{User: "U1", Digits: name, At: at(minute)}))
			_, err := s.AppendJournal(ctx, []store.Entry{{Key: name, At: at(minute)}})
			must(t, err)
			must(t, s.SaveRef(ctx, store.MessageRef{Channel: "C1", TS: name, Kind: "line", PostedAt: at(minute)}))
		}
		fill("old", 1)
		fill("young", 50)
		must(t, s.SaveRun(ctx, live.Run{ID: "going on", Conference: "conf_1", Started: at(1)}, nil))
		must(t, s.Label(ctx, store.Label{Digits: "used", At: at(1), UsedAt: at(50)}))
		must(t, s.SaveRef(ctx, store.MessageRef{Channel: "C1", TS: "current", Conference: "conf_1", Kind: store.KindCard, PostedAt: at(1)}))

		if n, err := s.DeleteOlder(ctx, at(30)); n != 6 || err != nil {
			t.Errorf("DeleteOlder = %d, %v, want 6", n, err)
		}
		runs, err := s.RunsOf(ctx, "conf_1", 9)
		must(t, err)
		labels, err := s.Labels(ctx, "old", "young", "used")
		must(t, err)
		lines, err := s.LinesOf(ctx, "U1")
		must(t, err)
		audit, err := s.AuditOf(ctx, "conf_1", "", 9)
		must(t, err)
		_, current, err := s.CurrentCard(ctx, "C1", "conf_1")
		must(t, err)
		if len(runs) != 2 || len(labels) != 2 || len(lines) != 1 || len(audit) != 1 || !current {
			t.Errorf("left: %d runs, %d labels, %d lines, %d audit rows, current card %v; want 2, 2, 1, 1, true",
				len(runs), len(labels), len(lines), len(audit), current)
		}
		if who, err := s.Attendance(ctx, "old"); len(who) != 0 || err != nil {
			t.Errorf("Attendance of a deleted run = %d, %v, want none", len(who), err)
		}
		if n, err := s.DeleteOlder(ctx, at(30)); n != 0 || err != nil {
			t.Errorf("DeleteOlder again = %d, %v, want 0", n, err)
		}
	})
}
