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
	wantText(t, w.types(mia, other, "create Coffee"), "I asked Audian to create Coffee and got no answer.")
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

// brokenKeeper cannot write down who made a conference.
type brokenKeeper struct{ Records }

func (brokenKeeper) Keep(_ context.Context, _ store.Kept) error {
	return errors.New("the disk is full")
}
