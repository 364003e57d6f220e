package announce_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"confbot/announce"
)

// forgetful does not renew leases, as a database that stalls for a while.
type forgetful struct{ announce.Store }

func (forgetful) Renew(context.Context, []string, announce.Lease) error { return nil }

// A process whose leases ran out while it was posting may find its own row
// free. It must not take it a second time.
func TestAProcessDoesNotTakeTheRowsThatItHasInHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		rule := announce.Rule{Zone: "UTC", Exact: time.Now().Add(time.Minute)}
		rule.First = announce.WallOf(rule.Exact.UTC())
		_, err := h.book.Create(t.Context(), announce.Announcement{Conference: weekly, Channel: "C1", Owner: "U1", Rule: rule})
		must(t, err)
		h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
			pass(20 * time.Second) // several leases
			return announce.Outcome{}, false
		}
		r := announce.NewRunner(forgetful{h.store}, h.channel, announce.Options{})
		r.Start(t.Context())
		pass(3 * time.Minute)
		r.Stop()
		if posts := h.all(); len(posts) != 1 {
			t.Errorf("%d posts, want one", len(posts))
		}
	})
}

// slowly takes its time after a step has been written down.
type slowly struct{ announce.Store }

func (s slowly) Settle(ctx context.Context, c announce.Settlement) (bool, error) {
	ok, err := s.Store.Settle(ctx, c)
	pass(2500 * time.Millisecond)
	return ok, err
}

// The next step of a row may be due, and claimed, before the one that wrote
// down the last step has let go of it.
func TestARowClaimedAgainBeforeItWasLetGoGoesOnAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		due := time.Now().Add(time.Minute)
		rule := announce.Rule{Zone: "UTC", Exact: due, First: announce.WallOf(due.UTC())}
		_, err := h.book.Create(t.Context(), announce.Announcement{Conference: weekly, Channel: "C1", Owner: "U1", Rule: rule})
		must(t, err)
		tries := 0
		h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
			tries++
			return announce.NotNow(time.Second, nil), tries == 1
		}
		r := announce.NewRunner(slowly{h.store}, h.channel, announce.Options{})
		r.Start(t.Context())
		pass(3 * time.Minute)
		r.Stop()
		posts := h.all()
		if len(posts) != 1 {
			t.Fatalf("%d posts, want one", len(posts))
		}
		if late := posts[0].at.Sub(due); late > 4*time.Second {
			t.Errorf("posted %v after it was due, with a second's wait and one slow write", late)
		}
	})
}

// What Slack puts off is no attempt that may have arrived: after any number of
// those, one that ended unknown is still followed by another.
func TestBeingPutOffDoesNotUseUpTheAttemptsThatMayHaveArrived(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		h.announce("every day at 9")
		h.blind = true
		tries := 0
		h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
			tries++
			if tries <= 6 {
				return announce.NotNow(2*time.Second, nil), true
			}
			return announce.Unsure(context.DeadlineExceeded), tries == 7
		}
		h.run("a")
		h.pass(2 * time.Hour)
		if n := len(h.all()); n != 1 {
			t.Errorf("%d posts after %d attempts, want one", n, tries)
		}
	})
}
