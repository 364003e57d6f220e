package audian

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// flags is what an action changes.
type flags struct {
	State       CallState
	Muted, Deaf bool
}

func flagsOf(c Caller) flags { return flags{c.State, c.Muted, c.Deaf} }

func TestActionsDoWhatTheySay(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		action        string
		before, after flags
	}{
		{"mute", flags{OnLine, false, false}, flags{OnLine, true, false}},
		{"mute", flags{OnLine, true, false}, flags{OnLine, true, false}}, // a state, no toggle
		{"unmute", flags{OnLine, true, true}, flags{OnLine, false, true}},
		{"deaf", flags{OnLine, false, false}, flags{OnLine, false, true}},
		{"undeaf", flags{OnLine, true, true}, flags{OnLine, true, false}},
		{"kick", flags{OnLine, true, true}, flags{Kicked, false, false}},
	} {
		for _, d := range []Dialect{Seed, Kazoo} {
			t.Run(string(d)+" "+tt.action, func(t *testing.T) {
				t.Parallel()
				c := startServer(t, Options{Dialect: d})
				conf := c.conference(ConferenceSpec{})
				alice := c.caller(conf, CallerSpec{Name: "Alice", Muted: tt.before.Muted, Deaf: tt.before.Deaf})
				bob := c.caller(conf, CallerSpec{Name: "Bob"})
				method, status := "POST", 200
				if d == Kazoo {
					method, status = "PUT", 202
				}
				a := c.want(c.do(method, "/conferences/"+conf+"/participants/"+alice.ParticipantID, `{"data":{"action":"`+tt.action+`"}}`), status)
				if d == Kazoo && a.body["data"] != "ok" {
					t.Errorf("data = %v", a.body["data"])
				}
				if d == Seed && tt.action != "kick" && a.data()["muted"] != tt.after.Muted {
					t.Errorf("the answer shows %v", a.data())
				}
				if diff := cmp.Diff(tt.after, flagsOf(c.s.caller(alice.ID))); diff != "" {
					t.Errorf("Alice (-want +got):\n%s", diff)
				}
				if diff := cmp.Diff(flagsOf(bob), flagsOf(c.s.caller(bob.ID))); diff != "" {
					t.Errorf("Bob, whom nobody meant (-want +got):\n%s", diff)
				}
			})
		}
	}
}

func TestActionsThatAreRefused(t *testing.T) {
	t.Parallel()
	joined := func(c *client, conf string) { c.caller(conf, CallerSpec{Name: "Alice"}) }
	mute := `{"data":{"action":"mute"}}`
	const one, first, gone = "/conferences/{c}/participants/part_1", "/conferences/{c}/participants/1", "/conferences/{c}/participants/part_9"
	noKick := Options{KickByPost: Off}
	runRows(t, []row{
		{name: "seed: PUT", before: joined, method: "PUT", path: one, body: mute, status: 405},
		{name: "seed: PATCH", before: joined, method: "PATCH", path: one, body: mute, status: 405},
		{name: "seed: on all", before: joined, method: "PUT", path: "/conferences/{c}/participants", body: mute, status: 405},
		{name: "seed: an unknown action", before: joined, method: "POST", path: one, body: `{"data":{"action":"shout"}}`, status: 400, want: map[string]any{"data/action/enum/value": "shout"}},
		{name: "seed: no action", before: joined, method: "POST", path: one, body: `{"data":{}}`, status: 400, want: map[string]any{"data/action/required/message": "Field is required but missing"}},
		{name: "seed: no data", before: joined, method: "POST", path: one, body: `{"action":"mute"}`, status: 400},
		{name: "seed: a participant who is not there", before: joined, method: "POST", path: gone, body: mute, status: 404},
		{name: "seed: an id in another form", before: joined, method: "POST", path: first, body: mute, status: 404},
		{name: "seed: kicking one who is not there", before: joined, method: "DELETE", path: gone, status: 404},
		{name: "seed: nobody is on the line", method: "POST", path: one, body: mute, status: 404},
		{name: "seed: an unknown conference", method: "POST", path: "/conferences/nope/participants/part_1", body: mute, status: 404},
		{name: "seed: kick by DELETE", before: joined, method: "DELETE", path: one, status: 200, want: map[string]any{"status": "success"}},
		{name: "seed: kick by DELETE, switched to 204", o: Options{DeleteStatus: 204}, before: joined, method: "DELETE", path: one, status: 204},
		{name: "seed: kick by POST", before: joined, method: "POST", path: one, body: `{"data":{"action":"kick"}}`, status: 200},
		{name: "seed: kick by POST, switched off", o: noKick, before: joined, method: "POST", path: one, body: `{"data":{"action":"kick"}}`, status: 400},
		{name: "seed: no lock", method: "PUT", path: "/conferences/{c}", body: `{"data":{"action":"lock"}}`, status: 405},

		{name: "kazoo: POST", o: kazoo(), before: joined, method: "POST", path: first, body: mute, status: 405},
		{name: "kazoo: DELETE", o: kazoo(), before: joined, method: "DELETE", path: first, status: 405},
		{name: "kazoo: a participant who is not there is ok", o: kazoo(), before: joined, method: "PUT", path: "/conferences/{c}/participants/9", body: mute, status: 202},
		{name: "kazoo: an unknown conference is ok", o: kazoo(), method: "PUT", path: "/conferences/nope/participants/9", body: mute, status: 202},
		{name: "kazoo: an id that is no number", o: kazoo(), before: joined, method: "PUT", path: one, body: mute, status: 500, want: map[string]any{"message": "request execution failed"}},
		{name: "kazoo: an unknown action", o: kazoo(), before: joined, method: "PUT", path: first, body: `{"data":{"action":"shout"}}`, status: 500},
		{name: "kazoo: no data", o: kazoo(), before: joined, method: "PUT", path: first, body: `{"action":"mute"}`, status: 400, want: map[string]any{"data/data/required/message": "Field is required but missing"}},
		{name: "kazoo: play nothing", o: kazoo(), method: "PUT", path: first, body: `{"data":{"action":"play","data":{}}}`, status: 400, want: map[string]any{"data/data.media_id/required/message": "Field is required but missing"}},
		{name: "kazoo: play what is not there", o: kazoo(), method: "PUT", path: first, body: `{"data":{"action":"play","data":{"media_id":"nope"}}}`, status: 404, want: map[string]any{"data/0": "nope"}},
		{name: "kazoo: play an address", o: kazoo(), method: "PUT", path: first, body: `{"data":{"action":"play","data":{"media_id":"https://x.invalid/a.mp3"}}}`, status: 202},
	})
}

func TestKazoosBulkActionsSpareModerators(t *testing.T) {
	t.Parallel()
	for action, want := range map[string][]flags{
		"mute": {{OnLine, false, false}, {OnLine, true, false}, {OnLine, true, false}},
		"deaf": {{OnLine, false, false}, {OnLine, false, true}, {OnLine, false, true}},
		"kick": {{Kicked, false, false}, {Kicked, false, false}, {Kicked, false, false}},
	} {
		c := startServer(t, kazoo())
		conf := c.conference(ConferenceSpec{})
		for i := range 3 {
			c.caller(conf, CallerSpec{Moderator: i == 0})
		}
		a := c.want(c.do("PUT", "/conferences/"+conf+"/participants", `{"data":{"action":"`+action+`"}}`), 201)
		if a.data()["id"] != conf {
			t.Errorf("%s answers %s", action, a.raw)
		}
		var got []flags
		for _, ph := range c.s.Callers() {
			got = append(got, flagsOf(ph))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", action, diff)
		}
	}
	two := func(c *client, conf string) { c.caller(conf, CallerSpec{}); c.caller(conf, CallerSpec{}) }
	runRows(t, []row{
		{name: "unknown", o: kazoo(), method: "PUT", path: "/conferences/{c}/participants", body: `{"data":{"action":"shout"}}`, status: 404, want: map[string]any{"message": "faulty_request"}},
		{name: "relate", o: kazoo(), before: two, method: "PUT", path: "/conferences/{c}/participants", body: `{"data":{"action":"relate","data":{"participant_id":1,"other_participant":2,"relationship":"deaf"}}}`, status: 202, want: map[string]any{"data": "relating participants"}},
		{name: "relate nobody", o: kazoo(), before: two, method: "PUT", path: "/conferences/{c}/participants", body: `{"data":{"action":"relate","data":{"participant_id":1,"other_participant":9}}}`, status: 404, want: map[string]any{"data/id": 9.0}},
	})
}

func TestConferenceActions(t *testing.T) {
	t.Parallel()
	put := func(name, body string, status int, want map[string]any, change ...func(*Options)) row {
		return row{name: name, o: kazoo(change...), method: "PUT", path: "/conferences/{c}", body: body, status: status, want: want}
	}
	runRows(t, []row{
		put("lock, in the first form", `{"action":"lock","data":{}}`, 202, map[string]any{"data": "ok"}),
		put("lock, in the second form", `{"data":{"action":"lock"}}`, 202, map[string]any{"data": "ok"}),
		put("lock without data", `{"action":"lock"}`, 400, nil),
		put("lock, switched off", `{"data":{"action":"lock"}}`, 405, nil, func(o *Options) { o.LockSupported = Off }),
		put("record", `{"action":"record","data":{"action":"start"}}`, 202, map[string]any{"data": "starting recording"}),
		put("record, in the second form", `{"data":{"action":"record","data":{"action":"stop"}}}`, 202, map[string]any{"data": "stopping recording"}),
		put("record without data of its own", `{"data":{"action":"record"}}`, 400, map[string]any{"data/data/required/message": "action 'record' requires a data object"}),
		put("record what", `{"action":"record","data":{}}`, 400, map[string]any{"data/data.action/required/message": "Field is required but missing"}),
		put("record how", `{"action":"record","data":{"action":"pause"}}`, 400, map[string]any{"data/data.action/enum/value": "pause"}),
		put("play", `{"action":"play","data":{"media_id":"`+SampleMediaID+`"}}`, 202, map[string]any{"data": "ok"}),
		put("play nothing", `{"action":"play","data":{}}`, 400, nil),
		put("vars", `{"action":"vars","data":{"custom_conference_vars":{}}}`, 202, map[string]any{"data": "vars sent"}),
		put("Kazoo 5: unknown", `{"data":{"action":"end"}}`, 400, map[string]any{"data/action/enum/target": []any{"dial", "lock", "play", "record", "unlock", "vars"}}),
		put("Kazoo 4: unknown", `{"data":{"action":"vars"}}`, 404, map[string]any{"message": "faulty_request"}, kazoo4),
		{name: "seed, switched on: lock", o: Options{LockSupported: On}, method: "PUT", path: "/conferences/{c}", body: `{"data":{"action":"lock"}}`, status: 202},
		{name: "seed, switched on: an unknown conference", o: Options{LockSupported: On}, method: "PUT", path: "/conferences/nope", body: `{"data":{"action":"lock"}}`, status: 404},
		{name: "seed, switched on: nothing else", o: Options{LockSupported: On}, method: "PUT", path: "/conferences/{c}", body: `{"data":{"action":"dial"}}`, status: 400},
	})
}

func TestDialingOut(t *testing.T) {
	t.Parallel()
	put := func(name, data string, status int, want map[string]any) row {
		return row{name: name, o: kazoo(), method: "PUT", path: "/conferences/{c}", body: `{"action":"dial","data":` + data + `}`, status: status, want: want}
	}
	runRows(t, []row{
		put("somebody picks up, somebody does not", `{"endpoints":["+15550100142","+15550100000"]}`, 202, map[string]any{
			"data/endpoint_responses/0/status": "success", "data/endpoint_responses/1/status": "error",
		}),
		put("nobody to dial", `{}`, 400, map[string]any{
			"data/endpoints/required/message": "Field is required but missing", "data/data.endpoints/minItems/target": 1.0,
		}),
		put("an empty list", `{"endpoints":[]}`, 400, map[string]any{"data/endpoints": nil, "data/data.endpoints/minItems/target": 1.0}),
		put("a device that is not there; counted from 1", `{"endpoints":["7","0123456789abcdef0123456789abcdef"]}`, 400, map[string]any{"data/data.endpoints.2/not_found/message": "endpoint not found"}),
		put("what cannot be dialled", `{"endpoints":["a friend"]}`, 400, map[string]any{"data/data.endpoints.1/enum/value": "a friend"}),
		put("no time", `{"endpoints":["7"],"timeout":0}`, 400, map[string]any{"data/timeout/minimum/target": 1.0}),
		put("an unknown flag", `{"endpoints":["7"],"participant_flags":["loud"]}`, 400, map[string]any{"data/participant_flags.0/enum/value": "loud"}),
	})
	c := startServer(t, kazoo())
	c.want(c.do("PUT", "/conferences/nobody-made-this", `{"action":"dial","data":{"endpoints":["+15550100142"],"participant_flags":["mute","is_moderator"]}}`), 202)
	got := c.s.Callers()
	if len(got) != 1 || got[0].State != OnLine || !got[0].Muted || !got[0].Moderator || got[0].Number != "+15550100142" {
		t.Errorf("on the line: %+v", got)
	}
}

func TestALockedConferenceRefusesUntilItsRunEnds(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	conf := c.conference(ConferenceSpec{})
	lock := func(action string) {
		c.want(c.do("PUT", "/conferences/"+conf, `{"action":"`+action+`","data":{}}`), 202)
	}
	join := func() CallState { return c.s.Dial(Call{Conference: conf}).State }
	lock("lock") // nobody is there, so it does nothing
	if got := join(); got != OnLine {
		t.Errorf("a lock without a run kept somebody out: %s", got)
	}
	lock("lock")
	if got := join(); got != Refused {
		t.Errorf("locked: %s", got)
	}
	lock("unlock")
	if got := join(); got != OnLine {
		t.Errorf("unlocked: %s", got)
	}
	lock("lock")
	c.s.EndRun(conf)
	if got := join(); got != OnLine {
		t.Errorf("the lock outlived its run: %s", got)
	}
}

func TestActionsTakeEffectAfterTheDelay(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{Now: frozen, ApplyDelay: 500 * time.Millisecond})
	conf := c.conference(ConferenceSpec{})
	alice := c.caller(conf, CallerSpec{})
	path := "/conferences/" + conf + "/participants/" + alice.ParticipantID
	a := c.want(c.do("POST", path, `{"data":{"action":"mute"}}`), 200)
	if a.data()["muted"] != false {
		t.Errorf("the answer is ahead of the truth: %v", a.data())
	}
	c.s.Advance(499 * time.Millisecond)
	if c.s.caller(alice.ID).Muted {
		t.Error("muted too early")
	}
	c.s.Advance(time.Millisecond)
	if !c.s.caller(alice.ID).Muted {
		t.Error("not muted in time")
	}
}

func TestADelayedActionSparesTheNextRun(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{Now: frozen, ApplyDelay: time.Second})
	conf := c.conference(ConferenceSpec{})
	alice := c.caller(conf, CallerSpec{})
	c.want(c.do("DELETE", "/conferences/"+conf+"/participants/"+alice.ParticipantID, ""), 200)
	c.s.EndRun(conf)
	bob := c.caller(conf, CallerSpec{})
	if bob.ParticipantID != alice.ParticipantID {
		t.Fatalf("Bob is %s, want Alice's id %s", bob.ParticipantID, alice.ParticipantID)
	}
	c.s.Advance(time.Minute)
	if got := c.s.caller(bob.ID).State; got != OnLine {
		t.Errorf("Bob was meant to be spared, and is %s", got)
	}
}

func TestWatchersHearOfDelayedActionsThoughNobodyAsks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s, err := New(Options{})
		if err != nil {
			t.Fatal(err)
		}
		conf, err := s.AddConference(ConferenceSpec{Name: "Standup"})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.AddCaller(conf, CallerSpec{}); err != nil {
			t.Fatal(err)
		}
		watcher, stop := s.hub.watch()
		defer stop()
		began := time.Now()
		for _, ask := range []struct {
			action string
			delay  time.Duration
		}{{"deaf", 3 * time.Second}, {"mute", time.Second}, {"unmute", 2 * time.Second}} {
			x := &exchange{o: Options{ApplyDelay: ask.delay}, vars: map[string]string{"conference": conf}}
			s.act(x, 1, participantActions()[ask.action])
		}
		for i, want := range []string{"mute-member", "unmute-member", "deaf-member"} {
			e := <-watcher.events
			if after := time.Since(began); e.name != want || after != time.Duration(i+1)*time.Second {
				t.Errorf("heard %s after %v, want %s after %d s", e.name, after, want, i+1)
			}
		}
		if err := s.Stop(); err != nil {
			t.Error(err)
		}
	})
}

func TestRecordingShowsInTheTruth(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	conf := c.conference(ConferenceSpec{})
	c.caller(conf, CallerSpec{})
	c.want(c.do("PUT", "/conferences/"+conf, `{"action":"record","data":{"action":"start"}}`), 202)
	if !c.s.State().Conferences[0].Recording {
		t.Error("not recording")
	}
	a := c.want(c.do("GET", "/conferences/"+conf, ""), 200)
	if strings.Contains(a.raw, "recording") {
		t.Error("the API tells of recordings, which Kazoo's does not")
	}
}
