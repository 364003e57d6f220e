package live_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
	"confbot/live"
)

// film is a run seen reading after reading, at seconds of the day.
type film struct {
	t    *testing.T
	run  live.Run
	diff live.Diff
}

func newFilm(t *testing.T) *film { return &film{t: t, run: live.Run{Conference: weekly}} }

func (f *film) at(second int, people ...conference.Participant) *film {
	f.t.Helper()
	before := f.run.Clone()
	given := slices.Clone(people)
	next, diff := live.Observe(f.run, people, day().Add(time.Duration(second)*time.Second))
	if !cmp.Equal(before, f.run, numbers) || !cmp.Equal(given, people, numbers) {
		f.t.Fatal("Observe changed what it was given")
	}
	f.run, f.diff = next, diff
	return f
}

// restart is what the store gives back.
func (f *film) restart() *film {
	f.run = f.run.Clone()
	f.run.Restored = true
	return f
}

func (f *film) edit(no int, fn func(*live.Caller)) *film {
	f.run = f.run.Clone()
	fn(&f.run.Callers[no-1])
	return f
}

var numbers = cmp.Comparer(func(a, b conference.Number) bool { return a.Full() == b.Full() })

func ids(callers []live.Caller) []string {
	list := make([]string, 0, len(callers))
	for _, c := range callers {
		list = append(list, string(c.ID))
	}
	return list
}

func TestNobodyIsNoRun(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0).at(90)
	if f.run.ID != "" || !f.diff.Empty() {
		t.Errorf("an empty line gave run %q and %+v", f.run.ID, f.diff)
	}
}

func TestARunBeginsWithTheFirstPeopleAndWhenTheFirstOfThemJoined(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0).at(60, person("b", 30), person("a", 20))
	if !f.diff.Started || !f.run.Live() || f.run.Conference != weekly {
		t.Fatalf("started = %v, run %+v", f.diff.Started, f.run)
	}
	if want := day().Add(20 * time.Second); !f.run.Started.Equal(want) {
		t.Errorf("started at %s, want %s", f.run.Started, want)
	}
	if f.at(70, person("b", 30), person("a", 20)); !f.diff.Empty() {
		t.Errorf("an equal reading gave %+v", f.diff)
	}
}

func TestAClockThatIsAheadAtAudianDoesNotStartARunInTheFuture(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 300))
	if !f.run.Started.Equal(day()) || !f.run.Callers[0].ChangedAt.Equal(day()) {
		t.Errorf("started %s, changed %s, want now", f.run.Started, f.run.Callers[0].ChangedAt)
	}
}

func TestNumbersFollowTheOrderOfJoiningThenOfIDs(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(9, person("10", 2), person("z", 1), person("9", 2), person("11", 2))
	if got, want := line(f.run), "1:z 2:9 3:10 4:11"; got != want {
		t.Errorf("callers %s, want %s", got, want)
	}
	// Somebody who joined earlier, and was not in the list then, comes last.
	f.at(12, person("10", 2), person("z", 1), person("9", 2), person("11", 2), person("late", 0))
	if got, want := line(f.run), "1:z 2:9 3:10 4:11 5:late"; got != want {
		t.Errorf("callers %s, want %s", got, want)
	}
}

func TestANumberIsNotReusedWhenItsCallerLeft(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(5, person("a", 0), person("b", 1)).at(10, person("a", 0))
	if got := ids(f.diff.Left); !slices.Equal(got, []string{"b"}) {
		t.Errorf("left %v", got)
	}
	f.at(15, person("a", 0), person("c", 12))
	if got, want := line(f.run), "1:a 2:b(left) 3:c"; got != want {
		t.Errorf("callers %s, want %s", got, want)
	}
	if left := f.run.Callers[1].Left; !left.Equal(day().Add(10 * time.Second)) {
		t.Errorf("b left at %s", left)
	}
}

func TestAnIDThatWasGivenToSomebodyElseIsAnotherCaller(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(5, person("1", 0, muted), person("2", 0))
	f.edit(1, func(c *live.Caller) { c.MutedBy = "U1" })
	f.at(10, person("1", 8, muted), person("2", 0))
	if got, want := line(f.run), "1:1(left) 2:2 3:1"; got != want {
		t.Fatalf("callers %s, want %s", got, want)
	}
	if c := f.run.Callers[2]; c.MutedBy != "" {
		t.Errorf("the new caller is muted by %q", c.MutedBy)
	}
}

func TestAnIDThatWasGivenToSomebodyElseWithinTheSameSecondIsAnotherCaller(t *testing.T) {
	t.Parallel()
	alice := conference.Participant{ID: "1", Name: "Alice", Number: conference.NewNumber("+14155550199"), Joined: day()}
	bob := conference.Participant{ID: "1", Name: "Bob", Number: conference.NewNumber("+14155550142"), Joined: day()}
	f := newFilm(t).at(1, alice)
	drawn := f.run.Callers[0].Key()
	for range 2 { // and stays that one, reading after reading
		f.at(1, bob)
		if got, found := f.run.Find(drawn); !found || got.On() {
			t.Fatalf("what was drawn for Alice is %v on the line: %v", got.Name, got.On())
		}
		if on := f.run.On(); len(on) != 1 || on[0].No != 2 || on[0].Name != "Bob" {
			t.Fatalf("on the line: %v", on)
		}
	}
}

func TestTheSameStayThatOneReadingMissedIsTheSameCaller(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(5, person("a", 0, muted), person("b", 1))
	f.edit(1, func(c *live.Caller) { c.MutedBy = "U1" })
	f.at(10, person("b", 1)).at(15, person("a", 0, muted), person("b", 1))
	if got, want := line(f.run), "1:a 2:b"; got != want {
		t.Fatalf("callers %s, want %s", got, want)
	}
	if c := f.run.Callers[0]; c.MutedBy != "U1" {
		t.Errorf("muted by %q, want U1 still", c.MutedBy)
	}
	if got := ids(f.diff.Joined); !slices.Equal(got, []string{"a"}) || f.diff.Started {
		t.Errorf("joined %v, started %v, want a back in the same run", got, f.diff.Started)
	}
}

func TestAKnownNumberThatDialsInAgainIsANewCaller(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(5, person("a", 0, muted, from("+49301")), person("b", 0))
	f.edit(1, func(c *live.Caller) { c.MutedBy, c.ClaimedBy, c.DeafBy = "U1", "U7", "U1" })
	f.at(10, person("b", 0)).at(20, person("b", 0), person("c", 18, from("+49301")))
	c := f.run.Callers[2]
	if c.No != 3 || c.MutedBy != "" || c.DeafBy != "" || c.Muted {
		t.Errorf("caller %d, muted by %q, deaf by %q: want a new one without marks", c.No, c.MutedBy, c.DeafBy)
	}
	if c.ClaimedBy != "U7" {
		t.Errorf("claimed by %q, want U7 still: the claim is for the run", c.ClaimedBy)
	}
}

func TestAClaimIsNotGivenToSomebodyElseOnTheSameNumber(t *testing.T) {
	t.Parallel()
	for name, number := range map[string]string{"shared": "+49301", "hidden": "anonymous"} {
		f := newFilm(t).at(5, person("a", 0, from(number)))
		f.edit(1, func(c *live.Caller) { c.ClaimedBy = "U7" })
		f.at(10, person("a", 0, from(number)), person("b", 8, from(number)))
		if got := f.run.Callers[1].ClaimedBy; got != "" {
			t.Errorf("%s number: the second caller is claimed by %q", name, got)
		}
		if name == "hidden" {
			f.at(15).at(20, person("c", 18, from(number)))
			if got := f.run.Callers[2].ClaimedBy; got != "" {
				t.Errorf("hidden number: a later caller is claimed by %q", got)
			}
		}
	}
}

func TestWithoutATimeOfJoiningItIsWhenTheyWereFirstSeen(t *testing.T) {
	t.Parallel()
	none := func(id, number string) conference.Participant {
		p := person(id, 0, from(number))
		p.Joined = time.Time{}
		return p
	}
	f := newFilm(t).at(5, none("1", "+491"), none("2", "+492")).at(9, none("2", "+492"), none("1", "+491"))
	if got, want := line(f.run), "1:1 2:2"; got != want {
		t.Fatalf("callers %s, want %s", got, want)
	}
	if joined := f.run.Callers[0].Joined; !joined.Equal(day().Add(5 * time.Second)) {
		t.Errorf("joined %s, want when first seen", joined)
	}
	// The id is given to another phone: nothing but the number tells.
	if f.at(12, none("1", "+493"), none("2", "+492")); line(f.run) != "1:1(left) 2:2 3:1" {
		t.Errorf("callers %s, want a new one", line(f.run))
	}
}

func TestAListThatNamesAStayTwiceCountsItOnce(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(5, person("a", 0), person("a", 0), person("a", 3))
	if got, want := line(f.run), "1:a 2:a"; got != want || f.run.Peak != 2 {
		t.Errorf("callers %s, peak %d, want %s, 2", got, f.run.Peak, want)
	}
}

func TestATimeOfJoiningIsKeptAsExactlyAsItIsStored(t *testing.T) {
	t.Parallel()
	p := person("a", 0)
	p.Joined = p.Joined.Add(123456789 * time.Nanosecond)
	f := newFilm(t).at(5, p)
	stored := f.run.Clone()
	stored.Callers[0].Joined = time.UnixMilli(stored.Callers[0].Joined.UnixMilli())
	if f.run, f.diff = live.Observe(stored, []conference.Participant{p}, day().Add(9*time.Second)); !f.diff.Empty() {
		t.Errorf("after being stored the caller is another: %+v", f.diff)
	}
}

func TestPeakIsTheMostAtOnce(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(1, person("a", 0)).at(2, person("a", 0), person("b", 1), person("c", 1)).at(3, person("d", 2))
	if f.run.Peak != 3 {
		t.Errorf("peak %d, want 3", f.run.Peak)
	}
}

func TestWhoIsMutedOnArrivalIsSaidSoUntilTheyAreUnmuted(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(600, person("old", 0, muted), person("new", 590, muted), person("open", 590))
	for i, want := range []bool{false, true, false} {
		if c := f.run.Callers[i]; c.ArrivedMuted != want {
			t.Errorf("%s arrived muted = %v, want %v", c.ID, c.ArrivedMuted, want)
		}
	}
	f.at(602, person("old", 0, muted), person("new", 590), person("open", 590))
	f.at(604, person("old", 0, muted), person("new", 590, muted), person("open", 590))
	if f.run.Callers[1].ArrivedMuted {
		t.Error("muted later, and still said to have arrived so")
	}
}

func TestAChangeOfWhatIsDrawnIsAChange(t *testing.T) {
	t.Parallel()
	yes := true
	for name, tt := range map[string]struct {
		mod   func(*conference.Participant)
		moved bool
	}{
		"muted":     {muted, true},
		"deaf":      {deaf, true},
		"renamed":   {func(p *conference.Participant) { p.Name = "Bob" }, false},
		"numbered":  {from("+4999"), false},
		"moderator": {func(p *conference.Participant) { p.Role = conference.RoleModerator }, false},
		"talking":   {func(p *conference.Participant) { p.Talking = &yes }, false},
	} {
		f := newFilm(t).at(5, person("a", 0)).at(10, person("a", 0, tt.mod))
		if len(f.diff.Changed) != 1 {
			t.Errorf("%s: changed %v, want the caller", name, f.diff.Changed)
		}
		if moved := f.run.Callers[0].ChangedAt.Equal(day().Add(10 * time.Second)); moved != tt.moved {
			t.Errorf("%s: changed at %s", name, f.run.Callers[0].ChangedAt)
		}
		if f.at(12, person("a", 0, tt.mod)); !f.diff.Empty() {
			t.Errorf("%s: told again: %+v", name, f.diff)
		}
	}
}
