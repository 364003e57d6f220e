package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/store"
)

func TestLabelsNameNumbersUntilTheyAreTakenAway(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		alice := store.Label{Digits: "14155550199", Name: "Alice", User: "U1", By: "U2", At: at(1), UsedAt: at(2)}
		door := store.Label{Digits: "4930", Name: "Door"}
		must(t, s.Label(ctx, store.Label{Digits: alice.Digits, Name: "old name", UsedAt: at(9)}))
		must(t, s.Label(ctx, alice))
		must(t, s.Label(ctx, door))
		got, err := s.Labels(ctx, "4930", "14155550199", "000")
		must(t, err)
		if diff := cmp.Diff(map[string]store.Label{alice.Digits: alice, door.Digits: door}, got); diff != "" {
			t.Errorf("Labels (-want +got):\n%s", diff)
		}
		must(t, s.UseLabels(ctx, at(1), "14155550199", "4930")) // never back in time
		must(t, s.UseLabels(ctx, at(3), "4930"))
		door.UsedAt = at(3)
		got, err = s.Labels(ctx, "4930", "14155550199")
		must(t, err)
		if diff := cmp.Diff(map[string]store.Label{alice.Digits: alice, door.Digits: door}, got); diff != "" {
			t.Errorf("Labels after use (-want +got):\n%s", diff)
		}
		for _, want := range []bool{true, false} {
			if was, err := s.Unlabel(ctx, "4930"); was != want || err != nil {
				t.Errorf("Unlabel = %v, %v, want %v", was, err, want)
			}
		}
		if got, err := s.Labels(ctx); len(got) != 0 || err != nil {
			t.Errorf("Labels of nothing = %v, %v", got, err)
		}
	})
}

func TestALineBelongsToWhoClaimedItLast(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for _, l := range []store.OwnLine{
			{User: "U1", Digits: "111", At: at(1)},
			{User: "U1", Digits: "222", At: at(2)},
			{User: "U2", Digits: "111", At: at(3)},
			{User: "U1", Digits: "111", At: at(4)},
		} {
			must(t, s.ClaimLine(ctx, l))
		}
		lines, err := s.LinesOf(ctx, "U1")
		must(t, err)
		want := []store.OwnLine{{User: "U1", Digits: "111", At: at(4)}, {User: "U1", Digits: "222", At: at(2)}}
		if diff := cmp.Diff(want, lines); diff != "" {
			t.Errorf("LinesOf (-want +got):\n%s", diff)
		}
		users, err := s.UserOfLine(ctx, "111", "222", "333")
		must(t, err)
		if diff := cmp.Diff(map[string]string{"111": "U1", "222": "U1"}, users); diff != "" {
			t.Errorf("UserOfLine (-want +got):\n%s", diff)
		}
		must(t, s.DropLine(ctx, "U1", "111"))
		users, err = s.UserOfLine(ctx, "111")
		must(t, err)
		if users["111"] != "U2" {
			t.Errorf("UserOfLine = %v after U1 gave it up, want U2", users)
		}
	})
}

func TestPrefsAreKeptByPersonAndForgottenWhenEmpty(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		must(t, s.SetPref(ctx, "U1", "words", "yes"))
		must(t, s.SetPref(ctx, "U1", "words", "no"))
		must(t, s.SetPref(ctx, "U1", "remind", "10"))
		must(t, s.SetPref(ctx, "U2", "words", "yes"))
		must(t, s.SetPref(ctx, "U1", "remind", ""))
		got, err := s.Prefs(ctx, "U1")
		must(t, err)
		if diff := cmp.Diff(map[string]string{"words": "no"}, got); diff != "" {
			t.Errorf("Prefs (-want +got):\n%s", diff)
		}
		if one, err := s.Pref(ctx, "U1", "remind"); one != "" || err != nil {
			t.Errorf("Pref = %q, %v, want none", one, err)
		}
	})
}

func TestAuditRowsArePagedNewestFirst(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		full := store.Audit{
			At: at(0), Ref: "K7Q2M", Team: "T1", User: "U1", Channel: "C1", Conference: "conf_1", Action: "participant.kick",
			Target: "caller 7, ends 0199", Outcome: "done", Detail: "confirmed",
		}
		for i := range 25 { // several in one moment: the order of adding decides
			a := full
			a.At, a.Detail = at(i/5), fmt.Sprint(i)
			must(t, s.AddAudit(ctx, a))
		}
		must(t, s.AddAudit(ctx, store.Audit{At: at(99), Conference: "conf_2"}))
		next, seen := "", 24
		for page := range 3 {
			rows, err := s.AuditOf(ctx, "conf_1", next, 10)
			must(t, err)
			for _, got := range rows {
				want := full
				want.ID, want.At, want.Detail = got.ID, at(seen/5), fmt.Sprint(seen)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Fatalf("page %d (-want +got):\n%s", page, diff)
				}
				next = got.ID
				seen--
			}
		}
		if seen != -1 {
			t.Errorf("%d rows were not on the pages", seen+1)
		}
	})
}

func TestAnAuditRowWithAnIDIsAddedOnce(t *testing.T) {
	t.Parallel()
	s, ctx := open(t, store.Memory), t.Context()
	for range 2 {
		must(t, s.AddAudit(ctx, store.Audit{ID: "x", At: at(0), Conference: "conf_1"}))
	}
	if rows, err := s.AuditOf(ctx, "conf_1", "", 9); len(rows) != 1 || err != nil {
		t.Errorf("AuditOf = %d rows, %v, want 1", len(rows), err)
	}
}

func TestCountSinceCountsWhatWasDone(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for _, a := range []store.Audit{
			{At: at(1), User: "U1", Action: "create", Outcome: "done"},
			{At: at(2), User: "U1", Action: "create", Outcome: "done"},
			{At: at(3), User: "U1", Action: "create", Outcome: "done"},
			{At: at(3), User: "U1", Action: "create", Outcome: "denied"},
			{At: at(3), User: "U1", Action: "delete", Outcome: "done"},
			{At: at(3), User: "U2", Action: "create", Outcome: "done"},
		} {
			must(t, s.AddAudit(ctx, a))
		}
		if n, err := s.CountSince(ctx, "U1", "create", at(2)); n != 2 || err != nil {
			t.Errorf("CountSince = %d, %v, want 2", n, err)
		}
	})
}
