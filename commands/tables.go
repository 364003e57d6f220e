package commands

import (
	"context"

	"confbot/blocks"
	"confbot/conference"
)

// commandRows is the table of sub-commands, in the order of the help.
func commandRows() []row {
	return []row{
		startRow(),
		createRow(),
		editRow(),
		moderatorsRow(),
		deleteRow(),
		pinRow(),
		listRow(),
		showRow(),
		peopleRow(),
		lineRow("mute", conference.Mute, nil, "mute people", "Mutes a caller, by number, name, digits, all, others or unknown", "mute 7", "mute others", "mute Standup alice"),
		lineRow("unmute", conference.Unmute, nil, "unmute people", "Lets a caller be heard again", "unmute 7"),
		lineRow("deaf", conference.Deaf, []string{"deafen"}, "deafen people", "Stops a caller from hearing the conference", "deaf 7"),
		lineRow("undeaf", conference.Undeaf, []string{"undeafen"}, "undeafen people", "Lets a caller hear again", "undeaf 7"),
		lineRow("kick", conference.Kick, nil, "kick people", "Hangs up on a caller, after asking", "kick 7"),
		lockRow("lock", true),
		lockRow("unlock", false),
		labelRow(),
		linkRow(),
		unlinkRow(),
		announceRow(),
		announcementsRow(),
		remindRow(),
		attendanceRow(),
		auditRow(),
		helpRow(),
	}
}

// actionRows is the table of buttons, menu choices and shortcuts.
func actionRows() []action {
	quick := func(id, do string, run handler) action {
		return action{id: id, do: do, right: RightModerate, durable: true, fresh: freshLine, run: run}
	}
	slow := func(id, do string, r Right, run handler) action {
		return action{id: id, do: do, right: r, durable: true, fresh: freshSlow, run: run}
	}
	form := func(id, do string, r Right, run handler) action {
		return action{id: id, do: do, right: r, form: true, run: run}
	}
	look := func(id string, run handler) action { return action{id: id, do: "see that", right: RightSee, run: run} }
	return []action{
		quick(blocks.ParticipantMute, "mute people", pressAction(conference.Mute)),
		quick(blocks.ParticipantUnmute, "unmute people", pressAction(conference.Unmute)),
		quick(blocks.ParticipantDeafen, "deafen people", pressAction(conference.Deaf)),
		quick(blocks.ParticipantUndeaf, "undeafen people", pressAction(conference.Undeaf)),
		quick(blocks.ParticipantKick, "kick people", pressAction(conference.Kick)),
		quick(blocks.ParticipantKeep, "keep people out", keepOut),
		look(blocks.ParticipantClear, pressClear),
		form(blocks.ParticipantName, "name callers", RightModerate, openLabel),
		slow(blocks.ParticipantNumber, "see full numbers", RightModerate, pressNumber),
		slow(blocks.ParticipantMe, "do that", RightSee, pressMe),

		quick(blocks.PanelMuteOthers, "mute people", pressMany(many{kind: whoOthers, what: conference.Mute})),
		quick(blocks.PanelMuteUnknown, "mute people", pressMany(many{kind: whoUnknown, what: conference.Mute})),
		quick(blocks.PanelUnmuteOthers, "unmute people", pressMany(many{kind: whoOthers, what: conference.Unmute, mine: true})),
		slow(blocks.PanelNewcomers, "mute newcomers", RightModerate, pressNewcomers),
		form(blocks.PanelPIN, "change the PIN", RightModerate, openChangePIN),
		look(blocks.PanelRefresh, pressRefresh),
		form(blocks.PanelLine, "do that", RightSee, pressLine),
		form(blocks.PanelAttendance, "see who was on", RightModerate, pressAttendance),
		form(blocks.PanelEnd, "end it", RightModerate, pressEnd),
		form(blocks.PanelFind, "see that", RightSee, pressFind),

		form(blocks.ListOpen, "see that", RightSee, pressList),
		form(blocks.CardWho, "see that", RightSee, pressList),
		look(blocks.ListRefresh, turnList(listAsItIs)),
		look(blocks.ListShow, turnList(listFilter)),
		look(blocks.ListSort, turnList(listOrder)),
		look(blocks.ListPrevious, turnList(listPage)),
		look(blocks.ListNext, turnList(listPage)),
		look(blocks.ListFind, pressFind),

		quick(blocks.KickConfirm, "kick people", confirmKick),
		look(blocks.KickCancel, dismiss),
		quick(blocks.KickKeepOut, "keep people out", keepOut),
		form(blocks.KickChangePIN, "change the PIN", RightModerate, openChangePIN),
		look(blocks.KickLeave, leaveIt),
		quick(blocks.CallerPick, "do that", pickCaller),

		slow(blocks.CardShare, "share its card", RightAnnounce, pressShare(false, false)),
		slow(blocks.CardMove, "share its card", RightAnnounce, pressShare(true, true)),
		slow(blocks.PostAnyway, "share its card", RightAnnounce, pressShare(false, true)),
		slow(blocks.TryAgain, "share its card", RightAnnounce, pressShare(false, true)),
		look(blocks.PostNot, dismiss),
		form(blocks.CardShareIn, "share its card", RightAnnounce, openShare),
		{id: blocks.CardNumbers, do: "see its numbers", right: RightPIN, run: moreNumbers},
		slow(blocks.CardWrong, "do that", RightSee, somethingWrong),
		slow(blocks.InviteSend, "see its PIN", RightPIN, sendInvitation),
		look(blocks.LinkOpen, nothing),
		look(blocks.NothingDone, dismiss),

		{id: blocks.CreateOpen, do: blocks.CreateDo, run: openCreate},
		look(blocks.CreateMore, moreSettings),
		look(blocks.CreateBack, backToForm),
		{id: blocks.ShortcutNew, do: blocks.CreateDo, run: openCreate},
		form(blocks.ShortcutManage, "see that", RightSee, manageHere),
		form(blocks.EditOpen, "change it", RightModerate, openEdit),
		slow(blocks.EditUndo, "change it", RightModerate, undoEdit),
		form(blocks.DeleteOpen, "delete it", RightDelete, openDelete),
		form(blocks.ModeratorsOpen, "change its moderators", RightAdopt, openModerators),
		form(blocks.ModeratorPIN, "see that", RightModerate, showModeratorPIN),
		slow(blocks.PINRotateMod, "change the PIN", RightModerate, rotateModeratorPIN),
		look(blocks.PINLeave, leaveIt),
		slow(blocks.ConferencePick, "do that", RightSee, pickConference),
		look(blocks.ConferenceUse, pressShow),
		look(blocks.ConferenceShow, pressShow),
		look(blocks.ConferencesList, pressConferences),
		look(blocks.ConferencesPage, pressConferences),
		look(blocks.ConferencesNext, pressConferences),
		form(blocks.AdoptOpen, "say who looks after conferences", RightAdopt, openAdopt),
		slow(blocks.LabelNotMine, "do that", RightSee, notMine),
		look(blocks.HelpOpen, pressHelp),
		look(blocks.HomePreferences, openPreferences),

		{id: blocks.AnnounceOpen, do: "announce it", right: RightAnnounce, run: openAnnounce},
		look(blocks.AnnounceMore, redrawAnnounce(true)),
		look(blocks.AnnounceRepeat, redrawAnnounce(false)),
		look(blocks.AnnounceFind, redrawAnnounce(false)),
		look(blocks.AnnounceZone, redrawAnnounce(false)),
		slow(blocks.AnnounceZonePick, "announce it", RightAnnounce, pickZone),
		slow(blocks.AnnounceConfirm, "announce it", RightAnnounce, confirmAnnounce),
		{id: blocks.AnnounceChange, do: "announce it", right: RightAnnounce, run: changeDraft},
		slow(blocks.AnnounceCheck, "announce it", RightAnnounce, checkChannelAgain),
		slow(blocks.AnnounceSkip, "change its announcements", RightModerate, turn(AnnouncementTurns.Skip)),
		slow(blocks.AnnounceUnskip, "change its announcements", RightModerate, turn(AnnouncementTurns.Unskip)),
		slow(blocks.AnnouncePause, "change its announcements", RightModerate, turn(AnnouncementTurns.Pause)),
		slow(blocks.AnnounceResume, "change its announcements", RightModerate, turn(AnnouncementTurns.Resume)),
		slow(blocks.AnnouncePostNow, "announce it", RightModerate, turn(AnnouncementTurns.PostNow)),
		form(blocks.AnnounceDelete, "change its announcements", RightModerate, openDeleteAnnouncement),
		form(blocks.AnnounceEdit, "change its announcements", RightModerate, editAnnouncement),
		form(blocks.AnnounceMove, "change its announcements", RightModerate, openMoveAnnouncement),
		look(blocks.Announcements, pressAnnouncements),
		look(blocks.AnnouncePage, pressAnnouncements),
		look(blocks.AnnounceNext, pressAnnouncements),
		form(blocks.AnnounceMissed, "see that", RightSee, openMissed),
		slow(blocks.CardRemind, "be reminded of it", RightPIN, pressRemind),
		slow(blocks.ReminderNotToday, "do that", RightSee, pressNotToday),
		slow(blocks.ReminderStop, "do that", RightSee, pressStop),
		look(blocks.HomeReminders, openReminders),
	}
}

// formRows is the table of forms that can be sent.
func formRows() []form {
	slow := func(id, do string, check func(*Desk, *sent) FormAnswer, run func(*Desk, context.Context, *sent) (Reply, error)) form {
		return form{id: id, do: do, durable: true, fresh: freshSlow, check: check, run: run}
	}
	return []form{
		slow(blocks.FormCreate, blocks.CreateDo, checkCreate, sendCreate),
		slow(blocks.FormEdit, "change it", checkEditForm, sendEdit),
		slow(blocks.FormChangePIN, "change the PIN", checkPIN, sendPIN),
		{id: blocks.FormEnd, do: "end it", durable: true, fresh: freshLine, check: ticked(nil), run: sendEnd},
		{id: blocks.FormKickAll, do: "kick people", durable: true, fresh: freshLine, check: ticked(nil), run: sendEnd},
		slow(blocks.FormDelete, "delete it", ticked(nil), sendDelete),
		{id: blocks.FormWhichLine, do: "mute people", durable: true, fresh: freshLine, check: checkLine, run: sendLine},
		slow(blocks.FormLabel, "name callers", checkLabel, sendLabel),
		slow(blocks.FormModerators, "change its moderators", nil, sendModerators),
		slow(blocks.FormShareIn, "share its card", checkShare, sendShare),
		slow(blocks.FormAdopt, "say who looks after conferences", nil, sendAdopt),
		slow(blocks.FormPreferences, "change your preferences", nil, sendPreferences),
		slow(blocks.FormAnnounce, "announce it", checkAnnounce, sendAnnounce),
		slow(blocks.FormPreview, "announce it", closeForms, sendPreview),
		slow(blocks.FormAnnounceDelete, "change its announcements", checkDelete, sendDeleteAnnouncement),
		slow(blocks.FormAnnounceMove, "announce it", checkMove, sendMoveAnnouncement),
	}
}
