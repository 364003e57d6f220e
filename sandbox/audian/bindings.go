package audian

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// binding is one subscription.
type binding struct {
	key        string // as the client wrote it
	event      string // or *
	conference string
	call       string // or *
	four       bool   // in the form of Kazoo 4
	quiet      bool   // lawful, and the sandbox has nothing to tell
}

func eventNames() []string {
	return []string{
		"conference-create", "conference-destroy", "lock", "unlock", "add-member", "del-member", "start-talking",
		"stop-talking", "mute-member", "unmute-member", "deaf-member", "undeaf-member", "start-recording", "stop-recording",
	}
}

// readBinding reads a subscription key. Which of the two forms a Kazoo takes
// depends on its version; the seed dialect takes both.
func (o *Options) readBinding(key string) (b binding, refused string) {
	parts := strings.Split(key, ".")
	prefix := strings.Join(parts[:min(2, len(parts))], ".")
	b = binding{key: key}
	switch {
	case parts[0] == "call" || parts[0] == "presence" || prefix == "conference.command" && len(parts) == 3:
		b.quiet = true
		return b, ""
	case prefix == "conference.event" && len(parts) == 5 && (!o.kazoo() || o.kazoo5()):
		b.event, b.conference, b.call = parts[2], parts[3], parts[4]
	case prefix == "conference.event" && len(parts) == 4 && !o.kazoo5():
		b.event, b.conference, b.call, b.four = "*", parts[2], parts[3], true
	default:
		return b, "invalid format for conference subscription : " + key
	}
	if b.event != "*" && !slices.Contains(eventNames(), b.event) {
		return b, "Unsupported conference event " + b.event
	}
	if b.conference == "*" {
		return b, "unauthorized wildcard for conference id"
	}
	return b, ""
}

func (b binding) wants(e event) bool {
	call := ""
	if e.seat != nil {
		call = e.seat.callID
	}
	return !b.quiet && b.conference == e.run.conference &&
		(b.event == "*" || b.event == e.name) &&
		(b.call == "*" || b.call == encodeKey(call))
}

// encodeKey hides the dots of a call id, which separate the parts of a key.
func encodeKey(callID string) string { return strings.ReplaceAll(callID, ".", "%2E") }

// forward sends an event once for each subscription that wants it.
func (ws *socket) forward(e event) error {
	for _, b := range ws.bindings {
		if !b.wants(e) {
			continue
		}
		if err := ws.send(b.frame(ws.s.AccountID(), e)); err != nil {
			return err
		}
	}
	return nil
}

// frame is the event as it goes over the wire for one subscription.
func (b binding) frame(account string, e event) document {
	data := document{
		"event": e.name, "event_category": "conference", "event_name": "event",
		"conference_id": e.run.conference, "instance_id": e.run.id,
		"node": nodeName, "msg_id": randomHex(8),
	}
	call := "*"
	if e.seat != nil {
		call = encodeKey(e.seat.callID)
		maps.Copy(data, b.about(e.seat))
	}
	subscribed := fmt.Sprintf("conference.event.%s.%s.%s.%s", b.event, account, b.conference, b.call)
	routing := fmt.Sprintf("conference.event.%s.%s.%s.%s", e.name, account, b.conference, call)
	if b.four {
		subscribed = fmt.Sprintf("conference.event.%s.%s", b.conference, b.call)
		routing = fmt.Sprintf("conference.event.%s.%s", b.conference, call)
	}
	return document{
		"action": "event", "name": "event", "subscription_key": b.key,
		"subscribed_key": subscribed, "routing_key": routing, "data": data,
	}
}

// about is what an event tells of a participant; Kazoo 4 has the flags flat.
func (b binding) about(p *seat) document {
	data := document{
		"call_id": p.callID, "participant_id": p.number, "caller_id_name": p.callerName,
		"caller_id_number": p.callerNumber, "channel_presence_id": p.callerNumber + "@sandbox.invalid",
		"custom_channel_vars": document{},
	}
	flags := document{"is_moderator": p.moderator, "speak": !p.muted, "hear": !p.deaf, "talking": p.talking()}
	if b.four {
		data["event_name"] = "participant_event"
		maps.Copy(data, flags)
	} else {
		data["conference_channel_vars"] = flags
	}
	return data
}
