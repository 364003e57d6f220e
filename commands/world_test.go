package commands

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"confbot/announce"
	"confbot/blocks"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// The people, places and conferences that tests meet.
const (
	team  = "T1"
	ana   = "UANA"   // made Weekly sync
	bo    = "UBO"    // was added to its moderators
	mia   = "UMIA"   // a member like any other
	dev   = "UDEV"   // admin of the workspace
	kim   = "UKIM"   // in CONF_MODERATORS
	greta = "UGRETA" // in the user group that is in CONF_MODERATORS
	hana  = "UHANA"  // guest
	xeno  = "UXENO"  // of another organisation
	robot = "UROBOT"

	teamCh = "CTEAM" // linked to Weekly sync
	other  = "COTHER"
	big    = "CBIG" // 412 people
	foyer  = "GBOARD"

	weekly conference.ID = "conf_weekly"
	review conference.ID = "conf_review"
	board  conference.ID = "conf_board" // private, in foyer
	open   conference.ID = "conf_open"  // everybody may announce it
	old    conference.ID = "conf_old"   // not made here
)

var secretPINs = map[conference.ID][2]string{
	weekly: {"482913", "771204"}, review: {"593817", "660428"}, board: {"904417", "385521"}, open: {"127749", "840053"}, old: {"319075", "552986"},
}

// numbers of callers: their whole form must never show.
var phones = []string{"+14155550111", "+14155550142", "+14155554821", "+14155550199", "+4930901820"}

// world is a Desk with everything around it.
type world struct {
	t      *testing.T
	desk   *Desk
	slack  *fakeSlack
	audian *fakeAudian
	store  *store.Store
	live   quickLive
	log    *lockedBuffer
	clock  time.Time

	replies []Reply
	showsPN bool // this test shows a full number to a moderator
	pins    []string
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func newWorld(t *testing.T, rules ...func(*Rules)) *world {
	t.Helper()
	w := &world{t: t, log: &lockedBuffer{}, clock: time.Now().UTC().Truncate(time.Millisecond)}
	w.slack = someWorkspace()
	w.audian = &fakeAudian{lines: map[conference.ID][]conference.Participant{}, all: []conference.Conference{
		someConference(weekly, "Weekly sync"), someConference(review, "Week review"), someConference(board, "Board"),
		someConference(open, "Open house"), someConference(old, "Layoffs"),
	}}
	var err error
	if w.store, err = store.Open(t.Context(), store.Memory); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(w.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.live = quickLive{live.New(w.audian, w.store, noSink{}, live.Options{Logger: log})}
	r := Rules{Team: team, Moderators: []string{kim, "SGROUP"}, CreateAll: true}
	for _, change := range rules {
		change(&r)
	}
	w.desk, err = New(Parts{
		Slack: w.slack, Book: w.audian, Editor: w.audian, Line: w.audian, Live: w.live, Ledger: w.live, Records: w.store,
		Rules: r, Command: "/conf", DialIn: []blocks.DialIn{{Label: "US", Number: "+14155550100"}}, Version: "test",
		Retention: 90 * 24 * time.Hour, Log: log, Now: func() time.Time { return w.clock },
		Announcements: announce.NewBook(w.store, announce.Options{}), Reminders: w.store,
		Seal: func(key string, pin conference.PIN) string { return backwards(key + " " + pin.Digits()) },
		Noted: func(key, note string) (conference.PIN, bool) {
			digits, ok := strings.CutPrefix(backwards(note), key+" ")
			return conference.NewPIN(digits), ok
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	w.keepConferences()
	t.Cleanup(w.finish)
	return w
}

// backwards is how this test seals.
func backwards(s string) string {
	r := []rune(s)
	slices.Reverse(r)
	return string(r)
}

func someConference(id conference.ID, name string) conference.Conference {
	p := secretPINs[id]
	return conference.Conference{
		ID: id, Name: name, PINProof: conference.Proven,
		MemberPINs: []conference.PIN{conference.NewPIN(p[0])}, ModeratorPINs: []conference.PIN{conference.NewPIN(p[1])},
	}
}

func someWorkspace() *fakeSlack {
	s := &fakeSlack{people: map[string]Member{}, groups: map[string][]string{"SGROUP": {greta}}, guests: map[string]int{big: 3}}
	for id, name := range map[string]string{
		ana: "Ana", bo: "Bo", mia: "Mia", dev: "Dev", kim: "Kim", greta: "Greta", hana: "Hana", xeno: "Xeno", robot: "Robot",
	} {
		s.people[id] = Member{ID: id, Team: team, Name: name, Zone: time.UTC}
	}
	change := func(id string, fn func(*Member)) {
		m := s.people[id]
		fn(&m)
		s.people[id] = m
	}
	change(dev, func(m *Member) { m.Admin = true })
	change(hana, func(m *Member) { m.Guest = true })
	change(xeno, func(m *Member) { m.External, m.Team = true, "T9" })
	change(robot, func(m *Member) { m.Bot = true })
	s.channels = map[string]Channel{
		teamCh: {ID: teamCh, Name: "team", BotIn: true, Members: 14},
		other:  {ID: other, Name: "other", BotIn: true, Members: 9},
		big:    {ID: big, Name: "all-hands", BotIn: true, Members: 412},
		foyer:  {ID: foyer, Name: "foyer", Private: true, BotIn: true, Members: 4},
	}
	return s
}

func (w *world) keepConferences() {
	ctx := w.t.Context()
	for _, k := range []store.Kept{
		{Conference: weekly, Creator: ana},
		{Conference: review, Creator: ana},
		{Conference: board, Creator: dev, Private: true, PrivateChannel: foyer},
		{Conference: open, Creator: dev, OpenAnnounce: true},
	} {
		k.CreatedAt = w.clock
		w.must(w.store.Keep(ctx, k))
	}
	w.must(w.store.AddModerator(ctx, store.Moderator{Conference: weekly, User: bo, AddedBy: ana, At: w.clock}))
	w.must(w.store.Link(ctx, store.Link{Channel: teamCh, Conference: weekly, By: ana, At: w.clock}))
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) from(user, channel string) Origin {
	return Origin{Ref: "K7Q2M", At: w.clock, Team: team, User: user, Channel: channel}
}

// types is a slash command.
func (w *world) types(user, channel, text string) Reply {
	w.t.Helper()
	return w.saw(w.desk.Command(w.t.Context(), Request{Origin: w.from(user, channel), Text: text}))
}

// says is a mention in a thread.
func (w *world) says(user, channel, text string) Reply {
	w.t.Helper()
	o := w.from(user, channel)
	o.ThreadTS = "100.1"
	return w.saw(w.desk.Command(w.t.Context(), Request{Origin: o, Text: text, Mention: true}))
}

// presses is a click in a message that everybody sees.
func (w *world) presses(user, channel, actionID, blockID, value string) Reply {
	w.t.Helper()
	return w.saw(w.desk.Click(w.t.Context(), Click{
		Origin: w.from(user, channel), ActionID: actionID, BlockID: blockID, Value: value, MessageTS: "100.1",
	}))
}

// pressesOwn is a click in a message that only they see.
func (w *world) pressesOwn(user, channel, actionID, blockID, value string) Reply {
	w.t.Helper()
	return w.saw(w.desk.Click(w.t.Context(), Click{
		Origin: w.from(user, channel), ActionID: actionID, BlockID: blockID, Value: value, Ephemeral: true,
	}))
}

// pressesIn is a click in a form.
func (w *world) pressesIn(user, callback string, m blocks.Meta, actionID, blockID, value string) Reply {
	w.t.Helper()
	return w.saw(w.desk.Click(w.t.Context(), Click{
		Origin: w.from(user, ""), ActionID: actionID, BlockID: blockID, Value: value,
		View: &ViewRef{ID: "V1", RootID: "V1", CallbackID: callback, Meta: blocks.EncodeMeta(m)},
	}))
}

// sends is a sent form: what it is answered with at once and, if no field
// refuses, what comes of it.
func (w *world) sends(user, callback string, m blocks.Meta, state State) (FormAnswer, Reply) {
	w.t.Helper()
	s := Submission{Origin: w.from(user, ""), View: ViewRef{ID: "V1", RootID: "V1", CallbackID: callback, Meta: blocks.EncodeMeta(m)}, State: state}
	answer := w.desk.CheckForm(s)
	if len(answer.Errors) > 0 {
		return answer, Reply{}
	}
	return answer, w.saw(w.desk.Submit(w.t.Context(), s))
}

// saw goes on to the end with what takes long, and keeps the reply for the
// checks that hold for every one.
func (w *world) saw(r Reply) Reply {
	w.t.Helper()
	w.check(r)
	if r.Later == nil {
		return r
	}
	steps := 1
	last := r.Later(w.t.Context(), func(m blocks.Message) { steps++; w.check(Reply{Private: &m}) })
	if steps > 4 {
		w.t.Errorf("progress was shown %d times, at most 4", steps)
	}
	w.check(last)
	return last
}

// fill puts three people on a line: Ana, Bo and somebody unknown.
func (w *world) fill(id conference.ID) []live.Key {
	at := w.clock.Add(-10 * time.Minute)
	return []live.Key{
		w.audian.join(id, "p1", "Ana Ruiz", phones[0], at),
		w.audian.join(id, "p2", "Bo Lin", phones[1], at.Add(time.Minute)),
		w.audian.join(id, "p3", "", phones[2], at.Add(2*time.Minute)),
	}
}

// crowd puts n unknown people on a line.
func (w *world) crowd(id conference.ID, n int) []live.Key {
	at := w.clock.Add(-10 * time.Minute)
	keys := make([]live.Key, n)
	for i := range keys {
		keys[i] = w.audian.join(id, fmt.Sprintf("c%d", i+1), fmt.Sprintf("Person %d", i+1), fmt.Sprintf("+1415666%04d", i), at.Add(time.Duration(i)*time.Second))
	}
	return keys
}

// block is a block id as a panel or card of that conference has it.
func block(id conference.ID) string { return blocks.BlockRef{Part: "r", Key: "1", Conference: id}.ID() }

func value(k live.Key) string { return blocks.CallerValue(k) }

func field(pairs ...string) State {
	s := State{}
	for i := 0; i+1 < len(pairs); i += 2 {
		s[pairs[i]] = map[string]Field{pairs[i]: {Value: pairs[i+1], Values: strings.Fields(pairs[i+1])}}
	}
	return s
}

func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// text is what the person alone is told.
func text(r Reply) string {
	if r.Private == nil {
		return ""
	}
	return r.Private.Text
}

// formText is all that a form says.
func formText(r Reply) string {
	if r.View == nil {
		return ""
	}
	return r.View.Title + " " + asJSON(r.View.Blocks)
}

func wantText(t *testing.T, r Reply, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text(r), p) {
			t.Errorf("told %q, want %q in it", text(r), p)
		}
	}
}

func wantForm(t *testing.T, r Reply, callback string, parts ...string) {
	t.Helper()
	if r.View == nil || r.View.CallbackID != callback {
		t.Fatalf("want the form %s, got %+v and %q", callback, r.View, text(r))
	}
	for _, p := range parts {
		if !strings.Contains(formText(r), p) {
			t.Errorf("the form has no %q: %s", p, formText(r))
		}
	}
}

// buttonValue finds the value of the nth button with an action id in what the
// person alone is shown.
func buttonValue(t *testing.T, r Reply, actionID string, n int) string {
	t.Helper()
	if r.Private == nil {
		t.Fatalf("no message: %+v", r)
	}
	var drawn []struct {
		Elements []struct {
			ActionID string `json:"action_id"`
			Value    string `json:"value"`
		} `json:"elements"`
	}
	if err := json.Unmarshal([]byte(asJSON(r.Private.Blocks)), &drawn); err != nil {
		t.Fatal(err)
	}
	for _, b := range drawn {
		for _, e := range b.Elements {
			if e.ActionID == actionID {
				if n == 0 {
					return e.Value
				}
				n--
			}
		}
	}
	t.Fatalf("no such button %s in %q", actionID, text(r))
	return ""
}
