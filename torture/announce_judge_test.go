package torture

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// planned is one message that is to be, known by the key in its metadata.
type planned struct {
	key  string
	lane string // the channel of a post, the person of a reminder
	at   time.Time
	dm   bool // a reminder; where it goes is the lane's conversation
}

// landing is a message in the sandbox Slack's own account.
type landing struct {
	channel, ts, text string
	at                time.Time
}

// punctual is what came of a timetable.
type punctual struct {
	posts, reminders    int // that arrived
	lost                []string
	doubled, doubledDMs []string
	stray               []string           // unasked for, in the wrong place, or early
	slow                []string           // later than a kill excuses
	behind              [3][]time.Duration // posts: by none, one, more kills since they could first be made
}

// How late a message may be, from the moment at which it could first be made:
// when it is due, or when the one before it in its channel is out. A kill that
// held up the one before counts for the one after.
const (
	perKill = 10 * time.Second // what design and documentation promise
	ahead   = 4 * time.Second  // rows are leased a few seconds before they are due, so a kill then counts
	early   = 50 * time.Millisecond
)

// hold is what a message does to those after it in its lane. After a kill the
// lane is held until somebody has looked for the message, though it may have
// been out long before.
type hold struct{ out, from, until time.Time }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// judgeTimetable compares what was planned with what arrived. Usual is how late
// a message may be without any kill: its channel's pace, a claim, faults.
func judgeTimetable(plan []planned, arrived map[string][]landing, kills []time.Time, usual time.Duration) punctual {
	var r punctual
	plan = slices.SortedStableFunc(slices.Values(plan), func(a, b planned) int { return a.at.Compare(b.at) })
	lanes := map[string]hold{}
	asked := map[string]bool{}
	for _, p := range plan {
		asked[p.key] = true
		all := arrived[p.key]
		if len(all) == 0 {
			r.lost = append(r.lost, fmt.Sprintf("%s, due %s in %s", p.key, clock(p.at), p.lane))
			continue
		}
		first := slices.MinFunc(all, func(a, b landing) int { return a.at.Compare(b.at) })
		r.arrivedAs(p, all, first)
		h := lanes[p.lane]
		able, from := p.at, p.at.Add(-ahead)
		if able.Before(h.out) {
			able = h.out
		}
		if p.at.Before(h.until) {
			from = h.from
		}
		n := since(kills, from, first.at)
		r.timed(p, first, able, n, usual)
		lanes[p.lane] = hold{out: later(h.out, first.at), from: from, until: able.Add(time.Duration(n)*perKill + usual)}
	}
	for key, all := range arrived {
		if !asked[key] && postKey.MatchString(key) {
			r.stray = append(r.stray, fmt.Sprintf("%s was never planned, but is in %s", key, all[0].channel))
		}
	}
	slices.Sort(r.stray)
	return r
}

func (r *punctual) arrivedAs(p planned, all []landing, first landing) {
	doubled := &r.doubled
	if p.dm {
		r.reminders++
		doubled = &r.doubledDMs
	} else {
		r.posts++
	}
	if len(all) > 1 {
		*doubled = append(*doubled, fmt.Sprintf("%s, %d times", p.key, len(all)))
	}
	for _, l := range all {
		if !p.dm && l.channel != p.lane {
			r.stray = append(r.stray, fmt.Sprintf("%s is in %s, not in %s", p.key, l.channel, p.lane))
		}
	}
	if first.at.Before(p.at.Add(-early)) {
		r.stray = append(r.stray, fmt.Sprintf("%s came %s early", p.key, p.at.Sub(first.at)))
	}
}

func (r *punctual) timed(p planned, first landing, able time.Time, kills int, usual time.Duration) {
	took := max(0, first.at.Sub(able))
	if !p.dm {
		slot := min(kills, len(r.behind)-1)
		r.behind[slot] = append(r.behind[slot], took)
	}
	if allowed := max(usual, time.Duration(kills)*perKill); took > allowed {
		r.slow = append(r.slow, fmt.Sprintf("%s came %s after it could, at %s, with %d kills meanwhile",
			p.key, took.Round(time.Millisecond), clock(first.at), kills))
	}
}

// postKey is the key of an announcement's post; other messages have marks of
// their own.
var postKey = regexp.MustCompile(`^([A-Z0-9]{26}|[a-z])\.\d+$`)

func clock(t time.Time) string { return t.Format("15:04:05.000") }

// since counts the moments from one to another.
func since(moments []time.Time, from, to time.Time) int {
	n := 0
	for _, m := range moments {
		if !m.Before(from) && !m.After(to) {
			n++
		}
	}
	return n
}

func (r *punctual) wrong() []string {
	var out []string
	for what, all := range map[string][]string{"lost": r.lost, "doubled": r.doubled, "stray": r.stray, "slow": r.slow} {
		for _, one := range all {
			out = append(out, what+": "+one)
		}
	}
	slices.Sort(out)
	return out
}

func (r *punctual) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "%d posts and %d reminders arrived, %d lost, %d doubled, %d reminders doubled, %d stray, %d slow",
		r.posts, r.reminders, len(r.lost), len(r.doubled), len(r.doubledDMs), len(r.stray), len(r.slow))
	for i, name := range []string{"no kill", "one kill", "more kills"} {
		all := slices.Sorted(slices.Values(r.behind[i]))
		if len(all) == 0 {
			continue
		}
		fmt.Fprintf(&out, "; %s: %d posts, behind by p50 %s, p99 %s, at most %s", name, len(all),
			percentile(all, 50).Round(time.Millisecond), percentile(all, 99).Round(time.Millisecond), all[len(all)-1].Round(time.Millisecond))
	}
	return out.String()
}
