package announce_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"confbot/announce"
)

// The rule for clock changes: a wall time that is skipped happens as much
// later as was skipped, one that comes twice happens the first time.
func TestClockChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, zone, first string
		want              []string // in the zone, with its offset
	}{
		{"Berlin springs forward over it", "Europe/Berlin", "2027-03-27T02:30", []string{"27 02:30 +0100", "28 03:30 +0200", "29 02:30 +0200"}},
		{"Berlin springs forward on it", "Europe/Berlin", "2027-03-27T02:00", []string{"27 02:00 +0100", "28 03:00 +0200", "29 02:00 +0200"}},
		{"Berlin springs forward before it", "Europe/Berlin", "2027-03-27T09:25", []string{"27 09:25 +0100", "28 09:25 +0200", "29 09:25 +0200"}},
		{"Berlin has it twice", "Europe/Berlin", "2027-10-30T02:30", []string{"30 02:30 +0200", "31 02:30 +0200", "01 02:30 +0100"}},
		{"Berlin after the hour that comes twice", "Europe/Berlin", "2027-10-30T03:00", []string{"30 03:00 +0200", "31 03:00 +0100", "01 03:00 +0100"}},
		{"New York springs forward over it", "America/New_York", "2027-03-13T02:30", []string{"13 02:30 -0500", "14 03:30 -0400", "15 02:30 -0400"}},
		{"New York has it twice", "America/New_York", "2027-11-06T01:30", []string{"06 01:30 -0400", "07 01:30 -0400", "08 01:30 -0500"}},
		{"Lord Howe skips half an hour", "Australia/Lord_Howe", "2027-10-02T02:15", []string{"02 02:15 +1030", "03 02:45 +1100", "04 02:15 +1100"}},
		{"Lord Howe has half an hour twice", "Australia/Lord_Howe", "2027-04-03T01:45", []string{"03 01:45 +1100", "04 01:45 +1100", "05 01:45 +1030"}},
		{"Kolkata never changes", "Asia/Kolkata", "2027-03-27T02:30", []string{"27 02:30 +0530", "28 02:30 +0530", "29 02:30 +0530"}},
		{"São Paulo no longer changes", "America/Sao_Paulo", "2027-10-16T00:30", []string{"16 00:30 -0300", "17 00:30 -0300", "18 00:30 -0300"}},
		{"São Paulo skipped midnight while it did", "America/Sao_Paulo", "2018-11-03T00:30", []string{"03 00:30 -0300", "04 01:30 -0200", "05 00:30 -0200"}},
		{"a leap day", "Europe/Berlin", "2028-02-28T09:25", []string{"28 09:25 +0100", "29 09:25 +0100", "01 09:25 +0100"}},
		{"Samoa left a whole day out", "Pacific/Apia", "2011-12-29T09:00", []string{"29 09:00 -1000", "31 09:00 +1400", "01 09:00 +1400"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rule := daily(t, c.zone, c.first)
			var got []string
			for _, s := range rule.Upcoming(time.Time{}, len(c.want)) {
				got = append(got, s.Post.In(rule.Location()).Format("02 15:04 -0700"))
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func daily(t testing.TB, zone, first string) announce.Rule {
	t.Helper()
	return announce.Rule{Zone: zone, First: wall(t, first), Repeat: announce.Repeat{Freq: announce.Days}}
}

func wall(t testing.TB, s string) announce.Wall {
	t.Helper()
	w, err := announce.ParseWall(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func TestThePostComesTheLeadBeforeTheStartAlsoWhenClocksChangeBetween(t *testing.T) {
	t.Parallel()
	rule := daily(t, "Europe/Berlin", "2027-03-28T03:10")
	rule.Timed, rule.Lead = true, 30*time.Minute
	s, ok := rule.Next(time.Time{})
	if !ok || s.Starts.Sub(s.Post) != 30*time.Minute {
		t.Fatalf("slot = %v, %v, want half an hour between post and start", s, ok)
	}
	if got := s.Post.In(rule.Location()).Format("15:04"); got != "01:40" {
		t.Errorf("posted at %s, want 01:40: the hour from 2 does not exist", got)
	}
}

func TestARuleOfMinutesCountsThePassingTime(t *testing.T) {
	t.Parallel()
	rule := announce.Rule{Zone: "Europe/Berlin", First: wall(t, "2027-03-28T01:15"), Repeat: announce.Repeat{Freq: announce.Minutes, Interval: 30}}
	all := rule.Upcoming(time.Time{}, 6)
	for i, s := range all[1:] {
		if d := s.Post.Sub(all[i].Post); d != 30*time.Minute {
			t.Errorf("post %d comes %v after the one before, want 30 minutes", i+1, d)
		}
	}
	after := all[3].Post
	if s, _ := rule.Next(after); !s.Post.Equal(all[4].Post) {
		t.Errorf("after %v comes %v, want %v", after, s.Post, all[4].Post)
	}
}

func TestARuleEnds(t *testing.T) {
	t.Parallel()
	rule := daily(t, "Europe/Berlin", "2027-01-01T09:00")
	rule.Repeat.Count = 3
	if got := rule.Upcoming(time.Time{}, 10); len(got) != 3 {
		t.Errorf("3 times gives %d", len(got))
	}
	rule.Repeat.Count, rule.Repeat.Until = 0, wall(t, "2027-01-05T00:00")
	if got := rule.Upcoming(time.Time{}, 10); len(got) != 5 {
		t.Errorf("until the fifth gives %d, want the last day as well", len(got))
	}
	if _, ok := rule.Next(time.Date(2027, 1, 5, 8, 0, 0, 0, time.UTC)); ok {
		t.Error("something comes after the last one")
	}
}

func TestAFormsFirstDateSaysWhatItLeavesOut(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first  string
		repeat announce.Repeat
		want   string
	}{
		{"2026-11-30T09:30", announce.Repeat{Freq: announce.Weeks}, "Every Monday at 09:30, 2026-11-30T09:30"},
		{"2026-11-30T09:30", announce.Repeat{Freq: announce.Weeks, Days: []time.Weekday{time.Thursday, time.Tuesday}}, "Every Tuesday and Thursday at 09:30, 2026-12-01T09:30"},
		{"2026-11-30T09:30", announce.Repeat{Freq: announce.Months}, "Every last Monday of the month at 09:30, 2026-11-30T09:30"},
		{"2026-12-03T09:30", announce.Repeat{Freq: announce.Months}, "Every first Thursday of the month at 09:30, 2026-12-03T09:30"},
		{"2026-11-30T09:30", announce.Repeat{}, "On Monday, 30 November 2026 at 09:30, 2026-11-30T09:30"},
	} {
		r := announce.Rule{Zone: "UTC", First: wall(t, c.first), Repeat: c.repeat}.Align()
		if got := r.Words() + ", " + r.First.String(); got != c.want {
			t.Errorf("%s becomes %s, want %s", c.first, got, c.want)
		}
	}
}

// The oracle walks day by day with time.Date and looks whether a day fits.
func TestOccurrencesAgreeWithAWalkThroughTheCalendar(t *testing.T) {
	t.Parallel()
	zones := []string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "UTC"}
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		// Hours in which no clock changes: there time.Date has one answer.
		start := time.Date(rapid.IntRange(2024, 2030).Draw(t, "year"), 1, rapid.IntRange(1, 366).Draw(t, "day"),
			rapid.IntRange(4, 22).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute"), 0, 0, zone)
		p := drawRepeat(t)
		rule := announce.Rule{Zone: zone.String(), First: announce.WallOf(start), Repeat: p}.Align()
		got := rule.Upcoming(time.Time{}, 20)
		var want []announce.Slot
		for n := 0; len(want) < 20; n++ {
			day := time.Date(rule.First.Year, rule.First.Month, rule.First.Day+n, rule.First.Hour, rule.First.Minute, 0, 0, zone)
			if fits(p, rule, day, n) {
				want = append(want, announce.Slot{Post: day.UTC()})
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s from %s (-walk +rule):\n%s", p, rule.First, diff)
		}
	})
}

func drawRepeat(t *rapid.T) announce.Repeat {
	p := announce.Repeat{Interval: rapid.IntRange(0, 4).Draw(t, "interval")}
	day := rapid.Map(rapid.IntRange(0, 6), func(n int) time.Weekday { return time.Weekday(n) })
	switch rapid.IntRange(0, 3).Draw(t, "freq") {
	case 0:
		p.Freq = announce.Days
	case 1:
		p.Freq = announce.Weeks
		p.Days = rapid.SliceOfNDistinct(day, 1, 7, rapid.ID[time.Weekday]).Draw(t, "days")
	case 2:
		p.Freq, p.Interval = announce.Months, 0
		p.Days = []time.Weekday{day.Draw(t, "weekday")}
		p.Nth = rapid.SampledFrom([]int{1, 2, 3, 4, -1}).Draw(t, "nth")
	case 3:
		p.Freq, p.Interval = announce.Months, 0
		p.MonthDay = rapid.SampledFrom([]int{1, 2, 15, 28, -1}).Draw(t, "month day")
	}
	return p
}

func fits(p announce.Repeat, r announce.Rule, day time.Time, n int) bool {
	interval := max(p.Interval, 1)
	switch p.Freq {
	case announce.Days:
		return n%interval == 0
	case announce.Weeks:
		monday := func(w time.Weekday) int { return (int(w) + 6) % 7 }
		first := time.Date(r.First.Year, r.First.Month, r.First.Day, 0, 0, 0, 0, time.UTC)
		week := (n + monday(first.Weekday())) / 7
		for _, d := range p.Days {
			if d == day.Weekday() {
				return week%interval == 0
			}
		}
		return false
	}
	last := day.AddDate(0, 0, 7).Month() != day.Month()
	switch {
	case p.MonthDay == -1:
		return day.AddDate(0, 0, 1).Day() == 1
	case p.MonthDay > 0:
		return day.Day() == p.MonthDay
	case p.Nth == -1:
		return day.Weekday() == p.Days[0] && last
	}
	return day.Weekday() == p.Days[0] && (day.Day()+6)/7 == p.Nth
}
