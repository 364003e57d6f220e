package announce

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// String writes the recurrence as RFC 5545 text, "FREQ=WEEKLY;BYDAY=MO"; ""
// for once. UNTIL is a date in the rule's own zone.
func (p Repeat) String() string {
	if p.Freq == Once {
		return ""
	}
	parts := []string{"FREQ=" + string(p.Freq)}
	if p.interval() > 1 {
		parts = append(parts, fmt.Sprintf("INTERVAL=%d", p.Interval))
	}
	if len(p.Days) > 0 {
		var days []string
		for _, d := range p.Days {
			day := rruleDay(d).String()
			if p.Nth != 0 {
				day = fmt.Sprintf("%d%s", p.Nth, day)
			}
			days = append(days, day)
		}
		parts = append(parts, "BYDAY="+strings.Join(days, ","))
	}
	if p.MonthDay != 0 {
		parts = append(parts, fmt.Sprintf("BYMONTHDAY=%d", p.MonthDay))
	}
	if !p.Until.IsZero() {
		parts = append(parts, "UNTIL="+p.Until.float().Format("20060102"))
	}
	if p.Count > 0 {
		parts = append(parts, fmt.Sprintf("COUNT=%d", p.Count))
	}
	return strings.Join(parts, ";")
}

// ParseRepeat reads what String wrote; other RFC 5545 text is refused where it
// says what a Repeat cannot.
func ParseRepeat(text string) (Repeat, error) {
	if text == "" {
		return Repeat{}, nil
	}
	o, err := rrule.StrToROption(text)
	if err != nil {
		return Repeat{}, fmt.Errorf("announce: recurrence %q: %w", text, err)
	}
	p := Repeat{Freq: Freq(o.Freq.String()), Count: o.Count}
	if o.Interval > 1 {
		p.Interval = o.Interval
	}
	for _, d := range o.Byweekday {
		p.Days = append(p.Days, weekdays[d.Day()])
		p.Nth = d.N()
	}
	if len(o.Bymonthday) > 0 {
		p.MonthDay = o.Bymonthday[0]
	}
	if !o.Until.IsZero() {
		p.Until = WallOf(o.Until).date()
	}
	if known := []Freq{Minutes, Days, Weeks, Months}; !slices.Contains(known, p.Freq) || p.String() != text {
		return Repeat{}, fmt.Errorf("announce: recurrence %q is not one of ours", text)
	}
	return p, nil
}

// weekdays in the order of RFC 5545 and of most of the world, Monday first.
var weekdays = []time.Weekday{
	time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday,
}

var rruleDays = []rrule.Weekday{rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU}

func rruleDay(d time.Weekday) rrule.Weekday { return rruleDays[(int(d)+6)%7] }

// sortDays orders days Monday first and drops repeated ones.
func sortDays(days []time.Weekday) []time.Weekday {
	days = slices.Clone(days)
	slices.SortFunc(days, func(a, b time.Weekday) int { return (int(a)+6)%7 - (int(b)+6)%7 })
	return slices.Compact(days)
}

// wallTimes returns the rule's wall times in order, forever or until it ends.
// They are counted as if in UTC, where no clock ever changes, so that only
// Wall.In decides what becomes of times that clocks skip or repeat.
func (r Rule) wallTimes() (rrule.Next, error) {
	p := r.Repeat
	o := rrule.ROption{
		Dtstart: r.First.float(), Interval: p.interval(), Count: p.Count, Wkst: rrule.MO,
	}
	switch p.Freq {
	case Days:
		o.Freq = rrule.DAILY
	case Weeks:
		o.Freq = rrule.WEEKLY
	case Months:
		o.Freq = rrule.MONTHLY
	case Once, Minutes:
		return nil, fmt.Errorf("announce: %q is not counted by the calendar", p.Freq)
	}
	for _, d := range p.Days {
		day := rruleDay(d)
		if p.Nth != 0 {
			day = day.Nth(p.Nth)
		}
		o.Byweekday = append(o.Byweekday, day)
	}
	if p.MonthDay != 0 {
		o.Bymonthday = []int{p.MonthDay}
	}
	if !p.Until.IsZero() {
		o.Until = p.Until.at(23, 59).float()
	}
	rule, err := rrule.NewRRule(o)
	if err != nil {
		return nil, fmt.Errorf("announce: recurrence: %w", err)
	}
	return rule.Iterator(), nil
}
