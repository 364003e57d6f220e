package announce

import (
	"cmp"
	"fmt"
	"time"
)

// Wall is a date and a time of day as clocks on a wall show them. It names no
// moment until it is read in a zone.
type Wall struct {
	Year   int
	Month  time.Month
	Day    int
	Hour   int
	Minute int
}

const wallLayout = "2006-01-02T15:04"

// WallOf is what the clocks of t's own location show at t.
func WallOf(t time.Time) Wall {
	y, m, d := t.Date()
	return Wall{y, m, d, t.Hour(), t.Minute()}
}

// ParseWall reads what String wrote.
func ParseWall(s string) (Wall, error) {
	t, err := time.Parse(wallLayout, s)
	if err != nil {
		return Wall{}, fmt.Errorf("announce: wall time: %w", err)
	}
	return WallOf(t), nil
}

// String returns "2026-11-30T09:30".
func (w Wall) String() string { return w.float().Format(wallLayout) }

// Clock returns "09:30".
func (w Wall) Clock() string { return fmt.Sprintf("%02d:%02d", w.Hour, w.Minute) }

// IsZero reports whether there is no date.
func (w Wall) IsZero() bool { return w == Wall{} }

// Compare orders wall times as a calendar does.
func (w Wall) Compare(v Wall) int {
	return cmp.Or(cmp.Compare(w.Year, v.Year), cmp.Compare(w.Month, v.Month), cmp.Compare(w.Day, v.Day),
		cmp.Compare(w.Hour, v.Hour), cmp.Compare(w.Minute, v.Minute))
}

// float is the wall time as if it were UTC: for counting days and hours.
func (w Wall) float() time.Time {
	return time.Date(w.Year, w.Month, w.Day, w.Hour, w.Minute, 0, 0, time.UTC)
}

// add moves the hands, clock changes not regarded.
func (w Wall) add(d time.Duration) Wall { return WallOf(w.float().Add(d)) }

func (w Wall) addDays(n int) Wall { return WallOf(w.float().AddDate(0, 0, n)) }

// at is the same day at another time.
func (w Wall) at(hour, minute int) Wall { return Wall{w.Year, w.Month, w.Day, hour, minute} }

// date is the day at midnight.
func (w Wall) date() Wall { return w.at(0, 0) }

func (w Wall) weekday() time.Weekday { return w.float().Weekday() }

// LastOfMonth reports whether it is on a month's last day.
func (w Wall) LastOfMonth() bool { return w.addDays(1).Day == 1 }

// real reports whether the calendar has such a date and the clock such a time.
func (w Wall) real() bool { return WallOf(w.float()) == w }

// In is the moment at which clocks in zone show w. One that they show twice is
// the first; one that they skip is read with the clocks as they were before
// the change, so that 02:30 on the day when 02:00 becomes 03:00 is 03:30.
func (w Wall) In(zone *time.Location) time.Time {
	asUTC := w.float()
	// No zone is further than 26 hours from itself a day earlier or later, and
	// none changes its clocks twice within two days.
	_, before := asUTC.Add(-24 * time.Hour).In(zone).Zone()
	_, after := asUTC.Add(24 * time.Hour).In(zone).Zone()
	first := asUTC.Add(-time.Duration(before) * time.Second)
	second := asUTC.Add(-time.Duration(after) * time.Second)
	if WallOf(first.In(zone)) == w || WallOf(second.In(zone)) != w {
		return first.UTC()
	}
	return second.UTC()
}
