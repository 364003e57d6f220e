package commands

import (
	"regexp"
	"strconv"
	"strings"

	"confbot/conference"
	"confbot/live"
)

// whoKind says what WHO in a command means.
type whoKind int

const (
	whoNobody  whoKind = iota // nothing fits
	whoOne                    // exactly one caller
	whoSeveral                // more than one caller fits: ask which
	whoAll
	whoOthers  // all but the person who asks
	whoUnknown // numbers that nobody has named
)

// who is the answer to WHO.
type who struct {
	kind    whoKind
	callers []live.Caller // one for whoOne, several for whoSeveral
	text    string        // what was typed
}

// named is a caller with what is known of them here.
type named struct {
	live.Caller
	label string // the name given here, if any
	user  string // the Slack user whose line it is, if known
}

var (
	callerNo  = regexp.MustCompile(`^#(\d{1,5})$`)
	shortNo   = regexp.MustCompile(`^\d{1,2}$`)
	phoneLike = regexp.MustCompile(`^\+?[\d\s().\-/]{3,}$`)
)

// whoIn reads WHO: a caller number, a name, a phone number or its last three
// or more digits, somebody's mention, or one of the words all, others and
// unknown, which mean themselves only without quotes.
func whoIn(words []Word, on []named) who {
	w := who{text: Join(words)}
	if len(words) == 0 {
		return w
	}
	if len(words) == 1 {
		switch first := words[0]; {
		case first.Is("all", "everyone", "everybody"):
			w.kind = whoAll
			return w
		case first.Is("others"):
			w.kind = whoOthers
			return w
		case first.Is("unknown"):
			w.kind = whoUnknown
			return w
		case first.User != "":
			return w.among(on, func(n named) bool { return n.user == first.User })
		}
	}
	if quoted := len(words) == 1 && words[0].Quoted; !quoted {
		if m := callerNo.FindStringSubmatch(w.text); m != nil {
			return w.byNo(on, m[1])
		}
		if shortNo.MatchString(w.text) {
			return w.byNo(on, w.text)
		}
		if digits := conference.NewNumber(w.text).Digits(); phoneLike.MatchString(w.text) && len(digits) >= 3 {
			return w.among(on, func(n named) bool {
				return !n.Number.Hidden() && strings.HasSuffix(n.Number.Digits(), digits)
			})
		}
	}
	return w.byName(on)
}

func (w who) byNo(on []named, digits string) who {
	no, _ := strconv.Atoi(digits)
	return w.among(on, func(n named) bool { return n.No == no })
}

// byName takes whole names before beginnings of words, and those before parts.
func (w who) byName(on []named) who {
	typed := conference.Fold(w.text)
	if typed == "" {
		return w
	}
	for _, fits := range []func(name string) bool{
		func(name string) bool { return name == typed },
		func(name string) bool { return strings.HasPrefix(name, typed) || strings.Contains(name, " "+typed) },
		func(name string) bool { return strings.Contains(name, typed) },
	} {
		found := w.among(on, func(n named) bool {
			return (n.label != "" && fits(conference.Fold(n.label))) || (n.Name != "" && fits(conference.Fold(n.Name)))
		})
		if found.kind != whoNobody {
			return found
		}
	}
	return w
}

func (w who) among(on []named, fits func(named) bool) who {
	for _, n := range on {
		if fits(n) {
			w.callers = append(w.callers, n.Caller)
		}
	}
	switch len(w.callers) {
	case 0:
		w.kind = whoNobody
	case 1:
		w.kind = whoOne
	default:
		w.kind = whoSeveral
	}
	return w
}
