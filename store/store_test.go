package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/store"
)

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx, failure := t.Context(), errors.New("no")
		err := s.Tx(ctx, func(tx *store.Store) error {
			if err := tx.SetPref(ctx, "U1", "a", "1"); err != nil {
				return err
			}
			if got, err := tx.Pref(ctx, "U1", "a"); err != nil || got != "1" {
				t.Errorf("within the transaction Pref = %q, %v, want what it wrote", got, err)
			}
			return failure
		})
		if !errors.Is(err, failure) {
			t.Fatalf("Tx = %v, want the function's own error", err)
		}
		if got, err := s.Pref(ctx, "U1", "a"); err != nil || got != "" {
			t.Errorf("Pref = %q, %v after a failed transaction, want none", got, err)
		}
	})
}

func TestATransactionWithinOneFailsAndCommitsWithIt(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		must(t, s.Tx(ctx, func(tx *store.Store) error {
			return tx.Tx(ctx, func(inner *store.Store) error { return inner.SetPref(ctx, "U1", "a", "1") })
		}))
		got, err := s.Prefs(ctx, "U1")
		must(t, err)
		if diff := cmp.Diff(map[string]string{"a": "1"}, got); diff != "" {
			t.Errorf("Prefs (-want +got):\n%s", diff)
		}
	})
}

func TestReadersSeeTheStateBeforeAndAreNotHeldUpByAWriter(t *testing.T) {
	t.Parallel()
	s, ctx := open(t, fileAddress(t)), t.Context()
	must(t, s.SetPref(ctx, "U1", "a", "old"))
	must(t, s.Tx(ctx, func(tx *store.Store) error {
		if err := tx.SetPref(ctx, "U1", "a", "new"); err != nil {
			return err
		}
		got, err := s.Pref(ctx, "U1", "a") // a reader beside the writer
		if got != "old" {
			t.Errorf("a reader saw %q, want what was committed", got)
		}
		return err
	}))
}

func TestAWriterGivesUpWaitingWhenItsTimeIsOver(t *testing.T) {
	t.Parallel()
	s := open(t, fileAddress(t))
	must(t, s.Tx(t.Context(), func(*store.Store) error {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.SetPref(ctx, "U1", "a", "1"); !errors.Is(err, context.Canceled) {
			t.Errorf("a second writer = %v, want that its time is over", err)
		}
		return nil
	}))
	must(t, s.SetPref(t.Context(), "U1", "a", "2")) // and the place is free again
}

func TestAPanicInATransactionFreesTheWriter(t *testing.T) {
	t.Parallel()
	s, ctx := open(t, fileAddress(t)), t.Context()
	func() {
		defer func() { _ = recover() }()
		_ = s.Tx(ctx, func(tx *store.Store) error {
			must(t, tx.SetPref(ctx, "U1", "a", "1"))
			panic("a fault")
		})
	}()
	got, err := s.Pref(ctx, "U1", "a")
	must(t, err)
	if got != "" {
		t.Errorf("Pref = %q, want that the transaction was rolled back", got)
	}
	must(t, s.SetPref(ctx, "U1", "a", "2"))
}

func TestWritersFromManyGoroutinesLoseNothing(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, s *store.Store) {
		ctx := t.Context()
		must(t, s.SaveRef(ctx, store.MessageRef{Channel: "C1", TS: "1", Kind: store.KindCard}))
		var work sync.WaitGroup
		for range 8 {
			work.Go(func() {
				for range 25 {
					// Read, then write: in one transaction nobody comes between.
					if err := s.Tx(ctx, func(tx *store.Store) error {
						r, _, err := tx.Ref(ctx, "C1", "1")
						if err != nil {
							return err
						}
						r.Revision++
						return tx.SaveRef(ctx, r)
					}); err != nil {
						t.Error(err)
					}
					if _, _, err := s.Bump(ctx, "C1", "1"); err != nil {
						t.Error(err)
					}
				}
			})
		}
		work.Wait()
		got, _, err := s.Ref(ctx, "C1", "1")
		must(t, err)
		if got.Revision != 8*25*2 {
			t.Errorf("revision = %d, want %d", got.Revision, 8*25*2)
		}
	})
}

func TestListsLongerThanOneStatementMayHold(t *testing.T) {
	t.Parallel()
	s, ctx := open(t, store.Memory), t.Context()
	digits := make([]string, 1203)
	for i := range digits {
		digits[i] = fmt.Sprintf("49301%06d", i)
	}
	must(t, s.Tx(ctx, func(tx *store.Store) error {
		for _, d := range digits {
			if err := tx.Label(ctx, store.Label{Digits: d, Name: "n" + d}); err != nil {
				return err
			}
		}
		return nil
	}))
	got, err := s.Labels(ctx, digits...)
	must(t, err)
	if len(got) != len(digits) || got[digits[1202]].Name != "n"+digits[1202] {
		t.Errorf("Labels found %d of %d", len(got), len(digits))
	}
}
