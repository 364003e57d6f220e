package blocks

import (
	"time"

	"github.com/slack-go/slack"
)

// HomeData is one person's App Home.
type HomeData struct {
	Reader  Reader
	Command string
	Live    []ConferenceRow   // going on; Access is shown where the reader may see it
	Next    []AnnouncementRow // due next, soonest first
	Yours   []ConferenceRow   // that the reader moderates
	Total   int               // conferences there are, to tell an empty start from a quiet day
	Silent  time.Time         // since when Audian has not answered; zero: it does
	Setup   *SetupData        // admins only
	Answer  string            // what the last click here came to, as top-level text; "" for nothing
	Now     time.Time
}

// SetupData is the section that only admins see.
type SetupData struct {
	Done       []string // what is done, in our words: "connected to Slack and Audian."
	ToDo       []string // what is left: "add the number people dial. Set CONF_DIAL_IN and restart."
	Unowned    int      // conferences that nobody looks after
	Version    string
	LastAnswer time.Time // when Audian last answered; zero for not yet
}

// maxHome is where App Home stops: below Slack's hundred blocks, and as much
// as anybody reads.
const maxHome = 60

// homeRows is how many conferences and announcements a section shows, so that
// none crowds out the others.
const homeRows = 10

// AppHome draws a person's App Home (layout 3.7).
func AppHome(d HomeData) View {
	var b []slack.Block
	if d.Answer != "" {
		b = append(b, section(d.Answer))
	}
	if !d.Silent.IsZero() {
		b = append(b, section(":warning: *Audian isn't answering* since "+clock(d.Silent, d.Reader.Zone)+". What is below may be wrong."))
	}
	if len(d.Live)+len(d.Next)+len(d.Yours) == 0 && d.Total == 0 {
		words := "No conferences yet. Make the first one; all it takes is a name."
		if d.Command != "" {
			words += " Or type `" + escapeOurs(d.Command) + "` in any channel."
		}
		b = append(b, section(words))
	}
	tail := append([]slack.Block{d.homeButtons()}, d.setup()...)
	room := maxHome - len(b) - len(tail)
	var body []slack.Block
	if len(d.Live) > 0 {
		body = append(body, header("Live now"))
		for _, r := range d.Live[:min(len(d.Live), homeRows)] {
			body = append(body, d.liveRow(r)...)
		}
		if len(d.Live) > homeRows {
			body = append(body, context("There are "+itoa(len(d.Live)-homeRows)+" more: press All conferences."))
		}
	}
	body = append(body, d.next()...)
	if len(d.Yours) > 0 {
		body = append(body, header("Yours"))
		for _, r := range d.Yours {
			body = append(body, homeConference(r))
		}
	}
	if len(body) > room {
		body = append(body[:room-1], context("There is more: press All conferences."))
	}
	return View{Kind: Home, CallbackID: "home", Blocks: present(append(append(b, body...), tail...))}
}

// next is what is announced, with a way to the rest of it.
func (d HomeData) next() []slack.Block {
	if len(d.Next) == 0 {
		return nil
	}
	b := []slack.Block{header("Next")}
	for _, r := range d.Next[:min(len(d.Next), homeRows)] {
		r.Place = RowPlace{In: InHome}
		b = append(b, r.section(d.Reader.Zone, d.Now))
	}
	if len(d.Next) > homeRows {
		b = append(b, actions("home.next", button(Announcements, "All announcements", "")))
	}
	return b
}

// ClosedHome is the App Home of somebody for whom confbot is not.
func ClosedHome(m Message) View {
	return View{Kind: Home, CallbackID: "home", Blocks: m.Blocks}
}

func (d HomeData) liveRow(r ConferenceRow) []slack.Block {
	words := name(r.Conference.Name, CardName) + ": " + people(r.On) + " on the line"
	if !r.Since.IsZero() {
		words += " since " + clock(r.Since, d.Reader.Zone)
	}
	id := BlockRef{Part: partItem, Key: "live", Conference: r.Conference.ID}.ID()
	b := []slack.Block{plainSection(id, words, labelled(button(CardWho, "Who's on", ""), "Who's on "+name(r.Conference.Name, RowName)))}
	if len(r.Access.DialIn) > 0 && (r.Access.Open || !r.Access.PIN.Empty()) {
		b = append(b, section(CardData{Line: r.Line, Access: r.Access}.accessLines()))
	}
	return b
}

func homeConference(r ConferenceRow) slack.Block {
	id := BlockRef{Part: partItem, Key: "yours", Conference: r.Conference.ID}.ID()
	return plainSection(id, name(r.Conference.Name, CardName)+": "+r.state(), slack.NewOverflowBlockElement(HomeConference,
		option("Who's on", menuValue(HomeConference, ListOpen, "")),
		option("Announce…", menuValue(HomeConference, AnnounceOpen, "")),
		option("Edit", menuValue(HomeConference, EditOpen, "")),
		option("Moderators", menuValue(HomeConference, ModeratorsOpen, "")),
		option("Delete…", menuValue(HomeConference, DeleteOpen, ""))))
}

func (d HomeData) homeButtons() slack.Block {
	return actions("home",
		primary(button(CreateOpen, "New conference", "")),
		button(ConferencesList, "All conferences", ""),
		button(HomeReminders, "My reminders", ""),
		button(HomePreferences, "Preferences", ""),
		button(HelpOpen, "Help", ""))
}

// setup is what admins still have to do.
func (d HomeData) setup() []slack.Block {
	s := d.Setup
	if s == nil {
		return nil
	}
	b := []slack.Block{header("Setting up")}
	lines := "Only workspace admins see this."
	for _, w := range s.Done {
		lines += "\nDone: " + escapeOurs(w)
	}
	for _, w := range s.ToDo {
		lines += "\nTo do: " + escapeOurs(w)
	}
	b = append(b, section(lines))
	if s.Unowned > 0 {
		b = append(b, section("To do: say who looks after the "+plural(s.Unowned, "conference that was", "conferences that were")+" here before me."),
			actions("home.adopt", button(AdoptOpen, "Choose", "")))
	}
	small := "confbot " + escapeOurs(s.Version)
	if !s.LastAnswer.IsZero() {
		small += ", Audian last answered at " + inZone(s.LastAnswer, d.Reader.Zone).Format(layoutSecs)
	}
	return append(b, context(small+"."))
}
