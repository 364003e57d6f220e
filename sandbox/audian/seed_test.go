package audian

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSeedConferenceLivesFromCreateToDelete(t *testing.T) {
	t.Parallel()
	c := startServer(t, Options{})
	c.token = ""
	login := c.want(c.raw("PUT", "/api_auth", `{"data":{"api_key":"`+c.s.APIKey()+`"}}`), 201)
	c.token, _ = login.body["auth_token"].(string)
	if got := login.data()["account_id"]; got != c.s.AccountID() {
		t.Errorf("account_id = %v", got)
	}

	made := c.want(c.do("PUT", "/conferences", `{"data":{"name":"Ops","member_pins":["4821"],"moderator_pins":["907755"],"max_members":25,"profile":"default"}}`), 201)
	id, _ := made.data()["id"].(string)
	want := document{
		"id": id, "name": "Ops", "member_pins": []any{"4821"}, "moderator_pins": []any{"907755"},
		"max_members": 25.0, "profile": "default",
	}
	if diff := cmp.Diff(want, made.data()); diff != "" {
		t.Errorf("created (-want +got):\n%s", diff)
	}
	c.want(c.do("POST", "/conferences/"+id, `{"data":{"max_members":3}}`), 200)
	want["max_members"] = 3.0
	got := c.want(c.do("GET", "/conferences/"+id, ""), 200)
	if diff := cmp.Diff(want, got.data()); diff != "" {
		t.Errorf("after a merge (-want +got):\n%s", diff)
	}

	if in := c.s.Dial(Call{Conference: id, PIN: "1111"}); in.State != Refused || in.Reason != wrongPIN {
		t.Errorf("a wrong PIN: %+v", in)
	}
	alice := c.s.Dial(Call{Conference: id, PIN: "4821#", CallerNumber: "+15550100199", CallerName: "Alice"})
	if alice.State != OnLine || alice.Moderator {
		t.Fatalf("the member PIN: %+v", alice)
	}
	people := c.want(c.do("GET", "/conferences/"+id+"/participants", ""), 200)
	if got := people.first()["participant_id"]; got != "part_1" {
		t.Errorf("participant_id = %v", got)
	}
	c.want(c.do("POST", "/conferences/"+id+"/participants/part_1", `{"data":{"action":"mute"}}`), 200)
	if got := c.s.Callers()[1]; !got.Muted {
		t.Errorf("not muted: %+v", got)
	}
	c.want(c.do("DELETE", "/conferences/"+id+"/participants/part_1", ""), 200)
	if got := c.s.Callers()[1]; got.State != Kicked {
		t.Errorf("not kicked: %+v", got)
	}
	c.want(c.do("DELETE", "/conferences/"+id, ""), 204)
	c.want(c.do("GET", "/conferences/"+id, ""), 404)
}
