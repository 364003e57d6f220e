package audian

import (
	"testing"
	"time"
)

func frozen() time.Time { return time.Unix(1_800_000_000, 0) }

func TestTheThirdQuickLoginIsTooMany(t *testing.T) {
	t.Parallel()
	for _, d := range []Dialect{Seed, Kazoo} {
		c := startServer(t, Options{Dialect: d, RateBucket: true, Now: frozen})
		login := func() answer { return c.raw("PUT", "/api_auth", `{"data":{"api_key":"`+c.s.APIKey()+`"}}`) }
		first := c.want(login(), 201)
		if got := lookUp(first.body, "tokens/consumed"); got != 35.0 {
			t.Errorf("a login consumed %v", got)
		}
		c.want(login(), 201)
		a := c.want(login(), 429)
		if a.body["message"] != "too_many_requests" || a.header.Get("Retry-After") != "" {
			t.Errorf("429: %s, Retry-After %q", a.raw, a.header.Get("Retry-After"))
		}
		c.s.Advance(500 * time.Millisecond) // 30 left, and 5 more
		c.want(login(), 201)
	}
}

func TestEachRequestCostsOneTokenAndTheEnvelopeSaysSo(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{RateBucket: true, RetryAfter: true, Now: frozen})
	for left := 99; left >= 0; left-- {
		a := c.want(c.do("GET", "/conferences", ""), 200)
		if got := lookUp(a.body, "tokens/remaining"); got != float64(left) {
			t.Fatalf("remaining %v, want %d", got, left)
		}
	}
	a := c.want(c.do("GET", "/conferences", ""), 429)
	if a.header.Get("Retry-After") != "1" {
		t.Errorf("Retry-After = %q", a.header.Get("Retry-After"))
	}
	c.s.Advance(time.Second)
	for range 10 {
		c.want(c.do("GET", "/conferences", ""), 200)
	}
	c.want(c.do("GET", "/conferences", ""), 429)
}

func TestWithoutABucketNothingIsCounted(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	for range bucketSize + 5 {
		c.want(c.do("GET", "/conferences", ""), 200)
	}
}
