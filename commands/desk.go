package commands

import (
	"fmt"
	"log/slog"
	"strings"
	"time"

	"confbot/blocks"
	"confbot/conference"
)

// Plan is what has to be known of an interaction before it is carried out.
type Plan struct {
	Name    string        // for logs, metrics, audit: "mute", "participant.kick", "create.form"
	Durable bool          // it changes something, so it is journalled before it is acknowledged
	Fresh   time.Duration // how long after a crash it may still be carried out
	Form    bool          // it opens a form and must ask Audian first: show a loading form at once
}

// FormAnswer is what a sent form is answered with at once, before anything
// slow is asked: errors at fields, the next view, or neither to close it.
type FormAnswer struct {
	Errors map[string]string // block id of an input → what is wrong with it
	View   *blocks.View
	// Push lays View on top of the form, which keeps what was entered. View is
	// shown only if what Submit returns takes long. Only for forms that change
	// nothing: what an acknowledgement is lost with is done again.
	Push  bool
	Clear bool // close the whole stack
}

// Desk is where interactions are taken, decided and answered. It holds no
// state of its own: what must last is in Records, what is on the line in Live.
type Desk struct {
	slack     Slack
	book      Book
	health    Health
	editor    Editor
	line      Operator
	live      Live
	ledger    Ledger
	records   Records
	rules     Rules
	command   string
	dialIn    []blocks.DialIn
	log       *slog.Logger
	now       func() time.Time
	version   string
	retention time.Duration
	clicks    *clickTimes

	announcements Announcements
	reminders     Reminders
	noted         Noted
	seal          Seal

	byName  map[string]*row
	rows    []row
	names   []string
	actions map[string]action
	forms   map[string]form
}

// Parts is what a Desk works with. All are needed but those that
// say what nil means.
type Parts struct {
	Slack     Slack
	Book      Book
	Health    Health // nil: nothing is said of how Audian is
	Editor    Editor
	Line      Operator
	Live      Live
	Ledger    Ledger
	Records   Records
	Rules     Rules
	Command   string          // the slash command's name, with its slash
	DialIn    []blocks.DialIn // numbers that reach every conference
	Version   string
	Retention time.Duration // how long attendance and audit are kept
	Log       *slog.Logger
	Now       func() time.Time // nil: the real clock

	Announcements Announcements
	Reminders     Reminders
	Noted         Noted // nil: no notes can be read
	Seal          Seal  // nil: none are written
}

// New checks the tables of commands, buttons and forms and returns a Desk.
// An error means that the program itself is wrong.
func New(p Parts) (*Desk, error) {
	d := &Desk{
		slack: p.Slack, book: p.Book, health: p.Health, editor: p.Editor, line: p.Line, live: p.Live, ledger: p.Ledger, records: p.Records,
		rules: p.Rules, command: p.Command, dialIn: p.DialIn, log: p.Log, now: p.Now,
		retention: p.Retention, version: p.Version, clicks: newClickTimes(),
		announcements: p.Announcements, reminders: p.Reminders, noted: p.Noted, seal: p.Seal,
		rows: commandRows(), actions: map[string]action{}, forms: map[string]form{}, byName: map[string]*row{},
	}
	if d.now == nil {
		d.now = time.Now
	}
	if d.noted == nil {
		d.noted = func(string, string) (pin conference.PIN, ok bool) { return pin, false }
	}
	if d.seal == nil {
		d.seal = func(string, conference.PIN) string { return "" }
	}
	if d.health == nil {
		d.health = unasked{}
	}
	if err := checkRows(d.rows); err != nil {
		return nil, err
	}
	for i := range d.rows {
		r := &d.rows[i]
		d.names = append(d.names, r.name)
		for _, n := range append([]string{r.name}, r.aliases...) {
			d.byName[n] = r
		}
	}
	for _, a := range actionRows() {
		if _, twice := d.actions[a.id]; twice || a.run == nil || (a.durable && a.fresh == 0) {
			return nil, fmt.Errorf("action table: %q is there twice or not complete", a.id)
		}
		d.actions[a.id] = a
	}
	for _, f := range formRows() {
		if _, twice := d.forms[f.id]; twice || f.run == nil {
			return nil, fmt.Errorf("form table: %q is there twice or not complete", f.id)
		}
		d.forms[f.id] = f
	}
	return d, nil
}

// unasked stands where nobody tells how Audian is.
type unasked struct{}

func (unasked) LastAnswer() (time.Time, error) { return time.Time{}, nil }

func lower(s string) string { return strings.ToLower(s) }
