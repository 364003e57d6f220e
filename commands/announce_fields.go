package commands

import (
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
)

// Between the announce form's fields and rules, both ways.

// atField is a refusal that is said at a field.
type atField struct{ block, text string }

// repeatOf is the form's choice for a rule. sayable is false where none says
// all of it.
func repeatOf(rule announce.Rule, first announce.Wall) (repeat string, days []string, sayable bool) {
	r := rule.Repeat
	for _, day := range r.Days {
		if r.Freq == announce.Weeks {
			days = append(days, dayValue(day))
		}
	}
	repeat = blocks.RepeatOnce
	switch {
	case r.Freq == announce.Weeks && r.Interval == 2:
		repeat = blocks.RepeatTwoWeeks
	case r.Freq == announce.Weeks && slices.Equal(days, []string{"mon", "tue", "wed", "thu", "fri"}):
		repeat = blocks.RepeatWeekdays
	case r.Freq == announce.Weeks && len(days) < 7:
		repeat = blocks.RepeatWeek
	case r.Freq == announce.Weeks, r.Freq == announce.Days:
		repeat = blocks.RepeatDay
	case r.Freq == announce.Months && r.MonthDay != 0:
		repeat = blocks.RepeatDate
	case r.Freq == announce.Months:
		repeat = blocks.RepeatMonth
	}
	said, refused := repeatFrom(repeat, days, first)
	said.Until = r.Until
	return repeat, days, refused == nil && !rule.Now && said.String() == r.String()
}

// repeatFrom is the recurrence that a choice stands for, with the days that
// are left to the first date filled in.
func repeatFrom(repeat string, days []string, first announce.Wall) (announce.Repeat, *atField) {
	var r announce.Repeat
	switch repeat {
	case blocks.RepeatDay:
		r.Freq = announce.Days
	case blocks.RepeatWeekdays:
		r = announce.Repeat{Freq: announce.Weeks, Days: weekdaysOf([]string{"mon", "tue", "wed", "thu", "fri"})}
	case blocks.RepeatWeek, blocks.RepeatTwoWeeks:
		r = announce.Repeat{Freq: announce.Weeks, Days: weekdaysOf(days)}
		switch {
		case len(r.Days) == 0:
			return r, &atField{blocks.InDays, blocks.FieldNoDay}
		case repeat == blocks.RepeatTwoWeeks:
			r.Interval = 2
		case len(r.Days) == 7:
			r = announce.Repeat{Freq: announce.Days}
		}
	case blocks.RepeatMonth:
		r.Freq = announce.Months
	case blocks.RepeatDate:
		r.Freq, r.MonthDay = announce.Months, first.Day
		if first.Day > 28 {
			if !first.LastOfMonth() {
				return r, &atField{blocks.InDate, blocks.FieldNoSuchDate}
			}
			r.MonthDay = -1
		}
	}
	return announce.Rule{First: first, Repeat: r}.Align().Repeat, nil
}

func weekdaysOf(values []string) []time.Weekday {
	var days []time.Weekday
	for i := range 7 {
		if day := time.Weekday((i + 1) % 7); slices.Contains(values, dayValue(day)) {
			days = append(days, day)
		}
	}
	return days
}

// ruleOf makes a rule of the form. kept is what it was filled with.
func ruleOf(f blocks.AnnounceForm, kept draft, now time.Time) (r announce.Rule, refused *atField) {
	if f.Repeat == blocks.RepeatKept && kept.Rule.Now {
		r = kept.Rule
		r.Zone = f.Zone.String()
		return r, nil
	}
	first, err := announce.ParseWall(f.Date + "T" + f.Time)
	if err != nil {
		return r, &atField{blocks.InDate, blocks.TimeNotReadField}
	}
	r = announce.Rule{Zone: f.Zone.String(), First: first, Timed: f.Lead != blocks.LeadUntimed}
	if r.Timed {
		lead, err := strconv.Atoi(f.Lead)
		if err != nil {
			return r, &atField{blocks.InLead, blocks.TimeNotReadField}
		}
		r.Lead = time.Duration(lead) * time.Minute
	}
	if f.Repeat == blocks.RepeatKept && kept.hasRule() {
		r.Repeat = kept.Rule.Repeat
	} else if r.Repeat, refused = repeatFrom(f.Repeat, f.Days, first); refused != nil {
		return r, refused
	}
	r.Repeat.Until = announce.Wall{}
	if f.Until != "" && r.Repeats() {
		if r.Repeat.Until, err = announce.ParseWall(f.Until + "T00:00"); err != nil {
			return r, &atField{blocks.InUntil, blocks.TimeNotReadField}
		}
	}
	if r = r.Align(); kept.hasRule() {
		r = r.Kept(kept.Rule, kept.shown)
	}
	return r, fieldOf(r.Check(now))
}

// fieldOf is the field at which a refused rule is said.
func fieldOf(err error) *atField {
	r, ok := refusalOf(err)
	if !ok {
		return nil
	}
	field := blocks.InDate
	switch r.Reason {
	case announce.EndsBefore:
		field = blocks.InUntil
	case announce.LeadTooLong:
		field = blocks.InLead
	case announce.UnknownZone: // Slack does not say which place the person is in
		field = blocks.InTime
	case announce.NotUnderstood, announce.Past, announce.TooOften, announce.AmbiguousZone, announce.AmbiguousTime:
	}
	return &atField{field, blocks.RuleField(r)}
}

func refusalOf(err error) (*announce.Refusal, bool) {
	return errors.AsType[*announce.Refusal](err)
}

// aPIN is what looks like one in a message.
var aPIN = regexp.MustCompile(`(?i)\bpin\b\D{0,12}\d{4,16}\b`)

// longestDraft leaves room in what a form may remember for the rest.
const longestDraft = blocks.MaxMeta - 300

// draftFrom reads the form as a draft. A problem is said at the field.
func (d *Desk) draftFrom(s *sent, f blocks.AnnounceForm) (dr draft, field, problem string) {
	switch {
	case f.Conference.Value == "":
		return dr, blocks.InConference, blocks.FieldNoConference
	case f.Channel == "":
		return dr, blocks.InChannel, blocks.FieldChannel
	case aPIN.MatchString(f.Message):
		return dr, blocks.InWords, blocks.FieldPIN
	}
	kept := remembered(s.meta)
	rule, refused := ruleOf(f, kept, d.now())
	if refused != nil {
		return dr, refused.block, refused.text
	}
	dr = draft{edits: kept.edits, ownZone: f.ZoneFrom != "", more: f.More}
	dr.Announcement = announce.Announcement{
		ID: kept.ID, Conference: conference.ID(f.Conference.Value), Channel: f.Channel, Rule: rule,
		Rotate: f.NewPIN, Here: f.Here, QuietPIN: f.Quiet, Message: strings.TrimSpace(f.Message), Owner: s.User,
	}
	if dr.ID == "" {
		dr.ID = announce.NewID()
	}
	if len(dr.encode()) > longestDraft {
		return dr, blocks.InWords, blocks.FieldTooLong
	}
	return dr, "", ""
}
