package announce

import (
	"strconv"
	"time"

	"confbot/conference"
)

// Kind is what a row of the timetable is about.
type Kind string

// Kinds of rows.
const (
	KindPost   Kind = "post"   // an announcement's post
	KindRemind Kind = "remind" // a direct message before a run
	KindTell   Kind = "tell"   // a Notice to an owner
)

// State is what became of a row.
type State string

// States of a row.
const (
	Due     State = "due"     // not attempted yet
	Posting State = "posting" // attempted; not known to have happened
	Posted  State = "posted"  // out on time; reminders and notices: sent
	Late    State = "late"    // out, LateAfter or more after it was due
	Missed  State = "missed"  // not posted, because nobody was there to do it
	Skipped State = "skipped" // left out because somebody wanted that
	Failed  State = "failed"  // not posted, because it could not be
)

// Step is what is to be done next with a row.
type Step string

// Steps of a row. Reminders and notices know only StepSend.
const (
	StepNone   Step = ""
	StepRotate Step = "rotate" // put the new PIN beside the old one, before the post
	StepSend   Step = "send"   // post
	StepAmend  Step = "amend"  // edit the PIN in that was not known in time
	StepRetire Step = "retire" // take the PIN out that the post does not show
)

// Occurrence is one row of the timetable.
type Occurrence struct {
	// Key names the row for ever and goes into the message's metadata, so
	// that a post is recognised as this one.
	Key          string
	Kind         Kind
	Announcement ID
	Conference   conference.ID
	Person       string    // Slack user who is reminded or told
	Channel      string    // Slack channel to post in; where it was posted, once it was
	At           time.Time // when it is due, UTC
	Starts       time.Time // when the conference starts; zero where not known
	Extra        bool      // posted because somebody pressed Post now, not by the rule

	State  State
	Step   Step
	Wake   time.Time // when the step is due; zero: never again
	Lane   string    // rows of one lane are worked on one at a time, oldest first
	Tries  int       // attempts of the step so far, failed ones included
	TS     string    // of the message, once there is one
	SentAt time.Time // when it was posted
	Why    Trouble   // why it failed
	Parent string    // reminders: the key of the post that they belong to

	// Note is the Rotator's own, sealed by it: which PIN is the new one.
	Note string
	// Rotated is set when the new PIN was read back, so that the post shows it.
	Rotated bool

	Holder     string    // the process that works on it
	LeaseUntil time.Time // when others may take it over
}

// Delay is how much too late now is for the post: 0 while it counts as on time.
func (o Occurrence) Delay(now time.Time) time.Duration {
	if d := now.Sub(o.At); d >= LateAfter {
		return d
	}
	return 0
}

// start is when the conference starts, as far as known.
func (o Occurrence) start() time.Time {
	if o.Starts.IsZero() {
		return o.At
	}
	return o.Starts
}

// postOf is an announcement's row for a slot.
func postOf(a Announcement, s Slot) Occurrence {
	o := Occurrence{
		Key:  string(a.ID) + "." + strconv.FormatInt(s.Post.Unix(), 10),
		Kind: KindPost, Announcement: a.ID, Conference: a.Conference, Channel: a.Channel,
		At: s.Post, Starts: s.Starts, State: Due, Step: StepSend, Wake: s.Post, Lane: a.Channel,
	}
	return o
}

// prepared is the row with the step that comes before its post, if any.
func (o Occurrence) prepared(a Announcement, ahead time.Duration) Occurrence {
	if a.Rotate {
		o.Step, o.Wake, o.Lane = StepRotate, o.At.Add(-ahead), rotationLane(o.Conference)
	}
	return o
}

func rotationLane(id conference.ID) string { return "pin:" + string(id) }
