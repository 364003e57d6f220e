package announce

import (
	"strings"
	"time"
)

var workdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}

// readEvery reads how a rule repeats: "every 2 weeks", "every mon and wed",
// "daily", "weekdays", "mondays".
func readEvery(s *scan, p *spec) (bool, *Refusal) {
	if p.repeated {
		return false, nil
	}
	r, ok, refusal := s.every()
	if refusal != nil || !ok {
		return false, refusal
	}
	p.repeat, p.repeated = r, true
	if r.Freq == Months {
		s.take("on")
		s.take("the")
		if p.repeat, ok = s.dayIn(r); !ok {
			return false, s.stuck()
		}
	}
	return true, nil
}

func (s *scan) every() (Repeat, bool, *Refusal) {
	switch {
	case s.take("daily"):
		return Repeat{Freq: Days}, true, nil
	case s.take("weekdays"):
		return Repeat{Freq: Weeks, Days: workdays}, true, nil
	case s.take("weekly"):
		return Repeat{Freq: Weeks}, true, nil
	case s.take("monthly"):
		return Repeat{Freq: Months}, true, nil
	case s.take("hourly"):
		return Repeat{Freq: Minutes, Interval: 60}, true, nil
	case strings.HasSuffix(s.peek(), "days"):
		return s.plurals()
	case !s.take("every", "each"):
		return Repeat{}, false, nil
	}
	if days, ok := s.weekdays(); ok {
		return Repeat{Freq: Weeks, Days: days}, true, nil
	}
	n := 1
	if s.take("other") {
		n = 2
		if days, ok := s.weekdays(); ok {
			return Repeat{Freq: Weeks, Interval: 2, Days: days}, true, nil
		}
	} else if number, ok := s.interval(); ok {
		n = number
	}
	return s.unit(n)
}

// interval reads the number in "every 2 weeks".
func (s *scan) interval() (int, bool) {
	for n, w := range []string{"", "", "two", "three", "four"} {
		if w != "" && s.take(w) {
			return n, true
		}
	}
	n, ok := count(s.peek(), 1000)
	if ok && n > 0 {
		s.at++
	}
	return n, ok && n > 0
}

func (s *scan) unit(n int) (Repeat, bool, *Refusal) {
	interval := n
	if n == 1 {
		interval = 0
	}
	switch {
	case s.take("day", "days"):
		return Repeat{Freq: Days, Interval: interval}, true, nil
	case n == 1 && s.take("weekday", "workday", "weekdays", "workdays"):
		return Repeat{Freq: Weeks, Days: workdays}, true, nil
	case s.take("week", "weeks"):
		return Repeat{Freq: Weeks, Interval: interval}, true, nil
	case s.take("month", "months"):
		return Repeat{Freq: Months, Interval: interval}, true, nil
	case s.take("hour", "hours") && n <= 24*7:
		return Repeat{Freq: Minutes, Interval: 60 * n}, true, nil
	case s.take("minute", "minutes", "min", "mins"):
		if time.Duration(n)*time.Minute < MinEvery {
			return Repeat{}, false, refuse(TooOften, "")
		}
		return Repeat{Freq: Minutes, Interval: n}, true, nil
	}
	return Repeat{}, false, s.stuck()
}

// plurals reads "mondays and fridays".
func (s *scan) plurals() (Repeat, bool, *Refusal) {
	var days []time.Weekday
	for {
		at := s.at
		if len(days) > 0 {
			s.take("and", "&")
		}
		d, ok := weekdayNames[strings.TrimSuffix(s.peek(), "s")]
		if !ok || !strings.HasSuffix(s.peek(), "days") {
			s.at = at
			break
		}
		s.at++
		days = append(days, d)
	}
	return Repeat{Freq: Weeks, Days: sortDays(days)}, len(days) > 0, nil
}

// readMonthly reads "first monday of the month", "every last friday of the
// month", "last day of the month". "Every second tuesday" alone is two things
// and is not read.
func readMonthly(s *scan, p *spec) (bool, *Refusal) {
	if p.repeated {
		return false, nil
	}
	every := s.take("every", "each")
	s.take("on")
	s.take("the")
	nth := s.peek()
	r, ok := s.dayIn(Repeat{Freq: Months})
	if !ok {
		return false, nil
	}
	month := s.take("of", "in") && s.monthWord()
	if !month && (!every || nth != "first" && nth != "last" || r.MonthDay != 0) {
		return false, nil
	}
	p.repeat, p.repeated = r, true
	return true, nil
}

func (s *scan) monthWord() bool {
	s.take("the", "a", "each", "every")
	return s.take("month")
}

// dayIn reads which day of a month: "first monday", "15th", "last day".
func (s *scan) dayIn(r Repeat) (Repeat, bool) {
	if n, ok := ordinals[s.peek()]; ok {
		if s.ahead(1) == "day" && (n == 1 || n == -1) {
			s.at += 2
			r.MonthDay = n
			return r, true
		}
		if d, ok := weekdayNames[s.ahead(1)]; ok {
			s.at += 2
			r.Nth, r.Days = n, []time.Weekday{d}
			return r, true
		}
	}
	w := s.peek()
	if n, ok := dayOfMonth(w); ok && n <= 28 && strings.TrimLeft(w, "0123456789") != "" {
		s.at++
		r.MonthDay = n
		return r, true
	}
	return r, false
}

var ordinals = map[string]int{
	"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1,
}
