package blocks

import (
	"time"

	"github.com/slack-go/slack"
)

// maxMissed is how many missed posts are offered one by one.
const maxMissed = 5

// MissedPosts is what somebody's announcements missed and may still be of use.
type MissedPosts struct {
	Rows   []MissedPost // latest first
	Meta   Meta
	Reader Reader
	Now    time.Time
	Answer *Message // what a click in the form came to; nil for none
}

// MissedPost is one announcement's last post that did not go out.
type MissedPost struct {
	AnnouncementRow

	At time.Time // when it was due
}

// MissedForm is behind "Post now…" under W38d: a button for each post that is
// still of use.
func MissedForm(d MissedPosts) View {
	var b []slack.Block
	if d.Answer != nil {
		b = append(b, d.Answer.Blocks...)
	}
	switch {
	case len(d.Rows) > 0:
		b = append(b, section("A post that goes out now shows the number and the PIN as they are now."))
	case d.Answer == nil:
		b = append(b, section("Nothing that I missed is still of use: it has been posted since, was deleted, or is long over."))
	}
	for _, r := range d.Rows[:min(len(d.Rows), maxMissed)] {
		r.Place = RowPlace{In: InMissed}
		words := name(r.Conference.Name, CardName) + " in #" + name(r.ChannelName, RowName) + "\nWas due on " +
			day(r.At, d.Now, d.Reader.Zone) + " at " + clock(r.At, d.Reader.Zone)
		b = append(b, plainSection(r.Place.blockID("announcement", r.AnnouncementRow), words,
			labelled(button(AnnouncePostNow, "Post now", r.ID), "Post "+name(r.Conference.Name, RowName)+" now")))
	}
	if more := len(d.Rows) - maxMissed; more > 0 {
		b = append(b, context("And "+itoa(more)+" more."))
	}
	b = append(b, actions("missed", button(Announcements, "Look at all", pack(itoa(0), ""))))
	return View{
		Kind: Modal, CallbackID: FormText, Title: "Post what was missed", Close: "Done", Meta: EncodeMeta(d.Meta), Blocks: present(b),
	}
}
