package blocks

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"confbot/live"
)

// PanelData is what the list in a card's thread shows.
type PanelData struct {
	Line
	Place *time.Location // the zone whose place the words name; nil is UTC
	Now   time.Time
	// HeldSince is when somebody last clicked in this message, or when it was
	// posted: who left after that keeps their row, so that nothing moves
	// under a finger. Zero keeps none.
	HeldSince time.Time
	// RowLimit is the most rows to draw; 0 is MaxRows. It is half of what there
	// was when Slack found the message too long.
	RowLimit int
}

const (
	// manyCallers is where a panel stops showing all rows in a fixed order.
	manyCallers = MaxRows
	// crowd is where only those who can be heard are shown, and a search.
	crowd = 60
)

// Panel draws the list of callers that everybody in a card's thread sees.
func Panel(d PanelData) Message {
	return keyed(d.panel(), d.Revision)
}

func (d PanelData) panel() Message {
	run := d.Snapshot.Run
	switch {
	case !run.Ended.IsZero():
		return d.over()
	case len(run.On()) == 0 && len(d.held()) == 0:
		return d.nobody()
	}
	rows := d.rows()
	for {
		m := d.draw(rows)
		over := utf8.RuneCountInString(m.Text) + stringsIn(m.Blocks...) - MaxStrings
		if len(rows) <= 1 || (over <= 0 && len(m.Blocks) <= MaxMessageBlocks) {
			return m
		}
		rows = rows[:len(rows)-max(1, min(len(rows)-1, over/rowStrings))]
	}
}

// rowStrings is more than a row ever comes to, so that cutting by it never
// cuts too much.
const rowStrings = 900

// rows picks the callers to draw, in order.
func (d PanelData) rows() []live.Caller {
	most := d.RowLimit
	if most <= 0 || most > MaxRows {
		most = MaxRows
	}
	on := d.Snapshot.Run.On()
	switch {
	case len(on) <= manyCallers:
		held := d.held()
		if over := len(on) + len(held) - most; over > 0 {
			held = held[min(over, len(held)):]
		}
		on = append(on, held...)
		d.byNumber(on)
	case len(on) > crowd:
		on = slices.DeleteFunc(on, func(c live.Caller) bool { return c.Muted })
		byLatest(on)
	default:
		byLatest(on)
	}
	return on[:min(most, len(on))]
}

// held returns those who left but whose row is kept, longest gone first.
func (d PanelData) held() []live.Caller {
	if d.HeldSince.IsZero() {
		return nil
	}
	var held []live.Caller
	for _, c := range d.Snapshot.Run.Callers {
		if !c.On() && c.Left.After(d.HeldSince) {
			held = append(held, c)
		}
	}
	slices.SortStableFunc(held, func(a, b live.Caller) int { return a.Left.Compare(b.Left) })
	return held
}

func (d PanelData) draw(rows []live.Caller) Message {
	st := rowStyle{zone: d.Place, twins: d.twins()}
	sum := new(prose).name(d.Conference.Name).say(": ").say(d.counts().words())
	blocks := []slack.Block{d.banner(), sum.block(), d.barButtons(len(rows) < len(d.Snapshot.Run.On()))}
	if len(d.Snapshot.Run.On()) > crowd {
		blocks = append(blocks, actions(d.bar(partFind), typeAhead(PanelFind, "Find a caller by name or last digits")))
	}
	var spoken strings.Builder
	for _, c := range rows {
		blocks = append(blocks, d.describe(c, st), d.rowButtons(c))
		spoken.WriteString(" " + d.spoken(c, st))
	}
	blocks = append(blocks, context(d.footer(len(rows))))

	tail := d.showing(len(rows))
	lead := sum.words() + ". " + d.reading() + d.bannerWords()
	return Message{Text: fitted(lead, spoken.String(), tail), Blocks: present(blocks), Rows: len(rows)}
}

// rowButtons are a caller's buttons: what is wanted least often comes last.
func (d PanelData) rowButtons(c live.Caller) slack.Block {
	w, value := d.Who(c), CallerValue(c.Key())
	if !c.On() {
		return actions(d.row(c.No), labelled(button(ParticipantClear, "Clear", value), "Clear "+w.short()))
	}
	return actions(d.row(c.No), muteButton(c, w, value), deafenButton(c, w, value), kickButton(w, value))
}

// barButtons act on everybody; more says that not all callers are shown.
func (d PanelData) barButtons(more bool) slack.Block {
	n := len(d.Snapshot.Run.On())
	choices := []*slack.OptionBlockObject{
		option("Private list…", menuValue(PanelMenu, ListOpen, "")),
		option("Which line is me…", menuValue(PanelMenu, PanelLine, "")),
		option("Attendance so far", menuValue(PanelMenu, PanelAttendance, "")),
		option("End for everyone…", menuValue(PanelMenu, PanelEnd, "")),
	}
	if n > 1 {
		choices = slices.Insert(choices, 0, option("Mute unknown numbers", menuValue(PanelMenu, PanelMuteUnknown, "")))
	}
	return actions(d.bar(partBar),
		when(more, primary(button(ListOpen, fmt.Sprintf("All %s…", thousands(n)), ""))),
		when(n > 1, d.muteOthersButton()),
		when(n > 1, button(PanelUnmuteOthers, "Unmute others", "")),
		button(PanelPIN, "Change PIN…", ""),
		button(PanelRefresh, "Refresh", ""),
		slack.NewOverflowBlockElement(PanelMenu, choices...))
}

// muteOthersButton asks before, and promises no moderator to be left alone
// whom nothing tells apart from the others.
func (l Line) muteOthersButton() *slack.ButtonBlockElement {
	who := "Everyone is muted except you. I can't tell who else moderates."
	switch {
	case l.rolesKnown():
		who = "Everyone is muted except moderators and you."
	case slices.ContainsFunc(l.Snapshot.Run.On(), l.moderates):
		who = "Everyone is muted except you and moderators whose line I know."
	}
	return asking(button(PanelMuteOthers, "Mute others", ""), "Mute everyone else?",
		who+" They can unmute themselves with *1 on their phone.", "Mute others", "Cancel", false)
}

func typeAhead(action, placeholder string) *slack.SelectBlockElement {
	s := slack.NewOptionsSelectBlockElement(slack.OptTypeExternal, plain(placeholder, MaxPlaceholder), action)
	one := 1
	s.MinQueryLength = &one
	return s
}

// nobody is the panel of an empty line.
func (d PanelData) nobody() Message {
	p := new(prose).name(d.Conference.Name)
	refresh := button(PanelRefresh, "Refresh", "")
	switch {
	case !d.Snapshot.Known(), d.Snapshot.Every == 0 && d.Now.Sub(d.Snapshot.ReadAt) > time.Minute:
		p.say(": I haven't looked for a while.")
		refresh = button(PanelRefresh, "Look now", "")
	default:
		p.say(": nobody is on the line").heard(", as of " + clockIn(d.Snapshot.ReadAt, d.Place)).say(".")
		if n, ok := d.endedBy(); ok {
			p.say(" ").add(d.note(n, d.Place, false))
		}
	}
	m := p.message(actions(d.bar(partBar), refresh))
	if b := d.banner(); b != nil {
		m.Blocks = slices.Insert(m.Blocks, 0, b)
		m.Text += d.bannerWords()
	}
	return m
}

// over is the panel of a run that has ended: it has lost its buttons.
func (d PanelData) over() Message {
	run := d.Snapshot.Run
	p := new(prose).name(d.Conference.Name).say(": ")
	if n, ok := d.endedBy(); ok {
		p.add(d.note(n, d.Place, false))
	} else {
		p.say("ended at ").at(run.Ended, d.Place).say(".")
	}
	p.say(" " + people(len(run.Callers)) + " in all.")
	return p.message(actions(d.bar(partBar), button(PanelAttendance, "Attendance", "")))
}

// endedBy is who ended the run for everyone, if that is how it came to its
// end: nobody has joined since.
func (l Line) endedBy() (live.Note, bool) {
	run := l.Snapshot.Run
	for _, n := range slices.Backward(run.Notes) {
		if n.What == live.NoteEnded {
			return n, !slices.ContainsFunc(run.Callers, func(c live.Caller) bool { return c.Joined.After(n.At) })
		}
	}
	return live.Note{}, false
}
