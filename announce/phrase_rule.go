package announce

import (
	"slices"
	"time"
)

// far is how many days a first occurrence is looked for: nine years, in which
// every date comes round, 29 February too.
const far = 9 * 366

// maxWrap is the longest that a start after midnight may be from its post.
const maxWrap = 6 * 60

// rule makes a rule of what was said.
func (p *spec) rule(now time.Time) (Rule, error) {
	zone, err := time.LoadLocation(p.zone)
	if err != nil || p.zone == "" || p.zone == "Local" {
		return Rule{}, refuse(UnknownZone, p.zone)
	}
	here := now.In(zone)
	r := Rule{Zone: p.zone, First: WallOf(here), Repeat: p.repeat}
	switch {
	case p.now:
		r.Now = true
		return r, nil
	case p.wait > 0:
		r.Exact = now.Add(p.wait).Truncate(time.Second).UTC()
		r.First = WallOf(r.Exact.In(zone))
		return r, nil
	}
	r.Repeat.Count = p.times
	r.Repeat.Days = slices.Concat(p.repeat.Days, p.on)
	if r.Repeat.Freq == Minutes {
		r.First = WallOf(here.Add(r.Repeat.every()))
	} else if err := p.first(&r, here); err != nil {
		return Rule{}, err
	}
	if !p.until.none() {
		r.Repeat.Until = p.until.date.after(r.First)
	}
	if err := r.Check(now); err != nil {
		return Rule{}, err
	}
	return r, nil
}

// first finds the first occurrence whose post is still to come, and by how
// much the post comes before the start.
func (p *spec) first(r *Rule, here time.Time) *Refusal {
	at, shift, refusal := p.lead(r)
	if refusal != nil {
		return refusal
	}
	today := WallOf(here).date()
	earliest, match := p.matcher(r, today, shift)
	for n := range far {
		day := earliest.addDays(n)
		if !match(day) {
			continue
		}
		r.First = day.at(at.hour, at.minute)
		if post := r.First.In(r.Location()).Add(-r.Lead); post.After(here) {
			return nil
		}
	}
	// A day that is over, or one that is further off than we look.
	return refuse(Past, "")
}

// lead says at what time of day the conference starts, and on which day
// counted from the day that was said: a post at 23:55 for 0:05 is of the day
// before.
func (p *spec) lead(r *Rule) (at clock, shift int, refusal *Refusal) {
	at = *p.clock
	if p.early {
		r.Timed, r.Lead = true, p.before
		return at, 0, nil
	}
	if p.start == nil {
		if p.clock.midnight && !p.repeated {
			return at, 1, nil // the coming midnight
		}
		return at, 0, nil
	}
	minutes := (p.start.hour-at.hour)*60 + p.start.minute - at.minute
	if minutes < 0 {
		minutes += 24 * 60
		shift = 1
		plain := r.Repeat.Freq != Months && (r.Repeat.interval() == 1 || r.Repeat.Freq == Days || len(r.Repeat.Days) == 1)
		if minutes > maxWrap || !plain {
			return at, 0, refuse(LeadTooLong, "")
		}
		for i, d := range r.Repeat.Days {
			r.Repeat.Days[i] = (d + 1) % 7
		}
		r.Repeat.Days = sortDays(r.Repeat.Days)
	}
	r.Timed, r.Lead = true, time.Duration(minutes)*time.Minute
	if r.Lead > MaxLead {
		return at, 0, refuse(LeadTooLong, "")
	}
	return *p.start, shift, nil
}

// matcher tells which days the start may be on, and which is the first one.
func (p *spec) matcher(r *Rule, today Wall, shift int) (earliest Wall, match func(day Wall) bool) {
	earliest = today
	switch d := p.day.date; {
	case !p.from.none():
		earliest = p.from.date.after(today).addDays(shift)
	case !p.repeated && d.Year != 0 && d.Compare(today) > 0: // however far off
		earliest = d.addDays(shift)
	}
	if r.Repeat.Freq == Weeks && len(r.Repeat.Days) == 0 {
		r.Repeat.Days = []time.Weekday{earliest.weekday()}
	}
	return earliest, func(day Wall) bool {
		if p.repeated {
			return r.Repeat.on(day)
		}
		said := day.addDays(-shift)
		switch d := p.day; {
		case d.ahead > 0:
			return said == today.addDays(d.ahead-1)
		case d.weekday != "":
			return said.weekday() == weekdayNames[d.weekday]
		case d.date.Year != 0:
			return said == d.date
		case d.date.Month != 0:
			return said.Month == d.date.Month && said.Day == d.date.Day
		}
		return said == today
	}
}

// on reports whether the repeat may happen on a day, intervals not regarded.
func (p Repeat) on(day Wall) bool {
	switch p.Freq {
	case Days:
		return true
	case Weeks:
		for _, d := range p.Days {
			if day.weekday() == d {
				return true
			}
		}
	case Months:
		switch {
		case p.MonthDay > 0:
			return day.Day == p.MonthDay
		case p.MonthDay < 0:
			return day.addDays(1).Day == 1
		case p.Nth < 0:
			return day.weekday() == p.Days[0] && day.addDays(7).Month != day.Month
		}
		return day.weekday() == p.Days[0] && (day.Day-1)/7+1 == p.Nth
	case Once, Minutes:
	}
	return false
}

// after is a date with its year: where none was said, the first such date that
// is not before another.
func (w Wall) after(v Wall) Wall {
	if w.Year != 0 {
		return w.date()
	}
	for w.Year = v.Year; w.Compare(v.date()) < 0 || !w.real(); {
		w.Year++
	}
	return w.date()
}
