package store_test

import (
	"testing"

	"confbot/announce"
	"confbot/store"
)

func TestWhatIsAnnouncedInAChannelIsPausedTogetherAndEachOwnerToldOnce(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		mine, also, hers, elsewhere := everyDay("A1"), everyDay("A2"), everyDay("A3"), everyDay("A4")
		hers.Owner, elsewhere.Channel = "U2", "C2"
		for _, a := range []announce.Announcement{mine, also, hers, elsewhere} {
			create(t, s, a, row(a, 10))
		}
		n, err := s.PauseIn(t.Context(), "C1", "", announce.TroubleNotIn, at(1))
		must(t, err)
		if again, err := s.PauseIn(t.Context(), "C1", "", announce.TroubleArchived, at(2)); err != nil || n != 3 || again != 0 {
			t.Errorf("paused %d and then %d, want 3 and none, %v", n, again, err)
		}
		for id, paused := range map[announce.ID]bool{"A1": true, "A2": true, "A3": true, "A4": false} {
			l, _, err := s.Announcement(t.Context(), id, at(2))
			must(t, err)
			if l.Paused != paused || (l.Next.Key == "") != paused {
				t.Errorf("%s: paused %v with %q planned", id, l.Paused, l.Next.Key)
			}
		}
		told := map[string]int{}
		rows, err := s.Claim(t.Context(), announce.Claim{Lease: announce.Lease{Holder: "h", Now: at(2), Until: at(3)}, Before: at(2), Limit: 10})
		must(t, err)
		for _, o := range rows {
			notice, err := s.NoticeOf(t.Context(), o)
			must(t, err)
			told[o.Person] += len(notice.Announcements)
		}
		if len(rows) != 2 || told["U1"] != 2 || told["U2"] != 1 {
			t.Errorf("%d notices on %v, want one for each owner, on all of theirs", len(rows), told)
		}
	})
}

func TestAnOwnersAnnouncementsArePausedWithoutThoseOfOthers(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		mine, hers := everyDay("A1"), everyDay("A2")
		hers.Owner = "U2"
		create(t, s, mine, row(mine, 10))
		create(t, s, hers, row(hers, 10))
		n, err := s.PauseIn(t.Context(), "C1", "U2", announce.TroubleShared, at(1))
		must(t, err)
		if l, _, err := s.Announcement(t.Context(), "A1", at(1)); err != nil || n != 1 || l.Paused {
			t.Errorf("paused %d, mine %v, %v", n, l.Paused, err)
		}
	})
}
