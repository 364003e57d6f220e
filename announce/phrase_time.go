package announce

import (
	"strconv"
	"strings"
	"time"
)

// clock is a time of day as it was said.
type clock struct {
	hour, minute int
	vague        bool // 3, which may be 03:00 or 15:00
	midnight     bool // said as a word
	word         string
}

func readNow(s *scan, p *spec) (bool, *Refusal) {
	if p.now || !s.take("now") {
		return false, nil
	}
	p.now = true
	return true, nil
}

// readWait reads "in 20 minutes".
func readWait(s *scan, p *spec) (bool, *Refusal) {
	if p.wait > 0 || !s.take("in") {
		return false, nil
	}
	if s.take("half") {
		if !s.take("an") || !s.take("hour") {
			return false, nil
		}
		p.wait = 30 * time.Minute
		return true, nil
	}
	d, ok := s.duration()
	if !ok {
		return false, nil
	}
	s.take("and")
	if more, ok := s.duration(); ok {
		d += more
	}
	if d <= 0 || d > 366*24*time.Hour {
		return false, s.stuck()
	}
	p.wait = d
	return true, nil
}

// readBefore reads "10 minutes before", "10 min before it starts".
func readBefore(s *scan, p *spec) (bool, *Refusal) {
	if p.early {
		return false, nil
	}
	d, ok := s.duration()
	if !ok || !s.take("before", "early", "earlier", "ahead", "beforehand") {
		return false, nil
	}
	if s.take("it") {
		if !s.take("starts", "begins") {
			return false, s.stuck()
		}
	} else {
		s.take("the")
		s.take("start")
	}
	if d > MaxLead {
		return false, refuse(LeadTooLong, "")
	}
	p.before, p.early = d, true
	return true, nil
}

// duration reads "20 minutes", "20min", "an hour", "2h".
func (s *scan) duration() (time.Duration, bool) {
	at := s.at
	w := s.peek()
	number := strings.TrimRight(w, "abcdefghijklmnopqrstuvwxyz")
	unit := w[len(number):]
	s.at++
	if number == "" && (w == "a" || w == "an") {
		number, unit = "1", s.peek()
		s.at++
	} else if unit == "" {
		unit = s.peek()
		s.at++
	}
	n, ok := count(number, 100000)
	if ok {
		switch unit {
		case "m", "min", "mins", "minute", "minutes":
			return time.Duration(n) * time.Minute, true
		case "h", "hr", "hrs", "hour", "hours":
			if n <= 24*366 {
				return time.Duration(n) * time.Hour, true
			}
		}
	}
	s.at = at
	return 0, false
}

// count reads a whole number of digits only.
func count(w string, most int) (int, bool) {
	if w == "" || len(w) > 6 || strings.Trim(w, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(w)
	return n, err == nil && n <= most
}

func readFor(s *scan, p *spec) (bool, *Refusal) {
	if p.start != nil || !s.take("for") {
		return false, nil
	}
	c, ok := s.clock(true)
	p.start = c
	return ok, nil
}

// readClock reads "at 9", "at 9:25", "3pm". Without "at", a lone number is a
// time only after every, today and tomorrow: "friday 10" may be a date.
func readClock(s *scan, p *spec) (bool, *Refusal) {
	if p.clock != nil {
		return false, nil
	}
	bare := s.take("at", "@") || p.repeated || p.day.near()
	c, ok := s.clock(bare)
	p.clock = c
	return ok, nil
}

// clock reads a time of day; a lone number counts only if bare is set.
func (s *scan) clock(bare bool) (*clock, bool) {
	w := s.peek()
	switch w {
	case "noon", "midday":
		s.at++
		return &clock{hour: 12}, true
	case "midnight":
		s.at++
		return &clock{midnight: true}, true
	}
	at := s.at
	digits, half := cutHalf(w)
	s.at++
	if half == "" {
		if _, h := cutHalf(s.peek()); h == s.peek() || cleanHalf(s.peek()) != "" {
			half = cleanHalf(s.peek())
		}
		if half != "" {
			s.at++
		}
	}
	c, ok := readDigits(digits, half)
	if !ok || c.minute < 0 && half == "" && !bare && !strings.HasSuffix(digits, "h") {
		s.at = at
		return nil, false
	}
	if c.minute < 0 {
		s.take("o'clock", "oclock")
		c.vague = half == "" && c.hour >= 1 && c.hour <= 6 && len(digits) == 1
		c.minute = 0
	}
	c.word = digits
	return c, true
}

// cutHalf parts "9:25pm" into "9:25" and "pm".
func cutHalf(w string) (digits, half string) {
	n := strings.IndexAny(w, "ap")
	if n <= 0 {
		return w, ""
	}
	if h := cleanHalf(w[n:]); h != "" {
		return w[:n], h
	}
	return w, ""
}

func cleanHalf(w string) string {
	switch w {
	case "am", "a.m.", "a.m":
		return "am"
	case "pm", "p.m.", "p.m":
		return "pm"
	}
	return ""
}

// readDigits reads "9", "9:25", "9.25", "9h25", "9h"; minute is -1 where none
// is said.
func readDigits(w, half string) (*clock, bool) {
	hours, minutes := w, ""
	if i := strings.IndexAny(w, ":.h"); i > 0 {
		hours, minutes = w[:i], w[i+1:]
		if minutes == "" && w[i] != 'h' || minutes != "" && len(minutes) != 2 {
			return nil, false
		}
	}
	hour, ok := count(hours, 23)
	if !ok || len(hours) > 2 {
		return nil, false
	}
	c := &clock{hour: hour, minute: -1}
	if minutes != "" {
		if c.minute, ok = count(minutes, 59); !ok {
			return nil, false
		}
	}
	if half == "" {
		return c, true
	}
	if hour < 1 || hour > 12 || strings.HasSuffix(w, "h") {
		return nil, false
	}
	c.hour = hour % 12
	if half == "pm" {
		c.hour += 12
	}
	return c, true
}
