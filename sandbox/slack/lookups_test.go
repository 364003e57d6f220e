package slack

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"confbot/sandbox/slack/control"
)

func TestMembersAndListsComeInPages(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	var all []any
	fields := obj{"channel": allHands, "limit": "150"}
	pages := 0
	for {
		got := r.must(r.call("conversations.members", fields))
		all = append(all, asList(got.body["members"])...)
		pages++
		next := asString(asObj(got.body["response_metadata"])["next_cursor"])
		if next == "" {
			break
		}
		fields["cursor"] = next
	}
	if len(all) != 413 || pages != 3 { // 412 people and the bot
		t.Errorf("%d members on %d pages", len(all), pages)
	}
	guests := 0
	for _, id := range all {
		if r.ws.users[asString(id)].Role == "guest" {
			guests++
		}
	}
	if guests != 3 {
		t.Errorf("%d guests, want 3", guests)
	}
	fields["cursor"] = "nonsense"
	r.wantError(r.call("conversations.members", fields), "invalid_cursor")
	info := asObj(r.must(r.call("conversations.info", obj{"channel": allHands, "include_num_members": "true"})).body["channel"])
	if asString(info["num_members"]) != "412" {
		t.Errorf("num_members = %v", info["num_members"])
	}
}

func TestConversationsTellTheirState(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	for id, want := range map[string]obj{
		team:       {"is_member": true, "is_archived": false, "is_private": false, "is_ext_shared": false},
		random:     {"is_member": false},
		oldPlans:   {"is_archived": true},
		acmeShared: {"is_ext_shared": true},
	} {
		info := asObj(r.must(r.call("conversations.info", obj{"channel": id})).body["channel"])
		for k, v := range want {
			if info[k] != v {
				t.Errorf("%s: %s = %v, want %v", id, k, info[k], v)
			}
		}
	}
	r.wantError(r.call("conversations.info", obj{"channel": board}), "channel_not_found")
	list := r.must(r.call("conversations.list", obj{"types": "public_channel,private_channel", "exclude_archived": "true"}))
	names := []string{}
	for _, c := range asList(list.body["channels"]) {
		names = append(names, asString(asObj(c)["name"]))
	}
	if got := strings.Join(names, " "); got != "general team all-hands acme announcements random" {
		t.Errorf("listed: %s", got)
	}
	r.wantError(r.call("conversations.list", obj{"types": "rooms"}), "invalid_types")
}

func TestHistoryAndRepliesNeedMembershipAndShowMetadataOnRequest(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Manifest: with("channels:history")})
	meta := obj{"event_type": "conf", "event_payload": obj{"id": "1"}}
	parent := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "parent", "metadata": meta})).ts()
	for i := range 4 {
		r.must(r.call("chat.postMessage", obj{"channel": team, "text": fmt.Sprint("reply ", i), "thread_ts": parent}))
	}
	if _, has := asObj(r.stored(team, parent)["metadata"])["event_payload"]; !has {
		t.Error("metadata was asked for and is not there")
	}
	plain := asObj(asList(r.must(r.call("conversations.history", obj{"channel": team})).body["messages"])[0])
	if got := string(encode(plain["metadata"])); got != `{"event_type":"conf"}` || plain["text"] != "parent" || asString(plain["reply_count"]) != "4" {
		t.Errorf("history = %s", encode(plain))
	}
	page := r.must(r.call("conversations.replies", obj{"channel": team, "ts": parent, "limit": "3"}))
	if asBool(page.body["has_more"]) != true || len(asList(page.body["messages"])) != 3 {
		t.Errorf("first page = %s", encode(page.body))
	}
	next := asObj(page.body["response_metadata"])["next_cursor"]
	page = r.must(r.call("conversations.replies", obj{"channel": team, "ts": parent, "limit": "3", "cursor": next}))
	if last := asList(page.body["messages"]); len(last) != 2 || asObj(last[1])["text"] != "reply 3" {
		t.Errorf("second page = %s", encode(page.body))
	}
	r.wantError(r.call("conversations.replies", obj{"channel": team, "ts": "1.000001"}), "thread_not_found")
	r.wantError(r.call("conversations.history", obj{"channel": random}), "not_in_channel")
	r.wantError(r.call("conversations.history", obj{"channel": board}), "channel_not_found")
	r.wantError(r.call("conversations.history", obj{"channel": team, "oldest": "yesterday"}), "invalid_ts_oldest")
	r.wantError(r.call("conversations.history", obj{"channel": team, "latest": "yesterday"}), "invalid_ts_latest")
}

func TestUsersHaveRolesZonesAndLimitsOfVisibility(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Manifest: with("users:read.email", "users.profile:read")})
	user := func(id string) obj {
		return asObj(r.must(r.call("users.info", obj{"user": id})).body["user"])
	}
	for id, want := range map[string]obj{
		dev:          {"is_admin": true, "is_owner": false, "tz": "Europe/Berlin"},
		"U0ELI00001": {"is_owner": true},
		hana:         {"is_restricted": true},
		ivo:          {"is_stranger": true, "team_id": "T0PARTNER1"},
		theBot:       {"is_bot": true, "name": "confbot"},
	} {
		u := user(id)
		for k, v := range want {
			if u[k] != v {
				t.Errorf("%s: %s = %v, want %v", id, k, u[k], v)
			}
		}
	}
	if offset := asString(user("U0FAYE0001")["tz_offset"]); offset != "19800" {
		t.Errorf("tz_offset of Kolkata = %s", offset)
	}
	r.wantError(r.call("users.info", obj{"user": "U0NOBODY00"}), "user_not_found")
	if _, err := r.people.Member(r.ctx, "leave", ivo, acmeShared); err != nil {
		t.Fatal(err)
	}
	r.wantError(r.call("users.info", obj{"user": ivo}), "user_not_visible")
	found := asObj(r.must(r.call("users.lookupByEmail", obj{"email": "ANA@acme.example"})).body["user"])
	if found["id"] != ana || asObj(found["profile"])["email"] != "ana@acme.example" {
		t.Errorf("found %s", encode(found))
	}
	r.wantError(r.call("users.lookupByEmail", obj{"email": "x@y.example"}), "users_not_found")
	if phone := asObj(r.must(r.call("users.profile.get", obj{"user": ana})).body["profile"])["phone"]; phone != "+4915550100111" {
		t.Errorf("phone = %v", phone)
	}
	page := r.must(r.call("users.list", obj{"limit": "5"}))
	if len(asList(page.body["members"])) != 5 || asObj(page.body["response_metadata"])["next_cursor"] == "" {
		t.Errorf("users.list = %s", encode(page.body))
	}
}

func TestEmailsNeedTheirOwnScope(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	profile := asObj(asObj(r.must(r.call("users.info", obj{"user": ana})).body["user"])["profile"])
	if _, has := profile["email"]; has {
		t.Error("the e-mail address is shown without users:read.email")
	}
}

func TestUserGroups(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	group := asObj(asList(r.must(r.call("usergroups.list", obj{"include_users": "true"})).body["usergroups"])[0])
	if group["handle"] != "moderators" || len(asList(group["users"])) != 3 {
		t.Errorf("group = %s", encode(group))
	}
	if users := asList(r.must(r.call("usergroups.users.list", obj{"usergroup": group["id"]})).body["users"]); len(users) != 3 {
		t.Errorf("users = %v", users)
	}
	r.wantError(r.call("usergroups.users.list", obj{"usergroup": "S0NOTHING0"}), "no_such_subteam")
}

func TestOpeningDirectMessages(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	yes := true
	if _, err := r.people.ChangeUser(r.ctx, control.UserChange{ID: bo, Deactivated: &yes}); err != nil {
		t.Fatal(err)
	}
	got := r.must(r.call("conversations.open", obj{"users": ana}))
	if asObj(got.body["channel"])["id"] != "D0ANA00001" {
		t.Errorf("answer = %s", encode(got.body))
	}
	for users, want := range map[string]string{
		"": "users_list_not_supplied", "U0NOBODY00": "user_not_found", bo: "user_disabled", ivo: "user_not_visible", ana + "," + dev: "missing_scope",
		"a,b,c,d,e,f,g,h,i": "too_many_users",
	} {
		r.wantError(r.call("conversations.open", obj{"users": users}), want)
	}
	r.must(r.call("chat.postMessage", obj{"channel": ana, "text": "hello"}))
	if screen, err := r.people.View(r.ctx, ana); err != nil || screen.Says("D0ANA00001", "hello") == nil {
		t.Errorf("Ana has no message (%v)", err)
	}
}

func TestIdentityAndSmallMethods(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Manifest: with("team:read", "bookmarks:write", "pins:write")})
	who := r.must(r.call("auth.test", nil)).body
	if who["user_id"] != theBot || who["team_id"] != "T0ACME0001" || who["bot_id"] != "B0CONFBOT1" {
		t.Errorf("auth.test = %s", encode(who))
	}
	if bot := asObj(r.must(r.call("bots.info", obj{"bot": "B0CONFBOT1"})).body["bot"]); bot["app_id"] != "A0CONFBOT1" {
		t.Errorf("bots.info = %s", encode(bot))
	}
	r.wantError(r.call("bots.info", obj{"bot": "B0NOBODY00"}), "bot_not_found")
	r.must(r.call("team.info", nil))
	r.wantError(r.call("api.test", obj{"error": "my_error"}), "my_error")
	ts := r.must(r.call("chat.postMessage", obj{"channel": team, "text": "x"})).ts()
	pin := obj{"channel": team, "timestamp": ts}
	r.must(r.call("pins.add", pin))
	r.wantError(r.call("pins.add", pin), "already_pinned")
	r.wantError(r.call("pins.add", obj{"channel": team}), "no_item_specified")
	r.wantError(r.call("pins.add", obj{"channel": team, "timestamp": "1.000001"}), "message_not_found")
	mark := obj{"channel_id": team, "title": "Dial in", "type": "link", "link": "tel:+14155550100"}
	r.must(r.call("bookmarks.add", mark))
	mark["type"] = "file"
	r.wantError(r.call("bookmarks.add", mark), "invalid_bookmark_type")
}

func TestAFileIsUploadedInThreeSteps(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Manifest: with("files:write")})
	got := r.must(r.call("files.getUploadURLExternal", obj{"filename": "who.csv", "length": "5"})).body
	put := func(data string) int {
		req, err := http.NewRequestWithContext(r.ctx, http.MethodPost, asString(got["upload_url"]), strings.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		return r.do(req).status
	}
	complete := obj{"files": []obj{{"id": got["file_id"], "title": "Who was on"}}, "channel_id": team, "initial_comment": "Attendance"}
	r.wantError(r.call("files.completeUploadExternal", complete), "file_not_found")
	if status := put("far too long"); status != http.StatusBadRequest {
		t.Errorf("a wrong length: HTTP %d", status)
	}
	if status := put("a,b,c"); status != http.StatusOK {
		t.Errorf("HTTP %d", status)
	}
	r.must(r.call("files.completeUploadExternal", complete))
	screen, err := r.people.View(r.ctx, ana)
	m := screen.Says(team, "Attendance")
	if err != nil || m == nil || !strings.Contains(string(m.Files), "Who was on") {
		t.Fatalf("Ana sees %+v, %v", m, err)
	}
	req, err := http.NewRequestWithContext(r.ctx, http.MethodGet, r.BaseURL()+"/files/"+asString(got["file_id"]), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.BotToken())
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if data, err := io.ReadAll(res.Body); err != nil || string(data) != "a,b,c" {
		t.Errorf("downloaded %q, %v", data, err)
	}
	r.wantError(r.call("files.getUploadURLExternal", obj{"length": "5"}), "invalid_arguments")
}
