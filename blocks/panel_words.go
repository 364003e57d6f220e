package blocks

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/slack-go/slack"
)

// counts says how many are on and how they are: "25 on the line, 3 muted".
func (l Line) counts() *prose {
	on := l.Snapshot.Run.On()
	muted, unknown := 0, 0
	for _, c := range on {
		if c.Muted {
			muted++
		}
		if l.Unknown(c) {
			unknown++
		}
	}
	p := say(thousands(len(on)) + " on the line")
	if muted > 0 {
		p.say(fmt.Sprintf(", %s muted", thousands(muted)))
	}
	if unknown > 0 {
		p.say(", " + plural(unknown, "unknown number", "unknown numbers"))
	}
	return p
}

// banner says that what is below may be wrong.
func (d PanelData) banner() slack.Block {
	if d.Snapshot.Failures < 2 {
		return nil
	}
	s := ":warning: *Audian isn't answering.*"
	if d.Snapshot.Known() {
		s += " This list is from " + token(d.Snapshot.ReadAt, tokenSecs, d.Place) + " and may be wrong."
	}
	return section(s + " I keep trying.")
}

func (d PanelData) bannerWords() string {
	if d.Snapshot.Failures < 2 {
		return ""
	}
	return " Audian isn't answering, so this list may be wrong. I keep trying."
}

// reading says how old the list is, for the ear.
func (d PanelData) reading() string {
	if !d.Snapshot.Known() {
		return "Not read yet."
	}
	return "As of " + clockIn(d.Snapshot.ReadAt, d.Place) + "."
}

// showing says that not all are shown.
func (d PanelData) showing(rows int) string {
	on := len(d.Snapshot.Run.On())
	switch {
	case rows >= on:
		return ""
	case on > crowd:
		return fmt.Sprintf(" Showing %d of %s: those who can be heard, latest first.", rows, thousands(on))
	case on > manyCallers:
		return fmt.Sprintf(" Showing %d of %s, latest first.", rows, thousands(on))
	}
	return fmt.Sprintf(" Showing %d of %s.", rows, thousands(on))
}

// slowestCheck is how often a live conference is looked at when nothing
// happens on its line. The words stay in the message while the pace changes,
// so they name the slowest.
const slowestCheck = 5 * time.Second

// footer is the small print below the rows, as mrkdwn.
func (d PanelData) footer(rows int) string {
	var s strings.Builder
	if !d.Snapshot.ChangedAt.IsZero() {
		s.WriteString("Last change " + token(d.Snapshot.ChangedAt, tokenSecs, d.Place))
	} else {
		s.WriteString("Read " + token(d.Snapshot.ReadAt, tokenSecs, d.Place))
	}
	if d.Snapshot.Every > 0 {
		s.WriteString(", checked at least every " + lasting(max(d.Snapshot.Every, slowestCheck)))
	}
	s.WriteString("." + d.showing(rows))
	if len(d.Moderators) > 0 {
		s.WriteString(" Moderators: " + mentions(d.Moderators, 10) + ".")
	}
	if notes := d.Snapshot.Run.Notes; len(notes) > 0 {
		s.WriteString(" " + d.note(notes[len(notes)-1], d.Place, true).words())
	}
	if d.Snapshot.Run.Newcomers {
		s.WriteString(" Newcomers are muted.")
	}
	return s.String()
}

// mentions writes members, at most so many.
func mentions(users []string, most int) string {
	words := make([]string, 0, most)
	for i, u := range users {
		if i == most {
			words = append(words, fmt.Sprintf("%d more", len(users)-most))
			break
		}
		words = append(words, "<@"+u+">")
	}
	return strings.Join(words, ", ")
}

// fitted joins the parts of a list's words so that the end is always heard:
// rows in the middle give way, whole sentences at a time.
func fitted(lead, rows, tail string) string {
	room := MaxText - utf8.RuneCountInString(lead) - utf8.RuneCountInString(tail) - 20
	if utf8.RuneCountInString(rows) > room {
		r := string([]rune(rows)[:max(0, room)])
		if i := strings.LastIndex(r, ". "); i >= 0 {
			r = r[:i+1]
		}
		rows = r + " And more."
	}
	return cut(lead+rows+tail, MaxText)
}
