package commands

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// newest is the conference that was made last.
func (w *world) newest() conference.Conference {
	return w.audian.all[len(w.audian.all)-1]
}

func TestCreateMakesAConferenceWithSafePINs(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(mia, other, "create Daily stand-up")
	c := w.newest()
	pin, mod := conference.FirstPIN(c.MemberPINs), conference.FirstPIN(c.ModeratorPINs)
	if len(pin.Digits()) != 6 || len(mod.Digits()) != 6 || pin == mod {
		t.Errorf("PINs of %d and %d digits", len(pin.Digits()), len(mod.Digits()))
	}
	wantText(t, r, "Daily stand-up is ready.", "Call +1 415 555 0100", "PIN "+pin.Digits()+", then #", "You moderate it.")
	wantPrivateOnly(t, r)
	kept, ok, err := w.store.Kept(t.Context(), c.ID)
	if err != nil || !ok || kept.Creator != mia {
		t.Errorf("kept %+v %t %v", kept, ok, err)
	}
	if d := cmp.Diff([]string{mia + " create.asked: asked", mia + " create: done"}, w.deeds()); d != "" {
		t.Errorf("audit (-want +got)\n%s", d)
	}
}

func TestCreateTakesSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.types(mia, other, "create Retro: Q3 pin=592814 modpin:7713046 max=1,000 --profile webinar entry=yes exit=off dialin=DE=+4930901800 number=7001")
	c := w.newest()
	if c.Name != "Retro: Q3" || c.MaxMembers != 1000 || c.Profile != "webinar" || !is(c.EntryTone) || is(c.ExitTone) {
		t.Errorf("made %+v", c)
	}
	if conference.FirstPIN(c.MemberPINs).Digits() != "592814" || conference.FirstPIN(c.ModeratorPINs).Digits() != "7713046" {
		t.Error("other PINs than those typed")
	}
	kept, _, err := w.store.Kept(t.Context(), c.ID)
	w.must(err)
	if kept.DialIn != "DE=+4930901800" || kept.Number != "7001" {
		t.Errorf("kept %+v", kept)
	}
	w.types(mia, other, "create Open door pin=none modpin=")
	if c = w.newest(); len(c.MemberPINs)+len(c.ModeratorPINs) > 0 {
		t.Error("PINs that were wished away are there")
	}
}

func TestWhatIsWrongWithASettingIsSaidAndNothingIsMade(t *testing.T) {
	t.Parallel()
	for text, says := range map[string]string{
		"create X pin=12":                     "Use 4 to 16 digits.",
		"create X pin=12ab":                   "Use 4 to 16 digits.",
		"create X pin=11112222333344445":      "Use 4 to 16 digits.",
		"create X pin=1234":                   "easy to guess",
		"create X pin=8888":                   "easy to guess",
		"create X modpin=987654":              "easy to guess",
		"create X pin=59281 modpin=59281":     "The two PINs must differ.",
		"create X pin=482913":                 "That PIN is taken.",
		"create X pin=771204":                 "That PIN is taken.", // the moderator PIN of another
		"create X modpin=593817":              "That PIN is taken.",
		"create X max=1":                      "2 to 5,000",
		"create X max=5001":                   "2 to 5,000",
		"create X max=many":                   "2 to 5,000",
		"create X dialin=555":                 "country code",
		"create X dialin=+49abc":              "country code",
		"create X number=70a":                 "country code",
		"create X entry=perhaps":              "Audian doesn't take that.",
		"create " + strings.Repeat("x", 129):  "at most 128 characters",
		"edit Weekly sync name=":              "Give it a name.",
		"edit Weekly sync pin=593817":         "That PIN is taken.",
		"edit Weekly sync modpin=593817":      "That PIN is taken.",
		"edit Weekly sync pin=771204":         "The two PINs must differ.",
		"edit Weekly sync name=“Week review”": "That name is taken.",
		"edit Weekly sync name=“Wеek Review”": "That name is taken.", // with a Cyrillic letter
		"edit Weekly sync name=Board":         "That name is taken.", // which she may not see
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			wantText(t, w.types(ana, teamCh, text), says, "Nothing was changed.")
			if did := w.audian.done(); len(did) > 0 {
				t.Errorf("Audian was asked for %v", did)
			}
			if deeds := w.deeds(); len(deeds) > 0 {
				t.Errorf("written down: %v", deeds)
			}
		})
	}
}

func TestANameThatIsTakenIsOfferedUnlessItMayNotBeSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range []string{"Weekly sync", "weekly  SYNC", "Wеekly sync"} { // the last one with a Cyrillic letter
		r := w.types(mia, other, "create "+name)
		wantText(t, r, "Weekly sync", "already exists", "Ana")
		if !strings.Contains(asJSON(r.Private.Blocks), blocks.ConferenceUse) {
			t.Error("no button to use that one")
		}
	}
	r := w.types(mia, other, "create Board")
	wantText(t, r, "That name is taken. Choose another.")
	if strings.Contains(text(r), "Dev") {
		t.Error("it says whose it is")
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

func TestTooManyCreatesInADayAreRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, name := range strings.Fields("one two three four five") {
		wantText(t, w.types(mia, other, "create "+name), "is ready")
	}
	wantText(t, w.types(mia, other, "create six"), "5 conferences")
	wantText(t, w.types(kim, other, "create seven"), "is ready") // moderates everything, so is trusted
	w.clock = w.clock.AddDate(0, 0, 2)
	wantText(t, w.types(mia, other, "create eight"), "is ready")
}

func TestOnlyModeratorsCreateWhereThatIsSaid(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(r *Rules) { r.CreateAll = false })
	for _, r := range []Reply{
		w.types(mia, other, "create X"), w.types(mia, other, "create"), w.presses(mia, other, blocks.CreateOpen, "", ""),
		w.presses(mia, other, blocks.ShortcutNew, "", ""),
	} {
		wantText(t, r, "Only moderators can create conferences.", "Dev")
		wantPrivateOnly(t, r)
	}
	_, r := w.sends(mia, blocks.FormCreate, blocks.Meta{}, field(blocks.InName, "X"))
	wantText(t, r, "Only moderators can create conferences.")
	wantText(t, w.types(greta, other, "create X"), "is ready")
}

func TestACreateWhoseAnswerWasLostIsFinishedNotRepeated(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	unsure := &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}
	w.audian.onWrite = func(string) error { return unsure }
	wantText(t, w.types(mia, other, "create Coffee"), "got no answer")
	w.audian.onWrite = nil
	w.audian.all = append(w.audian.all, someConference("conf_new1", "Coffee")) // it was made after all
	w.audian.done()
	wantText(t, w.types(bo, other, "create Coffee"), "Coffee already exists") // somebody else's wish it is not
	wantText(t, w.types(mia, other, "create Coffee"), "Coffee is ready.")
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("it was made twice: %v", did)
	}
}

func TestACreateThatSurelyFailedClaimsNothingLater(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.audian.onWrite = func(string) error { return &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent} }
	wantText(t, w.types(mia, other, "create Coffee"), "nothing was changed")
	w.audian.onWrite = nil
	w.audian.all = append(w.audian.all, someConference("conf_new1", "Coffee")) // somebody else made it at Audian
	wantText(t, w.types(mia, other, "create Coffee"), "Coffee already exists")
	if _, ok, _ := w.store.Kept(t.Context(), "conf_new1"); ok {
		t.Error("she became its creator")
	}
}

func TestWhatAudianMadeIsNeverToldAsNotMade(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.desk.records = brokenKeeper{Records: w.store}
	wantText(t, w.types(mia, other, "create Coffee"), "I can't tell whether it was done", "K7Q2M")
	w.desk.records = w.store
	wantText(t, w.types(mia, other, "create Coffee"), "Coffee is ready.")
	if did := w.audian.done(); len(did) != 1 {
		t.Errorf("it was made twice: %v", did)
	}
}

func TestTheCreateFormShowsErrorsAtTheirFieldsAndKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantForm(t, w.types(mia, other, "create"), blocks.FormCreate)
	more := blocks.Meta{More: true, Channel: other}
	for id, typed := range map[string]string{
		blocks.InName: " ", blocks.InPIN: "12", blocks.InModPIN: "4444", blocks.InMax: "1", blocks.InDialIn: "555", blocks.InNumber: "x",
	} {
		state := field(blocks.InName, "Coffee", id, typed)
		answer, _ := w.sends(mia, blocks.FormCreate, more, state)
		if len(answer.Errors) != 1 || answer.Errors[id] == "" {
			t.Errorf("%s: errors %v", id, answer.Errors)
		}
	}
	state := field(blocks.InName, "Coffee", blocks.InPIN, "482913", blocks.InMax, "77")
	answer, r := w.sends(mia, blocks.FormCreate, more, state)
	if answer.View == nil || !strings.Contains(answer.View.Title+asJSON(answer.View.Blocks), "Coffee") {
		t.Error("nothing says that it is being made")
	}
	wantForm(t, r, blocks.FormCreate, "That PIN is taken.", "Coffee", `"77"`)
	if r.Err == nil {
		t.Error("nothing for the log")
	}
	r = w.pressesIn(mia, blocks.FormCreate, blocks.Meta{Channel: other}, blocks.CreateMore, "", "")
	wantForm(t, r, blocks.FormCreate, blocks.InMax)
	_, r = w.sends(mia, blocks.FormCreate, more, field(blocks.InName, "Coffee", blocks.InMax, "77", blocks.InSounds, blocks.SoundEntry))
	wantForm(t, r, blocks.FormCreated, "Coffee", conference.FirstPIN(w.newest().MemberPINs).Digits())
	if c := w.newest(); c.MaxMembers != 77 || !is(c.EntryTone) || is(c.ExitTone) {
		t.Errorf("made %+v", c)
	}
}

func TestTheCreateFormSharesTheCardOrAsksInADirectMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, r := w.sends(mia, blocks.FormCreate, blocks.Meta{Channel: other}, field(blocks.InName, "Coffee", blocks.InChannel, other))
	if r.Card == nil || r.Card.Channel != other || !r.Card.Panel || r.View == nil {
		t.Errorf("shared %+v", r.Card)
	}
	_, r = w.sends(mia, blocks.FormCreate, blocks.Meta{Channel: other}, field(blocks.InName, "Tea", blocks.InChannel, big))
	if r.Card != nil || len(r.Direct) != 1 || !strings.Contains(r.Direct[0].Message.Text, "412 people, 3 of them guests") {
		t.Fatalf("412 people: shared %+v, asked %+v", r.Card, r.Direct)
	}
	asked := Reply{Private: &r.Direct[0].Message}
	r = w.presses(mia, "DMIA", blocks.PostAnyway, block(w.newest().ID), buttonValue(t, asked, blocks.PostAnyway, 0))
	if r.Card == nil || r.Card.Channel != big {
		t.Errorf("yes, and then %+v", r.Card)
	}
}

func TestEditChangesOnlyWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	r := w.types(bo, teamCh, "edit Weekly sync max=50 entry=on")
	wantText(t, r, "up to 50 people", "a tone when somebody joins", "from now on")
	c, err := w.audian.ByID(t.Context(), weekly)
	w.must(err)
	if c.MaxMembers != 50 || conference.FirstPIN(c.MemberPINs).Digits() != "482913" || conference.FirstPIN(c.ModeratorPINs).Digits() != "771204" {
		t.Errorf("it is now %+v", c)
	}
	if d := cmp.Diff([]string{bo + " edit: done"}, w.deeds()); d != "" {
		t.Error(d)
	}
	if row := w.audit()[0]; row.Detail != "max entry" {
		t.Errorf("detail %q", row.Detail)
	}
	wantText(t, w.types(bo, teamCh, "edit Weekly sync max=50"), "Nothing was changed.")
	if got := w.deeds(); len(got) != 1 {
		t.Errorf("a change of nothing is written down: %v", got)
	}
}

func TestTheEditFormStartsAsThingsAreAndClaimsNoChangeItDidNotMake(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.audian.all[0].Numbers = []string{"7001"}
	w.audian.all[0].MaxMembers = 20
	r := w.types(bo, teamCh, "edit Weekly sync")
	wantForm(t, r, blocks.FormEdit, "Weekly sync", `"20"`, `"7001"`)
	for _, pin := range []string{"482913", "771204"} {
		if strings.Contains(formText(r), pin) {
			t.Error("the form shows a PIN")
		}
	}
	m, err := blocks.ParseMeta(r.View.Meta)
	w.must(err)
	same := field(blocks.InName, "Weekly sync", blocks.InMax, "20", blocks.InNumber, "7001")
	_, r = w.sends(bo, blocks.FormEdit, m, same)
	wantForm(t, r, blocks.FormText, "Nothing was changed.")
	if got := append(w.deeds(), w.audian.done()...); len(got) > 0 {
		t.Errorf("it did %v", got)
	}
	_, r = w.sends(bo, blocks.FormEdit, m, field(blocks.InName, "Daily", blocks.InMax, "20", blocks.InVisible, blocks.VisiblePrivate))
	wantForm(t, r, blocks.FormText, "its new name", "private")
	kept, _, err := w.store.Kept(t.Context(), weekly)
	w.must(err)
	if !kept.Private || kept.PrivateChannel != teamCh || kept.Creator != ana {
		t.Errorf("kept %+v", kept)
	}
	_, r = w.sends(bo, blocks.FormEdit, m, field(blocks.InName, "Week review", blocks.InMax, "33"))
	wantForm(t, r, blocks.FormEdit, "That name is taken.", `"33"`)
	_, r = w.sends(mia, blocks.FormEdit, m, same)
	if strings.Contains(text(r)+formText(r), "Nothing was changed") || r.View != nil {
		t.Errorf("a member may edit: %s", text(r)+formText(r))
	}
}

func TestAChangeOfPINIsToldToThoseWhoReadItsCards(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(w *world) Reply{
		"rotated": func(w *world) Reply { return w.types(bo, teamCh, "pin rotate") },
		"edited":  func(w *world) Reply { return w.types(bo, teamCh, "edit Weekly sync pin=592814") },
		"by form": func(w *world) Reply {
			_, r := w.sends(bo, blocks.FormChangePIN, blocks.Meta{Conference: weekly, Channel: teamCh}, field(blocks.InSure, blocks.Sure, blocks.InPIN, "592814"))
			return r
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.must(w.store.SaveRef(t.Context(), store.MessageRef{Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, By: ana, PostedAt: w.clock}))
			r := change(w)
			c, err := w.audian.ByID(t.Context(), weekly)
			w.must(err)
			pin := conference.FirstPIN(c.MemberPINs).Digits()
			if pin == "482913" || len(c.MemberPINs) != 1 || conference.FirstPIN(c.ModeratorPINs).Digits() != "771204" {
				t.Errorf("the PINs are not as asked for")
			}
			if len(r.Lines) != 1 || !strings.Contains(r.Lines[0].Message.Text, "The PIN is now "+pin) || !strings.Contains(r.Lines[0].Message.Text, "Bo") {
				t.Errorf("told %+v", r.Lines)
			}
			if !cmp.Equal(r.Touch, []string{string(weekly)}) {
				t.Errorf("redrawn: %v", r.Touch)
			}
			if deeds := w.deeds(); len(deeds) != 1 {
				t.Errorf("audit %v", deeds)
			}
		})
	}
}

func TestPINsAreToldToThoseWhoMayAndTheModeratorPINInAFormOnly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(mia, teamCh, "pin"), "PIN 482913, then #")
	wantText(t, w.types(mia, other, "pin Layoffs"), "Only moderators of Layoffs can see its PIN.", "Dev")
	wantText(t, w.types(kim, other, "pin Layoffs"), "319075")
	if said := w.types(mia, other, "show Layoffs"); strings.Contains(asJSON(said.Private), "319075") {
		t.Error("show tells it")
	}
	for _, r := range []Reply{
		w.presses(mia, teamCh, blocks.InviteSend, block(old), ""), w.presses(mia, teamCh, blocks.CardNumbers, block(old), ""),
		w.presses(mia, teamCh, blocks.CardMenu, block(old), "i"), w.presses(mia, teamCh, blocks.CardShare, block(old), ""),
		w.presses(mia, teamCh, blocks.CardMove, block(old), ""), w.presses(mia, teamCh, blocks.PostAnyway, block(old), teamCh),
		w.presses(mia, teamCh, blocks.ModeratorPIN, block(weekly), ""),
	} {
		wantText(t, r, "Only moderators of")
		wantPrivateOnly(t, r)
	}
	r := w.presses(bo, teamCh, blocks.ModeratorPIN, block(weekly), "")
	wantForm(t, r, blocks.FormModeratorPIN, "771204")
	if r.Private != nil {
		t.Error("it is in a message as well")
	}
	if d := cmp.Diff([]string{bo + " moderator_pin.show: done"}, shown(w.deeds())); d != "" {
		t.Errorf("audit (-want +got)\n%s", d)
	}
	r = w.presses(mia, teamCh, blocks.InviteSend, block(weekly), "")
	if len(r.Direct) != 1 || r.Direct[0].User != mia || !strings.Contains(r.Direct[0].Message.Text, "482913") {
		t.Errorf("the invitation goes to %+v", r.Direct)
	}
}

func shown(deeds []string) []string {
	var out []string
	for _, d := range deeds {
		if strings.Contains(d, "moderator_pin.show") {
			out = append(out, d)
		}
	}
	return out
}

func TestRotatingKeepsTheOtherKindAndASlipChangesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	wantText(t, w.types(bo, teamCh, "pin rotate moderater"), "/conf pin")
	if did := w.audian.done(); len(did) > 0 {
		t.Fatalf("Audian was asked for %v", did)
	}
	r := w.types(bo, teamCh, "pin rotate moderator")
	wantText(t, r, "The moderator PIN for Weekly sync is changed.")
	c, err := w.audian.ByID(t.Context(), weekly)
	w.must(err)
	if conference.FirstPIN(c.MemberPINs).Digits() != "482913" || conference.FirstPIN(c.ModeratorPINs).Digits() == "771204" || len(r.Lines) > 0 {
		t.Error("the wrong PIN was changed, or everybody was told of it")
	}
	answer, _ := w.sends(bo, blocks.FormChangePIN, blocks.Meta{Conference: weekly}, field(blocks.InPIN, "592814"))
	if answer.Errors[blocks.InSure] == "" {
		t.Error("the box need not be ticked")
	}
	answer, _ = w.sends(bo, blocks.FormChangePIN, blocks.Meta{Conference: weekly}, field(blocks.InPIN, "1111", blocks.InSure, blocks.Sure))
	if answer.Errors[blocks.InPIN] == "" {
		t.Error("an easy PIN is taken")
	}
	_, r = w.sends(bo, blocks.FormChangePIN, blocks.Meta{Conference: weekly}, field(blocks.InPIN, "593817", blocks.InSure, blocks.Sure))
	wantForm(t, r, blocks.FormChangePIN, "That PIN is taken.", "593817")
	_, r = w.sends(mia, blocks.FormChangePIN, blocks.Meta{Conference: weekly}, field(blocks.InPIN, "592814", blocks.InSure, blocks.Sure))
	wantText(t, r, "Only moderators of Weekly sync can change the PIN.")
}

// brokenKeeper cannot write down who made a conference.
type brokenKeeper struct{ Records }

func (brokenKeeper) Keep(_ context.Context, _ store.Kept) error {
	return errors.New("the disk is full")
}

func TestAnEditCanBeTakenBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	yes := true
	w.audian.all[0].MaxMembers, w.audian.all[0].EntryTone = 20, &yes
	before := w.audian.all[0]
	r := w.types(bo, other, "edit Weekly sync max=50 name=Daily entry=off profile=webinar exit=on")
	undo := buttonValue(t, r, blocks.EditUndo, 0)
	wantText(t, w.pressesOwn(mia, other, blocks.EditUndo, "", undo), "Only moderators of Daily can change it.")
	r = w.pressesOwn(bo, other, blocks.EditUndo, "", undo)
	wantText(t, r, "its new name", "up to 20 people")
	after := w.audian.all[0]
	if after.Name != before.Name || after.MaxMembers != 20 || !is(after.EntryTone) || is(after.ExitTone) || after.Profile != "default" || !r.Over {
		t.Errorf("it is now %+v", after)
	}
	if r = w.types(bo, other, "edit Weekly sync pin=592814 max=9"); strings.Contains(asJSON(r.Private.Blocks), blocks.EditUndo) {
		t.Error("a button carries the old PIN, or takes only half of it back")
	}
	pick := blocks.PickValue(blocks.Pick{Command: "kick", Conference: weekly, Rest: `{"w":[{"t":"all"}]}`})
	wantText(t, w.pressesOwn(bo, other, blocks.EditUndo, "", pick), "out of date")
}
