package slack

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"confbot/sandbox/slack/control"
)

func TestTheControlAPIAnswersLoopbackOnly(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	for name, c := range map[string]struct {
		host, origin string
		want         int
	}{
		"by address":             {"", "", http.StatusOK},
		"by name":                {"localhost:1", "", http.StatusOK},
		"by IPv6":                {"[::1]:1", "", http.StatusOK},
		"from a local page":      {"", "http://localhost:8080", http.StatusOK},
		"a name bent to us":      {"evil.example", "", http.StatusForbidden},
		"a page from elsewhere":  {"", "https://evil.example", http.StatusForbidden},
		"a page without address": {"", "null", http.StatusForbidden},
		"a name that looks so":   {"localhost.evil.example", "", http.StatusForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			req, err := http.NewRequestWithContext(r.ctx, http.MethodGet, r.ControlURL()+"/workspace", nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Host = c.host
			if c.origin != "" {
				req.Header.Set("Origin", c.origin)
			}
			if got := r.do(req); got.status != c.want {
				t.Errorf("HTTP %d, want %d: %s", got.status, c.want, encode(got.body))
			}
		})
	}
}

func TestTheWorkspaceIsDescribed(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	w, err := r.people.Workspace(r.ctx)
	if err != nil {
		t.Fatal(err)
	}
	if w.Team.ID != "T0ACME0001" || w.App.Command != "/conf" || w.App.BotUserID != theBot || len(w.App.Shortcuts) != 2 || w.TimeScale != 1 {
		t.Errorf("workspace = %+v", w)
	}
	roles := map[string]string{}
	for _, u := range w.Users {
		roles[u.ID] = u.Role
	}
	for id, want := range map[string]string{ana: "member", dev: "admin", "U0ELI00001": "owner", hana: "guest", ivo: "external", theBot: "bot"} {
		if roles[id] != want {
			t.Errorf("%s is %s, want %s", id, roles[id], want)
		}
	}
	if first := w.Users[0]; first.AvatarInitials != "AR" || first.TZLabel == "" {
		t.Errorf("Ana = %+v", first)
	}
}

func TestEverybodySeesTheirOwnChannels(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	for user, want := range map[string]string{
		ana:  "general team all-hands acme board announcements random old-plans confbot",
		bo:   "general team all-hands acme announcements random old-plans confbot",
		hana: "team all-hands confbot",
		ivo:  "acme",
	} {
		screen, err := r.people.View(r.ctx, user)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, c := range screen.Channels {
			names = append(names, c.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("%s sees %s, want %s", user, got, want)
		}
	}
	if _, err := r.people.View(r.ctx, "U0NOBODY00"); !refusedWith(err, http.StatusBadRequest) {
		t.Errorf("nobody's screen: %v", err)
	}
}

func TestUnreadCountsWhatOthersWroteSinceThePersonRead(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	unread := func() int {
		screen, err := r.people.View(r.ctx, ana)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range screen.Channels {
			if c.ID == team {
				return c.Unread
			}
		}
		return -1
	}
	parent := r.types(bo, team, "one")
	r.types(bo, team, "two")
	if _, err := r.people.Type(r.ctx, control.Typed{User: bo, Channel: team, ThreadTS: parent.TS, Text: "in the thread"}); err != nil {
		t.Fatal(err)
	}
	if n := unread(); n != 2 {
		t.Errorf("unread = %d, want 2", n)
	}
	if _, err := r.people.Member(r.ctx, "read", ana, team); err != nil {
		t.Fatal(err)
	}
	if n := unread(); n != 0 {
		t.Errorf("unread = %d after reading", n)
	}
}

func TestResetGoesBackToTheSeed(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	app := r.connect()
	r.types(ana, team, "hello")
	r.types(ana, team, "/conf")
	e := app.envelope("slash_commands")
	r.fault(control.Fault{Method: "*", Kind: "error", Error: "x"})
	if err := r.people.Reset(r.ctx); err != nil {
		t.Fatal(err)
	}
	r.must(r.call("auth.test", nil))
	screen, err := r.people.View(r.ctx, ana)
	if err != nil || screen.Says(team, "hello") != nil || len(screen.Notices) > 0 {
		t.Errorf("after the reset: %s, %v", screen.Summary(), err)
	}
	if got := r.respond(e.str("response_url"), obj{"text": "x"}); got.status != http.StatusNotFound {
		t.Errorf("an old response URL: HTTP %d", got.status)
	}
	r.types(ana, team, "/conf again")
	if e := app.envelope("slash_commands"); e.str("text") != "again" {
		t.Error("the socket did not survive the reset")
	}
}

func TestPeopleAndChannelsCanBeMadeAndChanged(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	u, err := r.people.ChangeUser(r.ctx, control.UserChange{ID: "U0JO000001", Name: new("jo"), RealName: new("Jo May"), Role: new("admin"), TZ: new("Asia/Tokyo")})
	if err != nil || u.AvatarInitials != "JM" || u.TZOffset != 9*3600 {
		t.Errorf("created %+v, %v", u, err)
	}
	r.change(control.ChannelChange{ID: "C0NEW00001", Name: new("new"), Kind: new("private"), Members: []string{"U0JO000001", ana}, NumMembers: new(20)})
	screen, err := r.people.View(r.ctx, "U0JO000001")
	if err != nil {
		t.Fatal(err)
	}
	last := screen.Channels[len(screen.Channels)-1]
	if last.Name != "new" || last.NumMembers != 20 || last.BotMember {
		t.Errorf("the new channel is %+v", last)
	}
	for name, bad := range map[string]error{
		"a role":    second(r.people.ChangeUser(r.ctx, control.UserChange{ID: ana, Role: new("king")})),
		"a zone":    second(r.people.ChangeUser(r.ctx, control.UserChange{ID: ana, TZ: new("Mars/Base")})),
		"a kind":    second(r.people.ChangeChannel(r.ctx, control.ChannelChange{ID: team, Kind: new("secret")})),
		"a member":  second(r.people.ChangeChannel(r.ctx, control.ChannelChange{ID: team, Members: []string{"U0NOBODY00"}})),
		"no name":   second(r.people.ChangeUser(r.ctx, control.UserChange{ID: "U0X"})),
		"a past":    second(r.people.Clock(r.ctx, control.ClockOrder{AdvanceMS: -1})),
		"no action": r.people.OrderSocket(r.ctx, control.SocketOrder{Action: "dance"}),
	} {
		if bad == nil {
			t.Errorf("%s that makes no sense was taken", name)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestTheRequestLogHidesTokensAndGivesVerdicts(t *testing.T) {
	t.Parallel()
	r := start(t, Options{})
	r.send("chat.postMessage", "", formType, "token="+r.BotToken()+"&channel="+team+"&text=hi")
	r.call("chat.postMessage", obj{"channel": "C0NOWHERE1", "text": "x"})
	r.must(r.call("chat.postMessage", obj{"channel": team, "blocks": []obj{{"type": "divider"}}}))
	records, err := r.people.Requests(r.ctx, 0)
	if err != nil {
		t.Fatal(err)
	}
	var verdicts []string
	for _, rec := range records {
		verdicts = append(verdicts, rec.Verdict)
		if strings.Contains(string(rec.Request)+string(rec.Response), r.BotToken()) {
			t.Errorf("record %d shows the token", rec.Seq)
		}
	}
	want := "ok | refused: channel_not_found | ok; no text: screen readers and notifications get nothing"
	if got := strings.Join(verdicts, " | "); got != want {
		t.Errorf("verdicts\n got %s\nwant %s", got, want)
	}
	if later, err := r.people.Requests(r.ctx, records[1].Seq); err != nil || len(later) != 1 {
		t.Errorf("since %d: %d records, %v", records[1].Seq, len(later), err)
	}
}

func TestTheClockCanRunFasterAndStandStill(t *testing.T) {
	t.Parallel()
	r := start(t, Options{Start: time.Date(2026, 3, 28, 9, 24, 0, 0, time.UTC), TimeScale: 1})
	state, err := r.people.Clock(r.ctx, control.ClockOrder{Scale: new(0.0), AdvanceMS: 60_000})
	if err != nil || !strings.HasPrefix(state.Now, "2026-03-28T09:25:0") || state.Scale != 0 {
		t.Errorf("clock = %+v, %v", state, err)
	}
	again, err := r.people.Clock(r.ctx, control.ClockOrder{})
	if err != nil || again.Now != state.Now {
		t.Errorf("a stopped clock moved from %s to %s, %v", state.Now, again.Now, err)
	}
	r.connect()
	r.types(ana, team, "/conf")
	if _, err := r.people.Clock(r.ctx, control.ClockOrder{Scale: new(100.0)}); err != nil {
		t.Fatal(err)
	}
	r.sees(ana, func(s *control.Screen) bool { return s.Noticed("operation_timeout") != nil }) // 30 ms later
}
