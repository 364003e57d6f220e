package announce_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"confbot/announce"
)

// door is Audian: which PINs open the conference. Its notes are the PINs
// themselves, which a real Rotator seals.
type door struct {
	mu     sync.Mutex
	pins   []string
	next   int
	silent bool // Audian takes nothing
	mute   bool // Audian takes it and does not answer
	adds   []time.Time
	added  []string
}

var errSilent = errors.New("no answer")

func (d *door) Choose(context.Context, announce.Occurrence) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.next++
	return fmt.Sprintf("pin%d", d.next), nil
}

func (d *door) Add(_ context.Context, o announce.Occurrence) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.adds = append(d.adds, time.Now())
	d.added = append(d.added, o.Note)
	if d.silent {
		return errSilent
	}
	if !slices.Contains(d.pins, o.Note) {
		d.pins = append(d.pins, o.Note)
	}
	if d.mute {
		return errSilent
	}
	return nil
}

func (d *door) Retire(_ context.Context, o announce.Occurrence) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if o.Rotated {
		d.pins = []string{o.Note}
		return nil
	}
	d.pins = slices.DeleteFunc(d.pins, func(p string) bool { return p == o.Note })
	return nil
}

func (d *door) open() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.pins)
}

func rotating(a *announce.Announcement) { a.Rotate = true }

func TestANewPINOverlapsTheOldOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &door{pins: []string{"old"}}
		h := newHouse(t, announce.Options{Rotator: d})
		h.announce("today 9:00", rotating)
		h.run("a")
		h.pass(57 * time.Minute)
		if got := d.open(); !slices.Equal(got, []string{"old", "pin1"}) {
			t.Errorf("three minutes before, %v open it, want both", got)
		}
		var atPost []string
		h.before = func(context.Context, announce.Occurrence) (announce.Outcome, bool) {
			atPost = d.open()
			return announce.Outcome{}, false
		}
		h.pass(4 * time.Minute)
		if !slices.Equal(atPost, []string{"old", "pin1"}) {
			t.Errorf("while posting, %v open it, want both", atPost)
		}
		if got := d.open(); !slices.Equal(got, []string{"pin1"}) {
			t.Errorf("after the post, %v open it, want the new one only", got)
		}
		if p := h.all(); len(p) != 1 || !p[0].rotated || p[0].note != "pin1" || p[0].late != 0 {
			t.Errorf("posts = %+v, want one on time with the new PIN", p)
		}
	})
}

func TestWithoutANewPINThePostIsOnTimeWithTheOldOne(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]*door{
		"Audian takes nothing":                {pins: []string{"old"}, silent: true},
		"Audian takes it and does not answer": {pins: []string{"old"}, mute: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				h := newHouse(t, announce.Options{Rotator: d})
				h.announce("today 9:00", rotating)
				h.run("a")
				h.pass(62 * time.Minute)
				p := h.all()
				if len(p) != 1 || p[0].rotated || !p[0].at.Equal(p[0].due) {
					t.Errorf("posts = %+v, want one on time with the old PIN", p)
				}
				if got := d.open(); !slices.Equal(got, []string{"old"}) {
					t.Errorf("%v open it, want the old one only", got)
				}
				if len(d.adds) < 10 {
					t.Errorf("tried %d times in five minutes", len(d.adds))
				}
			})
		})
	}
}

func TestARotationThatIsSkippedIsUndone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &door{pins: []string{"old"}}
		h := newHouse(t, announce.Options{Rotator: d})
		skipped := h.announce("every day at 9:00", rotating)
		deleted := h.announce("every day at 10:00", rotating)
		h.run("a")
		h.pass(57 * time.Minute)
		_, err := h.book.Skip(t.Context(), skipped.ID)
		must(t, err)
		h.pass(time.Minute)
		if got := d.open(); !slices.Equal(got, []string{"old"}) {
			t.Errorf("after Skip %v open it, want the old one", got)
		}
		h.pass(59 * time.Minute)
		if got := len(d.open()); got != 2 {
			t.Fatalf("%d PINs before the second post, want 2", got)
		}
		must(t, h.book.Delete(t.Context(), deleted.ID))
		h.pass(time.Minute)
		if got := d.open(); !slices.Equal(got, []string{"old"}) || len(h.all()) != 0 {
			t.Errorf("after Delete %v open it, want the old one; posts %v", got, h.all())
		}
	})
}

func TestAnEditWhileThePINIsPreparedKeepsThePreparation(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &door{pins: []string{"old"}}
		h := newHouse(t, announce.Options{Rotator: d})
		l := h.announce("every day at 9:00", rotating)
		h.run("a")
		h.pass(57 * time.Minute)
		l.Message = "new words"
		_, err := h.book.Edit(t.Context(), l.Announcement)
		must(t, err)
		h.pass(5 * time.Minute)
		if p := h.all(); len(p) != 1 || !p[0].rotated || p[0].message != "new words" {
			t.Errorf("posts = %+v, want one with the new PIN and the new words", p)
		}
		if got := d.open(); !slices.Equal(got, []string{"pin1"}) {
			t.Errorf("%v open it, want the new one", got)
		}
	})
}

func TestARotationSurvivesTheDeathOfItsProcess(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := &door{pins: []string{"old"}}
		h := newHouse(t, announce.Options{Rotator: d})
		h.announce("today 9:00", rotating)
		h.run("a")
		h.pass(57 * time.Minute)
		h.now.Stop()
		h.run("b")
		h.pass(5 * time.Minute)
		if got := d.open(); !slices.Equal(got, []string{"pin1"}) {
			t.Errorf("%v open it, want the one that the first process chose", got)
		}
	})
}
