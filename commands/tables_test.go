package commands

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
)

func TestATableThatCannotWorkIsRefused(t *testing.T) {
	t.Parallel()
	good := func() row {
		return row{name: "x", summary: "Does x", group: blocks.GroupLine, examples: []string{"x"}, run: runHelp}
	}
	if err := checkRows([]row{good()}); err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func(r *row){
		"no handler":             func(r *row) { r.run = nil },
		"no summary":             func(r *row) { r.summary = "" },
		"no example":             func(r *row) { r.examples = nil },
		"no group":               func(r *row) { r.group = "" },
		"durable without an age": func(r *row) { r.durable = true },
		"a secret it never took": func(r *row) { r.secret = []string{"pin"} },
		"its own name twice":     func(r *row) { r.aliases = []string{"x"} },
	} {
		r := good()
		spoil(&r)
		if checkRows([]row{r}) == nil {
			t.Errorf("%s: the table is taken", name)
		}
	}
}

// laterActions are drawn nowhere yet: announcements and reminders.
func laterActions(id string) bool {
	return strings.HasPrefix(id, "announce") || strings.HasPrefix(id, "reminder.") || id == blocks.CardRemind || id == blocks.HomeReminders
}

func TestEveryButtonAndFormThereIsIsHandled(t *testing.T) {
	t.Parallel()
	d := newWorld(t).desk
	all := slices.Concat(blocks.AllActions(), blocks.AllShortcuts())
	for _, id := range all {
		if _, ok := d.actions[id]; !ok && !laterActions(id) {
			t.Errorf("%s is drawn and does nothing", id)
		}
	}
	for id, a := range d.actions {
		if !slices.Contains(all, id) {
			t.Errorf("%s is handled and never drawn", id)
		}
		if a.durable == (a.fresh == 0) {
			t.Errorf("%s: durable %t, fresh for %s", id, a.durable, a.fresh)
		}
	}
	for _, id := range blocks.AllForms() {
		if _, ok := d.forms[id]; !ok && id != blocks.FormAnnounce && id != blocks.FormPreview {
			t.Errorf("%s can be sent and does nothing", id)
		}
	}
	for id := range d.forms {
		if !slices.Contains(blocks.AllForms(), id) {
			t.Errorf("%s is handled and cannot be sent", id)
		}
	}
	for _, r := range d.HelpRows() {
		if !slices.Contains(blocks.Groups(), r.Group) {
			t.Errorf("%s stands under no heading", r.Name)
		}
	}
}

// What kicks, mutes or deafens is done within half a minute or not at all;
// what only looks is not written down.
func TestWhatIsJournalledAndForHowLong(t *testing.T) {
	t.Parallel()
	d := newWorld(t).desk
	as := func(p Plan) string {
		switch {
		case p.Form && p.Durable:
			return "both"
		case p.Form:
			return "form"
		case p.Durable:
			return p.Fresh.String()
		}
		return "look"
	}
	const quick, slow = "30s", "10m0s"
	for text, want := range map[string]string{
		"": "look", "help": "look", "list": "look", "show x": "look", "zebra": "look", "attendance": "look", "audit": "look",
		"mute 7": quick, "unmute 7": quick, "deaf 7": quick, "undeaf 7": quick, "kick 7": quick, "lock": quick, "unlock": quick,
		"create x": slow, "create": slow, "edit x max=5": slow, "edit x": "form", "delete x": "form", "people": slow, "people x private": "form",
		"pin x rotate": slow, "link x": slow, "unlink": slow, "moderators x add <@U1>": slow, "label 7 Bo": slow,
	} {
		if got := as(d.PlanRequest(Request{Text: text})); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if p := d.PlanRequest(Request{Text: "edit x", Mention: true}); p.Form {
		t.Error("a mention opens a form")
	}
	for id, want := range map[string]string{
		blocks.ParticipantMute: quick, blocks.ParticipantKick: quick, blocks.KickConfirm: quick, blocks.KickKeepOut: quick,
		blocks.PanelMuteOthers: quick, blocks.CallerPick: quick, blocks.PanelRefresh: "look", blocks.ListNext: "look",
		blocks.PanelPIN: "form", blocks.ModeratorPIN: "form", blocks.PanelEnd: "form", blocks.CardWho: "form", blocks.PINRotateMod: slow,
		blocks.CardShare: slow, blocks.InviteSend: slow, blocks.HelpOpen: "look", "no.such": "look",
	} {
		if got := as(d.PlanClick(Click{ActionID: id})); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	for command, want := range map[string]string{"mute": quick, "edit": "form", "link": slow, "show": "look", "": "look"} {
		value := blocks.PickValue(blocks.Pick{Command: command, Conference: weekly})
		if got := as(d.PlanClick(Click{ActionID: blocks.ConferencePick, Value: value})); got != want {
			t.Errorf("the choice of a conference for %q: %s, want %s", command, got, want)
		}
	}
	if got := as(d.PlanClick(Click{ActionID: blocks.PanelMenu, Value: "u"})); got != quick {
		t.Errorf("a menu's choice: %s", got)
	}
	if got := as(d.PlanClick(Click{ActionID: blocks.PanelMenu, Value: "?"})); got != "look" {
		t.Errorf("no choice of a menu: %s", got)
	}
	for _, id := range blocks.AllForms() {
		if _, ok := d.forms[id]; !ok {
			continue
		}
		want := slow
		if id == blocks.FormEnd || id == blocks.FormKickAll || id == blocks.FormWhichLine {
			want = quick
		}
		if got := as(d.PlanSubmission(Submission{View: ViewRef{CallbackID: id}})); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
	if p := d.PlanSubmission(Submission{}); p.Durable {
		t.Error("an unknown form is journalled")
	}
}

// Values that are stale, foreign or broken.
var garbled = []string{
	"", "x", "1", "1|", "1||", "1p3|", "1p3|zzzzzzzzzzzzzzzzzz", "2p3|abc", "1p3|1|2", "1|AAAAAAAA|1", "{}", "null", "\x00", "%", "1%zz|1",
	"conf_weekly", "1r|1|conf_weekly|0", strings.Repeat("9", 3000), "1p3|" + strings.Repeat("1", 40), "u", "f1p3|", "q", "-1", "999999",
}

func TestGarbledClicksDoNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.types(ana, teamCh, "people private")
	for id := range w.desk.actions {
		for _, v := range garbled {
			for _, b := range []string{"", "x", "1r|1|no_such|0|", block("no_such"), v} {
				r := w.desk.Click(t.Context(), Click{Origin: w.from(ana, teamCh), ActionID: id, BlockID: b, Value: v, MessageTS: "1.1"})
				w.check(r)
				w.desk.PlanClick(Click{ActionID: id, BlockID: b, Value: v})
			}
		}
	}
	for _, id := range []string{
		blocks.ParticipantMute, blocks.ParticipantUnmute, blocks.ParticipantDeafen, blocks.ParticipantUndeaf, blocks.ParticipantKick,
		blocks.KickConfirm, blocks.KickKeepOut, blocks.ParticipantKeep, blocks.ParticipantName, blocks.ParticipantNumber, blocks.ParticipantMe,
		blocks.CallerPick, blocks.ConferencePick, blocks.PanelMenu, blocks.ListRowMenu, "no.such", "",
	} {
		for _, v := range garbled {
			r := w.presses(ana, teamCh, id, block(weekly), v)
			if said := text(r); !strings.Contains(said, "out of date") && !strings.Contains(said, "nothing was done") && id != blocks.PanelMenu {
				t.Errorf("%s with %.20q: %q", id, v, said)
			}
		}
	}
	for _, did := range w.audian.done() {
		if strings.HasPrefix(did, "mute") { // the panel's menu has "mute unknown numbers", which is no garble
			continue
		}
		t.Errorf("Audian was asked for %s", did)
	}
}

func FuzzClicksOfSomebodyWithoutRightsActOnNothing(f *testing.F) {
	ids := slices.Sorted(func(yield func(string) bool) {
		for _, r := range actionRows() {
			if !yield(r.id) {
				return
			}
		}
	})
	k := live.Key{ID: "p3", Joined: time.Unix(1_800_000_000, 0)}
	for i := range ids {
		f.Add(i, block(weekly), blocks.CallerValue(k), "", "")
	}
	f.Add(0, block(board), "1|||", `{"v":1,"c":"conf_weekly"}`, blocks.FormList)
	f.Add(3, "", blocks.PickValue(blocks.Pick{Command: "kick", Conference: weekly, Rest: `{"w":[{"t":"all"}]}`}), "{", blocks.FormList)
	f.Fuzz(func(t *testing.T, i int, blockID, value, meta, callback string) {
		w := newWorld(t)
		w.audian.join(weekly, "p3", "", phones[2], k.Joined)
		c := Click{Origin: w.from(mia, teamCh), ActionID: ids[max(i, -i-1)%len(ids)], BlockID: blockID, Value: value}
		if callback != "" {
			c.View = &ViewRef{ID: "V1", CallbackID: callback, Meta: meta}
		}
		w.desk.PlanClick(c)
		w.check(w.desk.Click(t.Context(), c))
		s := Submission{Origin: w.from(mia, teamCh), View: ViewRef{CallbackID: callback, Meta: meta}, State: field(blocks.InSure, value, blocks.InLine, value)}
		w.desk.PlanSubmission(s)
		w.desk.CheckForm(s)
		if callback != blocks.FormCreate {
			w.check(w.desk.Submit(t.Context(), s))
		}
		if did := w.audian.done(); len(did) > 0 {
			t.Errorf("Audian was asked for %v", did)
		}
	})
}

func FuzzTypedCommandsNeverPanicAndTellNoSecret(f *testing.F) {
	for _, r := range commandRows() {
		for _, e := range r.examples {
			f.Add(e)
		}
	}
	f.Add("mute “ 7 -- pin= <@U1> <#C1|x> &lt;")
	f.Add("create 14155550177")
	f.Fuzz(func(t *testing.T, text string) {
		w := newWorld(t)
		w.fill(weekly)
		w.desk.PlanRequest(Request{Text: text})
		for _, mention := range []bool{false, true} {
			r := w.desk.Command(t.Context(), Request{Origin: w.from(mia, teamCh), Text: text, Mention: mention})
			w.check(r)
			if r.Private == nil && r.View == nil && r.Card == nil && len(r.Posts) == 0 {
				t.Errorf("%q is answered with nothing", text)
			}
		}
		for _, did := range w.audian.done() {
			if !strings.HasPrefix(did, "create ") {
				t.Errorf("%q: Audian was asked for %s", text, did)
			}
		}
	})
}

func TestTheListTurnsPagesFiltersAndSearches(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.crowd(weekly, 90)
	m := blocks.Meta{Conference: weekly, Channel: teamCh}
	turn := func(id, value string) blocks.Meta {
		t.Helper()
		r := w.pressesIn(ana, blocks.FormList, m, id, block(weekly), value)
		wantForm(t, r, blocks.FormList)
		got, err := blocks.ParseMeta(r.View.Meta)
		w.must(err)
		return got
	}
	if got := turn(blocks.ListNext, "1"); got.Page != 1 {
		t.Errorf("page %d", got.Page)
	}
	if got := turn(blocks.ListPrevious, "-7"); got.Page != 0 {
		t.Errorf("page %d", got.Page)
	}
	if got := turn(blocks.ListNext, "1000000"); got.Page != 2 {
		t.Errorf("page %d", got.Page)
	}
	if got := turn(blocks.ListShow, "muted"); got.Filter != blocks.OnlyMuted {
		t.Errorf("filter %q", got.Filter)
	}
	if got := turn(blocks.ListSort, "name"); got.Order != blocks.ByName {
		t.Errorf("order %q", got.Order)
	}
	if got := turn(blocks.ListFind, "qPerson 7"); got.Query != "Person 7" {
		t.Errorf("query %q", got.Query)
	}
	k := live.Key{ID: "c7", Joined: w.clock.Add(-10*time.Minute + 6*time.Second)}
	if got := turn(blocks.ListFind, value(k)); got.Query != "#7" {
		t.Errorf("query %q", got.Query)
	}
	if got := turn(blocks.ListRefresh, ""); cmp.Diff(got.Conference, weekly) != "" {
		t.Errorf("it shows %q", got.Conference)
	}
	r := w.presses(ana, teamCh, blocks.PanelFind, block(weekly), value(k))
	wantForm(t, r, blocks.FormList, "Person 7")
}

func TestConferencesAreListedByPage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i := range 20 {
		w.audian.all = append(w.audian.all, conference.Conference{ID: conference.ID(fmt.Sprintf("conf_x%d", i)), Name: fmt.Sprintf("Extra %02d", i)})
	}
	w.fill(review)
	w.types(ana, teamCh, "people review private")
	r := w.types(mia, teamCh, "list")
	if !strings.HasPrefix(text(r), "") || strings.Index(text(r), "Week review") > strings.Index(text(r), "Extra") {
		t.Errorf("who is live comes first: %s", text(r))
	}
	next := buttonValue(t, r, blocks.ConferencesNext, 0)
	r = w.pressesOwn(mia, teamCh, blocks.ConferencesNext, "", next)
	if !r.Over || !strings.Contains(text(r), "Extra") {
		t.Errorf("the next page: %s", text(r))
	}
	wantText(t, w.types(mia, teamCh, "list review"), "Week review")
	if said := text(w.types(mia, teamCh, "list review")); strings.Contains(said, "Extra") {
		t.Errorf("told %q", said)
	}
	w.audian.onRead = func() error { return &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent} }
	if said := text(w.types(mia, teamCh, "list")); strings.Contains(said, "nobody") {
		t.Errorf("what is not known is told as nobody: %s", said)
	}
	for _, v := range garbled {
		w.pressesOwn(mia, teamCh, blocks.ConferencesPage, "", v)
	}
}

func TestOnlyWhatChangesSomethingIsJournalled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for text, durable := range map[string]bool{
		"pin": false, "pin Weekly sync": false, "pin Weekly sync rotate": true, "pin rotate moderator": true, "pin “rotate”": false,
		"moderators Weekly sync": false, "mods Weekly sync add <@UBO>": true, "moderators Weekly sync remove <@UBO>": true,
		"list": false, "show Weekly sync": false, "mute 3": true, "people": true, "edit Weekly sync max=9": true, "edit Weekly sync": false,
	} {
		if p := w.desk.PlanRequest(Request{Text: text}); p.Durable != durable {
			t.Errorf("%q is journalled: %v", text, p.Durable)
		}
	}
	w.types(mia, other, "pin Layoffs")
	if deeds := w.deeds(); len(deeds) > 0 {
		t.Errorf("a look that was refused is written down: %v", deeds)
	}
}
