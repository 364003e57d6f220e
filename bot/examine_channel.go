package bot

import (
	"context"
	"time"

	"github.com/slack-go/slack"
)

// ExamineChannel asks whether messages can be posted in a channel. It posts
// nothing.
//
// Source: https://docs.slack.dev/reference/methods/conversations.info
func ExamineChannel(ctx context.Context, o Options, channel string) Report {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	if o.HTTP == nil {
		o.HTTP = newHTTPClient()
	}
	if o.APIURL == "" {
		o.APIURL = slack.APIURL
	}
	r := Report{What: "channel " + channel}
	c, err := slack.New(o.BotToken, slack.OptionHTTPClient(o.HTTP), slack.OptionAPIURL(o.APIURL)).
		GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel})
	switch code := slackCode(err); {
	case code == "channel_not_found":
		r.Said = "does not exist, or is private and the app is not in it. Type /invite @confbot there."
	case err != nil:
		r.Said = "conversations.info says " + sayCode(err)
	case c.IsArchived:
		r.Said = "#" + c.Name + " is archived. Choose another."
	case c.IsPrivate && !c.IsMember:
		r.Said = "the app is not in #" + c.Name + ". Type /invite @confbot there."
	default:
		r.Fine, r.Said = true, "#"+c.Name
	}
	return r
}
