package slack

import (
	"strings"
	"testing"
	"time"

	"confbot/sandbox/slack/control"
)

func TestAnEventIsRetriedAtOnceThenAfterAMinuteThenAfterFive(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	if _, err := r.people.Home(r.ctx, ana, "home"); err != nil {
		t.Fatal(err)
	}
	first := app.envelope("events_api")
	if asString(first.obj["retry_attempt"]) != "0" || first.obj["retry_reason"] != "" || asBool(first.obj["accepts_response_payload"]) {
		t.Errorf("first attempt = %s", encode(first.obj))
	}
	for i, wait := range retryDelays {
		r.advance(ackDeadline)
		if wait > 0 {
			r.quiet(app, wait)
			r.advance(wait)
		}
		e := app.envelope("events_api")
		if asString(e.obj["retry_attempt"]) != string(rune('1'+i)) || e.obj["retry_reason"] != "timeout" {
			t.Errorf("attempt %d = %s", i+1, encode(e.obj))
		}
		if e.str("event_id") != first.str("event_id") {
			t.Errorf("event_id changed from %s to %s", first.str("event_id"), e.str("event_id"))
		}
	}
	r.advance(ackDeadline)
	r.advance(time.Hour)
	r.quiet(app, 0)
}

// quiet makes sure that nothing is under way, by a round trip through the sandbox's timers.
func (r *rig) quiet(a *app, wait time.Duration) {
	r.t.Helper()
	passed := make(chan struct{})
	r.clock.after(0, func() { close(passed) })
	<-passed
	if len(a.in) > 0 {
		r.t.Fatalf("an envelope came %s too early", wait)
	}
}

func TestAnAckedEventIsNotRetried(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	if _, err := r.people.Home(r.ctx, ana, "messages"); err != nil {
		t.Fatal(err)
	}
	e := app.envelope("events_api")
	if e.str("event", "tab") != "messages" || e.str("event", "type") != "app_home_opened" || e.str("event", "channel") != "D0ANA00001" {
		t.Errorf("event = %s", encode(e.payload["event"]))
	}
	app.ack(e, nil)
	r.verdict(func(rec control.Record) bool { return rec.Kind == "ack" && rec.OK })
	r.advance(time.Hour)
	r.quiet(app, 0)
}

func TestAnEventWaitsForAConnection(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	if _, err := r.people.Home(r.ctx, ana, "home"); err != nil {
		t.Fatal(err)
	}
	app := r.connect()
	r.advance(time.Minute)
	if e := app.envelope("events_api"); asString(e.obj["retry_attempt"]) == "0" {
		t.Errorf("envelope = %s, want a retry", encode(e.obj))
	}
}

func TestAMentionIsToldWithItsThread(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	parent := r.types(ana, team, "hello all")
	done, err := r.people.Type(r.ctx, control.Typed{User: bo, Channel: team, ThreadTS: parent.TS, Text: "@confbot mute <bob> & co"})
	if err != nil {
		t.Fatal(err)
	}
	e := app.envelope("events_api")
	event := asObj(e.payload["event"])
	want := obj{
		"type": "app_mention", "user": bo, "text": "<@U0CONFBOT1> mute &lt;bob&gt; &amp; co", "channel": team, "thread_ts": parent.TS,
		"ts": done.TS, "event_ts": done.TS,
	}
	for k, v := range want {
		if event[k] != v {
			t.Errorf("%s = %v, want %v", k, event[k], v)
		}
	}
}

func TestAMentionWhereTheBotIsNotReachesItOnlyUnderThatReading(t *testing.T) {
	t.Parallel()
	for name, told := range map[string]bool{"not told": false, "told": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{Readings: Readings{MentionsWithoutMembership: told}})
			app := r.connect()
			r.types(ana, random, "@confbot help")
			r.types(ana, team, "@confbot hello")
			first := app.envelope("events_api").str("event", "channel")
			if want := map[bool]string{false: team, true: random}[told]; first != want {
				t.Errorf("the first mention told is in %s, want %s", first, want)
			}
		})
	}
}

func TestMembershipAndChannelsAreToldWhenSubscribed(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	member := func(what, user, channel string) {
		if _, err := r.people.Member(r.ctx, what, user, channel); err != nil {
			t.Fatal(err)
		}
	}
	yes, name := true, "squad"
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() { member("invite", theBot, random) }, "member_joined_channel"},
		{func() { member("leave", bo, random) }, "member_left_channel"},
		{func() { member("kick", theBot, random) }, "member_left_channel"},
		{func() { r.change(control.ChannelChange{ID: team, Name: &name}) }, "channel_rename"},
		{func() { r.change(control.ChannelChange{ID: team, Archived: &yes}) }, "channel_archive"},
		{func() { r.change(control.ChannelChange{ID: general, Deleted: &yes}) }, "channel_deleted"},
	} {
		step.do()
		e := app.envelope("events_api")
		app.ack(e, nil)
		if got := e.str("event", "type"); got != step.want {
			t.Errorf("event = %s, want %s", got, step.want)
		}
	}
}

func (r *rig) change(in control.ChannelChange) {
	r.t.Helper()
	if _, err := r.people.ChangeChannel(r.ctx, in); err != nil {
		r.t.Fatal(err)
	}
}

func TestWhatTheManifestDoesNotAskForIsNotSent(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Manifest: withScopes("commands", "chat:write")}) // app_mention without app_mentions:read
	app := r.connect()
	r.types(ana, team, "@confbot hello")
	r.types(ana, team, "/conf")
	app.envelope("slash_commands")
}

func TestADuplicateDeliveryHasTheSamePayload(t *testing.T) {
	t.Parallel()
	for name, same := range map[string]bool{"new envelope id": false, "same envelope id": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{Readings: Readings{SameEnvelopeID: same}})
			r.fault(control.Fault{Method: "slash_commands", Kind: "duplicate", Times: 1})
			app := r.connect()
			r.types(ana, team, "/conf")
			first, second := app.envelope("slash_commands"), app.envelope("slash_commands")
			if first.str("trigger_id") != second.str("trigger_id") {
				t.Error("the copies differ")
			}
			if (first.id() == second.id()) != same {
				t.Errorf("envelope ids %s and %s", first.id(), second.id())
			}
			app.ack(first, nil)
			app.ack(second, nil)
			r.verdict(func(rec control.Record) bool {
				return rec.Kind == "ack" && strings.Contains(string(rec.Request), second.id())
			})
			r.advance(ackDeadline)
			r.quiet(app, 0)
			if screen, err := r.people.View(r.ctx, ana); err != nil || len(screen.Notices) > 0 {
				t.Errorf("Ana was told %+v, %v", screen.Notices, err)
			}
		})
	}
}
