package commands

import (
	"strings"
	"testing"
	"time"

	"confbot/announce"
	"confbot/conference"
	"confbot/store"
)

// A new PIN waits beside the old one for its post. Whoever is reminded
// meanwhile gets the new one and hears no more of it; whoever was reminded
// before gets a message when the old one goes.
func TestAReminderShowsTheNewPINOfItsPost(t *testing.T) {
	t.Parallel()
	for name, out := range map[string]bool{"before the post": false, "right after it": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ctx, now := t.Context(), time.Now().UTC().Truncate(time.Second)
			fresh := conference.NewPIN("771204")
			w.audian.all[0].MemberPINs = append(w.audian.all[0].MemberPINs, fresh)
			rule := announce.Rule{Zone: "UTC", First: announce.WallOf(now.Add(time.Minute)), Exact: now.Add(time.Minute)}
			a := announce.Announcement{ID: announce.NewID(), Conference: weekly, Channel: teamCh, Owner: ana, Rule: rule, Rotate: true}
			post := announce.Occurrence{
				Key: string(a.ID) + ".1", Kind: announce.KindPost, Announcement: a.ID, Conference: weekly, Channel: teamCh,
				At: now.Add(time.Minute), Starts: now.Add(time.Minute), State: announce.Due, Step: announce.StepSend, Rotated: true,
			}
			post.Note = backwards(post.Key + " " + fresh.Digits())
			if out {
				post.State, post.Step = announce.Posted, announce.StepRetire
				w.must(w.store.SaveRef(ctx, store.MessageRef{
					Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, Occurrence: PostingOf(post, now).String(),
				}))
			}
			w.must(w.store.Change(ctx, announce.Change{Announcement: a, New: true, Add: []announce.Occurrence{post}, Now: now}))
			row := func(user string) announce.Occurrence {
				return announce.RemindRow(announce.Reminder{Person: user, Conference: weekly, Minutes: 5}, post)
			}
			for _, user := range []string{mia, bo} {
				w.types(user, teamCh, "remind Weekly sync")
				sent := row(user)
				sent.State, sent.SentAt, sent.Wake = announce.Posted, now, time.Time{}
				w.must(w.store.Plan(ctx, nil, []announce.Occurrence{sent}, now))
			}
			m, err := w.desk.ReminderView(ctx, announce.Reminder{Person: mia, Conference: weekly}, row(mia))
			w.must(err)
			if !strings.Contains(m.Text, "PIN 771204, then #.") {
				t.Errorf("reminded with %q", m.Text)
			}
			for range 2 { // it is asked again after a death
				told, err := w.desk.PINRotated(ctx, post)
				w.must(err)
				if len(told) != 1 || told[0].User != bo || !strings.HasPrefix(told[0].Message.Text, "New PIN for Weekly sync: 771204, then #.") {
					t.Errorf("told %+v, want Bo only", told)
				}
			}
			w.must(w.desk.PINTold(ctx, bo, post))
			if told, err := w.desk.PINRotated(ctx, post); err != nil || len(told) > 0 {
				t.Errorf("told again: %+v, %v", told, err)
			}
			w.audian.all[0].MemberPINs = w.audian.all[0].MemberPINs[:1] // changed by hand
			if m, err = w.desk.ReminderView(ctx, announce.Reminder{Person: mia, Conference: weekly}, row(mia)); err != nil || !strings.Contains(m.Text, "PIN 482913") {
				t.Errorf("reminded with %q, %v", m.Text, err)
			}
		})
	}
}
