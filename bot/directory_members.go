package bot

import (
	"context"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"confbot/commands"
	"confbot/conference"
)

const (
	insideTTL   = time.Minute            // how long it is remembered who is in a channel, for counting
	memberPages = 20                     // of 1,000 members
	guestsWait  = 700 * time.Millisecond // a number that is nice to have
)

// inside is who is in a channel.
type inside struct {
	known   bool // Slack told
	all     bool // and told everybody
	members map[string]struct{}
}

// InChannel reports whether somebody is in a channel, which is asked anew each
// time: they may have joined or left. Where Slack does not tell, they are taken
// to be.
func (d *Directory) InChannel(ctx context.Context, channel, user string) (bool, error) {
	in, err := d.inside.within(ctx, channel, 0)
	if err != nil {
		return false, err
	}
	_, there := in.members[user]
	return there || !in.known || !in.all, nil
}

// GuestsIn counts a channel's guests; 0 where that takes long or Slack does
// not tell.
func (d *Directory) GuestsIn(ctx context.Context, channel string) int {
	ctx, cancel := context.WithTimeout(ctx, guestsWait)
	defer cancel()
	in, err := d.inside.get(ctx, channel)
	if err != nil || len(in.members) == 0 {
		return 0
	}
	people, err := d.people.get(ctx, "")
	if err != nil {
		return 0
	}
	n := 0
	for member := range in.members {
		if _, guest := people.guests[member]; guest {
			n++
		}
	}
	return n
}

// Source: https://docs.slack.dev/reference/methods/conversations.members
func (d *Directory) loadInside(ctx context.Context, channel string) (inside, error) {
	in := inside{known: true, members: map[string]struct{}{}}
	cursor := ""
	for range memberPages {
		var page []string
		err := d.web.read(ctx, "conversations.members", func(ctx context.Context) (err error) {
			page, cursor, err = d.web.api.GetUsersInConversationContext(ctx, &slack.GetUsersInConversationParameters{
				ChannelID: channel, Cursor: cursor, Limit: 1000,
			})
			return err
		})
		switch code := slackCode(err); {
		case code == "channel_not_found", code == "not_in_channel", code == "missing_scope", code == "method_not_supported_for_channel_type",
			unknownMethod(err):
			return inside{}, nil
		case err != nil:
			cause := fmt.Errorf("conversations.members: %w", withoutURL(err))
			return inside{}, &conference.Error{Kind: conference.Unavailable, Reason: conference.WhoUnknown, Cause: cause}
		}
		for _, user := range page {
			in.members[user] = struct{}{}
		}
		if cursor == "" {
			in.all = true
			break
		}
	}
	return in, nil
}

// people are those of the workspace who are more, or less, than members.
type people struct {
	admins []string
	guests map[string]struct{}
}

// note takes a page of people.
func (p *people) note(users []slack.User) {
	for _, u := range users {
		switch {
		case u.Deleted || u.IsBot:
		case u.IsAdmin || u.IsOwner || u.IsPrimaryOwner:
			p.admins = append(p.admins, u.ID)
		case u.IsRestricted || u.IsUltraRestricted:
			p.guests[u.ID] = struct{}{}
		}
	}
}

// open reports whether we can post in a channel. That we cannot may change at
// any moment: somebody invites us.
func open(c commands.Channel) bool { return (!c.Private || c.BotIn) && !c.Archived && !c.ReadOnly }
