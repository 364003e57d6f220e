package torture

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestTheJudgeOfTimetablesFindsWhatIsWrong plants one fault at a time into a
// run in which all is well.
func TestTheJudgeOfTimetablesFindsWhatIsWrong(t *testing.T) {
	t.Parallel()
	start := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	at := func(seconds float64) time.Time { return start.Add(time.Duration(seconds * float64(time.Second))) }
	landed := func(channel string, when ...float64) (all []landing) {
		for _, s := range when {
			all = append(all, landing{channel: channel, at: at(s)})
		}
		return all
	}
	plan := []planned{
		{key: "a.1", lane: "C1", at: at(0)},
		{key: "b.1", lane: "C1", at: at(0)},
		{key: "c.1", lane: "C2", at: at(20)},
		{key: "r.u.k.1", lane: "U1", at: at(20), dm: true},
	}
	tests := map[string]struct {
		plant func(arrived map[string][]landing)
		kills []time.Time
		want  []string
	}{
		"all is well": {},
		"a post is lost": {
			plant: func(m map[string][]landing) { delete(m, "c.1") },
			want:  []string{"lost: c.1, due 09:00:20.000 in C2"},
		},
		"a reminder is lost": {
			plant: func(m map[string][]landing) { delete(m, "r.u.k.1") },
			want:  []string{"lost: r.u.k.1, due 09:00:20.000 in U1"},
		},
		"a post is there twice": {
			plant: func(m map[string][]landing) { m["a.1"] = landed("C1", 0.1, 0.6) },
			want:  []string{"doubled: a.1, 2 times"},
		},
		"a post is in another channel": {
			plant: func(m map[string][]landing) { m["c.1"] = landed("C1", 20) },
			want:  []string{"stray: c.1 is in C1, not in C2"},
		},
		"a post comes early": {
			plant: func(m map[string][]landing) { m["c.1"] = landed("C2", 18) },
			want:  []string{"stray: c.1 came 2s early"},
		},
		"a post was never planned": {
			plant: func(m map[string][]landing) { m["z.9"] = landed("C2", 1) },
			want:  []string{"stray: z.9 was never planned, but is in C2"},
		},
		"a post is late without a kill": {
			plant: func(m map[string][]landing) { m["c.1"] = landed("C2", 24) },
			want:  []string{"slow: c.1 came 4s after it could, at 09:00:24.000, with 0 kills meanwhile"},
		},
		"a kill explains nine seconds": {
			plant: func(m map[string][]landing) { m["c.1"] = landed("C2", 29) },
			kills: []time.Time{at(20.1)},
		},
		"a kill does not explain eleven": {
			plant: func(m map[string][]landing) { m["c.1"] = landed("C2", 31) },
			kills: []time.Time{at(20.1)},
			want:  []string{"slow: c.1 came 11s after it could, at 09:00:31.000, with 1 kills meanwhile"},
		},
		"a kill long before explains nothing": {
			plant: func(m map[string][]landing) { m["c.1"] = landed("C2", 26) },
			kills: []time.Time{at(9)},
			want:  []string{"slow: c.1 came 6s after it could, at 09:00:26.000, with 0 kills meanwhile"},
		},
		"what waits while the one before it is looked for is held up by the same kill": {
			plant: func(m map[string][]landing) { m["a.1"], m["b.1"] = landed("C1", 0.2), landed("C1", 9.5) },
			kills: []time.Time{at(-3.5)},
		},
		"what waits for the one before it in its channel is not late": {
			plant: func(m map[string][]landing) { m["a.1"], m["b.1"] = landed("C1", 8), landed("C1", 9.2) },
			kills: []time.Time{at(0.1)},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived := map[string][]landing{
				"a.1": landed("C1", 0.1), "b.1": landed("C1", 1.2), "c.1": landed("C2", 20), "r.u.k.1": landed("D1", 20.3),
				"CHANCEMARK": landed("C2", 5), "t.missed.u.1": landed("D1", 5),
			}
			if test.plant != nil {
				test.plant(arrived)
			}
			r := judgeTimetable(plan, arrived, test.kills, 3*time.Second)
			if diff := cmp.Diff(test.want, r.wrong()); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

// TestTheMeasureOfFairnessSeesWhoIsServedFirst plants a channel that is served
// before all others, and one whose posts change places.
func TestTheMeasureOfFairnessSeesWhoIsServedFirst(t *testing.T) {
	t.Parallel()
	due := time.Date(2027, 1, 4, 9, 0, 0, 0, time.UTC)
	plan := []planned{
		{key: "a.1", lane: "C1", at: due},
		{key: "b.1", lane: "C1", at: due},
		{key: "c.1", lane: "C1", at: due},
		{key: "d.1", lane: "C2", at: due},
	}
	for name, test := range map[string]struct {
		order []string
		want  spread
	}{
		"in turn":                 {[]string{"a.1", "d.1", "b.1", "c.1"}, spread{first: 1 * time.Second, last: 3 * time.Second, lead: 2}},
		"one channel first":       {[]string{"a.1", "b.1", "c.1", "d.1"}, spread{first: 3 * time.Second, last: 3 * time.Second, lead: 3}},
		"the last before the one": {[]string{"b.1", "d.1", "a.1", "c.1"}, spread{first: 1 * time.Second, last: 3 * time.Second, lead: 2, outOfOrder: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived := map[string][]landing{}
			for i, key := range test.order {
				arrived[key] = []landing{{at: due.Add(time.Duration(i) * time.Second)}}
			}
			if got := spreadOf(plan, arrived, due); got != test.want {
				t.Errorf("%+v, want %+v", got, test.want)
			}
		})
	}
}
