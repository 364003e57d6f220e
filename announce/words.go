package announce

import (
	"fmt"
	"strings"
)

// Words says the rule in words with the time of day last, "Every Monday at
// 09:30": of the start where it is known, else of the post. Neither the zone
// nor an end is in it.
func (r Rule) Words() string {
	if r.Now {
		return "Now"
	}
	if r.Repeat.Freq == Minutes {
		return r.DayWords()
	}
	return r.DayWords() + " at " + r.First.Clock()
}

// DayWords is Words without the time of day: "Every Monday".
func (r Rule) DayWords() string {
	p := r.Repeat
	n := p.interval()
	switch p.Freq {
	case Once:
		if r.Now {
			return "Now"
		}
		return fmt.Sprintf("On %s, %d %s %d", r.First.weekday(), r.First.Day, r.First.Month, r.First.Year)
	case Minutes:
		if n%60 == 0 {
			return "Every " + some(n/60, "hour")
		}
		return "Every " + some(n, "minute")
	case Days:
		return "Every " + some(n, "day")
	case Weeks:
		switch {
		case n == 1 && weekdaysOnly(p):
			return "Every weekday"
		case n == 1 && len(p.Days) == len(weekdays):
			return "Every day"
		case n == 1:
			return "Every " + p.dayNames()
		case weekdaysOnly(p):
			return "Every " + some(n, "week") + " on weekdays"
		}
		return "Every " + some(n, "week") + " on " + p.dayNames()
	case Months:
		switch {
		case n == 1 && p.Nth != 0:
			return "Every " + nth(p.Nth) + " " + p.dayNames() + " of the month"
		case n == 1 && p.MonthDay < 0:
			return "Every last day of the month"
		case p.Nth != 0:
			return "Every " + some(n, "month") + " on the " + nth(p.Nth) + " " + p.dayNames()
		case p.MonthDay < 0:
			return "Every " + some(n, "month") + " on the last day"
		}
		return "Every " + some(n, "month") + " on the " + ordinal(p.MonthDay)
	}
	return ""
}

// EndWords says when it ends: "until 1 March 2027", "5 times", or "".
func (r Rule) EndWords() string {
	switch u := r.Repeat.Until; {
	case !u.IsZero():
		return fmt.Sprintf("until %d %s %d", u.Day, u.Month, u.Year)
	case r.Repeat.Count == 1:
		return "once"
	case r.Repeat.Count > 1:
		return fmt.Sprintf("%d times", r.Repeat.Count)
	}
	return ""
}

// Phrase says the rule as Parse reads it, for a field in which it is edited.
func (r Rule) Phrase() string {
	if r.Now {
		return "now"
	}
	var b strings.Builder
	switch r.Repeat.Freq {
	case Once:
		b.WriteString("on " + r.First.float().Format("2006-01-02"))
	case Minutes, Days, Weeks, Months:
		b.WriteString(strings.ToLower(r.DayWords()))
	}
	if r.Repeat.Freq != Minutes {
		b.WriteString(" at " + r.First.Clock())
	}
	if r.Timed {
		fmt.Fprintf(&b, ", %s before", counted(int(r.Lead.Minutes()), "minute"))
	}
	b.WriteString(" in " + r.Zone)
	if r.Repeat.Freq != Once && r.Repeat.Freq != Minutes {
		b.WriteString(" from " + r.First.float().Format("2006-01-02"))
	}
	if u := r.Repeat.Until; !u.IsZero() {
		b.WriteString(" until " + u.float().Format("2006-01-02"))
	}
	if r.Repeat.Count > 0 {
		fmt.Fprintf(&b, " %s", counted(r.Repeat.Count, "time"))
	}
	return b.String()
}

func weekdaysOnly(p Repeat) bool {
	if len(p.Days) != len(workdays) {
		return false
	}
	for i, d := range p.Days {
		if d != workdays[i] {
			return false
		}
	}
	return true
}

// dayNames joins the days: "Monday, Wednesday and Friday".
func (p Repeat) dayNames() string {
	var b strings.Builder
	for i, d := range p.Days {
		switch {
		case i > 0 && i == len(p.Days)-1:
			b.WriteString(" and ")
		case i > 0:
			b.WriteString(", ")
		}
		b.WriteString(d.String())
	}
	return b.String()
}

// some is "day" for one and "3 days" for more.
func some(n int, what string) string {
	if n == 1 {
		return what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// counted is some with the number always said.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return some(n, what)
}

func nth(n int) string {
	if n < 0 {
		return "last"
	}
	return []string{"first", "second", "third", "fourth"}[n-1]
}

func ordinal(n int) string {
	end := "th"
	switch {
	case n%10 == 1 && n != 11:
		end = "st"
	case n%10 == 2 && n != 12:
		end = "nd"
	case n%10 == 3 && n != 13:
		end = "rd"
	}
	return fmt.Sprintf("%d%s", n, end)
}
