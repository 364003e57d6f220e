package announce

import (
	"strings"
	"time"
)

// day is a date as it was said; the zero day was not.
type day struct {
	ahead   int // today 1, tomorrow 2
	weekday string
	date    Wall // Year 0: the next one
}

func (d day) none() bool { return d == day{} }

// near reports a day after which a lone number can only be a time.
func (d day) near() bool { return d.ahead > 0 }

func readDay(s *scan, p *spec) (bool, *Refusal) {
	if !p.day.none() || len(p.on) > 0 {
		return false, nil
	}
	if s.take("today") {
		p.day.ahead = 1
		return true, nil
	}
	if s.take("tomorrow") {
		p.day.ahead = 2
		return true, nil
	}
	on := s.take("on")
	s.take("the")
	if d, ok := s.date(); ok {
		p.day.date = d
		return true, nil
	}
	if !on {
		s.take("this")
	}
	if p.repeated {
		days, ok := s.weekdays()
		p.on = days
		return on && ok, nil
	}
	if d, ok := weekdayNames[s.peek()]; ok {
		s.at++
		p.day.weekday = strings.ToLower(d.String())
		return true, nil
	}
	return false, nil
}

func readUntil(s *scan, p *spec) (bool, *Refusal) {
	if !p.until.none() || !s.take("until", "till") {
		return false, nil
	}
	d, ok := s.date()
	p.until.date = d
	return ok, nil
}

func readFrom(s *scan, p *spec) (bool, *Refusal) {
	if !p.from.none() || !s.take("from", "starting", "beginning") {
		return false, nil
	}
	s.take("on")
	d, ok := s.date()
	p.from.date = d
	return ok, nil
}

func readTimes(s *scan, p *spec) (bool, *Refusal) {
	n, ok := count(s.peek(), 1000)
	if p.times > 0 || !ok || n < 1 || s.ahead(1) != "times" && s.ahead(1) != "time" {
		return false, nil
	}
	s.at += 2
	p.times = n
	return true, nil
}

// date reads "2027-01-04", "4 january 2027", "jan 4", "4th of january".
// Numbers with slashes are not read: 1/4 is two dates.
func (s *scan) date() (Wall, bool) {
	at := s.at
	if t, err := time.Parse(time.DateOnly, s.peek()); err == nil {
		s.at++
		return WallOf(t), true
	}
	var w Wall
	if month, ok := monthNames[s.peek()]; ok {
		s.at++
		w.Month = month
		w.Day, ok = dayOfMonth(s.peek())
		s.at++
		if !ok {
			s.at = at
			return Wall{}, false
		}
	} else if n, ok := dayOfMonth(s.peek()); ok {
		s.at++
		s.take("of")
		month, ok := monthNames[s.peek()]
		s.at++
		if !ok {
			s.at = at
			return Wall{}, false
		}
		w.Month, w.Day = month, n
	} else {
		return Wall{}, false
	}
	if y, ok := count(s.peek(), 9000); ok && len(s.peek()) == 4 {
		s.at++
		w.Year = y
	}
	leap := w
	if leap.Year == 0 {
		leap.Year = 2028 // has every date
	}
	if !leap.real() {
		s.at = at
		return Wall{}, false
	}
	return w, true
}

// dayOfMonth reads "4" and "4th".
func dayOfMonth(w string) (int, bool) {
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if cut, ok := strings.CutSuffix(w, end); ok {
			w = cut
			break
		}
	}
	n, ok := count(w, 31)
	return n, ok && n > 0
}

// weekdays reads "mon, wed and fri", "monday to friday", "mon-fri".
func (s *scan) weekdays() ([]time.Weekday, bool) {
	var days []time.Weekday
	for {
		at := s.at
		if len(days) > 0 {
			s.take("and", "&", "or")
		}
		w := s.peek()
		if a, b, ok := strings.Cut(w, "-"); ok {
			from, ok1 := weekdayNames[a]
			to, ok2 := weekdayNames[b]
			if ok1 && ok2 {
				s.at++
				days = append(days, span(from, to)...)
				continue
			}
		}
		d, ok := weekdayNames[w]
		if !ok {
			s.at = at
			break
		}
		s.at++
		if to, ok := weekdayNames[s.ahead(1)]; ok && (s.peek() == "to" || s.peek() == "through" || s.peek() == "-") {
			s.at += 2
			days = append(days, span(d, to)...)
			continue
		}
		days = append(days, d)
	}
	return sortDays(days), len(days) > 0
}

// span is the days from one to another, which may be in the next week.
func span(from, to time.Weekday) []time.Weekday {
	days := []time.Weekday{from}
	for d := from; d != to; {
		d = (d + 1) % 7
		days = append(days, d)
	}
	return days
}

var weekdayNames = map[string]time.Weekday{
	"monday": time.Monday, "mon": time.Monday,
	"tuesday": time.Tuesday, "tue": time.Tuesday, "tues": time.Tuesday,
	"wednesday": time.Wednesday, "wed": time.Wednesday, "weds": time.Wednesday,
	"thursday": time.Thursday, "thu": time.Thursday, "thur": time.Thursday, "thurs": time.Thursday,
	"friday": time.Friday, "fri": time.Friday,
	"saturday": time.Saturday, "sat": time.Saturday,
	"sunday": time.Sunday, "sun": time.Sunday,
}

var monthNames = map[string]time.Month{
	"january": time.January, "jan": time.January, "february": time.February, "feb": time.February,
	"march": time.March, "mar": time.March, "april": time.April, "apr": time.April, "may": time.May,
	"june": time.June, "jun": time.June, "july": time.July, "jul": time.July,
	"august": time.August, "aug": time.August, "september": time.September, "sep": time.September, "sept": time.September,
	"october": time.October, "oct": time.October, "november": time.November, "nov": time.November,
	"december": time.December, "dec": time.December,
}
