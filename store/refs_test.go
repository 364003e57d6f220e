package store_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
	"confbot/store"
)

func card(channel, ts string, minute int) store.MessageRef {
	return store.MessageRef{
		Channel: channel, TS: ts, Conference: "conf_1", Kind: store.KindCard, Run: "run1", Occurrence: "occ1",
		By: "U1", PostedAt: at(minute), Revision: 3, Drawn: "abc", Ended: true, RowLimit: 5,
	}
}

func panel(of store.MessageRef, ts string, minute int) store.MessageRef {
	return store.MessageRef{
		Channel: of.Channel, TS: ts, ThreadTS: of.TS, Conference: of.Conference, Kind: store.KindPanel, PostedAt: at(minute),
	}
}

func TestRefsRoundTrip(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		for _, want := range []store.MessageRef{card("C1", "1.1", 1), {Channel: "C2", TS: "2.2", Kind: "private"}} {
			must(t, s.SaveRef(t.Context(), want))
			got, ok, err := s.Ref(t.Context(), want.Channel, want.TS)
			must(t, err)
			if diff := cmp.Diff(want, got); !ok || diff != "" {
				t.Errorf("Ref = %v (-want +got):\n%s", ok, diff)
			}
		}
	})
}

func TestANewCardTakesThePlaceOfTheOldOneInItsChannelOnly(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		old, elsewhere, now := card("C1", "1.1", 1), card("C2", "1.2", 2), card("C1", "1.3", 3)
		oldPanel, nowPanel := panel(old, "1.15", 1), panel(now, "1.35", 4)
		for _, r := range []store.MessageRef{old, oldPanel, elsewhere, now, nowPanel, now} {
			must(t, s.SaveRef(ctx, r))
		}
		got, ok, err := s.CurrentCard(ctx, "C1", "conf_1")
		must(t, err)
		if diff := cmp.Diff(now, got); !ok || diff != "" {
			t.Errorf("CurrentCard = %v (-want +got):\n%s", ok, diff)
		}
		refs, err := s.RefsOf(ctx, "conf_1")
		must(t, err)
		if diff := cmp.Diff([]store.MessageRef{elsewhere, now, nowPanel}, refs); diff != "" {
			t.Errorf("RefsOf (-want +got):\n%s", diff)
		}
		for _, was := range []store.MessageRef{old, oldPanel} {
			r, _, err := s.Ref(ctx, was.Channel, was.TS)
			must(t, err)
			was.Kind += "_old"
			was.Revision++ // it is to be drawn as an old one
			if diff := cmp.Diff(was, r); diff != "" {
				t.Errorf("the old one (-want +got):\n%s", diff)
			}
		}
		ids, err := s.AllCurrentConferences(ctx)
		must(t, err)
		if diff := cmp.Diff([]conference.ID{"conf_1"}, ids); diff != "" {
			t.Errorf("AllCurrentConferences (-want +got):\n%s", diff)
		}
	})
}

func TestRetireReturnsTheCardAndItsPanelAsOldOnes(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		c := card("C1", "1.1", 1)
		p := panel(c, "1.2", 2)
		must(t, s.SaveRef(ctx, c))
		must(t, s.SaveRef(ctx, p))
		got, err := s.Retire(ctx, "C1", "conf_1")
		must(t, err)
		c.Kind, p.Kind = store.KindCardOld, store.KindPanelOld
		c.Revision++
		p.Revision++
		if diff := cmp.Diff([]store.MessageRef{c, p}, got); diff != "" {
			t.Errorf("Retire (-want +got):\n%s", diff)
		}
		if _, ok, err := s.CurrentCard(ctx, "C1", "conf_1"); ok || err != nil {
			t.Errorf("CurrentCard = %v, %v, want none", ok, err)
		}
		if again, err := s.Retire(ctx, "C1", "conf_1"); len(again) != 0 || err != nil {
			t.Errorf("Retire again = %v, %v, want nothing", again, err)
		}
	})
}

func TestPanelOfACardIsTheNewestThatIsNotOver(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		c := card("C1", "1.1", 1)
		first, second := panel(c, "1.2", 2), panel(c, "1.3", 3)
		second.Ended = true
		if _, ok, err := s.PanelOf(ctx, c); ok || err != nil {
			t.Errorf("PanelOf = %v, %v, want none yet", ok, err)
		}
		must(t, s.SaveRef(ctx, first))
		must(t, s.SaveRef(ctx, second))
		if got, _, err := s.PanelOf(ctx, c); got.TS != first.TS || err != nil {
			t.Errorf("PanelOf = %s, %v, want the one that goes on", got.TS, err)
		}
		must(t, s.SetEnded(ctx, "C1", first.TS, true))
		if got, _, err := s.PanelOf(ctx, c); got.TS != second.TS || err != nil {
			t.Errorf("PanelOf = %s, %v, want the newest when all are over", got.TS, err)
		}
	})
}

func TestRevisionAndDrawingAreNotedSeparately(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		want := card("C1", "1.1", 1)
		must(t, s.SaveRef(ctx, want))
		if n, ok, err := s.Bump(ctx, "C1", "1.1"); n != want.Revision+1 || !ok || err != nil {
			t.Errorf("Bump = %d, %v, %v", n, ok, err)
		}
		must(t, s.SetDrawn(ctx, "C1", "1.1", "key"))
		must(t, s.SetRowLimit(ctx, "C1", "1.1", 10))
		want.Revision++
		want.Drawn, want.RowLimit = "key", 10
		got, _, err := s.Ref(ctx, "C1", "1.1")
		must(t, err)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Ref (-want +got):\n%s", diff)
		}
		if _, ok, err := s.Bump(ctx, "C1", "nowhere"); ok || err != nil {
			t.Errorf("Bump of an unknown message = %v, %v, want not ok", ok, err)
		}
		must(t, s.DropRef(ctx, "C1", "1.1"))
		if _, ok, err := s.Ref(ctx, "C1", "1.1"); ok || err != nil {
			t.Errorf("Ref after DropRef = %v, %v, want none", ok, err)
		}
	})
}

func TestCardsOfAChannelAreTheCurrentOnesNewestFirst(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		for i, id := range []conference.ID{"conf_1", "conf_2", "conf_1", "conf_3"} {
			r := card("C1", fmt.Sprintf("%d.1", i), i)
			r.Conference = id
			if id == "conf_3" {
				r.Channel = "C2"
			}
			must(t, s.SaveRef(t.Context(), r))
			must(t, s.SaveRef(t.Context(), panel(r, fmt.Sprintf("%d.2", i), i)))
		}
		got, err := s.CardsIn(t.Context(), "C1")
		must(t, err)
		if diff := cmp.Diff([]conference.ID{"conf_1", "conf_2"}, got); diff != "" {
			t.Errorf("CardsIn (-want +got):\n%s", diff)
		}
	})
}
