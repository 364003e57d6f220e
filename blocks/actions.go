package blocks

import "slices"

// Action ids. They are stable and hold no data, because posted messages
// outlive releases: never rename one, never give one a second meaning.
const (
	// One caller. The button's value is a CallerValue.
	ParticipantMute   = "participant.mute"
	ParticipantUnmute = "participant.unmute"
	ParticipantDeafen = "participant.deafen"
	ParticipantUndeaf = "participant.undeafen"
	ParticipantKick   = "participant.kick"
	ParticipantClear  = "participant.clear"  // a leaver's row may go
	ParticipantName   = "participant.name"   // opens the label form
	ParticipantNumber = "participant.number" // shows the full number, to moderators
	ParticipantMe     = "participant.me"
	ParticipantKeep   = "participant.keep_out"

	// Everybody on the line. The block id names the conference.
	PanelMuteOthers   = "panel.mute_others"
	PanelMuteUnknown  = "panel.mute_unknown"
	PanelUnmuteOthers = "panel.unmute_others"
	PanelNewcomers    = "panel.newcomers" // mute newcomers too, or no longer
	PanelPIN          = "panel.change_pin"
	PanelRefresh      = "panel.refresh"
	PanelLine         = "panel.which_line"
	PanelAttendance   = "panel.attendance"
	PanelEnd          = "panel.end"
	PanelFind         = "panel.find" // type-ahead over callers
	PanelMenu         = "panel.menu"

	// The private list.
	ListOpen     = "list.open"
	ListRefresh  = "list.refresh"
	ListFind     = "list.find" // type-ahead over callers
	ListShow     = "list.filter"
	ListSort     = "list.order"
	ListPrevious = "list.previous"
	ListNext     = "list.next"
	ListMenu     = "list.menu"
	ListRowMenu  = "list.row_menu"

	// The card.
	CardWho     = "card.who"
	CardRemind  = "card.remind"
	CardMenu    = "card.menu"
	CardWrong   = "card.something_wrong"
	CardNumbers = "card.more_numbers"
	CardMove    = "card.move"
	CardShare   = "card.share"      // share it in this channel at once
	CardShareIn = "card.share_in"   // opens a form that asks for the channel
	LinkOpen    = "link.open"       // a button that is a link; needs no answer
	PostAnyway  = "post.anyway"     // many or foreign eyes, yes
	PostNot     = "post.not"        // many or foreign eyes, no
	TryAgain    = "post.try_again"  // after /invite
	InviteSend  = "invitation.send" // by DM

	// After a kick, and a typed kick's own question.
	KickKeepOut   = "kick.keep_out"
	KickChangePIN = "kick.change_pin"
	KickLeave     = "kick.leave"
	KickConfirm   = "kick.confirm"
	KickCancel    = "kick.cancel"

	// Conferences.
	CreateOpen      = "create.open"
	CreateMore      = "create.more"
	CreateBack      = "create.back"
	EditOpen        = "edit.open"
	EditUndo        = "edit.undo"
	DeleteOpen      = "delete.open"
	ModeratorsOpen  = "moderators.open"
	ModeratorPIN    = "moderator_pin.show"
	ConferencePick  = "conference.pick" // one of several candidates
	ConferenceUse   = "conference.use"  // the one that has the name already
	ConferenceShow  = "conference.show"
	ConferencesList = "conferences.list"
	ConferencesPage = "conferences.page"
	ConferencesNext = "conferences.next"
	CallerPick      = "caller.pick" // one of several callers
	PINRotateMod    = "moderator_pin.change"
	PINLeave        = "moderator_pin.leave"
	AdoptOpen       = "adopt.open"
	LabelNotMine    = "label.not_mine"
	HelpOpen        = "help.open"
	NothingDone     = "message.dismiss" // takes a private message away

	// Announcements and reminders.
	AnnounceOpen     = "announce.open"
	AnnounceMore     = "announce.more"
	AnnounceRepeat   = "announce.repeat"     // the choice that shows or hides the days
	AnnounceFind     = "announce.conference" // type-ahead over conferences
	AnnounceZone     = "announce.zone"       // type-ahead over places
	AnnounceZonePick = "announce.zone_pick"
	AnnounceConfirm  = "announce.confirm"
	AnnounceChange   = "announce.change"
	AnnounceCheck    = "announce.check_again"
	AnnounceMenu     = "announcement.menu"
	AnnounceSkip     = "announcement.skip"
	AnnounceUnskip   = "announcement.unskip"
	AnnouncePause    = "announcement.pause"
	AnnounceResume   = "announcement.resume"
	AnnounceEdit     = "announcement.edit"
	AnnouncePostNow  = "announcement.post_now"
	AnnounceMove     = "announcement.move"
	AnnounceDelete   = "announcement.delete"
	Announcements    = "announcements.list"
	AnnouncePage     = "announcements.page"
	AnnounceNext     = "announcements.next"
	AnnounceMissed   = "announcements.missed"
	ReminderNotToday = "reminder.not_today"
	ReminderStop     = "reminder.stop"

	// App Home.
	HomeConference  = "home.conference_menu"
	HomeReminders   = "home.reminders"
	HomePreferences = "home.preferences"
)

// Callback ids of forms and shortcuts.
const (
	FormCreate       = "form.create"
	FormCreated      = "form.created" // the result; nothing to send
	FormEdit         = "form.edit"
	FormChangePIN    = "form.change_pin"
	FormEnd          = "form.end"
	FormKickAll      = "form.kick_all"
	FormDelete       = "form.delete"
	FormWhichLine    = "form.which_line"
	FormModeratorPIN = "form.moderator_pin" // nothing to send
	FormLabel        = "form.label"
	FormModerators   = "form.moderators"
	FormShareIn      = "form.share_in"
	FormList         = "form.list"    // the private list; nothing to send
	FormLoading      = "form.loading" // nothing to send
	FormProblem      = "form.problem" // nothing to send
	FormAnnounce     = "form.announce"
	FormPreview      = "form.preview"
	FormAdopt        = "form.adopt"
	FormPreferences  = "form.preferences"
	FormReminders    = "form.reminders" // nothing to send
	FormText         = "form.text"      // words alone; nothing to send

	FormAnnounceDelete = "form.announcement_delete"
	FormAnnounceMove   = "form.announcement_move"

	ShortcutNew    = "shortcut.new"
	ShortcutManage = "shortcut.manage"
)

// menus are the choices of each overflow menu, by the letter in their value.
// A choice is an action of its own; letters are never used twice.
var menus = map[string]map[string]string{
	CardMenu: {
		"i": InviteSend, "a": Announcements, "e": EditOpen, "w": CardWrong, "n": CardNumbers,
	},
	PanelMenu: {
		"u": PanelMuteUnknown, "l": ListOpen, "w": PanelLine, "a": PanelAttendance, "e": PanelEnd, "n": PanelNewcomers,
	},
	ListMenu: {
		"p": PanelPIN, "a": PanelAttendance, "i": InviteSend, "e": PanelEnd, "n": PanelNewcomers, "w": PanelLine,
	},
	ListRowMenu: {
		"d": ParticipantDeafen, "u": ParticipantUndeaf, "n": ParticipantName, "f": ParticipantNumber,
		"m": ParticipantMe, "k": ParticipantKeep,
	},
	AnnounceMenu: {
		"s": AnnounceSkip, "u": AnnounceUnskip, "p": AnnouncePause, "r": AnnounceResume, "e": AnnounceEdit,
		"n": AnnouncePostNow, "m": AnnounceMove, "d": AnnounceDelete,
	},
	HomeConference: {
		"w": ListOpen, "a": AnnounceOpen, "e": EditOpen, "m": ModeratorsOpen, "d": DeleteOpen,
	},
}

// AllActions returns every action that a click can mean: a button's id, a
// select's id, or a menu's choice (see Clicked). Menus themselves are not in
// it.
func AllActions() []string {
	return slices.Concat(callerActions(), conferenceActions(), announceActions())
}

func callerActions() []string {
	return []string{
		ParticipantMute, ParticipantUnmute, ParticipantDeafen, ParticipantUndeaf, ParticipantKick, ParticipantClear,
		ParticipantName, ParticipantNumber, ParticipantMe, ParticipantKeep,
		PanelMuteOthers, PanelMuteUnknown, PanelUnmuteOthers, PanelNewcomers, PanelPIN, PanelRefresh, PanelLine,
		PanelAttendance, PanelEnd, PanelFind,
		ListOpen, ListRefresh, ListFind, ListShow, ListSort, ListPrevious, ListNext,
		KickKeepOut, KickChangePIN, KickLeave, KickConfirm, KickCancel, CallerPick,
	}
}

func conferenceActions() []string {
	return []string{
		CardWho, CardRemind, CardWrong, CardNumbers, CardMove, CardShare, CardShareIn, LinkOpen, PostAnyway, PostNot,
		TryAgain, InviteSend,
		CreateOpen, CreateMore, CreateBack, EditOpen, EditUndo, DeleteOpen, ModeratorsOpen, ModeratorPIN, ConferencePick,
		ConferenceUse, ConferenceShow, ConferencesList, ConferencesPage, ConferencesNext, PINRotateMod, PINLeave, AdoptOpen,
		LabelNotMine, HelpOpen, NothingDone, HomeReminders, HomePreferences,
	}
}

func announceActions() []string {
	return []string{
		AnnounceOpen, AnnounceMore, AnnounceRepeat, AnnounceFind, AnnounceZone, AnnounceZonePick, AnnounceConfirm,
		AnnounceChange, AnnounceCheck, AnnounceSkip, AnnounceUnskip, AnnouncePause, AnnounceResume, AnnounceEdit,
		AnnouncePostNow, AnnounceMove, AnnounceDelete, Announcements, AnnouncePage, AnnounceNext, AnnounceMissed,
		ReminderNotToday, ReminderStop,
	}
}

// AllSuggestions returns the ids of the type-ahead menus.
func AllSuggestions() []string {
	return []string{PanelFind, ListFind, AnnounceFind, AnnounceZone}
}

// AllForms returns the callback ids of forms that can be sent.
func AllForms() []string {
	return []string{
		FormCreate, FormEdit, FormChangePIN, FormEnd, FormKickAll, FormDelete, FormWhichLine, FormLabel, FormModerators,
		FormShareIn, FormAnnounce, FormPreview, FormAdopt, FormPreferences, FormAnnounceDelete, FormAnnounceMove,
	}
}

// AllShortcuts returns the callback ids of shortcuts, as the manifest has them.
func AllShortcuts() []string { return []string{ShortcutNew, ShortcutManage} }
