package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
)

// answer is what came back, as far as it could be read. The envelope is
// described at https://docs.audian.com/api-basics; every key but data is
// optional.
type answer struct {
	status int             // HTTP's, or the body's own where that one says error under a 200
	broken bool            // the body is there but is not JSON
	data   json.RawMessage // nil: there was none
	meta   object          // live state, where the account tells any
	next   string          // where the next page starts
	token  string          // only ever used by a login
	left   int             // what is left in the rate bucket; negative: not said
	body   object          // the whole envelope, for errors
}

// good reports a success. A 304 is Kazoo's "nothing to change".
func (a answer) good() bool {
	return a.status >= 200 && a.status < 300 || a.status == http.StatusNotModified
}

// object returns data as an object, empty if it is none.
func (a answer) object() object {
	o, _ := asObject(a.data)
	return o
}

// readAnswer reads a body. It never fails: what cannot be read is broken.
func readAnswer(status int, body []byte) answer {
	a := answer{status: status, left: -1}
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")))
	if len(body) == 0 {
		return a
	}
	if body[0] == '[' && json.Valid(body) { // bare, without an envelope
		a.data = body
		return a
	}
	if word := strings.ToLower(strings.Trim(string(body), `"`)); a.good() && (word == "ok" || word == "accepted" || word == "success") {
		a.data = json.RawMessage(`"ok"`) // bare too; a Kazoo says it within the envelope
		return a
	}
	o, ok := asObject(body)
	if !ok {
		a.broken = true
		return a
	}
	a.body = o
	a.data = o.first("data")
	a.meta = o.child("metadata")
	a.next = asText(o.first("next_start_key"))
	a.token = asText(o.first("auth_token"))
	if left, ok := asInt(o.child("tokens").first("remaining")); ok {
		a.left = int(left)
	}
	if a.good() && asText(o.first("status")) == "error" {
		a.status = errorStatus(o)
	}
	return a
}

// errorStatus is the status of an error that came under a success: the
// body's own, else that of a broken answer.
func errorStatus(o object) int {
	code := o.first("error")
	if e, ok := asObject(code); ok {
		code = e.first("code", "status")
	}
	if n, ok := asInt(code); ok && n >= 400 && n < 600 {
		return int(n)
	}
	return http.StatusBadGateway
}
