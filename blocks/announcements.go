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
	By          string // display name of its owner
	Mine        bool   // the reader may change it
}

// words say what it announces, where and when, for one reader.
func (r AnnouncementRow) words(zone *time.Location, now time.Time) string {
	s := name(r.Conference.Name, CardName) + " in #" + name(r.ChannelName, RowName) + "\n" + r.Rule + " " + place(r.Zone)
	if !r.Post.IsZero() && zone != nil && zoneName(zone) != zoneName(r.Zone) && !r.Starts.IsZero() {
		s += " (" + clock(r.Starts, zone) + " for you)"
	}
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

// section is the row in a list, with its menu where the reader may use it.
func (r AnnouncementRow) section(zone *time.Location, now time.Time) slack.Block {
	id := BlockRef{Part: partItem, Key: "announcement." + r.ID, Conference: r.Conference.ID}.ID()
	if !r.Mine {
		return plainSection(id, r.words(zone, now), nil)
	}
	skip := option("Skip the next one", menuValue(AnnounceMenu, AnnounceSkip, r.ID))
	if r.Skipped {
		skip = option("Don't skip the next one", menuValue(AnnounceMenu, AnnounceUnskip, r.ID))
	}
	pause := option("Pause", menuValue(AnnounceMenu, AnnouncePause, r.ID))
	if r.Paused {
		pause = option("Resume", menuValue(AnnounceMenu, AnnounceResume, r.ID))
	}
	return plainSection(id, r.words(zone, now), slack.NewOverflowBlockElement(AnnounceMenu, skip, pause,
		option("Edit", menuValue(AnnounceMenu, AnnounceEdit, r.ID)),
		option("Post now", menuValue(AnnounceMenu, AnnouncePostNow, r.ID)),
		option("Delete…", menuValue(AnnounceMenu, AnnounceDelete, r.ID))))
}

// AnnouncementsData is a page of announcements for one reader.
type AnnouncementsData struct {
	Rows   []AnnouncementRow // the page's
	Where  string            // Slack channel they are of; "" for all
	Page   int
	Pages  int
	Reader Reader
	Now    time.Time
}

// AnnouncementList answers /conf announcements.
func AnnouncementList(d AnnouncementsData) Message {
	announce := primary(button(AnnounceOpen, "Announce a conference…", ""))
	if len(d.Rows) == 0 {
		p := say("Nothing is announced")
		if d.Where != "" {
			p.say(" in this channel")
		}
		return p.say(".").message(actions("announcements", announce))
	}
	p := say("Announcements")
	if d.Where != "" {
		p.say(" in this channel")
	}
	p.say(":")
	b := []slack.Block{p.block()}
	for _, r := range d.Rows[:min(len(d.Rows), ConferenceRows)] {
		b = append(b, r.section(d.Reader.Zone, d.Now))
		p.text.WriteString(" " + escape(strings.ReplaceAll(r.words(d.Reader.Zone, d.Now), "\n", ", ")) + ".")
	}
	b = append(b, actions("announcements",
		when(d.Page > 0, button(AnnouncePage, "Previous", pack(itoa(d.Page-1), d.Where))),
		when(d.Page < d.Pages-1, button(AnnounceNext, "Next", pack(itoa(d.Page+1), d.Where))),
		announce))
	if d.Pages > 1 {
		p.say(" Page " + itoa(d.Page+1) + " of " + itoa(d.Pages) + ".")
	}
	return Message{Text: cut(p.words(), MaxText), Blocks: present(b)}
}

// Announcing is W8.
func Announcing(r AnnouncementRow, now time.Time) Message {
	p := new(prose).name(r.Conference.Name).say(" will be announced "+lowerFirst(r.Rule)+" "+place(r.Zone)+" time in ").
		in(r.Channel, r.ChannelName).say(".")
	if !r.Post.IsZero() {
		p.say(" First post: " + day(r.Post, now, r.Zone) + ".")
	}
	return p.message(r.below(button(AnnounceEdit, "Change", r.ID), button(AnnounceSkip, "Skip the first", r.ID)))
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// AnnouncementChanged confirms what a menu's choice did. What is the action
// id of the choice.
func AnnouncementChanged(r AnnouncementRow, action string, zone *time.Location, now time.Time) Message {
	p := new(prose).name(r.Conference.Name).say(" in ").in(r.Channel, r.ChannelName).say(": ")
	next := ""
	if !r.Post.IsZero() {
		next = " Next post: " + day(r.Post, now, zone) + ", " + clock(r.Post, zone) + "."
	}
	switch action {
	case AnnounceSkip:
		return p.say("the next one is skipped." + next).message(r.below(button(AnnounceUnskip, "Don't skip it", r.ID)))
	case AnnounceUnskip:
		return p.say("the next one is posted after all." + next).message()
	case AnnouncePause:
		return p.say("paused. Nothing is posted until you resume it.").message(r.below(button(AnnounceResume, "Resume", r.ID)))
	case AnnounceResume:
		return p.say("goes on." + next).message()
	case AnnouncePostNow:
		return p.say("posted now." + next).message()
	case AnnounceDelete:
		return p.say("no longer announced.").message()
	}
	return p.say("changed." + next).message()
}
