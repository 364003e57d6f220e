package commands

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
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

// silentBook is an Audian that takes calls and never answers. What was read
// before is served once the caller's patience is over.
type silentBook struct{ *fakeAudian }

func (b silentBook) Fresh(ctx context.Context, _ conference.ID) (conference.Conference, error) {
	<-ctx.Done()
	return conference.Conference{}, &conference.Error{Kind: conference.Unavailable, Cause: ctx.Err()}
}

func (b silentBook) Recent(ctx context.Context, id conference.ID, _ time.Duration) (conference.Conference, error) {
	return b.Fresh(ctx, id)
}

func (b silentBook) ByID(ctx context.Context, id conference.ID) (conference.Conference, error) {
	<-ctx.Done()
	return b.fakeAudian.ByID(ctx, id)
}

// troubled is an Audian whose last call got no answer.
type troubled struct{}

func (troubled) LastAnswer() (time.Time, error) {
	return time.Time{}, &conference.Error{Kind: conference.Unavailable}
}

func TestAPostIsOnTimeAlsoWhenAudianIsSilent(t *testing.T) {
	t.Parallel()
	for most, health := range map[time.Duration]Health{4 * time.Second: unasked{}, time.Second: troubled{}} {
		onTime(t, most, health)
	}
}

func onTime(t *testing.T, most time.Duration, health Health) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.desk.health = health
		w.desk.book = silentBook{w.audian}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		begun := time.Now()
		why, _, err := w.desk.BeforePost(ctx, announce.Announcement{Conference: weekly, Channel: teamCh, Owner: ana})
		if why != "" || err != nil {
			t.Fatal(why, err)
		}
		m, err := w.desk.CardView(ctx, store.MessageRef{Channel: teamCh, Conference: weekly, Kind: store.KindCard, By: ana, PostedAt: begun})
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begun); took > most {
			t.Errorf("took %v", took)
		}
		small := "I couldn't check this PIN with Audian just now."
		if shown := jsonOf(t, m.Blocks); !strings.Contains(shown, "PIN `482913`") || !strings.Contains(shown, small) {
			t.Errorf("the card is %s", shown)
		}
		if strings.Contains(m.Text, small) || !strings.Contains(m.Text, "PIN 482913") {
			t.Errorf("it says %q", m.Text)
		}
	})
}

func jsonOf(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
