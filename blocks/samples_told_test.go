package blocks

import (
	"errors"
	"fmt"
	"time"

	"confbot/conference"
	"confbot/live"
)

func toldSamples() []sample {
	l := aLine(5)
	access := AccessOf(l.Conference, dialIn, "")
	alice, nobody, unknown := l.Snapshot.Run.Callers[3], l.Snapshot.Run.Callers[2], l.Snapshot.Run.Callers[4]
	unknown.Name = ""
	gone := alice
	gone.Left = at("08:41:00")
	acted := func(a conference.Action, change ...func(*ActedData)) Message {
		d := ActedData{Line: l, Action: a, Caller: alice}
		for _, c := range change {
			c(&d)
		}
		return Acted(d)
	}
	berlin := zone("Europe/Berlin")
	return []sample{
		msg("created", Created(CreatedData{Line: l, Access: access, Here: "C0TEAM"}),
			"Weekly sync is ready. Call +1 415 555 0100, PIN 482913, then #. You moderate it. The PIN digit by digit: 4 8 2 9 1 3."),
		msg("created_bare", Created(CreatedData{Line: l, Access: Access{PIN: conference.NewPIN("482913"), Unproven: true}, Admins: []string{"Dev"}}),
			"There is no phone number yet: add dialin= with /conf edit, or ask Dev.", "I couldn't confirm that the PIN protects it yet."),
		msg("created_open", Created(CreatedData{Line: l, Access: Access{Open: true}}), "No PIN: anybody who knows the number can join."),
		msg("changed", Changed(l, []string{"up to 50 people", "a tone when somebody joins"}, "undo-1"),
			"Weekly sync is changed: up to 50 people and a tone when somebody joins. This counts for people who dial in from now on."),
		msg("changed_nothing", Changed(l, nil, ""), "Nothing was changed."),
		msg("acted_mute", acted(conference.Mute), "Caller 4, Alice Chen, is muted. They can unmute themselves with star 1."),
		msg("acted_unmute", acted(conference.Unmute), "can be heard again."),
		msg("acted_deaf", acted(conference.Deaf), "can't hear the conference now."),
		msg("acted_undeaf", acted(conference.Undeaf), "can hear again."),
		msg("acted_kick", acted(conference.Kick), "Caller 4, Alice Chen, is off the line. They know the PIN and can dial back in."),
		msg("acted_already", acted(conference.Mute, func(d *ActedData) { d.Already, d.By = true, "Bo" }), "Caller 4 was already muted, by Bo."),
		msg("acted_waiting", acted(conference.Mute, func(d *ActedData) { d.Waiting = true }),
			"I asked Audian to mute caller 4, Alice Chen. It hasn't happened yet; the list updates when it does."),
		msg("kicked_hidden", Kicked(l, nobody), "Caller 3, hidden number, is off the line. Their number is hidden"),
		msg("ask_kick", AskKick(l, unknown), "Kick caller 5? Unknown caller, ends 1005"),
		msg("kept_out", KeptOut(l, unknown), "I'll remove ends 1005 again whenever they come back, until this run ends."),
		msg("kept_out_hidden", KeptOut(l, nobody), "Their number is hidden"),
		msg("left_alone", LeftAlone(), "Left as it is."),
		msg("back_again", BackAgain(l.Who(unknown)), "The caller ending 1005 dialled in again and was removed."),
		msg("left_already", LeftAlready(l, gone, berlin), "Caller 4, Alice Chen, left at 09:41. Nothing was done."),
		msg("bulk_mute", Bulk(BulkData{Line: l, Action: conference.Mute, Count: 36, You: true, Moderators: 2, RolesKnown: true, Unsure: []int{12}}),
			"Muted 36 people. Left alone: you and 2 moderators. Caller 12 didn't confirm."),
		msg("bulk_unknown", Bulk(BulkData{Line: l, Action: conference.Mute, Unknown: true, Count: 0}), "There was nobody to mute"),
		msg("bulk_unmute", Bulk(BulkData{Line: l, Action: conference.Unmute, Count: 1, Failed: []int{3, 9}}),
			"Unmuted 1 person. Callers 3 and 9 couldn't be changed."),
		msg("bulk_roles_unknown", Bulk(BulkData{Line: l, Action: conference.Mute, Count: 2, You: true}), "I can't tell who else moderates."),
		msg("progress", Progress(conference.Mute, 12, 37), "Muting, 12 of 37."),
		msg("newcomers", Newcomers(l, true), "Newcomers are muted when they join"),
		msg("newcomers_off", Newcomers(l, false), "no longer muted"),
		msg("ended", Ended(l, 38, nil), "Hung up on 38 people in Weekly sync."),
		msg("full_number", FullNumber(l.Who(alice), alice.Number), "Caller 4, Alice Chen: +1 415 555 1004."),
		msg("this_is_me", ThisIsMe(l.Who(alice)), "Caller 4 is your line."),
		msg("this_is_me_taken", AskThisIsMe(l.Who(alice), "Gus"), "Caller 4 is already Gus's line."),
		msg("pin", PIN(PINData{Line: l, Access: access}), "Weekly sync: call +1 415 555 0100, PIN 482913, then #."),
		msg("pin_changed", PINChanged(PINChangedData{Line: l, PIN: conference.NewPIN("771204"), Posts: 3, Told: 9}),
			"The PIN for Weekly sync is now 771204. The old one no longer works. I corrected 3 posts and messaged 9 people. The PIN digit by digit: 7 7 1 2 0 4."),
		msg("pin_changed_moderator", PINChanged(PINChangedData{Line: l, Moderator: true}), "The moderator PIN for Weekly sync is changed."),
		msg("pin_is_now", PINIsNow(conference.NewPIN("771204"), "U0ANA", l.Names), "The PIN is now 771204, then #. Changed by Ana Ruiz."),
		msg("new_pin", NewPIN(l, conference.NewPIN("771204"), "09:25"), "New PIN for Weekly sync: 771204, then #. The one I sent at 09:25 no longer works."),
		msg("linked", Linked("U0ANA", l.Names, l), "Ana Ruiz linked this channel to Weekly sync."),
		msg("unlinked", Unlinked("Weekly sync"), "no longer linked to Weekly sync"),
		msg("unlinked_nothing", Unlinked(""), "isn't linked"),
		msg("moderated", Moderated(l, []string{"U0BO"}, []string{"U0CLEO"}), "Bo Lin moderates Weekly sync. <@U0CLEO> no longer moderates Weekly sync."),
		msg("moderators_list", Moderators(l), "Weekly sync is moderated by Ana Ruiz and Bo Lin."),
		msg("moderators_none", Moderators(Line{Conference: weekly(), Command: "/conf"}), "Nobody moderates Weekly sync yet."),
		msg("you_moderate", YouModerate(l, "U0ANA"), "Ana Ruiz made you a moderator of Weekly sync."),
		msg("other_moderates", OtherModerates(l, "U0ANA", "U0BO", true), "Ana Ruiz made Bo Lin a moderator of Weekly sync."),
		msg("other_moderates_not", OtherModerates(l, "U0ANA", "U0BO", false), "Ana Ruiz took Bo Lin off the moderators of Weekly sync."),
		msg("number_is_yours", NumberIsYours(l.Who(alice), "U0BO", l.Names, "v"), "Bo Lin says the number ending 1004 is yours."),
		msg("labelled", Labelled("1004", "Alice Chen"), "The number ending 1004 is now called Alice Chen."),
		msg("label_claims", LabelClaims(), "A label can't say moderator, admin or you"),
		msg("card_here", CardHere(l, "https://acme.slack.com/archives/C1/p1"), "Weekly sync already has a card in this channel."),
		msg("card_posted", CardPosted(l, "C0TEAM", "https://acme.slack.com/archives/C1/p1"), "The card of Weekly sync is in <#C0TEAM>."),
		msg("label_taken", LabelTaken("1004"), "The number ending 1004 is no longer shown as yours."),
		msg("locked", Locked(l, true), "Weekly sync is locked. Nobody else can join"),
		msg("unlocked", Locked(l, false), "Weekly sync is unlocked."),
		msg("all_numbers", AllNumbers(l, access), "+1 415 555 0100", "Germany: +49 30 12345678."),
		msg("adopted", Adopted(2), "2 conferences have somebody to look after them now."),
		msg("adopted_none", Adopted(0), "Nobody was chosen"),
		msg("no_card_here", NoCardHere("/conf"), "This message shows no conference."),
		msg("preferences_saved", PreferencesSaved(), "Your preferences are saved."),
		msg("day_limit", DayLimit("made 5 conferences"), "You have made 5 conferences in the last 24 hours"),
		msg("deleted", Deleted("Weekly sync"), "Weekly sync is deleted."),
		msg("name_taken", NameTaken(l, "Bo"), "Weekly sync already exists, set up by Bo."),
		msg("not_done", NotDone(NotDoneData{Wish: "mute caller 7, Alice Chen, in Weekly sync", Asked: at("08:41:00"), Zone: berlin}),
			"I restarted before I could mute caller 7, Alice Chen, in Weekly sync. You asked at 09:41. It was not done."),
		msg("invitation", Invitation(InvitationData{Line: l, Access: AccessOf(l.Conference, dialIn, "7001"), Starts: at("08:30:00"), Every: "Every Monday", Zone: berlin, Now: at("08:00:00")}),
			"Weekly sync: call +1 415 555 0100, conference number 7001, then #, PIN 482913, then #."),
		msg("invitation_sent", InvitationSent(l), "I sent you the invitation for Weekly sync as a direct message."),
		msg("reminder", Reminder(ReminderData{Line: l, Access: access, Starts: at("08:30:00"), Now: at("08:25:00"), Value: "r1"}),
			"Weekly sync in 5 minutes. Call +1 415 555 0100, PIN 482913, then #."),
		msg("reminder_from_germany", Reminder(ReminderData{Line: l, Access: access, Starts: at("08:30:00"), Now: at("08:30:00"), Country: "de", Value: "r1"}),
			"Weekly sync now. Call +49 30 12345678, PIN 482913"),
		msg("reminder_set", ReminderSet(l, 5, true), "5 minutes before each run of Weekly sync"),
		msg("reminder_off", ReminderSet(l, 5, false), "I no longer remind you of Weekly sync."),
		msg("reminder_not_today", NotToday(l), "Not today, then."),
		msg("waiting", Waiting(l, 3), "3 people are waiting in Weekly sync and no moderator is on."),
	}
}

func askSamples() []sample {
	l := aLine(5)
	choices := []Choice{
		{PickValue(Pick{Command: "mute", Conference: confID, Rest: "3"}), "Weekly sync"},
		{PickValue(Pick{Command: "mute", Conference: "c2", Rest: "3"}), "Week review"},
		{PickValue(Pick{Command: "mute", Conference: "c3", Rest: "3"}), "Weekend on-call <!here>"},
	}
	rows := []HelpRow{
		{Name: "create", Usage: "create [NAME] [pin= …]", Summary: "Creates a conference", Group: GroupSetUp, Examples: []string{"create Standup"}},
		{Name: "edit", Usage: "edit CONF", Summary: "Changes a conference", Group: GroupSetUp, Examples: []string{"edit Standup"}},
		{Name: "pin", Usage: "pin [CONF]", Summary: "Shows the PIN", Group: GroupDialIn, Examples: []string{"pin Standup"}},
		{Name: "people", Usage: "people [CONF]", Summary: "Shows who is on", Group: GroupLine, Examples: []string{"people Standup"}, Aliases: []string{"participants", "who"}},
		{Name: "mute", Usage: "mute [CONF] WHO", Summary: "Mutes a caller", Group: GroupLine, Examples: []string{"mute 7", "mute others"}},
		{Name: "announce", Usage: "announce [CONF] [#channel] [WHEN]", Summary: "Announces it", Group: GroupChannel, Examples: []string{"announce Standup every weekday at 9:25"}},
		{Name: "audit", Usage: "audit [CONF]", Summary: "Shows who did what", Group: GroupBack, Examples: []string{"audit Standup"}},
	}
	eyes := EyesData{Line: l, Channel: "C0ALL", ChannelName: "all-hands", Members: 412, Guests: 3, Value: "v"}
	sharedEyes := eyes
	sharedEyes.Shared, sharedEyes.ChannelName = true, "acme"
	return []sample{
		msg("which_one", WhichOne(CandidatesData{Typed: "week", Choices: choices, Command: "/conf"}),
			"Three conferences match “week”: Weekly sync, Week review, Weekend on-call &lt;!here&gt;."),
		msg("which_one_many", WhichOne(CandidatesData{Typed: "<week>", Choices: append(append(choices, choices...), choices...)}), "and 4 more"),
		msg("which_none_named", WhichOne(CandidatesData{Choices: choices[:2], Linked: true}),
			"Which conference? This channel isn't linked to one. Type its name after the command."),
		msg("no_conference", NoConference(CandidatesData{Typed: "wekly", Choices: choices[:1]}), "There's no conference called “wekly”. Did you mean Weekly sync?"),
		msg("nobody_matches", NobodyMatches(l, "bob"), "Nobody on the line matches “bob”."),
		msg("which_caller", WhichCaller(l, "a", "mute", l.Snapshot.Run.Callers), "Five callers match “a”: 1, Ana Ruiz, ends 1001, 2, Priya Nair 2"),
		msg("unknown_command", UnknownCommand("/conf", "muet", "mute"), "I don't know /conf muet. Did you mean /conf mute? Nothing was done."),
		msg("misused", Misused("/conf", rows[4]), "Type /conf mute [CONF] WHO. For example /conf mute 7 or /conf mute others."),
		msg("no_conferences", NoConferences("/conf"), "No conferences yet. Type /conf create and a name."),
		msg("help", Help("/conf", rows), "confbot runs phone conferences from Slack. Type /conf create and a name, /conf pin, /conf people, /conf mute and a caller's number or /conf announce. More: /conf help and a command."),
		msg("help_on", HelpOn("/conf", rows[3]), "/conf people [CONF]: Shows who is on. For example: /conf people Standup. Also: /conf participants, /conf who."),
		msg("start", Start(StartData{Command: "/conf", Channel: true}), "Phone conferences. This channel has no conference yet. Type /conf create and a name, or /conf help."),
		msg("start_linked", Start(StartData{Command: "/conf", Channel: true, Linked: &someRows(4)[0], Live: someRows(4)[1:]}), "this channel's conference: nobody"),
		msg("conferences", Conferences(ConferencesData{Command: "/conf", Rows: someRows(8), Pages: 3, Page: 1, Total: 20, Reader: Reader{Admin: true}, Others: 3, Silent: true}),
			"20 conferences.", "Standup 1: not known.", "Audian isn't answering"),
		msg("conferences_none", Conferences(ConferencesData{Command: "/conf"}), "No conferences yet."),
		msg("conferences_not_found", Conferences(ConferencesData{Command: "/conf", Query: "x"}), "There's no conference called “x”."),
		msg("show", Show(ShowData{
			Line: l, Access: AccessOf(l.Conference, dialIn, ""), Reader: reader(true), Linked: []string{"C0TEAM"}, Next: at("08:30:00").AddDate(0, 0, 7),
			Every: "Every Monday at 09:30", By: "U0ANA", Now: at("08:32:00"), Private: true,
		}), "Weekly sync: live, 5 people on the line since 09:30.", "PIN 482913", "Settings: up to 50 people, a tone when somebody joins.", "Next: Monday, 30 November, 09:30."),
		msg("show_not_looked_after", Show(ShowData{Line: aLine(0), HidePIN: true, Reader: reader(false)}), "its PIN is shown to admins only"),
		msg("many_eyes", ManyEyes(eyes), "#all-hands has 412 people, 3 of them guests. All of them will see the number and the PIN of Weekly sync. Post it?"),
		msg("foreign_eyes", ManyEyes(sharedEyes), "#acme is shared with another organisation."),
		msg("invite_me", InviteMe(l, "G0TEAM", "team"), "I'm not in #team, and it's private, so I can't post there. Send /invite @confbot in that channel"),
		msg("invite_me_unnamed", InviteMe(l, "G0TEAM", ""), "I'm not in <#G0TEAM>, and it's private"),
		msg("pass_on", PassOn(l, AccessOf(l.Conference, dialIn, "")), "I can't post here. Here is what to pass on: Weekly sync"),
		msg("old_list", OldList(l), "That run has ended, so nothing was done."),
		msg("refused", Refused(RefusalData{Conference: "Weekly sync", Do: "mute people", Ask: []string{"Ana", "Bo"}}), "Only moderators of Weekly sync can mute people. Ask Ana or Bo."),
		msg("refused_admin", Refused(RefusalData{Conference: "Weekly sync", Admins: []string{"Dev"}}), "Ask an admin: Dev."),
		msg("refused_admins_see", Refused(RefusalData{Need: NeedAdmin, Conference: "Weekly sync", Do: "see who did what", Admins: []string{"Dev", "Eli"}}),
			"Only admins can see who did what in Weekly sync. Ask an admin: Dev or Eli."),
		msg("refused_admins_do", Refused(RefusalData{Need: NeedAdmin, Conference: "Weekly sync", Do: "delete it"}), "Only admins can delete Weekly sync. Ask an admin."),
		msg("refused_creator", Refused(RefusalData{Need: NeedCreator, Do: "delete it"}), "Only whoever made it and admins can delete it. Ask an admin."),
		msg("outsider", Outsider(), "confbot is for members of this workspace."),
		msg("wrong_workspace", WrongWorkspace(), "belongs to another workspace"),
		msg("secret", SecretInTheOpen(""), "Your message shows a PIN to everyone here, so I didn't use it."),
	}
}

func problemSamples() []sample {
	l := aLine(5)
	who := l.Who(l.Snapshot.Run.Callers[3])
	o := ProblemOptions{Do: "mute people", Conference: "Weekly sync", Ask: []string{"Ana"}, Admins: []string{"Dev"}, Command: "/conf"}
	caller := o
	caller.Action, caller.Caller = conference.Kick, &who
	mute := caller
	mute.Action = conference.Mute
	var out []sample
	add := func(name string, err error, o ProblemOptions, says string) {
		out = append(out, msg("problem_"+name, Problem(err, "K7Q2M", o), says))
	}
	fail := func(k conference.Kind, r conference.Reason) error {
		return fmt.Errorf("do it: %w", &conference.Error{Kind: k, Reason: r, Cause: errors.New("secret cause")})
	}
	unsure := &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}
	add("silent", fail(conference.Unavailable, conference.Silent), o, "Audian isn't answering, so nothing was changed. Try again in a minute. Ref K7Q2M.")
	add("busy", fail(conference.Unavailable, conference.Busy), o, "Audian asks us to slow down, so nothing was changed.")
	add("login", fail(conference.Unavailable, conference.LoginRefused), o, "Audian doesn't accept our login, so nothing can be changed. An admin needs to look at it: Dev. Ref K7Q2M.")
	add("unsure_kick", unsure, caller, "I asked Audian to kick caller 4, Alice Chen, and got no answer. They may still be on the line. I'll look again and update the list. Ref K7Q2M.")
	add("unsure_mute", unsure, mute, "I asked Audian to mute caller 4, Alice Chen, and got no answer.")
	add("unsure_do", unsure, o, "I asked Audian to mute people and got no answer.")
	add("unsure_create", unsure, ProblemOptions{Do: CreateDo, Conference: "Outage"}, "I asked Audian to create Outage and got no answer. Look before you try again: it may have been done.")
	add("unsure_create_one", unsure, ProblemOptions{Do: CreateDo}, "I asked Audian to create a conference and got no answer.")
	add("unsure_delete", unsure, ProblemOptions{Do: "delete it", Conference: "Weekly sync"}, "I asked Audian to delete Weekly sync and got no answer.")
	add("unsure", unsure, ProblemOptions{}, "I asked Audian and got no answer.")
	add("internal", errors.New("nil pointer"), o, "Something went wrong on my side. Nothing was changed. Tell Dev the reference K7Q2M.")
	add("internal_unsure", &conference.Error{Unsure: true}, o, "I can't tell whether it was done. Look at the list before you try again.")
	add("stale", fmt.Errorf("read button: %w", ErrStale), o, "This list is out of date, so nothing was done. Type /conf people for a fresh one.")
	add("left", fail(conference.NotFound, conference.NoParticipant), caller, "Caller 4, Alice Chen, isn't on the line any more. Nothing was done.")
	add("left_somebody", fail(conference.NotFound, conference.NoParticipant), o, "That caller isn't on the line any more.")
	add("gone", fail(conference.NotFound, conference.NoConference), o, "Weekly sync doesn't exist any more. Nothing was done.")
	add("no_such", fail(conference.NotFound, ""), ProblemOptions{}, "There's no such conference.")
	add("denied", fail(conference.Denied, ""), o, "Only moderators of Weekly sync can mute people. Ask Ana.")
	add("not_allowed", fail(conference.Denied, conference.NotAllowed), o, "Audian doesn't let this account do that")
	add("unsupported", fail(conference.Conflict, conference.Unsupported), o, "This Audian account doesn't offer that.")
	add("changed_since", fail(conference.Conflict, conference.ChangedSince), o, "Somebody else changed it first")
	add("conflict", fail(conference.Conflict, ""), o, "this can't be done as things are")
	add("invalid", fail(conference.Invalid, ""), o, "Something went wrong on my side.")
	add("pin_taken", fail(conference.Conflict, conference.PINTaken), o, "That PIN is taken. Choose another. Nothing was changed.")
	add("limit", &conference.Error{Kind: conference.Invalid, Reason: conference.LimitRange, Field: "max"}, o, "Limit: Use a number from 2 to 5,000.")
	add("field_refused", &conference.Error{Kind: conference.Invalid, Field: "profile"}, o, "Kind: Audian doesn't take that.")
	return out
}

func homeSamples() []sample {
	rows := someRows(12)
	rows[0].On, rows[3].On = 4, 7
	rows[0].Access = AccessOf(weekly(), dialIn, "")
	next := []AnnouncementRow{anAnnouncement(), anAnnouncement()}
	next[1].ID, next[1].Skipped = "a2", true
	setup := &SetupData{
		Done: []string{"connected to Slack and Audian."}, ToDo: []string{"add the number people dial. Set CONF_DIAL_IN and restart."},
		Unowned: 14, Version: "1.0.0", LastAnswer: at("08:31:20"),
	}
	busy := HomeData{Reader: reader(true), Command: "/conf", Live: []ConferenceRow{rows[0], rows[3]}, Next: next, Yours: rows, Total: 14, Setup: setup, Now: at("08:32:00")}
	crowded := busy
	crowded.Next = nil
	crowded.Yours, crowded.Live = someRows(90), someRows(20)
	for i := range 12 {
		crowded.Next = append(crowded.Next, anAnnouncement())
		crowded.Next[i].ID = "a" + itoa(i)
	}
	crowded.Silent, crowded.Answer = at("08:19:00"), "Weekly sync: paused."
	return []sample{
		form("home_empty", AppHome(HomeData{Reader: reader(false), Command: "/conf", Now: at("08:32:00")})),
		form("home_closed", ClosedHome(Outsider())),
		form("home", AppHome(busy)),
		form("home_crowded", AppHome(crowded)),
	}
}

func anAnnouncement() AnnouncementRow {
	return AnnouncementRow{
		ID: "a1", Line: aLine(0), Channel: "C0TEAM", ChannelName: "team", Rule: "Every Monday at 09:30", Zone: zone("Europe/Berlin"),
		Starts: at("08:30:00").AddDate(0, 0, 7), Post: at("08:25:00").AddDate(0, 0, 7), By: "Ana", Mine: true,
	}
}

func tableSamples() []sample {
	attendance := func(n int) AttendanceData {
		d := AttendanceData{Line: aLine(n), Reader: reader(true), Now: at("09:30:00")}
		d.Snapshot.Run.Ended = at("09:08:00")
		for i := range d.Snapshot.Run.Callers {
			d.Snapshot.Run.Callers[i].Left = at("09:08:00").Add(-time.Duration(i) * time.Second)
		}
		return d
	}
	two := attendance(5)
	two.Snapshot.Run.Callers[0].Left = at("08:30:01")
	for _, i := range []int{1, 3} {
		two.Snapshot.Run.Callers[i].Number = two.Snapshot.Run.Callers[0].Number
	}
	plain := attendance(300)
	plain.Plain = true
	audit := AuditData{Line: aLine(0), Reader: reader(true), Now: at("09:30:00"), More: true}
	for i := range 60 {
		r := AuditRow{At: at("09:00:00"), By: hostile[i%len(hostile)], What: "kicked caller 38, " + hostile[(i+3)%len(hostile)]}
		if i%7 == 0 {
			r.By, r.Outcome = "", "no answer"
		}
		audit.Rows = append(audit.Rows, r)
	}
	return []sample{
		msg("attendance_none", Attendance(AttendanceData{Line: aLine(0), Reader: reader(true)}), "nobody has been on the line yet"),
		msg("attendance_5", Attendance(two), "4 people on Monday, 23 November from 09:30 to 10:08.", "Ana Ruiz, ends 1001, 09:30 to 10:07, 38 minutes, 2 stays. "),
		msg("attendance_300", Attendance(attendance(300)), "300 people", "And more."),
		msg("attendance_300_lines", Attendance(plain), "300 people"),
		form("attendance_form", AttendanceView(attendance(5), Meta{})),
		msg("audit_none", Audit(AuditData{Line: aLine(0), Reader: reader(true)}), "nobody has changed anything yet"),
		msg("audit_60_hostile", Audit(audit), "newest first", "There are older ones."),
	}
}

var _ = live.Run{}
