package blocks

import (
	"time"

	"github.com/slack-go/slack"

	"confbot/live"
)

// AttendanceData is who was on in one run, for one moderator.
type AttendanceData struct {
	Line   // Snapshot.Run is the run that is told about
	Reader Reader
	Plain  bool // without the table, after Slack refused it
	Now    time.Time
}

// attended is one person: stays of the same number are added up.
type attended struct {
	who          Who
	joined, left time.Time // left zero: still on
	total        time.Duration
	stays        int
}

// people adds up the stays of each number, in order of joining. Hidden
// numbers stay apart, since nothing says that two are one person, and so do
// two stays at once, which are two people behind one number.
func (d AttendanceData) people() []attended {
	var out []attended
	at := map[string]int{}
	for _, c := range d.Snapshot.Run.Callers {
		a := attended{who: d.Who(c), joined: c.Joined, left: c.Left, total: d.stay(c), stays: 1}
		key := c.Number.Digits()
		i, before := at[key]
		if before && !c.Number.Hidden() && !out[i].left.IsZero() && !out[i].left.After(c.Joined) {
			out[i].total += a.total
			out[i].stays++
			out[i].left = c.Left
			continue
		}
		at[key] = len(out)
		out = append(out, a)
	}
	return out
}

func (d AttendanceData) stay(c live.Caller) time.Duration {
	end := c.Left
	if end.IsZero() {
		end = d.Now
	}
	return max(0, end.Sub(c.Joined))
}

func (d AttendanceData) sentence() *prose {
	run := d.Snapshot.Run
	p := new(prose).name(d.Conference.Name).say(": ")
	if run.ID == "" {
		return p.say("nobody has been on the line yet.")
	}
	p.say(people(len(d.people())) + " on " + day(run.Started, d.Now, d.Reader.Zone) + " from " + clock(run.Started, d.Reader.Zone))
	if run.Ended.IsZero() {
		p.say(" until now, " + thousands(len(run.On())) + " of them on the line.")
	} else {
		p.say(" to " + clock(run.Ended, d.Reader.Zone) + ".")
	}
	if run.Peak > 0 {
		p.say(" At most " + thousands(run.Peak) + " at once.")
	}
	return p
}

// row is one person as cells: name, joined, left, total.
func (d AttendanceData) row(a attended) []string {
	left := "still on"
	if !a.left.IsZero() {
		left = clock(a.left, d.Reader.Zone)
	}
	total := lasting(a.total)
	if a.stays > 1 {
		total += ", " + plural(a.stays, "stay", "stays")
	}
	return []string{a.who.title() + ", " + a.who.number(), clock(a.joined, d.Reader.Zone), left, total}
}

// Attendance is one sentence and a table, as a private message.
func Attendance(d AttendanceData) Message {
	p := d.sentence()
	rows := [][]string{{"Name", "Joined", "Left", "Total"}}
	spoken := ""
	for _, a := range d.people() {
		r := d.row(a)
		rows = append(rows, r)
		spoken += " " + escape(r[0]) + ", " + r[1] + " to " + r[2] + ", " + r[3] + "."
	}
	m := Message{Text: fitted(p.words(), spoken, ""), Blocks: []slack.Block{p.block()}}
	if len(rows) > 1 {
		m.Blocks = append(m.Blocks, tabled(rows, d.Plain)...)
	}
	return m
}

// AttendanceView is the same as a form, in which no table can stand.
func AttendanceView(d AttendanceData, m Meta) View {
	rows := make([][]string, 0, len(d.Snapshot.Run.Callers))
	for _, a := range d.people() {
		rows = append(rows, d.row(a))
	}
	return View{
		Kind: Modal, CallbackID: FormText, Title: viewTitle(d.Conference.Name), Close: "Close", Meta: EncodeMeta(m),
		Blocks: append([]slack.Block{d.sentence().block()}, lined(rows)...),
	}
}
