package torture

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack/control"
)

// wish is one thing that a person asked for, and what came of it.
type wish struct {
	*person
	what, subject string
	number        int // of the caller that it is about, in this run; 0: of none
	envelope      string
	unsent        bool // Slack's client did not take it
	at            time.Time
	mark, until   int // what the person was told while it was the last wish
	done          func(*truth) bool
	seen          bool // done, at some moment
	kicked        *audian.Caller
	silent        bool // the answer is a drawing
	turnover      bool // everybody had left before it was sent
}

// patience is how long a person waits: longer than a lease and the longest
// deadline together.
const patience = 60 * time.Second

// answered is how long a person waits for words about what they see done.
const answered = 5 * time.Second

// settle waits until something has come of it. Whoever was kicked dials again
// at once.
func (v *wish) settle() {
	if v.unsent {
		return
	}
	over := false
	v.heard.wait(v.ctx, patience, func() bool {
		v.seen = v.seen || v.done(v.witness.look(v.audian))
		if v.seen && v.kicked != nil && !over {
			over = true
			v.again = append(v.again, v.redial(v.kicked.Name, v.kicked.Number))
		}
		return v.heard.refused(v.envelope) || len(v.about()) > 0 || v.seen
	})
	// Each is answered, though after a kill perhaps twice; what is answered
	// now is not taken for the next one's answer.
	v.heard.wait(v.ctx, answered, func() bool { return v.silent || v.heard.refused(v.envelope) || len(v.about()) > 0 })
	v.seen = v.seen || v.done(read(v.audian))
	v.until = v.heard.mark(v.user)
}

// about is what the person was told of this wish: what names it, also later,
// and what came while it was the last one and names no other.
func (v *wish) about() []control.Message {
	var out []control.Message
	for i, m := range v.heard.since(v.user, v.mark) {
		last := v.until == 0 || v.mark+i < v.until
		named := strings.Contains(m.Text, v.subject) && (last || !v.silent) // buttons are pressed again and again
		if named || last && !v.namesOther(m) {
			out = append(out, m)
		}
	}
	return out
}

func (v *wish) namesOther(m control.Message) bool {
	if strings.Contains(m.Text, "run has ended") && !v.turnover {
		return true // said of those who had left when the button was pressed
	}
	for _, other := range v.wishes {
		if other != v && strings.Contains(m.Text, other.subject) {
			return true
		}
	}
	return v.number > 0 && namesOthers(m.Text, v.number)
}

var numbered = regexp.MustCompile(`Caller (\d+)`)

// namesOthers reports whether a text speaks of callers by number, and not of
// this one: the answer to an earlier wish may come late, after a kill.
func namesOthers(text string, number int) bool {
	found := numbered.FindAllStringSubmatch(text, -1)
	return len(found) > 0 && !slices.ContainsFunc(found, func(f []string) bool { return f[1] == strconv.Itoa(number) })
}

// report counts what came of the wishes and lists what must not have.
type report struct {
	done, told, refused, unsent, both int
	rightly                           int // not done, as it should be
	why, wrong                        []string
}

func (r report) String() string {
	return fmt.Sprintf("%d done (%d of them also told), %d told that not or why, %d rightly not done, %d refused by Slack's client, %d not sent, %d wrong",
		r.done, r.both, r.told, r.rightly, r.refused, r.unsent, len(r.wrong))
}

// judge looks at every wish once all has come to rest.
func (w *world) judge(people []*person) report {
	var r report
	t := read(w.audian)
	for _, p := range people {
		for _, v := range p.wishes {
			r.count(v, t)
		}
		for _, c := range p.again {
			if now := t.callers[c.ID]; now.State != audian.OnLine {
				r.add("%s dialled again after a kick and is %s: kicked twice", c.Name, now.State)
			}
		}
		r.last(p, t)
		if by := t.callers[p.bystander.ID]; by.State != audian.OnLine || by.Muted {
			r.add("a bystander, %s, is %s, muted %v", by.Name, by.State, by.Muted)
		}
	}
	for name, n := range t.named {
		if n > 1 {
			r.add("%q was made %d times", name, n)
		}
	}
	return r
}

// last checks that nothing was done again after something newer: whoever's
// buttons were pressed is as the last press asked for.
func (r *report) last(p *person, t *truth) {
	for _, v := range slices.Backward(p.wishes) {
		if v.silent && v.subject == p.steady.Name && !v.unsent {
			if v.seen && !v.done(t) {
				r.add("%s of %s was done and then undone by something older", v.what, v.subject)
			}
			return
		}
	}
}

func (r *report) count(v *wish, t *truth) {
	if v.unsent {
		r.unsent++
		return
	}
	about := v.about()
	done, refused := v.seen || v.done(t), v.heard.refused(v.envelope)
	denied := false
	for _, m := range about {
		denied = denied || notDone(m)
	}
	switch {
	case done && denied:
		r.add("%s %s was done and its person was told that it was not: %s", v.what, v.subject, texts(about))
	case done:
		r.done++
		if len(about) > 0 {
			r.both++
		}
	case refused:
		r.refused++
	case len(about) > 0 && v.turnover:
		r.rightly++
	case len(about) > 0:
		r.told++
		r.why = append(r.why, v.what+" "+v.subject+": "+texts(about))
	default:
		r.add("%s %s, envelope %s, was acknowledged and came to nothing", v.what, v.subject, v.envelope)
	}
}

func (r *report) add(format string, args ...any) {
	r.wrong = append(r.wrong, fmt.Sprintf(format, args...))
}

func texts(all []control.Message) string {
	var out []string
	for _, m := range all {
		out = append(out, m.Text)
	}
	return strings.Join(out, " | ")
}
