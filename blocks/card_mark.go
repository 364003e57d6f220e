package blocks

import "github.com/slack-go/slack"

// A card that went out without its PIN says so in its metadata, so that after
// a crash it is told from one that is complete.
const (
	PINMark       = "pin"
	PINMarkComing = "coming"
)

// metadata is what a card says to programs: ids only, for every app in the
// workspace can read it.
func (d CardData) metadata() *slack.SlackMetadata {
	payload := map[string]any{"conference": string(d.Conference.ID)}
	if d.PINComing {
		payload[PINMark] = PINMarkComing
	}
	return &slack.SlackMetadata{EventType: "confbot_card", EventPayload: payload}
}
