package bot

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/commands"
)

// listOf is an open private list of a conference.
func listOf(v *version) blocks.View {
	return blocks.View{CallbackID: "form.list", Title: "List", Follow: "one", Blocks: say(fmt.Sprint("version ", v.n.Load())).Blocks}
}

func (r *rig) viewUpdates() []string {
	var all []string
	for _, c := range r.callsTo("views.update") {
		all = append(all, c.text("view_id")+" "+c.text("hash"))
	}
	return all
}

func TestOpenFormsFollowTheirConference(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		run  func(*testing.T, *rig, *version, *fakeSocket)
	}{
		{"they are drawn when something changes, with the hash that Slack has", followsChanges},
		{"they are not drawn when nothing looks different", followsOnlyChanges},
		{"they are left alone for a while after a click in them", followIsQuiet},
		{"they are not drawn beneath another form", followBeneath},
		{"they follow again when a form on top was sent, and say what came of it", followAfterAFormIsSent},
		{"they are forgotten when they are closed", followClosed},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r, v := newRig(t), &version{}
				r.desk.followView = func(context.Context, string, commands.ViewRef) (blocks.View, error) { return listOf(v), nil }
				r.desk.command = func(context.Context, commands.Request) commands.Reply {
					list := listOf(v)
					return commands.Reply{View: &list}
				}
				s := r.run(t)
				s.send(slashEnvelope("e1", "people private"))
				open := r.await("views.open", 1)
				if view, _ := open.args["view"].(map[string]any); view["notify_on_close"] != true {
					t.Error("Slack will not tell when the form is closed")
				}
				pass(10 * time.Second)
				test.run(t, r, v, s)
			})
		})
	}
}

func followsChanges(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	for range 20 {
		v.n.Add(1)
		r.change("one")
		pass(time.Second)
	}
	pass(10 * time.Second)
	if diff := cmp.Diff([]string{"V1 h.V1", "V1 h2", "V1 h2", "V1 h2", "V1 h2"}, r.viewUpdates()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func followsOnlyChanges(t *testing.T, r *rig, _ *version, _ *fakeSocket) {
	r.change("one")
	r.change("two")
	pass(10 * time.Second)
	if got := r.viewUpdates(); len(got) != 0 {
		t.Errorf("drawn %v", got)
	}
}

func inList(id string, more obj) obj {
	e := viewEnvelope(id, "block_actions", obj{"id": "V1", "root_view_id": "V1", "hash": "h9", "callback_id": "form.list"}, obj{
		"actions": []any{obj{"type": "button", "action_id": "list.refresh", "block_id": "b", "action_ts": id}},
	})
	for k, val := range more {
		e["payload"].(obj)[k] = val
	}
	return e
}

func followIsQuiet(t *testing.T, r *rig, v *version, s *fakeSocket) {
	s.send(inList("e2", nil))
	r.await("ack", 2)
	begun := time.Now()
	v.n.Add(1)
	r.change("one")
	r.await("views.update", 1)
	if waited := time.Since(begun); waited < 4900*time.Millisecond {
		t.Errorf("drawn %v after a click in it, want none for five seconds", waited)
	}
	if diff := cmp.Diff([]string{"V1 h9"}, r.viewUpdates()); diff != "" {
		t.Errorf("the hash of the click counts (-want +got)\n%s", diff)
	}
}

func followBeneath(t *testing.T, r *rig, v *version, s *fakeSocket) {
	r.desk.click = func(context.Context, commands.Click) commands.Reply {
		return commands.Reply{View: resultView(), Push: true}
	}
	r.answer("views.push", func(call) any {
		return obj{"ok": true, "view": obj{"id": "V2", "root_view_id": "V1", "hash": "h"}}
	})
	s.send(inList("e2", nil))
	r.await("views.push", 1)
	v.n.Add(1)
	r.change("one")
	pass(30 * time.Second)
	if got := r.viewUpdates(); len(got) != 0 {
		t.Fatalf("drawn beneath another form: %v", got)
	}
	s.send(viewEnvelope("e3", "view_closed", obj{"id": "V2", "root_view_id": "V1"}, nil))
	pass(time.Minute)
	if got := r.viewUpdates(); len(got) != 1 {
		t.Errorf("%d drawings after the other form was closed, want 1", len(got))
	}
}

// A form sent from on top of a list gives way to it: the list says what came
// of the form, and follows again.
func followAfterAFormIsSent(t *testing.T, r *rig, v *version, s *fakeSocket) {
	r.desk.click = func(context.Context, commands.Click) commands.Reply {
		return commands.Reply{View: resultView(), Push: true}
	}
	said := make(chan string, 100)
	plainly := r.desk.followView
	r.desk.followView = func(ctx context.Context, user string, ref commands.ViewRef) (blocks.View, error) {
		said <- ref.Answer.Text
		return plainly(ctx, user, ref)
	}
	r.desk.submit = func(context.Context, commands.Submission) commands.Reply {
		m := say("Muted 60 people.")
		return commands.Reply{Private: &m}
	}
	r.answer("views.push", func(call) any {
		return obj{"ok": true, "view": obj{"id": "V2", "root_view_id": "V1", "hash": "h"}}
	})
	s.send(inList("e2", nil))
	r.await("views.push", 1)
	v.n.Add(1)
	s.send(viewEnvelope("e3", "view_submission", obj{"id": "V2", "root_view_id": "V1", "previous_view_id": "V1", "callback_id": "form.line"}, nil))
	r.await("views.update", 1)
	if got := <-said; got != "Muted 60 people." {
		t.Errorf("the list says %q", got)
	}
	pass(time.Minute)
	before := len(r.viewUpdates())
	v.n.Add(1)
	r.change("one")
	pass(time.Minute)
	if got := len(r.viewUpdates()); got != before+1 {
		t.Errorf("%d drawings after a change, want one more than %d", got, before)
	}
}

func followClosed(t *testing.T, r *rig, v *version, s *fakeSocket) {
	closed := make(chan string, 1)
	r.desk.closed = func(ref commands.ViewRef) { closed <- ref.ID }
	s.send(viewEnvelope("e2", "view_closed", obj{"id": "V1", "root_view_id": "V1"}, nil))
	if got := <-closed; got != "V1" {
		t.Errorf("the desk was told that %q closed", got)
	}
	v.n.Add(1)
	r.change("one")
	pass(time.Minute)
	if got := r.viewUpdates(); len(got) != 0 {
		t.Errorf("a closed form was drawn: %v", got)
	}
}
