package bot

import (
	"errors"
	"fmt"
	"strings"

	"confbot/commands"
)

// errMalformed is a payload without what it must hold.
var errMalformed = errors.New("malformed payload")

// decode reads an envelope. Types that nobody asked for come back as
// kindIgnored. Together with an error it returns what could be read, so that
// the person may be told.
func decode(f frame, botUser string) (arrival, error) {
	switch f.Type {
	case "slash_commands":
		return decodeCommand(f.Payload)
	case "interactive":
		return decodeInteractive(f.Payload)
	case "events_api":
		return decodeEvent(f.Payload, botUser)
	}
	return arrival{kind: kindIgnored, name: f.Type}, nil
}

// decodeCommand reads a slash command.
// Source: https://docs.slack.dev/interactivity/implementing-slash-commands
func decodeCommand(payload []byte) (arrival, error) {
	var p struct {
		Team     string `json:"team_id"`
		Channel  string `json:"channel_id"`
		Name     string `json:"channel_name"`
		User     string `json:"user_id"`
		Command  string `json:"command"`
		Text     string `json:"text"`
		Response string `json:"response_url"`
		Trigger  string `json:"trigger_id"`
	}
	err := unmarshal(payload, &p)
	a := arrival{kind: kindCommand, name: p.Command, responseURL: p.Response, trigger: p.Trigger}
	a.key = markOf(p.Trigger, p.Command, p.Text, p.User, p.Channel, p.Response)
	a.request.Text = p.Text
	if p.Name != "privategroup" && p.Name != "directmessage" { // what Slack may call them all
		a.channelName = p.Name
	}
	a.setOrigin(commands.Origin{Team: p.Team, User: p.User, Channel: p.Channel})
	if err != nil {
		return a, fmt.Errorf("%w: %w", errMalformed, err)
	}
	if p.User == "" || p.Command == "" {
		return a, fmt.Errorf("%w: a command without a person or a name", errMalformed)
	}
	return a, nil
}

// decodeEvent reads an Events API delivery. Only a mention, the opening of the
// Home tab and what becomes of a channel mean anything here.
// Source: https://docs.slack.dev/apis/events-api
func decodeEvent(payload []byte, botUser string) (arrival, error) {
	var p struct {
		Team  string `json:"team_id"`
		ID    string `json:"event_id"`
		Event struct {
			Type    string `json:"type"`
			User    string `json:"user"`
			BotID   string `json:"bot_id"`
			Channel string `json:"channel"`
			Tab     string `json:"tab"`
			Text    string `json:"text"`
			TS      string `json:"ts"`
			Thread  string `json:"thread_ts"`
		} `json:"event"`
	}
	err := unmarshal(payload, &p)
	e := p.Event
	a := arrival{kind: kindIgnored, name: e.Type, key: p.ID}
	origin := commands.Origin{Team: p.Team, User: e.User}
	if err != nil {
		return a, fmt.Errorf("%w: %w", errMalformed, err)
	}
	switch {
	case e.Type == "app_home_opened" && e.Tab != "messages":
		a.kind, a.inHome = kindHome, true
	case e.Type == "app_mention" && e.BotID == "" && e.User != botUser:
		a.kind, a.name = kindMention, "@confbot"
		a.request.Mention, a.request.Text = true, afterMention(e.Text, botUser)
		origin.Channel, origin.ThreadTS = e.Channel, e.Thread
	case channelEvents[e.Type] != "":
		a.kind, origin.Channel = kindChannel, e.Channel
		a.setOrigin(origin)
		return a, nil
	default:
		return a, nil
	}
	a.setOrigin(origin)
	if e.User == "" {
		return a, fmt.Errorf("%w: %s without a person", errMalformed, e.Type)
	}
	return a, nil
}

// afterMention returns what was written after the first mention of user, or
// of anybody if it is not known who we are.
func afterMention(text, user string) string {
	_, after, found := strings.Cut(text, "<@"+user)
	if !found {
		return strings.TrimSpace(text)
	}
	_, after, _ = strings.Cut(after, ">")
	return strings.TrimSpace(after)
}
