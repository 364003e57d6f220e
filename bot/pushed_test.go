package bot

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"confbot/blocks"
	"confbot/commands"
	"confbot/store"
)

// pushing is a desk that answers a sent form with another on top of it.
func pushing(r *rig, submit func(context.Context, commands.Submission) commands.Reply) {
	waits := blocks.View{Title: "Check", Close: "Back", CallbackID: "form.loading", Blocks: say("Asking…").Blocks}
	r.desk.checkForm = func(commands.Submission) commands.FormAnswer { return commands.FormAnswer{View: &waits, Push: true} }
	r.desk.submit = submit
}

func checked(text string) commands.Reply {
	return commands.Reply{View: &blocks.View{Title: "Check", Close: "Back", CallbackID: "form.preview", Blocks: say(text).Blocks}}
}

func sentForm() obj {
	return viewEnvelope("e1", "view_submission", nil, obj{"trigger_id": "1.2.preview"})
}

func asText(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// pushedBy is the form that an acknowledgement lays on top.
func pushedBy(t *testing.T, ack call) (view map[string]any, name string) {
	t.Helper()
	payload, _ := ack.args["payload"].(map[string]any)
	view, _ = payload["view"].(map[string]any)
	name, _ = view["external_id"].(string)
	if payload["response_action"] != "push" || name == "" {
		t.Fatalf("acknowledged with %v, want a form of a known name on top", ack.args)
	}
	return view, name
}

func TestAFormThatIsReadyInTimeIsPushedByTheAcknowledgement(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		pushing(r, func(context.Context, commands.Submission) commands.Reply { return checked("every monday") })
		r.run(t).send(sentForm())
		view, _ := pushedBy(t, r.await("ack", 1))
		if got := asText(view); !strings.Contains(got, "every monday") {
			t.Errorf("pushed %s, want what came of the form", got)
		}
		r.awaitDone(1)
		pass(10 * time.Second)
		for _, method := range []string{"views.update", "views.push", "chat.postEphemeral", "chat.postMessage"} {
			if n := len(r.callsTo(method)); n > 0 {
				t.Errorf("%d calls to %s, want none", n, method)
			}
		}
	})
}

func TestAFormThatTakesLongIsPushedWaitingAndDrawnLater(t *testing.T) {
	t.Parallel()
	for name, gone := range map[string]bool{"": false, "the person went back": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				pushing(r, func(context.Context, commands.Submission) commands.Reply {
					pass(5 * time.Second)
					return checked("every monday")
				})
				r.answer("views.update", func(call) any {
					if gone {
						return obj{"ok": false, "error": "not_found"}
					}
					return obj{"ok": true, "view": obj{"id": "V9", "hash": "h9"}}
				})
				begun := time.Now()
				r.run(t).send(sentForm())
				view, pushed := pushedBy(t, r.await("ack", 1))
				if took := time.Since(begun); took >= ackWithin {
					t.Errorf("acknowledged after %v", took)
				}
				if got := asText(view); !strings.Contains(got, "Asking…") {
					t.Errorf("pushed %s, want the form that waits", got)
				}
				r.awaitDone(1)
				drawn := r.await("views.update", 1)
				if drawn.text("external_id") != pushed || !strings.Contains(asText(drawn.args["view"]), "every monday") {
					t.Errorf("drawn %v, want the form called %s", drawn.args, pushed)
				}
				if n := len(r.callsTo("response_url")) + len(r.callsTo("chat.postMessage")) + len(r.callsTo("chat.postEphemeral")); n > 0 {
					t.Errorf("%d messages, want none: what was entered still stands", n)
				}
			})
		})
	}
}

func TestAPushedFormIsDrawnAfterARestartToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		pushing(r, func(context.Context, commands.Submission) commands.Reply { return checked("every monday") })
		f := asFrame(sentForm())
		a, err := decode(f, "UBOT")
		if err != nil {
			t.Fatal(err)
		}
		o := a.origin
		o.At, o.Ref = time.Now(), "K7Q2M"
		a.setOrigin(o)
		e := r.bot.journal.entry(a, f, durable)
		e.Owner = "the dead one"
		r.mem.entries[e.Key] = e
		r.run(t)
		pass(10 * time.Second)
		if got := r.await("views.update", 1).text("external_id"); got != pushedName(a) {
			t.Errorf("drawn into %q, want %q, which the one before pushed", got, pushedName(a))
		}
		if got := r.mem.states()[store.StateDone]; got != 1 {
			t.Error("the entry is not done")
		}
	})
}

func TestWhatFailsIsSaidOnTopOfTheForm(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		pushing(r, func(context.Context, commands.Submission) commands.Reply {
			reply := private("Only moderators may do that.")
			reply.Err = errPanicked
			return reply
		})
		r.run(t).send(sentForm())
		view, _ := pushedBy(t, r.await("ack", 1))
		if got := asText(view); !strings.Contains(got, "Only moderators") {
			t.Errorf("pushed %s", got)
		}
		r.awaitDone(1)
		if n := len(r.callsTo("response_url")) + len(r.callsTo("chat.postEphemeral")) + len(r.callsTo("chat.postMessage")); n > 0 {
			t.Errorf("said %d times more", n)
		}
	})
}

func TestWhereAFormIsInItsStack(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		view obj
		want bool
	}{
		"alone":  {obj{"previous_view_id": nil}, false},
		"second": {obj{"previous_view_id": "V0ROOT", "root_view_id": "V0ROOT"}, false},
		"third":  {obj{"previous_view_id": "V0MID", "root_view_id": "V0ROOT"}, true},
	} {
		a, err := decode(asFrame(viewEnvelope("e1", "view_submission", test.view, nil)), "UBOT")
		if err != nil || a.view.Topmost() != test.want {
			t.Errorf("%s: topmost %v, want %v (%v)", name, a.view.Topmost(), test.want, err)
		}
	}
}
