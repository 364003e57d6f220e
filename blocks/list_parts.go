package blocks

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"confbot/conference"
	"confbot/live"
)

// heading is the private list's first line, with times in the reader's zone.
// Found is how many are left by search and filter.
func (d ListData) heading(found int) slack.Block {
	s := d.Snapshot
	switch {
	case !s.Known() && s.Failures > 0:
		return say("Audian isn't answering, so I can't say who is on the line. I keep trying.").block()
	case !s.Known():
		return say("Looking who is on the line…").block()
	case !s.Run.Ended.IsZero():
		return say("Nobody is on the line. The last run ended at " + clock(s.Run.Ended, d.Reader.Zone) + ".").block()
	}
	p := new(prose).bold(d.counts().words()).say(".")
	switch all := len(s.Run.On()); {
	case all == 0:
		p = say("Nobody is on the line.")
	case 0 < found && found < all:
		p.say(fmt.Sprintf(" Showing %d of %d.", found, all))
	}
	if !s.ChangedAt.IsZero() {
		p.say(" Last change " + inZone(s.ChangedAt, d.Reader.Zone).Format(layoutSecs) + ".")
	}
	if s.Failures < 2 && s.Every == 0 && d.Now.Sub(s.ReadAt) > time.Minute {
		p.say(" Read at " + inZone(s.ReadAt, d.Reader.Zone).Format(layoutSecs) + ".")
	}
	if s.Failures >= 2 {
		p.say("\n").emoji("warning").say(" ").bold("Audian isn't answering.").
			say(" This list is from " + inZone(s.ReadAt, d.Reader.Zone).Format(layoutSecs) + " and may be wrong. I keep trying.")
	}
	return p.block()
}

// answer is what the last click came to, in words.
func (d ListData) answer() slack.Block {
	if d.Answer == "" {
		return nil
	}
	return section(d.Answer)
}

// listButtons act on everybody; members who only look get none but Refresh.
func (d ListData) listButtons() slack.Block {
	refresh := button(ListRefresh, "Refresh", "")
	if !d.Reader.Moderates {
		return actions(d.bar(partBar), refresh)
	}
	n := len(d.Snapshot.Run.On())
	choices := []*slack.OptionBlockObject{
		option("Change PIN…", menuValue(ListMenu, PanelPIN, "")),
		option("Attendance so far", menuValue(ListMenu, PanelAttendance, "")),
		option("Send me the invitation", menuValue(ListMenu, InviteSend, "")),
	}
	if n > 0 {
		newcomers := "Mute newcomers too"
		if d.Snapshot.Run.Newcomers {
			newcomers = "Stop muting newcomers"
		}
		choices = append(choices, option(newcomers, menuValue(ListMenu, PanelNewcomers, "")),
			option("End for everyone…", menuValue(ListMenu, PanelEnd, "")))
	}
	return actions(d.bar(partBar),
		when(n > 1, d.muteOthersButton()),
		when(n > 1, button(PanelMuteUnknown, "Mute unknown numbers", "")),
		when(n > 1, button(PanelUnmuteOthers, "Unmute others", "")),
		refresh,
		slack.NewOverflowBlockElement(ListMenu, choices...))
}

// choosers are search, filter and order. Their block id holds what is chosen,
// since Android may not take up a changed initial option under the same id.
func (d ListData) choosers(found int) slack.Block {
	if len(d.Snapshot.Run.On()) < 2 && found == len(d.Snapshot.Run.On()) {
		return nil
	}
	orders := []Choice{{string(Latest), "Latest first"}, {string(ByNumber), "Caller number"}, {string(ByName), "Name"}}
	if slices.ContainsFunc(d.Snapshot.Run.On(), func(c live.Caller) bool { return c.Talking != nil }) {
		orders = append(orders, Choice{string(ByTalking), "Talking first"})
	}
	find := typeAhead(ListFind, "Find by name or last digits")
	none := 0
	find.MinQueryLength = &none // the first choice without words leads back to everyone
	if d.Query != "" {
		find.InitialOption = option(d.searched(), queryValue(d.Query))
	}
	id := BlockRef{
		Part: partFind, Key: string(d.Filter) + "." + string(d.Order) + "." + digest(conference.ParticipantID(d.Query)),
		Conference: d.Conference.ID, Revision: d.Revision,
	}.ID()
	return actions(id, find,
		chooser(ListShow, string(d.Filter), []Choice{
			{string(Everyone), "Everyone"},
			{string(OnlyUnmuted), "Unmuted"},
			{string(OnlyMuted), "Muted"},
			{string(OnlyUnknown), "Unknown numbers"},
			{string(OnlyModerators), "Moderators"},
		}),
		chooser(ListSort, string(d.Order), orders))
}

// searched is what the search field shows: the one caller who was chosen, or
// the words.
func (d ListData) searched() string {
	for _, c := range d.Snapshot.Run.On() {
		if d.Query == "#"+strconv.Itoa(c.No) {
			return d.Who(c).choice()
		}
	}
	return "“" + d.Query + "”"
}

// chooser is a select whose chosen option is shown. Slack takes no empty
// value, so the first choice's value is "-" (see Chosen).
func chooser(action, chosen string, choices []Choice) *slack.SelectBlockElement {
	var initial *slack.OptionBlockObject
	options := make([]*slack.OptionBlockObject, 0, len(choices))
	for _, c := range choices {
		value := c.Value
		if value == "" {
			value = "-"
		}
		o := option(c.Text, value)
		options = append(options, o)
		if c.Value == chosen {
			initial = o
		}
	}
	if initial == nil {
		initial = options[0]
	}
	return slack.NewOptionsSelectBlockElement(slack.OptTypeStatic, nil, action, options...).WithInitialOption(initial)
}

// Chosen reads a select's value: "-" stands for the first, empty choice.
func Chosen(value string) string {
	if value == "-" {
		return ""
	}
	return value
}

// listRow is a caller's buttons in the private list.
func (d ListData) listRow(c live.Caller) slack.Block {
	w, value := d.Who(c), CallerValue(c.Key())
	deafen := option("Deafen", menuValue(ListRowMenu, ParticipantDeafen, value))
	if c.Deaf {
		deafen = option("Undeafen", menuValue(ListRowMenu, ParticipantUndeaf, value))
	}
	choices := []*slack.OptionBlockObject{deafen}
	if !c.Number.Hidden() {
		choices = append(choices,
			option("Name this caller…", menuValue(ListRowMenu, ParticipantName, value)),
			option("Show full number", menuValue(ListRowMenu, ParticipantNumber, value)))
	}
	choices = append(choices, option("This is me", menuValue(ListRowMenu, ParticipantMe, value)))
	if !c.Number.Hidden() {
		choices = append(choices, option("Keep out…", menuValue(ListRowMenu, ParticipantKeep, value)))
	}
	return actions(d.row(c.No), muteButton(c, w, value), kickButton(w, value),
		slack.NewOverflowBlockElement(ListRowMenu, choices...))
}

func (d ListData) pageButtons(pages int) slack.Block {
	return actions(d.bar(partPages),
		when(d.Page > 0, button(ListPrevious, "Previous", fmt.Sprint(d.Page-1))),
		when(d.Page < pages-1, button(ListNext, "Next", fmt.Sprint(d.Page+1))))
}

// none says why the list is empty where its heading does not.
func (d ListData) none() string {
	switch {
	case !d.Snapshot.Known():
		return "The list appears here as soon as I know."
	case d.Query != "":
		return "Nobody on the line matches “" + escape(d.Query) + "”."
	case d.Filter == OnlyModerators && !d.rolesKnown():
		return "I can't tell who moderates on the phone."
	case d.Filter != Everyone && len(d.Snapshot.Run.On()) > 0:
		return "Nobody like that is on the line."
	}
	return ""
}

func (d ListData) listFooter(pages int) string {
	s := ""
	if pages > 1 {
		s = fmt.Sprintf("Page %d of %d. ", d.Page+1, pages)
	}
	if d.Snapshot.Every > 0 && d.Snapshot.Every < time.Minute {
		s += "This list updates itself. "
	}
	if !d.Reader.Moderates {
		s += "Only moderators can mute or remove people. "
	}
	return s + "Only you see it."
}
