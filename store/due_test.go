package store

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/announce"
	"confbot/conference"
)

func TestOnlyWhatIsDueSoonOrJustStartedIsAskedFor(t *testing.T) {
	t.Parallel()
	s := memory(t)
	now := time.UnixMilli(1795400000000)
	for name, o := range map[string]announce.Occurrence{
		"soon":            {At: now.Add(4 * time.Minute)},
		"later":           {At: now.Add(6 * time.Minute)},
		"posted":          {At: now.Add(-50 * time.Minute), State: announce.Posted},
		"over":            {At: now.Add(-70 * time.Minute), State: announce.Posted},
		"long before":     {At: now.Add(-3 * time.Hour), Starts: now.Add(-time.Minute), State: announce.Late},
		"long before all": {At: now.Add(-13*time.Hour - time.Minute), Starts: now.Add(time.Hour), State: announce.Posted},
		"skipped":         {At: now.Add(time.Minute), State: announce.Skipped},
		"a reminder":      {At: now.Add(time.Minute), Kind: announce.KindRemind},
	} {
		o.Key, o.Conference = name, conference.ID(name)
		if o.Kind == "" {
			o.Kind = announce.KindPost
		}
		if o.State == "" {
			o.State = announce.Due
		}
		must(t, s.addRow(t.Context(), o))
	}
	got, err := s.DueSoon(t.Context(), now.Add(5*time.Minute), now.Add(-time.Hour))
	must(t, err)
	want := []DuePost{{"long before", now.Add(-time.Minute)}, {"posted", now.Add(-50 * time.Minute)}, {"soon", now.Add(4 * time.Minute)}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What is planned for other days costs nothing: the rows are found by their
// time, and none but those are read.
func TestWhatIsDueSoonIsFoundByItsTime(t *testing.T) {
	t.Parallel()
	s := memory(t)
	for _, tt := range []struct {
		statement, index string
		args             []any
	}{
		{dueSoon, "USING INDEX occurrences_by_time (at>? AND at<?)", []any{announce.KindPost, 1, 2, 1}},
		{dueChannels, "(wake_at>? AND wake_at<?)", []any{2, announce.KindPost, announce.Due}},
	} {
		plan, err := query(t.Context(), s, func(row scanner) (detail string, err error) {
			var id, parent, unused int
			err = row.Scan(&id, &parent, &unused, &detail)
			return detail, err
		}, `EXPLAIN QUERY PLAN `+tt.statement, tt.args...)
		must(t, err)
		if len(plan) == 0 || !strings.Contains(plan[0], tt.index) {
			t.Errorf("looks through %q", plan)
		}
	}
}

func TestChannelsInWhichSomethingIsDueComeInOrder(t *testing.T) {
	t.Parallel()
	s, now := memory(t), time.UnixMilli(1795400000000)
	row := func(key, channel string, in time.Duration, state announce.State) announce.Occurrence {
		return announce.Occurrence{
			Key: key, Kind: announce.KindPost, Channel: channel, At: now.Add(in), Wake: now.Add(in), State: state, Step: announce.StepSend,
		}
	}
	for _, o := range []announce.Occurrence{
		row("a", "C2", 3*time.Minute, announce.Due), row("b", "C1", time.Minute, announce.Due), row("c", "C1", 2*time.Minute, announce.Due),
		row("d", "C3", time.Hour, announce.Due), row("e", "C4", -time.Minute, announce.Posting),
	} {
		must(t, s.Tx(t.Context(), func(tx *Store) error { return tx.addRow(t.Context(), o) }))
	}
	got, err := s.DueChannels(t.Context(), now.Add(5*time.Minute))
	must(t, err)
	if diff := cmp.Diff([]string{"C1", "C2"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOutagesAreKeptWithWhoWasTold(t *testing.T) {
	t.Parallel()
	s, ctx := memory(t), t.Context()
	since := time.UnixMilli(1795400000000)
	if _, ok, err := s.LastOutage(ctx, since); ok || err != nil {
		t.Fatalf("an outage from the start: %v", err)
	}
	must(t, s.SaveOutage(ctx, Outage{Since: since}))
	note := OutageNote{Since: since, Person: "U1", Channel: "D1", TS: "1.2", Drawn: "a"}
	must(t, s.SaveOutageNote(ctx, note))
	note.Drawn = "b"
	must(t, s.SaveOutageNote(ctx, note))
	notes, err := s.OutageNotes(ctx, since)
	must(t, err)
	if diff := cmp.Diff([]OutageNote{note}, notes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	over := Outage{Since: since, Until: since.Add(time.Minute)}
	must(t, s.SaveOutage(ctx, over))
	if got, ok, err := s.LastOutage(ctx, since); !ok || !got.Since.Equal(over.Since) || !got.Until.Equal(over.Until) || err != nil {
		t.Errorf("kept %+v, %v, %v", got, ok, err)
	}
	if _, ok, err := s.LastOutage(ctx, over.Until); ok || err != nil {
		t.Errorf("one that is over is told of again: %v", err)
	}
	must(t, s.DeleteOutages(ctx, since.Add(time.Second)))
	if notes, err := s.OutageNotes(ctx, since); len(notes) > 0 || err != nil {
		t.Errorf("left %v, %v", notes, err)
	}
}

func TestPostsOfAStretchComeWithTheirOwner(t *testing.T) {
	t.Parallel()
	s, ctx := memory(t), t.Context()
	from := time.UnixMilli(1795400000000)
	a := announce.Announcement{ID: "a", Owner: "U1", Rule: announce.Rule{Zone: "UTC", First: announce.WallOf(from.UTC())}}
	must(t, s.Change(ctx, announce.Change{Announcement: a, New: true}))
	for key, o := range map[string]announce.Occurrence{
		"before": {At: from, State: announce.Posted}, "in": {At: from.Add(time.Second), State: announce.Posted, PIN: announce.PINComing},
		"due": {At: from.Add(time.Second), State: announce.Due}, "nobody's": {At: from.Add(time.Second), State: announce.Posted, Announcement: "gone"},
		"after": {At: from.Add(time.Minute), State: announce.Posted},
	} {
		o.Key, o.Kind = key, announce.KindPost
		if o.Announcement == "" {
			o.Announcement = a.ID
		}
		must(t, s.addRow(ctx, o))
	}
	got, err := s.PostedDuring(ctx, from, from.Add(30*time.Second))
	must(t, err)
	if len(got) != 1 || got[0].Key != "in" || got[0].Owner != "U1" || got[0].PIN != announce.PINComing {
		t.Errorf("posted %+v", got)
	}
}

func memory(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), Memory)
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
