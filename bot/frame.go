package bot

import (
	"encoding/json"
	"errors"
)

// frame is one message that Slack sends over a connection.
// Source: https://docs.slack.dev/apis/events-api/using-socket-mode
type frame struct {
	Type       string          `json:"type"`
	EnvelopeID string          `json:"envelope_id"`
	Payload    json.RawMessage `json:"payload"`
	Reason     string          `json:"reason"` // of a disconnect
}

// Why Slack says that a connection will go away.
const (
	reasonWarning      = "warning"             // in about ten seconds
	reasonRefresh      = "refresh_requested"   // now
	reasonLinkDisabled = "link_disabled"       // Socket Mode is switched off for this app
	reasonTooMany      = "too_many_websockets" // more than ten connections
)

// hello is the first frame on a connection.
type hello struct {
	NumConnections int `json:"num_connections"`
	DebugInfo      struct {
		Host     string `json:"host"`
		Lifetime int    `json:"approximate_connection_time"` // seconds
	} `json:"debug_info"`
	ConnectionInfo struct {
		AppID string `json:"app_id"`
	} `json:"connection_info"`
}

// ackFrame is what an envelope is acknowledged with.
type ackFrame struct {
	EnvelopeID string `json:"envelope_id"`
	Payload    any    `json:"payload,omitempty"`
}

// unmarshal decodes JSON and takes a field of an unexpected type for a
// missing one: Slack sends some as a boolean here and a string there.
func unmarshal(data []byte, v any) error {
	err := json.Unmarshal(data, v)
	if _, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return nil
	}
	return err
}
