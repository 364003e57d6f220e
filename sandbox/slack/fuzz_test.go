package slack

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// A client may send anything; it gets an answer, and the sandbox goes on. A panic would leave the lock behind, and the
// last call of each round would hang.
func FuzzAnyBodyGetsAnAnswer(f *testing.F) {
	s, err := New(Options{NoRateLimits: true, Manifest: with("channels:history", "files:write", "bookmarks:write", "pins:write")})
	if err != nil {
		f.Fatal(err)
	}
	var methods []string
	for name := range s.methods {
		methods = append(methods, name)
	}
	slices.Sort(methods)
	routes := s.publicRoutes()
	call := func(method, body string) *httptest.ResponseRecorder {
		req := httptest.NewRequest(http.MethodPost, "/api/"+method, strings.NewReader(body))
		req.Header.Set("Authorization", "Bearer "+s.BotToken())
		req.Header.Set("Content-Type", "application/json; charset=utf-8")
		rec := httptest.NewRecorder()
		routes.ServeHTTP(rec, req)
		return rec
	}
	for i, body := range []string{
		`{"channel":"C0TEAM0001","text":"x","blocks":[{"type":"actions","elements":[{"type":"button","action_id":"a","text":{"type":"plain_text","text":"b"}}]}]}`,
		`{"channel":"C0TEAM0001","attachments":[null,1,{"blocks":[{"type":"section","accessory":null}]}],"metadata":[]}`,
		`{"view":{"type":"modal","title":null,"blocks":[{"type":"input","element":[]}]},"trigger_id":1,"user_id":{}}`,
		`{"view":"{\"type\":\"home\",\"blocks\":[{}]}","user_id":"U0ANA00001","hash":0}`,
		`{"files":[{"id":null}],"limit":-1,"cursor":"bmV4dDotMQ==","oldest":"-1.5","post_at":1e99,"users":[[]]}`,
	} {
		for m := range methods {
			f.Add(uint8(m+i), body)
		}
	}
	f.Fuzz(func(t *testing.T, which uint8, body string) {
		method := methods[int(which)%len(methods)]
		if rec := call(method, body); !strings.HasPrefix(rec.Body.String(), `{`) {
			t.Errorf("%s answered %q", method, rec.Body.String())
		}
		if rec := call("auth.test", "{}"); !strings.Contains(rec.Body.String(), `"ok":true`) {
			t.Errorf("after %s auth.test answered %s", method, rec.Body.String())
		}
	})
}
