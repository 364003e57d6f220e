package live_test

import (
	"slices"
	"testing"
	"time"

	"confbot/live"
)

func TestARunEndsAfterTwoEmptyReadingsAMinuteApart(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0)).at(100)
	if f.diff.Ended || !f.run.Live() || !f.run.EmptySince.Equal(day().Add(100*time.Second)) {
		t.Fatalf("one empty reading: ended %v, empty since %s", f.diff.Ended, f.run.EmptySince)
	}
	if f.at(159); f.diff.Ended {
		t.Fatal("ended after 59 seconds")
	}
	if f.at(160); !f.diff.Ended || f.run.Live() || !f.run.Ended.Equal(day().Add(100*time.Second)) {
		t.Fatalf("after a minute: ended %v at %s, want at the first empty reading", f.diff.Ended, f.run.Ended)
	}
	if f.at(300); !f.diff.Empty() {
		t.Errorf("told again: %+v", f.diff)
	}
}

func TestOneEmptyReadingBetweenOthersEndsNothing(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0)).at(10).at(12, person("a", 0)).at(75)
	if f.diff.Ended || !f.run.EmptySince.Equal(day().Add(75*time.Second)) {
		t.Errorf("ended %v, empty since %s, want counting from the second", f.diff.Ended, f.run.EmptySince)
	}
}

func TestPeopleWhoAreBackInTimeContinueTheRun(t *testing.T) {
	t.Parallel()
	within := int(live.ResumeWithin / time.Second)
	for _, tt := range []struct {
		name   string
		second int
		same   bool
	}{
		{"in time", 100 + within, true},
		{"too late", 100 + within + 1, false},
	} {
		f := newFilm(t).at(0, person("a", 0)).at(100).at(160)
		f.run.Newcomers, f.run.KeepOut = true, []string{"123"}
		old := f.run
		f.at(tt.second, person("b", tt.second-1))
		if same := f.run.ID == old.ID; same != tt.same || f.diff.Started == tt.same || !f.run.Live() || f.diff.Ended {
			t.Errorf("%s: same run %v, %+v", tt.name, same, f.diff)
		}
		want := "1:a(left) 2:b"
		if !tt.same {
			want = "1:b"
		}
		if got := line(f.run); got != want || f.run.Newcomers != tt.same || len(f.run.KeepOut) > 0 != tt.same {
			t.Errorf("%s: callers %s, want %s; newcomers muted %v", tt.name, got, want, f.run.Newcomers)
		}
	}
}

func TestAfterARestartItIsTheSameRunIfAnybodyIsStillThere(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0), person("b", 0)).restart().at(7200, person("b", 0), person("c", 7000))
	if got, want := line(f.run), "1:a(left) 2:b 3:c"; got != want || f.diff.Started || f.run.Restored {
		t.Errorf("callers %s, want %s; %+v", got, want, f.diff)
	}
}

func TestAfterARestartOtherPeopleAreAnotherRun(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0)).at(50, person("a", 0)).restart()
	old := f.run
	f.at(60, person("b", 55))
	if f.run.ID == old.ID || !f.diff.Started || !f.diff.Ended || line(f.run) != "1:b" {
		t.Fatalf("callers %s, %+v, want a new run", line(f.run), f.diff)
	}
	if got := ids(f.diff.Left); !slices.Equal(got, []string{"a"}) {
		t.Errorf("left %v, want a", got)
	}
	closed, then := old.Closed(), day().Add(50*time.Second)
	if !closed.Ended.Equal(then) || !closed.Callers[0].Left.Equal(then) || !old.Live() {
		t.Errorf("the old run ended %s, want %s, when it was last seen", closed.Ended, then)
	}
}

func TestOtherPeopleBetweenTwoReadingsAreTheSameRun(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0)).at(5, person("b", 4))
	if got, want := line(f.run), "1:a(left) 2:b"; got != want || f.diff.Started {
		t.Errorf("callers %s, want %s", got, want)
	}
}

func TestOtherPeopleAfterALongTimeOfNotLookingAreAnotherRun(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0)).at(3600, person("b", 3500))
	if line(f.run) != "1:b" || !f.diff.Started || !f.diff.Ended {
		t.Errorf("callers %s, %+v, want a new run", line(f.run), f.diff)
	}
}

func TestARunThatWasForgottenIsNotContinuedByTomorrowsPeople(t *testing.T) {
	t.Parallel()
	const tomorrow = 24 * 3600
	f := newFilm(t).at(0, person("a", 0)).restart().at(tomorrow)
	if left := f.run.Callers[0].Left; !left.Equal(day()) {
		t.Errorf("a left at %s, want when the run was last seen", left)
	}
	f.at(tomorrow+20, person("b", tomorrow+19))
	if line(f.run) != "1:b" || !f.diff.Started {
		t.Errorf("callers %s, want a new run", line(f.run))
	}
}

func TestAStoredRunThatIsFoundEmptyAfterAShortRestartGoesOnAsUsual(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0)).restart().at(5)
	if f.diff.Ended || !f.run.EmptySince.Equal(day().Add(5*time.Second)) {
		t.Fatalf("ended %v, empty since %s", f.diff.Ended, f.run.EmptySince)
	}
	if f.at(10, person("a", 0)); line(f.run) != "1:a" || f.diff.Started {
		t.Errorf("callers %s, want the same run", line(f.run))
	}
}

func TestSomebodyWhoWasThereAllTheTimeContinuesAnEndedRun(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0)).at(10).at(80).at(7200, person("a", 0))
	if got := line(f.run); got != "1:a" || !f.run.Live() || f.diff.Started {
		t.Errorf("callers %s, live %v: Audian had only not said so", got, f.run.Live())
	}
}

func TestWhoDialsInAfterSomebodyEndedItForEveryoneBeginsAnotherRun(t *testing.T) {
	t.Parallel()
	ended := func() *film {
		f := newFilm(t).at(0, person("a", 0), person("b", 0))
		f.run = f.run.Clone()
		f.run.Newcomers = true
		f.run.Notes = append(f.run.Notes, live.Note{At: day().Add(30 * time.Second), What: live.NoteEnded})
		return f
	}
	if f := ended().at(31); f.run.Live() || !f.diff.Ended {
		t.Error("the first empty reading does not end it")
	}
	for name, f := range map[string]*film{
		"after an empty reading": ended().at(31).at(60, person("c", 50)),
		"before one":             ended().at(33, person("c", 32)),
	} {
		if !f.diff.Started || f.run.Newcomers || f.run.Callers[0].No != 1 {
			t.Errorf("%s: it goes on: %+v", name, f.run)
		}
	}
	if f := ended().at(40, person("a", 0)); !f.run.Live() || f.diff.Started {
		t.Error("somebody who could not be removed is in another run")
	}
	f := ended().at(40, person("a", 0), person("c", 35)).at(50).at(60, person("d", 55))
	if f.diff.Started || len(f.run.Callers) != 4 {
		t.Errorf("people went on after it was ended, and it is over: %+v", f.run)
	}
}
