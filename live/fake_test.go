package live_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"confbot/conference"
	"confbot/live"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const weekly conference.ID = "conf_1"

// phones is Audian: who is on which line, and what goes wrong.
type phones struct {
	mu     sync.Mutex
	people map[conference.ID][]conference.Participant
	failed error
	reads  []time.Time
	of     map[conference.ID]int
	before func(ctx context.Context, call int) // runs before the list is made
	after  func(ctx context.Context, call int) // runs between making and giving it
}

func newPhones() *phones {
	return &phones{people: map[conference.ID][]conference.Participant{}, of: map[conference.ID]int{}}
}

func (p *phones) Participants(ctx context.Context, id conference.ID) ([]conference.Participant, error) {
	p.mu.Lock()
	p.reads = append(p.reads, time.Now())
	p.of[id]++
	call, before, after := len(p.reads), p.before, p.after
	p.mu.Unlock()
	if before != nil {
		before(ctx, call)
	}
	p.mu.Lock()
	people, failed := slices.Clone(p.people[id]), p.failed
	p.mu.Unlock()
	if after != nil {
		after(ctx, call)
	}
	if err := ctx.Err(); err != nil {
		return nil, &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Cause: err}
	}
	return people, failed
}

func (p *phones) set(id conference.ID, people ...conference.Participant) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.people[id] = people
}

func (p *phones) change(id conference.ID, who conference.ParticipantID, fn func(*conference.Participant)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.people[id] {
		if p.people[id][i].ID == who {
			fn(&p.people[id][i])
		}
	}
}

func (p *phones) fail(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.failed = err
}

func (p *phones) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.reads)
}

func (p *phones) countOf(id conference.ID) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.of[id]
}

func (p *phones) forgetReads() {
	p.mu.Lock()
	defer p.mu.Unlock()
	clear(p.of)
	p.reads = nil
}

// since returns how long after each other the readings from number n on were.
func (p *phones) since(n int) []time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	var between []time.Duration
	for i := max(n, 1); i < len(p.reads); i++ {
		between = append(between, p.reads[i].Sub(p.reads[i-1]))
	}
	return between
}

// shelf is a Store in memory.
type shelf struct {
	mu     sync.Mutex
	runs   map[string]live.Run
	writes int
	rows   int // callers written
	failed error
}

func newShelf() *shelf { return &shelf{runs: map[string]live.Run{}} }

func (s *shelf) LatestRun(_ context.Context, id conference.ID) (live.Run, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var latest live.Run
	for _, r := range s.runs {
		if r.Conference == id && (latest.ID == "" || r.SeenAt.After(latest.SeenAt)) {
			latest = r
		}
	}
	return latest.Clone(), latest.ID != "", s.failed
}

func (s *shelf) SaveRun(_ context.Context, run live.Run, changed []live.Caller) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed != nil {
		return s.failed
	}
	s.writes++
	s.rows += len(changed)
	callers := map[int]live.Caller{}
	for _, c := range append(s.runs[run.ID].Callers, changed...) {
		c.Talking = nil
		callers[c.No] = c
	}
	run = run.Clone()
	run.Restored = false
	run.Callers = run.Callers[:0]
	for _, no := range slices.Sorted(maps.Keys(callers)) {
		run.Callers = append(run.Callers, callers[no])
	}
	s.runs[run.ID] = run
	return nil
}

func (s *shelf) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failed = err
}

func (s *shelf) written() (writes, rows int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.writes, s.rows
}

func (s *shelf) latest(t *testing.T, id conference.ID) live.Run {
	t.Helper()
	run, ok, err := s.LatestRun(t.Context(), id)
	if err != nil || !ok {
		t.Fatalf("no stored run of %s: %v", id, err)
	}
	return run
}

// drawer is a Sink that remembers what it was told.
type drawer struct {
	mu    sync.Mutex
	told  []live.Diff
	snaps []live.Snapshot
}

func (d *drawer) Changed(s live.Snapshot, diff live.Diff) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.told = append(d.told, diff)
	d.snaps = append(d.snaps, s)
}

// take returns what was told since the last take.
func (d *drawer) take() []live.Diff {
	d.mu.Lock()
	defer d.mu.Unlock()
	told := d.told
	d.told = nil
	return told
}

// world is a Watcher and all that is round it.
type world struct {
	*live.Watcher

	phones *phones
	shelf  *shelf
	drawer *drawer
}

func newWorld(t *testing.T, o live.Options) *world {
	t.Helper()
	return inWorld(t, newPhones(), newShelf(), o)
}

func inWorld(t *testing.T, p *phones, s *shelf, o live.Options) *world {
	t.Helper()
	w := &world{phones: p, shelf: s, drawer: &drawer{}}
	w.Watcher = live.New(p, s, w.drawer, o)
	t.Cleanup(w.Stop)
	return w
}

func (w *world) read(t *testing.T) live.Snapshot {
	t.Helper()
	s, err := w.Read(t.Context(), weekly)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// day is the time at which tests of the pure parts begin.
func day() time.Time { return time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC) }

// person joined so many seconds after the day began.
func person(id string, joined int, mods ...func(*conference.Participant)) conference.Participant {
	return personAt(id, day().Add(time.Duration(joined)*time.Second), mods...)
}

func personAt(id string, joined time.Time, mods ...func(*conference.Participant)) conference.Participant {
	p := conference.Participant{
		ID: conference.ParticipantID(id), Name: "Caller " + id, Joined: joined,
		Number: conference.NewNumber("+1415555" + strings.Repeat("0", max(0, 4-len(id))) + id),
	}
	for _, mod := range mods {
		mod(&p)
	}
	return p
}

func muted(p *conference.Participant) { p.Muted = true }
func deaf(p *conference.Participant)  { p.Deaf = true }

func from(number string) func(*conference.Participant) {
	return func(p *conference.Participant) { p.Number = conference.NewNumber(number) }
}

// line writes the run's callers like "1:a 2:b(left)".
func line(r live.Run) string {
	words := make([]string, 0, len(r.Callers))
	for _, c := range r.Callers {
		word := string('0'+rune(c.No)) + ":" + string(c.ID)
		if !c.On() {
			word += "(left)"
		}
		words = append(words, word)
	}
	return strings.Join(words, " ")
}

// pass lets time pass in a test's bubble.
func pass(d time.Duration) { <-time.After(d) }
