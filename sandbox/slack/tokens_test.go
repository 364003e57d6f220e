package slack

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const formType = "application/x-www-form-urlencoded"

func TestTokensWorkOnlyWhereTheirKindIsAccepted(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	bot, app := r.BotToken(), r.AppToken()
	for name, c := range map[string]struct {
		method, auth, body, want string
	}{
		"no token":                            {"auth.test", "", "", "not_authed"},
		"unknown token":                       {"auth.test", "Bearer xoxb-nobody", "", "invalid_auth"},
		"bot token in the header":             {"auth.test", "Bearer " + bot, "", ""},
		"bot token in the form":               {"auth.test", "", "token=" + bot, ""},
		"app token for a web method":          {"auth.test", "Bearer " + app, "", "not_allowed_token_type"},
		"app token in the header opens":       {"apps.connections.open", "Bearer " + app, "", ""},
		"app token in the form does not open": {"apps.connections.open", "", "token=" + app, "not_authed"},
		"bot token does not open":             {"apps.connections.open", "Bearer " + bot, "", "not_allowed_token_type"},
		"no token does not open":              {"apps.connections.open", "", "", "not_authed"},
		"unknown method":                      {"chat.shout", "Bearer " + bot, "", "unknown_method"},
	} {
		t.Run(name, func(t *testing.T) {
			got := r.send(c.method, c.auth, formType, c.body)
			if got.err() != c.want || got.ok() != (c.want == "") || got.status != http.StatusOK {
				t.Errorf("HTTP %d, ok=%v, error %q, want %q", got.status, got.ok(), got.err(), c.want)
			}
		})
	}
}

func TestATokenInTheQueryIsNotSeen(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	got := r.send("auth.test?token="+r.BotToken(), "", "", "")
	r.wantError(got, "not_authed")
}

func TestConnectionsAreOpenedByPostOnly(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	req, err := http.NewRequestWithContext(r.ctx, http.MethodGet, r.APIURL()+"apps.connections.open", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+r.AppToken())
	r.wantError(r.do(req), "insecure_request")
}

// withScopes is the built-in manifest with other scopes.
func withScopes(scopes ...string) []byte {
	head, rest, _ := strings.Cut(string(defaultManifest), "    bot:\n")
	_, tail, _ := strings.Cut(rest, "settings:\n")
	return []byte(head + "    bot: [" + strings.Join(scopes, ", ") + "]\nsettings:\n" + tail)
}

// with adds scopes to the built-in manifest.
func with(scopes ...string) []byte {
	man, err := parseManifest(nil)
	if err != nil {
		panic(err)
	}
	return withScopes(append(man.OAuth.Scopes.Bot, scopes...)...)
}

func TestAMethodWithoutItsScopeSaysWhatIsNeededAndProvided(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Manifest: withScopes("commands")})
	for method, needed := range map[string]string{
		"chat.postMessage": "chat:write", "chat.postEphemeral": "chat:write", "chat.update": "chat:write", "chat.delete": "chat:write",
		"chat.scheduleMessage": "chat:write", "chat.deleteScheduledMessage": "chat:write", "conversations.join": "channels:join",
		"conversations.info": "channels:read", "conversations.list": "channels:read", "conversations.members": "channels:read",
		"conversations.history": "channels:history", "conversations.replies": "channels:history", "conversations.open": "im:write",
		"users.info": "users:read", "users.list": "users:read", "users.lookupByEmail": "users:read.email", "users.profile.get": "users.profile:read",
		"usergroups.list": "usergroups:read", "usergroups.users.list": "usergroups:read", "bookmarks.add": "bookmarks:write",
		"pins.add": "pins:write", "files.getUploadURLExternal": "files:write", "files.completeUploadExternal": "files:write",
		"bots.info": "users:read", "team.info": "team:read",
	} {
		got := r.call(method, obj{"channel": team})
		r.wantError(got, "missing_scope")
		if got.body["needed"] != needed || got.body["provided"] != "commands" {
			t.Errorf("%s: needed %v, provided %v; want %s and commands", method, got.body["needed"], got.body["provided"], needed)
		}
		if h := got.header.Get("X-OAuth-Scopes"); h != "commands" {
			t.Errorf("%s: X-OAuth-Scopes = %q", method, h)
		}
	}
}

func TestTheScopeOfAConversationDependsOnItsKind(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Manifest: withScopes("commands", "chat:write", "channels:read")})
	r.must(r.call("conversations.info", obj{"channel": team}))
	if got := r.call("conversations.info", obj{"channel": "D0ANA00001"}); got.body["needed"] != "im:read" {
		t.Errorf("a DM answers %s, want needed im:read", encode(got.body))
	}
	if _, err := r.people.Member(t.Context(), "invite", theBot, board); err != nil {
		t.Fatal(err)
	}
	if got := r.call("conversations.info", obj{"channel": board}); got.body["needed"] != "groups:read" {
		t.Errorf("a private channel answers %s, want needed groups:read", encode(got.body))
	}
	if got := r.call("conversations.list", obj{"types": "public_channel,private_channel"}); got.body["needed"] != "groups:read" {
		t.Errorf("listing private channels answers %s, want needed groups:read", encode(got.body))
	}
}

func TestNamesAndPicturesOfTheirOwnNeedAScope(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	got := r.call("chat.postMessage", obj{"channel": team, "text": "x", "username": "Boss"})
	if got.body["needed"] != "chat:write.customize" {
		t.Errorf("username without the scope answers %s", encode(got.body))
	}
}

func TestBodiesComeAsFormJSONOrMultipart(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	auth := "Bearer " + r.BotToken()
	multipart := "--b\r\nContent-Disposition: form-data; name=\"channel\"\r\n\r\n" + team +
		"\r\n--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhi\r\n--b--\r\n"
	form := url.Values{"channel": {team}, "text": {"hi"}}.Encode()
	for name, c := range map[string]struct{ kind, body, want string }{
		"form":              {formType, form, ""},
		"form with charset": {formType + "; charset=utf-8", form, ""},
		"JSON":              {"application/json; charset=utf-8", `{"channel":"` + team + `","text":"hi"}`, ""},
		"multipart":         {"multipart/form-data; boundary=b", multipart, ""},
		"broken JSON":       {"application/json", `{"channel":`, "invalid_json"},
		"JSON array":        {"application/json", `[1]`, "json_not_object"},
		"unknown kind":      {"text/plain", form, "invalid_post_type"},
		"no kind":           {"", form, "missing_post_type"},
		"strange charset":   {formType + "; charset=utf-16", form, "invalid_charset"},
		"broken form":       {formType, "a=%zz", "invalid_form_data"},
	} {
		t.Run(name, func(t *testing.T) {
			got := r.send("chat.postMessage", auth, c.kind, c.body)
			if got.err() != c.want || got.ok() != (c.want == "") {
				t.Errorf("ok=%v, error %q, want %q", got.ok(), got.err(), c.want)
			}
		})
	}
}

func TestJSONWithoutACharsetIsWarnedOf(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	got := r.must(r.send("auth.test", "Bearer "+r.BotToken(), "application/json", "{}"))
	if got.body["warning"] != "missing_charset" {
		t.Errorf("body %s, want a warning missing_charset", encode(got.body))
	}
}
