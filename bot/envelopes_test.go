package bot

import "encoding/json"

// Envelopes as Slack sends them, to be changed where a test needs it.

type obj = map[string]any

func slashEnvelope(id, text string) obj {
	return obj{"envelope_id": id, "type": "slash_commands", "accepts_response_payload": true, "payload": obj{
		"token": "x", "team_id": "T0CONF", "team_domain": "acme", "channel_id": "C0TEAM", "channel_name": "team",
		"user_id": "U0ANA", "user_name": "ana", "command": "/conf", "text": text, "api_app_id": "A0CONF",
		"is_enterprise_install": "false", "response_url": "http://slack.test/response/" + id, "trigger_id": "1.2." + id,
	}}
}

func interactiveEnvelope(id string, payload obj) obj {
	payload["team"], payload["api_app_id"] = obj{"id": "T0CONF", "domain": "acme"}, "A0CONF"
	payload["user"] = obj{"id": "U0ANA", "username": "ana", "team_id": "T0CONF"}
	if _, ok := payload["trigger_id"]; !ok {
		payload["trigger_id"] = "3.4." + id
	}
	return obj{"envelope_id": id, "type": "interactive", "accepts_response_payload": payload["type"] == "view_submission", "payload": payload}
}

// clickEnvelope is a press on a button in a message in a thread.
func clickEnvelope(id, action, thread string) obj {
	return interactiveEnvelope(id, obj{
		"type": "block_actions", "enterprise": nil, "is_enterprise_install": false,
		"container":    obj{"type": "message", "message_ts": "1700000000.000100", "channel_id": "C0TEAM", "is_ephemeral": false, "thread_ts": thread},
		"channel":      obj{"id": "C0TEAM", "name": "team"},
		"message":      obj{"type": "message", "ts": "1700000000.000100", "thread_ts": thread},
		"state":        obj{"values": obj{}},
		"response_url": "http://slack.test/response/" + id,
		"actions":      []any{obj{"type": "button", "action_id": action, "block_id": "row1", "value": "v1", "action_ts": "5." + id}},
	})
}

// viewEnvelope is something that happened in a form.
func viewEnvelope(id, kind string, view obj, more obj) obj {
	base := obj{
		"id": "V0FORM", "type": "modal", "root_view_id": "V0FORM", "hash": "h0", "callback_id": "form.create",
		"private_metadata": `{"v":1,"ch":"C0TEAM"}`, "state": obj{"values": obj{}},
	}
	for k, v := range view {
		base[k] = v
	}
	payload := obj{"type": kind, "view": base}
	for k, v := range more {
		payload[k] = v
	}
	return interactiveEnvelope(id, payload)
}

func eventEnvelope(id string, event obj) obj {
	return obj{
		"envelope_id": id, "type": "events_api", "accepts_response_payload": false, "retry_attempt": 0, "retry_reason": "",
		"payload": obj{"team_id": "T0CONF", "api_app_id": "A0CONF", "type": "event_callback", "event_id": "Ev" + id, "event": event},
	}
}

func asFrame(envelope obj) frame {
	raw, err := json.Marshal(envelope)
	if err != nil {
		panic(err)
	}
	var f frame
	if err := json.Unmarshal(raw, &f); err != nil {
		panic(err)
	}
	return f
}
