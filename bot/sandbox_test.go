package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"confbot/blocks"
	"confbot/commands"
	sandbox "confbot/sandbox/slack"
	"confbot/sandbox/slack/control"
	"confbot/store"
)

// People and channels of the sandbox.
const (
	ana        = "U0ANA00001"
	bo         = "U0BO000001"
	hana       = "U0HANA0001"
	ivo        = "U0IVO00001"
	teamRoom   = "C0TEAM0001"
	boardRoom  = "C0BOARD001"
	archived   = "C0OLDPLAN1"
	sharedRoom = "C0ACME0001"
)

// yard is a Bot in the sandbox Slack.
type yard struct {
	t      *testing.T
	ctx    context.Context
	server *sandbox.Server
	people *control.Client
	desk   *fakeDesk
	mem    *memory
	log    *logbook
	bot    *Bot
}

// historyManifest is the sandbox's own manifest with the scopes to read
// channels, which finding a lost post needs.
func historyManifest(t *testing.T) []byte {
	t.Helper()
	return []byte(`{"display_information":{"name":"confbot"},
		"features":{"bot_user":{"display_name":"confbot"},"app_home":{"home_tab_enabled":true,"messages_tab_enabled":true},
			"slash_commands":[{"command":"/conf","description":"Phone conferences","should_escape":true}]},
		"oauth_config":{"scopes":{"bot":["commands","chat:write","chat:write.public","channels:read","groups:read","users:read","usergroups:read",
			"app_mentions:read","im:write","channels:history","groups:history"]}},
		"settings":{"event_subscriptions":{"bot_events":["app_home_opened","app_mention"]},"interactivity":{"is_enabled":true},"socket_mode_enabled":true}}`)
}

func newYard(t *testing.T, o sandbox.Options, change ...func(*Options)) *yard {
	t.Helper()
	server, err := sandbox.New(o)
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Stop() })
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	t.Cleanup(cancel)
	y := &yard{
		t: t, ctx: ctx, server: server, people: control.New(server.ControlURL(), nil), desk: &fakeDesk{}, mem: newMemory(), log: &logbook{},
	}
	options := Options{
		AppToken: server.AppToken(), BotToken: server.BotToken(), APIURL: server.APIURL(), Command: "/conf",
		Journal: y.mem, Refs: y.mem, Log: slog.New(slog.NewJSONHandler(y.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	for _, c := range change {
		c(&options)
	}
	if y.bot, err = New(options); err != nil {
		t.Fatal(err)
	}
	y.bot.Serve(y.desk)
	return y
}

func (y *yard) run() *yard {
	y.t.Helper()
	y.bot.Start(y.ctx)
	y.t.Cleanup(y.bot.Stop)
	y.until("two connections", func() bool {
		sockets, err := y.people.Sockets(y.ctx)
		return err == nil && len(sockets) == y.bot.connections.size
	})
	return y
}

// until looks again and again.
func (y *yard) until(what string, ok func() bool) {
	y.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for !ok() {
		select {
		case <-tick.C:
		case <-y.ctx.Done():
			y.t.Fatalf("waited in vain for %s", what)
		}
	}
}

func (y *yard) types(user, channel, text string) {
	y.t.Helper()
	done, err := y.people.Type(y.ctx, control.Typed{User: user, Channel: channel, Text: text})
	if err != nil || !done.OK {
		y.t.Fatalf("type %q: %v, %v", text, done, err)
	}
}

func (y *yard) sees(user string, wanted func(*control.Screen) bool) *control.Screen {
	y.t.Helper()
	screen, err := y.people.WaitFor(y.ctx, user, wanted)
	if err != nil {
		y.t.Fatalf("%v\nlog:\n%s", err, y.log.all())
	}
	return screen
}

func (l *logbook) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// withButton is a message with one button.
func withButton(text, action string) blocks.Message {
	m := say(text)
	button := slack.NewButtonBlockElement(action, "v", slack.NewTextBlockObject(slack.PlainTextType, "Press", false, false))
	m.Blocks = append(m.Blocks, slack.NewActionBlock("bar", button))
	return m
}

func TestThePersonalAnswerToACommandIsSeenByThemAlone(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{})
	y.desk.command = func(_ context.Context, q commands.Request) commands.Reply { return private("you typed " + q.Text) }
	y.run()
	y.types(ana, teamRoom, "/conf help")
	y.sees(ana, func(s *control.Screen) bool { return s.Private(teamRoom, "you typed help") != nil })
	others, err := y.people.View(y.ctx, bo)
	if err != nil || others.Says(teamRoom, "you typed") != nil {
		t.Errorf("Bo sees it too (%v)", err)
	}
	y.types(ana, boardRoomOr(y, ana), "/conf help") // the bot is not in there
	y.sees(ana, func(s *control.Screen) bool { return s.Private(boardRoomOr(y, ana), "you typed help") != nil })
}

// boardRoomOr is the private channel that the bot is not in, if the person is.
func boardRoomOr(y *yard, user string) string {
	screen, err := y.people.View(y.ctx, user)
	if err != nil {
		y.t.Fatal(err)
	}
	for _, c := range screen.Channels {
		if c.ID == boardRoom && c.IsMember {
			return boardRoom
		}
	}
	return teamRoom
}

func TestACardItsPanelAndAClickInTheThread(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{})
	var muted atomic.Bool
	y.desk.card = func(context.Context, store.MessageRef) (blocks.Message, error) {
		return withButton("the card", "card.who"), nil
	}
	y.desk.panel = func(context.Context, store.MessageRef) (blocks.Message, error) {
		if muted.Load() {
			return withButton("the panel, Alice is muted", "participant.unmute"), nil
		}
		return withButton("the panel, Alice is unmuted", "participant.mute"), nil
	}
	y.desk.command = func(_ context.Context, q commands.Request) commands.Reply {
		return commands.Reply{Card: &commands.CardWish{Conference: "one", Channel: q.Channel, Panel: true}}
	}
	y.desk.click = func(context.Context, commands.Click) commands.Reply {
		muted.Store(true)
		r := private("Alice is muted.")
		r.Touch = []string{"one"}
		return r
	}
	y.run()
	y.types(ana, teamRoom, "/conf people")
	screen := y.sees(ana, func(s *control.Screen) bool { return s.Says(teamRoom, "Alice is unmuted") != nil })
	panel := screen.Says(teamRoom, "Alice is unmuted")
	card := screen.Says(teamRoom, "the card")
	if panel.ThreadTS != card.TS {
		t.Fatalf("the panel is in thread %q, want the card's %q", panel.ThreadTS, card.TS)
	}
	done, err := y.people.Click(y.ctx, control.Click{
		User: ana, Container: control.Container{Channel: teamRoom, MessageTS: panel.TS}, BlockID: "bar", ActionID: "participant.mute",
	})
	if err != nil || !done.OK {
		t.Fatalf("click: %v %v", done, err)
	}
	screen = y.sees(ana, func(s *control.Screen) bool {
		return s.Says(teamRoom, "the panel, Alice is muted") != nil && s.Private(teamRoom, "Alice is muted.") != nil
	})
	if got := screen.Private(teamRoom, "Alice is muted."); got.ThreadTS != card.TS {
		t.Errorf("the private answer is in thread %q, want %q", got.ThreadTS, card.TS)
	}
	if got := screen.Says(teamRoom, "the panel, Alice is muted"); got.TS != panel.TS {
		t.Error("the panel was posted anew instead of being changed")
	}
}

// nameForm is a form with one input.
func nameForm() blocks.View {
	input := slack.NewInputBlock("name", slack.NewTextBlockObject(slack.PlainTextType, "Name", false, false), nil,
		slack.NewPlainTextInputBlockElement(nil, "value"))
	return blocks.View{CallbackID: "form.create", Title: "New conference", Submit: "Create", Close: "Cancel", Blocks: []slack.Block{input}}
}

func TestAFormIsOpenedRefusedAtAFieldAndAnsweredInPlace(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{})
	asked := make(chan struct{})
	y.desk.planRequest = func(commands.Request) commands.Plan { return commands.Plan{Name: "create", Form: true} }
	y.desk.command = func(context.Context, commands.Request) commands.Reply {
		<-asked
		v := nameForm()
		return commands.Reply{View: &v}
	}
	y.desk.checkForm = func(s commands.Submission) commands.FormAnswer {
		if s.State.Get("name", "value").Value == "bad" {
			return commands.FormAnswer{Errors: map[string]string{"name": "That name is taken."}}
		}
		return commands.FormAnswer{View: &blocks.View{Title: "New conference", Blocks: say("Making it…").Blocks}}
	}
	y.desk.submit = func(_ context.Context, s commands.Submission) commands.Reply {
		return commands.Reply{View: &blocks.View{Title: "Conference ready", Close: "Done", Blocks: say("made " + s.State.Get("name", "value").Value).Blocks}}
	}
	y.run()
	y.types(ana, teamRoom, "/conf create")
	y.sees(ana, func(s *control.Screen) bool { return s.Top() != nil && s.Top().Says("Asking Audian") })
	close(asked)
	form := y.sees(ana, func(s *control.Screen) bool { return s.Top() != nil && s.Top().Says("New conference") }).Top()
	submit := func(name string) *control.Submitted {
		value, _ := json.Marshal(obj{"type": "plain_text_input", "value": name})
		got, err := y.people.Submit(y.ctx, control.Submission{User: ana, ViewID: form.ID, Values: control.Values{"name": {"value": value}}})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := submit("bad"); got.Errors["name"] != "That name is taken." {
		t.Errorf("answer %+v, want the error at its field", got)
	}
	submit("Weekly sync")
	y.sees(ana, func(s *control.Screen) bool { return s.Top() != nil && s.Top().Says("made Weekly sync") })
}

func TestEveryRequestIsOneThatSlackTakes(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{})
	y.desk.command = func(_ context.Context, q commands.Request) commands.Reply {
		switch q.Text {
		case "long":
			r := private("Muting.")
			r.Later = func(_ context.Context, step func(blocks.Message)) commands.Reply {
				for i := range 10 {
					step(say(fmt.Sprintf("Muting, %d of 10.", i)))
				}
				return private("Muted 10 people.")
			}
			return r
		case "all":
			return commands.Reply{
				Posts: []commands.Post{{Channel: teamRoom, Message: say("for everybody")}}, Direct: []commands.Direct{{User: bo, Message: say("for Bo")}},
				Homes: []string{ana},
			}
		}
		return private("answer")
	}
	y.run()
	y.types(ana, teamRoom, "/conf long")
	y.sees(ana, func(s *control.Screen) bool { return s.Private(teamRoom, "Muted 10 people.") != nil })
	y.types(ana, teamRoom, "/conf all")
	y.sees(bo, func(s *control.Screen) bool {
		return s.Says("", "for Bo") != nil && s.Says(teamRoom, "for everybody") != nil
	})
	y.sees(ana, func(s *control.Screen) bool { return s.Home != nil && s.Home.Says("home of "+ana) })
	if _, err := y.people.Home(y.ctx, bo, "home"); err != nil {
		t.Fatal(err)
	}
	y.sees(bo, func(s *control.Screen) bool { return s.Home != nil && s.Home.Says("home of "+bo) })
	y.bot.Stop()
	records, err := y.people.Requests(y.ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range records {
		if !rec.OK && rec.Method != "bots.info" {
			t.Errorf("%s %s: %s (%s)", rec.Kind, rec.Method, rec.Error, rec.Verdict)
		}
	}
}

func TestNoCommandIsLostWhileConnectionsAreRefreshed(t *testing.T) {
	t.Parallel()
	const refreshes, perRefresh = 40, 5
	y := newYard(t, sandbox.Options{NoRateLimits: true})
	var done atomic.Int64
	y.desk.planRequest = func(commands.Request) commands.Plan { return durable }
	y.desk.command = func(context.Context, commands.Request) commands.Reply { done.Add(1); return commands.Reply{} }
	y.run()
	ways := []string{"warning", "refresh_requested", "close"}
	ordered := map[string]bool{}
	for i := range refreshes {
		// Slack never takes all connections at once; we have two, of different ages.
		oldest := ""
		y.until("two connections that will stay", func() bool {
			fresh := y.staying(ordered)
			if len(fresh) >= 2 {
				oldest = fresh[0]
			}
			return oldest != ""
		})
		ordered[oldest] = true
		lead := 40
		if err := y.people.OrderSocket(y.ctx, control.SocketOrder{Action: ways[i%len(ways)], LeadMS: &lead, Socket: oldest}); err != nil {
			t.Fatal(err)
		}
		for j := range perRefresh {
			y.types(ana, teamRoom, fmt.Sprintf("/conf %d %d", i, j))
		}
	}
	y.until("every command", func() bool { return done.Load() >= refreshes*perRefresh })
	if screen, err := y.people.View(y.ctx, ana); err != nil || len(screen.Notices) != 0 {
		t.Errorf("Slack told Ana of failures: %v, %v", screen.Notices, err)
	}
	y.bot.Stop()
	if got := done.Load(); got != refreshes*perRefresh {
		t.Errorf("%d commands carried out, want each of %d once", got, refreshes*perRefresh)
	}
}

// staying lists the connections that were not told to go, oldest first.
func (y *yard) staying(ordered map[string]bool) []string {
	sockets, err := y.people.Sockets(y.ctx)
	if err != nil {
		y.t.Fatal(err)
	}
	var ids []string
	for _, s := range sockets {
		if !ordered[s.ID] && !s.Closing {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

func TestAPostWhoseAnswerWasLostIsNotPostedTwice(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		manifest []byte
		told     string
	}{
		"found in the channel's history":   {historyManifest(t), ""},
		"not certain without those scopes": {nil, "I can't tell whether"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			y := newYard(t, sandbox.Options{Manifest: test.manifest})
			y.desk.command = func(context.Context, commands.Request) commands.Reply {
				return commands.Reply{Posts: []commands.Post{{Channel: teamRoom, Message: say("once only")}}}
			}
			y.run()
			if _, err := y.people.Member(y.ctx, "invite", y.bot.me().user, teamRoom); err != nil {
				t.Log(err) // it is in already
			}
			if _, err := y.people.AddFaults(y.ctx, control.Fault{Method: "chat.postMessage", Kind: "reset_after", Times: 1}); err != nil {
				t.Fatal(err)
			}
			y.types(ana, teamRoom, "/conf announce")
			y.until("the end", func() bool { return len(y.log.lines("interaction")) == 1 })
			screen := y.sees(ana, func(s *control.Screen) bool { return s.Says(teamRoom, "once only") != nil })
			posts := 0
			for _, m := range screen.Messages[teamRoom] {
				if m.Says("once only") {
					posts++
				}
			}
			if posts != 1 {
				t.Errorf("posted %d times, want once", posts)
			}
			if got := screen.Find(teamRoom, func(m control.Message) bool { return m.Ephemeral }); (got != nil) != (test.told != "") {
				t.Errorf("told %+v, want %q", got, test.told)
			}
		})
	}
}

func TestNothingSecretReachesTheLog(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{})
	y.desk.planRequest = func(commands.Request) commands.Plan { return durable }
	y.desk.command = func(context.Context, commands.Request) commands.Reply { return private("made, PIN 482913") }
	if _, err := y.people.AddFaults(y.ctx, control.Fault{Method: "response_url", Kind: "reset", Times: 1}); err != nil {
		t.Fatal(err)
	}
	y.run()
	y.types(ana, teamRoom, "/conf create Standup pin=482913")
	y.sees(ana, func(s *control.Screen) bool { return s.Private(teamRoom, "482913") != nil })
	y.bot.Stop()
	for _, secret := range []string{"482913", y.server.AppToken(), y.server.BotToken(), "/commands/T0", "ticket="} {
		if strings.Contains(y.log.all(), secret) {
			t.Errorf("%q is in the log", secret)
		}
	}
}

func TestTheDirectoryKnowsPeopleAndPlaces(t *testing.T) {
	t.Parallel()
	y := newYard(t, sandbox.Options{}).run()
	d := y.bot.Directory()
	a, err := d.Member(y.ctx, ana)
	if err != nil || a.Zone.String() != "Europe/Berlin" || a.Guest || a.External || a.Name == "" {
		t.Errorf("Ana = %+v, %v", a, err)
	}
	if h, err := d.Member(y.ctx, hana); err != nil || !h.Guest {
		t.Errorf("Hana = %+v, %v, want a guest", h, err)
	}
	if i, err := d.Member(y.ctx, ivo); err != nil || !i.External {
		t.Errorf("Ivo = %+v, %v, want somebody from outside", i, err)
	}
	if c, err := d.Channel(y.ctx, teamRoom); err != nil || c.Name != "team" || c.Members != 14 || c.Private {
		t.Errorf("#team = %+v, %v", c, err)
	}
	if c, err := d.Channel(y.ctx, sharedRoom); err != nil || !c.Shared {
		t.Errorf("#acme = %+v, %v, want it shared", c, err)
	}
	if c, err := d.Channel(y.ctx, archived); err != nil || !c.Archived {
		t.Errorf("#old-plans = %+v, %v, want it archived", c, err)
	}
	if c, err := d.Channel(y.ctx, boardRoom); err != nil || !c.Private || c.BotIn {
		t.Errorf("#board = %+v, %v, want it private and the bot outside", c, err)
	}
	admins, err := d.Admins(y.ctx)
	if err != nil || len(admins) != 2 {
		t.Errorf("admins = %v, %v, want Dev and Eli", admins, err)
	}
	before := y.count("users.info")
	for range 1000 {
		if _, err := d.Member(y.ctx, ana); err != nil {
			t.Fatal(err)
		}
	}
	if after := y.count("users.info"); after != before {
		t.Errorf("%d more calls for a person who is known", after-before)
	}
}

func (y *yard) count(method string) int {
	y.t.Helper()
	records, err := y.people.Requests(y.ctx, 0)
	if err != nil {
		y.t.Fatal(err)
	}
	n := 0
	for _, rec := range records {
		if rec.Method == method {
			n++
		}
	}
	return n
}
