package bot

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// version is what the fake cards show: it goes up with every change.
type version struct{ n atomic.Int64 }

func (v *version) draw(_ context.Context, ref store.MessageRef) (blocks.Message, error) {
	return say(fmt.Sprintf("%s version %d", ref.Conference, v.n.Load())), nil
}

func (r *rig) change(id conference.ID) {
	r.bot.Changed(live.Snapshot{Conference: id}, live.Diff{})
}

func (m *memory) add(kind, channel, ts string, id conference.ID) {
	_ = m.SaveRef(context.Background(), store.MessageRef{Channel: channel, TS: ts, Kind: kind, Conference: id})
}

func (r *rig) updates() []string {
	var texts []string
	for _, c := range r.callsTo("chat.update") {
		texts = append(texts, c.text("ts")+" "+c.text("text"))
	}
	return texts
}

func TestTheBoard(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		run  func(*testing.T, *rig, *version, *fakeSocket)
	}{
		{"draws what has changed, and only if it looks different", drawsChanges},
		{"makes many changes of one message into few drawings", coalesces},
		{"leaves a message alone for a while after a click in it", quietAfterClick},
		{"draws what was clicked at once, by the response URL", clickIsDrawnAtOnce},
		{"never lets the background delay a click", clickGoesFirst},
		{"uses its budget and does not exceed it", budgetIsKept},
		{"serves conferences in turns", turns},
		{"waits as long as Slack asks", waitsFor429},
		{"draws half when Slack finds a message too long, and remembers", halves},
		{"draws half the rows when Slack finds a panel too long, and keeps that", halvesRows},
		{"forgets a message that is gone", forgets},
		{"sends again when the message changed while it was being sent", sendsAgain},
		{"draws again after a failure", afterFailure},
		{"says so and forgets when the conference was deleted", deletedConference},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r, v := newRig(t), &version{}
				r.desk.card, r.desk.panel = v.draw, v.draw
				r.mem.add(store.KindCard, "C1", "1.1", "one")
				s := r.run(t)
				synctest.Wait()
				test.run(t, r, v, s)
			})
		})
	}
}

func drawsChanges(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	r.change("one")
	pass(10 * time.Second)
	r.change("one") // nothing looks different
	pass(10 * time.Second)
	v.n.Add(1)
	r.change("one")
	pass(10 * time.Second)
	if diff := cmp.Diff([]string{"1.1 one version 0", "1.1 one version 1"}, r.updates()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func coalesces(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	for range 100 {
		v.n.Add(1)
		r.change("one")
		pass(100 * time.Millisecond)
	}
	pass(10 * time.Second)
	got := r.updates()
	if len(got) < 3 || len(got) > 5 {
		t.Errorf("%d drawings in ten seconds, want one every three", len(got))
	}
	if last := got[len(got)-1]; last != "1.1 one version 100" {
		t.Errorf("last drawing %q, want the newest state", last)
	}
}

func quietAfterClick(t *testing.T, r *rig, v *version, s *fakeSocket) {
	e := clickEnvelope("e1", "panel.refresh", "")
	e["payload"].(obj)["container"].(obj)["channel_id"] = "C1"
	e["payload"].(obj)["container"].(obj)["message_ts"] = "1.1"
	e["payload"].(obj)["channel"].(obj)["id"] = "C1"
	s.send(e)
	r.await("ack", 1)
	begun := time.Now()
	v.n.Add(1)
	r.change("one")
	r.await("chat.update", 1)
	if waited := time.Since(begun); waited < 4900*time.Millisecond || waited > 6*time.Second {
		t.Errorf("drawn after %v, want after five seconds", waited)
	}
}

func clickOn(id, channel, ts string) obj {
	e := clickEnvelope(id, "participant.mute", "0.1")
	p := e["payload"].(obj)
	p["container"] = obj{"type": "message", "message_ts": ts, "channel_id": channel, "is_ephemeral": false}
	p["channel"].(obj)["id"] = channel
	p["message"] = obj{"ts": ts, "thread_ts": "0.1"}
	return e
}

func clickIsDrawnAtOnce(t *testing.T, r *rig, v *version, s *fakeSocket) {
	r.desk.click = func(context.Context, commands.Click) commands.Reply {
		v.n.Add(1)
		return commands.Reply{Touch: []string{"one"}}
	}
	begun := time.Now()
	s.send(clickOn("e1", "C1", "1.1"))
	got := r.await("response_url", 1)
	if got.args["replace_original"] != true || got.text("text") != "one version 1" {
		t.Errorf("sent %v, want the message replaced", got.args)
	}
	if waited := time.Since(begun); waited > time.Second {
		t.Errorf("drawn after %v, want at once", waited)
	}
	pass(time.Minute)
	if n := len(r.updates()); n != 0 {
		t.Errorf("%d more drawings of the same", n)
	}
}

func clickGoesFirst(t *testing.T, r *rig, v *version, s *fakeSocket) {
	for i := range 200 {
		id := conference.ID(fmt.Sprint("other", i))
		r.mem.add(store.KindCard, "C2", fmt.Sprint("2.", i), id)
		r.change(id)
	}
	pass(5 * time.Second) // the budget is used up
	r.desk.click = func(context.Context, commands.Click) commands.Reply {
		v.n.Add(1)
		return commands.Reply{Touch: []string{"one"}}
	}
	e := clickOn("e1", "C1", "1.1")
	delete(e["payload"].(obj), "response_url") // so that it needs chat.update
	begun := time.Now()
	s.send(e)
	r.until("the clicked message", func() bool {
		got := r.updates()
		return strings.HasPrefix(got[len(got)-1], "1.1 ")
	})
	if waited := time.Since(begun); waited > 500*time.Millisecond {
		t.Errorf("a click's own drawing waited %v behind the background", waited)
	}
}

func budgetIsKept(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	for i := range 200 {
		r.mem.add(store.KindCard, "C2", fmt.Sprint("2.", i), conference.ID(fmt.Sprint("other", i)))
	}
	const minutes = 10
	for range minutes * 12 {
		v.n.Add(1)
		for i := range 200 {
			r.change(conference.ID(fmt.Sprint("other", i)))
		}
		pass(5 * time.Second)
	}
	got := float64(len(r.updates())) / minutes
	if got > 46 || got < 0.9*45 {
		t.Errorf("%.1f drawings a minute, want 90 to 100 %% of 45", got)
	}
}

func turns(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	for i := range 20 {
		r.mem.add(store.KindCard, "C2", fmt.Sprint("2.", i), conference.ID(fmt.Sprint("other", i)))
	}
	for range 12 * 10 {
		v.n.Add(1)
		for i := range 20 {
			r.change(conference.ID(fmt.Sprint("other", i)))
		}
		pass(5 * time.Second)
	}
	count := map[string]int{}
	for _, u := range r.updates() {
		count[strings.Fields(u)[0]]++
	}
	least, most := math.MaxInt, 0
	for _, n := range count {
		least, most = min(least, n), max(most, n)
	}
	if len(count) != 20 || most-least > 2 {
		t.Errorf("%d messages were drawn %d to %d times, want all of 20 about equally often", len(count), least, most)
	}
}

func waitsFor429(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	limited := true
	var calls []time.Time
	r.answer("chat.update", func(c call) any {
		calls = append(calls, time.Now())
		if limited {
			limited = false
			return httpAnswer{status: 429, header: map[string]string{"Retry-After": "20"}}
		}
		return r.plain(c)
	})
	r.mem.add(store.KindCard, "C2", "2.2", "two")
	r.change("one")
	pass(2 * time.Second)
	r.change("two")
	pass(time.Minute)
	synctest.Wait()
	if len(calls) < 3 || calls[1].Sub(calls[0]) < 20*time.Second {
		t.Errorf("calls at %v, want none for twenty seconds after the first", calls)
	}
}

func halves(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	r.desk.card = func(ctx context.Context, ref store.MessageRef) (blocks.Message, error) {
		m, err := v.draw(ctx, ref)
		for range 39 {
			m.Blocks = append(m.Blocks, m.Blocks[0])
		}
		return m, err
	}
	var sizes []int
	r.answer("chat.update", func(c call) any {
		n := strings.Count(c.text("blocks"), `"type":"section"`)
		sizes = append(sizes, n)
		if n > 30 {
			return obj{"ok": false, "error": "msg_blocks_too_long"}
		}
		return obj{"ok": true}
	})
	r.change("one")
	pass(10 * time.Second)
	v.n.Add(1)
	r.change("one")
	pass(10 * time.Second)
	synctest.Wait()
	if diff := cmp.Diff([]int{40, 21, 21}, sizes); diff != "" {
		t.Errorf("blocks sent (-want +got)\n%s", diff)
	}
}

func halvesRows(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	var asked []int
	r.desk.card = func(ctx context.Context, ref store.MessageRef) (blocks.Message, error) {
		asked = append(asked, ref.RowLimit)
		m, err := v.draw(ctx, ref)
		m.Rows = 18
		if ref.RowLimit > 0 {
			m.Rows = ref.RowLimit
		}
		for range m.Rows {
			m.Blocks = append(m.Blocks, m.Blocks[0])
		}
		return m, err
	}
	r.answer("chat.update", func(c call) any {
		if strings.Count(c.text("blocks"), `"type":"section"`) > 8 {
			return obj{"ok": false, "error": "msg_blocks_too_long"}
		}
		return obj{"ok": true}
	})
	r.change("one")
	pass(10 * time.Second)
	v.n.Add(1)
	r.change("one")
	pass(10 * time.Second)
	synctest.Wait()
	if diff := cmp.Diff([]int{0, 9, 4, 4}, asked); diff != "" {
		t.Errorf("rows asked for (-want +got)\n%s", diff)
	}
}

func forgets(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	r.answer("chat.update", refused("message_not_found"))
	for range 3 {
		v.n.Add(1)
		r.change("one")
		pass(10 * time.Second)
	}
	if n := len(r.callsTo("chat.update")); n != 1 {
		t.Errorf("%d attempts at a message that is gone, want 1", n)
	}
	synctest.Wait()
	if n := len(r.mem.refs); n != 0 {
		t.Error("the message is still remembered")
	}
}

func sendsAgain(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	first := true
	r.answer("chat.update", func(call) any {
		if first {
			first = false
			v.n.Add(1) // another process: it bumps the revision and draws
			_, _, _ = r.mem.Bump(t.Context(), "C1", "1.1")
		}
		return obj{"ok": true}
	})
	r.change("one")
	pass(time.Second)
	if diff := cmp.Diff([]string{"1.1 one version 0", "1.1 one version 1"}, r.updates()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func afterFailure(t *testing.T, r *rig, v *version, _ *fakeSocket) {
	fail := true
	r.answer("chat.update", func(c call) any {
		if fail {
			fail = false
			return httpAnswer{status: 500, body: "<html>"}
		}
		return r.plain(c)
	})
	r.change("one")
	pass(time.Minute)
	if diff := cmp.Diff([]string{"1.1 one version 0", "1.1 one version 0"}, r.updates()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func deletedConference(t *testing.T, r *rig, _ *version, _ *fakeSocket) {
	r.desk.card = func(context.Context, store.MessageRef) (blocks.Message, error) {
		return blocks.Message{}, &conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}
	}
	for range 3 {
		r.change("one")
		pass(10 * time.Second)
	}
	synctest.Wait()
	if n := len(r.callsTo("chat.update")); n != 1 {
		t.Errorf("%d updates, want one that says that it was deleted", n)
	}
	if n := len(r.mem.refs); n != 0 {
		t.Error("the message is still remembered")
	}
}
