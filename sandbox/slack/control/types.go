package control

import "encoding/json"

// Workspace is GET /workspace: what does not depend on who looks.
type Workspace struct {
	Team       Team        `json:"team"`
	App        App         `json:"app"`
	Users      []User      `json:"users"`
	UserGroups []UserGroup `json:"usergroups"`
	Now        string      `json:"now"` // RFC 3339, the sandbox's clock
	TimeScale  float64     `json:"time_scale"`
}

// Team is the workspace itself.
type Team struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Domain string `json:"domain"`
}

// App is the installed app as its manifest describes it.
type App struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	BotUserID    string     `json:"bot_user_id"`
	BotID        string     `json:"bot_id"`
	BotName      string     `json:"bot_name"`
	Command      string     `json:"command"` // the first slash command, for a page that shows one hint
	Commands     []Command  `json:"commands"`
	Shortcuts    []Shortcut `json:"shortcuts"`
	HomeTab      bool       `json:"home_tab"`
	MessagesTab  bool       `json:"messages_tab"`
	MessagesOnly bool       `json:"messages_tab_read_only"`
	Scopes       []string   `json:"scopes"`
	Events       []string   `json:"events"`
}

// Command is a slash command of the manifest.
type Command struct {
	Command      string `json:"command"`
	Description  string `json:"description"`
	UsageHint    string `json:"usage_hint,omitempty"`
	ShouldEscape bool   `json:"should_escape,omitempty"`
}

// Shortcut is a global or message shortcut of the manifest.
type Shortcut struct {
	Name        string `json:"name"`
	Type        string `json:"type"` // global or message
	CallbackID  string `json:"callback_id"`
	Description string `json:"description"`
}

// User is a person (or the bot) as others see them.
type User struct {
	ID             string `json:"id"`
	Name           string `json:"name"`
	RealName       string `json:"real_name"`
	Role           string `json:"role"` // owner, admin, member, guest, external; bot for the app
	TZ             string `json:"tz"`
	TZLabel        string `json:"tz_label"`
	TZOffset       int    `json:"tz_offset"` // seconds east of UTC now
	Color          string `json:"color"`
	AvatarInitials string `json:"avatar_initials"`
	TeamID         string `json:"team_id"`
	Email          string `json:"email,omitempty"`
	Deactivated    bool   `json:"deactivated,omitempty"`
	IsBot          bool   `json:"is_bot,omitempty"`
}

// UserGroup is a mentionable group such as @moderators.
type UserGroup struct {
	ID     string   `json:"id"`
	Handle string   `json:"handle"`
	Name   string   `json:"name"`
	Users  []string `json:"users"`
}

// Channel is a conversation as one person sees it.
type Channel struct {
	ID         string `json:"id"`
	Name       string `json:"name"`
	Kind       string `json:"kind"` // public, private, im
	IsMember   bool   `json:"is_member"`
	BotMember  bool   `json:"bot_is_member"`
	Archived   bool   `json:"archived"`
	ReadOnly   bool   `json:"read_only"`
	Shared     bool   `json:"shared"`
	NumMembers int    `json:"num_members"`
	Unread     int    `json:"unread"`
	IMUser     string `json:"im_user,omitempty"`
}

// Message is one message as one person sees it.
type Message struct {
	Channel     string          `json:"channel"`
	TS          string          `json:"ts"`
	ThreadTS    string          `json:"thread_ts,omitempty"`
	User        string          `json:"user"`
	Bot         bool            `json:"bot"`
	Username    string          `json:"username,omitempty"`
	Subtype     string          `json:"subtype,omitempty"`
	Text        string          `json:"text"`
	Blocks      json.RawMessage `json:"blocks,omitempty"`
	Attachments json.RawMessage `json:"attachments,omitempty"`
	Metadata    json.RawMessage `json:"metadata,omitempty"`
	Files       json.RawMessage `json:"files,omitempty"`
	Edited      *Edited         `json:"edited,omitempty"`
	Ephemeral   bool            `json:"ephemeral"`
	OnlyFor     string          `json:"only_for,omitempty"`
	Replies     int             `json:"replies"`
	ReplyUsers  []string        `json:"reply_users,omitempty"`
	LatestReply string          `json:"latest_reply,omitempty"`
	Deleted     bool            `json:"deleted,omitempty"`
	Broadcast   bool            `json:"broadcast,omitempty"`
	Payload     json.RawMessage `json:"payload,omitempty"` // what the app sent, tokens left out
}

// Edited is Slack's mark of an edit.
type Edited struct {
	User string `json:"user"`
	TS   string `json:"ts"`
}

// View is a modal or an App Home in Slack's own shape.
type View struct {
	ID              string          `json:"id"`
	Type            string          `json:"type"`
	Hash            string          `json:"hash"`
	CallbackID      string          `json:"callback_id"`
	ExternalID      string          `json:"external_id"`
	PrivateMetadata string          `json:"private_metadata"`
	Title           *Text           `json:"title,omitempty"`
	Submit          *Text           `json:"submit,omitempty"`
	Close           *Text           `json:"close,omitempty"`
	Blocks          json.RawMessage `json:"blocks"`
	State           State           `json:"state"`
	RootViewID      string          `json:"root_view_id"`
	PreviousViewID  string          `json:"previous_view_id,omitempty"`
	NotifyOnClose   bool            `json:"notify_on_close"`
	ClearOnClose    bool            `json:"clear_on_close"`
}

// Text is a plain_text object.
type Text struct {
	Type  string `json:"type"`
	Text  string `json:"text"`
	Emoji bool   `json:"emoji"`
}

// State is what stands in the inputs, by block id and action id.
type State struct {
	Values Values `json:"values"`
}

// Values are input values by block id and action id, each in Slack's shape ({"value":…}, {"selected_option":{…}} …).
type Values map[string]map[string]json.RawMessage

// Notice is what Slack's own client tells a person outside any message: that a command failed, the warning triangle
// beside a button, a form that could not be sent.
type Notice struct {
	Seq        int64  `json:"seq"`
	At         string `json:"at"`
	User       string `json:"user"`
	Kind       string `json:"kind"` // operation_timeout, dispatch_failed, warning_triangle, trouble, refused
	Text       string `json:"text"`
	Command    string `json:"command,omitempty"`
	EnvelopeID string `json:"envelope_id,omitempty"`
	Channel    string `json:"channel,omitempty"`
	MessageTS  string `json:"message_ts,omitempty"`
	ViewID     string `json:"view_id,omitempty"`
	BlockID    string `json:"block_id,omitempty"`
	ActionID   string `json:"action_id,omitempty"`
}

// Screen is GET /view: everything that one person sees.
type Screen struct {
	User     string               `json:"user"`
	Seq      int64                `json:"seq"` // the newest change this picture contains
	Channels []Channel            `json:"channels"`
	Messages map[string][]Message `json:"messages"`
	Home     *View                `json:"home"`
	Views    []View               `json:"views"` // the open stack, top last
	Notices  []Notice             `json:"notices"`
}

// Change is one server-sent event.
type Change struct {
	Seq     int64    `json:"seq"`
	Kind    string   `json:"kind"` // message, message_deleted, view, home, channel, notice, socket, clock, read, user, reload
	User    string   `json:"user,omitempty"`
	Channel string   `json:"channel,omitempty"`
	TS      string   `json:"ts,omitempty"`
	Message *Message `json:"message,omitempty"`
	Views   []View   `json:"views,omitempty"`
	Home    *View    `json:"home,omitempty"`
	Notice  *Notice  `json:"notice,omitempty"`
}

// Container says where an element stands: in a message or in a view.
type Container struct {
	Channel   string `json:"channel,omitempty"`
	MessageTS string `json:"message_ts,omitempty"`
	ViewID    string `json:"view_id,omitempty"`
}
