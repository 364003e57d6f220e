package torture

import (
	"cmp"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack"
)

// What the sandbox Slack lets through: chat.postMessage 300 times at once and
// then five times a second, and about one message a second in a channel.
const (
	postsAtOnce    = 300
	postsASecond   = 5
	inEachChannel  = 5
	channelSeconds = 1
)

// TestAThousandAnnouncementsInOneSecond has them due over 200 channels, with
// the limits of both platforms on, while people go on muting and kicking. All
// go out, once and in order, no channel waits for others to be through, nothing
// is tried before its time, and people are answered as before.
func TestAThousandAnnouncementsInOneSecond(t *testing.T) {
	const persons = 2
	rooms := either(12, 200)
	count := rooms * inEachChannel
	w := newWorld(t, setup{persons: persons, history: true, slack: slack.Options{}, audian: audian.Options{RateBucket: true}})
	rec := record(t, w)
	people := w.crowd(persons)
	a := w.almanac()
	due := time.Now().Add(time.Duration(count)*15*time.Millisecond + either(12*time.Second, 25*time.Second)).Truncate(time.Second)
	channels, confs := w.halls(rooms), w.series("many", 50, 410000)
	for i := range count {
		a.once(confs[(i/rooms+i)%len(confs)], channels[i%rooms], due, false)
	}
	a.done()
	w.must(w.bot.start())
	w.connected(2)

	idle, before := w.meanwhile(rec, people, func() bool { return time.Until(due) < 4*time.Second })
	if len(idle.answers) < persons {
		t.Fatalf("writing the timetable left no time for the idle figures")
	}
	w.until(time.Until(due), func() bool { return !time.Now().Before(due) })
	cpu, err := w.bot.cpu()
	w.must(err)
	busy, during := w.meanwhile(rec, people, func() bool { return w.landed(a.plan) || time.Since(due) > 12*time.Minute })
	spent, err := w.bot.cpu()
	w.must(err)
	w.wait(3 * time.Second)
	after, err := w.bot.memory()
	w.must(err)

	arrived := w.heard.arrivals()
	r := judgeTimetable(a.plan, arrived, nil, time.Hour) // Slack's pace makes them late, never us
	s := spreadOf(a.plan, arrived, due)
	floor := max(time.Duration(count-postsAtOnce)*time.Second/postsASecond, (inEachChannel-1)*channelSeconds*time.Second)
	early, refused := tooEarly(rec.all())
	t.Logf("%d posts in %d channels: all out %s after they were due, %.2f times the %s that Slack's pace takes; %s; %.1f s of CPU",
		r.posts, rooms, s.last.Round(time.Millisecond), s.last.Seconds()/floor.Seconds(), floor, s, (spent - cpu).Seconds())
	t.Logf("%d calls refused by Slack (%v), %d repeated before their time; 429 from Audian: %d; %d posts went out without their PIN at first",
		refused, refusedBy(rec.all()), early, w.audian429(), w.bot.said("goes out without its PIN"))
	t.Logf("memory: %d MB before, %s, %d MB after", before.last()>>20, during, after>>20)
	t.Logf("people, before: %s; meanwhile: %s", idle, busy)
	wishes := w.judge(people)
	t.Logf("wishes: %s", wishes)
	for _, wrong := range append(r.wrong(), wishes.wrong...) {
		t.Error(wrong)
	}
	if s.outOfOrder > 0 || s.lead > 2 {
		t.Errorf("not in order or not fair: %s", s)
	}
	if early > 0 {
		t.Errorf("%d calls were repeated before their time", early)
	}
	if grown := during.growth(); grown > 1.3 {
		t.Errorf("memory grew %.2f times while they went out: %s", grown, during)
	}
	if p50, was := percentile(busy.acks, 50), percentile(idle.acks, 50); p50 > 5*was {
		t.Errorf("acknowledgements took %s, and %s before", p50, was)
	}
	if wishes.told+wishes.unsent+wishes.refused > 0 {
		t.Errorf("not everything was done: %s", wishes)
	}
	if t.Failed() {
		t.Log(w.bot.tail(40))
	}
}

// spread is how evenly posts came out over the channels.
type spread struct {
	first, last time.Duration // the last channel's first post, and the last of all, after they were due
	lead        int           // the most by which a channel was ahead of another
	outOfOrder  int           // posts that came before an earlier one of their channel
}

func (s spread) String() string {
	return fmt.Sprintf("each channel had its first after %s at most, none was ever more than %d ahead of another, %d out of order",
		s.first.Round(time.Millisecond), s.lead, s.outOfOrder)
}

// spreadOf looks at the order of arrival.
func spreadOf(plan []planned, arrived map[string][]landing, due time.Time) (s spread) {
	type one struct {
		planned

		out time.Time
	}
	var all []one
	done := map[string]int{}
	for _, p := range plan {
		done[p.lane] = 0
		for _, l := range arrived[p.key] {
			all = append(all, one{p, l.at})
		}
	}
	slices.SortFunc(all, func(a, b one) int { return a.out.Compare(b.out) })
	before := map[string]one{}
	for _, o := range all {
		if b, ok := before[o.lane]; ok && cmp.Or(b.at.Compare(o.at), cmp.Compare(b.key, o.key)) > 0 {
			s.outOfOrder++
		}
		before[o.lane] = o
		if done[o.lane]++; done[o.lane] == 1 {
			s.first = o.out.Sub(due)
		}
		s.last = o.out.Sub(due)
		least := done[o.lane]
		for _, n := range done {
			least = min(least, n)
		}
		s.lead = max(s.lead, done[o.lane]-least)
	}
	return s
}

// service is how people were served.
type service struct{ acks, answers []time.Duration }

func (s service) String() string {
	return fmt.Sprintf("acknowledged after p50 %s, p99 %s, answered or done after p50 %s, p99 %s (%d)",
		percentile(s.acks, 50), percentile(s.acks, 99),
		percentile(s.answers, 50).Round(time.Millisecond), percentile(s.answers, 99).Round(time.Millisecond), len(s.answers))
}

// memories are what stood in memory, twice a second.
type memories []int

func (m memories) last() int { return m[len(m)-1] }

// growth is the last quarter against the first.
func (m memories) growth() float64 {
	part := max(1, len(m)/4)
	return float64(slices.Max(m[len(m)-part:])) / float64(slices.Max(m[:part]))
}

func (m memories) String() string {
	return fmt.Sprintf("%d to %d MB meanwhile, at the end %.2f times the beginning", slices.Min(m)>>20, slices.Max(m)>>20, m.growth())
}

// meanwhile has people mute and kick until something is over.
func (w *world) meanwhile(rec *records, people []*person, over func() bool) (s service, m memories) {
	w.tb.Helper()
	mark := rec.mark()
	var mu sync.Mutex
	var acting sync.WaitGroup
	for _, p := range people {
		acting.Go(func() {
			for i := 0; !over(); i++ {
				began := time.Now()
				v := p.mute()
				v.settle()
				took := time.Since(began)
				if i%4 == 3 {
					if v, _ := p.kick(false); v != nil {
						v.settle()
					}
				}
				mu.Lock()
				s.answers = append(s.answers, took)
				mu.Unlock()
				p.wait(500 * time.Millisecond)
			}
		})
	}
	w.until(15*time.Minute, func() bool {
		now, err := w.bot.memory()
		w.must(err)
		m = append(m, now)
		w.wait(490 * time.Millisecond)
		return over()
	})
	acting.Wait()
	s.acks = rec.acks(mark)
	slices.Sort(s.answers)
	return s, m
}

// refusedBy counts the refused calls of each method.
func refusedBy(lines []line) map[string]int {
	out := map[string]int{}
	for _, l := range lines {
		if l.status == 429 {
			out[l.method]++
		}
	}
	return out
}

// audian429 counts what Audian refused because there was too much of it.
func (w *world) audian429() (n int) {
	for _, r := range w.audian.Requests(0) {
		if r.Status == 429 {
			n++
		}
	}
	return n
}
