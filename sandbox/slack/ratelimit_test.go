package slack

import (
	"net/http"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/time/rate"
)

func TestEachMethodHasItsTiersBurstAndThenItsPace(t *testing.T) {
	t.Parallel()
	for _, p := range []pace{tier1, tier2, tier3, tier4, special} {
		synctest.Test(t, func(t *testing.T) {
			l := newLimiter(true)
			burst := int(p)
			if p == tier1 {
				burst = tier1Burst
			}
			for i := range burst {
				if err := l.method("m", p); err != nil {
					t.Fatalf("tier %d refused call %d of its burst of %d", p, i+1, burst)
				}
			}
			err := l.method("m", p)
			if err == nil || err.code != "ratelimited" {
				t.Fatalf("tier %d: the call after the burst came to %v", p, err)
			}
			if l.method("other", p) != nil {
				t.Errorf("tier %d: another method is limited too", p)
			}
			<-time.After(err.retryAfter)
			if l.method("m", p) != nil {
				t.Errorf("tier %d: refused after waiting %s as told", p, err.retryAfter)
			}
			if l.method("m", p) == nil {
				t.Errorf("tier %d: two calls passed after the wait for one", p)
			}
		})
	}
}

func TestOneMessageASecondAndChannelAfterAShortBurst(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	for i := range channelBurst {
		r.must(r.call("chat.postMessage", obj{"channel": team, "text": strconv.Itoa(i)}))
	}
	got := r.call("chat.postMessage", obj{"channel": team, "text": "x"})
	if got.status != http.StatusTooManyRequests || got.err() != "ratelimited" || got.header.Get("Retry-After") != "1" {
		t.Errorf("HTTP %d, %s, Retry-After %q", got.status, got.err(), got.header.Get("Retry-After"))
	}
	r.must(r.call("chat.postMessage", obj{"channel": general, "text": "x"}))
	r.must(r.call("auth.test", nil))
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(true)
		for range channelBurst {
			l.post("C1")
		}
		<-time.After(time.Second)
		if l.post("C1") != nil || l.post("C1") == nil {
			t.Error("a second later exactly one message passes")
		}
	})
}

func TestRetryAfterIsWholeSecondsRoundedUp(t *testing.T) {
	t.Parallel()
	for wait, want := range map[time.Duration]int{time.Millisecond: 1, time.Second: 1, 1200 * time.Millisecond: 2, time.Minute: 60} {
		if got := seconds(wait); got != want {
			t.Errorf("%s becomes %d, want %d", wait, got, want)
		}
	}
}

func TestLimitsCanBeSwitchedOff(t *testing.T) {
	t.Parallel()
	r := start(t, Options{NoRateLimits: true})
	for range 3 * int(tier2) {
		r.must(r.call("usergroups.list", nil))
	}
	if r.limits.take("x", rate.Limit(0), 0, "ratelimited") != nil {
		t.Error("a limit of nothing still limits")
	}
}
