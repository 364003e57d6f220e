package control

import "encoding/json"

// Typed is POST /act/type.
type Typed struct {
	User     string `json:"user"`
	Channel  string `json:"channel"`
	ThreadTS string `json:"thread_ts,omitempty"`
	Text     string `json:"text"`
}

// Done answers an act. OK false with Error is what Slack's client would tell the person; misuse of the control API is a
// 4xx instead.
type Done struct {
	OK         bool   `json:"ok"`
	TS         string `json:"ts,omitempty"`
	EnvelopeID string `json:"envelope_id,omitempty"` // what a later notice refers to
	Error      string `json:"error,omitempty"`
}

// Click is POST /act/click. One of the value fields is set, as the element asks; a button needs none.
type Click struct {
	User      string    `json:"user"`
	Container Container `json:"container"`
	BlockID   string    `json:"block_id"`
	ActionID  string    `json:"action_id"`
	Choice
	State Values `json:"state,omitempty"` // what stands in the container's other inputs
	// Stale clicks what was drawn before the last edit, as a person does whose client has not caught up.
	Stale bool `json:"stale,omitempty"`
}

// Choice holds the value of an element; options may be the whole option or just its value as a string.
type Choice struct {
	Value                 *string           `json:"value,omitempty"`
	SelectedOption        json.RawMessage   `json:"selected_option,omitempty"`
	SelectedOptions       []json.RawMessage `json:"selected_options,omitempty"`
	SelectedDate          *string           `json:"selected_date,omitempty"`
	SelectedTime          *string           `json:"selected_time,omitempty"`
	SelectedDateTime      *int64            `json:"selected_date_time,omitempty"`
	SelectedUser          *string           `json:"selected_user,omitempty"`
	SelectedUsers         []string          `json:"selected_users,omitempty"`
	SelectedConversation  *string           `json:"selected_conversation,omitempty"`
	SelectedConversations []string          `json:"selected_conversations,omitempty"`
	SelectedChannel       *string           `json:"selected_channel,omitempty"`
	SelectedChannels      []string          `json:"selected_channels,omitempty"`
}

// Submission is POST /act/submit.
type Submission struct {
	User   string `json:"user"`
	ViewID string `json:"view_id"`
	Values Values `json:"values"`
}

// Submitted answers a submission once the app has acked, or Slack's client has refused by itself.
type Submitted struct {
	OK     bool              `json:"ok"`
	Errors map[string]string `json:"errors,omitempty"` // by block id
	View   *View             `json:"view,omitempty"`   // after response_action update or push
	Action string            `json:"response_action,omitempty"`
	Error  string            `json:"error,omitempty"` // "trouble": no or an invalid answer; the form stays
}

// Closing is POST /act/close; Clear is the ✕ in the corner, which closes the whole stack.
type Closing struct {
	User   string `json:"user"`
	ViewID string `json:"view_id"`
	Clear  bool   `json:"clear,omitempty"`
}

// Shortcutting is POST /act/shortcut; channel and message are for message shortcuts.
type Shortcutting struct {
	User       string `json:"user"`
	CallbackID string `json:"callback_id"`
	Channel    string `json:"channel,omitempty"`
	MessageTS  string `json:"message_ts,omitempty"`
}

// HomeOpening is POST /act/home.
type HomeOpening struct {
	User string `json:"user"`
	Tab  string `json:"tab"` // home or messages
}

// Suggesting is POST /act/suggest: what was typed into an external select.
type Suggesting struct {
	User      string    `json:"user"`
	Container Container `json:"container"`
	BlockID   string    `json:"block_id"`
	ActionID  string    `json:"action_id"`
	Value     string    `json:"value"`
}

// Suggestions answers it.
type Suggestions struct {
	OK           bool            `json:"ok"`
	Options      json.RawMessage `json:"options,omitempty"`
	OptionGroups json.RawMessage `json:"option_groups,omitempty"`
	Error        string          `json:"error,omitempty"`
}

// Reloading is POST /act/reload: the person's client starts anew and forgets private messages, notices and open forms.
type Reloading struct {
	User string `json:"user"`
}

// Membership is the body of /act/join, /act/leave, /act/invite, /act/kick and /act/read.
type Membership struct {
	User    string `json:"user"`
	Channel string `json:"channel"`
}

// UserChange is POST /users: an unknown id creates, otherwise the given fields change.
type UserChange struct {
	ID          string  `json:"id"`
	Name        *string `json:"name,omitempty"`
	RealName    *string `json:"real_name,omitempty"`
	Role        *string `json:"role,omitempty"`
	TZ          *string `json:"tz,omitempty"`
	Email       *string `json:"email,omitempty"`
	Phone       *string `json:"phone,omitempty"`
	TeamID      *string `json:"team_id,omitempty"`
	Deactivated *bool   `json:"deactivated,omitempty"`
}

// ChannelChange is POST /channels: an unknown id creates, otherwise the given fields change.
type ChannelChange struct {
	ID            string   `json:"id"`
	Name          *string  `json:"name,omitempty"`
	Kind          *string  `json:"kind,omitempty"`
	Archived      *bool    `json:"archived,omitempty"`
	ReadOnly      *bool    `json:"read_only,omitempty"`
	ThreadOnly    *bool    `json:"thread_only,omitempty"`
	NonThreadable *bool    `json:"non_threadable,omitempty"`
	Shared        *bool    `json:"shared,omitempty"`
	Deleted       *bool    `json:"deleted,omitempty"`
	NumMembers    *int     `json:"num_members,omitempty"`
	Members       []string `json:"members,omitempty"` // replaces the named members
}

// Fault is one rule of /faults. Method is a Web API method, "response_url", an envelope type ("slash_commands",
// "interactive", "events_api") or "*".
type Fault struct {
	ID     int64  `json:"id,omitempty"`
	Method string `json:"method"`
	// Kind: error, http500, http_html, rate_limited, reset (before any effect), reset_after (after it), delay,
	// delay_after for calls; ack_loss, duplicate, no_dispatch, delay for envelopes.
	Kind       string `json:"kind"`
	Error      string `json:"error,omitempty"`
	RetryAfter int    `json:"retry_after,omitempty"` // seconds
	DelayMS    int    `json:"delay_ms,omitempty"`
	Times      int    `json:"times,omitempty"`   // 0 = until deleted
	Percent    int    `json:"percent,omitempty"` // 0 = always
	Hits       int    `json:"hits,omitempty"`
}

// SocketOrder is POST /sockets. Action: warning, refresh_requested, link_disabled, link_enabled, close, ghost, too_many,
// drop. Socket empty means: every socket for link_disabled, else the oldest.
type SocketOrder struct {
	Action string `json:"action"`
	LeadMS *int   `json:"lead_ms,omitempty"`
	Socket string `json:"socket,omitempty"`
}

// Socket is one live connection of the app.
type Socket struct {
	ID           string `json:"id"`
	ConnectedAt  string `json:"connected_at"`
	Ghost        bool   `json:"ghost"`
	Closing      bool   `json:"closing"`
	NumDelivered int    `json:"num_delivered"`
	NumAcked     int    `json:"num_acked"`
}

// ClockOrder is POST /clock.
type ClockOrder struct {
	Scale     *float64 `json:"scale,omitempty"`
	AdvanceMS int64    `json:"advance_ms,omitempty"`
}

// ClockState answers it.
type ClockState struct {
	Now   string  `json:"now"`
	Scale float64 `json:"scale"`
}

// Record is one line of the request log.
type Record struct {
	Seq       int64           `json:"seq"`
	At        string          `json:"at"`
	Kind      string          `json:"kind"` // web_api, envelope, ack, response_url, socket, upload
	Method    string          `json:"method"`
	TokenKind string          `json:"token_kind,omitempty"`
	Status    int             `json:"status,omitempty"`
	OK        bool            `json:"ok"`
	Error     string          `json:"error,omitempty"`
	Request   json.RawMessage `json:"request,omitempty"`
	Response  json.RawMessage `json:"response,omitempty"`
	Verdict   string          `json:"verdict"`
	MS        float64         `json:"ms"` // time the sandbox took, or for acks the app
}
