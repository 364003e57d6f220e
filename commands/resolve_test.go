package commands

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// named conferences that are much alike.
func (w *world) alike() {
	for _, c := range []conference.Conference{
		{ID: "conf_team", Name: "Team"},
		{ID: "conf_team7", Name: "Team 7 north"},
		{ID: "conf_bob", Name: "Bob's room"},
		{ID: "conf_oncall", Name: "Pager oncall"},
		{ID: "conf_twin1", Name: "Standup"},
		{ID: "conf_twin2", Name: "Stаndup"}, // the second with a Cyrillic letter
	} {
		w.audian.all = append(w.audian.all, c)
		w.must(w.store.Keep(w.t.Context(), store.Kept{Conference: c.ID, Creator: ana, CreatedAt: w.clock}))
	}
	w.must(w.store.Keep(w.t.Context(), store.Kept{Conference: "conf_twin2", Creator: bo, CreatedAt: w.clock}))
}

func TestWhichConferenceIsMeant(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, channel, text string
		conf                conference.ID // "": it asks
		rest                string
		says                string
	}{
		{"the channel's own, with nothing said", teamCh, "mute 7", weekly, "7", ""},
		{"the channel's own, with words that name none", teamCh, "mute alice chen", weekly, "alice chen", ""},
		{"an exact name", teamCh, "mute team bob", "conf_team", "bob", ""},
		{"the longest beginning", teamCh, "mute team 7 north bob", "conf_team7", "bob", ""},
		{"an exact name before a longer part", teamCh, "mute team 7 bob", "conf_team", "7 bob", ""},
		{"a part of a name", teamCh, "mute review bob", review, "bob", ""},
		{"a name in quotes", teamCh, "mute “week review” 3", review, "3", ""},
		{"an id", teamCh, "mute " + string(review) + " 3", review, "3", ""},
		{"an apostrophe", teamCh, "mute bob's room 3", "conf_bob", "3", ""},
		{"a look-alike letter", teamCh, "mute wееk review 3", review, "3", ""},
		{"one word is always a caller", teamCh, "mute team", weekly, "team", ""},
		{"a keyword as a conference's name", teamCh, "people team private", "conf_team", "private", ""},
		{"the keyword alone", teamCh, "people private", weekly, "private", ""},
		{"a name behind the keyword", teamCh, "people private week review", review, "private", ""},
		{"a keyword behind the keyword", teamCh, "pin rotate moderator", weekly, "rotate moderator", ""},
		{"a keyword in the middle of a name", teamCh, "people all", "", "", "There's no conference called “all”."},
		{"a keyword that begins a word of a name", teamCh, "kick all hands", weekly, "all hands", ""},
		{"three letters in the middle of a word", teamCh, "show tan", "", "", "There's no conference called “tan”."},
		{"the whole name", teamCh, "show team", "conf_team", "", ""},
		{"no name, in its channel", teamCh, "pin", weekly, "", ""},
		{"a part that fits several, in a linked channel", teamCh, "mute week bob", weekly, "week bob", ""},
		{"a part that fits several, elsewhere", other, "mute week bob", "", "", "Two conferences match “week”"},
		{"a part that fits several", teamCh, "show week", "", "", "Two conferences match “week”"},
		{"two of one name", teamCh, "mute standup bob", "", "", "Two conferences match “standup”"},
		{"two of one name, alone", teamCh, "show standup", "", "", "Two conferences match “standup”"},
		{"nothing named, elsewhere", other, "pin", "", "", "Which conference?"},
		{"nothing named, with a caller", other, "mute bob", "", "", "Which conference?"},
		{"a slip in the beginning", teamCh, "show wekly", "", "", "There's no conference called “wekly”. Did you mean Weekly sync?"},
		{"a slip", teamCh, "show wekly sync", "", "", "There's no conference called “wekly sync”. Did you mean Weekly sync?"},
		{"nothing like it", teamCh, "show zebra crossing", "", "", "There's no conference called “zebra crossing”."},
		{"a link must be named", teamCh, "link", "", "", "Which conference?"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.alike()
			row, words, _ := w.desk.rowFor(Split(tt.text))
			p, err := w.desk.person(t.Context(), w.from(ana, tt.channel))
			w.must(err)
			c, rest, err := w.desk.conferenceIn(t.Context(), p, w.from(ana, tt.channel), words, row.need, row.tail)
			if tt.conf != "" && (err != nil || c.ID != tt.conf || Join(rest) != tt.rest) {
				t.Errorf("got %q and %q (%v), want %q and %q", c.ID, Join(rest), err, tt.conf, tt.rest)
			}
			if tt.conf == "" {
				wantText(t, w.types(ana, tt.channel, tt.text), tt.says)
			}
			if did := w.audian.done(); len(did) > 0 {
				t.Errorf("Audian was asked for %v", did)
			}
		})
	}
}

func TestTheOnlyLiveConferenceIsMeantWhereNoneIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.must(w.store.SaveRef(t.Context(), store.MessageRef{Channel: teamCh, TS: "1.1", Conference: weekly, Kind: store.KindCard, PostedAt: w.clock}))
	w.types(ana, teamCh, "people private")
	wantText(t, w.types(ana, other, "mute 3"), "Caller 3")
	w.fill(review)
	w.must(w.store.SaveRef(t.Context(), store.MessageRef{Channel: other, TS: "1.2", Conference: review, Kind: store.KindCard, PostedAt: w.clock}))
	w.types(ana, other, "people review private")
	wantText(t, w.types(ana, other, "mute 2"), "Which conference?")
}

func TestAChoiceGoesOnWithWhatStoodBehindTheName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	w.audian.join(weekly, "p4", `5" pipe “x” & <b>`, phones[3], w.clock)
	w.audian.done()

	r := w.types(ana, other, "mute week 3")
	first := buttonValue(t, r, blocks.ConferencePick, 0)
	r = w.pressesOwn(ana, other, blocks.ConferencePick, "", first)
	wantText(t, r, "Caller 3", "is muted")
	if !r.Over {
		t.Error("the question stays")
	}

	r = w.types(ana, other, `mute week '5" pipe “x” &amp; &lt;b&gt;'`)
	wantText(t, w.pressesOwn(ana, other, blocks.ConferencePick, "", buttonValue(t, r, blocks.ConferencePick, 0)), "Caller 4", "is muted")

	r = w.types(ana, other, "mute week “all”")
	wantText(t, w.pressesOwn(ana, other, blocks.ConferencePick, "", buttonValue(t, r, blocks.ConferencePick, 0)), "Nobody on the line matches “all”")

	r = w.types(ana, other, "edit week max=50 name=“All 'hands' & more” pin=592814 modpin=4821771")
	value := buttonValue(t, r, blocks.ConferencePick, 0)
	if strings.Contains(asJSON(r.Private), "592814") || strings.Contains(asJSON(r.Private), "4821771") {
		t.Error("the question carries a PIN")
	}
	w.audian.done()
	wantText(t, w.pressesOwn(ana, other, blocks.ConferencePick, "", value), "up to 50 people")
	c, err := w.audian.ByID(t.Context(), weekly)
	w.must(err)
	if c.Name != "All 'hands' & more" || conference.FirstPIN(c.MemberPINs).Digits() != "482913" {
		t.Errorf("it is now called %q", c.Name)
	}
	if d := cmp.Diff([]string{"update conf_weekly"}, w.audian.done()); d != "" {
		t.Error(d)
	}
}

func TestAChoiceIsAllowedOrRefusedAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.fill(weekly)
	pick := func(command, rest string) string {
		return blocks.PickValue(blocks.Pick{Command: command, Conference: weekly, Rest: rest})
	}
	for _, value := range []string{
		pick("mute", `{"w":[{"t":"3"}]}`), pick("kick", `{"w":[{"t":"all"}]}`), pick("edit", `{"s":{"max":"5"}}`), pick("edit", ""),
		pick("delete", ""), pick("pin", `{"w":[{"t":"rotate"}]}`), pick("link", ""), pick("lock", ""), pick("attendance", ""), pick("audit", ""),
		pick("moderators", `{"w":[{"t":"add"},{"t":"x","u":"UMIA"}]}`), pick("label", `{"w":[{"t":"3"},{"t":"Boss"}]}`),
	} {
		r := w.pressesOwn(mia, other, blocks.ConferencePick, "", value)
		wantText(t, r, "Only ")
		wantPrivateOnly(t, r)
	}
	for _, command := range []string{"create", "help", "list", "unlink", "start", "", "no such command"} {
		wantText(t, w.pressesOwn(mia, other, blocks.ConferencePick, "", pick(command, "")), "Weekly sync") // shows it
	}
	for _, value := range []string{"", "x", pick("mute", "{"), pick("mute", "3"), "1a|b", "2mute|conf_weekly|"} {
		wantText(t, w.pressesOwn(ana, other, blocks.ConferencePick, "", value), "out of date")
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
	r := w.pressesOwn(mia, other, blocks.ConferencePick, "", blocks.PickValue(blocks.Pick{Command: "show", Conference: board}))
	if strings.Contains(text(r), "Board") {
		t.Errorf("it shows what is private: %s", text(r))
	}
}

func TestConferencesOfOneNameAreOfferedApart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.alike()
	wantText(t, w.types(ana, teamCh, "show standup"), "set up by Ana", "set up by Bo")
}

func TestUnknownWordsGetTheNearestCommand(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for text, says := range map[string]string{
		"muet 7": "Did you mean /conf mute?", "Kcik 3": "Did you mean /conf kick?", "particpants": "", "zebra": "I don't know /conf zebra.",
		"help muet": "Did you mean /conf mute?", "help": "confbot runs phone conferences", "help kick": "kick 7", "help /conf mute": "mute others",
		"“mute” 3": "I don't know /conf mute.", "start": "I don't know /conf start.",
	} {
		r := w.types(ana, teamCh, text)
		wantText(t, r, says)
		wantPrivateOnly(t, r)
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

func TestSecretsInTheOpenAreNotUsed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for text, what := range map[string]string{
		"create X pin=592814": "a PIN", "create X --modpin 592814": "a PIN", "edit Weekly sync PIN:592814": "a PIN",
		"creat X modpin=9999": "a PIN", "show Weekly sync pin=5928": "a PIN", "label +14155550177 Boss": "a phone number",
		"mute +1 415 555 0177": "a phone number", "mute (415) 555-0177": "a phone number", "mute <tel:+14155550177|+1 415 555 0177>": "a phone number",
	} {
		r := w.says(ana, teamCh, text)
		wantText(t, r, "shows "+what, "Delete the message")
		wantPrivateOnly(t, r)
	}
	w.fill(weekly)
	wantText(t, w.says(ana, teamCh, "mute 4821"), "Caller 3")
	wantText(t, w.says(ana, teamCh, "create Kick-off 2027-01-04"), "is ready")
	wantText(t, w.types(ana, teamCh, "mute +1 415 555 0199"), "Nobody") // privately it is fine
	if d := cmp.Diff([]string{"mute p3 of conf_weekly", "create Kick-off 2027-01-04"}, w.audian.done()); d != "" {
		t.Error(d)
	}
}
