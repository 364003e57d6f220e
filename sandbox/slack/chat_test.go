package slack

import (
	"strings"
	"testing"

	"confbot/sandbox/slack/control"
)

// stored reads a message as the Web API gives it back.
func (r *rig) stored(channel, ts string) obj {
	r.t.Helper()
	got := r.must(r.call("conversations.history", obj{
		"channel": channel, "latest": ts, "oldest": ts, "inclusive": "true", "include_all_metadata": "true",
	}))
	list := asList(got.body["messages"])
	if len(list) != 1 {
		r.t.Fatalf("messages = %s", encode(list))
	}
	return asObj(list[0])
}

func TestUpdateKeepsAndDropsWhatWasLeftOut(t *testing.T) {
	t.Parallel()
	meta := obj{"event_type": "conf", "event_payload": obj{"id": "1"}}
	row := []obj{actions("row", button("go", "1"))}
	for name, c := range map[string]struct {
		change obj
		want   map[string]bool // what is there afterwards
		text   string
	}{
		"text alone drops blocks":          {obj{"text": "new"}, map[string]bool{"attachments": true, "metadata": true, "edited": true}, "new"},
		"blocks alone keep the text":       {obj{"blocks": row}, map[string]bool{"blocks": true, "attachments": true, "metadata": true}, "old"},
		"an empty list removes blocks":     {obj{"blocks": []obj{}}, map[string]bool{"attachments": true, "metadata": true, "edited": true}, "old"},
		"empty attachments remove them":    {obj{"text": "new", "attachments": []obj{}}, map[string]bool{"metadata": true, "edited": true}, "new"},
		"an empty object removes metadata": {obj{"text": "new", "metadata": obj{}}, map[string]bool{"attachments": true, "edited": true}, "new"},
		"metadata alone":                   {obj{"metadata": meta}, map[string]bool{"blocks": true, "attachments": true, "metadata": true}, "old"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{Manifest: with("channels:history")})
			ts := r.must(r.call("chat.postMessage", obj{
				"channel": team, "text": "old", "blocks": row, "attachments": []obj{{"text": "at", "fallback": "at"}}, "metadata": meta,
			})).ts()
			c.change["channel"], c.change["ts"] = team, ts
			r.must(r.call("chat.update", c.change))
			got := r.stored(team, ts)
			for _, key := range []string{"blocks", "attachments", "metadata", "edited"} {
				if _, has := got[key]; has != c.want[key] {
					t.Errorf("%s is there: %v, want %v", key, has, c.want[key])
				}
			}
			if got["text"] != c.text {
				t.Errorf("text = %v, want %s", got["text"], c.text)
			}
		})
	}
}

func TestWhatUpdateRefuses(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	ts := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x"})).ts()
	theirs := r.types(ana, team, "mine").TS
	private := asString(r.must(r.call("chat.postEphemeral", obj{"channel": team, "user": ana, "text": "x"})).body["message_ts"])
	for name, c := range map[string]struct {
		fields obj
		want   string
	}{
		"text over 4,000 characters": {obj{"ts": ts, "text": strings.Repeat("é", 4001)}, "msg_too_long"},
		"nothing":                    {obj{"ts": ts}, "no_text"},
		"somebody's message":         {obj{"ts": theirs, "text": "y"}, "cant_update_message"},
		"an ephemeral message":       {obj{"ts": private, "text": "y"}, "message_not_found"},
		"no such message":            {obj{"ts": "1.000001", "text": "y"}, "message_not_found"},
		"no ts":                      {obj{"text": "y"}, "invalid_arguments"},
		"invalid blocks":             {obj{"ts": ts, "blocks": []obj{{"type": "sections"}}}, "invalid_blocks"},
		"private channel unknown":    {obj{"ts": ts, "text": "y", "channel": board}, "channel_not_found"},
	} {
		if c.fields["channel"] == nil {
			c.fields["channel"] = team
		}
		t.Run(name, func(t *testing.T) { r.wantError(r.call("chat.update", c.fields), c.want) })
	}
	r.must(r.call("chat.update", obj{"channel": team, "ts": ts, "text": strings.Repeat("é", 4000)}))
	yes := true
	r.change(control.ChannelChange{ID: team, Archived: &yes})
	r.wantError(r.call("chat.update", obj{"channel": team, "ts": ts, "text": "y"}), "is_inactive")
}

func TestPostsAreRefusedByTheStateOfTheChannel(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	yes := true
	r.change(control.ChannelChange{ID: "C0THREADS1", Name: new("threads"), ThreadOnly: &yes, Members: []string{ana, theBot}})
	r.change(control.ChannelChange{ID: "C0FLAT0001", Name: new("flat"), NonThreadable: &yes, Members: []string{ana, theBot}})
	top := r.types(ana, "C0FLAT0001", "top").TS
	for channel, want := range map[string]string{
		board: "channel_not_found", oldPlans: "is_archived", announcements: "restricted_action_read_only_channel",
		"C0NOWHERE1": "channel_not_found", "D0NOBODY00": "channel_not_found", "U0NOBODY00": "channel_not_found", ivo: "channel_not_found",
		"C0THREADS1": "restricted_action_thread_only_channel", "#nowhere": "channel_not_found", "": "invalid_arguments",
	} {
		r.wantError(r.call("chat.postMessage", obj{"channel": channel, "text": "x"}), want)
	}
	got := r.call("chat.postMessage", obj{"channel": "C0FLAT0001", "text": "x", "thread_ts": top})
	r.wantError(got, "restricted_action_non_threadable_channel")
	r.must(r.call("chat.postMessage", obj{"channel": random, "text": "x"})) // chat:write.public
	r.must(r.call("chat.postMessage", obj{"channel": "#team", "text": "x"}))
	r.wantError(r.call("chat.update", obj{"channel": "#team", "ts": top, "text": "x"}), "channel_not_found")
}

func TestWithoutThePublicScopeTheBotHasToBeInTheChannel(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Manifest: withScopes("commands", "chat:write", "channels:join")})
	r.wantError(r.call("chat.postMessage", obj{"channel": random, "text": "x"}), "not_in_channel")
	r.must(r.call("conversations.join", obj{"channel": random}))
	r.must(r.call("chat.postMessage", obj{"channel": random, "text": "x"}))
	if got := r.must(r.call("conversations.join", obj{"channel": random})); got.body["warning"] != "already_in_channel" {
		t.Errorf("joining twice answers %s", encode(got.body))
	}
	r.wantError(r.call("conversations.join", obj{"channel": board}), "channel_not_found")
	r.wantError(r.call("conversations.join", obj{"channel": "D0ANA00001"}), "method_not_supported_for_channel_type")
	r.wantError(r.call("conversations.join", obj{"channel": oldPlans}), "is_archived")
}

func TestContentIsJudged(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	table := obj{"type": "table", "rows": [][]obj{{{"type": "raw_text", "text": "a"}}}}
	var many []obj
	for range 101 {
		many = append(many, obj{"text": "a"})
	}
	long := make([]obj, 0, 5)
	for range 5 {
		long = append(long, obj{"type": "section", "text": obj{"type": "mrkdwn", "text": strings.Repeat("x", 2700)}})
	}
	for name, c := range map[string]struct {
		fields obj
		want   string
	}{
		"nothing":                     {obj{}, "no_text"},
		"blocks that are no JSON":     {obj{"blocks": "[{"}, "invalid_blocks_format"},
		"blocks that are no array":    {obj{"blocks": obj{"type": "divider"}}, "invalid_blocks_format"},
		"unknown block":               {obj{"blocks": []obj{{"type": "sections"}}}, "invalid_blocks"},
		"unknown property":            {obj{"blocks": []obj{{"type": "divider", "colour": "red"}}}, "invalid_blocks"},
		"duplicate action_id":         {obj{"blocks": []obj{actions("r", button("a", "1"), button("a", "2"))}}, "invalid_blocks"},
		"all blocks together":         {obj{"blocks": long, "text": "x"}, "msg_blocks_too_long"},
		"two tables":                  {obj{"blocks": []obj{table, table}}, "invalid_attachments"},
		"attachments that are broken": {obj{"attachments": "{"}, "invalid_attachments"},
		"101 attachments":             {obj{"attachments": many}, "too_many_attachments"},
		"markdown beside text":        {obj{"text": "x", "markdown_text": "y"}, "markdown_text_conflict"},
		"markdown over 12,000":        {obj{"markdown_text": strings.Repeat("x", 12_001)}, "msg_too_long"},
		"metadata that is no object":  {obj{"text": "x", "metadata": "[]"}, "invalid_metadata_format"},
		"metadata without a type":     {obj{"text": "x", "metadata": obj{"event_payload": obj{}}}, "invalid_metadata_schema"},
		"metadata too large": {obj{"text": "x", "metadata": obj{
			"event_type": "t", "event_payload": obj{"x": strings.Repeat("y", maxMetadata)},
		}}, "metadata_too_large"},
	} {
		t.Run(name, func(t *testing.T) {
			c.fields["channel"] = team
			r.wantError(r.call("chat.postMessage", c.fields), c.want)
		})
	}
}

func TestARefusalOfBlocksPointsAtThePlace(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	got := r.call("chat.postMessage", obj{"channel": team, "blocks": []obj{
		{"type": "section", "text": obj{"type": "mrkdwn", "text": strings.Repeat("x", 3001)}},
	}})
	want := "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
	if errs := string(encode(got.body["errors"])); errs != `["`+want+`"]` || got.lines() != `["[ERROR] `+want+`"]` {
		t.Errorf("errors %s, messages %s", errs, got.lines())
	}
}

func TestReadingOnlyTextsMayCountTowardsTheTotal(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Readings: Readings{CountTextsOnly: true}})
	var blocks []obj
	for range 5 {
		blocks = append(blocks, obj{"type": "section", "text": obj{"type": "mrkdwn", "text": strings.Repeat("x", 2630)}})
	}
	r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": blocks}))
	strict := start(t, Options{})
	strict.wantError(strict.call("chat.postMessage", obj{"channel": team, "text": "x", "blocks": blocks}), "msg_blocks_too_long")
}

func TestBlocksValidateNeedsNoToken(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	post := func(body obj) reply {
		return r.send("blocks.validate", "", "application/json; charset=utf-8", string(encode(body)))
	}
	r.must(post(obj{"blocks": []obj{{"type": "divider"}}}))
	for want, body := range map[string]obj{
		"invalid_blocks":    {"blocks": []obj{{"type": "section", "text": obj{"type": "plain", "text": "x"}}}},
		"invalid_view":      {"view": obj{"type": "modal"}},
		"invalid_message":   {"message": obj{"blocks": []obj{{"type": "sections"}}}},
		"invalid_arguments": {"blocks": []obj{}, "view": obj{}},
	} {
		got := post(body)
		r.wantError(got, want)
		if want == "invalid_blocks" {
			first := asObj(asList(got.body["errors"])[0])
			if first["pointer"] != "/0/text/type" || first["code"] == nil || first["message"] == nil {
				t.Errorf("first error = %s", encode(first))
			}
		}
	}
}

func TestRepliesGoToParentsOnly(t *testing.T) {
	t.Parallel()
	for name, lost := range map[string]bool{"refused": false, "lost": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := start(t, Options{Readings: Readings{LostReplies: lost}})
			parent := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "parent"})).ts()
			child := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "child", "thread_ts": parent})).ts()
			r.wantError(r.call("chat.postMessage", obj{"channel": team, "text": "x", "thread_ts": "1.000001"}), "thread_not_found")
			got := r.call("chat.postMessage", obj{"channel": team, "text": "grandchild", "thread_ts": child})
			if !lost {
				r.wantError(got, "cannot_reply_to_message")
				return
			}
			r.must(got)
			if screen, err := r.people.View(r.ctx, ana); err != nil || screen.Says(team, "grandchild") != nil {
				t.Errorf("the lost reply is seen (%v)", err)
			}
		})
	}
}

func TestEphemeralMessagesAndTheirRules(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	post := func(channel, user string) reply {
		return r.call("chat.postEphemeral", obj{"channel": channel, "user": user, "text": "psst", "metadata": obj{
			"event_type": "t", "event_payload": obj{},
		}})
	}
	got := r.must(post(team, ana))
	if _, has := got.body["ts"]; has {
		t.Errorf("answer = %s, want message_ts only", encode(got.body))
	}
	screen, err := r.people.View(r.ctx, ana)
	if m := screen.Private(team, "psst"); err != nil || m == nil || m.OnlyFor != ana || m.Metadata != nil {
		t.Errorf("Ana sees %+v, %v", m, err)
	}
	if _, err := r.people.Reload(r.ctx, ana); err != nil {
		t.Fatal(err)
	}
	if screen, err = r.people.View(r.ctx, ana); err != nil || screen.Private(team, "psst") != nil {
		t.Errorf("the private message survived a reload (%v)", err)
	}
	r.wantError(post(acmeShared, hana), "user_not_in_channel")
	r.wantError(post(board, ana), "channel_not_found")
	r.wantError(post(oldPlans, ana), "is_archived")
	r.wantError(post(team, ""), "invalid_arguments")
	r.must(post(random, ana))
	inside := start(t, Options{Readings: Readings{EphemeralNeedsMembership: true}})
	inside.wantError(inside.call("chat.postEphemeral", obj{"channel": random, "user": ana, "text": "x"}), "not_in_channel")
}

func TestDeleteAndPermalink(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	parent := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "parent"})).ts()
	child := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "child", "thread_ts": parent})).ts()
	link := asString(r.must(r.call("chat.getPermalink", obj{"channel": team, "message_ts": child})).body["permalink"])
	if want := "https://acme.slack.com/archives/C0TEAM0001/p" + strings.ReplaceAll(child, ".", "") + "?cid=C0TEAM0001&thread_ts=" + parent; link != want {
		t.Errorf("permalink %s, want %s", link, want)
	}
	r.wantError(r.call("chat.getPermalink", obj{"channel": team, "message_ts": "1.000001"}), "message_not_found")
	r.must(r.call("chat.delete", obj{"channel": team, "ts": parent}))
	screen, err := r.people.View(r.ctx, ana)
	if m := screen.Says(team, "This message was deleted."); err != nil || m == nil || m.TS != parent {
		t.Errorf("a deleted parent shows as %+v, %v", m, err)
	}
	r.must(r.call("chat.delete", obj{"channel": team, "ts": child}))
	r.wantError(r.call("chat.delete", obj{"channel": team, "ts": child}), "message_not_found")
	theirs := r.types(ana, team, "mine").TS
	r.wantError(r.call("chat.delete", obj{"channel": team, "ts": theirs}), "cant_delete_message")
}
