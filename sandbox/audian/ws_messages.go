package audian

import (
	"slices"
	"strings"
)

// message is what a client sends. Audian's page shows everything at the top
// level; Kazoo reads account and bindings from data.
type message struct {
	action, token, account string
	id                     any
	bindings               []string
}

func bearer(authorization string) string { return strings.TrimPrefix(authorization, "Bearer ") }

func readMessage(o *Options, body document) message {
	data, _ := body["data"].(document)
	m := message{action: textAt(body, "action"), token: textAt(body, "auth_token"), id: body["request_id"]}
	places := []document{data}
	if !o.kazoo() {
		places = []document{data, body}
	}
	for _, d := range places {
		if m.account == "" {
			m.account = textAt(d, "account_id")
		}
		if len(m.bindings) > 0 {
			continue
		}
		m.bindings = textsAt(d, "bindings")
		if one := textAt(d, "binding"); one != "" {
			m.bindings = []string{one} // one wins over many
		}
	}
	return m
}

// handle answers one message.
func (ws *socket) handle(raw []byte) document {
	o := ws.s.options()
	body, err := decodeBody(raw)
	if err != nil {
		return refusal(nil, "invalid JSON")
	}
	m := readMessage(&o, body)
	if o.RateBucket && !ws.limit.AllowN(ws.s.now(), 1) {
		return refusal(m.id, "rate limiting threshold hit for "+m.action)
	}
	if why := ws.authenticate(m); why != "" {
		return refusal(m.id, why)
	}
	switch m.action {
	case "ping":
		return success(m.id, document{"response": "pong"})
	case "subscribe":
		return ws.subscribe(&o, m)
	case "unsubscribe":
		return ws.unsubscribe(m)
	default:
		return refusal(m.id, "unknown action "+m.action)
	}
}

// authenticate wants a good token in the first message, and looks at any that
// comes later. Like Kazoo it puts a bad token into the error.
func (ws *socket) authenticate(m message) (refused string) {
	switch {
	case m.token == "" && !ws.authenticated:
		return "authentication token required"
	case m.token == "":
		return ""
	case !ws.s.tokens.valid(m.token):
		return "failed to authenticate token " + m.token
	}
	ws.authenticated = true
	return ""
}

func (ws *socket) subscribe(o *Options, m message) document {
	if len(m.bindings) == 0 {
		return refusal(m.id, "empty subscription")
	}
	if m.account != ws.s.AccountID() {
		return refusal(m.id, "unauthorized account id")
	}
	var fresh []binding
	var wrong []string
	for _, key := range m.bindings {
		b, why := o.readBinding(key)
		if why != "" {
			wrong = append(wrong, why)
			continue
		}
		fresh = append(fresh, b)
	}
	if len(wrong) > 0 {
		return refusal(m.id, wrong...)
	}
	ws.bindings = append(ws.bindings, fresh...)
	return success(m.id, document{"subscribed": keys(fresh), "subscriptions": keys(ws.bindings)})
}

// unsubscribe drops the bindings that are named, or all.
func (ws *socket) unsubscribe(m message) document {
	gone := func(b binding) bool { return len(m.bindings) == 0 || slices.Contains(m.bindings, b.key) }
	var dropped []binding
	for _, b := range ws.bindings {
		if gone(b) {
			dropped = append(dropped, b)
		}
	}
	ws.bindings = slices.DeleteFunc(ws.bindings, gone)
	return success(m.id, document{"unsubscribed": keys(dropped), "subscriptions": keys(ws.bindings)})
}

func keys(bindings []binding) []string {
	out := make([]string, len(bindings))
	for i, b := range bindings {
		out[i] = b.key
	}
	return out
}

func success(id any, data document) document {
	return document{"action": "reply", "request_id": id, "status": "success", "data": data}
}

func refusal(id any, why ...string) document {
	return document{"action": "reply", "request_id": id, "status": "error", "data": document{"errors": why}}
}
