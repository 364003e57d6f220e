package blocks

import (
	"fmt"
	"time"

	"confbot/live"
)

// note says for everybody what somebody did: "Ana kicked caller 38 at 10:01."
// Where it becomes part of mrkdwn, tokens says that times are date tokens.
func (l Line) note(n live.Note, zone *time.Location, tokens bool) *prose {
	p := new(prose)
	if n.By == "" {
		p.say("confbot")
	} else {
		p.user(n.By, l.Names)
	}
	p.say(" " + noteVerb(n) + " at ")
	if tokens {
		p.text.WriteString(token(n.At, tokenTime, zone))
		return p.seenDate(n.At, zone).say(".")
	}
	return p.at(n.At, zone).say(".")
}

func (p *prose) seenDate(t time.Time, zone *time.Location) *prose {
	p.rich = append(p.rich, dateElement(t, tokenTime, zone))
	return p
}

func noteVerb(n live.Note) string {
	switch n.What {
	case "kicked":
		return fmt.Sprintf("kicked caller %d", n.Caller)
	case "kept_out":
		return fmt.Sprintf("kept caller %d out", n.Caller)
	case "muted_others", "muted_unknown":
		return "muted " + people(n.Count)
	case "unmuted_others":
		return "unmuted " + people(n.Count)
	case "kicked_several":
		return "kicked " + people(n.Count)
	case "kicked_all", live.NoteEnded:
		return "ended the conference"
	case "locked":
		return "locked the conference"
	case "unlocked":
		return "unlocked the conference"
	case "changed_pin":
		return "changed the PIN"
	}
	return "changed something"
}

// Noted is the line for everybody in a card's thread after a kick, an end or
// a mute of others: what is public says who did it.
func Noted(l Line, n live.Note, place *time.Location) Message {
	return l.note(n, place, false).message()
}
