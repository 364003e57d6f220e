package live_test

import (
	"slices"
	"testing"
	"time"

	"confbot/conference"
	"confbot/live"
)

// asks is a film of one caller for whom Audian accepted an action at second
// ten.
func asks(t *testing.T, action conference.Action, mods ...func(*conference.Participant)) *film {
	t.Helper()
	f := newFilm(t).at(5, person("a", 0, mods...))
	return f.edit(1, func(c *live.Caller) { live.AskedAt(c, action, "U1", day().Add(10*time.Second)) })
}

func TestAnActionIsPendingUntilItIsSeen(t *testing.T) {
	t.Parallel()
	f := asks(t, conference.Mute)
	if c := f.run.Callers[0]; c.Pending != conference.Mute || c.MutedBy != "U1" {
		t.Fatalf("pending %q by %q, want mute by U1", c.Pending, c.MutedBy)
	}
	if f.at(11, person("a", 0)); f.run.Callers[0].Pending != conference.Mute || !f.diff.Empty() {
		t.Fatalf("pending %q, %+v after a reading from before it happened", f.run.Callers[0].Pending, f.diff)
	}
	f.at(12, person("a", 0, muted))
	if c := f.run.Callers[0]; c.Pending != "" || !c.PendingAt.IsZero() || c.MutedBy != "U1" || len(f.diff.Changed) != 1 {
		t.Errorf("pending %q, muted by %q: want done, by U1", c.Pending, c.MutedBy)
	}
}

func TestWhatNeverHappensIsGivenUpAndNobodysMuteStands(t *testing.T) {
	t.Parallel()
	for action, by := range map[conference.Action]func(live.Caller) string{
		conference.Mute: func(c live.Caller) string { return c.MutedBy },
		conference.Deaf: func(c live.Caller) string { return c.DeafBy },
		conference.Kick: func(c live.Caller) string { return c.KickedBy },
	} {
		f := asks(t, action)
		if by(f.run.Callers[0]) != "U1" {
			t.Errorf("%s: not by U1 while it is pending", action)
		}
		if f.at(29, person("a", 0)); f.run.Callers[0].Pending != action || by(f.run.Callers[0]) != "U1" {
			t.Errorf("%s: given up too early", action)
		}
		f.at(30, person("a", 0))
		if c := f.run.Callers[0]; c.Pending != "" || by(c) != "" || len(f.diff.Changed) != 1 {
			t.Errorf("%s: pending %q by %q after %s, want given up", action, c.Pending, by(c), live.PendingFor)
		}
	}
}

func TestACallerMutedByUsWhoIsUnmutedDidItOnTheirPhone(t *testing.T) {
	t.Parallel()
	f := asks(t, conference.Mute).at(12, person("a", 0, muted)).at(20, person("a", 0))
	if c := f.run.Callers[0]; !c.SelfUnmuted.Equal(day().Add(20*time.Second)) || c.MutedBy != "" {
		t.Errorf("self-unmuted %s, muted by %q", c.SelfUnmuted, c.MutedBy)
	}
	if f.at(30, person("a", 0, muted)); !f.run.Callers[0].SelfUnmuted.IsZero() || f.run.Callers[0].MutedBy != "" {
		t.Error("muted again by phone, and still said to have unmuted, or to be muted by us")
	}
}

func TestACallerWhoUnmutesAfterMutingThemselvesDidNotUndoOurs(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(5, person("a", 0, muted)).at(9, person("a", 0))
	if !f.run.Callers[0].SelfUnmuted.IsZero() {
		t.Error("their own mute is said to have been ours")
	}
}

func TestAnUnmuteThatWeAskedForIsNotTheirs(t *testing.T) {
	t.Parallel()
	t0 := day().Add(15 * time.Second)
	seenLater := asks(t, conference.Mute).at(12, person("a", 0, muted))
	seenLater.edit(1, func(c *live.Caller) { live.AskedAt(c, conference.Unmute, "U2", t0) })
	if seenLater.run.Callers[0].MutedBy != "U1" {
		t.Error("the mute stands until the unmute is seen")
	}
	seenLater.at(16, person("a", 0))

	// The poll may see it before whoever asked has noted so.
	seenFirst := asks(t, conference.Mute).at(12, person("a", 0, muted)).at(14, person("a", 0))
	seenFirst.edit(1, func(c *live.Caller) { live.AskedAt(c, conference.Unmute, "U2", t0) }).at(16, person("a", 0))

	for name, f := range map[string]*film{"seen later": seenLater, "seen first": seenFirst} {
		if c := f.run.Callers[0]; !c.SelfUnmuted.IsZero() || c.MutedBy != "" || c.Pending != "" {
			t.Errorf("%s: self-unmuted %s, muted by %q, pending %q", name, c.SelfUnmuted, c.MutedBy, c.Pending)
		}
	}
}

func TestAnUnmuteThatNeverHappensLeavesOurMuteStanding(t *testing.T) {
	t.Parallel()
	f := asks(t, conference.Mute).at(12, person("a", 0, muted))
	f.edit(1, func(c *live.Caller) { live.AskedAt(c, conference.Unmute, "U2", day().Add(15*time.Second)) })
	f.at(60, person("a", 0, muted))
	if c := f.run.Callers[0]; c.Pending != "" || c.MutedBy != "U1" {
		t.Errorf("pending %q, muted by %q, want U1's mute to stand", c.Pending, c.MutedBy)
	}
}

func TestAMuteIsRememberedWhileAnotherActionIsPending(t *testing.T) {
	t.Parallel()
	f := asks(t, conference.Mute)
	f.edit(1, func(c *live.Caller) { live.AskedAt(c, conference.Deaf, "U1", day().Add(11*time.Second)) })
	f.at(12, person("a", 0)).at(13, person("a", 0, muted)).at(14, person("a", 0, muted, deaf))
	if c := f.run.Callers[0]; c.MutedBy != "U1" || c.DeafBy != "U1" || c.Pending != "" {
		t.Errorf("muted by %q, deaf by %q, pending %q", c.MutedBy, c.DeafBy, c.Pending)
	}
	f.at(15, person("a", 0, muted))
	if c := f.run.Callers[0]; c.DeafBy != "" {
		t.Errorf("deaf by %q though they can hear", c.DeafBy)
	}
}

func TestWhoeverLeavesAfterAKickWasKicked(t *testing.T) {
	t.Parallel()
	f := asks(t, conference.Kick).at(12)
	if c := f.run.Callers[0]; c.KickedBy != "U1" || c.On() || c.Pending != "" {
		t.Errorf("kicked by %q, on the line %v", c.KickedBy, c.On())
	}
	// The line was quicker than the note.
	f = newFilm(t).at(5, person("a", 0)).at(9)
	f.edit(1, func(c *live.Caller) { live.AskedAt(c, conference.Kick, "U1", day().Add(10*time.Second)) })
	if c := f.run.Callers[0]; c.KickedBy != "U1" || c.Pending != "" {
		t.Errorf("kicked by %q, pending %q", c.KickedBy, c.Pending)
	}
}

func TestAKickedCallerWhomOneReadingStillShowsIsStillBeingKicked(t *testing.T) {
	t.Parallel()
	f := asks(t, conference.Kick).at(12).at(13, person("a", 0))
	if c := f.run.Callers[0]; c.KickedBy != "U1" || c.Pending != conference.Kick || !c.On() {
		t.Fatalf("kicked by %q, pending %q", c.KickedBy, c.Pending)
	}
	f.at(14)
	if c := f.run.Callers[0]; c.KickedBy != "U1" || c.On() {
		t.Errorf("kicked by %q, on the line %v", c.KickedBy, c.On())
	}
	if f.at(60, person("a", 0)); f.run.Callers[0].KickedBy != "" {
		t.Error("they are on the line long after, and said to have been kicked")
	}
}

func TestNewcomersAreToBeMutedWhenThatWasAskedFor(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0))
	f.run.Newcomers = true
	f.at(5, person("a", 0), person("b", 4), person("c", 4, muted))
	if got := ids(f.diff.Newcomers); !slices.Equal(got, []string{"b"}) {
		t.Errorf("to be muted: %v, want b: a was there, c is muted", got)
	}
	if f.at(6, person("a", 0), person("b", 4), person("c", 4, muted)); len(f.diff.Newcomers) != 0 {
		t.Errorf("told again: %v", ids(f.diff.Newcomers))
	}
}

func TestWhoIsToBeKeptOutIsToldUntilTheyAreKicked(t *testing.T) {
	t.Parallel()
	f := newFilm(t).at(0, person("a", 0, from("+49 301")), person("x", 0, from("anonymous"))).at(5, person("x", 0, from("anonymous")))
	f.run.KeepOut = []string{"49301"}
	again := []conference.Participant{person("x", 0, from("anonymous")), person("b", 9, from("49301"))}
	for _, second := range []int{10, 12} {
		if f.at(second, again...); !slices.Equal(ids(f.diff.Unwanted), []string{"b"}) {
			t.Fatalf("unwanted at %d: %v, want b", second, ids(f.diff.Unwanted))
		}
	}
	f.edit(3, func(c *live.Caller) { live.AskedAt(c, conference.Kick, "", day().Add(13*time.Second)) })
	if f.at(14, again...); len(f.diff.Unwanted) != 0 {
		t.Errorf("unwanted while the kick is pending: %v", ids(f.diff.Unwanted))
	}
	if f.at(16, again[0]); !f.run.Callers[2].KeptOut || f.run.Callers[2].On() {
		t.Errorf("kept out %v", f.run.Callers[2].KeptOut)
	}
}
