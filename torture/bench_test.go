package torture

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
)

// atOnce is how many commands are typed at the same moment.
const atOnce = 200

// rival is an app that the same commands are sent to, in a world of its own.
type rival struct {
	name    string
	w       *world
	rec     *records
	p       *person
	answers bool // and not only acknowledges

	acks, shown []time.Duration
	sent        int
	cpu         time.Duration
	around      time.Duration // processor time of the sandbox and of those who type, while cpu was spent
}

// BenchmarkAcks types 200 commands at once, again and again, to both in turn:
// the program, which writes each down on SQLite first, and an app on slack-go's
// own Socket Mode client that only acknowledges. The figures mean something
// side by side only; the sandbox times from sending on.
func BenchmarkAcks(b *testing.B) {
	rivals := []*rival{newRival(b, "confbot", true, nil), newRival(b, "slack-go", false, []string{os.Args[0]})}
	race(b, rivals, mutes)
	for _, r := range rivals {
		b.ReportMetric(ms(percentile(r.acks, 50)), r.name+"-p50-ms")
		b.ReportMetric(ms(percentile(r.acks, 99)), r.name+"-p99-ms")
	}
	ours, theirs := rivals[0], rivals[1]
	b.ReportMetric(ms(percentile(ours.acks, 50))/ms(percentile(theirs.acks, 50)), "p50-ratio")
	b.ReportMetric(ms(percentile(ours.acks, 99))/ms(percentile(theirs.acks, 99)), "p99-ratio")
}

// BenchmarkAnswers types 200 commands at once that need nobody but the app, to
// the program and to a Bolt app that answers with one sentence, and measures
// until the person sees the answers, and what they cost. What the sandbox and
// those who type cost is reported too: they share the processor with both, which
// limits how much sooner an answer can be seen here.
func BenchmarkAnswers(b *testing.B) {
	modules, err := filepath.Abs("../sandbox/clients/bolt/node_modules")
	if err != nil {
		b.Fatal(err)
	}
	node, err := exec.LookPath("node")
	if _, missing := os.Stat(filepath.Join(modules, "@slack", "bolt")); missing != nil || err != nil {
		b.Skip("Node and Bolt are not installed: npm ci in sandbox/clients/bolt")
	}
	rivals := []*rival{
		newRival(b, "confbot", true, nil), newRival(b, "bolt", true, []string{node, filepath.Join("testdata", "bolt.cjs")}, "NODE_PATH="+modules),
	}
	race(b, rivals, func(*person) func(int) string { return helps })
	for _, r := range rivals {
		b.ReportMetric(ms(percentile(r.shown, 50)), r.name+"-p50-ms")
		b.ReportMetric(ms(r.cpu)/float64(r.sent), r.name+"-cpu-s/1000")
		b.ReportMetric(ms(r.around)/float64(r.sent), r.name+"-sandbox-cpu-s/1000")
	}
	ours, theirs := rivals[0], rivals[1]
	b.ReportMetric(ms(percentile(theirs.shown, 50))/ms(percentile(ours.shown, 50)), "times-sooner")
	b.ReportMetric(float64(ours.cpu)/float64(theirs.cpu), "cpu-ratio")
}

// race sends each rival a burst in turn, after one to warm up.
func race(b *testing.B, rivals []*rival, text func(*person) func(int) string) {
	b.Helper()
	for _, r := range rivals {
		r.burst(b, text(r.p))
		r.acks, r.shown, r.sent, r.cpu, r.around = nil, nil, 0, 0, 0
	}
	b.ResetTimer()
	for range b.N {
		for _, r := range rivals {
			r.burst(b, text(r.p))
		}
	}
	b.StopTimer()
	for _, r := range rivals {
		slices.Sort(r.acks)
		slices.Sort(r.shown)
	}
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

func newRival(b *testing.B, name string, answers bool, command []string, env ...string) *rival {
	b.Helper()
	w := newWorld(b, setup{persons: 1, slack: slack.Options{NoRateLimits: true}})
	if command != nil {
		env = append(env, asEcho+"=1")
		w.bot = newChild(b, command[0], append(env, w.bot.env...), command[1:]...)
	}
	// Those who type keep their connections, so that opening two hundred at each
	// burst is no part of what is measured.
	typing := &http.Transport{MaxIdleConnsPerHost: atOnce}
	b.Cleanup(typing.CloseIdleConnections)
	w.people = control.New(w.slack.ControlURL(), &http.Client{Transport: typing})
	r := &rival{name: name, w: w, answers: answers, p: w.crowd(1)[0], rec: &records{people: w.people}}
	w.must(w.bot.start())
	w.connected(1)
	return r
}

// mutes is a command that changes something, so that it is written down first.
func mutes(p *person) func(int) string {
	return func(i int) string { return fmt.Sprintf("/conf mute %q nobody%d", p.conf, i) }
}

// helps is one that needs nobody but us.
func helps(int) string { return "/conf help kick" }

// burst types all at once and waits until all are acknowledged and answered.
func (r *rival) burst(b *testing.B, text func(int) string) {
	b.Helper()
	mark, heard, acked := r.rec.mark(), r.w.heard.mark(r.p.user), r.w.acked()
	before, err := r.w.bot.cpu()
	r.w.must(err)
	aroundBefore := ownCPU(b)
	sent := make([]time.Time, atOnce)
	var typing sync.WaitGroup
	for i := range atOnce {
		typing.Go(func() {
			sent[i] = time.Now()
			_, err := r.w.people.Type(r.w.ctx, control.Typed{
				User: r.p.user, Channel: r.p.channel, Text: text(i),
			})
			if err != nil {
				b.Error(err)
			}
		})
	}
	typing.Wait()
	if !r.w.until(time.Minute, func() bool { return r.w.acked()-acked >= atOnce }) {
		b.Fatalf("%s acknowledged %d of %d\n%s", r.name, r.w.acked()-acked, atOnce, r.w.bot.tail(20))
	}
	if r.answers && !r.w.heard.wait(r.w.ctx, time.Minute, func() bool { return r.w.heard.mark(r.p.user)-heard >= atOnce }) {
		b.Fatalf("%s answered %d of %d\n%s", r.name, r.w.heard.mark(r.p.user)-heard, atOnce, r.w.bot.tail(20))
	}
	after, err := r.w.bot.cpu()
	r.w.must(err)
	r.cpu += after - before
	r.around += ownCPU(b) - aroundBefore
	r.sent += atOnce
	r.acks = append(r.acks, r.rec.acks(mark)...)
	slices.SortFunc(sent, time.Time.Compare)
	for i, at := range r.w.heard.times(r.p.user, heard) {
		if i < atOnce { // they are alike, so the first answer is the first one's
			r.shown = append(r.shown, at.Sub(sent[i]))
		}
	}
}

// ownCPU is the processor time that this process has used: the sandboxes run
// in it, and those who type.
func ownCPU(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// acked counts the acknowledgements on the connections that are open.
func (w *world) acked() int {
	sockets, err := w.people.Sockets(w.ctx)
	w.must(err)
	sum := 0
	for _, s := range sockets {
		sum += s.NumAcked
	}
	return sum
}

// BenchmarkStart measures from starting the program to its first connection,
// with a new database and with one that is there.
func BenchmarkStart(b *testing.B) {
	w := newWorld(b, setup{slack: slack.Options{NoRateLimits: true}})
	for b.Loop() {
		w.must(w.bot.start())
		if !w.heard.wait(w.ctx, time.Minute, func() bool { return w.open() > 0 }) {
			b.Fatal(w.bot.tail(20))
		}
		b.StopTimer()
		w.connected(2)
		if _, _, err := w.bot.stop(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkMemory reports what stands in memory once nothing happens, and the
// size of the program.
func BenchmarkMemory(b *testing.B) {
	w := newWorld(b, setup{})
	w.must(w.bot.start())
	w.connected(2)
	w.wait(3 * time.Second)
	for b.Loop() {
		memory, err := w.bot.memory()
		w.must(err)
		b.ReportMetric(float64(memory)/(1<<20), "MB-idle")
	}
	info, err := os.Stat(w.bot.path)
	w.must(err)
	b.ReportMetric(float64(info.Size())/(1<<20), "MB-binary")
}
