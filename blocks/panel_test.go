package blocks

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/slack-go/slack"

	"confbot/conference"
	"confbot/live"
)

// drawn returns the caller numbers of a panel's rows, in order.
func drawn(t *testing.T, blocks []slack.Block) []int {
	t.Helper()
	var nos []int
	for _, b := range blocks {
		if ref, err := ParseBlock(b.ID()); err == nil && ref.No() > 0 {
			nos = append(nos, ref.No())
		}
	}
	return nos
}

func TestAPanelOfAFewCallersNeverJumps(t *testing.T) {
	t.Parallel()
	d := PanelData{Line: aLine(5)}
	d.Snapshot.Run.Callers[3].Role = conference.RoleModerator
	want := []int{1, 4, 2, 3, 5} // moderators, then by number
	if diff := cmp.Diff(want, drawn(t, Panel(d).Blocks)); diff != "" {
		t.Fatalf("-want +got\n%s", diff)
	}
	d.Snapshot.Run.Callers[2].Muted = true
	d.Snapshot.Run.Callers[2].ChangedAt = at("08:40:00")
	if diff := cmp.Diff(want, drawn(t, Panel(d).Blocks)); diff != "" {
		t.Errorf("a change moved a row: -want +got\n%s", diff)
	}
}

func TestWhoLeavesKeepsTheirRowUntilSomebodyClicks(t *testing.T) {
	t.Parallel()
	d := PanelData{Line: aLine(5), HeldSince: at("08:35:00")}
	d.Snapshot.Run.Callers[1].Left = at("08:36:00")
	if got := drawn(t, Panel(d).Blocks); !slices.Contains(got, 2) {
		t.Errorf("caller 2 left under somebody's finger: %v", got)
	}
	d.HeldSince = at("08:37:00")
	if got := drawn(t, Panel(d).Blocks); slices.Contains(got, 2) {
		t.Errorf("caller 2 is still drawn after a click: %v", got)
	}
}

func TestACrowdShowsThoseWhoCanBeHeardLatestFirst(t *testing.T) {
	t.Parallel()
	d := PanelData{Line: aLine(61)}
	d.Snapshot.Run.Callers[6].ChangedAt = at("08:40:00")
	got := drawn(t, Panel(d).Blocks)
	if got[0] != 7 {
		t.Errorf("the latest change is not first: %v", got)
	}
	for _, no := range got {
		if c, _ := d.Snapshot.Run.Caller(no); c.Muted {
			t.Errorf("caller %d is muted and cannot be the noise", no)
		}
	}
}

func TestRowsGiveWayToSlacksLimits(t *testing.T) {
	t.Parallel()
	d := PanelData{Line: named(aLine(25), strings.Repeat("W", 300))}
	for i := range d.Snapshot.Run.Callers {
		d.Snapshot.Run.Callers[i].ID = conference.ParticipantID(fmt.Sprintf("4f1a5c1e-0000-4000-8000-%012d", i))
	}
	m := Panel(d)
	n := len(drawn(t, m.Blocks))
	if sum := utf8.RuneCountInString(m.Text) + stringsIn(m.Blocks...); n < 15 || sum > MaxStrings {
		t.Errorf("%d rows with %d characters", n, sum)
	}
	if !strings.Contains(m.Text, fmt.Sprintf("Showing %d of 25", n)) {
		t.Errorf("the words do not say how many are shown:\n%s", m.Text)
	}
	d.RowLimit = 10
	if n := len(drawn(t, Panel(d).Blocks)); n != 10 {
		t.Errorf("%d rows after Slack found the message too long", n)
	}
}

func TestARedrawThatShowsNothingNewHasTheSameKey(t *testing.T) {
	t.Parallel()
	d := PanelData{Line: aLine(5)}
	before := Panel(d)
	d.Snapshot.ReadAt, d.Revision = at("09:00:00"), 8
	if after := Panel(d); after.Key != before.Key || after.Key == "" {
		t.Errorf("a new reading alone changed the key")
	}
	d.Snapshot.Run.Callers[0].Muted = true
	if Panel(d).Key == before.Key {
		t.Errorf("muting somebody did not change the key")
	}
	c := aCard()
	first := Card(c)
	c.Snapshot.ReadAt, c.Revision = at("08:25:10"), 9
	if Card(c).Key != first.Key {
		t.Errorf("a new reading alone changed the card's key")
	}
	c.PIN = conference.NewPIN("771204")
	if Card(c).Key == first.Key {
		t.Errorf("another PIN did not change the card's key")
	}
}

func TestAPrivateListKeepsWhatWasChosen(t *testing.T) {
	t.Parallel()
	v := aList(61, true, func(d *ListData) { d.Order, d.Filter, d.Page = ByName, OnlyUnmuted, 99 })
	m, err := ParseMeta(v.Meta)
	if err != nil || m.Order != ByName || m.Filter != OnlyUnmuted || m.Page != 1 || m.Thread != "1.2" {
		t.Errorf("got %+v, %v", m, err)
	}
	if v.Follow != string(confID) {
		t.Errorf("it does not follow the conference: %q", v.Follow)
	}
}

func TestMembersWhoOnlyLookGetNoButtonsThatActOnPeople(t *testing.T) {
	t.Parallel()
	for _, b := range aList(25, false).Blocks {
		a, ok := b.(*slack.ActionBlock)
		if !ok {
			continue
		}
		for _, e := range a.Elements.ElementSet {
			if button, ok := e.(*slack.ButtonBlockElement); ok && button.ActionID != ListRefresh {
				t.Errorf("a member is offered %s", button.ActionID)
			}
		}
	}
}

func TestACallerIsFoundByNumberNameAndLastDigits(t *testing.T) {
	t.Parallel()
	l := aLine(25)
	for query, want := range map[string][]int{
		"4": {4}, "#12": {12}, "1012": {12}, "012": {12}, "alice": {4}, "ALICE  chen": {4}, "zzz": nil, "99": nil,
	} {
		var got []int
		for _, c := range l.Snapshot.Run.Callers {
			if l.Matches(c, query) {
				got = append(got, c.No)
			}
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: -want +got\n%s", query, diff)
		}
	}
}

func TestACallerWhoClaimedTheirLineIsNotUnknown(t *testing.T) {
	t.Parallel()
	l := aLine(0)
	c := live.Caller{No: 1, Participant: conference.Participant{ID: "1", Number: conference.NewNumber("anonymous")}}
	if !l.Unknown(c) {
		t.Errorf("nobody knows who this is")
	}
	c.ClaimedBy = "U0GUS"
	if l.Unknown(c) {
		t.Errorf("Gus said that this is his line")
	}
}

func TestMuteOthersPromisesOnlyWhatItKnows(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(l *Line){
		"except you. I can't tell who else moderates. They can":      func(l *Line) { l.Snapshot.Run.Callers[0].ClaimedBy = "" },
		"except you and moderators whose line I know. They can":      func(*Line) {},
		"except moderators and you. They can unmute themselves with": func(l *Line) { l.Snapshot.Run.Callers[4].Role = conference.RoleMember },
	} {
		l := aLine(5)
		change(&l)
		if said := l.muteOthersButton().Confirm.Text.Text; !strings.Contains(said, want) {
			t.Errorf("the dialog says %q, not %q", said, want)
		}
	}
}

func TestAPanelSaysWhoEndedTheRun(t *testing.T) {
	t.Parallel()
	d := PanelData{Line: aLine(2), Place: zone("Europe/Berlin"), Now: at("08:43:30")}
	run := &d.Snapshot.Run
	run.Notes = []live.Note{{At: at("08:42:00"), By: "U0ANA", What: "ended"}, {At: at("08:43:00"), By: "U0BO", What: "changed_pin"}}
	for i := range run.Callers {
		run.Callers[i].Left = at("08:42:01")
	}
	const said = "Ana Ruiz ended the conference at 09:42 Berlin."
	if m := Panel(d); !strings.Contains(m.Text, "nobody is on the line") || !strings.Contains(m.Text, said) {
		t.Errorf("soon after: %q", m.Text)
	}
	run.Ended = at("08:42:01")
	if m := Panel(d); !strings.Contains(m.Text, said+" 2 people in all.") {
		t.Errorf("once it is over: %q", m.Text)
	}
	run.Callers[1].Joined = at("08:42:30") // and left by themselves
	if m := Panel(d); strings.Contains(m.Text, said) || !strings.Contains(m.Text, "ended at") {
		t.Errorf("when somebody came after that: %q", m.Text)
	}
}
