package commands

import (
	"fmt"
	"strings"
	"testing"

	"confbot/conference"
	"confbot/store"
)

func TestAListBeginsWithWhatIsLiveAlsoIfNobodyWatchesIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 8 {
		id := conference.ID(fmt.Sprintf("conf_a%d", i))
		w.audian.all = append(w.audian.all, conference.Conference{ID: id, Name: fmt.Sprintf("A meeting %d", i)})
		w.must(w.store.Keep(t.Context(), store.Kept{Conference: id, Creator: ana, CreatedAt: w.clock}))
	}
	w.fill(weekly) // by name it would stand on the second page
	r := w.types(mia, other, "list")
	words := text(r)
	live, first := strings.Index(words, "Weekly sync"), strings.Index(words, "A meeting 0")
	if live < 0 || first < live {
		t.Errorf("told %q, want what is live first", words)
	}
	wantText(t, r, "live, 3 people")
}

func TestAListOfManyCountsOnlySoMany(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 60 {
		id := conference.ID(fmt.Sprintf("conf_a%d", i))
		w.audian.all = append(w.audian.all, conference.Conference{ID: id, Name: fmt.Sprintf("Many %02d", i)})
		w.must(w.store.Keep(t.Context(), store.Kept{Conference: id, Creator: ana, CreatedAt: w.clock}))
	}
	reads := 0
	w.audian.onRead = func() error { reads++; return nil }
	w.types(mia, other, "list many")
	if most := mostHeads + 8; reads > most {
		t.Errorf("the line was read %d times for one page, at most %d", reads, most)
	}
	w.fill("conf_a59") // the last of all: found once its turn has come
	for range 60 / mostHeads {
		w.types(mia, other, "list many")
	}
	wantText(t, w.types(mia, other, "list many"), "Many 59: live, 3 people")
}

func TestTheStartOfAChannelWithACardButNoLinkShowsThatConference(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(mia, other, ""), "This channel has no conference yet.")
	for ts, id := range map[string]conference.ID{"1.1": open, "2.2": weekly, "3.3": board} {
		ref := store.MessageRef{Channel: other, TS: ts, Conference: id, Kind: store.KindCard, By: ana, PostedAt: w.clock}
		w.must(w.store.SaveRef(t.Context(), ref))
	}
	r := w.types(mia, other, "") // the last card is of one that she may not see
	wantText(t, r, "Weekly sync, whose card is in this channel: nobody")
	if strings.Contains(text(r), "no conference yet") || strings.Contains(text(r), "Board") {
		t.Errorf("told %q", text(r))
	}
	wantText(t, w.types(mia, teamCh, ""), "Weekly sync, this channel's conference")
}
