package blocks

import (
	"time"

	"github.com/slack-go/slack"
)

// CardData is what a conference's public post shows.
type CardData struct {
	Line
	Access
	Posted time.Time      // when this card was posted: only a run after that can have ended on it
	Starts time.Time      // when the announced occurrence starts; zero for none or not known
	Next   time.Time      // the next planned start after this one; zero for none
	Every  string         // the rule in words: "Every Monday"; "" where nothing is planned
	By     string         // Slack user who set it up; "" for nobody known
	Place  *time.Location // the zone whose place the words name; nil is UTC
	Now    time.Time

	Message     string        // what its owner has to say, at most 500 characters; foreign text
	Mention     bool          // @here: once, in the post that announces
	QuietPIN    bool          // leave the PIN out of what rings
	PINComing   bool          // the PIN is not known yet and will be edited in
	PINUnsure   bool          // it could not be checked with Audian just now
	Late        time.Duration // posted this much too late; 0 for on time
	MoreNumbers bool          // the reader opened "More numbers"; otherwise four are shown
}

const (
	cardNumbers = 4
	cardMessage = 500
)

// cardState is which of its lives a card is in.
type cardState int

const (
	cardIdle cardState = iota
	cardAnnounced
	cardLive
	cardEnded
	cardTrouble
)

func (d CardData) state() cardState {
	run := d.Snapshot.Run
	switch {
	case d.Snapshot.Failures >= 2 && d.Snapshot.Known():
		return cardTrouble
	case run.Live() && len(run.On()) > 0:
		return cardLive
	case !run.Ended.IsZero() && run.Ended.After(d.Posted) && (d.Starts.IsZero() || run.Ended.After(d.Starts)):
		return cardEnded
	case !d.Starts.IsZero():
		return cardAnnounced
	}
	return cardIdle
}

// Card draws a conference's public post.
func Card(d CardData) Message {
	return keyed(d.card(), d.Revision)
}

func (d CardData) card() Message {
	state := d.state()
	status := d.status(state)
	shown := state != cardEnded || d.Next.IsZero()

	text := new(prose).foreign(d.Conference.Name)
	text.text.WriteString(d.statusWords(state))
	if d.says(state) {
		text.say(" ").foreignLong(d.Message, cardMessage)
	}
	if shown {
		text.text.WriteString(d.accessWords())
	}
	if d.Mention {
		text.text.WriteString(" <!here>")
	}

	blocks := []slack.Block{header(name(d.Conference.Name, CardName)), section(status)}
	if d.says(state) {
		blocks = append(blocks, plainSection("", name(d.Message, cardMessage), nil))
	}
	if shown {
		blocks = append(blocks, section(d.accessLines()))
	}
	blocks = append(blocks, d.buttons(state), contextOr(d.footer(state)))
	return Message{
		Text: cut(text.words(), MaxText), Blocks: present(blocks),
		Metadata: d.metadata(),
	}
}

// says reports whether the owner's words still stand on the card.
func (d CardData) says(state cardState) bool { return clean(d.Message) != "" && state != cardEnded }

// status is the card's second block, as mrkdwn.
func (d CardData) status(state cardState) string {
	run := d.Snapshot.Run
	switch state {
	case cardTrouble:
		return ":warning: *Audian isn't answering.* I can't say who is on the line. I keep trying."
	case cardLive:
		lead := "*Live*, " + people(len(run.On())) + " on the line"
		if d.full() {
			lead = "*Live and full*, " + thousands(len(run.On())) + " of " + people(d.Conference.MaxMembers)
		}
		return lead + " since " + token(run.Started, tokenTime, d.Place) + "."
	case cardEnded:
		s := "Ended at " + token(run.Ended, tokenTime, d.Place) + d.ended()
		if !d.Next.IsZero() {
			s += " Next: " + token(d.Next, tokenDate+" at "+tokenTime, d.Place) + "."
		}
		return s
	case cardAnnounced:
		return d.announced("Starts "+token(d.Starts, tokenTime, d.Place), "Started at "+token(d.Starts, tokenTime, d.Place))
	case cardIdle:
	}
	if d.Snapshot.Known() {
		return "Nobody is on the line."
	}
	return "Dial in now."
}

// statusWords is the same for the ear, behind the conference's name.
func (d CardData) statusWords(state cardState) string {
	run := d.Snapshot.Run
	switch state {
	case cardTrouble:
		return ". Audian isn't answering, so I can't say who is on the line."
	case cardLive:
		if d.full() {
			return " is live and full, " + thousands(len(run.On())) + " of " + people(d.Conference.MaxMembers) + "."
		}
		return " is live, " + people(len(run.On())) + " on the line."
	case cardEnded:
		s := " ended" + d.ended()
		if !d.Next.IsZero() {
			s += " Next: " + inZone(d.Next, d.Place).Format("Monday 2 January") + ", " + clockIn(d.Next, d.Place) + "."
		}
		return s
	case cardAnnounced:
		at := clockIn(d.Starts, d.Place)
		return d.announced(" at "+at, " started at "+at)
	case cardIdle:
	}
	if d.Snapshot.Known() {
		return ": nobody is on the line."
	}
	return ": dial in now."
}

// announced says how far off the start is, or that it has come.
func (d CardData) announced(before, after string) string {
	switch {
	case d.Now.Sub(d.Starts) >= time.Minute && d.Snapshot.ReadAt.After(d.Starts):
		return after + ". Nobody is on the line."
	case d.Now.Sub(d.Starts) >= time.Minute:
		return after + "."
	case within(d.Starts, d.Now):
		return before + ", " + until(d.Starts, d.Now) + "."
	}
	return before + "."
}

func (d CardData) ended() string {
	run := d.Snapshot.Run
	s := " after " + lasting(run.Ended.Sub(run.Started))
	if run.Peak > 0 {
		s += ", with up to " + people(run.Peak)
	}
	return s + "."
}

func (d CardData) full() bool {
	return d.Conference.MaxMembers > 0 && len(d.Snapshot.Run.On()) >= d.Conference.MaxMembers
}
