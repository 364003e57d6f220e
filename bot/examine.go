package bot

import (
	"context"
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// Report is one thing that Examine looked at.
type Report struct {
	What string
	Fine bool
	Said string // what was found, or what to do
}

// Examine tries the two tokens without taking any of the work away from a bot
// that runs: it asks who the bot is and for a connection's address, but opens
// none. It changes nothing.
func Examine(ctx context.Context, o Options) []Report {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if o.HTTP == nil {
		o.HTTP = newHTTPClient()
	}
	if o.APIURL == "" {
		o.APIURL = slack.APIURL
	}
	api := slack.New(o.BotToken, slack.OptionAppLevelToken(o.AppToken), slack.OptionHTTPClient(o.HTTP), slack.OptionAPIURL(o.APIURL))
	var reports []Report
	who, err := api.AuthTestContext(ctx)
	if err != nil {
		reports = append(reports, Report{"Slack bot token", false, "auth.test says " + sayCode(err) + ". Check SLACK_BOT_TOKEN: OAuth & Permissions → Bot User OAuth Token."})
	} else {
		reports = append(reports, Report{"Slack bot token", true, "@" + who.User + " in " + who.Team})
	}
	_, _, err = api.StartSocketModeContext(ctx)
	if err != nil {
		return append(reports, Report{"Slack app token", false, "apps.connections.open says " + sayCode(err) +
			". Check SLACK_APP_TOKEN (scope connections:write) and that Socket Mode is on."})
	}
	reports = append(reports, Report{"Slack app token", true, "Socket Mode is on"})
	if app := appOf(o.AppToken); who != nil && app != "" {
		bot, err := api.GetBotInfoContext(ctx, slack.GetBotInfoParameters{Bot: who.BotID})
		if err == nil && bot.AppID != "" && !strings.EqualFold(bot.AppID, app) {
			reports = append(reports, Report{"Slack app", false, "the two tokens are of different apps: commands arrive at " + app + ", posts come from " + bot.AppID + ". Take both from one app."})
		}
	}
	return reports
}

// sayCode is Slack's own word for a failure, or that it did not answer.
func sayCode(err error) string {
	if code := slackCode(err); code != "" {
		return code
	}
	return "nothing that I understand (is the address right, is the network open?)"
}
