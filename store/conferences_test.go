package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
	"confbot/store"
)

var weekly = store.Kept{
	Conference: "conf_1", Creator: "U1", CreatedAt: at(0), AdoptedBy: "U2", Private: true, PrivateChannel: "C9",
	OpenAnnounce: true, DialIn: "US=+14155550100", Number: "7001",
}

func TestKeptConferencesRoundTripWithEveryFieldAndWithNone(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		empty := store.Kept{Conference: "conf_2"}
		must(t, s.Keep(ctx, weekly))
		must(t, s.Keep(ctx, empty))
		all, err := s.KeptAll(ctx)
		must(t, err)
		if diff := cmp.Diff([]store.Kept{weekly}, all); diff != "" { // nobody looks after the other
			t.Errorf("KeptAll (-want +got):\n%s", diff)
		}
		changed := weekly
		changed.Private, changed.CreatedAt, changed.Creator = false, time.Time{}, ""
		must(t, s.Keep(ctx, changed))
		got, ok, err := s.Kept(ctx, "conf_1")
		must(t, err)
		if diff := cmp.Diff(changed, got); !ok || diff != "" {
			t.Errorf("Kept = %v (-want +got):\n%s", ok, diff)
		}
		if _, ok, err := s.Kept(ctx, "conf_3"); ok || err != nil {
			t.Errorf("Kept of another = %v, %v, want none", ok, err)
		}
	})
}

func TestTextFromPeopleIsNeverSQL(t *testing.T) {
	t.Parallel()
	s, ctx := open(t, store.Memory), t.Context()
	nasty := store.Kept{Conference: `x'); DROP TABLE conferences; --`, DialIn: "$1 \x00 ☃ ' \" ?"}
	must(t, s.Keep(ctx, nasty))
	got, _, err := s.Kept(ctx, nasty.Conference)
	must(t, err)
	if diff := cmp.Diff(nasty, got); diff != "" {
		t.Errorf("Kept (-want +got):\n%s", diff)
	}
}

func TestModeratorsAreAddedOnceAndListedInOrder(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		second := store.Moderator{Conference: "conf_1", User: "UA", AddedBy: "U9", At: at(2)}
		first := store.Moderator{Conference: "conf_1", User: "UB", AddedBy: "U9", At: at(1)}
		for _, m := range []store.Moderator{
			second, first,
			{Conference: "conf_0", User: "UB", AddedBy: "U9", At: at(3)},
			{Conference: "conf_1", User: "UA", AddedBy: "somebody else", At: at(9)},
		} {
			must(t, s.AddModerator(ctx, m))
		}
		got, err := s.Moderators(ctx, "conf_1")
		must(t, err)
		if diff := cmp.Diff([]store.Moderator{first, second}, got); diff != "" {
			t.Errorf("Moderators (-want +got):\n%s", diff)
		}
		must(t, s.Keep(ctx, store.Kept{Conference: "conf_2", Creator: "UB", CreatedAt: at(1)}))
		of, err := s.Moderates(ctx, "UB")
		must(t, err)
		if diff := cmp.Diff([]conference.ID{"conf_0", "conf_1", "conf_2"}, of); diff != "" {
			t.Errorf("Moderates (-want +got):\n%s", diff)
		}
		for _, want := range []bool{true, false} {
			if was, err := s.RemoveModerator(ctx, "conf_1", "UB"); was != want || err != nil {
				t.Errorf("RemoveModerator = %v, %v, want %v", was, err, want)
			}
		}
	})
}

func TestAChannelHasOneLink(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		old := store.Link{Channel: "C1", Conference: "conf_1", By: "U1", At: at(1)}
		now := store.Link{Channel: "C1", Conference: "conf_2", By: "U2", At: at(2)}
		other := store.Link{Channel: "C2", Conference: "conf_2", By: "U2", At: at(1)}
		for _, l := range []store.Link{old, other, now} {
			must(t, s.Link(ctx, l))
		}
		got, ok, err := s.LinkOf(ctx, "C1")
		must(t, err)
		if diff := cmp.Diff(now, got); !ok || diff != "" {
			t.Errorf("LinkOf = %v (-want +got):\n%s", ok, diff)
		}
		all, err := s.LinksOf(ctx, "conf_2")
		must(t, err)
		if diff := cmp.Diff([]store.Link{other, now}, all); diff != "" {
			t.Errorf("LinksOf (-want +got):\n%s", diff)
		}
		for _, want := range []bool{true, false} {
			if was, err := s.Unlink(ctx, "C1"); was != want || err != nil {
				t.Errorf("Unlink = %v, %v, want %v", was, err, want)
			}
		}
		if _, ok, err := s.LinkOf(ctx, "C1"); ok || err != nil {
			t.Errorf("LinkOf after Unlink = %v, %v, want none", ok, err)
		}
	})
}

func TestForgetTakesAllButTheMessagesOfThatConferenceAndNothingElse(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		for _, id := range []conference.ID{"conf_1", "conf_2"} {
			must(t, s.Keep(ctx, store.Kept{Conference: id}))
			must(t, s.AddModerator(ctx, store.Moderator{Conference: id, User: "U1"}))
			must(t, s.Link(ctx, store.Link{Channel: "C" + string(id), Conference: id}))
			must(t, s.SaveRef(ctx, store.MessageRef{Channel: "C1", TS: string(id), Conference: id, Kind: store.KindCard}))
			must(t, s.AddAudit(ctx, store.Audit{At: at(0), Conference: id, Action: "delete"}))
		}
		must(t, s.Forget(ctx, "conf_1"))
		for id, want := range map[conference.ID]int{"conf_1": 1, "conf_2": 4} {
			_, kept, err := s.Kept(ctx, id)
			must(t, err)
			moderators, err := s.Moderators(ctx, id)
			must(t, err)
			links, err := s.LinksOf(ctx, id)
			must(t, err)
			refs, err := s.RefsOf(ctx, id)
			must(t, err)
			got := len(moderators) + len(links) + len(refs)
			if kept {
				got++
			}
			if got != want {
				t.Errorf("%s has %d rows, want %d", id, got, want)
			}
			if audit, err := s.AuditOf(ctx, id, "", 9); len(audit) != 1 || err != nil {
				t.Errorf("%s has %d audit rows (%v), want them kept", id, len(audit), err)
			}
		}
	})
}
