package live_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"confbot/conference"
	"confbot/live"
)

// crowd draws people out of a few ids and times of joining, so that ids are
// reused, stays come back and lists repeat themselves.
func crowd(t *rapid.T, now time.Time, timed bool) []conference.Participant {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) conference.Participant {
		p := personAt(fmt.Sprint(rapid.IntRange(1, 6).Draw(t, "id")), now.Add(-time.Duration(rapid.IntRange(0, 90).Draw(t, "ago"))*time.Second))
		p.Joined = p.Joined.Truncate(30 * time.Second)
		p.Muted, p.Deaf = rapid.Bool().Draw(t, "muted"), rapid.Bool().Draw(t, "deaf")
		if !timed {
			p.Joined = time.Time{}
		}
		return p
	}), 0, 8).Draw(t, "people")
}

func TestWhateverIsReadNumbersAreGivenOnceAndNobodyIsLost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		timed := rapid.IntRange(0, 3).Draw(t, "timed") > 0
		run, now := live.Run{Conference: weekly}, day()
		owner := map[string]live.Key{} // run and number → whose it is
		for range rapid.IntRange(1, 12).Draw(t, "readings") {
			now = now.Add(time.Duration(rapid.SampledFrom([]int{1, 2, 5, 30, 61, 600, 1200}).Draw(t, "later")) * time.Second)
			if rapid.IntRange(0, 7).Draw(t, "restart") == 0 {
				run.Restored = true
			}
			people := crowd(t, now, timed)
			before := run
			var diff live.Diff
			run, diff = live.Observe(run, people, now)
			checkNumbers(t, run, owner)
			checkPeople(t, run, people)
			checkDiff(t, before, run, diff)
			if len(people) == 0 {
				continue // a second empty reading may end the run
			}
			if again, diff := live.Observe(run, people, now); again.ID != run.ID || !diff.Empty() {
				t.Fatalf("the same reading again gave %+v", diff)
			}
		}
	})
}

func checkNumbers(t *rapid.T, run live.Run, owner map[string]live.Key) {
	for i, c := range run.Callers {
		if c.No != i+1 || c.No >= run.NextNo {
			t.Fatalf("caller %d has number %d, the next is %d", i, c.No, run.NextNo)
		}
		name := fmt.Sprint(run.ID, "#", c.No)
		if was, ok := owner[name]; ok && was != c.Key() {
			t.Fatalf("number %s was %v's and is %v's", name, was, c.Key())
		}
		owner[name] = c.Key()
		if !c.On() && c.Pending != "" {
			t.Fatalf("something is pending for caller %d who left", c.No)
		}
	}
}

func checkPeople(t *rapid.T, run live.Run, people []conference.Participant) {
	stays := map[live.Key]bool{}
	untimed := map[conference.ParticipantID]bool{}
	for _, p := range people {
		if p.Joined.IsZero() {
			untimed[p.ID] = true
			continue
		}
		stays[live.Key{ID: p.ID, Joined: p.Joined}] = true
		if c, ok := run.Find(live.Key{ID: p.ID, Joined: p.Joined}); !ok || !c.On() {
			t.Fatalf("%v is on the line and not in the run", p.ID)
		}
	}
	on := run.On()
	if len(people) > 0 && len(on) == 0 || len(on) > len(people) || len(on) < len(stays) {
		t.Fatalf("%d on the line, of %d people", len(on), len(people))
	}
	for _, c := range on {
		if !stays[c.Key()] && !untimed[c.ID] {
			t.Fatalf("caller %d is said to be on the line", c.No)
		}
	}
	if run.ID != "" && run.Peak < len(on) {
		t.Fatalf("peak %d with %d on the line", run.Peak, len(on))
	}
	if len(on) > 0 && !run.Live() {
		t.Fatal("people are on and the run is over")
	}
}

func checkDiff(t *rapid.T, before, after live.Run, d live.Diff) {
	if d.Started != (after.ID != before.ID) {
		t.Fatalf("started = %v from run %q to %q", d.Started, before.ID, after.ID)
	}
	if ended := before.Live() && (!after.Live() || after.ID != before.ID); d.Ended != ended {
		t.Fatalf("ended = %v, want %v", d.Ended, ended)
	}
	if after.ID == before.ID && len(before.On())+len(d.Joined)-len(d.Left) != len(after.On()) {
		t.Fatalf("%d + %d joined - %d left is not %d", len(before.On()), len(d.Joined), len(d.Left), len(after.On()))
	}
	newcomers := slices.DeleteFunc(slices.Clone(d.Joined), func(c live.Caller) bool {
		_, ok := before.Find(c.Key())
		return ok && after.ID == before.ID
	})
	if !slices.IsSortedFunc(newcomers, func(a, b live.Caller) int { return a.Joined.Compare(b.Joined) }) {
		t.Fatalf("newcomers are not in order of joining")
	}
	if !slices.IsSortedFunc(newcomers, func(a, b live.Caller) int { return a.No - b.No }) {
		t.Fatalf("newcomers are not in order of their numbers")
	}
}

func BenchmarkObserve(b *testing.B) {
	people := make([]conference.Participant, 300)
	for i := range people {
		people[i] = person(fmt.Sprint(i), i)
	}
	now := day().Add(time.Hour)
	run, _ := live.Observe(live.Run{Conference: weekly}, people, now)
	flip := true
	for b.Loop() {
		people[17].Muted, flip = flip, !flip
		now = now.Add(time.Second)
		var diff live.Diff
		if run, diff = live.Observe(run, people, now); len(diff.Changed) != 1 {
			b.Fatalf("%d changes", len(diff.Changed))
		}
	}
}
