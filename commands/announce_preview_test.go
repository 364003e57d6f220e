package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"confbot/announce"
	"confbot/blocks"
)

func TestThePreviewSaysWhoWillSeeThePIN(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		change func(*Channel)
		guests int
		says   string
	}{
		"a small channel":      {func(c *Channel) { c.Members = 14 }, 0, ""},
		"a hundred and more":   {func(c *Channel) { c.Members = 412 }, 0, "which has 412 people. All of them will see the number and the PIN."},
		"guests":               {func(c *Channel) { c.Members = 14 }, 3, "which has 14 people, 3 of them guests. All of them will see the number and the PIN."},
		"another organisation": {func(c *Channel) { c.Shared = true }, 0, "shared with another organisation. People there will see the number and the PIN."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			ch := w.slack.channels[teamCh]
			test.change(&ch)
			w.slack.channels[teamCh] = ch
			w.slack.guests[teamCh] = test.guests
			r := w.types(ana, teamCh, "announce Weekly sync now")
			wantText(t, r, test.says, "Nothing is announced until you confirm.")
			if seen := strings.Contains(text(r), "will see the number"); seen != (test.says != "") {
				t.Errorf("told %q", text(r))
			}
		})
	}
}

func TestThePreviewOffersTheZoneThatTheOthersUse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	travels := func(zone string) {
		m := w.slack.people[ana]
		var err error
		if m.Zone, err = time.LoadLocation(zone); err != nil {
			t.Fatal(err)
		}
		w.slack.people[ana] = m
	}
	travels("Europe/Berlin")
	r := w.types(ana, teamCh, "announce Weekly sync every monday at 9:30")
	if strings.Contains(text(r), "Your other announcements") {
		t.Errorf("told %q before there is another one", text(r))
	}
	w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	travels("America/New_York")
	r = w.types(ana, teamCh, "announce Week review every weekday at 9:25")
	wantText(t, r, "at 09:25 New York time", "New York time is from your Slack profile. Your other announcements use Berlin time.")
	for n, want := range []string{"Europe/Berlin", "America/New_York"} {
		again := w.pressesOwn(ana, teamCh, blocks.AnnounceZonePick, "", buttonValue(t, r, blocks.AnnounceZonePick, n))
		if strings.Contains(text(again), "Your other announcements") || !again.Over {
			t.Errorf("asked again after the choice of %s: %q", want, text(again))
		}
		dr, err := parseDraft(buttonValue(t, again, blocks.AnnounceConfirm, 0))
		if err != nil || dr.Rule.Zone != want || dr.ownZone {
			t.Errorf("zone %q (own %v), want %s, chosen: %v", dr.Rule.Zone, dr.ownZone, want, err)
		}
	}
	// In the form it is drawn in its place.
	s, m := opened(t, w.types(ana, teamCh, "announce Weekly sync"), blocks.FormAnnounce)
	_, r = w.sends(ana, blocks.FormAnnounce, m, s)
	wantForm(t, r, blocks.FormPreview, "Use Berlin", "Use New York")
	_, pm := opened(t, r, blocks.FormPreview)
	r = w.pressesIn(ana, blocks.FormPreview, pm, blocks.AnnounceZonePick, "which.0", blocks.ZonePickValue("Europe/Berlin", ""))
	wantForm(t, r, blocks.FormPreview, "09:30 Berlin time")
	if r.View.Close != "Back" || r.Push {
		t.Errorf("closing says %q, pushed %v", r.View.Close, r.Push)
	}
}

func TestAPrivateChannelWithoutConfbotIsCheckedAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const secret = "GSECRET"
	w.slack.channels[secret] = Channel{ID: secret, Private: true}
	r := w.types(ana, teamCh, "announce Weekly sync <#"+secret+"> every monday at 9")
	wantText(t, r, "It's private, so I can't post there. Send /invite @confbot in that channel, then press Check again.")
	if strings.Contains(asJSON(r.Private.Blocks), blocks.AnnounceConfirm) {
		t.Error("it can be confirmed")
	}
	value := buttonValue(t, r, blocks.AnnounceCheck, 0)
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceCheck, "", value), "press Check again")
	// Confirmed all the same, by a button of before.
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", value), "press Check again")
	s, m := w.announceForm(ana)
	fillIn(s, blocks.InChannel, secret)
	_, inForm := w.sends(ana, blocks.FormAnnounce, m, s)
	wantForm(t, inForm, blocks.FormPreview, "Check again")
	if inForm.View.Submit != "" {
		t.Errorf("the form can be sent: %q", inForm.View.Submit)
	}
	w.slack.channels[secret] = Channel{ID: secret, Name: "secret", Private: true, BotIn: true, Members: 3}
	r = w.pressesOwn(ana, teamCh, blocks.AnnounceCheck, "", value)
	wantText(t, r, "in #secret, which has 3 people.", "Nothing is announced until you confirm.")
	if n := len(w.listed()); n != 0 {
		t.Errorf("%d announcements", n)
	}
}

func TestNobodyAnnouncesIntoAChannelThatTheyAreNotIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const refusal = "You aren't in #other, so I can't post there for you. Join it, then try again."
	for _, user := range []string{ana, kim, dev} {
		r := w.types(user, teamCh, "announce Weekly sync <#"+other+"> every monday at 9")
		value := buttonValue(t, r, blocks.AnnounceConfirm, 0)
		s, m := w.announceForm(user)
		fillIn(s, blocks.InChannel, other)
		_, preview := w.sends(user, blocks.FormAnnounce, m, s)
		_, pm := opened(t, preview, blocks.FormPreview)

		w.slack.outside = map[string][]string{other: {user}}
		wantText(t, w.types(user, teamCh, "announce Weekly sync <#"+other+"> every monday at 9"), refusal)
		wantText(t, w.pressesOwn(user, teamCh, blocks.AnnounceConfirm, "", value), refusal)
		_, r = w.sends(user, blocks.FormPreview, pm, nil)
		wantText(t, r, refusal)
		_, r = w.sends(user, blocks.FormAnnounce, m, s)
		wantForm(t, r, blocks.FormText, "so I can't post there for you")
		if r.View.Close != "Back" {
			t.Errorf("closing says %q", r.View.Close)
		}
		w.slack.outside = nil
	}
	if n := len(w.listed()); n != 0 {
		t.Errorf("%d announcements", n)
	}
	w.slack.outside = map[string][]string{foyer: {ana}}
	r := w.types(ana, teamCh, "announce Weekly sync <#"+foyer+"> every monday at 9")
	wantText(t, r, "You aren't in that channel")
	if strings.Contains(asJSON(r), "#foyer") {
		t.Error("the name of a private channel is told to somebody outside")
	}
}

func TestWhoLooksAfterAConferenceChangesItsAnnouncementsFromElsewhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(bo, teamCh, "announce Weekly sync <#"+other+"> every monday at 9")
	w.pressesOwn(bo, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	w.slack.outside = map[string][]string{other: {ana}, big: {ana}}
	s, m := opened(t, w.pressesOwn(ana, teamCh, blocks.AnnounceEdit, "", string(w.listed()[0].ID)), blocks.FormAnnounce)
	fillIn(s, blocks.InTime, "10:00")
	_, r = w.sends(ana, blocks.FormAnnounce, m, s)
	_, pm := opened(t, r, blocks.FormPreview)
	w.sends(ana, blocks.FormPreview, pm, nil)
	if l := w.listed()[0]; l.Rule.First.Clock() != "10:00" || l.Owner != bo {
		t.Errorf("now %s of %s", l.Rule.Phrase(), l.Owner)
	}
	fillIn(s, blocks.InChannel, big) // but not to where they are not
	_, r = w.sends(ana, blocks.FormAnnounce, m, s)
	wantForm(t, r, blocks.FormText, "You aren't in #all-hands")
}

func TestTenAnnouncementsADayAreEnough(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	start := func(user string, n int) Reply {
		r := w.types(user, teamCh, fmt.Sprintf("announce Weekly sync every day at %d:%02d", 9+n/60, n%60))
		return w.pressesOwn(user, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	}
	for n := range announcesPerDay {
		wantText(t, start(ana, n), "will be announced")
	}
	wantText(t, start(ana, 10), "set up 10 announcements")
	wantText(t, start(kim, 11), "will be announced") // who moderates everything has no limit
	w.clock = w.clock.Add(25 * time.Hour)
	wantText(t, start(ana, 12), "will be announced")
	if n := len(w.listed()); n != announcesPerDay+2 {
		t.Errorf("%d announcements, want %d", n, announcesPerDay+2)
	}
}

func TestAPostBeforeMidnightIsSaidToBeTheDayBefore(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(ana, teamCh, "announce Weekly sync every tuesday at 0:05, 10 minutes before")
	wantText(t, r, "Every Tuesday at 00:05 UTC time, posted at 23:55 the day before in #team")
	r = w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	wantText(t, r, "every Tuesday at 00:05", "First post: Monday")
}

func TestAWeekOfSevenDaysIsEveryDay(t *testing.T) {
	t.Parallel()
	rule := announce.Rule{First: announce.Wall{Year: 2030, Month: 1, Day: 7, Hour: 9}, Repeat: announce.Repeat{
		Freq: announce.Weeks, Days: []time.Weekday{1, 2, 3, 4, 5, 6, 0},
	}}
	if got := ruleWords(rule); got != "Every day at 09:00" {
		t.Errorf("said as %q", got)
	}
}
