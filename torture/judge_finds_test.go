package torture

import (
	"testing"

	"confbot/sandbox/slack/control"

	"github.com/google/go-cmp/cmp"
)

// TestTheJudgeOfWishesFindsWhatTheJournalLacks plants a wish that was
// acknowledged and never written down, and a row that nobody finished.
func TestTheJudgeOfWishesFindsWhatTheJournalLacks(t *testing.T) {
	t.Parallel()
	w := &world{heard: &ledger{notices: map[string]control.Notice{"refused": {}}}}
	p := &person{world: w, user: "U0A"}
	p.wishes = []*wish{
		{person: p, what: "mute", envelope: "1"},
		{person: p, what: "mute", envelope: "2"},
		{person: p, what: "create", envelope: "refused"},
		{person: p, what: "create", unsent: true},
	}
	tests := map[string]struct {
		mutes, open int
		want        []string
	}{
		"all are there":         {mutes: 2},
		"one was delivered two": {mutes: 3},
		"one is missing":        {mutes: 1, want: []string{"2 of A mute were acknowledged and 1 written down"}},
		"one was left lying":    {mutes: 2, open: 1, want: []string{"1 rows of the journal never came to an end"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := unwritten([]*person{p}, map[string]int{"U0A mute": test.mutes}, test.open)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("found (-want +got):\n%s", diff)
			}
		})
	}
}

// TestAnAnswerAboutAnotherCallerIsNotTakenForThisWishs has an answer come
// late, after the next wish.
func TestAnAnswerAboutAnotherCallerIsNotTakenForThisWishs(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"Caller 2 was already muted, by person0.":       true,
		"Caller 12 was already muted, by person0.":      false,
		"Muted Caller 2 and Caller 12.":                 false,
		"Nobody on the line matches “Kaaeh”.":           false,
		"I asked and got no answer; they may be muted.": false,
	} {
		if got := namesOthers(text, 12); got != want {
			t.Errorf("%q is about others: %v", text, got)
		}
	}
}
