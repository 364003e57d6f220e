package blocks

import (
	"time"

	"github.com/slack-go/slack"
)

// AuditData is who did what with a conference.
type AuditData struct {
	Line
	Rows   []AuditRow // newest first
	Reader Reader
	Plain  bool // without the table, after Slack refused it
	More   bool // there are older ones
	Now    time.Time
}

// AuditRow is one thing that somebody did.
type AuditRow struct {
	At      time.Time
	By      string // display name; "" for confbot itself
	What    string // "kicked caller 38, ends 4821": may hold foreign names, never a PIN
	Outcome string // "" where it worked: "refused", "no answer"
}

// when writes a time in the reader's zone, today's without the date.
func (d AuditData) when(t time.Time) string {
	if date := shortDay(t, d.Reader.Zone); date != shortDay(d.Now, d.Reader.Zone) || d.Now.Sub(t) > 48*time.Hour {
		return date + " " + clock(t, d.Reader.Zone)
	}
	return "today " + clock(t, d.Reader.Zone)
}

// Audit answers /conf audit.
func Audit(d AuditData) Message {
	p := new(prose).name(d.Conference.Name)
	if len(d.Rows) == 0 {
		return p.say(": nobody has changed anything yet.").message()
	}
	p.say(": the last ").say(plural(len(d.Rows), "thing that was", "things that were")).say(" done, newest first.")
	rows := [][]string{{"When", "Who", "What"}}
	spoken := ""
	for _, r := range d.Rows {
		by := name(r.By, RowName)
		if by == "" {
			by = "confbot"
		}
		what := name(r.What, 120)
		if r.Outcome != "" {
			what += ": " + r.Outcome
		}
		at := d.when(r.At)
		rows = append(rows, []string{at, by, what})
		spoken += " " + at + ", " + escape(by) + " " + escape(what) + "."
	}
	if d.More {
		p.say(" There are older ones.")
	}
	return Message{Text: fitted(p.words(), spoken, ""), Blocks: append([]slack.Block{p.block()}, tabled(rows, d.Plain)...)}
}
