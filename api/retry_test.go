package api

import (
	"context"
	"io"
	"net/http"
	"os"
	"syscall"
	"testing"
	"time"

	"github.com/go-resty/resty/v2"
)

func TestWhatIsRepeated(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		o    outcome
		want bool
	}{
		{"a good read", outcome{attempt: 1, status: 200}, false},
		{"a read that was cut", outcome{attempt: 1, err: syscall.ECONNRESET}, true},
		{"a read that broke off", outcome{attempt: 1, err: io.ErrUnexpectedEOF}, true},
		{"a read that hung", outcome{attempt: 1, err: os.ErrDeadlineExceeded}, false},
		{"a read whose caller went", outcome{attempt: 1, err: context.Canceled}, false},
		{"a read that ran out of time", outcome{attempt: 1, err: context.DeadlineExceeded}, false},
		{"an answer that is too big", outcome{attempt: 1, err: resty.ErrResponseBodyTooLarge}, false},
		{"a read, 502", outcome{attempt: 1, status: 502}, true},
		{"a read, 503, last try", outcome{attempt: maxRetries, status: 503}, true},
		{"a read, 503, tried enough", outcome{attempt: maxRetries + 1, status: 503}, false},
		{"a read, 504", outcome{attempt: 2, status: 504}, true},
		{"a read, 500", outcome{attempt: 1, status: 500}, false},
		{"a read, 404", outcome{attempt: 1, status: 404}, false},
		{"a read, 429", outcome{attempt: 1, status: 429}, true},
		{"a write, 429", outcome{attempt: 1, status: 429, write: true}, true},
		{"a write, 503", outcome{attempt: 1, status: 503, write: true}, false},
		{"a write that was cut", outcome{attempt: 1, err: syscall.ECONNRESET, write: true}, false},
		{"a write that nobody took", outcome{attempt: 1, err: syscall.ECONNREFUSED, write: true}, false},
		{"a write, 401", outcome{attempt: 1, status: 401, write: true, renewable: true}, true},
		{"a read, second 401", outcome{attempt: 2, status: 401}, false},
		{"a login, 429", outcome{attempt: 1, status: 429, write: true, login: true}, false},
		{"a login, 401", outcome{attempt: 1, status: 401, login: true, renewable: true}, false},
	} {
		if got := policy(tt.o); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
}

func TestWaitsGrowAndDiffer(t *testing.T) {
	t.Parallel()
	seen := map[time.Duration]bool{}
	for attempt := range 60 {
		d := backoff(attempt, time.Second, time.Minute)
		if full := min(time.Minute, time.Second<<min(max(attempt-1, 0), 16)); d < full/2 || d > full {
			t.Errorf("attempt %d waits %v", attempt, d)
		}
		seen[d] = true
	}
	if len(seen) < 30 {
		t.Errorf("only %d different waits", len(seen))
	}
}

func TestRetryAfterIsReadInBothForms(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	for value, want := range map[string]time.Duration{
		"3": 3 * time.Second, "0": 0, "1.5": 1500 * time.Millisecond, "Sun, 01 Mar 2026 09:00:30 GMT": 30 * time.Second,
		"": -1, "soon": -1, "-4": -1, "Sun, 01 Mar 2026 08:00:00 GMT": -1, "9e99": -1,
	} {
		got, ok := retryAfter(http.Header{"Retry-After": {value}}, now)
		if ok != (want >= 0) || ok && got != want {
			t.Errorf("%q: %v, %t", value, got, ok)
		}
	}
}
