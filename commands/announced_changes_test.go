package commands

import (
	"slices"
	"strings"
	"testing"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// changes alters somebody in the workspace.
func (w *world) changes(user string, how func(*Member)) {
	m := w.slack.people[user]
	how(&m)
	w.slack.people[user] = m
}

// shares shares a channel with another organisation.
func (w *world) shares(channel string) {
	ch := w.slack.channels[channel]
	ch.Shared = true
	w.slack.channels[channel] = ch
}

// told are those who are to be told that they take over.
func told(d []Direct) (users []string) {
	for _, t := range d {
		users = append(users, t.User)
	}
	return users
}

func TestModeratorsTakeOverFromOwnersWhoMayNothingAnyMore(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Member){
		"left":                func(m *Member) { m.Deleted = true },
		"is a guest":          func(m *Member) { m.Guest = true },
		"is from elsewhere":   func(m *Member) { m.External = true },
		"is not shown to us ": func(m *Member) { m.Team = "T2" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			l := w.announces(ana, teamCh, "Weekly sync every day at 9")
			w.changes(ana, change)
			why, heirs, err := w.desk.BeforePost(t.Context(), l.Announcement)
			if err != nil || why != "" || !slices.Equal(told(heirs), []string{bo}) {
				t.Fatalf("%q, told %v, %v", why, told(heirs), err)
			}
			if again, heirs, err := w.desk.BeforePost(t.Context(), w.listed()[0].Announcement); err != nil || again != "" || len(heirs) != 0 {
				t.Errorf("the next time %q, told %v, %v", again, told(heirs), err)
			}
			if w.listed()[0].Owner != bo {
				t.Errorf("it is %s's", w.listed()[0].Owner)
			}
		})
	}
}

func TestWithoutModeratorsAdminsAreAskedAndTheOwnerIsNot(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	for _, user := range []string{ana, bo} {
		w.changes(user, func(m *Member) { m.Deleted = true })
	}
	why, heirs, err := w.desk.BeforePost(t.Context(), l.Announcement)
	if err != nil || why != announce.TroubleNobody || len(heirs) != 0 {
		t.Errorf("%q, told %v, %v", why, told(heirs), err)
	}
	to, err := w.desk.NoticeTo(t.Context(), announce.Notice{Person: ana, Why: why})
	if err != nil || !slices.Contains(to, dev) || slices.Contains(to, ana) {
		t.Errorf("told %v, %v", to, err)
	}
}

func TestAChannelThatBecomesSharedPausesThoseWhoHaveNotAgreed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	mine := w.announces(ana, teamCh, "Weekly sync every day at 9")
	w.announces(bo, teamCh, "Weekly sync every day at 10")
	w.shares(teamCh)
	w.must(w.store.SetPref(t.Context(), bo, sharedAgreed+teamCh, "yes"))
	w.must(w.desk.ChannelChanged(t.Context(), teamCh, "team", announce.TroubleShared))
	for _, l := range w.listed() {
		if want := l.ID == mine.ID; l.Paused != want {
			t.Errorf("%s's is paused: %v", l.Owner, l.Paused)
		}
	}
	if why, _, err := w.desk.BeforePost(t.Context(), mine.Announcement); err != nil || why != announce.TroubleShared {
		t.Errorf("where Slack told nobody: %q, %v", why, err)
	}
}

func TestResumingFromAListAsksFirstWhoMaySee(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	w.shares(teamCh)
	w.must(w.desk.ChannelChanged(t.Context(), teamCh, "team", announce.TroubleShared))
	asked := w.pressesOwn(ana, teamCh, blocks.AnnounceResume, inList(l, teamCh, 0), string(l.ID))
	wantText(t, asked, "If you resume it, people there will see the number and the PIN.")
	if !w.listed()[0].Paused {
		t.Fatal("it goes on without an answer")
	}
	w.pressesOwn(ana, teamCh, blocks.AnnounceResume, "", buttonValue(t, asked, blocks.AnnounceResume, 0))
	if w.listed()[0].Paused {
		t.Error("the answer did not count")
	}
}

func TestWhatTheOwnerAgreedToStandsForAllThatIsInherited(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.shares(teamCh)
	w.shares(other)
	first := w.announces(ana, teamCh, "Weekly sync every day at 9")
	w.announces(ana, other, "Weekly sync every day at 10")
	w.changes(ana, func(m *Member) { m.Deleted = true })
	if _, _, err := w.desk.BeforePost(t.Context(), first.Announcement); err != nil {
		t.Fatal(err)
	}
	for _, l := range w.listed() {
		if why, _, err := w.desk.BeforePost(t.Context(), l.Announcement); err != nil || why != "" {
			t.Errorf("in %s: %q, %v", l.Channel, why, err)
		}
	}
}

func TestNoticesNameWhatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	w.must(w.desk.ChannelChanged(t.Context(), teamCh, "team", announce.TroubleNotIn))
	delete(w.slack.channels, teamCh)
	m, err := w.desk.NoticeView(t.Context(), announce.Notice{
		Person: ana, Why: announce.TroubleNotIn, Announcements: []announce.Announcement{l.Announcement},
	})
	if want := "I was removed from #team, so Weekly sync is paused there. Send /invite @confbot in #team, then resume it."; err != nil || m.Text != want {
		t.Errorf("%q, want %q, %v", m.Text, want, err)
	}
	w.audian.all = slices.DeleteFunc(w.audian.all, func(c conference.Conference) bool { return c.ID == weekly })
	m, err = w.desk.NoticeView(t.Context(), announce.Notice{
		Person: ana, Why: announce.TroubleGone, Announcements: []announce.Announcement{l.Announcement},
	})
	if want := "Weekly sync was deleted, so your announcement of it has ended."; err != nil || m.Text != want {
		t.Errorf("%q, want %q, %v", m.Text, want, err)
	}
}

func TestAChannelThatIsSharedAfterThePreviewIsAskedAboutAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(ana, teamCh, "announce Weekly sync every day at 9")
	w.shares(teamCh)
	r = w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	wantText(t, r, "shared with another organisation")
	if len(w.listed()) != 0 {
		t.Fatal("it was stored")
	}
	w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	if agreed, err := w.desk.agreedShared(t.Context(), ana, teamCh); len(w.listed()) != 1 || !agreed || err != nil {
		t.Errorf("%d stored, agreed %v, %v", len(w.listed()), agreed, err)
	}
}

func TestALatePINIsNotShownWhereTheChannelWasSharedMeanwhile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ref := store.MessageRef{
		Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, By: ana, PostedAt: w.clock,
		Occurrence: Posting{Key: "A.1", Pending: true}.String(),
	}
	for _, shared := range []bool{false, true} {
		if shared {
			w.shares(teamCh)
		}
		m, err := w.desk.CardView(t.Context(), ref)
		if err != nil || strings.Contains(m.Text+jsonOf(t, m.Blocks), "482913") == shared {
			t.Errorf("shared %v: %q, %v", shared, m.Text, err)
		}
	}
	w.must(w.store.SetPref(t.Context(), ana, sharedAgreed+teamCh, "yes"))
	if m, err := w.desk.CardView(t.Context(), ref); err != nil || !strings.Contains(m.Text, "482913") {
		t.Errorf("agreed to: %q, %v", m.Text, err)
	}
}

func TestALateWordOfAChannelThatIsFineAgainPausesNothing(t *testing.T) {
	t.Parallel()
	for _, why := range []announce.Trouble{announce.TroubleNotIn, announce.TroubleArchived, announce.TroubleNoPlace} {
		w := newWorld(t)
		w.announces(ana, teamCh, "Weekly sync every day at 9")
		w.must(w.desk.ChannelChanged(t.Context(), teamCh, "team", why))
		if w.listed()[0].Paused {
			t.Errorf("%s: paused", why)
		}
		ch := w.slack.channels[teamCh]
		ch.BotIn, ch.Archived = false, true
		w.slack.channels[teamCh] = ch
		w.must(w.desk.ChannelChanged(t.Context(), teamCh, "team", why))
		if !w.listed()[0].Paused {
			t.Errorf("%s: goes on", why)
		}
	}
}

func TestAnOwnerWhoModeratesNoMoreMayNotTakeThePINElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	if _, err := w.store.Reassign(t.Context(), weekly, ana, mia); err != nil {
		t.Fatal(err)
	}
	p, err := w.desk.person(t.Context(), w.from(mia, teamCh))
	w.must(err)
	c, err := w.desk.book.ByID(t.Context(), weekly)
	w.must(err)
	for channel, may := range map[string]bool{teamCh: true, other: false} {
		dr := draft{Announcement: l.Announcement, edits: true}
		dr.Channel = channel
		if _, err := w.desk.mayAnnounce(t.Context(), p, teamCh, c, dr); (err == nil) != may {
			t.Errorf("into %s: %v", channel, err)
		}
	}
}
