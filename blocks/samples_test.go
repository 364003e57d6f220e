package blocks

import (
	"fmt"
	"slices"
	"time"

	"confbot/conference"
	"confbot/live"
)

// samples is every drawing that has a golden file.
func samples() []sample {
	return slices.Concat(cardSamples(), panelSamples(), listSamples(), formSamples(), toldSamples(), askSamples(), problemSamples(),
		homeSamples(), announceSamples(), announcementSamples(), pausedSamples(), tableSamples(), wishSamples())
}

func cardSamples() []sample {
	liveCard := func(n int) CardData {
		d := aCard()
		d.Line = aLine(n)
		d.Now = at("08:32:00")
		return d
	}
	ended := func() CardData {
		d := liveCard(4)
		run := &d.Snapshot.Run
		run.Ended, run.Peak = at("09:08:00"), 41
		for i := range run.Callers {
			run.Callers[i].Left = run.Ended
		}
		d.Next = at("08:30:00").AddDate(0, 0, 14)
		return d
	}
	with := func(d CardData, change func(*CardData)) Message {
		change(&d)
		return Card(d)
	}
	pin := "PIN 482913, then #. Germany: +49 30 12345678. The PIN digit by digit: 4 8 2 9 1 3."
	return []sample{
		msg("card_announced", Card(aCard()), "Weekly sync at 09:30 Berlin, in 5 minutes. Call +1 415 555 0100, "+pin),
		msg("card_live", Card(liveCard(4)), "Weekly sync is live, 4 people on the line. Call +1 415 555 0100, "+pin),
		msg("card_live_one", Card(liveCard(1)), "is live, 1 person on the line."),
		msg("card_full", with(liveCard(5), func(d *CardData) { d.Conference.MaxMembers = 5 }), "is live and full, 5 of 5 people."),
		msg("card_idle", with(aCard(), func(d *CardData) { d.Starts = time.Time{} }), "Weekly sync: nobody is on the line. Call"),
		msg("card_unknown", with(aCard(), func(d *CardData) { d.Starts, d.Snapshot = time.Time{}, live.Snapshot{} }), "Weekly sync: dial in now."),
		msg("card_started", with(aCard(), func(d *CardData) { d.Now = at("08:33:00") }), "Weekly sync started at 09:30 Berlin. Nobody is on the line."),
		msg("card_ended_next", Card(ended()), "Weekly sync ended after 38 minutes, with up to 41 people. Next: Monday 7 December, 09:30 Berlin."),
		msg("card_ended", with(ended(), func(d *CardData) { d.Next = time.Time{} }), "ended after 38 minutes", "PIN 482913"),
		msg("card_old", OldCard("Weekly sync", "https://acme.slack.com/archives/C1/p1"), "Weekly sync: <https://acme.slack.com/archives/C1/p1|the current post>"),
		msg("card_trouble", with(liveCard(4), func(d *CardData) { d.Snapshot.Failures = 2 }), "Audian isn't answering, so I can't say who is on the line.", "482913"),
		msg("card_shared_line", with(aCard(), func(d *CardData) { d.ConferenceNumber = "7001" }),
			"Call +1 415 555 0100, conference number 7001, then #, PIN 482913, then #."),
		msg("card_no_pin", with(aCard(), func(d *CardData) {
			d.Conference.MemberPINs = nil
			d.Access = AccessOf(d.Conference, dialIn, "")
		}), "No PIN: anybody who knows the number can join."),
		msg("card_no_number", with(aCard(), func(d *CardData) { d.DialIn = nil }), "No phone number is set yet.", "482913"),
		msg("card_pin_coming", with(aCard(), func(d *CardData) { d.PINComing, d.PIN = true, conference.PIN{} }),
			"Weekly sync at 09:30 Berlin, in 5 minutes. The PIN is coming; I'll reply in this thread when I have it."),
		msg("card_late_here_unsure", with(aCard(), func(d *CardData) { d.Late, d.Mention, d.PINUnsure = 12*time.Minute, true, true }),
			"<!here>", "482913"),
		msg("card_message", with(aCard(), func(d *CardData) { d.Message = "Agenda: https://wiki.example/sync\n*bring* coffee" }),
			"in 5 minutes. Agenda: https∶//wiki.example/sync ∗bring∗ coffee Call"),
		msg("card_quiet", with(aCard(), func(d *CardData) { d.QuietPIN = true }), "Call +1 415 555 0100. The PIN: type /conf pin."),
		msg("card_many_numbers", with(aCard(), func(d *CardData) {
			d.DialIn = append(slices.Clone(dialIn), DialIn{"GB", "+442079460000"}, DialIn{"Europe", "+33123456789"}, DialIn{"", "+18005550100"}, DialIn{"FR", "+33187654321"})
		}), "Germany: +49 30 12345678.", "Europe: +33 1 23 45 67 89."),
		msg("card_hostile", with(liveCard(4), func(d *CardData) {
			d.Conference.Name = "<!channel> *free* " + hostile[5]
			d.DialIn = []DialIn{{Label: "<!here>", Number: "+14155550100"}}
		}), "&lt;!channel&gt; ∗free∗"),
	}
}

func panelSamples() []sample {
	panel := func(n int, change ...func(*PanelData)) Message {
		d := PanelData{Line: aLine(n), Place: zone("Europe/Berlin"), Now: at("08:32:00")}
		for _, c := range change {
			c(&d)
		}
		return Panel(d)
	}
	trouble := func(d *PanelData) { d.Snapshot.Failures = 2 }
	return []sample{
		msg("panel_0", panel(0), "Weekly sync: nobody is on the line, as of 09:31 Berlin."),
		msg("panel_0_long_ago", panel(0, func(d *PanelData) { d.Snapshot.Every, d.Now = 0, at("12:00:00") }), "I haven't looked for a while."),
		msg("panel_0_trouble", panel(0, trouble), "Audian isn't answering"),
		msg("panel_1", panel(1), "Weekly sync: 1 on the line. As of 09:31 Berlin. 1, Ana Ruiz, moderator, ends 1001, unmuted."),
		msg("panel_5", panel(5), "5 on the line, 1 muted", "2, Priya Nair 2, ends 1002, muted (by Bo Lin).", "3, unknown caller, hidden number, unmuted.",
			"4, Alice Chen, ends 1004, unmuted."),
		msg("panel_5_states", panel(5, allStates), "mute requested", "unmuted again by phone, 09:31 Berlin", "left 09:31 Berlin",
			"kicked by Ana Ruiz, 09:31 Berlin", "Newcomers"),
		msg("panel_20", panel(20), "20, Priya Nair 20, ends 1020, unmuted."),
		msg("panel_25_trouble", panel(25, trouble), "25, Priya Nair 25", " of 25, latest first.", "Audian isn't answering"),
		msg("panel_61", panel(61), " of 61: those who can be heard, latest first."),
		msg("panel_300", panel(300), "300 on the line", "300, Priya Nair 300, ends 1300, unmuted.", " of 300: those who can be heard"),
		msg("panel_20_hostile", panel(20, func(d *PanelData) { d.Line = named(d.Line, hostile...) }), "unknown caller (their phone says “Ana Ruiz (moderator)”)"),
		msg("panel_25_hostile_twins", panel(25, func(d *PanelData) {
			d.Line = named(d.Line, hostile[9:]...)
			for i := range d.Snapshot.Run.Callers {
				d.Snapshot.Run.Callers[i].Number = conference.NewNumber("+14155550199")
				d.Snapshot.Run.Callers[i].ClaimedBy = "U0GUS"
			}
		}), "25 on the line"),
		msg("panel_20_ten_rows", panel(20, func(d *PanelData) { d.RowLimit = 10 }), "Showing 10 of 20."),
		msg("panel_ended", panel(5, func(d *PanelData) { d.Snapshot.Run.Ended = at("09:08:00") }), "Weekly sync: ended at 10:08 Berlin. 5 people in all."),
		msg("noted_kick", Noted(aLine(5), live.Note{At: at("09:01:00"), By: "U0ANA", What: "kicked", Caller: 38}, zone("Europe/Berlin")),
			"Ana Ruiz kicked caller 38 at 10:01 Berlin."),
		msg("noted_others", Noted(aLine(5), live.Note{At: at("09:01:00"), By: "U0CLEO", What: "muted_others", Count: 36}, zone("Europe/Berlin")),
			"<@U0CLEO> muted 36 people at 10:01 Berlin."),
	}
}

// allStates puts the callers of a panel into states that are seldom seen.
func allStates(d *PanelData) {
	c := d.Snapshot.Run.Callers
	c[0].Pending = conference.Mute
	c[1].Muted, c[1].SelfUnmuted = false, at("08:31:05")
	c[2].Left = at("08:31:06")
	c[3].Left, c[3].KickedBy = at("08:31:07"), "U0ANA"
	yes := true
	c[4].Deaf, c[4].Talking = true, &yes
	d.HeldSince = at("08:31:00")
	d.Snapshot.Run.Newcomers = true
	d.Snapshot.Run.Notes = []live.Note{{At: at("08:31:07"), By: "U0ANA", What: "kicked", Caller: 4}}
	d.Labels[c[4].Number.Digits()] = Label{Name: "Newcomers", Source: FromSlack}
}

func aList(n int, moderates bool, change ...func(*ListData)) View {
	d := ListData{Line: aLine(n), Reader: reader(moderates), Channel: "C0TEAM", Thread: "1.2", Now: at("08:32:00")}
	for _, c := range change {
		c(&d)
	}
	return PrivateList(d)
}

func listSamples() []sample {
	return []sample{
		form("list_0", aList(0, true)),
		form("list_unread", aList(0, true, func(d *ListData) { d.Snapshot = live.Snapshot{} })),
		form("list_1", aList(1, true)),
		form("list_5", aList(5, true, func(d *ListData) { d.Answer = "Caller 2, Bo Lin, is muted." })),
		form("list_5_member", aList(5, false)),
		form("list_25_unmuted_by_name", aList(25, true, func(d *ListData) { d.Filter, d.Order = OnlyUnmuted, ByName })),
		form("list_61_second_page", aList(61, true, func(d *ListData) { d.Page, d.Order = 1, ByNumber })),
		form("list_300_member", aList(300, false)),
		form("list_300_find", aList(300, true, func(d *ListData) { d.Query = "1299" })),
		form("list_300_nobody_found", aList(300, true, func(d *ListData) { d.Query = "<!channel>" })),
		form("list_40_hostile", aList(40, true, func(d *ListData) {
			d.Line = named(d.Line, hostile...)
			yes := true
			d.Snapshot.Run.Callers[3].Talking = &yes
			d.Order = ByTalking
			d.Snapshot.Failures = 3
		})),
		form("list_ended", aList(5, true, func(d *ListData) {
			d.Snapshot.Run.Ended = at("09:08:00")
			for i := range d.Snapshot.Run.Callers {
				d.Snapshot.Run.Callers[i].Left = at("09:08:00")
			}
		})),
		msg("list_message", ListMessage(ListData{Line: aLine(5), Reader: reader(true), Order: ByNumber, Now: at("08:32:00")}),
			"5 on the line", "2, Priya Nair 2, ends 1002, muted (by Bo Lin)."),
		msg("list_message_empty", ListMessage(ListData{Line: aLine(0), Reader: reader(true), Now: at("08:32:00")}), "nobody is on the line"),
	}
}

func settingsForm() SettingsForm {
	return SettingsForm{Meta: Meta{Channel: "C0TEAM"}, Name: "Weekly sync", Channel: "C0TEAM"}
}

func formSamples() []sample {
	more := settingsForm()
	more.More, more.Max, more.Entry, more.Problem = true, "50", true, "That PIN is taken. Choose another."
	edit := settingsForm()
	edit.Title, edit.Profile, edit.Exit, edit.Private = "Weekly sync "+hostile[0], "odd-profile", true, true
	l := aLine(5)
	m := Meta{Conference: confID, Channel: "C0TEAM", Thread: "1.2", Run: "run-1"}
	mute := m
	mute.Action = PanelMuteOthers
	access := AccessOf(l.Conference, dialIn, "7001")
	none := l.Conference
	none.ModeratorPINs = nil
	return []sample{
		form("create", Create(SettingsForm{Meta: Meta{Channel: "C0TEAM"}, Channel: "C0TEAM"})),
		form("create_more", Create(more)),
		form("create_busy", Making("Weekly sync <!channel>", m)),
		form("create_not_made", NotMade("Audian isn't answering. Nothing was created. Try again in a minute.", m)),
		form("create_result", CreatedView(CreatedData{Line: l, Access: access, Here: "C0TEAM"})),
		form("create_result_bare", CreatedView(CreatedData{Line: l, Access: Access{PIN: conference.NewPIN("482913"), Unproven: true}})),
		form("edit", Edit(edit)),
		form("edit_busy", Saving("Weekly sync", m)),
		form("working", Working("Changing the PIN of ", "Weekly sync", m)),
		form("loading", Loading("Weekly sync", m)),
		form("in_form", InForm("", Outsider(), m)),
		form("change_pin", ChangePIN(ChangePINData{Line: l, Meta: m, Posts: 3, Told: 9, On: 5})),
		form("change_pin_quiet", ChangePIN(ChangePINData{Line: l, Meta: m, Problem: "That PIN is taken.", PIN: "593817", Ticked: true})),
		form("end", EndForm(l, 38, m)),
		form("kick_all", KickAllForm(l, 1, m)),
		form("delete", DeleteForm(DeleteData{Line: l, Meta: m, Announcements: 2, Links: []string{"C0TEAM"}, KeepDays: 90})),
		form("delete_live", DeleteForm(DeleteData{Line: l, Meta: m, On: 4, Links: []string{"C0TEAM", "C0ALL"}})),
		form("which_line", WhichLine(WhichLineData{Line: l, Meta: mute, Submit: "Mute others"})),
		form("which_line_300", WhichLine(WhichLineData{Line: named(aLine(300), hostile...), Meta: m})),
		form("moderator_pin", ModeratorPINView(l.Conference, access)),
		form("moderator_pin_none", ModeratorPINView(none, access)),
		form("label", LabelForm(l.Who(l.Snapshot.Run.Callers[0]), "Ana", m)),
		form("moderators", ModeratorsForm(l, m)),
		form("share_in", ShareForm(l, "C0TEAM", m)),
		form("adopt", Adopt(AdoptData{Meta: m, Rows: someRows(45)})),
		form("preferences", Preferences(PreferencesData{Words: true, Minutes: 10, Lines: []conference.Number{conference.NewNumber("+14155550111"), conference.NewNumber("+14155550142")}, Meta: m})),
		form("preferences_fresh", Preferences(PreferencesData{})),
		form("reminders", Reminders(RemindersData{Rows: []ReminderRow{{Line: l, Minutes: 5, Value: "r1"}}})),
		form("reminders_none", Reminders(RemindersData{})),
	}
}

// someRows are conferences in a list: live, empty, not known, a desk phone's.
func someRows(n int) []ConferenceRow {
	rows := make([]ConferenceRow, 0, n)
	for i := range n {
		l := aLine(0)
		l.Conference.ID = conference.ID(fmt.Sprintf("conf_%d", i))
		l.Conference.Name = fmt.Sprintf("Standup %d", i)
		if i == 2 {
			l.Conference.Name, l.Conference.OwnerID = "Ana Ruiz SmartPBX Conference", "owner"
		}
		rows = append(rows, ConferenceRow{Line: l, On: (n - i) % 4, Known: i != 1, Since: at("08:30:00")})
	}
	return rows
}
