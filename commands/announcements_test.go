package commands

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// announces has somebody set up an announcement, and returns it.
func (w *world) announces(user, channel, what string) announce.Listed {
	w.t.Helper()
	before := w.listed()
	r := w.types(user, channel, "announce "+what)
	w.pressesOwn(user, channel, blocks.AnnounceConfirm, "", buttonValue(w.t, r, blocks.AnnounceConfirm, 0))
	for _, l := range w.listed() {
		if !slices.ContainsFunc(before, func(b announce.Listed) bool { return b.ID == l.ID }) {
			return l
		}
	}
	w.t.Fatalf("nothing was announced by %q: %q", what, text(r))
	return announce.Listed{}
}

// inList is the block id of an announcement's row in a list.
func inList(l announce.Listed, where string, page int) string {
	place := blocks.RowPlace{In: blocks.InList, Page: page, Where: where}
	return blocks.BlockRef{Part: "item", Key: "announcement." + string(l.ID) + "." + place.String(), Conference: l.Conference}.ID()
}

// menuOf are the choices of the nth row's menu in what is shown to a person.
func menuOf(t *testing.T, drawn any, n int) (values []string) {
	t.Helper()
	parts := strings.Split(asJSON(drawn), `"type":"overflow"`)
	if len(parts) < n+2 {
		return nil
	}
	for _, p := range strings.Split(parts[n+1], `"value":"`)[1:] {
		value, _, _ := strings.Cut(p, `"`)
		values = append(values, value)
		if strings.Contains(p, "]") {
			break
		}
	}
	return values
}

func TestAMenuPausesAndSkipsForThoseWhoMay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(bo, teamCh, "Weekly sync every day at 9")
	id := string(l.ID)
	w.pressesOwn(mia, teamCh, blocks.AnnouncePause, "", id)
	if w.listed()[0].Paused {
		t.Error("a member paused it")
	}
	for _, user := range []string{bo, ana, dev, kim} {
		wantText(t, w.pressesOwn(user, teamCh, blocks.AnnouncePause, "", id), "paused. Nothing is posted until you resume it.")
		wantText(t, w.pressesOwn(user, teamCh, blocks.AnnounceResume, "", id), "goes on. Next post:")
	}
	first := w.listed()[0].Next.At
	wantText(t, w.pressesOwn(bo, teamCh, blocks.AnnounceSkip, "", id), "the next one is skipped.")
	if l := w.listed()[0]; !l.Skipped || !l.Next.At.After(first) {
		t.Errorf("skipped: %+v", l)
	}
	wantText(t, w.pressesOwn(bo, teamCh, blocks.AnnounceUnskip, "", id), "is posted after all.")
	if l := w.listed()[0]; l.Skipped || !l.Next.At.Equal(first) {
		t.Errorf("not skipped after all: %+v", l)
	}
}

func TestWhoeverSetItUpMayChangeItWithoutModerating(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(mia, teamCh, "Open house every day at 9") // everybody may announce that one
	wantText(t, w.pressesOwn(mia, teamCh, blocks.AnnouncePause, "", string(l.ID)), "paused")
	wantText(t, w.pressesOwn(bo, teamCh, blocks.AnnounceResume, "", string(l.ID)), "Only moderators of Open house")
}

func TestAMenuInAListDrawsThatListAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	w.announces(ana, teamCh, "Week review every week on monday at 10")
	choices := menuOf(t, w.types(ana, teamCh, "announcements").Private.Blocks, 0)
	if len(choices) != 5 {
		t.Fatalf("the menu has %q", choices)
	}
	skip := choices[0]
	r := w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), skip)
	wantText(t, r, "Weekly sync in #team: the next one is skipped.", "Announcements in this channel:", "The next one is skipped; then", "Week review in #team")
	if !r.Over {
		t.Error("the list stays as it was, beside the new one")
	}
	// The row as it was drawn before: the same post is not skipped twice, and no
	// other one in its stead.
	next := w.listed()
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), skip), "is out or skipped already. Nothing was changed.")
	for i, l := range w.listed() {
		if !l.Next.At.Equal(next[i].Next.At) {
			t.Errorf("%s: next post %v, was %v", l.Conference, l.Next.At, next[i].Next.At)
		}
	}
	pause := "p" + string(l.ID)
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), pause), "paused.", "Paused")
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), pause), "it is paused already.")
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), skip), "it is paused, so there is nothing to skip.")
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), "r"+string(l.ID)), "goes on.")
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), "r"+string(l.ID)), "it isn't paused.")
	w.must(w.desk.announcements.Delete(t.Context(), l.ID))
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), pause), "is over or was deleted", "Week review in #team")
}

func TestAMemberSeesTheListWithoutMenus(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.announces(ana, teamCh, "Weekly sync every day at 9")
	r := w.types(mia, teamCh, "announcements")
	wantText(t, r, "Weekly sync in #team", "set up by Ana")
	if menuOf(t, r.Private.Blocks, 0) != nil {
		t.Error("a member has a menu")
	}
	wantText(t, w.types(mia, other, "announcements"), "Nothing is announced in this channel.")
	wantText(t, w.types(mia, other, "announcements all"), "Weekly sync in #team")
	wantText(t, w.types(mia, other, "announcements <#CTEAM|team>"), "Weekly sync in #team")
}

func TestPostingTwiceInAMomentPostsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnouncePostNow, "", string(l.ID)), "being posted now.")
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnouncePostNow, "", string(l.ID)), "was posted a moment ago")
}

func TestDeletingAsksFirstAndOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	r := w.pressesOwn(ana, teamCh, blocks.AnnounceMenu, inList(l, teamCh, 0), "d"+string(l.ID))
	wantForm(t, r, blocks.FormAnnounceDelete, "Weekly sync", "#team", "every day at 09:00 UTC")
	if len(w.listed()) != 1 {
		t.Fatal("deleted without asking")
	}
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	_, done := w.sends(mia, blocks.FormAnnounceDelete, m, State{})
	wantText(t, done, "Only moderators of Weekly sync")
	if len(w.listed()) != 1 {
		t.Fatal("a member deleted it")
	}
	answer, done := w.sends(ana, blocks.FormAnnounceDelete, m, State{})
	wantBehind(t, done, "Weekly sync in #team: no longer announced.", "Nothing is announced in this channel.")
	if answer.View != nil || len(w.listed()) != 0 {
		t.Errorf("answer %+v, reply %+v, %d announcements", answer, done, len(w.listed()))
	}
	_, done = w.sends(ana, blocks.FormAnnounceDelete, m, State{})
	wantBehind(t, done, "is over or was deleted")
}

// wantBehind is wantText for the message that a form was opened from.
func wantBehind(t *testing.T, r Reply, parts ...string) {
	t.Helper()
	wantText(t, Reply{Private: r.Behind}, parts...)
}

func TestMovingAsksForTheChannelOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.slack.channels["GPRIV"] = Channel{ID: "GPRIV", Name: "secret", Private: true, Members: 3}
	w.slack.channels["COLD"] = Channel{ID: "COLD", Name: "old", Archived: true, BotIn: true}
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	w.types(mia, teamCh, "remind Weekly sync")
	r := w.pressesOwn(ana, teamCh, blocks.AnnounceMove, "", string(l.ID))
	wantForm(t, r, blocks.FormAnnounceMove, "Weekly sync", "every day at 09:00 UTC")
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	move := func(m blocks.Meta, to string) Reply {
		t.Helper()
		answer, done := w.sends(ana, blocks.FormAnnounceMove, m, field(blocks.InChannel, to))
		if answer.Errors == nil && answer.View == nil {
			t.Error("nothing stands in the form's place while it is looked up")
		}
		return done
	}
	if answer, _ := w.sends(ana, blocks.FormAnnounceMove, m, State{}); answer.Errors[blocks.InChannel] == "" {
		t.Error("moved nowhere")
	}
	wantForm(t, move(m, teamCh), blocks.FormAnnounceMove, "It is posted there already.")
	wantForm(t, move(m, "GPRIV"), blocks.FormAnnounceMove, "I'm not in #secret", "/invite @confbot")
	wantForm(t, move(m, "COLD"), blocks.FormAnnounceMove, "#old is archived")
	w.slack.outside = map[string][]string{"CAWAY": {ana}}
	w.slack.channels["CAWAY"] = Channel{ID: "CAWAY", Name: "away", BotIn: true, Members: 3}
	wantForm(t, move(m, "CAWAY"), blocks.FormAnnounceMove, "#away")
	asked := move(m, big)
	wantForm(t, asked, blocks.FormAnnounceMove, "#all-hands has 412 people")
	if asked.View.Submit != "Move anyway" {
		t.Errorf("the button says %q", asked.View.Submit)
	}
	if w.listed()[0].Channel != teamCh {
		t.Fatal("moved before the question was answered")
	}
	again, err := blocks.ParseMeta(asked.View.Meta)
	w.must(err)
	wantForm(t, move(again, other), "form.text", "in #other: it is posted there from now on.") // an answer for one channel is none for another
	l = w.listed()[0]
	if l.Channel != other || l.Next.Channel != other || l.Next.Key == "" {
		t.Errorf("moved: %+v", l)
	}
	wantForm(t, move(again, big), "form.text", " in #all-hands: it is posted there")
	if _, done := w.sends(mia, blocks.FormAnnounceMove, m, field(blocks.InChannel, teamCh)); !strings.Contains(text(done), "Only moderators") {
		t.Errorf("a member: %q", text(done))
	}
}

func TestMovingResumesWhatWasPausedForTheChannel(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, why := range []announce.Trouble{"", announce.TroubleArchived} {
		l := w.announces(ana, teamCh, "Weekly sync every day at 9")
		a := l.Announcement
		a.Paused, a.Why = true, why
		w.must(w.store.Change(t.Context(), announce.Change{Announcement: a, DropDue: true, Now: time.Now()}))
		_, done := w.sends(ana, blocks.FormAnnounceMove, blocks.Meta{Item: string(l.ID)}, field(blocks.InChannel, other))
		l, err := w.desk.announcements.Get(t.Context(), l.ID)
		w.must(err)
		if l.Channel != other || l.Paused == (why != "") {
			t.Errorf("paused because of %q and moved: %+v, told %s", why, l.Announcement, formText(done))
		}
	}
}

func TestResumingMendsWhatTheWishAloneCanMend(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	shared := w.slack.channels[other]
	shared.Shared = true
	w.slack.channels[other] = shared
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	a := l.Announcement
	a.Channel, a.Paused, a.Why = other, true, announce.TroubleShared
	w.must(w.store.Change(t.Context(), announce.Change{Announcement: a, DropDue: true, Now: time.Now()}))
	wantText(t, w.pressesOwn(bo, "D1", blocks.AnnounceResume, "", string(l.ID)), "goes on.")
	if why, _, err := w.desk.BeforePost(t.Context(), w.listed()[0].Announcement); err != nil || why != "" {
		t.Errorf("it would be paused again at once: %q, %v", why, err)
	}
	gone := w.slack.people[ana]
	gone.Deleted = true
	w.slack.people[ana] = gone
	w.pressesOwn(bo, "D1", blocks.AnnouncePause, "", string(l.ID))
	w.pressesOwn(bo, "D1", blocks.AnnounceResume, "", string(l.ID))
	if owner := w.listed()[0].Owner; owner != bo {
		t.Errorf("it is still %s's, who left", owner)
	}
	archived := w.slack.channels[other]
	archived.Archived = true
	w.slack.channels[other] = archived
	w.pressesOwn(bo, "D1", blocks.AnnouncePause, "", string(l.ID))
	wantText(t, w.pressesOwn(bo, "D1", blocks.AnnounceResume, "", string(l.ID)), "#other is archived")
	if !w.listed()[0].Paused {
		t.Error("resumed where nothing can be posted")
	}
}

// TestTheListStaysQuickAndInOrder also holds that no row costs a question to
// Audian.
func TestTheListStaysQuickAndInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	asked := 0
	w.audian.onLook = func() error { asked++; return nil }
	now := time.Now()
	for i := range 30 {
		rule, err := announce.Parse(fmt.Sprintf("every day at %02d:%02d", i%24, 59-i), now, time.UTC)
		w.must(err)
		_, err = w.desk.announcements.Create(t.Context(), announce.Announcement{
			Conference: []conference.ID{weekly, review, board}[i%3], Channel: teamCh, Owner: ana, Rule: rule,
		})
		w.must(err)
	}
	for user, want := range map[string]int{dev: 4, mia: 3} { // Board is not for mia
		r := w.types(user, teamCh, "announcements")
		wantText(t, r, fmt.Sprintf("Page 1 of %d.", want))
		if strings.Contains(text(r), "Board") != (user == dev) {
			t.Errorf("%s is told %q", user, text(r))
		}
		r = w.pressesOwn(user, teamCh, blocks.AnnounceNext, "announcements", buttonValue(t, r, blocks.AnnounceNext, 0))
		wantText(t, r, fmt.Sprintf("Page 2 of %d.", want))
		r = w.pressesOwn(user, teamCh, blocks.AnnounceNext, "announcements", "199|"+teamCh) // since then some have gone
		wantText(t, r, fmt.Sprintf("Page %d of %d.", want, want))
	}
	if asked > 0 {
		t.Errorf("Audian was asked %d times", asked)
	}
	listed, _, err := w.desk.announcements.List(t.Context(), announce.Filter{Limit: 8})
	w.must(err)
	if !slices.IsSortedFunc(listed, nextFirst) {
		t.Error("not in the order of the next post")
	}
}

func TestAnnouncementsCanBeStoppedWhileAudianIsAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	_, _, err := w.desk.BeforePost(t.Context(), l.Announcement) // by then it was called Weekly sync
	w.must(err)
	all := w.audian.all
	w.audian.all = nil
	wantText(t, w.types(ana, teamCh, "announcements"), "Weekly sync in #team")
	wantText(t, w.pressesOwn(ana, teamCh, blocks.AnnouncePause, "", string(l.ID)), "Weekly sync in #team: paused.")
	w.audian.all = all
}

func TestWhatWasMissedIsOfferedOnceEach(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	other := w.announces(ana, teamCh, "Week review every day at 9")
	for _, missed := range []announce.Listed{l, other} {
		row := missed.Next
		row.At, row.Starts = time.Now().Add(-2*time.Hour).UTC(), time.Time{}
		row.Key, row.State, row.Wake, row.Step = string(missed.ID)+".missed", announce.Missed, time.Time{}, announce.StepNone
		w.must(w.store.Plan(t.Context(), []announce.Plan{{Missed: []announce.Occurrence{row}}}, nil, time.Now()))
	}
	r := w.presses(ana, "D1", blocks.AnnounceMissed, "", "")
	wantForm(t, r, "form.text", "Post what was missed", "Weekly sync in #team", "Week review in #team", "Was due on")
	place := blocks.RowPlace{In: blocks.InMissed}
	row := blocks.BlockRef{Part: "item", Key: "announcement." + string(l.ID) + "." + place.String(), Conference: weekly}.ID()
	r = w.pressesIn(ana, "form.text", blocks.Meta{Channel: "D1"}, blocks.AnnouncePostNow, row, string(l.ID))
	wantForm(t, r, "form.text", "being posted now.", "Week review in #team")
	if strings.Contains(formText(r), "Weekly sync in #team\\nWas due") {
		t.Error("what was posted is offered again")
	}
	wantForm(t, w.presses(bo, "D1", blocks.AnnounceMissed, "", ""), "form.text", "Nothing that I missed is still of use")
	r = w.pressesIn(ana, "form.text", blocks.Meta{Channel: "D1"}, blocks.Announcements, "missed", "10|")
	wantForm(t, r, "form.text", "Announcements:")
}

func TestHomeShowsWhatIsNextForEachRole(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.announces(ana, teamCh, "Weekly sync every day at 9")
	for range 12 {
		w.announces(kim, other, "Week review every day at 10")
	}
	w.types(mia, teamCh, "remind Weekly sync")
	for user, want := range map[string]struct {
		rows, menu int
		more       bool
	}{ana: {10, 5, true}, bo: {1, 5, false}, kim: {10, 5, true}, mia: {1, 0, false}, dev: {0, 0, false}} {
		v, err := w.desk.HomeView(t.Context(), user)
		w.must(err)
		drawn := asJSON(v.Blocks)
		if n := strings.Count(drawn, "Next post:"); n != want.rows {
			t.Errorf("%s sees %d, want %d", user, n, want.rows)
		}
		next, _, _ := strings.Cut(drawn, `"text":"Yours"`)
		if n := len(menuOf(t, v.Blocks, 0)); want.rows > 0 && strings.Contains(next, blocks.AnnounceMenu) && n != want.menu {
			t.Errorf("%s has %d choices, want %d", user, n, want.menu)
		}
		if strings.Contains(drawn, blocks.AnnounceMenu) != (want.menu > 0) {
			t.Errorf("%s: menus %t", user, want.menu == 0)
		}
		if strings.Contains(drawn, "All announcements") != want.more {
			t.Errorf("%s: more %t", user, !want.more)
		}
	}
}

func TestAChoiceInHomeDrawsHomeAnewWithWhatCameOfIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	l := w.announces(ana, teamCh, "Weekly sync every day at 9")
	place := blocks.RowPlace{In: blocks.InHome}
	row := blocks.BlockRef{Part: "item", Key: "announcement." + string(l.ID) + "." + place.String(), Conference: weekly}.ID()
	r := w.pressesIn(ana, "home", blocks.Meta{}, blocks.AnnounceMenu, row, "p"+string(l.ID))
	if r.View == nil || r.View.Kind != blocks.Home {
		t.Fatalf("reply %+v", r)
	}
	if drawn := formText(r); !strings.Contains(drawn, "paused. Nothing is posted") || !strings.Contains(drawn, "Resume") {
		t.Errorf("home is %s", drawn)
	}
	r = w.pressesIn(ana, "home", blocks.Meta{}, blocks.AnnounceMenu, row, "d"+string(l.ID))
	wantForm(t, r, blocks.FormAnnounceDelete)
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	_, done := w.sends(ana, blocks.FormAnnounceDelete, m, State{})
	if done.View == nil || done.View.Kind != blocks.Home || !strings.Contains(formText(done), "no longer announced.") {
		t.Errorf("reply %+v", done)
	}
}

func TestTheAnnouncementsOfOneConferenceAreListed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, typed := range []string{"announce Weekly sync every monday at 9:30", "announce Week review every friday at 9:30"} {
		r := w.types(ana, teamCh, typed)
		w.pressesOwn(ana, teamCh, blocks.AnnounceConfirm, "", buttonValue(t, r, blocks.AnnounceConfirm, 0))
	}
	r := w.types(ana, other, "announcements Weekly sync")
	wantText(t, r, "Announcements of Weekly sync: Weekly sync in #team.")
	if strings.Contains(text(r), "Week review") {
		t.Errorf("told %q", text(r))
	}
	wantText(t, w.types(ana, other, "announcements Open house"), "Nothing is announced of Open house.")
	wantText(t, w.types(mia, other, "announcements Board"), "There's no conference called “Board”.")
	page := "0|" + blocks.OfConference + string(board) // forged: it is private
	if r = w.pressesOwn(mia, other, blocks.AnnouncePage, "", page); strings.Contains(asJSON(r), "of Board") {
		t.Errorf("told %q", text(r))
	}
}
