package slack

import (
	"strconv"
	"testing"
	"time"

	"confbot/sandbox/slack/control"
)

func (r *rig) schedule(after time.Duration, more obj) reply {
	r.t.Helper()
	fields := obj{"channel": team, "text": "later", "post_at": strconv.FormatInt(r.clock.now().Add(after).Unix(), 10)}
	for k, v := range more {
		fields[k] = v
	}
	return r.call("chat.scheduleMessage", fields)
}

func TestAScheduledMessageIsPostedAtItsTime(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	got := r.must(r.schedule(time.Hour, nil))
	if _, isText := got.body["post_at"].(string); !isText || asString(got.body["scheduled_message_id"])[:1] != "Q" {
		t.Errorf("answer = %s", encode(got.body))
	}
	if rows := asList(r.must(r.call("chat.scheduledMessages.list", obj{"channel": team})).body["scheduled_messages"]); len(rows) != 1 {
		t.Errorf("%d rows listed", len(rows))
	}
	r.advance(time.Hour + time.Second)
	r.sees(ana, func(s *control.Screen) bool { return s.Says(team, "later") != nil })
	if rows := asList(r.must(r.call("chat.scheduledMessages.list", nil)).body["scheduled_messages"]); len(rows) != 0 {
		t.Errorf("%d rows listed after posting", len(rows))
	}
}

func TestAScheduledMessageWithMetadataIsNeverPosted(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	r.must(r.schedule(time.Minute, obj{"text": "silent", "metadata": obj{"event_type": "t", "event_payload": obj{}}}))
	r.must(r.schedule(2*time.Minute, obj{"text": "loud"}))
	r.advance(time.Hour)
	screen := r.sees(ana, func(s *control.Screen) bool { return s.Says(team, "loud") != nil })
	if screen.Says(team, "silent") != nil {
		t.Error("it was posted")
	}
}

func TestWhatSchedulingRefuses(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	for name, c := range map[string]struct {
		after time.Duration
		more  obj
		want  string
	}{
		"the past":               {-time.Minute, nil, "time_in_past"},
		"more than 120 days":     {121 * 24 * time.Hour, nil, "time_too_far"},
		"no number":              {0, obj{"post_at": "tomorrow"}, "invalid_time"},
		"no time":                {0, obj{"post_at": ""}, "invalid_arguments"},
		"nothing to say":         {time.Hour, obj{"text": ""}, "no_text"},
		"a channel that is gone": {time.Hour, obj{"channel": oldPlans}, "is_archived"},
	} {
		t.Run(name, func(t *testing.T) { r.wantError(r.schedule(c.after, c.more), c.want) })
	}
	r.wantError(r.call("chat.scheduledMessages.list", obj{"channel": "C0NOWHERE1"}), "invalid_channel")
}

func TestThirtyScheduledMessagesFitIntoFiveMinutesOfAChannel(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	// The middle of a window, so that all of them fall into it.
	at := r.clock.now().Add(time.Hour).Truncate(window).Add(window / 2).Unix()
	fields := obj{"channel": team, "text": "x", "post_at": strconv.FormatInt(at, 10)}
	for range perWindow {
		r.must(r.call("chat.scheduleMessage", fields))
	}
	r.wantError(r.call("chat.scheduleMessage", fields), "restricted_too_many")
	fields["channel"] = general
	r.must(r.call("chat.scheduleMessage", fields))
}

func TestAScheduledMessageCannotBeDeletedInItsLastMinute(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	id := r.must(r.schedule(2*time.Minute, nil)).body["scheduled_message_id"]
	r.advance(61 * time.Second)
	r.wantError(r.call("chat.deleteScheduledMessage", obj{"channel": team, "scheduled_message_id": id}), "invalid_scheduled_message_id")
	id = r.must(r.schedule(2*time.Minute, obj{"text": "taken back"})).body["scheduled_message_id"]
	r.must(r.call("chat.deleteScheduledMessage", obj{"channel": team, "scheduled_message_id": id}))
	r.wantError(r.call("chat.deleteScheduledMessage", obj{"channel": team, "scheduled_message_id": id}), "invalid_scheduled_message_id")
	r.must(r.schedule(3*time.Minute, obj{"text": "last"}))
	r.advance(time.Hour)
	screen := r.sees(ana, func(s *control.Screen) bool { return s.Says(team, "last") != nil })
	if screen.Says(team, "taken back") != nil {
		t.Error("a deleted message was posted")
	}
}
