package store_test

import (
	"fmt"
	"testing"
	"time"

	"confbot/announce"
	"confbot/store"
)

// What is looked up of one announcement must not read the rows of all others,
// or ten thousand rules make an idle program work for seconds. With ten times
// the rules the search through all takes about ten times as long, and not a
// hundred times.
func TestLookingForUnplannedRulesGrowsWithTheirNumberOnly(t *testing.T) {
	few, many := timeUnplanned(t, 250), timeUnplanned(t, 2500)
	if many > 35*few {
		t.Errorf("among 2,500 rules it takes %v, among 250 %v: %d times as long", many, few, many/few)
	}
}

// timeUnplanned is the shortest of a few searches.
func timeUnplanned(t *testing.T, rules int) time.Duration {
	t.Helper()
	s, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	for i := range rules {
		a := everyDay(fmt.Sprintf("A%05d", i))
		row := announce.Occurrence{
			Key: string(a.ID) + ".1", Kind: announce.KindPost, Announcement: a.ID, Conference: a.Conference, Channel: a.Channel,
			At: at(i + 1), State: announce.Due, Step: announce.StepSend, Wake: at(i + 1), Lane: a.Channel,
		}
		if err := s.Change(t.Context(), announce.Change{Announcement: a, New: true, Add: []announce.Occurrence{row}, Now: at(0)}); err != nil {
			t.Fatal(err)
		}
	}
	shortest := time.Hour
	for range 5 {
		began := time.Now()
		list, err := s.Unplanned(t.Context(), 10)
		if err != nil || len(list) > 0 {
			t.Fatalf("%d without a next post, %v", len(list), err)
		}
		shortest = min(shortest, time.Since(began))
	}
	return shortest
}
