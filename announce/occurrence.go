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

// PINState is what a post showed for a PIN.
type PINState string

// What a post showed, other than the PIN that it should.
const (
	PINOrdinary PINState = ""
	PINOld      PINState = "old"    // the one from before, since no new one was read back in time
	PINComing   PINState = "coming" // none: it is edited in when it is known
	PINCame     PINState = "came"   // none at first; it has been edited in
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
	Until  time.Time // nobody having been there, it is of no use after this; zero: always of use
	Lane   string    // rows of one lane are worked on one at a time, oldest first
	Tries  int       // attempts of the step so far, failed ones included; not those that were put off
	TS     string    // of the message, once there is one
	SentAt time.Time // when it was posted
	Why    Trouble   // why it failed
	Parent string    // reminders: the key of the post that they belong to; missed posts: of the notice

	// Note is the Rotator's own, sealed by it: which PIN is the new one.
	Note string
	// Rotated is set when the new PIN was read back, so that the post shows it.
	Rotated bool
	// PIN is what the post showed, where that is worth telling.
	PIN PINState

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

// remindUntil is how long after a start a reminder is still of use.
const remindUntil = 5 * time.Minute

// postOf is an announcement's row for a slot.
func postOf(a Announcement, s Slot, o Options) Occurrence {
	row := Occurrence{
		Key:  string(a.ID) + "." + strconv.FormatInt(s.Post.Unix(), 10),
		Kind: KindPost, Announcement: a.ID, Conference: a.Conference, Channel: a.Channel,
		At: s.Post, Starts: s.Starts, State: Due, Step: StepSend, Wake: s.Post, Lane: a.Channel,
	}
	row.Until = row.start().Add(o.Grace)
	if a.Rotate && o.Rotator != nil {
		row.Step, row.Wake, row.Lane = StepRotate, row.At.Add(-o.RotateAhead), rotationLane(a.Conference)
	}
	return row
}

// extra is a post outside the rule. Two in one second are one.
func extra(a Announcement, now time.Time, o Options) Occurrence {
	a.Rotate = false
	row := postOf(a, Slot{Post: now.UTC().Truncate(time.Second)}, o)
	row.Key, row.Extra = "x"+row.Key, true
	return row
}

// RemindRow is somebody's reminder of a post's run. The store plans it with
// the post. Two announcements of one run are one reminder.
func RemindRow(r Reminder, post Occurrence) Occurrence {
	start := post.start()
	at := start.Add(-time.Duration(r.Minutes) * time.Minute)
	return Occurrence{
		Key:  "r." + r.Person + "." + string(r.Conference) + "." + strconv.FormatInt(start.Unix(), 10),
		Kind: KindRemind, Announcement: post.Announcement, Conference: r.Conference, Person: r.Person, Channel: r.Person,
		At: at, Starts: start, State: Due, Step: StepSend, Wake: at, Lane: "to:" + r.Person, Parent: post.Key,
		Until: start.Add(remindUntil),
	}
}

// TellRow is a notice to an owner that announcements were paused or ended. The
// store plans it with the end of them; it is of use for ever.
func TellRow(a Announcement, why Trouble, now time.Time) Occurrence {
	row := Occurrence{
		Key:  "t." + string(why) + "." + string(a.ID) + "." + strconv.FormatInt(now.Unix(), 10),
		Kind: KindTell, Announcement: a.ID, Conference: a.Conference, Person: a.Owner, Channel: a.Owner,
		At: now, State: Due, Step: StepSend, Wake: now, Lane: "to:" + a.Owner, Why: why,
	}
	if why == TroubleGone { // one for all of the conference's
		row.Key, row.Announcement = "t."+string(why)+"."+a.Owner+"."+string(a.Conference), ""
	}
	return row
}

// missedRow is the notice of what an owner's announcements missed. Its At and
// Starts are when the time away ended and began.
func missedRow(owner string, from, to time.Time) Occurrence {
	return Occurrence{
		Key:  "t.missed." + owner + "." + strconv.FormatInt(to.Unix(), 10),
		Kind: KindTell, Person: owner, Channel: owner, At: to, Starts: from,
		State: Due, Step: StepSend, Wake: to, Lane: "to:" + owner,
	}
}

func rotationLane(id conference.ID) string { return "pin:" + string(id) }
