package commands

import (
	"strings"
	"testing"
	"time"

	"confbot/announce"
	"confbot/blocks"
)

func (w *world) listed() []announce.Listed {
	w.t.Helper()
	all, _, err := w.desk.announcements.List(w.t.Context(), announce.Filter{})
	w.must(err)
	return all
}

func TestAnAnnouncementIsStoredOnlyOnceItIsConfirmed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(ana, teamCh, "announce Weekly sync every weekday at 9:25 for 9:30")
	if n := len(w.listed()); n != 0 {
		t.Fatalf("%d announcements before anybody confirmed", n)
	}
	value := buttonValue(t, r, blocks.AnnounceConfirm, 0)
	r = w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "preview.confirm", value)
	if r.Err != nil || !strings.Contains(r.Private.Text, "will be announced every weekday at 09:25") {
		t.Fatalf("confirmed: %q, %v", r.Private.Text, r.Err)
	}
	w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "preview.confirm", value)
	all := w.listed()
	if len(all) != 1 || all[0].Owner != ana || all[0].Channel != teamCh || all[0].Rule.Lead != 5*time.Minute {
		t.Errorf("confirmed twice: %+v", all)
	}
}

func TestWhoMayAnnounceIsDecidedWhenItIsConfirmed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if r := w.types(mia, teamCh, "announce Weekly sync every day at 9"); !strings.Contains(r.Private.Text, "Only moderators") {
		t.Errorf("a member: %q", r.Private.Text)
	}
	r := w.types(bo, teamCh, "announce Weekly sync every day at 9")
	value := buttonValue(t, r, blocks.AnnounceConfirm, 0)
	if r := w.pressesOwn(mia, teamCh, blocks.AnnounceConfirm, "preview.confirm", value); !strings.Contains(r.Private.Text, "Only moderators") {
		t.Errorf("somebody else's button: %q", r.Private.Text)
	}
	if n := len(w.listed()); n != 0 {
		t.Errorf("%d announcements", n)
	}
}

func TestATimeThatIsNotReadIsRefusedWithExamples(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for typed, want := range map[string]string{
		"announce Weekly sync every monday at 9:99":  "I couldn't read",
		"announce Weekly sync every 5 minutes":       "too often",
		"announce Weekly sync tomorrow at 9:25 IST":  "can mean several places",
		"announce Weekly sync on 2001-01-01 at 9:25": "That moment is over",
	} {
		if r := w.types(ana, teamCh, typed); r.Private == nil || !strings.Contains(r.Private.Text, want) {
			t.Errorf("%s: %+v, want %q", typed, r, want)
		}
	}
}

func TestDraftsSurviveTheirButtons(t *testing.T) {
	t.Parallel()
	rule, err := announce.Parse("every 2 weeks on tuesday at 10:00, 10 minutes before in Europe/Berlin", time.Now(), time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	d := draft{edits: true}
	d.Announcement = announce.Announcement{ID: announce.NewID(), Conference: weekly, Channel: teamCh, Rule: rule, Here: true, Message: "Bring “tea” <now>"}
	got, err := parseDraft(d.encode())
	if err != nil || got.encode() != d.encode() || got.Rule.Describe() != rule.Describe() || got.Message != d.Message || !got.edits {
		t.Errorf("read back %+v, %v", got, err)
	}
	for _, bad := range []string{"", "x", "e30", "e30="} {
		if _, err := parseDraft(bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}
