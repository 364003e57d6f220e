package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/gorilla/websocket"

	"confbot/sandbox/audian"
	"confbot/sandbox/slack"
	"confbot/sandbox/web"
	"confbot/sandbox/web/browsertest"
)

// app is a small app in Socket Mode: it posts a card with a list in its
// thread, opens a form on its command and answers what people do.
type app struct {
	t      testing.TB
	server *slack.Server
	list   map[string]any // chat.update arguments of the list in the thread
}

// call makes a Web API call and returns the answer, which must be ok.
func (a *app) call(method, token string, args map[string]any) map[string]any {
	body, err := json.Marshal(args)
	if err != nil {
		a.t.Error(err)
	}
	request, err := http.NewRequestWithContext(a.t.Context(), http.MethodPost, a.server.APIURL()+method, bytes.NewReader(body))
	if err != nil {
		a.t.Error(err)
		return nil
	}
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("Authorization", "Bearer "+token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		a.t.Error(err)
		return nil
	}
	defer response.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || answer["ok"] != true {
		a.t.Errorf("%s: %v %v", method, answer, err)
	}
	return answer
}

func (a *app) bot(method string, args map[string]any) map[string]any {
	return a.call(method, a.server.BotToken(), args)
}

// connect opens the socket and serves envelopes until the test ends.
func (a *app) connect() {
	opened := a.call("apps.connections.open", a.server.AppToken(), map[string]any{})
	address, _ := opened["url"].(string)
	socket, _, err := websocket.DefaultDialer.DialContext(a.t.Context(), address, nil)
	if err != nil {
		a.t.Fatalf("connecting the app: %v", err)
	}
	done := make(chan struct{})
	a.t.Cleanup(func() {
		_ = socket.Close()
		<-done
	})
	hello := make(chan struct{})
	go func() {
		defer close(done)
		for {
			var e envelope
			if socket.ReadJSON(&e) != nil {
				return
			}
			switch {
			case e.Type == "hello":
				close(hello)
			case e.ID != "":
				_ = socket.WriteJSON(map[string]any{"envelope_id": e.ID, "payload": a.ack(e)})
				a.after(e)
			}
		}
	}()
	<-hello
}

type envelope struct {
	Type    string `json:"type"`
	ID      string `json:"envelope_id"`
	Payload struct {
		Type    string `json:"type"`
		Trigger string `json:"trigger_id"`
		View    struct {
			State struct {
				Values map[string]map[string]struct {
					Value string `json:"value"`
				} `json:"values"`
			} `json:"state"`
		} `json:"view"`
		Actions []struct {
			ActionID string `json:"action_id"`
		} `json:"actions"`
	} `json:"payload"`
}

// ack is what the app says to an envelope at once: a form with a bad PIN is refused at the field.
func (a *app) ack(e envelope) map[string]any {
	if e.Payload.Type == "view_submission" && e.Payload.View.State.Values["pin"]["v"].Value == "1111" {
		return map[string]any{"response_action": "errors", "errors": map[string]any{"pin": "That PIN is easy to guess."}}
	}
	return map[string]any{}
}

// after is what the app does once it has acked.
func (a *app) after(e envelope) {
	switch {
	case e.Type == "slash_commands":
		a.bot("views.open", map[string]any{"trigger_id": e.Payload.Trigger, "view": createForm()})
	case e.Payload.Type == "view_submission" && e.Payload.View.State.Values["pin"]["v"].Value != "1111":
		a.bot("chat.postEphemeral", map[string]any{"channel": team, "user": ana, "text": "Coffee is ready."})
	case e.Payload.Type == "block_actions" && e.Payload.Actions[0].ActionID == "participant.mute":
		a.list["text"] = "Weekly sync: caller 1 is muted."
		a.list["blocks"] = []any{line("1. Alice Chen", "muted"), buttons("participant.unmute", "Unmute")}
		a.bot("chat.update", a.list)
	case e.Payload.Type == "block_actions" && e.Payload.Actions[0].ActionID == "participant.kick":
		a.list["text"] = "Weekly sync: nobody is on the line."
		a.list["blocks"] = []any{line("Weekly sync", "nobody is on the line")}
		a.bot("chat.update", a.list)
	}
}

func words(text string) map[string]any { return map[string]any{"type": "plain_text", "text": text} }

func line(name, state string) map[string]any {
	return map[string]any{"type": "section", "text": words(name + ", " + state)}
}

func buttons(first, label string) map[string]any {
	return map[string]any{"type": "actions", "block_id": "row", "elements": []any{
		map[string]any{"type": "button", "action_id": first, "text": words(label), "value": "1"},
		map[string]any{"type": "button", "action_id": "participant.kick", "text": words("Kick"), "value": "1", "confirm": map[string]any{
			"title": words("Kick caller 1?"), "text": words("Alice Chen is cut off now."), "confirm": words("Kick"), "deny": words("Cancel"), "style": "danger",
		}},
	}}
}

func createForm() map[string]any {
	input := func(id, label string, optional bool) map[string]any {
		return map[string]any{
			"type": "input", "block_id": id, "label": words(label), "optional": optional,
			"element": map[string]any{"type": "plain_text_input", "action_id": "v"},
		}
	}
	return map[string]any{
		"type": "modal", "title": words("New conference"), "submit": words("Create"), "close": words("Cancel"),
		"blocks": []any{input("name", "Name", false), input("pin", "PIN for people", true)},
	}
}

// startLive serves the page on both sandboxes with the small app connected.
func startLive(t *testing.T) (*app, string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context()) // the servers end in cleanup, after the page
	chat, err := slack.New(slack.Options{})
	if err != nil {
		t.Fatal(err)
	}
	telephony, err := audian.New(audian.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, server := range []interface {
		Start(context.Context) error
		Stop() error
	}{chat, telephony} {
		if err := server.Start(ctx); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := server.Stop(); err != nil {
				t.Error(err)
			}
		})
	}
	conference, err := telephony.AddConference(audian.ConferenceSpec{Name: "Weekly sync", MemberPINs: []string{"482913"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := telephony.AddCaller(conference, audian.CallerSpec{Name: "Alice Chen", Number: "+14155550199", Noise: audian.Breathing}); err != nil {
		t.Fatal(err)
	}
	page := httptest.NewServer(web.New(web.Options{Slack: chat.Control(), Audian: telephony.Control()}))
	t.Cleanup(page.Close)
	t.Cleanup(page.CloseClientConnections)

	a := &app{t: t, server: chat}
	a.connect()
	card := a.bot("chat.postMessage", map[string]any{"channel": team, "text": "Weekly sync is live.", "blocks": []any{
		map[string]any{"type": "header", "text": words("Weekly sync")}, line("Live", "1 person on the line"),
	}})
	list := a.bot("chat.postMessage", map[string]any{
		"channel": team, "thread_ts": card["ts"], "text": "Weekly sync: 1 on the line.",
		"blocks": []any{line("1. Alice Chen", "unmuted"), buttons("participant.mute", "Mute")},
	})
	a.list = map[string]any{"channel": team, "ts": list["ts"]}
	return a, page.URL
}

func TestThePageWorksOnTheSandboxes(t *testing.T) {
	browser := browsertest.Start(t)
	_, address := startLive(t)
	page := browser.Open(t, address+"/#"+ana+"/"+team)
	page.Size(1440, 900)

	page.Say("[data-testid=composer]", "/conf create")
	page.See("[data-testid=modal]", "New conference")
	page.Fill(".input-block[data-block=name] input", "Coffee")
	page.Fill(".input-block[data-block=pin] input", "1111")
	page.Click("[data-testid=modal-submit]", "Create")
	page.See("[data-testid=field-error]", "That PIN is easy to guess.")
	page.Fill(".input-block[data-block=pin] input", "482914")
	page.Click("[data-testid=modal-submit]", "Create")
	page.Gone("[data-testid=modal]", "")
	page.See("[data-testid=message]", "Coffee is ready.")
	page.See("[data-testid=only-you]", "Only visible to you")

	page.Click("[data-testid=open-thread]", "1 reply")
	page.See("[data-testid=thread]", "1. Alice Chen, unmuted")
	page.Click("[data-testid=thread] [data-action='participant.mute']", "Mute")
	page.See("[data-testid=thread]", "1. Alice Chen, muted")
	page.Click("[data-testid=thread] [data-action='participant.kick']", "Kick")
	page.Click("[data-testid=confirm-yes]", "Kick")
	page.See("[data-testid=thread]", "nobody is on the line")

	page.Say("[data-testid=thread-composer]", "/conf mute 1")
	page.See("[data-testid=refused]", "not supported in threads")

	page.Click("[data-testid=user-switch]", "")
	page.Click("[role=menuitemradio]", "Hana Ito")
	page.See("[data-testid=user-switch]", "guest")
	page.Gone("[data-testid=message]", "Coffee is ready.")

	page.See("[data-testid=phone]", "breathing")
	page.Click("[data-testid=phone] [data-key=star1]", "")
	page.See("[data-testid=phone-state]", "muted")
	page.Gone("[data-testid=phone-state]", "heard by others")
	page.Click("[data-testid=dial] summary", "")
	page.Fill("[data-testid=dial] [name=pin]", "0000")
	page.Click("[data-testid=dial-go]", "")
	page.See("[data-testid=dial-answer].refused", "PIN")
	page.Fill("[data-testid=dial] [name=pin]", "482913")
	page.Click("[data-testid=dial-go]", "")
	page.See("[data-testid=truth]", "2 on the line")
	page.Click("[data-testid=side-faults]", "")
	page.Click("label", "Deliver everything twice")
	page.Until(`document.querySelector('[data-testid=slack-twice]').checked`)
	page.Click("label", "Audian is slow")
	page.Until(`document.querySelector('[data-testid=audian-slow]').checked`)
	page.Click("label", "Audian is slow")
	page.Until(`!document.querySelector('[data-testid=audian-slow]').checked`)
	page.Shot("live")
	if errs := page.Errors(); len(errs) > 0 {
		t.Errorf("the console holds errors: %q", errs)
	}
}

func TestACommandThatNobodyAnswersIsTold(t *testing.T) {
	browser := browsertest.Start(t)
	chat, err := slack.New(slack.Options{TimeScale: 10})
	if err != nil {
		t.Fatal(err)
	}
	if err := chat.Start(context.WithoutCancel(t.Context())); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = chat.Stop() })
	server := httptest.NewServer(web.New(web.Options{Slack: chat.Control()}))
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	page := browser.Open(t, server.URL+"/#"+ana+"/"+team)
	page.Size(1440, 900)
	page.Gone("[data-testid=side-phones]", "")
	page.Say("[data-testid=composer]", "/conf list")
	page.See("[data-testid=notice]", "dispatch_failed")
	page.Shot("dispatch-failed")
}
