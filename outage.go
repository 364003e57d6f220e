package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"sync/atomic"
	"time"

	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// How outages of Audian are watched.
const (
	outageLook   = 10 * time.Second // between two looks
	outageTell   = 2 * time.Minute  // shorter ones are nothing for the operators' channel
	outageIdle   = 30 * time.Second // without an answer for this long, Audian is asked
	outageSettle = 15 * time.Minute // after the end messages still follow the PINs that come
	outageAsk    = 8 * time.Second
	outageSay    = 10 * time.Second
)

// outages notices when Audian stops answering and when it is back, and keeps
// the messages about that true: one in the operators' channel, and one to each
// owner of an announcement that went out meanwhile. All that it must know is
// in the store, so that it goes on after a restart.
type outages struct {
	health  audianHealth
	store   outageStore
	out     outageVoice
	desk    outageDesk
	ops     string // the operators' channel; "" for none
	gauge   func(reachable bool)
	log     *slog.Logger
	keep    time.Duration // how long outages are remembered
	look    time.Duration
	tell    time.Duration
	idle    time.Duration
	known   atomic.Bool // an outage goes on
	current store.Outage
	failed  map[string]int // messages that could not be sent in this outage, by person
}

// audianHealth tells how the newest call to Audian went, and makes one.
type audianHealth interface {
	LastAnswer() (time.Time, error)
	Check(ctx context.Context) error
}

type outageStore interface {
	LastOutage(ctx context.Context, overAfter time.Time) (o store.Outage, ok bool, err error)
	SaveOutage(ctx context.Context, o store.Outage) error
	OutageNotes(ctx context.Context, since time.Time) ([]store.OutageNote, error)
	SaveOutageNote(ctx context.Context, n store.OutageNote) error
	DeleteOutages(ctx context.Context, before time.Time) error
	PostedDuring(ctx context.Context, from, to time.Time) ([]store.PostedThen, error)
}

type outageVoice interface {
	// SayIn posts in a channel, or to a person, or with a ts changes what is
	// there; it returns where.
	SayIn(ctx context.Context, channel, person, ts string, m blocks.Message) (at, newTS string, err error)
	// Redraw draws a conference's cards anew.
	Redraw(id conference.ID)
}

type outageDesk interface {
	KnownName(ctx context.Context, id conference.ID) string
	ZoneOf(ctx context.Context, user string) *time.Location
}

// run watches until ctx ends.
func (u *outages) run(ctx context.Context) {
	u.resume(ctx)
	for pause(ctx, u.look) {
		u.once(ctx)
	}
}

// resume goes on with what a process before this one has begun.
func (u *outages) resume(ctx context.Context) {
	var err error
	if u.current, _, err = u.store.LastOutage(ctx, time.Now().Add(-outageSettle)); err != nil && ctx.Err() == nil {
		u.log.WarnContext(ctx, "an outage from before could not be looked up", "error", err)
	}
	u.show()
}

// going reports whether an outage is known to go on.
func (u *outages) going() bool { return !u.current.Since.IsZero() && u.current.Until.IsZero() }

// show tells others how Audian is.
func (u *outages) show() {
	u.known.Store(u.going())
	u.gauge(!u.going())
}

// once looks, and brings the messages up to date.
func (u *outages) once(ctx context.Context) {
	answered, trouble := u.health.LastAnswer()
	away := u.away(ctx, answered, trouble)
	now := time.Now()
	switch {
	case ctx.Err() != nil:
		return
	case away && !u.going() && trouble != nil: // twice in a row: the call before, and ours
		u.begin(ctx, answered, now, trouble)
	case !away && u.going():
		u.end(ctx, now)
	}
	if u.going() || now.Sub(u.current.Until) < outageSettle {
		u.report(ctx, now)
	}
}

// away asks Audian where nothing newer is known, and reports whether it does
// not answer. A refusal is an answer.
func (u *outages) away(ctx context.Context, answered time.Time, trouble error) bool {
	if trouble == nil && !u.going() && time.Since(answered) < u.idle {
		return false
	}
	ctx, cancel := context.WithTimeout(ctx, outageAsk)
	defer cancel()
	err := u.health.Check(ctx)
	return err != nil && conference.KindOf(err) == conference.Unavailable
}

func (u *outages) begin(ctx context.Context, answered, now time.Time, why error) {
	since := answered
	if since.IsZero() {
		since = now
	}
	u.current, u.failed = store.Outage{Since: since.Truncate(time.Millisecond).UTC()}, map[string]int{}
	u.show()
	u.log.WarnContext(ctx, "audian unreachable; I keep trying", "since", u.current.Since, "error", why)
	u.save(ctx)
}

func (u *outages) end(ctx context.Context, now time.Time) {
	u.current.Until = now.Truncate(time.Millisecond).UTC()
	u.show()
	u.log.InfoContext(ctx, "audian answers again", "since", u.current.Since, "after", now.Sub(u.current.Since).Round(time.Second))
	u.save(ctx)
	if err := u.store.DeleteOutages(ctx, now.Add(-u.keep)); err != nil {
		u.log.WarnContext(ctx, "old outages could not be deleted", "error", err)
	}
	posts, err := u.store.PostedDuring(ctx, u.current.Since, now)
	if err != nil {
		u.log.WarnContext(ctx, "what was posted in an outage could not be looked up", "error", err)
	}
	for _, p := range posts { // what could not be checked can be now
		u.out.Redraw(p.Conference)
	}
}

func (u *outages) save(ctx context.Context) {
	if err := u.store.SaveOutage(ctx, u.current); err != nil {
		u.log.WarnContext(ctx, "an outage could not be written down", "error", err)
	}
}

// report sends what is to be said and was not, and changes what says something
// else by now.
func (u *outages) report(ctx context.Context, now time.Time) {
	until := u.current.Until
	if until.IsZero() {
		until = now
	}
	posts, err := u.store.PostedDuring(ctx, u.current.Since, until)
	if err != nil {
		u.log.WarnContext(ctx, "what was posted in an outage could not be looked up", "error", err)
		return
	}
	list, err := u.store.OutageNotes(ctx, u.current.Since)
	if err != nil {
		u.log.WarnContext(ctx, "who was told of an outage could not be looked up", "error", err)
		return
	}
	notes := make(map[string]store.OutageNote, len(list))
	for _, n := range list {
		notes[n.Person] = n
	}
	if _, told := notes[""]; u.ops != "" && (told || until.Sub(u.current.Since) >= u.tell) {
		u.say(ctx, u.ops, "", notes[""], blocks.Ops(opsData(u.current, posts)))
	}
	for owner, theirs := range byOwner(posts) {
		u.say(ctx, "", owner, notes[owner], blocks.Outage(u.ownerData(ctx, owner, theirs)))
	}
}

// outageTries is how often a message that cannot be sent is tried.
const outageTries = 20

// say sends or changes one message, if it says something else by now.
func (u *outages) say(ctx context.Context, channel, person string, note store.OutageNote, m blocks.Message) {
	drawn := drawnKey(m)
	if note.Drawn == drawn || u.failed[person] >= outageTries {
		return
	}
	// What is sent is written down, also when we are told to end meanwhile.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), outageSay)
	defer cancel()
	if note.Channel != "" {
		channel = note.Channel
	}
	at, ts, err := u.out.SayIn(ctx, channel, person, note.TS, m)
	if err != nil {
		if u.failed == nil {
			u.failed = map[string]int{}
		}
		if u.failed[person]++; u.failed[person] == 1 {
			what := "somebody could not be told of an outage"
			if person == "" {
				what = "the operators' channel could not be told of an outage; is the app in it?"
			}
			u.log.WarnContext(ctx, what, "channel", channel, "error", err)
		}
		return
	}
	note = store.OutageNote{Since: u.current.Since, Person: person, Channel: at, TS: ts, Drawn: drawn}
	if err := u.store.SaveOutageNote(ctx, note); err != nil {
		u.log.WarnContext(ctx, "who was told of an outage could not be written down", "error", err)
	}
}

func drawnKey(m blocks.Message) string {
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		raw = nil
	}
	sum := sha256.Sum256(append(raw, m.Text...))
	return hex.EncodeToString(sum[:12])
}
