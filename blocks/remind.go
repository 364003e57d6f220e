package blocks

import (
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// ReminderData is a direct message before a run.
type ReminderData struct {
	Line
	Access
	Starts  time.Time
	Now     time.Time
	Country string // the reader's country in two letters, whose number comes first; "" if not known
	Value   string // the reminder's id
}

// Reminder is W39. Name, number and PIN come first: a locked phone shows
// hardly more.
func Reminder(d ReminderData) Message {
	d.DialIn = nearest(d.DialIn, d.Country)
	words := "now"
	if d.Starts.After(d.Now) {
		words = until(d.Starts, d.Now)
	}
	heard := new(prose).foreign(d.Conference.Name).say(" " + words + ". ").access(d.Access).heard(d.spelledPIN())
	lead := new(prose).name(d.Conference.Name).say(" starts " + words + ".")
	return Message{
		Text: cut(heard.words(), MaxText),
		Blocks: present([]slack.Block{
			lead.block(), section(CardData{Line: d.Line, Access: d.Access}.accessLines()),
			d.below(button(ReminderNotToday, "Not today", d.Value), button(ReminderStop, "Stop reminding me", d.Value)),
		}),
	}
}

// nearest puts the reader's own country's number first.
func nearest(numbers []DialIn, country string) []DialIn {
	for i, n := range numbers {
		if country != "" && strings.EqualFold(n.region(), country) {
			out := append([]DialIn{n}, numbers[:i]...)
			return append(out, numbers[i+1:]...)
		}
	}
	return numbers
}

// ReminderSet confirms a reminder, or says that it is off.
func ReminderSet(l Line, minutes int, on bool) Message {
	p := new(prose)
	switch {
	case !on:
		return p.say("I no longer remind you of ").name(l.Conference.Name).say(".").message(l.below(button(CardRemind, "Remind me again", "")))
	case minutes == 0:
		p.say("I'll send you a message when ").name(l.Conference.Name).say(" starts, each time it is announced.")
	default:
		p.say("I'll send you a message " + plural(minutes, "minute", "minutes") + " before each run of ").name(l.Conference.Name).say(" that is announced.")
	}
	return p.message(l.below(button(ReminderStop, "Stop reminding me", "")))
}

// RemindedOfData is a reminder that was set.
type RemindedOfData struct {
	Line
	Minutes int
	Next    time.Time // when the next announced run starts; zero: nothing is planned
	Zone    *time.Location
	Now     time.Time
}

// RemindedOf confirms a reminder, with what it will be of first.
func RemindedOf(d RemindedOfData) Message {
	if d.Next.IsZero() {
		return say("Nothing is planned for ").name(d.Conference.Name).
			say("; I'll remind you when it is, " + before(d.Minutes) + ".").message(d.below(button(ReminderStop, "Stop reminding me", "")))
	}
	m := ReminderSet(d.Line, d.Minutes, true)
	next := " Next: " + day(d.Next, d.Now, d.Zone) + ", " + clock(d.Next, d.Zone) + "."
	m.Text += next
	m.Blocks = slices.Insert(m.Blocks, 1, context(strings.TrimSpace(next)))
	return m
}

// before says how long before a start.
func before(minutes int) string {
	if minutes == 0 {
		return "when it starts"
	}
	return plural(minutes, "minute", "minutes") + " before"
}

// NotToday confirms that today's reminder is left out.
func NotToday(l Line) Message {
	return say("Not today, then. I remind you again of the next run of ").name(l.Conference.Name).say(".").message()
}

// Waiting is W39 for moderators: people wait and no moderator is on.
func Waiting(l Line, waiting int) Message {
	verb := " are"
	if waiting == 1 {
		verb = " is"
	}
	return say(people(waiting) + verb + " waiting in ").name(l.Conference.Name).say(" and no moderator is on.").
		message(l.below(button(ListOpen, "Who's on", "")))
}

// RemindersData is what somebody is reminded of.
type RemindersData struct {
	Rows []ReminderRow
	Zone *time.Location // the reader's
	Now  time.Time
}

// ReminderRow is one reminder.
type ReminderRow struct {
	Line
	Minutes int
	Next    time.Time // when the next announced run starts; zero: nothing is planned
	Value   string
}

// Reminders lists somebody's reminders as a form.
func Reminders(d RemindersData) View {
	b := []slack.Block{}
	if len(d.Rows) == 0 {
		b = append(b, section("You have no reminders. Press *Remind me* on a conference's card to get a message before each run."))
	}
	for _, r := range d.Rows[:min(len(d.Rows), MaxViewBlocks-2)] {
		words := name(r.Conference.Name, CardName) + ", " + before(r.Minutes)
		if r.Next.IsZero() {
			words += "\nNothing is planned"
		} else {
			words += "\nNext: " + day(r.Next, d.Now, d.Zone) + ", " + clock(r.Next, d.Zone)
		}
		id := BlockRef{Part: partItem, Key: "reminder", Conference: r.Conference.ID}.ID()
		b = append(b, plainSection(id, words, labelled(button(ReminderStop, "Stop", r.Value), "Stop reminding me of "+name(r.Conference.Name, RowName))))
	}
	if more := len(d.Rows) - (MaxViewBlocks - 2); more > 0 {
		b = append(b, context("And "+itoa(more)+" more."))
	}
	return View{Kind: Modal, CallbackID: FormReminders, Title: "My reminders", Close: "Done", Meta: EncodeMeta(Meta{}), Blocks: b}
}
