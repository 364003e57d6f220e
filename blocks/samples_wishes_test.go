package blocks

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
)

func wishSamples() []sample {
	named := aLine(4)
	named.Conference.Name = hostile[0]
	hidden := aLine(1)
	hidden.Snapshot.Run.Callers[0].Number = conference.NewNumber("anonymous")
	m := Meta{Conference: confID}
	return []sample{
		msg("needs_form_named", NeedsForm(aLine(2), PanelMuteOthers, ""), "Press Mute others to go on."),
		msg("needs_form", NeedsForm(aLine(0), ConferencePick, PickValue(Pick{Command: "edit", Conference: confID})), "That needs a form."),
		form("kick_unknown_form", KickSomeForm(aLine(4), true, m)),
		form("kick_others_form", KickSomeForm(named, false, m)),
		msg("not_deleted", NotDeleted(aLine(4), 2, []int{3, 4}), "Weekly sync is not deleted", "I removed 2 people.", "Callers 3 and 4 may still be on the line."),
		msg("moderators_stay", ModeratorsStay(StayedData{Line: aLine(0), Creator: []string{"U0ANA"}, Outside: map[WhyNot][]string{
			IsGuest: {"U0BO"}, IsElsewhere: {"U0Y"}, IsApp: {"U0X", "U0Z"}, HasLeft: {"U0V"},
		}}, Moderators(aLine(0))),
			"Ana Ruiz set it up and stays a moderator. Bo Lin is a guest, so they can't moderate.", "belongs to another organisation, so they can't moderate.",
			"are apps, so they can't moderate.", "has left, so they can't moderate.", "is moderated by"),
		msg("label_hidden", LabelHidden(hidden.Who(hidden.Snapshot.Run.Callers[0])), "hides their number"),
		msg("not_happened", NotHappened(aLine(4), conference.Kick, aCaller(4)), "is still on the line. Ask again"),
		msg("interrupted", Interrupted(), "I can't tell whether it was done."),
		msg("changed_before", ChangedBefore(hostile[0]), "I was restarted while I changed it."),
		msg("not_done_unsure", NotDone(NotDoneData{Wish: "kick caller 7, " + hostile[1], Asked: at("07:41:00"), Begun: true}), "I can't tell whether it was done."),
		msg("not_done_done", NotDone(NotDoneData{Wish: "kick caller 7", Asked: at("07:41:00"), Begun: true, Done: true}), "It was done."),
		msg("label_gone", LabelGone(), "Nothing was changed."),
		msg("bulk_stopped", Bulk(BulkData{Line: aLine(4), Action: conference.Mute, Count: 3, RolesKnown: true, Unsure: []int{4}, Untried: 25}),
			"Muted 3 people.", "Caller 4 didn't confirm.", "I left 25 people as they were."),
	}
}

func TestAnEditIsToldInWords(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	pin := []conference.PIN{conference.NewPIN("482913")}
	before := weekly()
	after := before
	after.Name, after.MaxMembers, after.Profile, after.EntryTone, after.ExitTone = "Daily", 0, "webinar", &no, &yes
	after.MemberPINs, after.ModeratorPINs = nil, pin
	got := SettingsDiff{Before: before, After: after, DialIn: true, Number: true, Private: &yes, Open: &no}.Words()
	want := []string{
		"its new name", LimitWords(0), "kind webinar", "no tone when somebody joins", "a tone when somebody leaves",
		"no PIN for people", "a new moderator PIN", "its own phone number", "its conference number", "private", "only moderators announce it",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if got := (SettingsDiff{Before: before, After: before}).Words(); got != nil {
		t.Errorf("nothing was changed, but it says %v", got)
	}
}

func TestConferencesOfOneNameAreToldApart(t *testing.T) {
	t.Parallel()
	if got := TwinName("Standup", "Bo", "conf_1"); got != "Standup, set up by Bo" {
		t.Error(got)
	}
	if got := TwinName("Standup", "", "conf_1"); got != "Standup, id conf_1" {
		t.Error(got)
	}
}
