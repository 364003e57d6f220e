package announce

import (
	"strings"
	"time"
	"unicode"
)

// Parse reads when something is to be announced, such as "every weekday at
// 9:25 for 9:30 in Berlin". Zone is the person's own, used where the phrase
// names none. It reads all of the phrase or refuses it: the only error is a
// *Refusal. What it reads is listed in testdata/phrases.md.
func Parse(text string, now time.Time, zone *time.Location) (Rule, error) {
	s, err := read(words(text))
	if err != nil {
		return Rule{}, err
	}
	if s.zone == "" {
		s.zone = zone.String()
	}
	return s.rule(now)
}

// Begins returns the index of the word at which a time phrase begins, for
// "Weekly sync every monday at 9"; len(all) when there is none. A phrase that
// is begun but cannot be read begins where it seems to.
func Begins(all []string) int {
	for i := range all {
		if _, err := read(words(strings.Join(all[i:], " "))); err == nil || err.Reason != NotUnderstood && starts(all[i:]) {
			return i
		}
	}
	for i := range all {
		if starts(all[i:]) {
			return i
		}
	}
	return len(all)
}

// starts reports whether words look like the beginning of a phrase.
func starts(all []string) bool {
	w := words(strings.Join(all, " "))
	switch w.peek() {
	case "every", "at", "today", "tomorrow", "daily", "weekdays":
		return true
	case "in", "on":
		w.at++
		return w.peek() != "" && unicode.IsDigit(rune(w.peek()[0]))
	}
	return false
}

// scan is a phrase in words, and where reading is.
type scan struct {
	low []string // lower case
	raw []string // as typed
	at  int
}

// words takes a phrase apart: odd spaces, quotes and commas separate, dashes
// are one kind, invisible signs are nothing. A comma between digits stays.
func words(text string) *scan {
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		switch {
		case unicode.Is(unicode.Cf, r):
		case r == ',' && (i == 0 || i == len(runes)-1 || !unicode.IsDigit(runes[i-1]) || !unicode.IsDigit(runes[i+1])),
			strings.ContainsRune("\"“”„«»;", r), unicode.IsSpace(r):
			b.WriteByte(' ')
		case strings.ContainsRune("‐‑–—−", r):
			b.WriteByte('-')
		case r == '’' || r == '‘':
			b.WriteByte('\'')
		case r >= 0xFF01 && r <= 0xFF5E: // full-width forms
			b.WriteRune(r - 0xFEE0)
		default:
			b.WriteRune(r)
		}
	}
	raw := strings.Fields(b.String())
	if n := len(raw); n > 0 {
		raw[n-1] = strings.TrimRight(raw[n-1], ".!")
		if raw[n-1] == "" {
			raw = raw[:n-1]
		}
	}
	s := &scan{raw: raw}
	for _, w := range raw {
		s.low = append(s.low, strings.ToLower(w))
	}
	return s
}

// peek is the next word, "" at the end.
func (s *scan) peek() string { return s.ahead(0) }

func (s *scan) ahead(n int) string {
	if s.at+n < len(s.low) {
		return s.low[s.at+n]
	}
	return ""
}

// take reads the next word if it is one of these.
func (s *scan) take(any ...string) bool {
	w := s.peek()
	for _, a := range any {
		if w == a && w != "" {
			s.at++
			return true
		}
	}
	return false
}

// stuck refuses the next word.
func (s *scan) stuck() *Refusal {
	if s.at < len(s.raw) {
		return refuse(NotUnderstood, s.raw[s.at])
	}
	return refuse(NotUnderstood, strings.Join(s.raw, " "))
}

// spec is what a phrase says, clause by clause, before it is a rule.
type spec struct {
	now      bool
	wait     time.Duration // in 20 minutes
	clock    *clock        // at 9:25
	start    *clock        // for 9:30
	before   time.Duration // 10 minutes before
	early    bool          // before was said, be it 0
	day      day           // today, tomorrow, on 2027-01-04, on friday
	from     day           // starting 2027-01-04
	until    day
	repeat   Repeat
	repeated bool
	on       []time.Weekday // every 2 weeks on tue
	times    int
	zone     string
}

// clauses are tried in this order at each word; a clause that reads nothing
// leaves the next one its turn. Each may be said once.
var clauses = []func(*scan, *spec) (bool, *Refusal){
	readNow, readWait, readBefore, readTimes, readMonthly, readEvery, readUntil, readFrom, readFor, readDay, readClock, readZone,
}

// read reads a whole phrase.
func read(s *scan) (*spec, *Refusal) {
	p := &spec{}
	for s.at < len(s.low) {
		read := false
		for _, clause := range clauses {
			at := s.at
			ok, refusal := clause(s, p)
			if refusal != nil {
				return nil, refusal
			}
			if read = ok; ok {
				break
			}
			s.at = at
		}
		if !read {
			return nil, s.stuck()
		}
	}
	if refusal := p.coherent(s); refusal != nil {
		return nil, refusal
	}
	return p, nil
}

// coherent refuses clauses that do not go together, and phrases that leave
// something to be guessed.
func (p *spec) coherent(s *scan) *Refusal {
	ends := !p.until.none() || p.times > 0
	minutes := p.repeat.Freq == Minutes
	var ok bool
	switch {
	case p.now:
		ok = len(s.low) == 1
	case p.wait > 0:
		ok = p.clock == nil && p.start == nil && !p.early && p.day.none() && p.from.none() && !p.repeated && !ends
	case minutes:
		ok = p.clock == nil && p.start == nil && !p.early && p.day.none() && len(p.on) == 0 && p.from.none()
		if ok && p.repeat.every() < MinEvery {
			return refuse(TooOften, "")
		}
	case p.repeated:
		ok = p.clock != nil && p.day.none() && (len(p.on) == 0 || p.repeat.Freq == Weeks && len(p.repeat.Days) == 0)
		if p.repeat.Freq == Weeks && len(p.repeat.Days) == 0 {
			ok = ok && (len(p.on) > 0 || !p.from.none())
		}
		if p.repeat.Freq == Months {
			ok = ok && (p.repeat.MonthDay != 0 || p.repeat.Nth != 0)
		}
	default:
		ok = p.clock != nil && !ends && p.from.none() && len(p.on) == 0
	}
	if p.start != nil && p.early || !p.until.none() && p.times > 0 {
		ok = false
	}
	if !ok {
		s.at = len(s.low)
		return s.stuck()
	}
	return p.clear(s)
}

// clear refuses times of day that leave it open which half of the day, and
// the midnight of a day, which has two.
func (p *spec) clear(s *scan) *Refusal {
	for _, c := range []*clock{p.clock, p.start} {
		if c != nil && c.vague {
			return refuse(AmbiguousTime, c.word)
		}
	}
	daily := p.repeat.Freq == Days || p.day.none() && !p.repeated
	if p.clock != nil && p.clock.midnight && !daily {
		s.at = len(s.low)
		return s.stuck()
	}
	return nil
}
