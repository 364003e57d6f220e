package blocks

import (
	"time"

	"github.com/slack-go/slack"
)

// ConferenceRow is a conference in a list.
type ConferenceRow struct {
	Line             // Revision and Labels are not needed
	On     int       // people on the line
	Known  bool      // On was read just now; otherwise it is drawn "–", never 0
	Since  time.Time // when the run began; zero for not live or not known
	Note   string    // "private", "not looked after"; ours
	Access Access    // App Home shows it for live ones
}

// state is the row's second half in words: "live, 4 people".
func (r ConferenceRow) state() string {
	switch {
	case !r.Known:
		return "–"
	case r.On == 0:
		return "nobody"
	}
	return "live, " + people(r.On)
}

// heardState is the same for the ear.
func (r ConferenceRow) heardState() string {
	if !r.Known {
		return "not known"
	}
	return r.state()
}

// StartData is what /conf alone answers.
type StartData struct {
	Command string
	Linked  *ConferenceRow  // this channel's conference; nil for none
	ByCard  bool            // not linked: its card is in this channel
	Live    []ConferenceRow // going on, that the reader moderates or that are looked after
	Channel bool            // typed in a channel, not in a direct message
	Admin   bool
}

// Start is the card that /conf alone answers with: what is live or linked
// here first, then what one can do.
func Start(d StartData) Message {
	p := say("Phone conferences").both("", ". ")
	blocks := []slack.Block{section("*Phone conferences*")}
	live := d.Live[:min(len(d.Live), 3)]
	for _, r := range live {
		if d.Linked != nil && r.Conference.ID == d.Linked.Conference.ID {
			continue
		}
		p.text.WriteString(escape(name(r.Conference.Name, CardName)) + ": " + r.heardState() + ". ")
		blocks = append(blocks, r.startRow())
	}
	switch {
	case d.Linked != nil:
		whose := ", this channel's conference: "
		if d.ByCard {
			whose = ", whose card is in this channel: "
		}
		p.text.WriteString(escape(name(d.Linked.Conference.Name, CardName)) + whose + d.Linked.heardState() + ". ")
		blocks = append(blocks, plainSection("", name(d.Linked.Conference.Name, CardName)+": "+d.Linked.state(), nil),
			d.Linked.below(button(ListOpen, "Who's on", ""), button(AnnounceOpen, "Announce…", ""), button(ConferenceShow, "Details", "")))
	case d.Channel:
		p.text.WriteString("This channel has no conference yet. ")
		blocks = append(blocks, section("This channel has no conference yet."))
	}
	p.text.WriteString("Type " + escapeOurs(d.Command) + " create and a name, or " + escapeOurs(d.Command) + " help.")
	blocks = append(blocks, actions("start",
		primary(button(CreateOpen, "New conference", "")),
		button(ConferencesList, "All conferences", ""), button(HelpOpen, "Help", "")))
	return Message{Text: cut(p.words(), MaxText), Blocks: present(blocks)}
}

func (r ConferenceRow) startRow() slack.Block {
	words := name(r.Conference.Name, CardName) + ": " + r.state()
	return plainSection(BlockRef{Part: partItem, Key: "start", Conference: r.Conference.ID}.ID(), words,
		labelled(button(CardWho, "Who's on", ""), "Who's on "+name(r.Conference.Name, RowName)))
}

// ConferencesData is a page of /conf list.
type ConferencesData struct {
	Command string
	Query   string
	Rows    []ConferenceRow // the page's, live ones first
	Page    int             // from 0
	Pages   int
	Total   int  // how many there are in all
	Silent  bool // Audian is not answering, so heads are not known
	Others  int  // not looked after, which admins may see
	Reader  Reader
}

// Conferences is a page of /conf list: eight plain sections, each with its
// button.
func Conferences(d ConferencesData) Message {
	if d.Total == 0 && d.Query == "" {
		m := NoConferences(d.Command)
		m.Title = listTitle
		return m
	}
	if d.Total == 0 {
		m := NoConference(CandidatesData{Typed: d.Query, Command: d.Command})
		m.Title = listTitle
		return m
	}
	p := say(plural(d.Total, "conference", "conferences"))
	if d.Query != "" {
		p.say(" matching ").quote(d.Query)
	}
	p.say(".")
	if d.Silent {
		p.say(" Audian isn't answering, so I can't say who is on the line.")
	}
	blocks := []slack.Block{p.block()}
	for _, r := range d.Rows[:min(len(d.Rows), ConferenceRows)] {
		words := name(r.Conference.Name, CardName) + "\n" + r.state()
		heard := escape(name(r.Conference.Name, CardName)) + ": " + r.heardState()
		if r.Note != "" {
			words += ", " + r.Note
			heard += ", " + r.Note
		}
		p.text.WriteString(" " + heard + ".")
		id := BlockRef{Part: partItem, Key: "list", Conference: r.Conference.ID}.ID()
		blocks = append(blocks, plainSection(id, words,
			labelled(button(CardWho, "Who's on", ""), "Who's on "+name(r.Conference.Name, RowName))))
	}
	blocks = append(blocks, actions("conferences.pages",
		when(d.Page > 0, button(ConferencesPage, "Previous", pack(itoa(d.Page-1), cut(d.Query, 100)))),
		when(d.Page < d.Pages-1, button(ConferencesNext, "Next", pack(itoa(d.Page+1), cut(d.Query, 100)))),
		when(d.Reader.Admin && d.Others > 0, button(AdoptOpen, "Say who looks after…", "")),
		primary(button(CreateOpen, "New conference", ""))))
	if d.Pages > 1 {
		p.say(" Page " + itoa(d.Page+1) + " of " + itoa(d.Pages) + ".")
		blocks = append(blocks, context("Page "+itoa(d.Page+1)+" of "+itoa(d.Pages)+"."))
	}
	return Message{Title: listTitle, Text: cut(p.words(), MaxText), Blocks: present(blocks)}
}

const listTitle = "All conferences"

// ParsePage reads the value of a list's Previous and Next. The error is
// ErrStale.
func ParsePage(value string) (page int, query string, err error) {
	f, err := unpack(value, 2)
	if err != nil {
		return 0, "", err
	}
	page, ok := atoi(f[0])
	if !ok {
		return 0, "", ErrStale
	}
	return page, f[1], nil
}
