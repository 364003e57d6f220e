package blocks

import (
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"confbot/conference"
	"confbot/live"
)

func TestACallerValueMeansTheVeryStayThatWasDrawn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		id := conference.ParticipantID(rapid.StringN(1, 80, 120).Draw(t, "id"))
		joined := time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "seconds"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanos"))
		c := live.Caller{Participant: conference.Participant{ID: id, Joined: joined}}
		value := CallerValue(c.Key())
		if n := utf8.RuneCountInString(value); n > 40 {
			t.Errorf("a value of %d characters", n)
		}
		ref, err := ParseCaller(value)
		if err != nil {
			t.Fatalf("%q: %v", value, err)
		}
		if got, ok := ref.In(live.Run{Callers: []live.Caller{c}}); !ok || got.ID != id {
			t.Errorf("%q does not find the caller it was made of", value)
		}
		later := c
		later.Joined = joined.Add(time.Nanosecond)
		if ref.Is(later.Participant) {
			t.Errorf("%q also means somebody who joined later under the same id", value)
		}
		other := c
		other.ID += "x"
		if ref.Is(other.Participant) {
			t.Errorf("%q also means another caller", value)
		}
	})
}

func TestACallerWithoutATimeOfJoiningIsStillThatCaller(t *testing.T) {
	t.Parallel()
	ref, err := ParseCaller(CallerValue(live.Key{ID: "7"}))
	if err != nil || !ref.Is(conference.Participant{ID: "7"}) || ref.Is(conference.Participant{ID: "7", Joined: at("08:00:00")}) {
		t.Errorf("got %+v, %v", ref, err)
	}
}

func TestABlockIdComesBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		want := BlockRef{
			Part: rapid.SampledFrom([]string{partRow, partBar, partItem}).Draw(t, "part"), Key: rapid.StringN(0, 10, 20).Draw(t, "key"),
			Conference: conference.ID(rapid.StringN(0, 32, 40).Draw(t, "conference")),
			Revision:   rapid.Int64Range(0, 1<<40).Draw(t, "revision"), Run: rapid.StringN(0, 16, 36).Draw(t, "run"),
		}
		got, err := ParseBlock(want.ID())
		if err != nil {
			t.Fatalf("%q: %v", want.ID(), err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}

func TestARowsBlockIdHoldsTheCallerNumber(t *testing.T) {
	t.Parallel()
	l := aLine(0)
	ref, err := ParseBlock(l.row(38))
	if err != nil || ref.No() != 38 || ref.Conference != confID || ref.Revision != l.Revision {
		t.Errorf("got %+v, %v", ref, err)
	}
	if bar, err := ParseBlock(l.bar(partBar)); err != nil || bar.No() != 0 {
		t.Errorf("a bar has no caller number: %+v, %v", bar, err)
	}
}

func TestAPickKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	want := Pick{Command: "mute", Conference: "c|1", Rest: "bob \"the | builder\" 100%"}
	got, err := ParsePick(PickValue(want))
	if err != nil || got != want {
		t.Errorf("got %+v, %v", got, err)
	}
	long := want
	long.Rest = strings.Repeat("x", 3000)
	got, err = ParsePick(PickValue(long))
	if err != nil || got.Conference != want.Conference || got.Rest != "" {
		t.Errorf("a long one keeps its conference only: %+v, %v", got, err)
	}
}

func TestWhatCannotBeReadIsOutOfDate(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"", "1", "2part|x", "1a", "1|", "1||x", "1a|b|c|d|e|f", "0|a", "1a|!", "1%zz|a", "1%4|a", "1%41|a", "garbage", "\x00", "1a|b%", "1|é|"} {
		if _, err := ParseCaller(s); !errors.Is(err, ErrStale) {
			t.Errorf("ParseCaller(%q) = %v", s, err)
		}
		if _, err := ParseBlock(s); !errors.Is(err, ErrStale) {
			t.Errorf("ParseBlock(%q) = %v", s, err)
		}
		if _, err := ParsePick(s + "|"); !errors.Is(err, ErrStale) && strings.Count(s, "|") != 1 {
			t.Errorf("ParsePick(%q) = %v", s+"|", err)
		}
		if _, err := ParseMeta(s); !errors.Is(err, ErrStale) {
			t.Errorf("ParseMeta(%q) = %v", s, err)
		}
	}
	if _, _, err := Clicked(PanelMenu, "?x"); !errors.Is(err, ErrStale) {
		t.Errorf("an unknown choice = %v", err)
	}
	if _, _, err := Clicked(PanelMenu, ""); !errors.Is(err, ErrStale) {
		t.Errorf("no choice = %v", err)
	}
}

func TestAMenusChoiceIsTheActionItNames(t *testing.T) {
	t.Parallel()
	for menu, choices := range menus {
		for _, action := range choices {
			got, rest, err := Clicked(menu, menuValue(menu, action, "1x|y"))
			if err != nil || got != action || rest != "1x|y" {
				t.Errorf("%s: %s came back as %s, %q, %v", menu, action, got, rest, err)
			}
		}
	}
	if got, rest, err := Clicked(ParticipantMute, "v"); got != ParticipantMute || rest != "v" || err != nil {
		t.Errorf("a button stays as it is: %s, %q, %v", got, rest, err)
	}
}

func TestAFormsMetaComesBackAsItWasWritten(t *testing.T) {
	t.Parallel()
	want := Meta{
		Conference: confID, Run: "r", Channel: "C1", Thread: "1.2", Message: "3.4", Order: ByName, Filter: OnlyMuted, Query: "<bob>",
		Page: 3, Caller: "1x|y", Action: PanelMuteOthers, Item: "a1", More: true,
	}
	got, err := ParseMeta(EncodeMeta(want))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestASearchIsWordsOrOneCaller(t *testing.T) {
	t.Parallel()
	l := aLine(25)
	choices := l.FindChoices("1025")
	if len(choices) != 2 {
		t.Fatalf("got %+v", choices)
	}
	if words, _, one, err := QueryOf(choices[0].Value); err != nil || one || words != "1025" {
		t.Errorf("got %q, %v, %v", words, one, err)
	}
	_, ref, one, err := QueryOf(choices[1].Value)
	if c, ok := ref.In(l.Snapshot.Run); err != nil || !one || !ok || c.No != 25 {
		t.Errorf("got caller %d, %v", c.No, err)
	}
	if n := len(aLine(300).FindChoices("")); n != MaxOptions {
		t.Errorf("%d choices for an empty search", n)
	}
}

func TestASearchLeadsBackToEveryone(t *testing.T) {
	t.Parallel()
	for _, typed := range []string{"", "zzzz"} {
		first := aLine(25).FindChoices(typed)[0]
		if words, _, one, err := QueryOf(first.Value); err != nil || one || words != "" {
			t.Errorf("searching for %q offers %+v first: %q, %v, %v", typed, first, words, one, err)
		}
	}
}

func FuzzWhatIsReadWritesItself(f *testing.F) {
	f.Add(CallerValue(aCaller(7).Key()))
	f.Add(aLine(3).row(7))
	f.Add(PickValue(Pick{Command: "mute", Conference: confID, Rest: "3 %"}))
	f.Add("1a|%7C|x")
	f.Fuzz(func(t *testing.T, s string) {
		if ref, err := ParseBlock(s); err == nil && ref.ID() != s {
			t.Errorf("block %q writes itself as %q", s, ref.ID())
		}
		if p, err := ParsePick(s); err == nil && len(s) <= MaxButtonValue && PickValue(p) != s {
			t.Errorf("pick %q writes itself as %q", s, PickValue(p))
		}
		if ref, err := ParseCaller(s); err == nil && ref.digest == "" {
			if got, err := ParseCaller(CallerValue(live.Key{ID: conference.ParticipantID(ref.id), Joined: ref.joined})); err != nil || !got.joined.Equal(ref.joined) {
				t.Errorf("caller %q reads as %+v, %v", s, got, err)
			}
		}
	})
}
