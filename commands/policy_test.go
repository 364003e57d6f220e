package commands

import (
	"errors"
	"strings"
	"testing"

	"confbot/conference"
	"confbot/store"
)

// rightLetters are the rights in the order of the tables below: See, PIN,
// Create, Moderate, aNnounce, Adopt, Delete.
var rightLetters = []struct {
	letter string
	right  Right
}{{"S", RightSee}, {"P", RightPIN}, {"C", RightCreate}, {"M", RightModerate}, {"N", RightAnnounce}, {"A", RightAdopt}, {"D", RightDelete}}

func TestWhoMayDoWhat(t *testing.T) {
	t.Parallel()
	adopted := func(r *Rules) { r.HideUnadopted = true }
	few := func(r *Rules) { r.CreateAll = false }
	named := func(r *Rules) { r.Admins = []string{mia} }
	outside := func(r *Rules) { r.AllowExternal = true }
	for name, tt := range map[string]struct {
		rules   func(*Rules)
		channel string
		conf    conference.ID
		want    map[string]string // who → rights; "-": refused altogether; "": it does not exist for them
	}{
		"one that was made here": {nil, teamCh, weekly, map[string]string{
			ana: "SPCMNAD", bo: "SPCMNA", mia: "SPC", dev: "SPCMNAD", kim: "SPCMNA", greta: "SPCMNA", hana: "-", xeno: "-", robot: "-",
		}},
		"one that was not":                {nil, teamCh, old, map[string]string{mia: "SC", dev: "SPCMNAD", kim: "SPCMN", greta: "SPCMN", hana: "-"}},
		"one that was not, hidden":        {adopted, teamCh, old, map[string]string{mia: "", dev: "SPCMNAD", kim: "SPCMN"}},
		"one that all may announce":       {nil, teamCh, open, map[string]string{mia: "SPCN", dev: "SPCMNAD", hana: "-"}},
		"a private one, from elsewhere":   {nil, teamCh, board, map[string]string{mia: "", ana: "", dev: "SPCMNAD", kim: "SPCMNA", hana: "-"}},
		"a private one, from its channel": {nil, foyer, board, map[string]string{mia: "SPC", hana: "-"}},
		"a private one, from App Home":    {nil, "", board, map[string]string{mia: "", dev: "SPCMNAD"}},
		"when only moderators create":     {few, teamCh, weekly, map[string]string{mia: "SP", ana: "SPMNAD", kim: "SPCMNA", dev: "SPCMNAD"}},
		"with admins of our own":          {named, teamCh, weekly, map[string]string{mia: "SPCMNAD", dev: "SPC"}},
		"when outsiders are members":      {outside, teamCh, weekly, map[string]string{hana: "SPC", xeno: "SPC", robot: "-"}},
		"outsiders and strange ones":      {outside, teamCh, old, map[string]string{hana: "SC"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rules := tt.rules
			if rules == nil {
				rules = func(*Rules) {}
			}
			w := newWorld(t, rules)
			for user, want := range tt.want {
				if got := w.rightsOf(user, tt.channel, tt.conf); got != want {
					t.Errorf("%s may %q, want %q", user, got, want)
				}
			}
		})
	}
}

// rightsOf asks for each right in turn and checks what a refusal says.
func (w *world) rightsOf(user, channel string, id conference.ID) string {
	w.t.Helper()
	ctx := w.t.Context()
	p, err := w.desk.person(ctx, w.from(user, channel))
	if err != nil {
		if r, ok := errors.AsType[*Refusal](err); !ok || !r.Outsider {
			w.t.Errorf("%s: %v", user, err)
		}
		return "-"
	}
	c, err := w.audian.ByID(ctx, id)
	w.must(err)
	may := ""
	for _, r := range rightLetters {
		_, err := w.desk.allow(ctx, p, channel, c, r.right)
		refusal, refused := errors.AsType[*Refusal](err)
		switch {
		case err == nil:
			may += r.letter
		case refused:
			if len(refusal.Ask) == 0 || refusal.Conference.ID != id {
				w.t.Errorf("%s refused %s: names nobody who could help: %+v", user, r.letter, refusal)
			}
		case conference.ReasonOf(err) != conference.NoConference:
			w.t.Errorf("%s: %v", user, err)
		}
	}
	return may
}

func TestAnotherWorkspaceIsRefusedPlainly(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	o := w.from(ana, teamCh)
	o.Team = "T2"
	wantText(t, w.saw(w.desk.Command(t.Context(), Request{Origin: o, Text: "list"})), "belongs to another workspace")
	wantText(t, w.saw(w.desk.Click(t.Context(), Click{Origin: o, ActionID: "panel.mute_others", BlockID: block(weekly)})), "belongs to another workspace")
	wantText(t, w.saw(w.desk.Submit(t.Context(), Submission{Origin: o, View: ViewRef{CallbackID: "form.create"}})), "belongs to another workspace")
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

func TestSomebodyWhoLeftMayNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(r *Rules) { r.AllowExternal = true })
	m := w.slack.people[ana]
	m.Deleted = true
	w.slack.people[ana] = m
	wantText(t, w.types(ana, teamCh, "pin"), "members of this workspace")
}

func TestARefusalIsPrivateAndNamesWhoCanHelp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(w.store.Link(t.Context(), store.Link{Channel: other, Conference: weekly, By: ana, At: w.clock}))
	w.fill(weekly)
	for _, text := range []string{
		"mute 1", "kick 1", "deaf 1", "mute others", "edit max=5", "edit", "pin rotate", "link Weekly sync", "unlink", "label 3 Front desk",
		"moderators Weekly sync add <@" + mia + ">", "attendance", "audit", "delete Weekly sync", "lock", "unlock",
	} {
		r := w.types(mia, other, text)
		wantText(t, r, "Only ", "Weekly sync", "Ask Ana")
		if strings.Contains(wantPrivateOnly(t, r), "doesn't exist") {
			t.Errorf("%s: %s", text, r.Private.Text)
		}
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}

// wantPrivateOnly fails when anybody but the person would see something.
func wantPrivateOnly(t *testing.T, r Reply) string {
	t.Helper()
	if r.Private == nil || r.View != nil || r.Card != nil || len(r.Lines)+len(r.Posts)+len(r.Direct) > 0 || r.Later != nil {
		t.Errorf("want a private message and nothing else, got %+v", r)
		return ""
	}
	return r.Private.Text
}

func TestWhatSomebodyMayNotSeeDoesNotExist(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, r := range []Reply{
		w.types(mia, teamCh, "show Board"), w.types(mia, teamCh, "pin Board"), w.types(mia, teamCh, "delete Board"),
		w.types(mia, teamCh, "show "+string(board)), w.types(mia, teamCh, "mute Board 1"),
		w.presses(mia, teamCh, "participant.mute", block(board), value(w.fill(board)[0])),
		w.presses(mia, teamCh, "card.who", block(board), ""),
		w.presses(mia, teamCh, "moderator_pin.show", block(board), ""),
		w.presses(mia, teamCh, "invitation.send", block(board), ""),
	} {
		said := wantPrivateOnly(t, r)
		if strings.Contains(said, "Board") && !strings.Contains(said, "“Board”") {
			t.Errorf("the reply shows that it exists: %s", said)
		}
	}
	for _, text := range []string{"list", "list board", ""} {
		if said := w.types(mia, teamCh, text); strings.Contains(asJSON(said.Private), "Board") && text != "list board" {
			t.Errorf("%q shows it: %s", text, said.Private.Text)
		}
	}
	if did := w.audian.done(); len(did) > 0 {
		t.Errorf("Audian was asked for %v", did)
	}
}
