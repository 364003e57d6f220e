package audian

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var longName = strings.Repeat("ä", maxName+1)

func TestSeedRefusesFields(t *testing.T) {
	t.Parallel()
	create := func(name, data string, want map[string]any, change ...func(*Options)) row {
		o := Options{}
		for _, f := range change {
			f(&o)
		}
		return row{name: name, o: o, method: "PUT", path: "/conferences", body: `{"data":` + data + `}`, status: 400, want: want}
	}
	made := func(name, data string, change ...func(*Options)) row {
		r := create(name, data, nil, change...)
		r.status = 201
		return r
	}
	runRows(t, []row{
		create("no name", `{}`, map[string]any{"data/name/required/message": "Field is required but missing"}),
		create("an empty name", `{"name":""}`, map[string]any{"data/name/minLength/target": 1.0}),
		create("a name of 129", `{"name":"`+longName+`"}`, map[string]any{"data/name/maxLength/target": 128.0}),
		made("a name of 128", `{"name":"`+longName[2:]+`"}`),
		create("a name that is a number", `{"name":7}`, map[string]any{"data/name/type/target": "string"}),
		create("a PIN with letters", `{"name":"x","member_pins":["12","12a4"]}`, map[string]any{
			"message": "validation error", "data/member_pins.1/pattern/value": "12a4", "data/member_pins.0": nil,
		}),
		create("an empty PIN", `{"name":"x","moderator_pins":[""]}`, map[string]any{"data/moderator_pins.0/pattern/value": ""}),
		create("a PIN that is a number", `{"name":"x","member_pins":[1234]}`, map[string]any{"data/member_pins.0/type/target": "string"}),
		create("PINs that are no list", `{"name":"x","member_pins":"1234"}`, map[string]any{"data/member_pins/type/target": "array"}),
		create("PINs that are null", `{"name":"x","member_pins":null}`, map[string]any{"data/member_pins/type/target": "array"}),
		made("switched off: a PIN with letters", `{"name":"x","member_pins":["12a4"]}`, func(o *Options) { o.CheckPINs = Off }),
		create("a limit in words", `{"name":"x","max_members":"25"}`, map[string]any{"data/max_members/type/target": "integer"}),
		create("half a person", `{"name":"x","max_members":2.5}`, map[string]any{"data/max_members/type/target": "integer"}),
		create("fewer than nobody", `{"name":"x","max_members":-1}`, map[string]any{"data/max_members/minimum/target": 0.0}),
		made("no limit", `{"name":"x","max_members":0}`),
		create("a profile nobody knows", `{"name":"x","profile":"page"}`, map[string]any{"data/profile/enum/value": "page"}),
		create("a profile that is an object", `{"name":"x","profile":{}}`, map[string]any{"data/profile/type/target": "string"}),
		made("switched off: a profile nobody knows", `{"name":"x","profile":"page"}`, func(o *Options) { o.CheckProfiles = Off }),
		create("a tone that is a text", `{"name":"x","play_entry_tone":"tone_stream://x"}`, map[string]any{"data/play_entry_tone/type/target": "boolean"}),
		create("two at once", `{"name":7,"max_members":-1}`, map[string]any{
			"data/name/type/target": "string", "data/max_members/minimum/target": 0.0,
		}),
		made("a name that is taken", `{"name":"Standup"}`),
		create("switched off: a name that is taken", `{"name":"STANDUP"}`, map[string]any{"data/name/unique/cause": "STANDUP"},
			func(o *Options) { o.DuplicateNames = Off }),
	})
}

func TestKazooRefusesFields(t *testing.T) {
	t.Parallel()
	create := func(name, data string, status int, want map[string]any, change ...func(*Options)) row {
		return row{
			name: name, o: kazoo(change...), spec: ConferenceSpec{Numbers: []string{"7001"}},
			method: "PUT", path: "/conferences", body: `{"data":` + data + `}`, status: status, want: want,
		}
	}
	runRows(t, []row{
		create("Kazoo 5: no name", `{}`, 400, map[string]any{"data/name/required/message": "Field is required but missing"}),
		create("Kazoo 4: no name", `{}`, 201, nil, kazoo4),
		create("a profile that is a text", `{"name":"x","profile":"default"}`, 400, map[string]any{"data/profile/type/target": "object"}),
		create("a profile that is an object", `{"name":"x","profile":{"rate":8000}}`, 201, nil),
		create("any profile_name", `{"name":"x","profile_name":"webinar"}`, 201, nil),
		create("a PIN with letters", `{"name":"x","member":{"pins":["12a4"]}}`, 400, map[string]any{
			"message": "validation error", "data/member.pins.0/pattern/target": digitsPattern, "data/member.pins.0/pattern/value": "12a4",
		}),
		create("a moderator PIN that is a number", `{"name":"x","moderator":{"pins":[1]}}`, 400, map[string]any{"data/moderator.pins.0/type/target": "string"}),
		create("flat PINs with letters, which are nothing to Kazoo", `{"name":"x","member_pins":["12a4"]}`, 201, map[string]any{"data/member_pins/0": "12a4"}),
		create("member that is no object", `{"name":"x","member":[]}`, 400, map[string]any{"data/member/type/target": "object"}),
		create("a flag in words", `{"name":"x","member":{"join_muted":"false"}}`, 201, map[string]any{"data/member/join_muted": false}),
		create("a number in words", `{"name":"x","max_participants":"25"}`, 201, map[string]any{"data/max_participants": 25.0}),
		create("a number that is none", `{"name":"x","max_participants":"many"}`, 400, map[string]any{"data/max_participants/type/target": "integer"}),
		create("a tone that is a text", `{"name":"x","play_entry_tone":"tone_stream://x"}`, 201, nil),
		create("a tone that is a number", `{"name":"x","play_entry_tone":1}`, 400, map[string]any{"data/play_entry_tone/type/target": "boolean, string"}),
		create("an owner that is no id", `{"name":"x","owner_id":"me"}`, 400, map[string]any{"data/owner_id/minLength/target": 32.0}),
		create("a number twice", `{"name":"x","conference_numbers":["1","1"]}`, 400, map[string]any{"data/conference_numbers/uniqueItems/message": "List of items is not unique"}),
		create("a number that is taken", `{"name":"x","member":{"numbers":["7001"]}}`, 400, map[string]any{
			"data/numbers/unique/cause": "7001", "data/numbers/unique/message": "Numbers already in use",
		}),
		create("Kazoo 5: a name that is taken", `{"name":"standup"}`, 400, map[string]any{"data/name/unique/cause": "standup"}),
		create("Kazoo 4: a name that is taken", `{"name":"Standup"}`, 201, nil, kazoo4),
		create("switched on: a name that is taken", `{"name":"Standup"}`, 201, nil, func(o *Options) { o.DuplicateNames = On }),
	})
}

func TestAConferenceMayKeepItsOwnNameAndNumbers(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	conf := c.conference(ConferenceSpec{Name: "Standup", Numbers: []string{"7001"}})
	c.conference(ConferenceSpec{Name: "Retro", Numbers: []string{"7002"}})
	c.want(c.do("POST", "/conferences/"+conf, `{"data":{"name":"standup","conference_numbers":["7001"]}}`), 200)
	c.want(c.do("POST", "/conferences/"+conf, `{"data":{"name":"retro"}}`), 400)
	c.want(c.do("PATCH", "/conferences/"+conf, `{"data":{"conference_numbers":["7002"]}}`), 400)
	c.want(c.do("DELETE", "/conferences/"+conf, ""), 200)
	c.want(c.do("PUT", "/conferences", `{"data":{"name":"Standup","conference_numbers":["7001"]}}`), 201)
}

func TestKazooWritesItsDefaultsIntoTheDocument(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	a := c.want(c.do("PUT", "/conferences", `{"data":{"name":"x","member":{"pins":["1"]},"mine":{"k":[1]}}}`), 201)
	id, _ := a.data()["id"].(string)
	if len(id) != 32 || strings.Trim(id, "0123456789abcdef") != "" {
		t.Errorf("id %q is not 32 hex digits", id)
	}
	if want := "/v2" + c.account("/conferences/"+id); a.header.Get("Location") != want {
		t.Errorf("Location %q, want %q", a.header.Get("Location"), want)
	}
	want := document{
		"id": id, "name": "x", "conference_numbers": []any{}, "play_name": false, "allow_shareable_link": false,
		"member":    document{"pins": []any{"1"}, "numbers": []any{}, "join_muted": true, "join_deaf": false},
		"moderator": document{"pins": []any{}, "numbers": []any{}, "join_muted": false, "join_deaf": false},
		"mine":      document{"k": []any{1.0}},
	}
	if diff := cmp.Diff(want, a.data()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUpdates(t *testing.T) {
	t.Parallel()
	spec := ConferenceSpec{MemberPINs: []string{"1"}, Extra: map[string]any{"mine": map[string]any{"a": 1, "b": 2}}}
	replaces := Options{UpdateReplaces: On}
	merges := kazoo(func(o *Options) { o.UpdateReplaces = Off })
	runRows(t, []row{
		{
			name: "seed: POST merges", spec: spec, method: "POST", path: "/conferences/{c}", body: `{"data":{"max_members":3}}`, status: 200,
			want: map[string]any{"data/name": "Standup", "data/member_pins/0": "1", "data/max_members": 3.0, "data/mine/a": 1.0},
		},
		{
			name: "seed: POST replaces an object whole", spec: spec, method: "POST", path: "/conferences/{c}", body: `{"data":{"mine":{"c":3}}}`, status: 200,
			want: map[string]any{"data/mine/a": nil, "data/mine/c": 3.0},
		},
		{
			name: "seed: an empty list clears the PINs", spec: spec, method: "POST", path: "/conferences/{c}", body: `{"data":{"member_pins":[]}}`, status: 200,
			want: map[string]any{"data/member_pins/0": nil},
		},
		{
			name: "seed: PATCH merges deeply", spec: spec, method: "PATCH", path: "/conferences/{c}", body: `{"data":{"mine":{"a":null,"c":3}}}`, status: 200,
			want: map[string]any{"data/mine/a": nil, "data/mine/b": 2.0, "data/mine/c": 3.0},
		},
		{
			name: "seed, replacing: what is left out is gone", o: replaces, spec: spec, method: "POST", path: "/conferences/{c}", body: `{"data":{"name":"New"}}`, status: 200,
			want: map[string]any{"data/name": "New", "data/member_pins/0": nil, "data/mine": nil},
		},
		{
			name: "kazoo: POST replaces, and wipes the PINs that it does not hold", o: kazoo(), spec: spec, method: "POST", path: "/conferences/{c}",
			body: `{"data":{"name":"New"}}`, status: 200,
			want: map[string]any{"data/name": "New", "data/member/pins/0": nil, "data/member/join_muted": true, "data/mine": nil},
		},
		{
			name: "kazoo, merging", o: merges, spec: spec, method: "POST", path: "/conferences/{c}", body: `{"data":{"name":"New"}}`, status: 200,
			want: map[string]any{"data/name": "New", "data/member/pins/0": "1"},
		},
		{
			name: "kazoo: PATCH merges", o: kazoo(), spec: spec, method: "PATCH", path: "/conferences/{c}", body: `{"data":{"member":{"join_muted":null}}}`, status: 200,
			want: map[string]any{"data/name": "Standup", "data/member/pins/0": "1", "data/member/join_muted": true},
		},
		{
			name: "the id and private keys are not for writing", method: "POST", path: "/conferences/{c}",
			body: `{"data":{"id":"mine","_read_only":{"members":9},"pvt_owner":"x"}}`, status: 200,
			want: map[string]any{"data/_read_only": nil, "data/pvt_owner": nil},
		},
		{name: "seed: a bad change is refused", method: "POST", path: "/conferences/{c}", body: `{"data":{"max_members":-1}}`, status: 400},
		{name: "seed: null for the name", method: "PATCH", path: "/conferences/{c}", body: `{"data":{"name":null}}`, status: 400},
		{name: "kazoo: a replacement without a name", o: kazoo(), method: "POST", path: "/conferences/{c}", body: `{"data":{}}`, status: 400},
		{
			name: "extras dropped, when switched off", o: Options{KeepExtras: Off}, method: "POST", path: "/conferences/{c}",
			body: `{"data":{"mine":1,"max_members":4}}`, status: 200, want: map[string]any{"data/mine": nil, "data/max_members": 4.0},
		},
	})
}

func TestUnknownConferences(t *testing.T) {
	t.Parallel()
	never := kazoo(func(o *Options) { o.AdHoc = Off })
	always := Options{AdHoc: On}
	notFound := map[string]any{"message": "not_found", "data/message": "resource not found", "data/cause": "nope"}
	badID := map[string]any{"message": "bad_identifier", "data/cause": "nope"}
	adHoc := map[string]any{"data/id": "nope", "data/name": nil, "status": "success"}
	runRows(t, []row{
		{name: "seed: get", method: "GET", path: "/conferences/nope", status: 404, want: notFound},
		{name: "seed: update", method: "POST", path: "/conferences/nope", body: `{"data":{"name":"x"}}`, status: 404, want: notFound},
		{name: "seed: delete", method: "DELETE", path: "/conferences/nope", status: 404, want: notFound},
		{name: "seed: participants", method: "GET", path: "/conferences/nope/participants", status: 404, want: notFound},
		{name: "seed, switched on: get", o: always, method: "GET", path: "/conferences/nope", status: 200, want: adHoc},
		{name: "kazoo: get makes one up", o: kazoo(), method: "GET", path: "/conferences/nope", status: 200, want: adHoc},
		{name: "kazoo: update", o: kazoo(), method: "POST", path: "/conferences/nope", body: `{"data":{"name":"x"}}`, status: 404, want: badID},
		{name: "kazoo: patch", o: kazoo(), method: "PATCH", path: "/conferences/nope", body: `{"data":{"name":"x"}}`, status: 404, want: badID},
		{name: "kazoo: delete", o: kazoo(), method: "DELETE", path: "/conferences/nope", status: 404, want: badID},
		{name: "kazoo: participants", o: kazoo(), method: "GET", path: "/conferences/nope/participants", status: 200, want: map[string]any{"data/0": nil, "status": "success"}},
		{name: "kazoo, switched off: get", o: never, method: "GET", path: "/conferences/nope", status: 404, want: badID},
		{name: "an id that needs escaping", method: "GET", path: "/conferences/a%2Fb", status: 404, want: map[string]any{"data/cause": "a/b"}},
	})
}

func TestDeleting(t *testing.T) {
	t.Parallel()
	status := func(n int) func(*Options) { return func(o *Options) { o.DeleteStatus = n } }
	with200 := Options{DeleteStatus: 200}
	runRows(t, []row{
		{name: "seed: 204 without a body", method: "DELETE", path: "/conferences/{c}", status: 204},
		{name: "seed, switched: 200 with the document", o: with200, method: "DELETE", path: "/conferences/{c}", status: 200, want: map[string]any{"data/name": "Standup"}},
		{name: "kazoo: 200 with the document", o: kazoo(), method: "DELETE", path: "/conferences/{c}", status: 200, want: map[string]any{"data/name": "Standup", "data/_read_only/deleted": true}},
		{name: "kazoo, switched: 204", o: kazoo(status(204)), method: "DELETE", path: "/conferences/{c}", status: 204},
	})
}

func TestDeletingLeavesTheRunUnlessSwitched(t *testing.T) {
	t.Parallel()
	for ends, want := range map[Switch]CallState{ByDialect: OnLine, On: Ended} {
		c := startServer(t, Options{DeleteEndsRun: ends})
		conf := c.conference(ConferenceSpec{})
		c.caller(conf, CallerSpec{Name: "Alice"})
		c.want(c.do("DELETE", "/conferences/"+conf, ""), 204)
		if got := c.s.Callers()[0].State; got != want {
			t.Errorf("delete_ends_run %q: the phone is %s, want %s", ends, got, want)
		}
		c.want(c.do("GET", "/conferences/"+conf+"/participants", ""), 404)
	}
}

func TestStockKazooEchoesFlatPINsThatProtectNothing(t *testing.T) {
	t.Parallel()
	c := startServer(t, kazoo())
	a := c.want(c.do("PUT", "/conferences", `{"data":{"name":"Ops","member_pins":["4821"],"moderator_pins":["907755"],"max_members":1}}`), 201)
	if got := lookUp(a.data(), "member_pins/0"); got != "4821" {
		t.Errorf("echoed %v", got)
	}
	id, _ := a.data()["id"].(string)
	for range 2 {
		if in := c.s.Dial(Call{Conference: id, PIN: "0"}); in.State != OnLine {
			t.Errorf("kept out: %+v", in)
		}
	}
	truth := c.s.State().Conferences[0]
	if !truth.Truth.Open || truth.Warning == "" || truth.Truth.MaxMembers != 0 {
		t.Errorf("the truth is not told: %+v", truth)
	}
}
