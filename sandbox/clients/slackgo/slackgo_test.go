package slackgo

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
	"github.com/slack-go/slack/socketmode"

	"confbot/sandbox/slack/control"

	sandbox "confbot/sandbox/slack"
)

const (
	ana  = "U0ANA00001"
	team = "C0TEAM0001"
)

// program is an app as a slack-go user would write it.
type program struct {
	t      *testing.T
	web    *slack.Client
	socket *socketmode.Client
}

func run(t *testing.T) (*control.Client, *slack.Client) {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Stop() })
	web := slack.New(s.BotToken(), slack.OptionAppLevelToken(s.AppToken()), slack.OptionAPIURL(s.APIURL()))
	p := &program{t: t, web: web, socket: socketmode.New(web)}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	connected := make(chan struct{})
	served := make(chan struct{})
	go func() {
		defer close(served)
		p.serve(ctx, connected)
	}()
	go func() {
		defer close(ended)
		_ = p.socket.RunContext(ctx)
	}()
	t.Cleanup(func() {
		cancel()
		<-ended
		<-served
	})
	select {
	case <-connected:
	case <-time.After(10 * time.Second):
		t.Fatal("the program did not connect")
	}
	return control.New(s.ControlURL(), nil), web
}

func (p *program) serve(ctx context.Context, connected chan struct{}) {
	var once sync.Once
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-p.socket.Events:
			if e.Type == socketmode.EventTypeHello {
				once.Do(func() { close(connected) })
			}
			p.handle(context.WithoutCancel(ctx), e) // what has begun is finished, also when the test has seen enough
		}
	}
}

func (p *program) handle(ctx context.Context, e socketmode.Event) {
	switch data := e.Data.(type) {
	case slack.SlashCommand:
		p.ack(e, nil)
		p.command(ctx, data)
	case slack.InteractionCallback:
		p.interaction(ctx, e, data)
	case slackevents.EventsAPIEvent:
		p.ack(e, nil)
		if opened, ok := data.InnerEvent.Data.(*slackevents.AppHomeOpenedEvent); ok {
			p.home(ctx, opened.User)
		}
	}
}

func (p *program) ack(e socketmode.Event, payload any) {
	if payload == nil {
		_ = p.socket.Ack(*e.Request)
		return
	}
	_ = p.socket.Ack(*e.Request, payload)
}

func (p *program) command(ctx context.Context, c slack.SlashCommand) {
	if c.Text == "form" {
		_, err := p.web.OpenViewContext(ctx, c.TriggerID, form())
		p.check("views.open", err)
		return
	}
	button := slack.NewButtonBlockElement("vote", "yes", slack.NewTextBlockObject("plain_text", "Vote", false, false))
	_, _, err := p.web.PostMessageContext(ctx, c.ChannelID, slack.MsgOptionText("Vote on "+c.Text, false),
		slack.MsgOptionBlocks(slack.NewActionBlock("votes", button)))
	p.check("chat.postMessage", err)
}

func form() slack.ModalViewRequest {
	plain := func(s string) *slack.TextBlockObject { return slack.NewTextBlockObject("plain_text", s, false, false) }
	name := slack.NewInputBlock("name", plain("Name"), nil, slack.NewPlainTextInputBlockElement(nil, "value"))
	return slack.ModalViewRequest{
		Type: slack.VTModal, CallbackID: "ask", Title: plain("A form"), Submit: plain("Send"), Blocks: slack.Blocks{BlockSet: []slack.Block{name}},
	}
}

func (p *program) interaction(ctx context.Context, e socketmode.Event, in slack.InteractionCallback) {
	switch in.Type {
	case slack.InteractionTypeBlockActions:
		p.ack(e, nil)
		_, _, _, err := p.web.UpdateMessageContext(ctx, in.Channel.ID, in.Container.MessageTs, slack.MsgOptionText("Thanks for voting.", false))
		p.check("chat.update", err)
	case slack.InteractionTypeViewSubmission:
		if in.View.State.Values["name"]["value"].Value == "bad" {
			p.ack(e, slack.NewErrorsViewSubmissionResponse(map[string]string{"name": "That name is taken."}))
			return
		}
		p.ack(e, nil)
		_, _, err := p.web.PostMessageContext(ctx, in.User.ID, slack.MsgOptionText("Got it.", false))
		p.check("chat.postMessage to a person", err)
	}
}

func (p *program) home(ctx context.Context, user string) {
	_, err := p.web.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: slack.HomeTabViewRequest{
		Type:   slack.VTHomeTab,
		Blocks: slack.Blocks{BlockSet: []slack.Block{slack.NewHeaderBlock(slack.NewTextBlockObject("plain_text", "At home", false, false))}},
	}})
	p.check("views.publish", err)
}

func (p *program) check(what string, err error) {
	if err != nil {
		p.t.Errorf("%s: %v", what, err)
	}
}

func wait(t *testing.T, people *control.Client, user string, wanted func(*control.Screen) bool) *control.Screen {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	screen, err := people.WaitFor(ctx, user, wanted)
	if err != nil {
		t.Fatal(err)
	}
	return screen
}

func typed(t *testing.T, people *control.Client, text string) {
	t.Helper()
	done, err := people.Type(t.Context(), control.Typed{User: ana, Channel: team, Text: text})
	if err != nil || !done.OK {
		t.Fatalf("type %q: %+v, %v", text, done, err)
	}
}

func TestACommandAButtonAndAnUpdate(t *testing.T) {
	t.Parallel()
	people, _ := run(t)
	typed(t, people, "/conf lunch")
	screen := wait(t, people, ana, func(s *control.Screen) bool { return s.Says(team, "Vote on lunch") != nil })
	m := screen.Says(team, "Vote on lunch")
	_, err := people.Click(t.Context(), control.Click{
		User: ana, Container: control.Container{Channel: team, MessageTS: m.TS}, BlockID: "votes", ActionID: "vote",
	})
	if err != nil {
		t.Fatal(err)
	}
	wait(t, people, ana, func(s *control.Screen) bool { return s.Says(team, "Thanks for voting.") != nil })
}

func TestAFormWithAFieldError(t *testing.T) {
	t.Parallel()
	people, _ := run(t)
	typed(t, people, "/conf form")
	screen := wait(t, people, ana, func(s *control.Screen) bool { return s.Top() != nil })
	submit := func(name string) *control.Submitted {
		t.Helper()
		out, err := people.Submit(t.Context(), control.Submission{
			User: ana, ViewID: screen.Top().ID, Values: control.Values{"name": {"value": []byte(`{"value":"` + name + `"}`)}},
		})
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if out := submit("bad"); out.Errors["name"] != "That name is taken." {
		t.Errorf("submitting a taken name came to %+v, want an error on name", out)
	}
	if out := submit("good"); !out.OK {
		t.Errorf("submitting a good name came to %+v, want ok", out)
	}
	wait(t, people, ana, func(s *control.Screen) bool { return s.Top() == nil && s.Says("", "Got it.") != nil })
}

func TestAppHomeAndLookups(t *testing.T) {
	t.Parallel()
	people, web := run(t)
	if _, err := people.Home(t.Context(), ana, "home"); err != nil {
		t.Fatal(err)
	}
	wait(t, people, ana, func(s *control.Screen) bool { return s.Home != nil && s.Home.Says("At home") })
	who, err := web.GetUserInfoContext(t.Context(), ana)
	if err != nil || who.TZ != "Europe/Berlin" {
		t.Errorf("users.info: %+v, %v", who, err)
	}
	channel, err := web.GetConversationInfoContext(t.Context(), &slack.GetConversationInfoInput{ChannelID: team, IncludeNumMembers: true})
	if err != nil || channel.NumMembers != 14 {
		t.Errorf("conversations.info: %+v, %v", channel, err)
	}
}

func TestARefreshIsSurvived(t *testing.T) {
	t.Parallel()
	people, _ := run(t)
	if err := people.OrderSocket(t.Context(), control.SocketOrder{Action: "refresh_requested"}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	fresh := func() bool {
		sockets, err := people.Sockets(ctx)
		return err == nil && len(sockets) == 1 && sockets[0].NumDelivered == 0
	}
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for !fresh() {
		select {
		case <-tick.C:
		case <-ctx.Done():
			t.Fatal("the program did not come back")
		}
	}
	typed(t, people, "/conf again")
	wait(t, people, ana, func(s *control.Screen) bool { return s.Says(team, "Vote on again") != nil })
}
