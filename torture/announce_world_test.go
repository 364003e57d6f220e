package torture

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"confbot/announce"
	"confbot/conference"
	"confbot/sandbox/audian"
	"confbot/sandbox/slack/control"
	"confbot/store"
)

// almanac is a timetable that is written before the program starts, and what
// is to come of it.
type almanac struct {
	*world
	shelf *store.Store
	book  *announce.Book
	plan  []planned
	known map[string]bool // keys in plan
}

// rotates makes the book plan new PINs; who chooses them is the program.
type rotates struct{ announce.Rotator }

// almanac opens the program's database, which must not run; done closes it.
func (w *world) almanac() *almanac {
	w.tb.Helper()
	shelf, err := store.Open(w.ctx, "sqlite:"+w.database)
	w.must(err)
	return &almanac{
		world: w, shelf: shelf, book: announce.NewBook(shelf, announce.Options{Rotator: rotates{}}), known: map[string]bool{},
	}
}

func (a *almanac) done() {
	a.tb.Helper()
	a.must(a.shelf.Close())
}

// once announces a conference at a moment.
func (a *almanac) once(conf, channel string, at time.Time, rotate bool) {
	a.tb.Helper()
	at = at.UTC().Truncate(time.Second)
	a.add(announce.Announcement{
		Conference: conference.ID(conf), Channel: channel, Rotate: rotate,
		Rule: announce.Rule{Zone: "UTC", Exact: at, First: announce.WallOf(at)},
	}, 1)
}

// add stores an announcement and plans its first times.
func (a *almanac) add(an announce.Announcement, times int) {
	a.tb.Helper()
	an.ID, an.Owner = announce.NewID(), personID(0)
	_, err := a.book.Create(a.ctx, an)
	a.must(err)
	for _, s := range an.Rule.Upcoming(time.Now(), times) {
		a.expect(planned{key: string(an.ID) + "." + unix(s.Post), lane: an.Channel, at: s.Post})
	}
}

// remind has a person reminded when a conference starts, and plans that for
// the posts that are to be.
func (a *almanac) remind(person, conf string, starts []time.Time) {
	a.tb.Helper()
	now := time.Now()
	a.must(a.shelf.SaveReminder(a.ctx, announce.Reminder{Person: person, Conference: conference.ID(conf), CreatedAt: now}, now))
	for _, at := range starts {
		at = at.UTC().Truncate(time.Second)
		a.expect(planned{key: "r." + person + "." + conf + "." + unix(at), lane: person, at: at, dm: true})
	}
}

func (a *almanac) expect(p planned) {
	if !a.known[p.key] {
		a.known[p.key] = true
		a.plan = append(a.plan, p)
	}
}

func unix(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }

// everybodyKnown gives the moderators names.
func (w *world) everybodyKnown(persons int) {
	w.tb.Helper()
	for i := range persons {
		name := fmt.Sprintf("person%d", i)
		_, err := w.people.ChangeUser(w.ctx, control.UserChange{ID: personID(i), Name: &name, RealName: &name})
		w.must(err)
	}
}

// halls makes channels that the app is a member of.
func (w *world) halls(count int) []string {
	w.tb.Helper()
	space, err := w.people.Workspace(w.ctx)
	w.must(err)
	ids := make([]string, count)
	for i := range ids {
		name, kind := fmt.Sprintf("hall%d", i), "public"
		ids[i] = fmt.Sprintf("C0HALL%04d", i)
		_, err := w.people.ChangeChannel(w.ctx, control.ChannelChange{
			ID: ids[i], Name: &name, Kind: &kind, Members: []string{personID(0), space.App.BotUserID},
		})
		w.must(err)
	}
	return ids
}

// series makes conferences with one PIN each.
func (w *world) series(prefix string, count, pin int) []string {
	w.tb.Helper()
	ids := make([]string, count)
	for i := range ids {
		id, err := w.audian.AddConference(audian.ConferenceSpec{
			ID: fmt.Sprintf("conf_%s%04d", prefix, i), Name: fmt.Sprintf("%s %04d", prefix, i), MemberPINs: []string{strconv.Itoa(pin + 7*i)}, Profile: "default",
		})
		w.must(err)
		ids[i] = id
	}
	return ids
}

// ends counts the timetable's rows by how they ended; "open" have a step left.
func (w *world) ends() map[string]int {
	w.tb.Helper()
	db, err := sql.Open("sqlite", "file:"+w.database+"?_pragma=busy_timeout(5000)")
	w.must(err)
	defer db.Close()
	rows, err := db.QueryContext(context.WithoutCancel(w.ctx), `SELECT CASE WHEN wake_at > 0 THEN 'open' ELSE state END, COUNT(*) FROM occurrences GROUP BY 1`)
	w.must(err)
	defer rows.Close()
	out := map[string]int{}
	for rows.Next() {
		var state string
		var n int
		w.must(rows.Scan(&state, &n))
		out[state] = n
	}
	w.must(rows.Err())
	return out
}
