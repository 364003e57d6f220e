package blocks

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// Repeats, as the announce form's choice has them.
const (
	RepeatKept     = "kept" // as it is: for what the other choices cannot say
	RepeatOnce     = "once"
	RepeatDay      = "day"
	RepeatWeekdays = "weekdays"
	RepeatWeek     = "week"
	RepeatTwoWeeks = "two_weeks"
	RepeatMonth    = "month"
	RepeatDate     = "date"
)

// LeadUntimed is the choice of those who do not say when it starts.
const LeadUntimed = "none"

// Errors at fields of the announce form only.
const (
	FieldNoConference = "Choose a conference."
	FieldNoSuchDate   = "Not every month has that day. Choose one up to the 28th, or the last day of a month."
	FieldTooLong      = "That is too long. Use a shorter message."
)

// Values of the announce form's checkboxes.
const (
	OptionNewPIN = "new_pin"
	OptionHere   = "here"
	OptionQuiet  = "quiet"
)

// AnnounceForm is what the announce form holds: what was typed so far, or
// what an announcement has.
type AnnounceForm struct {
	Meta       Meta // Item: the announcement that is edited; "" for a new one
	More       bool
	Edits      bool   // it changes an announcement that there is
	Conference Choice // prefilled; Value: a conference's id
	Channel    string // Slack channel
	Repeat     string // one of the Repeat constants
	Kept       string // what RepeatKept stands for, "Every 3 weeks on Tuesday, 5 times"; "" where there is no such choice
	Days       []string
	Date       string // "2026-11-30"
	Time       string // "09:30"
	Lead       string // minutes before: "0", "5", …, or LeadUntimed
	Leads      []int  // further choices of minutes before
	Untimed    bool   // LeadUntimed is a choice
	Zone       *time.Location
	ZoneFrom   string // "from your Slack profile", or "" where it was chosen
	Until      string // a date; "" for no end
	NewPIN     bool
	Here       bool
	Quiet      bool
	Message    string
	Problem    string
}

// Weekdays are the values of the form's days, Monday first.
func Weekdays() []Choice {
	return []Choice{
		{"mon", "Monday"},
		{"tue", "Tuesday"},
		{"wed", "Wednesday"},
		{"thu", "Thursday"},
		{"fri", "Friday"},
		{"sat", "Saturday"},
		{"sun", "Sunday"},
	}
}

// Announce is the form of layout 3.5.
func Announce(f AnnounceForm) View {
	conf := typeAhead(AnnounceFind, "Type a part of its name")
	if f.Conference.Value != "" && len(f.Conference.Value) <= MaxOptionValue && clean(f.Conference.Text) != "" {
		conf.InitialOption = option(clean(f.Conference.Text), f.Conference.Value)
	}
	if f.Repeat == "" {
		f.Repeat = RepeatWeek
	}
	b := []slack.Block{
		problemLine(f.Problem),
		input(InConference, "Conference", "", conf),
		input(InChannel, "Channel", "", channelField(f.Channel)),
		input(InRepeat, "Repeat", "", chooser(AnnounceRepeat, f.Repeat, f.repeats())).WithDispatchAction(true),
	}
	if f.Repeat == RepeatWeek || f.Repeat == RepeatTwoWeeks {
		b = append(b, input(InDays, "Days", "", ticks(InDays, Weekdays(), f.Days...)))
	}
	b = append(b, f.times()...)
	if f.More {
		b = append(b, f.further()...)
	} else {
		b = append(b, actions("announce.more", button(AnnounceMore, "More settings", "")))
	}
	f.Meta.More = f.More
	title := "Announce a conference"
	if f.Edits {
		title = "Change the announcement"
	}
	return View{
		Kind: Modal, CallbackID: FormAnnounce, Title: title, Submit: "Preview", Close: "Cancel",
		Meta: EncodeMeta(f.Meta), Blocks: present(b),
	}
}

func (f AnnounceForm) repeats() []Choice {
	choices := []Choice{
		{RepeatOnce, "Once"},
		{RepeatDay, "Every day"},
		{RepeatWeekdays, "Every weekday"},
		{RepeatWeek, "Every week"},
		{RepeatTwoWeeks, "Every 2 weeks"},
		{RepeatMonth, "Every month on this weekday"},
		{RepeatDate, "Every month on this date"},
	}
	if f.Kept != "" {
		choices = append([]Choice{{RepeatKept, cut("As it is: "+lowerFirst(f.Kept), MaxOptionText)}}, choices...)
	}
	return choices
}

func (f AnnounceForm) leads() []Choice {
	minutes := slices.Compact(slices.Sorted(slices.Values(append([]int{0, 5, 10, 15, 30, 60}, f.Leads...))))
	choices := make([]Choice, 0, len(minutes)+1)
	for _, n := range minutes {
		text := plural(n, "minute", "minutes") + " before"
		switch {
		case n == 0:
			text = "When it starts"
		case n%60 == 0:
			text = plural(n/60, "hour", "hours") + " before"
		}
		choices = append(choices, Choice{itoa(n), text})
	}
	if f.Untimed {
		choices = append(choices, Choice{LeadUntimed, "At that time, without saying when it starts"})
	}
	return choices
}

func (f AnnounceForm) times() []slack.Block {
	date := slack.NewDatePickerBlockElement(InDate)
	date.InitialDate = f.Date
	at := slack.NewTimePickerBlockElement(InTime)
	at.InitialTime = f.Time
	hint := place(f.Zone) + " time."
	if f.ZoneFrom != "" {
		hint = place(f.Zone) + " time, " + f.ZoneFrom + "."
	}
	if f.Zone != nil && f.Zone != time.Local && strings.Contains(f.Zone.String(), "/") { // others are names of ours, for an offset only
		at.Timezone = f.Zone.String()
	}
	if !f.More {
		hint += " Change it under More settings."
	}
	lead := f.Lead
	if lead == "" {
		lead = "5"
	}
	return []slack.Block{
		input(InDate, "First date", "", date),
		input(InTime, "Starts at", hint, at),
		input(InLead, "Post it", "", chooser(InLead, lead, f.leads())),
	}
}

func (f AnnounceForm) further() []slack.Block {
	zone := typeAhead(AnnounceZone, "Type a city")
	if f.Zone != nil {
		zone.InitialOption = option(place(f.Zone), f.Zone.String())
	}
	until := slack.NewDatePickerBlockElement(InUntil)
	until.InitialDate = f.Until
	words := textField(InWords, f.Message, 500)
	words.Multiline = true
	return []slack.Block{
		input(InZone, "Time zone", "", zone),
		optional(input(InUntil, "Until", "Leave it empty to go on.", until)),
		optional(input(InOptions, "Options", "", ticks(InOptions, []Choice{
			{OptionNewPIN, "Make a new PIN each time"},
			{OptionHere, "Mention @here"},
			{OptionQuiet, "Leave the PIN out of notifications"},
		}, onWhere(OptionNewPIN, f.NewPIN), onWhere(OptionHere, f.Here), onWhere(OptionQuiet, f.Quiet)))),
		context("With a new PIN each time, the old one stops working once the new one is posted."),
		optional(input(InWords, "Message", "Stands above the number. Leave PINs out; I add the right one.", words)),
	}
}
