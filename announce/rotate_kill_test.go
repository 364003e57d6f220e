package announce_test

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"confbot/announce"
)

// mortalDoor is a door that dies with its process.
type mortalDoor struct {
	*door

	m *mortal
}

func (d mortalDoor) Choose(ctx context.Context, o announce.Occurrence) (string, error) {
	return live(d.m, func() (string, error) { return d.door.Choose(ctx, o) })
}

func (d mortalDoor) Add(ctx context.Context, o announce.Occurrence) error {
	_, err := live(d.m, func() (bool, error) { return true, d.door.Add(ctx, o) })
	return err
}

func (d mortalDoor) Retire(ctx context.Context, o announce.Occurrence) error {
	_, err := live(d.m, func() (bool, error) { return true, d.door.Retire(ctx, o) })
	return err
}

// Wherever a process dies, the next one goes on: one post, one new PIN, and
// that PIN is the one that the post shows and that opens the door.
func TestARotationIsDoneOnceWhereverItsProcessDies(t *testing.T) {
	t.Parallel()
	const most = 60
	deaths := 0
	for step := 1; step <= most; step++ {
		synctest.Test(t, func(t *testing.T) {
			if dieAt(t, step) {
				deaths++
			}
		})
		if deaths < step { // nothing was left to die at
			break
		}
	}
	if deaths < 14 || deaths == most {
		t.Errorf("died at %d steps: not all of them were tried", deaths)
	}
}

// dieAt has the first process die at its step-th contact with the world.
func dieAt(t *testing.T, step int) (died bool) {
	d := &door{pins: []string{"older", "old"}}
	h := newHouse(t, announce.Options{Rotator: d})
	h.announce("today 9:00", rotating)
	pass(54 * time.Minute)
	m := &mortal{Store: h.store, Announcer: h.channel}
	var contacts atomic.Int64
	dead := make(chan struct{})
	m.risk = func() bool { return contacts.Add(1) == int64(step) }
	m.died = func() { close(dead) }
	first := announce.NewRunner(m, m, announce.Options{Name: "a", Rotator: mortalDoor{d, m}})
	first.Start(t.Context())
	select {
	case <-dead:
		died = true
	case <-time.After(8 * time.Minute):
	}
	go first.Stop()
	second := h.run("b")
	pass(9 * time.Minute)
	second.Stop()
	p := h.all()
	if len(p) != 1 || !p[0].rotated || p[0].late != 0 {
		t.Errorf("dead at %d: posts = %+v, want one on time with the new PIN", step, p)
		return died
	}
	if got := d.open(); !slices.Equal(got, []string{p[0].note}) {
		t.Errorf("dead at %d: %v open it, want %s only", step, got, p[0].note)
	}
	var added []string
	for _, note := range d.added {
		if !slices.Contains(added, note) {
			added = append(added, note)
		}
	}
	if len(added) != 1 {
		t.Errorf("dead at %d: %v were added, want one PIN", step, added)
	}
	return died
}

func TestTheOwnerHearsOnceThatAPostShowsTheOldPIN(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &door{pins: []string{"old"}, silent: true}
		h := newHouse(t, announce.Options{Rotator: d})
		l := h.announce("today 9:00", rotating)
		h.announce("today 9:00")
		h.run("a")
		h.pass(70 * time.Minute)
		if len(h.told) != 1 || !h.told[0].OldPIN() || h.told[0].Person != "U1" || !h.told[0].AwayFrom.Equal(l.Next.At) {
			t.Fatalf("told %+v, want one notice of the post at %v", h.told, l.Next.At)
		}
		if a := h.told[0].Announcements; len(a) != 1 || a[0].ID != l.ID || a[0].Paused {
			t.Errorf("the notice is about %+v", a)
		}
		posts, err := h.store.PostedDuring(t.Context(), l.Next.At.Add(-time.Second), l.Next.At)
		must(t, err)
		states := map[announce.PINState]int{}
		for _, p := range posts {
			states[p.PIN]++
		}
		if states[announce.PINOld] != 1 || states[announce.PINOrdinary] != 1 {
			t.Errorf("kept as %v", states)
		}
	})
}

func TestWhatIsPostedNowWaitsAMomentForItsNewPIN(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]*door{
		"pin1": {pins: []string{"old"}},
		"old":  {pins: []string{"old"}, silent: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, announce.Options{Rotator: d})
				h.run("a")
				h.announce("now", rotating)
				h.pass(40 * time.Second)
				p := h.all()
				if len(p) != 1 || p[0].rotated == d.silent || p[0].late != 0 || p[0].at.Sub(p[0].due) > 15*time.Second {
					t.Errorf("posts = %+v, want one within moments", p)
				}
				if got := fmt.Sprint(d.open()); got != "["+name+"]" {
					t.Errorf("%s open it", got)
				}
			})
		})
	}
}

func TestAPostFoundAfterADeathStillGetsItsPIN(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		h := newHouse(t, announce.Options{})
		l := h.announce("today 9:00")
		h.coming = true
		h.after = func(context.Context, announce.Occurrence, announce.Ref) (announce.Outcome, bool) {
			return announce.Unsure(errDead), true // nobody wrote down that it is there
		}
		h.run("a")
		h.pass(65 * time.Minute)
		if len(h.all()) != 1 || h.amends != 3 {
			t.Fatalf("%d posts, asked for the PIN %d times; want one and three", len(h.all()), h.amends)
		}
		posts, err := h.store.PostedDuring(t.Context(), l.Next.At.Add(-time.Second), l.Next.At)
		must(t, err)
		if len(posts) != 1 || posts[0].PIN != announce.PINCame {
			t.Errorf("kept as %+v, want a PIN that came", posts)
		}
	})
}
