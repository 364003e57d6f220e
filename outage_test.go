package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/store"
)

// weather is an Audian that comes and goes.
type weather struct {
	answered time.Time
	trouble  error
	down     bool
	asked    int
}

func (w *weather) LastAnswer() (time.Time, error) {
	return w.answered, w.trouble
}

func (w *weather) Check(context.Context) error {
	w.asked++
	w.trouble = nil
	if w.down {
		w.trouble = &conference.Error{Kind: conference.Unavailable, Cause: errors.New("connection refused")}
		return w.trouble
	}
	w.answered = time.Now()
	return nil
}

// notices are the messages that people see, by whom: each is what it says
// now, with how often it was changed before it.
type notices struct {
	now    map[string]string
	rang   map[string]int
	broken error
	drawn  []conference.ID
	tries  int
	ending func()
}

func (n *notices) SayIn(ctx context.Context, channel, person, ts string, m blocks.Message) (at, newTS string, err error) {
	n.tries++
	if n.broken != nil {
		return "", "", n.broken
	}
	if channel == "" {
		channel = "D" + person
	}
	if ts == "" {
		n.rang[channel]++
		ts = "1.1"
	}
	n.now[channel] = m.Text
	if n.ending != nil { // told to end while Slack answers
		n.ending()
		n.ending = nil
	}
	if ctx.Err() != nil {
		return "", "", ctx.Err()
	}
	return channel, ts, nil
}

func (n *notices) Redraw(id conference.ID) {
	n.drawn = append(n.drawn, id)
}

type nameBook struct{}

func (nameBook) KnownName(_ context.Context, id conference.ID) string {
	return strings.ToUpper(string(id))
}

func (nameBook) ZoneOf(context.Context, string) *time.Location { return time.UTC }

// watchtower is the watch over Audian, in a bubble. It is 09:00.
type watchtower struct {
	*outages

	t    *testing.T
	sky  *weather
	said *notices
	log  *bytes.Buffer
	db   *store.Store
	up   bool
	life context.Context //nolint:containedctx // a process's life is what this is about
	halt context.CancelFunc
}

func newWatchtower(t *testing.T) *watchtower {
	t.Helper()
	stand(time.Until(time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)))
	db, err := store.Open(t.Context(), store.Memory)
	if err != nil {
		t.Fatal(err)
	}
	w := &watchtower{
		t: t, db: db, log: &bytes.Buffer{}, sky: &weather{answered: time.Now()},
		said: &notices{now: map[string]string{}, rang: map[string]int{}},
	}
	w.start()
	t.Cleanup(func() {
		w.halt()
		_ = db.Close()
	})
	return w
}

// start begins a process's watch; halt ends it.
func (w *watchtower) start() {
	w.outages = &outages{
		health: w.sky, store: w.db, out: w.said, desk: nameBook{}, ops: "COPS", gauge: func(up bool) { w.up = up },
		log: slog.New(slog.NewTextHandler(w.log, nil)), keep: time.Hour * 24, look: outageLook, tell: outageTell, idle: outageIdle,
	}
	w.life, w.halt = context.WithCancel(w.t.Context())
	w.resume(w.life)
}

// stand lets time go by.
func stand(d time.Duration) { <-time.After(d) }

func (w *watchtower) goes()  { w.sky.down = true }
func (w *watchtower) comes() { w.sky.down = false }

// pass lets time go by while the process, if there is one, looks.
func (w *watchtower) pass(d time.Duration) {
	for ; d > 0; d -= w.look {
		stand(min(d, w.look))
		if d >= w.look && w.life.Err() == nil {
			w.once(w.life)
		}
	}
}

// posted writes down a post that went out now.
func (w *watchtower) posted(id, owner string, pin announce.PINState) {
	w.t.Helper()
	now := time.Now()
	rule := announce.Rule{Zone: "UTC", First: announce.WallOf(now.Add(time.Hour)), Exact: now.Add(time.Hour)}
	a := announce.Announcement{ID: announce.ID(id), Conference: conference.ID(id), Channel: "C" + id, Owner: owner, Rule: rule}
	row := announce.Occurrence{
		Key: id + ".1", Kind: announce.KindPost, Announcement: a.ID, Conference: a.Conference, At: now, State: announce.Posted, SentAt: now, PIN: pin,
	}
	err := w.db.Change(w.t.Context(), announce.Change{Announcement: a, New: true, Add: []announce.Occurrence{row}, Now: now})
	if err != nil {
		w.t.Fatal(err)
	}
}

// lines is how often the log says something.
func (w *watchtower) lines(text string) int { return strings.Count(w.log.String(), text) }

func TestOneMessageAnOutageForOperatorsAndOneForEachOwner(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatchtower(t)
		w.pass(19 * time.Minute)
		w.goes()
		w.pass(time.Minute)
		if w.lines("audian unreachable") != 1 || w.lines("connection refused") != 1 || w.up {
			t.Errorf("nobody was using Audian, and nothing noticed; up %v, log:\n%s", w.up, w.log)
		}
		if len(w.said.now) > 0 {
			t.Errorf("after a minute: %v", w.said.now)
		}
		w.pass(2 * time.Minute)
		want := map[string]string{"COPS": "Audian isn't answering since 09:19 UTC. I keep trying."}
		if diff := cmp.Diff(want, w.said.now); diff != "" {
			t.Errorf("after three minutes (-want +got):\n%s", diff)
		}
		w.posted("standup", "U1", announce.PINOrdinary)
		w.posted("sync", "U1", announce.PINComing)
		w.posted("retro", "U2", announce.PINOld)
		w.pass(20 * time.Second)
		w.posted("late", "U2", announce.PINComing)
		w.pass(13 * time.Minute)
		want = map[string]string{
			"COPS": "Audian isn't answering since 09:19 UTC. I keep trying. 4 announcements went out on time. 2 wait for their PIN.",
			"DU1":  "Audian isn't answering since 09:19. 2 announcements went out on time. The PIN follows for SYNC. Posted with a PIN that I couldn't check: STANDUP.",
			"DU2": "Audian isn't answering since 09:19. 2 announcements went out on time. The PIN follows for LATE. " +
				"Posted with the PIN from before, which still works: RETRO.",
		}
		if diff := cmp.Diff(want, w.said.now); diff != "" {
			t.Errorf("in the outage (-want +got):\n%s", diff)
		}
		w.comes()
		w.pass(20 * time.Second)
		if len(w.said.drawn) != 4 || !w.up {
			t.Errorf("drew %v anew, up %v", w.said.drawn, w.up)
		}
		w.came("sync")
		w.came("late")
		w.pass(20 * time.Second)
		over := "Audian was away from 09:19 to 09:35. 2 announcements went out on time. The PIN came later for "
		want = map[string]string{
			"COPS": "Audian was away from 09:19 UTC to 09:35 UTC. 4 announcements went out on time, 2 got their PIN at 09:35 UTC.",
			"DU1":  over + "SYNC. Posted with a PIN that I couldn't check: STANDUP.",
			"DU2":  over + "LATE. Posted with the PIN from before, which still works: RETRO.",
		}
		if diff := cmp.Diff(want, w.said.now); diff != "" {
			t.Errorf("afterwards (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(map[string]int{"COPS": 1, "DU1": 1, "DU2": 1}, w.said.rang); diff != "" {
			t.Errorf("how often it rang (-want +got):\n%s", diff)
		}
		if w.lines("audian answers again") != 1 || w.lines("after=") != 1 || w.lines("level=") != 2 {
			t.Errorf("the log says\n%s", w.log)
		}
	})
}

// came is what the timetable writes when a PIN has come.
func (w *watchtower) came(id string) {
	w.t.Helper()
	ctx, now := w.t.Context(), time.Now()
	posts, err := w.db.PostedDuring(ctx, now.Add(-time.Hour), now)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, p := range posts {
		if p.Conference != conference.ID(id) {
			continue
		}
		o := p.Occurrence
		o.PIN = announce.PINCame
		if ok, err := w.db.Settle(ctx, announce.Settlement{Row: o, Was: announce.Posted, Now: now}); err != nil || !ok {
			w.t.Fatal(ok, err)
		}
	}
}

func TestAShortOutageIsNobodysBusiness(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatchtower(t)
		w.goes()
		w.pass(100 * time.Second)
		w.comes()
		w.pass(time.Hour)
		if len(w.said.now) > 0 || w.lines("audian unreachable") != 1 || w.lines("audian answers again") != 1 {
			t.Errorf("said %v, log:\n%s", w.said.now, w.log)
		}
	})
}

func TestOneFailedCallIsNoOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatchtower(t)
		for range 30 {
			w.sky.trouble = &conference.Error{Kind: conference.Unavailable}
			w.pass(time.Minute)
		}
		if w.log.Len() > 0 || len(w.said.now) > 0 {
			t.Errorf("said %v, log:\n%s", w.said.now, w.log)
		}
	})
}

func TestAnOutageGoesOnOverARestart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatchtower(t)
		w.goes()
		w.pass(4 * time.Minute)
		w.posted("sync", "U1", announce.PINComing)
		w.pass(time.Minute)
		w.halt()
		w.sky.answered, w.sky.trouble = time.Time{}, nil // a new process knows nothing
		w.pass(10 * time.Minute)
		w.start()
		w.pass(5 * time.Minute)
		w.comes()
		w.pass(time.Minute)
		want := map[string]string{
			"COPS": "Audian was away from 09:00 UTC to 09:20 UTC. 1 announcement went out on time. 1 waits for its PIN.",
			"DU1":  "Audian was away from 09:00 to 09:20. 1 announcement went out on time. The PIN follows for SYNC.",
		}
		if diff := cmp.Diff(want, w.said.now); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		// And what comes after another restart is still put in.
		w.halt()
		w.start()
		w.came("sync")
		w.pass(time.Minute)
		want["COPS"] = "Audian was away from 09:00 UTC to 09:20 UTC. 1 announcement went out on time, 1 got its PIN at 09:20 UTC."
		want["DU1"] = "Audian was away from 09:00 to 09:20. 1 announcement went out on time. The PIN came later for SYNC."
		if diff := cmp.Diff(want, w.said.now); diff != "" {
			t.Errorf("after a restart (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(map[string]int{"COPS": 1, "DU1": 1}, w.said.rang); diff != "" {
			t.Errorf("how often it rang (-want +got):\n%s", diff)
		}
	})
}

func TestWhatWasSaidIsWrittenDownAlsoAtTheEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatchtower(t)
		w.said.ending = w.halt
		w.goes()
		w.pass(5 * time.Minute)
		w.halt()
		w.start()
		w.pass(5 * time.Minute)
		if w.said.rang["COPS"] != 1 {
			t.Errorf("said %d times, want once", w.said.rang["COPS"])
		}
	})
}

func TestAChannelThatCannotBeToldCostsOneLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatchtower(t)
		w.said.broken = errors.New("not_in_channel")
		w.goes()
		w.pass(time.Hour)
		if n := w.lines("operators' channel could not be told"); n != 1 || w.said.tries > outageTries {
			t.Errorf("%d lines after %d attempts, log:\n%s", n, w.said.tries, w.log)
		}
		w.sky.down, w.said.broken = false, nil
		w.pass(time.Minute)
		w.goes()
		w.pass(5 * time.Minute)
		if w.said.now["COPS"] == "" {
			t.Error("the next outage is not told either")
		}
	})
}

func TestWhileAudianIsUsedNobodyAsksItAsWell(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWatchtower(t)
		for range 60 {
			w.sky.answered = time.Now()
			w.pass(10 * time.Second)
		}
		if w.sky.asked > 0 {
			t.Errorf("asked %d times", w.sky.asked)
		}
		before := w.sky.asked
		w.pass(10 * time.Minute)
		if n := w.sky.asked - before; n < 10 || n > 20 {
			t.Errorf("asked %d times in ten idle minutes", n)
		}
	})
}
