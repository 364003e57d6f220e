package announce_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"confbot/announce"
)

// A process dies while it posts, and nothing has reached Slack. Whenever that
// is, and whenever the other one looks, the post is out ten seconds later,
// though looking for the first attempt takes a while and posting another.
func TestADeathWhilePostingDelaysByLessThanTenSeconds(t *testing.T) {
	t.Parallel()
	const looking, posting = 2 * time.Second, 700 * time.Millisecond
	for _, alive := range []time.Duration{0, 300 * time.Millisecond, 900 * time.Millisecond, 1900 * time.Millisecond} {
		for _, phase := range []time.Duration{0, 250 * time.Millisecond, 500 * time.Millisecond, 990 * time.Millisecond} {
			t.Run(fmt.Sprintf("%v after it was due, ticks at %v", alive, phase), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) { dyingWhilePosting(t, alive, phase, looking, posting) })
			})
		}
	}
}

// unhurried takes its time.
type unhurried struct {
	*channel

	looking, posting time.Duration
}

func (u unhurried) Find(ctx context.Context, o announce.Occurrence) (announce.Ref, bool, error) {
	pass(u.looking)
	return u.channel.Find(ctx, o)
}

func (u unhurried) Post(ctx context.Context, a announce.Announcement, o announce.Occurrence) announce.Outcome {
	pass(u.posting)
	return u.channel.Post(ctx, a, o)
}

func dyingWhilePosting(t *testing.T, alive, phase, looking, posting time.Duration) {
	h := newHouse(t, announce.Options{})
	rule := announce.Rule{Zone: "UTC", Exact: time.Now().Add(time.Minute)}
	rule.First = announce.WallOf(rule.Exact.UTC())
	_, err := h.book.Create(t.Context(), announce.Announcement{Conference: weekly, Channel: "C1", Owner: "U1", Rule: rule})
	must(t, err)

	dies := &mortal{Store: h.store, risk: func() bool { return false }, died: func() {}}
	var died time.Time
	dies.Announcer = dying{channel: h.channel, post: func() {
		pass(alive)
		died = time.Now()
		dies.dead.Store(true)
	}}
	first := announce.NewRunner(dies, dies, announce.Options{})
	first.Start(t.Context())
	pass(58*time.Second + phase) // the first has the row by now
	second := announce.NewRunner(h.store, unhurried{h.channel, looking, posting}, announce.Options{})
	second.Start(t.Context())
	pass(30 * time.Second)
	second.Stop()
	first.Stop()

	posts := h.all()
	if len(posts) != 1 || died.IsZero() {
		t.Fatalf("%d posts, death at %v: want one post after a death", len(posts), died)
	}
	if after := posts[0].at.Sub(died); after > 10*time.Second {
		t.Errorf("posted %v after the death, want 10s at most", after)
	}
}

// dying dies while it posts.
type dying struct {
	*channel

	post func()
}

func (d dying) Post(context.Context, announce.Announcement, announce.Occurrence) announce.Outcome {
	d.post()
	return announce.Unsure(errDead)
}
