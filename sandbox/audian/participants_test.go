package audian

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParticipantShapes(t *testing.T) {
	t.Parallel()
	seed := document{
		"participant_id": "part_1", "caller_id_number": "+15550100199", "caller_id_name": "Dana Cho",
		"muted": true, "deaf": false, "join_time": "2027-01-15T08:00:00Z",
	}
	flags := document{
		"is_moderator": true, "speak": false, "hear": true, "talking": false, "mute_detect": false, "floor": false,
		"video": false, "see": false, "energy_level": 20.0, "current_energy": 0.0, "member_id": 1.0,
	}
	inKazoo := func(more document) document {
		return merge(document{
			"participant_id": 1.0, "caller_id_number": "+15550100199", "caller_id_name": "Dana Cho",
			"join_time": 63967219200.0, "duration": 42.0, "switch_hostname": "media1.sandbox.invalid",
			"custom_channel_vars": document{"account_id": DefaultAccountID}, "custom_application_vars": document{},
		}, more)
	}
	asInt := merge(seed, document{"participant_id": 1.0})
	asString := merge(inKazoo(document{"conference_channel_vars": flags}), document{"participant_id": "1"})
	for _, tt := range []struct {
		name string
		o    Options
		want document
	}{
		{"seed", Options{}, seed},
		{"seed with integers", Options{ParticipantIDs: IntIDs}, asInt},
		{"Kazoo 5 has the flags one deeper", kazoo(), inKazoo(document{"conference_channel_vars": flags})},
		{"Kazoo 4 has them flat", kazoo(kazoo4), inKazoo(flags)},
		{"kazoo with strings", kazoo(func(o *Options) { o.ParticipantIDs = StringIDs }), asString},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.o.Now = frozen
			c := startServer(t, tt.o)
			conf := c.conference(ConferenceSpec{})
			c.caller(conf, CallerSpec{Name: "Dana Cho", Number: "+15550100199", Moderator: true, Muted: true})
			c.s.Advance(42 * time.Second)
			got := c.want(c.do("GET", "/conferences/"+conf+"/participants", ""), 200).first()
			random := cmpopts.IgnoreMapEntries(func(k string, _ any) bool {
				return k == "call_id" || k == "conference_name" || k == "conference_uuid"
			})
			if diff := cmp.Diff(tt.want, got, random); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if tt.o.Dialect == Kazoo && got["conference_name"] != conf {
				t.Errorf("conference_name = %v, want the id", got["conference_name"])
			}
		})
	}
}

func TestAnIdleConferenceHasAnEmptyList(t *testing.T) {
	t.Parallel()
	for _, d := range []Dialect{Seed, Kazoo} {
		c := startServer(t, Options{Dialect: d})
		a := c.want(c.do("GET", "/conferences/"+c.conference(ConferenceSpec{})+"/participants", ""), 200)
		if list, isList := a.body["data"].([]any); !isList || len(list) != 0 {
			t.Errorf("%s: %s", d, a.raw)
		}
	}
}

func TestParticipantNumbersAreUsedAgainInTheNextRun(t *testing.T) {
	t.Parallel()
	for _, o := range []Options{{}, kazoo()} {
		c := startServer(t, o)
		conf := c.conference(ConferenceSpec{})
		ids := func() []any {
			var out []any
			for _, p := range c.do("GET", "/conferences/"+conf+"/participants", "").list() {
				out = append(out, p.(document)["participant_id"])
			}
			return out
		}
		alice := c.caller(conf, CallerSpec{Name: "Alice"})
		c.caller(conf, CallerSpec{Name: "Bob"})
		first := ids()
		if err := c.s.HangUp(alice.ID); err != nil {
			t.Fatal(err)
		}
		c.caller(conf, CallerSpec{Name: "Alice"})
		if again := ids(); cmp.Equal(first[0], again[0]) || cmp.Equal(first[0], again[1]) {
			t.Errorf("within a run an id was used again: %v then %v", first, again)
		}
		c.s.EndRun(conf)
		c.caller(conf, CallerSpec{Name: "Cleo"})
		if next := ids(); !cmp.Equal(next, first[:1]) {
			t.Errorf("the next run begins with %v, want %v", next, first[:1])
		}
	}
}

func TestOneParticipantIsKazoosOnly(t *testing.T) {
	t.Parallel()
	joined := func(c *client, conf string) { c.caller(conf, CallerSpec{Name: "Alice"}) }
	runRows(t, []row{
		{name: "seed", before: joined, method: "GET", path: "/conferences/{c}/participants/part_1", status: 405},
		{name: "kazoo", o: kazoo(), before: joined, method: "GET", path: "/conferences/{c}/participants/1", status: 200, want: map[string]any{"data/caller_id_name": "Alice"}},
		{name: "kazoo, not there", o: kazoo(), method: "GET", path: "/conferences/{c}/participants/9", status: 200, want: map[string]any{"data/caller_id_name": nil, "status": "success"}},
	})
}

func TestKazooShowsWhatIsGoingOn(t *testing.T) {
	t.Parallel()
	two := func(c *client, conf string) {
		c.caller(conf, CallerSpec{Moderator: true})
		c.caller(conf, CallerSpec{})
		c.s.Advance(time.Minute)
	}
	five, four := kazoo(), kazoo(kazoo4)
	runRows(t, []row{
		{name: "idle, in a list", o: five, method: "GET", path: "/conferences", status: 200, want: map[string]any{
			"data/0/_read_only/members": 0.0, "data/0/_read_only/is_locked": false, "data/0/_read_only/duration": 0.0,
		}},
		{name: "idle, alone: Kazoo 5 in the envelope", o: five, method: "GET", path: "/conferences/{c}", status: 200, want: map[string]any{
			"metadata/members": 0.0, "metadata/participants/0": nil, "data/_read_only": nil,
		}},
		{name: "idle, alone: Kazoo 4 in the document", o: four, method: "GET", path: "/conferences/{c}", status: 200, want: map[string]any{
			"data/_read_only/members": 0.0, "metadata/members": nil,
		}},
		{name: "running, in a list: Kazoo 5", o: five, before: two, method: "GET", path: "/conferences", status: 200, want: map[string]any{
			"data/0/_read_only/members": 1.0, "data/0/_read_only/moderators": 1.0, "data/0/_read_only/participant_count": 2.0,
			"data/0/_read_only/locked": false, "data/0/_read_only/is_locked": nil, "data/0/_read_only/participants/0/participant_id": 1.0,
		}},
		{name: "running, in a list: Kazoo 4", o: four, before: two, method: "GET", path: "/conferences", status: 200, want: map[string]any{
			"data/0/_read_only/is_locked": false, "data/0/_read_only/locked": nil, "data/0/_read_only/run_time": 60.0,
		}},
		{name: "running, alone: Kazoo 5", o: five, before: two, method: "GET", path: "/conferences/{c}", status: 200, want: map[string]any{
			"metadata/members": 1.0, "metadata/run_time": 60.0, "metadata/participants/1/participant_id": 2.0,
		}},
		{name: "seed shows nothing of it", before: two, method: "GET", path: "/conferences/{c}", status: 200, want: map[string]any{
			"metadata": nil, "data/_read_only": nil,
		}},
	})
}

func TestNumbersToDialCanBeFound(t *testing.T) {
	t.Parallel()
	spec := ConferenceSpec{DialIn: []string{"+14155550177"}}
	runRows(t, []row{
		{name: "seed: callflows", spec: spec, method: "GET", path: "/callflows?filter_type=conference&paginate=false", status: 200, want: map[string]any{
			"data/0/name": mainConference, "data/0/numbers/0": DefaultDialIn, "data/0/flow/module": "conference",
			"data/1/numbers/0": "+14155550177",
		}},
		{name: "kazoo: the list has no flow", o: kazoo(), spec: spec, method: "GET", path: "/callflows", status: 200, want: map[string]any{"data/0/flow": nil}},
		{name: "kazoo: the callflow has", o: kazoo(), spec: ConferenceSpec{ID: "abc", DialIn: []string{"+1"}}, method: "GET", path: "/callflows/flow_abc", status: 200, want: map[string]any{"data/flow/data/id": "abc"}},
		{name: "other callflows", method: "GET", path: "/callflows?filter_type=user", status: 200, want: map[string]any{"data/0": nil}},
		{name: "no such callflow", method: "GET", path: "/callflows/nope", status: 404},
		{name: "seed: numbers", spec: spec, method: "GET", path: "/phone_numbers?paginate=false", status: 200, want: map[string]any{"data/+14155550177/state": "in_service"}},
		{name: "kazoo: numbers one deeper", o: kazoo(), spec: spec, method: "GET", path: "/phone_numbers", status: 200, want: map[string]any{"data/numbers/+14155550177/state": "in_service"}},
	})
}
