package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/store"
)

// visible are the calls by which something gets to somebody's eyes.
var visible = []string{
	"response_url", "chat.postEphemeral", "chat.postMessage", "chat.update", "views.open", "views.push", "views.update", "views.publish",
}

// seen lists what was sent, as method and words.
func (r *rig) seen() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for _, c := range r.calls {
		if slices.Contains(visible, c.method) {
			all = append(all, describe(c))
		}
	}
	return all
}

func describe(c call) string {
	words := []string{c.method}
	for _, key := range []string{"channel", "thread_ts", "ts", "user", "user_id", "view_id", "hash"} {
		if v := c.text(key); v != "" {
			words = append(words, key+"="+v)
		}
	}
	if c.args["replace_original"] == true {
		words = append(words, "replace")
	}
	if c.args["delete_original"] == true {
		words = append(words, "delete")
	}
	if view, ok := c.args["view"].(map[string]any); ok {
		words = append(words, "view="+viewWords(view))
	}
	return strings.Join(append(words, "“"+c.text("text")+"”"), " ")
}

func viewWords(view map[string]any) string {
	raw, _ := json.Marshal(view["blocks"])
	for _, want := range []string{"result", "problem", "Asking Audian", "Something went wrong", "told"} {
		if strings.Contains(string(raw), want) {
			return want
		}
	}
	return "?"
}

func resultView() *blocks.View {
	return &blocks.View{CallbackID: "form.text", Title: "T", Blocks: say("result").Blocks}
}

func refused(code string) func(call) any {
	return func(call) any { return obj{"ok": false, "error": code} }
}

func TestEveryAnswerTravelsByTheOneRightCall(t *testing.T) {
	t.Parallel()
	told := func() commands.Reply { return private("told") }
	over := func() commands.Reply { r := told(); r.Over = true; return r }
	formPlan := commands.Plan{Name: "x", Form: true}
	ephemeral := func(e obj) obj {
		p := e["payload"].(obj)
		p["container"].(obj)["is_ephemeral"] = true
		delete(p, "message")
		return e
	}
	inForm := func() obj {
		return viewEnvelope("e1", "block_actions", nil, obj{
			"container": obj{"type": "view", "view_id": "V0FORM"},
			"actions":   []any{obj{"type": "button", "action_id": "list.refresh", "block_id": "b", "value": "v", "action_ts": "1"}},
		})
	}
	inHome := func() obj {
		e := inForm()
		e["payload"].(obj)["view"].(obj)["type"] = "home"
		return e
	}
	for _, test := range []struct {
		name     string
		envelope obj
		plan     commands.Plan
		reply    commands.Reply
		answers  map[string]func(call) any
		want     []string
	}{
		{
			"a click in a channel, by its response URL", clickEnvelope("e1", "card.who", ""),
			commands.Plan{},
			told(), nil,
			[]string{"response_url “told”"},
		},
		{
			"a click in a thread, in that thread", clickEnvelope("e1", "participant.mute", "1.1"),
			commands.Plan{},
			told(), nil,
			[]string{"chat.postEphemeral channel=C0TEAM thread_ts=1.1 user=U0ANA “told”"},
		},
		{
			"a click on the message that began a thread counts as outside", clickEnvelope("e1", "card.who", "1700000000.000100"),
			commands.Plan{},
			told(), nil,
			[]string{"response_url “told”"},
		},
		{
			"a used-up response URL gives way to an ephemeral message", slashEnvelope("e1", ""),
			commands.Plan{},
			told(),
			map[string]func(call) any{"response_url": func(call) any { return httpAnswer{status: 404, body: `{"ok":false,"error":"used_url"}`} }},
			[]string{"response_url “told”", "chat.postEphemeral channel=C0TEAM user=U0ANA “told”"},
		},
		{
			"a channel that we are not in gives way to a direct message", slashEnvelope("e1", ""),
			commands.Plan{},
			told(),
			map[string]func(call) any{
				"response_url":       func(call) any { return obj{"ok": false, "error": "expired_url"} },
				"chat.postEphemeral": refused("not_in_channel"),
			},
			[]string{"response_url “told”", "chat.postEphemeral channel=C0TEAM user=U0ANA “told”", "chat.postMessage channel=DU0ANA “told”"},
		},
		{
			"blocks that Slack refuses leave the words", slashEnvelope("e1", ""),
			commands.Plan{},
			told(),
			map[string]func(call) any{"response_url": func(c call) any {
				if c.args["blocks"] != nil {
					return obj{"ok": false, "error": "invalid_blocks"}
				}
				return obj{"ok": true}
			}},
			[]string{"response_url “told”", "response_url “told”"},
		},
		{
			"a private message is replaced by its answer", ephemeral(clickEnvelope("e1", "kick.confirm", "1.1")),
			commands.Plan{},
			over(), nil,
			[]string{"response_url replace “told”"},
		},
		{
			"a private message is taken away", ephemeral(clickEnvelope("e1", "kick.cancel", "1.1")),
			commands.Plan{},
			commands.Reply{Over: true},
			nil,
			[]string{"response_url delete “”"},
		},
		{
			"a message that others see is never replaced by an answer", clickEnvelope("e1", "participant.mute", ""),
			commands.Plan{},
			over(), nil,
			[]string{"response_url “told”"},
		},
		{
			"a form from a command", slashEnvelope("e1", ""),
			commands.Plan{},
			commands.Reply{View: resultView()},
			nil,
			[]string{"views.open view=result “”"},
		},
		{
			"a form that must ask first shows that it loads", slashEnvelope("e1", ""), formPlan,
			commands.Reply{View: resultView()},
			nil,
			[]string{"views.open view=Asking Audian “”", "views.update view_id=V1 view=result “”"},
		},
		{
			"an error is drawn in the form that loads", slashEnvelope("e1", ""), formPlan,
			commands.Reply{Err: errors.New("x")},
			nil,
			[]string{"views.open view=Asking Audian “”", "views.update view_id=V1 view=Something went wrong “”"},
		},
		{
			"a form whose trigger is spent becomes words", slashEnvelope("e1", ""),
			commands.Plan{},
			commands.Reply{View: resultView()},
			map[string]func(call) any{"views.open": refused("expired_trigger_id")},
			[]string{"views.open view=result “”", "response_url “Slack gave me no time to open the form. Nothing was changed. Try again.”"},
		},
		{
			"a click in a form draws that form anew", inForm(),
			commands.Plan{},
			commands.Reply{View: resultView()},
			nil,
			[]string{"views.update view_id=V0FORM hash=h0 view=result “”"},
		},
		{
			"a person's own click stands over a drawing of the background", inForm(),
			commands.Plan{},
			commands.Reply{View: resultView()},
			map[string]func(call) any{"views.update": func(c call) any {
				if c.text("hash") != "" {
					return obj{"ok": false, "error": "hash_conflict"}
				}
				return obj{"ok": true, "view": obj{"id": "V0FORM"}}
			}},
			[]string{"views.update view_id=V0FORM hash=h0 view=result “”", "views.update view_id=V0FORM view=result “”"},
		},
		{
			"a form on top of a form", inForm(),
			commands.Plan{},
			commands.Reply{View: resultView(), Push: true},
			nil,
			[]string{"views.push view=result “”"},
		},
		{
			"words in answer to a click in a form lie on top of it", inForm(),
			commands.Plan{},
			told(), nil,
			[]string{"views.push view=told “”"},
		},
		{
			"a click in App Home opens a form", inHome(),
			commands.Plan{},
			commands.Reply{View: resultView()},
			nil,
			[]string{"views.open view=result “”"},
		},
		{
			"words in answer to a click in App Home are a form", inHome(),
			commands.Plan{},
			told(), nil,
			[]string{"views.open view=told “”"},
		},
		{
			"a form that was closed meanwhile gives way to a private message", viewEnvelope("e1", "view_submission", nil, nil),
			commands.Plan{},
			commands.Reply{View: resultView(), Private: told().Private},
			map[string]func(call) any{"views.update": refused("not_found")},
			[]string{"views.update view_id=V0FORM view=result “”", "chat.postEphemeral channel=C0TEAM user=U0ANA “told”"},
		},
		{
			"posts, lines and direct messages", slashEnvelope("e1", ""),
			commands.Plan{},
			commands.Reply{
				Posts:  []commands.Post{{Channel: "C0OTHER", Message: say("to all")}},
				Direct: []commands.Direct{{User: "U0BO", Message: say("to Bo")}},
			},
			nil,
			[]string{"chat.postMessage channel=C0OTHER “to all”", "chat.postMessage channel=DU0BO “to Bo”"},
		},
		{
			"a channel that we cannot post to is explained", slashEnvelope("e1", ""),
			commands.Plan{},
			commands.Reply{
				Posts: []commands.Post{{Channel: "C0BOARD", Message: say("to all")}},
			},
			map[string]func(call) any{"chat.postMessage": refused("not_in_channel")},
			[]string{
				"chat.postMessage channel=C0BOARD “to all”",
				"response_url “I'm not in that channel, so I can't post there. Send `/invite @confbot` in it, then try again.”",
			},
		},
		{
			"a card for a private channel that we are not in asks for an invitation", slashEnvelope("e1", ""),
			commands.Plan{},
			commands.Reply{
				Card: &commands.CardWish{Conference: "conf_1", Channel: "C0TEAM"},
			},
			map[string]func(call) any{"chat.postMessage": refused("channel_not_found")},
			[]string{
				"chat.postMessage channel=C0TEAM “card”",
				"response_url “I'm not in #team, and it's private, so I can't post there. Send /invite @confbot in that channel, then try again.”",
			},
		},
		{
			"also where its name is not known", slashEnvelope("e1", ""),
			commands.Plan{},
			commands.Reply{
				Card: &commands.CardWish{Conference: "conf_1", Channel: "G0BOARD"},
			},
			map[string]func(call) any{"chat.postMessage": refused("channel_not_found")},
			[]string{
				"chat.postMessage channel=G0BOARD “card”",
				"response_url “I'm not in <#G0BOARD>, and it's private, so I can't post there. Send /invite @confbot in that channel, then try again.”",
			},
		},
		{
			"App Homes are drawn anew", slashEnvelope("e1", ""),
			commands.Plan{},
			commands.Reply{Homes: []string{"U0BO"}},
			nil,
			[]string{"views.publish user_id=U0BO view=? “”"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			for method, answer := range test.answers {
				r.answer(method, answer)
			}
			loads := make(chan struct{})
			wait := func() commands.Reply {
				if test.plan.Form {
					<-loads
				}
				return test.reply
			}
			r.desk.planRequest = func(commands.Request) commands.Plan { return test.plan }
			r.desk.planClick = func(commands.Click) commands.Plan { return test.plan }
			r.desk.command = func(context.Context, commands.Request) commands.Reply { return wait() }
			r.desk.click = func(context.Context, commands.Click) commands.Reply { return wait() }
			r.desk.submit = func(context.Context, commands.Submission) commands.Reply { return wait() }
			r.desk.checkForm = func(commands.Submission) commands.FormAnswer { return commands.FormAnswer{View: resultView()} }
			s := r.run(t)
			s.send(test.envelope)
			r.await("ack", 1)
			if test.plan.Form {
				r.await("views.open", 1)
				close(loads)
			}
			r.bot.Stop()
			if diff := cmp.Diff(test.want, r.seen()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestLongWorkShowsAtMostFourStepsAndEndsWithItsSum(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.command = func(context.Context, commands.Request) commands.Reply {
		reply := private("Muting.")
		reply.Later = func(_ context.Context, step func(blocks.Message)) commands.Reply {
			for range 20 {
				step(say("Muting, some."))
			}
			return private("Muted 120 people.")
		}
		return reply
	}
	s := r.run(t)
	s.send(slashEnvelope("e1", "mute all"))
	r.await("ack", 1)
	r.bot.Stop()
	got := r.seen()
	if len(got) > 6 || len(got) < 3 {
		t.Errorf("%d answers, want the first, at most four steps and the sum: %v", len(got), got)
	}
	if last := got[len(got)-1]; !strings.Contains(last, "Muted 120 people.") || !strings.HasPrefix(last, "response_url") {
		t.Errorf("last answer %q, want the sum by the response URL", last)
	}
}

func TestWhatFollowsALostAnswerTakesItsPlaceAndIsToldOnce(t *testing.T) {
	t.Parallel()
	lost := errors.New("no answer")
	for name, tt := range map[string]struct {
		then commands.Reply
		want []string
	}{
		"nothing was learnt": {
			commands.Reply{Err: lost, Told: true},
			[]string{"response_url “I asked, and got no answer.”"},
		},
		"it was done": {
			private("Caller 3 is muted."),
			[]string{"response_url “I asked, and got no answer.”", "response_url replace “Caller 3 is muted.”"},
		},
		"it was not": {
			func() commands.Reply { r := private("Caller 3 isn't muted."); r.Err, r.Told = lost, true; return r }(),
			[]string{"response_url “I asked, and got no answer.”", "response_url replace “Caller 3 isn't muted.”"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			r.desk.command = func(context.Context, commands.Request) commands.Reply {
				first := private("I asked, and got no answer.")
				first.Err = lost
				first.Later = func(context.Context, func(blocks.Message)) commands.Reply { return tt.then }
				return first
			}
			s := r.run(t)
			s.send(slashEnvelope("e1", "mute 3"))
			r.await("ack", 1)
			r.bot.Stop()
			if diff := cmp.Diff(tt.want, r.seen()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestAPostThatGotNoAnswerIsLookedForBeforeItIsPostedAgain(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		landed  bool
		history func(mark string) any
		posts   int
		unsure  bool
	}{
		{"it landed", true, func(mark string) any {
			return obj{"ok": true, "messages": []any{obj{"ts": "9.9", "metadata": obj{"event_type": "x", "event_payload": obj{"post": mark}}}}}
		}, 1, false},
		{"it did not land", false, func(string) any { return obj{"ok": true, "messages": []any{}} }, 2, false},
		{"we may not look", true, func(string) any { return obj{"ok": false, "error": "missing_scope"} }, 1, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				var mark string
				r.answer("chat.postMessage", func(c call) any {
					if mark == "" {
						var m struct {
							Payload map[string]string `json:"event_payload"`
						}
						_ = json.Unmarshal([]byte(c.text("metadata")), &m)
						mark = m.Payload[postMark]
						return httpAnswer{status: 503, body: "<html>"}
					}
					return obj{"ok": true, "ts": "9.9"}
				})
				r.answer("conversations.history", func(call) any { return test.history(mark) })
				ts, err := r.bot.post.post(t.Context(), "C1", "", say("x"))
				if got := len(r.callsTo("chat.postMessage")); got != test.posts {
					t.Errorf("posted %d times, want %d", got, test.posts)
				}
				if got := conference.IsUnsure(err); got != test.unsure {
					t.Errorf("error %v, want one that leaves it open: %v", err, test.unsure)
				}
				if !test.unsure && ts != "9.9" {
					t.Errorf("ts %q, error %v", ts, err)
				}
			})
		})
	}
}

func TestA429OnPostingIsWaitedOutAndOtherMethodsGoOn(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		limited := true
		r.answer("chat.postMessage", func(call) any {
			if limited {
				limited = false
				return httpAnswer{status: 429, header: map[string]string{"Retry-After": "7"}}
			}
			return obj{"ok": true, "ts": "1.1"}
		})
		begun := time.Now()
		posted := make(chan error)
		go func() {
			_, err := r.bot.post.post(t.Context(), "C1", "", say("x"))
			posted <- err
		}()
		synctest.Wait()
		if err := r.bot.post.ephemeral(t.Context(), "C1", "", "U1", say("y")); err != nil || time.Since(begun) > time.Second {
			t.Errorf("another method: %v after %v", err, time.Since(begun))
		}
		if err := <-posted; err != nil {
			t.Error(err)
		}
		if took := time.Since(begun); took < 7*time.Second || took > 9*time.Second {
			t.Errorf("posted after %v, want seven seconds", took)
		}
	})
}

func TestACardIsPostedOnceWithItsPanelAndTheFormerOneGivesWay(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.card = func(_ context.Context, ref store.MessageRef) (blocks.Message, error) { return say(ref.Kind), nil }
	r.desk.panel = r.desk.card
	wish := commands.CardWish{Conference: "conf_1", Channel: "C0TEAM", Panel: true}
	r.desk.command = func(_ context.Context, q commands.Request) commands.Reply {
		w := wish
		w.Move = q.Text == "move"
		return commands.Reply{Card: &w}
	}
	s := r.run(t)
	s.send(slashEnvelope("e1", "people"))
	s.send(slashEnvelope("e2", "people")) // at the same time
	r.await("chat.postMessage", 2)
	r.awaitDone(2)
	s.send(slashEnvelope("e3", "move"))
	r.await("chat.update", 2)
	r.bot.Stop()
	want := []string{
		"chat.postMessage channel=C0TEAM “card”",
		"chat.postMessage channel=C0TEAM thread_ts=1700000000.000001 “panel”",
		"chat.postMessage channel=C0TEAM “card”",
		"chat.postMessage channel=C0TEAM thread_ts=1700000000.000003 “panel”",
		"chat.update channel=C0TEAM ts=1700000000.000001 “card_old”",
		"chat.update channel=C0TEAM ts=1700000000.000002 “panel_old”",
	}
	got := r.seen()
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
