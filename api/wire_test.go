package api

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
)

func TestTimesComeInManyForms(t *testing.T) {
	t.Parallel()
	want := time.Date(2026, 3, 1, 9, 25, 7, 0, time.UTC)
	unix := want.Unix()
	for _, raw := range []string{
		`"2026-03-01T09:25:07Z"`, `"2026-03-01T10:25:07+01:00"`, `"2026-03-01T09:25:07.000Z"`, `"2026-03-01T09:25:07"`, `" 2026-03-01 09:25:07 "`,
		fmt.Sprint(unix), fmt.Sprintf("%q", fmt.Sprint(unix)), fmt.Sprint(unix * 1000), fmt.Sprintf("%d.0", unix),
		fmt.Sprint(unix + gregorian), fmt.Sprintf(`"%d"`, unix+gregorian),
	} {
		if got := asTime(json.RawMessage(raw)); !got.Equal(want) {
			t.Errorf("%s is read as %v", raw, got)
		}
	}
	for _, raw := range []string{``, `null`, `""`, `"soon"`, `0`, `-5`, `true`, `{}`, `1e300`, `"NaN"`, `"Inf"`} {
		if got := asTime(json.RawMessage(raw)); !got.IsZero() {
			t.Errorf("%s is read as %v", raw, got)
		}
	}
}

func TestScalarsComeAsAnyType(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`"part_7"`: "part_7", `7`: "7", `7.0`: "7", `12345678901234567890`: "12345678901234567890", `1e3`: "1000", `"  "`: "  ",
		`null`: "", `true`: "", `{}`: "", `[]`: "", ``: "", `1e999999999`: "1e999999999",
	} {
		if got := asText(json.RawMessage(raw)); got != want {
			t.Errorf("text of %s: %q, want %q", raw, got, want)
		}
	}
	for raw, want := range map[string]string{
		`true`: "yes", `false`: "no", `"true"`: "yes", `"False"`: "no", `"tone_stream://x"`: "yes", `""`: "no", `1`: "yes", `0`: "no", `"0"`: "no",
		`null`: "not said", ``: "not said", `{}`: "not said", `[]`: "not said",
	} {
		got := "not said"
		if b := asFlag(json.RawMessage(raw)); b != nil {
			got = map[bool]string{true: "yes", false: "no"}[*b]
		}
		if got != want {
			t.Errorf("flag of %s: %s, want %s", raw, got, want)
		}
	}
}

func TestConferencesAreReadInEitherSpelling(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	for _, tt := range []struct {
		name, doc, live string
		want            conference.Conference
	}{
		{
			"Audian's page", `{"id":"conf_1","name":" Board ","member_pins":["0042"],"moderator_pins":[907755],"max_members":"25","profile":"large","play_entry_tone":true,"play_exit_tone":false}`, ``,
			conference.Conference{ID: "conf_1", Name: "Board", MemberPINs: *pins("0042"), ModeratorPINs: *pins("907755"), MaxMembers: 25, Profile: "large", EntryTone: &yes, ExitTone: &no, PINProof: conference.Proven},
		},
		{
			"Kazoo", `{"id":"ab","name":"Board","member":{"pins":["0042"],"numbers":["70"]},"moderator":{"pins":[]},"max_participants":8,"profile":{"max-members":3},"profile_name":"page","play_entry_tone":"tone_stream://x","owner_id":"u1","_read_only":{"is_locked":true}}`, ``,
			conference.Conference{ID: "ab", Name: "Board", MemberPINs: *pins("0042"), MaxMembers: 8, Profile: "page", EntryTone: &yes, OwnerID: "u1", Numbers: []string{"70"}, Locked: &yes, PINProof: conference.Proven},
		},
		{
			"Kazoo with the page's PINs", `{"id":1,"name":"Board","member":{"pins":[],"join_muted":true},"member_pins":["0042"],"max_members":5}`, `{"locked":false}`,
			conference.Conference{ID: "1", Name: "Board", MemberPINs: *pins("0042"), MaxMembers: 5, Locked: &no, PINProof: conference.Unproven},
		},
		{
			"both, agreeing or not: the Kazoo's count", `{"id":"x","name":"B","member":{"pins":["1111"]},"member_pins":["2222"],"conference_numbers":["81", 82]}`, ``,
			conference.Conference{ID: "x", Name: "B", MemberPINs: *pins("1111"), Numbers: []string{"81", "82"}, PINProof: conference.Proven},
		},
		{"no PINs", `{"id":"x","name":"B","member_pins":[],"moderator_pins":null}`, ``, conference.Conference{ID: "x", Name: "B", PINProof: conference.Open}},
		{"one PIN as a string", `{"id":"x","name":"B","member_pins":"4821"}`, ``, conference.Conference{ID: "x", Name: "B", MemberPINs: *pins("4821"), PINProof: conference.Proven}},
		{
			"types gone wrong", `{"id":["x"],"name":7,"member_pins":{"a":1},"max_members":-3,"profile":[],"play_entry_tone":{},"member":"no","_read_only":[]}`, ``,
			conference.Conference{Name: "7", PINProof: conference.Open},
		},
	} {
		doc, _ := asObject(json.RawMessage(tt.doc))
		live, _ := asObject(json.RawMessage(tt.live))
		if diff := cmp.Diff(tt.want, newDocument(doc, live).conference(), cmp.AllowUnexported(conference.PIN{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestAListThatTellsNothingOfPINsProvesNothing(t *testing.T) {
	t.Parallel()
	for doc, want := range map[string]conference.Proof{
		`{"id":"x","name":"B"}`:                       conference.Unproven,
		`{"id":"x","name":"B","member_pins":[]}`:      conference.Open,
		`{"id":"x","name":"B","member":{"pins":[]}}`:  conference.Open,
		`{"id":"x","name":"B","member_pins":["123"]}`: conference.Proven,
	} {
		o, _ := asObject(json.RawMessage(doc))
		if got := newDocument(o, nil).listed(false).PINProof; got != want {
			t.Errorf("%s: %d, want %d", doc, got, want)
		}
	}
}

func TestPeopleAreReadInEveryShape(t *testing.T) {
	t.Parallel()
	joined := time.Date(2026, 3, 1, 9, 25, 7, 0, time.UTC)
	yes, no := true, false
	number := conference.NewNumber("+15550100199")
	for _, tt := range []struct {
		name, body string
		want       conference.Participant
	}{
		{
			"Audian's page", `{"participant_id":"part_1","caller_id_number":"+15550100199","caller_id_name":" Dana ","muted":true,"deaf":false,"join_time":"2026-03-01T09:25:07Z"}`,
			conference.Participant{ID: "part_1", Name: "Dana", Number: number, Muted: true, Joined: joined},
		},
		{
			"Kazoo 5", fmt.Sprintf(`{"participant_id":7,"caller_id_name":"Dana","caller_id_number":"+15550100199","join_time":%d,"conference_channel_vars":{"is_moderator":true,"speak":false,"hear":false,"talking":false,"mute_detect":true}}`, joined.Unix()+gregorian),
			conference.Participant{ID: "7", Name: "Dana", Number: number, Muted: true, Deaf: true, Joined: joined, Role: conference.RoleModerator, Talking: &no},
		},
		{
			"Kazoo 4, flat", fmt.Sprintf(`{"participant_id":7,"join_time":"%d","is_moderator":false,"speak":true,"hear":true,"talking":true}`, joined.Unix()+gregorian),
			conference.Participant{ID: "7", Joined: joined, Role: conference.RoleMember, Talking: &yes, Number: conference.NewNumber("")},
		},
		{
			"as the bus has it", fmt.Sprintf(`{"Participant-ID":7,"Caller-ID-Name":"Dana","Caller-ID-Number":"+15550100199","Join-Time":%d,"Conference-Channel-Vars":{"Speak":"false","Hear":"true"}}`, joined.Unix()+gregorian),
			conference.Participant{ID: "7", Name: "Dana", Number: number, Muted: true, Joined: joined},
		},
		{
			"a number that is a number", `{"participant_id":3,"caller_id_number":1007,"caller_id_name":55}`,
			conference.Participant{ID: "3", Name: "55", Number: conference.NewNumber("1007")},
		},
		{"muted beats speak", `{"participant_id":3,"muted":false,"speak":false}`, conference.Participant{ID: "3", Number: conference.NewNumber("")}},
	} {
		o, _ := asObject(json.RawMessage(tt.body))
		got, ok := participantOf(o)
		if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(conference.Number{})); diff != "" || !ok {
			t.Errorf("%s, ok %t (-want +got):\n%s", tt.name, ok, diff)
		}
	}
	if _, ok := participantOf(object{"muted": json.RawMessage("true")}); ok {
		t.Error("somebody without an id was read")
	}
}

func TestListsOfPeople(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		body  string
		count int // -1: an error
	}{
		{`{"data":[]}`, 0},
		{`{"data":{}}`, 0},
		{`{"data":null}`, 0},
		{`{"status":"success"}`, 0},
		{`[{"participant_id":1}]`, 1},
		{`{"data":[{"participant_id":1,"join_time":5},{"participant_id":1,"join_time":5},{"participant_id":1,"join_time":9}]}`, 2},
		{`{"data":[{"participant_id":1},null,7,{"x":1}]}`, 1},
		{`{"data":[{"x":1}]}`, -1},
		{`{"data":{"participants":3}}`, -1},
		{`{"data":{"participants":[{"participant_id":1}]}}`, 1},
		{`{"data":{"7":{"participant_id":7},"8":{"Participant-ID":8}}}`, 2},
		{`{"data":{"7":{"participant_id":7},"count":1}}`, -1},
		{`{"data":"ok"}`, -1},
		{`ok`, -1},
		{``, -1},
		{`<html>`, -1},
		{`"x"`, -1},
		{`{"data":[`, -1},
	} {
		c := onHandler(t, answering(200, tt.body))
		people, err := c.Participants(t.Context(), "c")
		if tt.count < 0 {
			if conference.ReasonOf(err) != conference.Silent {
				t.Errorf("%s: %v, %d people", tt.body, err, len(people))
			}
			continue
		}
		if err != nil || len(people) != tt.count {
			t.Errorf("%s: %v, %d people, want %d", tt.body, err, len(people), tt.count)
		}
	}
}

// FuzzDecode holds that nothing Audian sends can make us panic, show a PIN in
// an error, or take somebody without an id for a person.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		`{"data":[{"participant_id":7,"join_time":63940000000}],"status":"success"}`,
		`{"data":{"id":"x","name":"B","member":{"pins":["1"]}},"metadata":{"locked":true}}`,
		`{"status":"error","error":{"code":404},"data":{"name":{"unique":{"cause":"x"}}}}`,
		`{"data":[[[[[[{}]]]]]]}`, "\xef\xbb\xbf{}", `{"data":1e999999999}`, `[1,"\ud800"]`, `{"tokens":{"remaining":"3"}}`,
	} {
		f.Add(200, []byte(seed))
		f.Add(400, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		a := readAnswer(status, body)
		for _, write := range []string{"GET", "PUT"} {
			if err := explain(call{verb: "fuzz", method: write}, a); err != nil && conference.KindOf(err) == conference.Internal {
				t.Errorf("internal: %v", err)
			}
		}
		d := newDocument(a.object(), a.meta)
		c := d.conference()
		d.apply(conference.Settings{Name: new("x"), MemberPINs: pins("482133"), Profile: new("default"), MaxMembers: new(3), EntryTone: new(true)})
		if got := d.conference(); digits(got.MemberPINs) != "482133" || got.PINProof == conference.Open || got.MaxMembers != 3 {
			t.Errorf("what was applied is not read back: %+v from %+v", got, c)
		}
		if _, err := encode(d.outgoing()); err != nil {
			t.Errorf("cannot be sent back: %v", err)
		}
		items, _ := asList(a.data)
		for _, item := range items {
			o, _ := asObject(item)
			if p, ok := participantOf(o); ok && p.ID == "" {
				t.Error("somebody without an id")
			}
		}
	})
}
