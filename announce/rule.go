package announce

import (
	"fmt"
	"time"
)

// Limits of a rule.
const (
	MinEvery = 15 * time.Minute // nothing repeats more often
	MaxLead  = 12 * time.Hour   // between post and start
)

// Rule says when. The zero Rule is not valid; Parse and the announce form make
// rules, and Check says whether one made by hand holds.
type Rule struct {
	Zone string // IANA name, such as "Europe/Berlin"
	// First is the first time, as clocks in Zone show it: when the conference
	// starts if Timed, else when it is posted. It is one of the rule's own
	// times: a rule for Mondays begins on a Monday.
	First  Wall
	Repeat Repeat        // zero: once
	Lead   time.Duration // how long before First's time of day it is posted; only if Timed
	Timed  bool          // it is known when the conference starts
	// Now posts at once, as soon as the announcement is made; First is then the
	// moment of reading and means nothing.
	Now bool
	// Exact is the very moment, for "in 20 minutes": a wall time alone would
	// not do in the hour that comes twice. It overrides First.
	Exact time.Time
}

// Freq is what a Repeat counts in.
type Freq string

// How rules repeat.
const (
	Once    Freq = ""
	Minutes Freq = "MINUTELY" // of elapsed time, whatever the clocks do
	Days    Freq = "DAILY"
	Weeks   Freq = "WEEKLY"
	Months  Freq = "MONTHLY"
)

// Repeat says how a rule comes round.
type Repeat struct {
	Freq     Freq
	Interval int            // every how many; 0 is 1
	Days     []time.Weekday // Weeks: which, Monday first. Months: the one of Nth
	Nth      int            // Months: 1 to 4, or -1 for the last Days[0]
	MonthDay int            // Months: 1 to 28, or -1 for the last day
	Until    Wall           // the last date on which it may happen; zero: none
	Count    int            // how many times in all; 0: no limit
}

// Slot is one time at which a rule comes round.
type Slot struct {
	Post   time.Time // UTC
	Starts time.Time // UTC; zero where the rule does not know
}

// Location is the rule's zone, UTC where the name is not known.
func (r Rule) Location() *time.Location {
	if zone, err := time.LoadLocation(r.Zone); err == nil {
		return zone
	}
	return time.UTC
}

// Repeats reports whether the rule may come round more than once.
func (r Rule) Repeats() bool { return r.Repeat.Freq != Once }

// PostAt is the time of day of the post, "09:25", where that is not the time
// of day that Words names; else "".
func (r Rule) PostAt() string {
	if r.Lead == 0 {
		return ""
	}
	return r.First.add(-r.Lead).Clock()
}

// PostedDayBefore reports whether the post comes before the midnight that the
// start comes after.
func (r Rule) PostedDayBefore() bool { return r.First.add(-r.Lead).date() != r.First.date() }

// Check reports what is wrong with a rule at now, as a *Refusal.
func (r Rule) Check(now time.Time) error {
	if _, err := time.LoadLocation(r.Zone); err != nil || r.Zone == "" || r.Zone == "Local" {
		return refuse(UnknownZone, r.Zone)
	}
	if r.Lead < 0 || r.Lead > MaxLead || r.Lead > 0 && !r.Timed || r.Lead%time.Minute != 0 {
		return refuse(LeadTooLong, "")
	}
	if r.Now {
		return nil
	}
	if !r.First.real() || r.First.Year > 9000 {
		return refuse(NotUnderstood, r.First.String())
	}
	if err := r.Repeat.check(r.First); err != nil {
		return err
	}
	if _, ok := r.Next(now); !ok {
		return refuse(Past, "")
	}
	return nil
}

func (p Repeat) check(first Wall) error {
	if p.Interval < 0 || p.Interval > 1000 || p.Count < 0 || p.Count > 1000 {
		return refuse(NotUnderstood, "")
	}
	if !p.Until.IsZero() && p.Until.date().Compare(first.date()) < 0 {
		return refuse(EndsBefore, "")
	}
	var ok bool
	switch p.Freq {
	case Once, Days:
		ok = len(p.Days) == 0 && p.Nth == 0 && p.MonthDay == 0
	case Minutes:
		if p.every() < MinEvery {
			return refuse(TooOften, "")
		}
		ok = len(p.Days) == 0 && p.Nth == 0 && p.MonthDay == 0
	case Weeks:
		ok = len(p.Days) > 0 && p.Nth == 0 && p.MonthDay == 0
	case Months:
		byDay := len(p.Days) == 1 && p.MonthDay == 0 && (p.Nth == -1 || p.Nth >= 1 && p.Nth <= 4)
		byDate := len(p.Days) == 0 && p.Nth == 0 && (p.MonthDay == -1 || p.MonthDay >= 1 && p.MonthDay <= 28)
		ok = byDay || byDate
	default:
		ok = false
	}
	if !ok {
		return refuse(NotUnderstood, "")
	}
	return nil
}

// interval is every how many, at least 1.
func (p Repeat) interval() int { return max(p.Interval, 1) }

// every is the time between two occurrences of a rule of Minutes.
func (p Repeat) every() time.Duration { return time.Duration(p.interval()) * time.Minute }

// Describe names the rule for logs, never for people.
func (r Rule) Describe() string {
	return fmt.Sprintf("%s %s %s", r.First, r.Zone, r.Repeat)
}

// Kept returns the rule with the first time of the one that it changes where
// neither the recurrence nor the date was touched, so that a rule that counts
// its times or comes round every third week goes on as it began. shown is the
// next time of was, as the person was shown it.
func (r Rule) Kept(was Rule, shown Wall) Rule {
	switch {
	case r.Repeat.withoutUntil() != was.Repeat.withoutUntil():
	case r.First == shown:
		r.First = was.First
		if r.Zone == was.Zone {
			r.Exact = was.Exact
		}
	case r.First.date() == shown.date() && r.Repeat.Freq != Minutes:
		r.First = was.First.at(r.First.Hour, r.First.Minute)
	}
	return r
}

// withoutUntil is the recurrence as text, but for its last date.
func (p Repeat) withoutUntil() string {
	p.Until = Wall{}
	return p.String()
}

// Align moves First to the first day on which the rule may happen, and fills
// in the days that a form leaves to its first date: a week's day, a month's
// first, second … or last such day.
func (r Rule) Align() Rule {
	p := &r.Repeat
	switch {
	case p.Freq == Weeks && len(p.Days) == 0:
		p.Days = []time.Weekday{r.First.weekday()}
	case p.Freq == Months && len(p.Days) == 0 && p.MonthDay == 0:
		p.Days, p.Nth = []time.Weekday{r.First.weekday()}, (r.First.Day-1)/7+1
		if p.Nth > 4 {
			p.Nth = -1
		}
	}
	p.Days = sortDays(p.Days)
	for n := range 62 {
		if day := r.First.addDays(n); p.Freq == Once || p.Freq == Minutes || p.on(day) {
			r.First = day
			break
		}
	}
	return r
}
