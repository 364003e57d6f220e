package torture

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"confbot/sandbox/slack/control"
)

// records collects the sandbox Slack's log, which keeps the last few thousand
// lines only.
type records struct {
	people *control.Client
	mu     sync.Mutex
	last   int64
	lines  []line
}

// line is what is of interest of one record.
type line struct {
	kind, method, verdict string
	status                int
	at                    time.Time
	acked                 time.Duration // after sending, for acknowledgements
}

// record collects from now on; a records made without it collects when asked.
func record(tb testing.TB, w *world) *records {
	tb.Helper()
	r := &records{people: w.people}
	ctx, cancel := context.WithCancel(context.WithoutCancel(tb.Context()))
	over := make(chan struct{})
	go func() {
		defer close(over)
		tick := time.NewTicker(150 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
				r.read(ctx)
			}
		}
	}()
	tb.Cleanup(func() {
		cancel()
		<-over
	})
	return r
}

func (r *records) read(ctx context.Context) {
	r.mu.Lock()
	defer r.mu.Unlock()
	all, err := r.people.Requests(ctx, r.last)
	if err != nil {
		return
	}
	for _, rec := range all {
		r.last = max(r.last, rec.Seq)
		one := line{kind: rec.Kind, method: rec.Method, verdict: rec.Verdict, status: rec.Status}
		one.at, _ = time.Parse(time.RFC3339Nano, rec.At)
		if after, ok := strings.CutPrefix(rec.Verdict, "ok after "); ok && rec.Kind == "ack" {
			one.acked, _ = time.ParseDuration(after)
		}
		r.lines = append(r.lines, one)
	}
}

// all is what has been recorded by now.
func (r *records) all() []line {
	r.read(context.Background())
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.lines)
}

// mark is how much has been recorded by now.
func (r *records) mark() int { return len(r.all()) }

// acks are how long after sending acknowledgements came, from a mark on, in
// order of length.
func (r *records) acks(mark int) []time.Duration {
	var out []time.Duration
	for _, l := range r.all()[mark:] {
		if l.acked > 0 {
			out = append(out, l.acked)
		}
	}
	slices.Sort(out)
	return out
}

// percentile of sorted durations; 0 of none.
func percentile(sorted []time.Duration, p int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(len(sorted)-1, len(sorted)*p/100)]
}
