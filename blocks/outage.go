package blocks

import (
	"fmt"
	"time"

	"confbot/conference"
)

// OldPINData is about a new PIN that was not there in time.
type OldPINData struct {
	Conference conference.Conference
	Channel    string
	At         time.Time // when the post is due
	Zone       *time.Location
}

// OldPIN tells an owner of it.
func OldPIN(d OldPINData) Message {
	p := say("Audian didn't confirm a new PIN for ").name(d.Conference.Name).say(" in time. ")
	if d.At.IsZero() {
		p.say("The post")
	} else {
		p.say("The post at " + clock(d.At, d.Zone))
	}
	if d.Channel != "" {
		p.say(" in ").channel(d.Channel)
	}
	return p.say(" shows the PIN from before, which still works.").message()
}

// OwnerOutage tells an owner, once an outage, what happened to their posts.
type OwnerOutage struct {
	Since, Until time.Time // Until zero: it goes on
	Zone         *time.Location
	OnTime       int      // posts that went out
	Waiting      []string // conferences whose PIN is still to come
	Old          []string // conferences posted with the old PIN, which works
}

// Outage is the direct message to an owner; when it is over the same message
// is edited.
func Outage(d OwnerOutage) Message {
	p := say("Audian isn't answering since " + clock(d.Since, d.Zone) + ".")
	if !d.Until.IsZero() {
		p = say("Audian was away from " + clock(d.Since, d.Zone) + " to " + clock(d.Until, d.Zone) + ".")
	}
	p.say(" " + went(d.OnTime))
	if len(d.Waiting) > 0 {
		p.say(" The PIN follows for ").bolds(d.Waiting).say(".")
	}
	if len(d.Old) > 0 {
		p.say(" Posted with the PIN from before, which still works: ").bolds(d.Old).say(".")
	}
	return p.message()
}

func went(n int) string {
	if n == 0 {
		return "No announcement was due."
	}
	return plural(n, "announcement", "announcements") + " went out on time."
}

func (p *prose) bolds(names []string) *prose {
	for i, n := range names[:min(len(names), 10)] {
		if i > 0 {
			p.say(", ")
		}
		p.name(n)
	}
	if more := len(names) - 10; more > 0 {
		p.say(fmt.Sprintf(" and %d more", more))
	}
	return p
}

// OpsData is the one message an outage in the operators' channel.
type OpsData struct {
	What         string // "Audian": ours
	Since, Until time.Time
	Place        *time.Location
	OnTime, Late int // announcements on time; those whose PIN came later
}

// Ops is that message; it is edited when the outage ends.
func Ops(d OpsData) Message {
	if d.Until.IsZero() {
		return say(d.What+" isn't answering since ").at(d.Since, d.Place).say(". I keep trying.").message()
	}
	p := say(d.What+" was away from ").at(d.Since, d.Place).say(" to ").at(d.Until, d.Place).say(".")
	if d.OnTime+d.Late > 0 {
		p.say(" " + went(d.OnTime))
	}
	if d.Late > 0 {
		p.say(" " + plural(d.Late, "got its PIN later.", "got their PIN later."))
	}
	return p.message()
}
