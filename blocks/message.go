package blocks

import "github.com/slack-go/slack"

// Message is what one Slack message shows.
type Message struct {
	Text     string               // the whole message in words, mrkdwn-escaped
	Blocks   []slack.Block        // what people who look at it see
	Metadata *slack.SlackMetadata // ids only: every app in the workspace can read it
	// Title is that of the form which shows it where the person looks at one;
	// "" for confbot's own name.
	Title string
	// Key is equal for two drawings that differ in nothing but the time of
	// reading, so that the second need not be sent. Empty: compare it all.
	Key string
	// Rows is how many callers have buttons in it: where Slack finds it too
	// long, half of them are drawn (PanelData.RowLimit). 0 where there are none.
	Rows int
}

// View is a form (modal) or the App Home tab.
type View struct {
	Kind       ViewKind
	CallbackID string // which form it is; registered in the command table
	ExternalID string
	Title      string // at most 24 characters
	Submit     string // "" for none
	Close      string
	Meta       string // private_metadata: ids only, at most 3,000 characters
	Follow     string // the conference it shows: redrawn while that changes; "" for none
	Blocks     []slack.Block
}

// ViewKind tells forms from the App Home tab.
type ViewKind int

const (
	Modal ViewKind = iota
	Home
)
