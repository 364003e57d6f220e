package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// numbers lets cmp see into the type that hides numbers.
var numbers = cmp.Comparer(func(a, b conference.Number) bool { return a.Full() == b.Full() })

func fullCaller(no int) live.Caller {
	return live.Caller{
		Participant: conference.Participant{
			ID: "part_1", Name: "Alice 'X' Chen", Number: conference.NewNumber("+14155550199"),
			Muted: true, Deaf: true, Joined: at(1), Role: conference.RoleModerator,
		},
		No: no, ChangedAt: at(2), ArrivedMuted: true, MutedBy: "U1", DeafBy: "U2", SelfUnmuted: at(3),
		Pending: conference.Kick, PendingAt: at(4), ClaimedBy: "U3", Left: at(5), KickedBy: "U4", KeptOut: true,
	}
}

func fullRun() live.Run {
	return live.Run{
		ID: "conf_1@a", Conference: "conf_1", Started: at(0), Ended: at(9), EmptySince: at(8), NextNo: 3, Peak: 2,
		Callers: []live.Caller{fullCaller(1), {No: 2}},
		Notes:   []live.Note{{At: at(5), By: "U4", What: "kicked", Caller: 1, Count: 1}},
		KeepOut: []string{"14155550199"}, Newcomers: true, SeenAt: at(9),
	}
}

func TestRunsRoundTripWithEveryFieldAndWithNone(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for _, want := range []live.Run{fullRun(), {ID: "conf_2@a", Conference: "conf_2"}} {
			must(t, s.SaveRun(ctx, want, want.Callers))
			got, ok, err := s.LatestRun(ctx, want.Conference)
			must(t, err)
			if diff := cmp.Diff(want, got, numbers); !ok || diff != "" {
				t.Errorf("LatestRun = %v (-want +got):\n%s", ok, diff)
			}
		}
		if _, ok, err := s.LatestRun(ctx, "conf_3"); ok || err != nil {
			t.Errorf("LatestRun of another = %v, %v, want none", ok, err)
		}
	})
}

func TestEveryFieldOfARunAndACallerIsSetInTheseTests(t *testing.T) {
	t.Parallel()
	r := fullRun()
	r.Restored = true // the one that is not kept
	r.Callers[0].Talking = new(bool)
	for _, v := range []any{r, r.Callers[0], r.Notes[0], r.Callers[0].Participant} {
		for name, zero := range zeroFields(v) {
			if zero {
				t.Errorf("%T.%s is not set, so nothing proves that it is kept", v, name)
			}
		}
	}
}

func TestOnlyTheCallersThatChangedAreWritten(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		run := fullRun()
		must(t, s.SaveRun(ctx, run, run.Callers))
		run.Callers[0].Name, run.Callers[1].Name = "not written", "written"
		run.Peak, run.Ended, run.KeepOut, run.Notes = 7, time.Time{}, nil, nil
		must(t, s.SaveRun(ctx, run, run.Callers[1:]))

		got, _, err := s.LatestRun(ctx, "conf_1")
		must(t, err)
		run.Callers[0].Name = "Alice 'X' Chen"
		if diff := cmp.Diff(run, got, numbers, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("LatestRun (-want +got):\n%s", diff)
		}
	})
}

func TestRunsOfAreNewestFirstWithHowManyThereWere(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		old, now := fullRun(), fullRun()
		now.ID, now.Started, now.Ended, now.SeenAt = "conf_1@b", at(20), time.Time{}, at(30)
		for _, r := range []live.Run{now, old} {
			must(t, s.SaveRun(ctx, r, r.Callers))
		}
		latest, _, err := s.LatestRun(ctx, "conf_1")
		must(t, err)
		if latest.ID != now.ID {
			t.Errorf("LatestRun = %s, want %s", latest.ID, now.ID)
		}
		got, err := s.RunsOf(ctx, "conf_1", 5)
		must(t, err)
		now.Callers, old.Callers = nil, nil
		want := []store.RunSummary{{Run: now, People: 2}, {Run: old, People: 2}}
		if diff := cmp.Diff(want, got, numbers); diff != "" {
			t.Errorf("RunsOf (-want +got):\n%s", diff)
		}
		if got, err := s.RunsOf(ctx, "conf_1", 1); len(got) != 1 || err != nil {
			t.Errorf("RunsOf with limit 1 = %d, %v", len(got), err)
		}
		who, err := s.Attendance(ctx, old.ID)
		must(t, err)
		if diff := cmp.Diff(fullRun().Callers, who, numbers); diff != "" {
			t.Errorf("Attendance (-want +got):\n%s", diff)
		}
	})
}
