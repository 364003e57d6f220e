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
	OnTime, Late int      // posts that went out
	Waiting      []string // conferences whose PIN is still to come
	Came         []string // conferences whose PIN came later
	Old          []string // conferences posted with the old PIN, which works
	Unchecked    []string // conferences posted with a PIN that could not be checked
}

// Outage is the direct message to an owner; when more happens, or it is over,
// the same message is edited.
func Outage(d OwnerOutage) Message {
	p := say("Audian isn't answering since " + clock(d.Since, d.Zone) + ".")
	if !d.Until.IsZero() {
		p = say("Audian was away from " + clock(d.Since, d.Zone) + " to " + clock(d.Until, d.Zone) + ".")
	}
	p.say(went(d.OnTime, d.Late))
	if len(d.Waiting) > 0 {
		p.say(" The PIN follows for ").bolds(d.Waiting).say(".")
	}
	if len(d.Came) > 0 {
		p.say(" The PIN came later for ").bolds(d.Came).say(".")
	}
	if len(d.Old) > 0 {
		p.say(" Posted with the PIN from before, which still works: ").bolds(d.Old).say(".")
	}
	if len(d.Unchecked) > 0 {
		p.say(" Posted with a PIN that I couldn't check: ").bolds(d.Unchecked).say(".")
	}
	return p.message()
}

// went says how many posts went out, if any.
func went(onTime, late int) string {
	s := ""
	if onTime > 0 {
		s += " " + plural(onTime, "announcement", "announcements") + " went out on time."
	}
	if late > 0 {
		s += " " + plural(late, "announcement", "announcements") + " went out late."
	}
	return s
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
	OnTime, Late int // announcements that went out meanwhile
	Came         int // of them, those whose PIN came when it was over
	Waiting      int // of them, those whose PIN is still to come
}

// Ops is that message; it is edited when more happens and when it ends.
func Ops(d OpsData) Message {
	p := say(d.What+" isn't answering since ").at(d.Since, d.Place).say(". I keep trying.")
	if !d.Until.IsZero() {
		p = say(d.What+" was away from ").at(d.Since, d.Place).say(" to ").at(d.Until, d.Place).say(".")
	}
	switch {
	case d.OnTime > 0 && d.Came > 0 && d.Late == 0:
		p.say(" "+plural(d.OnTime, "announcement", "announcements")+" went out on time, "+thousands(d.Came)+" got "+
			one(d.Came, "its", "their")+" PIN at ").at(d.Until, d.Place).say(".")
	default:
		p.say(went(d.OnTime, d.Late))
		if d.Came > 0 {
			p.say(" " + thousands(d.Came) + " got " + one(d.Came, "its", "their") + " PIN later.")
		}
	}
	if d.Waiting > 0 {
		p.say(" " + thousands(d.Waiting) + one(d.Waiting, " waits for its PIN.", " wait for their PIN."))
	}
	return p.message()
}

// one chooses between a word for one and a word for more.
func one(n int, single, many string) string {
	if n == 1 {
		return single
	}
	return many
}
