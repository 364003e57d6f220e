package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/store"
)

var durable = commands.Plan{Name: "mute", Durable: true, Fresh: 30 * time.Second}

func TestWhatChangesSomethingIsInTheJournalBeforeItIsAcknowledged(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
	hold := make(chan struct{})
	r.mem.broken = func() error { <-hold; return nil }
	s := r.run(t)
	s.send(slashEnvelope("e1", "mute 3"))
	s.send(clickEnvelope("e2", "panel.refresh", "")) // changes nothing, so it does not wait
	if got := r.await("ack", 1).text("envelope_id"); got != "e2" {
		t.Fatalf("first ack is of %s; e1 was acknowledged before it was written down", got)
	}
	close(hold)
	r.await("ack", 2)
	r.bot.Stop()
	if got := r.mem.states()[store.StateDone]; got != 1 {
		t.Errorf("%d entries done, want 1", got)
	}
}

func TestTheJournalKeepsWhatWasTypedSealedAndDeletesItAtTheEnd(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
	release := make(chan struct{})
	r.desk.command = func(context.Context, commands.Request) commands.Reply { <-release; return commands.Reply{} }
	s := r.run(t)
	s.send(slashEnvelope("e1", "create Standup pin=482913"))
	r.await("ack", 1)
	r.mem.mu.Lock()
	key := keyInJournal(t, slashEnvelope("e1", "create Standup pin=482913"))
	e := r.mem.entries[key]
	r.mem.mu.Unlock()
	if e.User != "U0ANA" || e.Channel != "C0TEAM" || e.Name != "mute" || e.Ref == "" {
		t.Errorf("entry = %+v, want person, channel, name and reference readable", e)
	}
	if len(e.Payload) == 0 || strings.Contains(string(e.Payload), "482913") {
		t.Errorf("the payload is not sealed: %q", e.Payload)
	}
	close(release)
	r.bot.Stop()
	if e := r.mem.entries[key]; e.State != store.StateDone || len(e.Payload) != 0 {
		t.Errorf("entry = %+v, want it done and its payload deleted", e)
	}
}

// keyInJournal is the key that an envelope has in the journal.
func keyInJournal(t *testing.T, envelope obj) string {
	t.Helper()
	f := asFrame(envelope)
	a, err := decode(f, "UBOT")
	if err != nil {
		t.Fatal(err)
	}
	return entryKey(a, f)
}

func TestWhatArrivesTwiceIsCarriedOutOnceAndAcknowledgedTwice(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	ran := make(chan string, 10)
	r.desk.command = func(_ context.Context, q commands.Request) commands.Reply { ran <- q.Text; return commands.Reply{} }
	s := r.run(t)
	first := slashEnvelope("e1", "once")
	again := slashEnvelope("e1", "once")
	again["envelope_id"] = "e2"
	s.send(first)
	s.send(again)
	r.await("ack", 2)
	r.bot.Stop()
	if len(ran) != 1 {
		t.Errorf("carried out %d times, want once", len(ran))
	}
}

func TestASecondDeliveryIsNotAcknowledgedBeforeTheFirstIsWrittenDown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
		ran := make(chan struct{}, 10)
		r.desk.command = func(context.Context, commands.Request) commands.Reply { ran <- struct{}{}; return commands.Reply{} }
		r.mem.broken = func() error { pass(time.Second); return nil }
		s := r.run(t)
		synctest.Wait()
		begun := time.Now()
		again := slashEnvelope("e1", "mute 3")
		again["envelope_id"] = "e2"
		s.send(slashEnvelope("e1", "mute 3"))
		s.send(again)
		r.await("ack", 1)
		if waited := time.Since(begun); waited < time.Second {
			t.Errorf("acknowledged after %v, and a kill now would lose it", waited)
		}
		r.await("ack", 2)
		r.bot.Stop()
		if len(ran) != 1 {
			t.Errorf("carried out %d times, want once", len(ran))
		}
	})
}

func TestWhatTheJournalKnowsFromBeforeIsNotCarriedOutAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
	ran := make(chan struct{}, 10)
	r.desk.command = func(context.Context, commands.Request) commands.Reply { ran <- struct{}{}; return commands.Reply{} }
	key := keyInJournal(t, slashEnvelope("e1", "mute 3"))
	r.mem.entries[key] = store.Entry{Key: key, State: store.StateDone}
	s := r.run(t)
	s.send(slashEnvelope("e1", "mute 3"))
	r.await("ack", 1)
	r.bot.Stop()
	if len(ran) != 0 {
		t.Error("carried out although another process had done it")
	}
}

func TestWhenTheJournalCannotBeWrittenThePersonIsToldThatNothingWasDone(t *testing.T) {
	t.Parallel()
	for name, broken := range map[string]func() error{
		"it fails": func() error { return errors.New("disk full") },
		"it hangs": func() error { pass(time.Minute); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
				ran := make(chan struct{}, 1)
				r.desk.command = func(context.Context, commands.Request) commands.Reply { ran <- struct{}{}; return commands.Reply{} }
				r.mem.broken = broken
				s := r.run(t)
				synctest.Wait()
				begun := time.Now()
				s.send(slashEnvelope("e1", "mute 3"))
				r.await("ack", 1)
				if took := time.Since(begun); took > ackWithin {
					t.Errorf("acknowledged after %v, want within %v", took, ackWithin)
				}
				if got := r.await("response_url", 1).text("text"); !strings.Contains(got, "Nothing was changed") {
					t.Errorf("the person is told %q, want that nothing was changed", got)
				}
				pass(2 * time.Minute)
				if len(ran) != 0 {
					t.Error("it was carried out all the same")
				}
				if open := r.mem.states()[store.StateOpen]; open != 0 {
					t.Error("an entry is left open, so it would be carried out after a restart")
				}
			})
		})
	}
}

func TestManyAtOnceAreWrittenTogether(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
		hold := make(chan struct{})
		r.mem.broken = func() error { <-hold; return nil }
		s := r.run(t)
		const many = 200
		for i := range many {
			s.send(slashEnvelope(fmt.Sprint("e", i), ""))
		}
		synctest.Wait() // the first is being written, the others wait
		close(hold)
		r.await("ack", many)
		r.mem.mu.Lock()
		defer r.mem.mu.Unlock()
		if writes := len(r.mem.batches); writes > 3 {
			t.Errorf("%d writes for %d entries that waited at once, want them together", writes, many)
		}
	})
}

func TestAPanicIsToldWithItsReferenceAndLogged(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.command = func(context.Context, commands.Request) commands.Reply { panic("oh") }
	s := r.run(t)
	s.send(slashEnvelope("e1", ""))
	answer := r.await("response_url", 1).text("text")
	r.bot.Stop()
	lines := r.log.lines("a handler panicked")
	if len(lines) != 1 {
		t.Fatalf("%d lines about the panic, want 1", len(lines))
	}
	ref, _ := lines[0]["ref"].(string)
	if len(ref) != 5 || !strings.Contains(answer, ref) {
		t.Errorf("the person is told %q, want the reference %q in it", answer, ref)
	}
	if stack, _ := lines[0]["stack"].(string); !strings.Contains(stack, "dispatch_test.go") {
		t.Error("no stack in the log")
	}
	if got := r.log.lines("interaction")[0]["outcome"]; got != "panic" {
		t.Errorf("outcome %v, want panic", got)
	}
}

func TestAMalformedPayloadIsAcknowledgedAndThePersonTold(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	s := r.run(t)
	e := interactiveEnvelope("e1", obj{"type": "block_actions", "actions": []any{}, "response_url": "http://slack.test/response/e1"})
	s.send(e)
	r.await("ack", 1)
	if got := r.await("response_url", 1).text("text"); !strings.Contains(got, "nothing was done") {
		t.Errorf("told %q", got)
	}
	s.send(obj{"envelope_id": "e2", "type": "interactive", "payload": "what"})
	s.send(obj{"envelope_id": "e3", "type": "something_new", "payload": obj{}})
	r.await("ack", 3)
}

func TestAnotherWorkspaceIsRefusedPlainly(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.command = func(context.Context, commands.Request) commands.Reply {
		t.Error("carried out")
		return commands.Reply{}
	}
	s := r.run(t)
	e := slashEnvelope("e1", "list")
	e["payload"].(obj)["team_id"] = "T0OTHER"
	s.send(e)
	r.await("ack", 1)
	if got := r.await("response_url", 1).text("text"); !strings.Contains(got, "another workspace") {
		t.Errorf("told %q", got)
	}
}

func TestAFormIsAnsweredInItsAcknowledgement(t *testing.T) {
	t.Parallel()
	making := blocks.View{Title: "Making it", CallbackID: "form.created", Blocks: say("Making Weekly sync…").Blocks}
	big := making
	for range 200 {
		big.Blocks = append(big.Blocks, say(strings.Repeat("x", 200)).Blocks...)
	}
	for name, test := range map[string]struct {
		answer commands.FormAnswer
		want   string // response_action
		runs   bool
	}{
		"errors stay at their fields":        {commands.FormAnswer{Errors: map[string]string{"pin": "Use 4 to 16 digits."}}, "errors", false},
		"a view takes the form's place":      {commands.FormAnswer{View: &making}, "update", true},
		"the whole stack can be closed":      {commands.FormAnswer{Clear: true}, "clear", true},
		"nothing closes the form":            {commands.FormAnswer{}, "", true},
		"a view too large gives way at once": {commands.FormAnswer{View: &big}, "update", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			ran := make(chan struct{}, 1)
			r.desk.checkForm = func(commands.Submission) commands.FormAnswer { return test.answer }
			r.desk.submit = func(context.Context, commands.Submission) commands.Reply { ran <- struct{}{}; return commands.Reply{} }
			s := r.run(t)
			s.send(viewEnvelope("e1", "view_submission", nil, nil))
			payload, _ := r.await("ack", 1).args["payload"].(map[string]any)
			if got, _ := payload["response_action"].(string); got != test.want {
				t.Errorf("response_action %q, want %q", got, test.want)
			}
			r.bot.Stop()
			if got := len(ran) == 1; got != test.runs {
				t.Errorf("carried out: %v, want %v", got, test.runs)
			}
		})
	}
}

func TestATypeAheadIsAnsweredInTimeWhateverTheDeskDoes(t *testing.T) {
	t.Parallel()
	query := func() obj {
		return viewEnvelope("e1", "block_suggestion", nil, obj{"action_id": "list.find", "block_id": "find", "value": "al"})
	}
	options := func(c call) []any {
		payload, _ := c.args["payload"].(map[string]any)
		found, _ := payload["options"].([]any)
		return found
	}
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.desk.suggest = func(ctx context.Context, q commands.Query) []blocks.Choice {
			if q.Text != "al" || q.ActionID != "list.find" || q.View == nil {
				t.Errorf("query = %+v", q)
			}
			var all []blocks.Choice
			for range 300 {
				all = append(all, blocks.Choice{Value: newRef(), Text: strings.Repeat("Alice ", 12)})
			}
			return all
		}
		s := r.run(t)
		s.send(query())
		if got := len(options(r.await("ack", 1))); got == 0 || got > 100 {
			t.Errorf("%d options, want 1 to 100", got)
		}
		r.desk.suggest = func(ctx context.Context, q commands.Query) []blocks.Choice { <-ctx.Done(); return nil }
		begun := time.Now()
		s.send(query())
		ack := r.await("ack", 2)
		if took := time.Since(begun); took >= ackWithin {
			t.Errorf("answered after %v, want within %v", took, ackWithin)
		}
		if got := options(ack); len(got) != 0 {
			t.Errorf("options = %v, want none", got)
		}
	})
}

func TestWhatADeadProcessLeftBehindIsDoneIfFreshAndElseThePersonIsTold(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		age  time.Duration
		runs bool
	}{
		"fresh": {5 * time.Second, true},
		"stale": {time.Minute, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
				ran := make(chan commands.Request, 10)
				r.desk.command = func(_ context.Context, q commands.Request) commands.Reply { ran <- q; return private("muted") }
				f := asFrame(slashEnvelope("e1", "mute 3"))
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
				pass(test.age)
				r.run(t)
				pass(10 * time.Second)
				synctest.Wait()
				if got := len(ran) == 1; got != test.runs {
					t.Fatalf("carried out %d times, want it: %v", len(ran), test.runs)
				}
				if test.runs {
					if q := <-ran; q.Text != "mute 3" || q.Ref != "K7Q2M" || !q.At.Equal(o.At) {
						t.Errorf("carried out %+v, want what was asked for", q)
					}
					if got := r.mem.states()[store.StateDone]; got != 1 {
						t.Error("the entry is not done")
					}
					return
				}
				if got := r.await("chat.postMessage", 1); got.text("channel") != "DU0ANA" || got.text("text") != "not done: mute" {
					t.Errorf("told %v, want a direct message", got.args)
				}
				if got := r.mem.states()[store.StateTold]; got != 1 {
					t.Error("the entry is not closed as told")
				}
			})
		})
	}
}

func TestALiveProcessKeepsItsEntriesToItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
		release := make(chan struct{})
		ran := make(chan struct{}, 10)
		r.desk.command = func(context.Context, commands.Request) commands.Reply {
			ran <- struct{}{}
			<-release
			return commands.Reply{}
		}
		s := r.run(t)
		s.send(slashEnvelope("e1", "mute 3"))
		<-ran
		other := r.newBot(t)
		other.Start(t.Context())
		pass(30 * time.Second)
		close(release)
		other.Stop()
		r.bot.Stop()
		if len(ran) != 0 {
			t.Error("another process carried out what this one works on")
		}
	})
}

func TestClicksHaveTheirOwnPlaces(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	release := make(chan struct{})
	r.desk.command = func(context.Context, commands.Request) commands.Reply { <-release; return commands.Reply{} }
	r.desk.click = func(context.Context, commands.Click) commands.Reply { return private("clicked") }
	s := r.run(t)
	for i := range 3 * poolSize {
		s.send(slashEnvelope(fmt.Sprint("e", i), ""))
	}
	r.await("ack", 3*poolSize)
	s.send(clickEnvelope("c1", "participant.mute", ""))
	r.await("response_url", 1)
	close(release)
}

func TestAMentionIsAnsweredInItsThread(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.command = func(_ context.Context, q commands.Request) commands.Reply {
		if !q.Mention || q.Text != "mute bob" {
			t.Errorf("request = %+v, want the mention mute bob", q)
		}
		return private("muted")
	}
	s := r.run(t)
	s.send(eventEnvelope("e1", obj{"type": "app_mention", "user": "U0ANA", "channel": "C0TEAM", "ts": "2.2", "thread_ts": "1.1", "text": "hey <@UBOT> mute bob"}))
	got := r.await("chat.postEphemeral", 1)
	if got.text("thread_ts") != "1.1" || got.text("user") != "U0ANA" || got.text("channel") != "C0TEAM" {
		t.Errorf("answered %v, want in the thread, to her alone", got.args)
	}
}

func TestOpeningTheHomeTabPublishesIt(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	s := r.run(t)
	s.send(eventEnvelope("e1", obj{"type": "app_home_opened", "user": "U0ANA", "tab": "messages"}))
	s.send(eventEnvelope("e2", obj{"type": "app_home_opened", "user": "U0ANA", "tab": "home"}))
	if got := r.await("views.publish", 1).text("user_id"); got != "U0ANA" {
		t.Errorf("published for %q", got)
	}
	r.bot.Stop()
	if n := len(r.callsTo("views.publish")); n != 1 {
		t.Errorf("published %d times, want once", n)
	}
}

func TestAnErrorsReferenceIsShown(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.desk.command = func(context.Context, commands.Request) commands.Reply {
		return commands.Reply{Err: &conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Cause: errors.New("timeout")}}
	}
	s := r.run(t)
	s.send(slashEnvelope("e1", ""))
	answer := r.await("response_url", 1).text("text")
	r.bot.Stop()
	line := r.log.lines("interaction")[0]
	if ref, _ := line["ref"].(string); !strings.Contains(answer, ref) || line["outcome"] != "unavailable" {
		t.Errorf("told %q, logged %v", answer, line)
	}
}

func TestAnEntryThatCouldNotBeClosedIsClosedLaterAndNotCarriedOutAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.desk.planRequest = func(commands.Request) commands.Plan { return durable }
		ran := make(chan struct{}, 10)
		r.desk.command = func(context.Context, commands.Request) commands.Reply { ran <- struct{}{}; return commands.Reply{} }
		failures := 3
		r.mem.unclosable = func() error {
			if failures--; failures >= 0 {
				return errors.New("disk full")
			}
			return nil
		}
		s := r.run(t)
		s.send(slashEnvelope("e1", "mute 3"))
		pass(time.Minute)
		synctest.Wait()
		if len(ran) != 1 {
			t.Errorf("carried out %d times, want once", len(ran))
		}
		if got := r.mem.states()[store.StateDone]; got != 1 {
			t.Error("the entry is not closed")
		}
	})
}
