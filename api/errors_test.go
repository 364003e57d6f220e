package api

import (
	"net/http"
	"testing"

	"confbot/conference"
)

func TestStatusesBecomeErrors(t *testing.T) {
	t.Parallel()
	get := call{verb: "conferences.get", method: http.MethodGet, about: aboutConference}
	list := call{verb: "conferences.list", method: http.MethodGet}
	create := call{verb: "conferences.create", method: http.MethodPut}
	mute := call{verb: "participants.mute", method: http.MethodPost, about: aboutParticipant}
	login := call{verb: "auth.login", method: http.MethodPut, login: true}

	denied := conference.Error{Kind: conference.Denied, Reason: conference.NotAllowed}
	refusedLogin := conference.Error{Kind: conference.Unavailable, Reason: conference.LoginRefused}
	unsupported := conference.Error{Kind: conference.Denied, Reason: conference.Unsupported}
	busy := conference.Error{Kind: conference.Unavailable, Reason: conference.Busy}
	silent := conference.Error{Kind: conference.Unavailable, Reason: conference.Silent}
	silentUnsure := conference.Error{Kind: conference.Unavailable, Reason: conference.Silent, Unsure: true}
	invalid := func(r conference.Reason, field string) conference.Error {
		return conference.Error{Kind: conference.Invalid, Reason: r, Field: field}
	}
	conflict := func(r conference.Reason, field string) conference.Error {
		return conference.Error{Kind: conference.Conflict, Reason: r, Field: field}
	}
	for _, tt := range []struct {
		name   string
		call   call
		status int
		body   string
		want   conference.Error
	}{
		{"unknown conference", get, 404, `{"status":"error","error":"404","message":"bad_identifier","data":{"message":"bad identifier","cause":"x"}}`, conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}},
		{"unknown participant", mute, 404, ``, conference.Error{Kind: conference.NotFound, Reason: conference.NoParticipant}},
		{"gone for good", get, 410, ``, conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}},
		{"no such address", list, 404, `<html>`, silent},
		{"token refused", get, 401, `{"status":"error"}`, refusedLogin},
		{"wrong account", get, 403, `{"data":{"message":"forbidden"}}`, denied},
		{"no credit", create, 402, `{}`, denied},
		{"account locked", create, 423, `{}`, denied},
		{"method", mute, 405, `{"message":"invalid_method"}`, unsupported},
		{"not built", mute, 501, `{"message":"not_implemented"}`, unsupported},
		{"too many", create, 429, `{"message":"too_many_requests"}`, busy},
		{"changed meanwhile", create, 409, `{"message":"datastore_conflict","data":{"message":"conflicting documents"}}`, conflict(conference.ChangedSince, "")},
		{"409 for a name", create, 409, `{"data":{"name":{"unique":{"message":"taken"}}}}`, conflict(conference.NameTaken, "name")},
		{"crash on a read", get, 500, `{}`, silent},
		{"crash on a write", create, 500, `{}`, silentUnsure},
		{"gateway on a write", mute, 504, `<html>`, silentUnsure},
		{"gateway on a read", list, 502, `<html>`, silent},
		{"redirect", create, 302, ``, silent},
		{"too big", create, 413, ``, invalid(conference.Refused, "")},
		{"teapot", create, 418, ``, silent},
		{"page under a success, read", get, 200, `<html>hello</html>`, silent},
		{"page under a success, write", create, 201, `<html>hello</html>`, silentUnsure},
		{"error under a success", get, 200, `{"status":"error","error":"404"}`, conference.Error{Kind: conference.NotFound, Reason: conference.NoConference}},
		{"error under a success, number", get, 200, `{"status":"error","error":403}`, denied},
		{"error under a success, object", get, 200, `{"status":"error","error":{"code":429,"message":"x"}}`, busy},
		{"error under a success, unnamed, write", create, 200, `{"status":"error"}`, silentUnsure},

		{"bad key, 400", login, 400, `{}`, refusedLogin},
		{"bad key, 401", login, 401, `{}`, refusedLogin},
		{"bad key, 403", login, 403, `{}`, refusedLogin},
		{"bad key, 404 with the key in it", login, 404, `{"data":["the-key"],"message":"bad identifier"}`, refusedLogin},
		{"login too often", login, 429, `{}`, busy},
		{"login crashed: nothing is unsure", login, 500, `{}`, silent},

		{"name missing, map", create, 400, `{"data":{"name":{"required":{"message":"Field is required but missing"}}}}`, invalid(conference.NameMissing, "name")},
		{"name empty", create, 400, `{"data":{"name":{"minLength":{"target":1}}}}`, invalid(conference.NameMissing, "name")},
		{"name too long", create, 400, `{"data":{"name":{"maxLength":{"target":128}}}}`, invalid(conference.NameTooLong, "name")},
		{"name taken", create, 400, `{"data":{"name":{"unique":{"message":"public conference needs a system-wide unique name","cause":"x"}}}}`, conflict(conference.NameTaken, "name")},
		{"numbers taken", create, 400, `{"data":{"numbers":{"unique":{"message":"Numbers already in use"}}}}`, conflict(conference.NumberTaken, "number")},
		{"number with letters", create, 400, `{"data":{"conference_numbers.0":{"pattern":{}}}}`, invalid(conference.NumberFormat, "number")},
		{"Kazoo PIN", create, 400, `{"data":{"member.pins.0":{"pattern":{"value":"12a4"}}}}`, invalid(conference.PINFormat, "pin")},
		{"Kazoo moderator PIN, nested", create, 400, `{"data":{"moderator":{"pins":{"0":{"pattern":{"value":"12a4"}}}}}}`, invalid(conference.PINFormat, "modpin")},
		{"page's PIN", create, 400, `{"data":{"member_pins.1":{"type":{}}}}`, invalid(conference.PINFormat, "pin")},
		{"PIN taken", create, 400, `{"data":{"moderator_pins":{"unique":{}}}}`, conflict(conference.PINTaken, "modpin")},
		{"limit, page", create, 422, `{"data":{"max_members":{"minimum":{"target":2}}}}`, invalid(conference.LimitRange, "max")},
		{"limit, Kazoo", create, 400, `{"data":{"max_participants":{"type":{}}}}`, invalid(conference.LimitRange, "max")},
		{"profile", create, 400, `{"data":{"profile":{"enum":{"target":["default"]}}}}`, invalid(conference.Refused, "profile")},
		{"tone", create, 400, `{"data":{"play_entry_tone":{"type":{}}}}`, invalid(conference.Refused, "entry")},
		{"several: the first of the form", create, 400, `{"data":{"profile":{"enum":{}},"member_pins.0":{"pattern":{}},"name":{"unique":{}}}}`, conflict(conference.NameTaken, "name")},
		{"a field that we do not know", create, 400, `{"data":{"bridge_password":{"minLength":{"value":"s3cret"}}}}`, invalid(conference.Refused, "")},
		{"no data", create, 400, `{"data":{"data":{"required":{}}},"message":"validation failed"}`, invalid(conference.Refused, "")},
		{"an action that is not offered", call{verb: "conferences.lock", method: http.MethodPut}, 400, `{"data":{"action":{"enum":{"target":["x"]}}}}`, unsupported},
		{"sentence in data", create, 400, `{"message":"bad_request","data":{"message":"field required: name"}}`, invalid(conference.NameMissing, "name")},
		{"sentence about a PIN", create, 400, `{"message":"bad_request","data":{"message":"member_pins must be digits"}}`, invalid(conference.PINFormat, "pin")},
		{"sentence at the top", create, 400, `{"message":"name already in use"}`, conflict(conference.NameTaken, "name")},
		{"flat shape", create, 400, `{"error":{"code":"invalid","message":"too long","param":"name","type":"x"}}`, invalid(conference.NameTooLong, "name")},
		{"nothing to read", create, 400, `<html>`, invalid(conference.Refused, "")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			wantError(t, explain(tt.call, readAnswer(tt.status, []byte(tt.body))), tt.want)
		})
	}
}

func TestEveryStatusOfAWriteIsEitherCertainOrUnsure(t *testing.T) {
	t.Parallel()
	for status := 200; status < 600; status++ {
		for _, body := range []string{"", "{}", "<html>"} {
			a := readAnswer(status, []byte(body))
			err := explain(call{verb: "x", method: http.MethodPost, about: aboutConference}, a)
			read := explain(call{verb: "x", method: http.MethodGet, about: aboutConference}, a)
			if conference.IsUnsure(read) {
				t.Errorf("%d %q: a read is unsure", status, body)
			}
			page := body == "<html>"
			carriedOut := status >= 500 && status != http.StatusNotImplemented || a.good() && page
			if conference.IsUnsure(err) != carriedOut {
				t.Errorf("%d %q: unsure %t", status, body, !carriedOut)
			}
			if (err == nil) != (a.good() && !page) {
				t.Errorf("%d %q: %v", status, body, err)
			}
			if err != nil && conference.KindOf(err) == conference.Internal {
				t.Errorf("%d %q: internal", status, body)
			}
		}
	}
}
