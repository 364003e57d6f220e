package blocks

import (
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// AnnouncementRow is one announcement, as lists and messages show it.
type AnnouncementRow struct {
	ID          string // its own id: at most 60 characters
	Line               // whose conference it announces
	Channel     string // Slack channel
	ChannelName string
	Rule        string         // "Every Monday at 09:30": in its own zone
	Zone        *time.Location // its own zone
	Starts      time.Time      // the next start; zero for none left
	Post        time.Time      // when the next post goes out
	Paused      bool
	Why         string // why it is paused, in our words; "" where somebody paused it
	Skipped     bool   // the next one is left out
	NewPIN      bool
	By          string   // display name of its owner
	Mine        bool     // the reader may change it
	Place       RowPlace // where it is drawn, so that what its menu did shows there
}

// words say what it announces, where and when, for one reader.
func (r AnnouncementRow) words(zone *time.Location, now time.Time) string {
	s := name(r.Conference.Name, CardName) + " in #" + name(r.ChannelName, RowName) + "\n" + r.rule(zone)
	if r.NewPIN {
		s += ", a new PIN each time"
	}
	if !r.Mine && r.By != "" {
		s += ", set up by " + name(r.By, RowName)
	}
	switch {
	case r.Paused && r.Why != "":
		s += "\nPaused: " + strings.TrimSuffix(r.Why, ".")
	case r.Paused:
		s += "\nPaused"
	case r.Post.IsZero():
		s += "\nNothing left to post"
	case r.Skipped:
		s += "\nThe next one is skipped; then " + day(r.Post, now, zone) + ", " + clock(r.Post, zone)
	default:
		s += "\nNext post: " + day(r.Post, now, zone) + ", " + clock(r.Post, zone)
	}
	return s
}

// rule says when it is: in its own zone, and what that is for the reader.
func (r AnnouncementRow) rule(zone *time.Location) string {
	s, at := r.Rule+" "+place(r.Zone), r.Starts
	if at.IsZero() {
		at = r.Post // a rule that does not say when it starts
	}
	if !at.IsZero() && zone != nil && zoneName(zone) != zoneName(r.Zone) {
		s += " (" + clock(at, zone) + " for you)"
	}
	return s
}

// section is the row in a list, with its menu where the reader may use it.
func (r AnnouncementRow) section(zone *time.Location, now time.Time) slack.Block {
	var menu slack.BlockElement
	if r.Mine {
		menu = slack.NewOverflowBlockElement(AnnounceMenu, r.choices()...)
	}
	return plainSection(r.Place.blockID("announcement", r), r.words(zone, now), menu)
}

// choices are what can be done with it now, five at most. What goes on can be
// moved by Edit.
func (r AnnouncementRow) choices() []*slack.OptionBlockObject {
	choice := func(words, action string) *slack.OptionBlockObject {
		return option(words, menuValue(AnnounceMenu, action, r.value()))
	}
	postNow, remove := choice("Post now", AnnouncePostNow), choice("Delete…", AnnounceDelete)
	switch {
	case r.Paused && r.Why != "": // it could not be posted there now either
		return []*slack.OptionBlockObject{choice("Resume", AnnounceResume), choice("Move it…", AnnounceMove), choice("Edit", AnnounceEdit), remove}
	case r.Paused:
		return []*slack.OptionBlockObject{choice("Resume", AnnounceResume), choice("Edit", AnnounceEdit), postNow, choice("Move it…", AnnounceMove), remove}
	}
	skip := choice("Skip the next one", AnnounceSkip)
	if r.Skipped {
		skip = choice("Don't skip the next one", AnnounceUnskip)
	}
	return []*slack.OptionBlockObject{skip, choice("Pause", AnnouncePause), choice("Edit", AnnounceEdit), postNow, remove}
}

// OfConference begins the Where of a list of one conference's announcements.
const OfConference = "="

// scope says which announcements a list is of.
func (d AnnouncementsData) scope(p *prose) *prose {
	switch {
	case d.Of != "":
		p.say(" of ").name(d.Of)
	case d.Where != "":
		p.say(" in this channel")
	}
	return p
}

// AnnouncementsData is a page of announcements for one reader.
type AnnouncementsData struct {
	Rows   []AnnouncementRow // the page's
	Where  string            // Slack channel they are of, or OfConference and an id; "" for all
	Of     string            // the conference's name, where they are of one
	Page   int
	Pages  int
	Reader Reader
	Now    time.Time
	Answer *Message // what a click in the list came to; nil for none
}

// AnnouncementList answers /conf announcements.
func AnnouncementList(d AnnouncementsData) Message {
	announce := primary(button(AnnounceOpen, "Announce a conference…", ""))
	var top []slack.Block
	said := ""
	if d.Answer != nil {
		top, said = append(top, d.Answer.Blocks...), d.Answer.Text+" "
	}
	if len(d.Rows) == 0 {
		p := d.scope(say("Nothing is announced"))
		m := p.say(".").message(actions("announcements", announce))
		return Message{Text: cut(said+m.Text, MaxText), Blocks: append(top, m.Blocks...)}
	}
	p := d.scope(say("Announcements")).say(":")
	b := append(top, p.block())
	for _, r := range d.Rows[:min(len(d.Rows), ConferenceRows)] {
		r.Place = RowPlace{In: InList, Page: d.Page, Where: d.Where}
		b = append(b, r.section(d.Reader.Zone, d.Now))
		p.text.WriteString(" " + escape(strings.ReplaceAll(r.words(d.Reader.Zone, d.Now), "\n", ". ")) + ".")
	}
	b = append(b, actions("announcements",
		when(d.Page > 0, button(AnnouncePage, "Previous", pack(itoa(d.Page-1), d.Where))),
		when(d.Page < d.Pages-1, button(AnnounceNext, "Next", pack(itoa(d.Page+1), d.Where))),
		announce))
	if d.Pages > 1 {
		small := "Page " + itoa(d.Page+1) + " of " + itoa(d.Pages) + "."
		b = append(b, context(small))
		p.say(" " + small)
	}
	return Message{Text: cut(said+p.words(), MaxText), Blocks: present(b)}
}
