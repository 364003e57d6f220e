package blocks

import (
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// ShowData is one conference in full, for one reader.
type ShowData struct {
	Line
	Access
	Reader  Reader
	HidePIN bool      // nobody looks after it and the reader is no admin
	Private bool      // exists only for its moderators and its channel's members
	Linked  []string  // Slack channels that are linked to it
	Next    time.Time // the next announcement; zero for none
	Every   string    // the rule in words
	By      string    // Slack user who made it
	Now     time.Time

	Unchecked bool // Audian could not be asked just now: it is what was known
}

// Show answers /conf show: settings, who is on, what comes next. The
// moderator PIN is behind a button that opens a form.
func Show(d ShowData) Message {
	p := new(prose).name(d.Conference.Name).say(": ").say(d.now()).say(".")
	if d.HidePIN {
		p.both("\n", " ").say("Nobody here looks after it, so its PIN is shown to admins only.")
	} else {
		p.both("\n", " ").access(d.Access).say(d.others()).heard(d.spelledPIN())
	}
	if d.Unproven && !d.HidePIN {
		p.say(" I couldn't confirm that the PIN protects it yet.")
	}
	if d.Unchecked && !d.HidePIN {
		p.say(" " + notChecked)
	}
	for _, f := range d.facts() {
		p.both("\n", " ").add(f).say(".")
	}
	return p.message(d.below(
		button(ListOpen, "Who's on", ""),
		when(d.Reader.Moderates && len(d.Conference.ModeratorPINs) > 0, button(ModeratorPIN, "Show moderator PIN", "")),
		when(d.Reader.Moderates, button(EditOpen, "Edit", "")),
		when(d.Reader.Moderates, button(AnnounceOpen, "Announce…", "")),
		when(!d.HidePIN, button(InviteSend, "Send me the invitation", ""))))
}

func (d ShowData) now() string {
	switch run := d.Snapshot.Run; {
	case !d.Snapshot.Known():
		return "I don't know who is on the line"
	case run.Live() && len(run.On()) > 0:
		return "live, " + people(len(run.On())) + " on the line since " + clock(run.Started, d.Reader.Zone)
	}
	return "nobody is on the line"
}

// facts are the settings that are worth a line.
func (d ShowData) facts() []*prose {
	var f []*prose
	c := d.Conference
	var how []string
	if c.MaxMembers > 0 {
		how = append(how, "up to "+people(c.MaxMembers))
	}
	if c.Profile != "" && c.Profile != "default" {
		how = append(how, "kind "+name(c.Profile, RowName))
	}
	if c.EntryTone != nil && *c.EntryTone {
		how = append(how, "a tone when somebody joins")
	}
	if c.ExitTone != nil && *c.ExitTone {
		how = append(how, "a tone when somebody leaves")
	}
	if c.Locked != nil && *c.Locked {
		how = append(how, "locked")
	}
	if len(how) > 0 {
		f = append(f, say("Settings: "+strings.Join(how, ", ")))
	}
	if d.Private {
		f = append(f, say("Private: only its moderators and its channel's members see it"))
	}
	if len(d.Moderators) > 0 {
		p := say("Moderators: ")
		for i, u := range d.Moderators {
			if i > 0 {
				p.say(", ")
			}
			p.user(u, d.Names)
		}
		f = append(f, p)
	}
	if d.By != "" {
		f = append(f, say("Set up by ").user(d.By, d.Names))
	}
	if len(d.Linked) > 0 {
		p := say("Linked to ")
		for i, ch := range d.Linked {
			if i > 0 {
				p.say(", ")
			}
			p.channel(ch)
		}
		f = append(f, p)
	}
	if !d.Next.IsZero() {
		s := "Next: " + day(d.Next, d.Now, d.Reader.Zone) + ", " + clock(d.Next, d.Reader.Zone)
		if d.Every != "" {
			s = d.Every + ". " + s
		}
		f = append(f, say(s))
	}
	return append(f, say("Id ").code(string(c.ID)))
}

// InvitationData is what one pastes into a calendar.
type InvitationData struct {
	Line
	Access
	Starts time.Time // the next start; zero for none
	Every  string
	Zone   *time.Location
	Now    time.Time
}

// Invitation is a direct message with a block that can be copied on a phone.
// It never holds the moderator PIN.
func Invitation(d InvitationData) Message {
	lines := []string{name(d.Conference.Name, CardName)}
	if !d.Starts.IsZero() {
		lines = append(lines, day(d.Starts, d.Now, d.Zone)+", "+clockIn(d.Starts, d.Zone))
	}
	if d.Every != "" {
		lines = append(lines, d.Every)
	}
	for _, n := range d.DialIn {
		lines = append(lines, "Call "+n.withCountry())
	}
	if len(d.DialIn) == 0 {
		lines = append(lines, "No phone number is set yet.")
	}
	if n := digitsOf(d.ConferenceNumber); n != "" {
		lines = append(lines, "Conference number "+n+", then #")
	}
	if d.Open {
		lines = append(lines, "No PIN: anybody who knows the number can join.")
	} else {
		lines = append(lines, "PIN "+digitsOf(d.PIN.Digits())+", then #")
	}
	if s := d.oneTap(); s != "" {
		lines = append(lines, "One tap from a phone: "+s)
	}
	heard := new(prose).foreign(d.Conference.Name).say(": ").accessAfter(d.Access).heard(d.others() + d.spelledPIN() + " Paste this into your calendar.")
	pre := slack.RichTextPreformatted{
		Type:     slack.RTEPreformatted,
		Elements: []slack.RichTextSectionElement{slack.NewRichTextSectionTextElement(strings.Join(lines, "\n"), nil)},
	}
	return Message{
		Text:   cut(heard.words(), MaxText),
		Blocks: []slack.Block{slack.NewRichTextBlock("", &pre), context("Paste this into your calendar.")},
	}
}

// InvitationSent tells the person where it went.
func InvitationSent(l Line) Message {
	return say("I sent you the invitation for ").name(l.Conference.Name).say(" as a direct message.").message()
}
