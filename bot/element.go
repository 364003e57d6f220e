package bot

import (
	"encoding/json"
	"strings"

	"confbot/commands"
)

// action is a pressed element, or an input with what it holds. Each type of
// element uses its own few of these fields.
// Source: https://docs.slack.dev/reference/block-kit/block-elements
type action struct {
	Type     string `json:"type"`
	ActionID string `json:"action_id"`
	BlockID  string `json:"block_id"`
	ActionTS string `json:"action_ts"`

	Text          labelText    `json:"text"` // on the button
	Value         string       `json:"value"`
	Option        *option      `json:"selected_option"`
	User          string       `json:"selected_user"`
	Conversation  string       `json:"selected_conversation"`
	Channel       string       `json:"selected_channel"`
	Date          string       `json:"selected_date"`
	Time          string       `json:"selected_time"`
	DateTime      json.Number  `json:"selected_date_time"` // Unix seconds
	Options       []option     `json:"selected_options"`
	Users         []string     `json:"selected_users"`
	Conversations []string     `json:"selected_conversations"`
	Channels      []string     `json:"selected_channels"`
	RichText      *richElement `json:"rich_text_value"`
}

type option struct {
	Text  labelText `json:"text"`
	Value string    `json:"value"`
}

type labelText struct {
	Text string `json:"text"`
}

// label is what the person pressed or chose.
func (a action) label() string {
	if a.Option != nil {
		return a.Option.Text.Text
	}
	return a.Text.Text
}

// field reads the content, whatever the element: one value, several, or both
// empty when nothing is chosen.
func (a action) field() commands.Field {
	f := commands.Field{Value: first(a.Value, a.User, a.Conversation, a.Channel, a.Date, a.Time, a.DateTime.String())}
	if a.Option != nil {
		f.Value = a.Option.Value
	}
	if a.RichText != nil {
		f.Value = strings.TrimSpace(a.RichText.text(0))
	}
	for _, o := range a.Options {
		f.Values = append(f.Values, o.Value)
	}
	for _, chosen := range [][]string{a.Users, a.Conversations, a.Channels} {
		f.Values = append(f.Values, chosen...)
	}
	return f
}

// richElement is a piece of rich text.
type richElement struct {
	Type     string        `json:"type"`
	Text     string        `json:"text"`
	URL      string        `json:"url"`
	Elements []richElement `json:"elements"`
}

// maxDepth is deeper than rich text nests.
const maxDepth = 8

// text returns the words of rich text, a line for each section.
func (e richElement) text(depth int) string {
	if depth > maxDepth {
		return ""
	}
	words := first(e.Text, e.URL)
	for _, inner := range e.Elements {
		words += inner.text(depth + 1)
	}
	if e.Type == "rich_text_section" || e.Type == "rich_text_preformatted" || e.Type == "rich_text_quote" {
		words += "\n"
	}
	return words
}
