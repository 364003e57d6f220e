package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/slack-go/slack"

	"confbot/commands"
	"confbot/conference"
)

// How long people and places are remembered.
const (
	memberTTL  = 10 * time.Minute
	channelTTL = 2 * time.Minute
	groupTTL   = 5 * time.Minute
	peopleTTL  = 30 * time.Minute
	linkTTL    = 12 * time.Hour
	userPages  = 50 // of 1,000 people, that are searched for admins and guests
)

// Directory looks people and places up in Slack and remembers them for a
// while.
type Directory struct {
	web      *web
	team     func() string // our workspace
	members  *cache[commands.Member]
	channels *cache[commands.Channel]
	groups   *cache[[]string]
	links    *cache[string]
	people   *cache[people]
	inside   *cache[inside]
}

func newDirectory(w *web, team func() string) *Directory {
	d := &Directory{web: w, team: team}
	d.members = newCache(memberTTL, d.loadMember)
	d.channels = newCache(channelTTL, d.loadChannel)
	d.groups = newCache(groupTTL, d.loadGroup)
	d.links = newCache(linkTTL, d.loadLink)
	d.people = newCache(peopleTTL, d.loadPeople)
	d.inside = newCache(insideTTL, d.loadInside)
	return d
}

// Member returns a person. Somebody whom Slack does not show us is from
// another organisation.
func (d *Directory) Member(ctx context.Context, user string) (commands.Member, error) {
	return d.members.get(ctx, user)
}

// Channel returns a conversation. One that Slack does not show us is private
// and we are not in it. What says that we cannot post there is not kept.
func (d *Directory) Channel(ctx context.Context, channel string) (commands.Channel, error) {
	return d.channels.checked(ctx, channel, open)
}

// ChannelWithin returns a conversation as it was at most that long ago, unless
// Slack told of a change since.
func (d *Directory) ChannelWithin(ctx context.Context, channel string, age time.Duration) (commands.Channel, error) {
	return d.channels.within(ctx, channel, age)
}

// Groups returns the members of a user group.
func (d *Directory) Groups(ctx context.Context, group string) ([]string, error) {
	members, err := d.groups.get(ctx, group)
	return slices.Clone(members), err
}

// Permalink returns the address of a message.
func (d *Directory) Permalink(ctx context.Context, channel, ts string) (string, error) {
	return d.links.get(ctx, channel+"/"+ts)
}

// Admins returns the workspace's owners and admins.
func (d *Directory) Admins(ctx context.Context) ([]string, error) {
	p, err := d.people.get(ctx, "")
	return slices.Clone(p.admins), err
}

// Source: https://docs.slack.dev/reference/methods/users.info
func (d *Directory) loadMember(ctx context.Context, user string) (m commands.Member, err error) {
	var u *slack.User
	err = d.web.read(ctx, "users.info", func(ctx context.Context) error {
		u, err = d.web.api.GetUserInfoContext(ctx, user)
		return err
	})
	switch code := slackCode(err); {
	case code == "user_not_found", code == "user_not_visible", code == "users_not_found":
		return commands.Member{ID: user, External: true, Zone: time.UTC}, nil
	case unknownMethod(err): // nobody can be told apart here: a member like all others
		return commands.Member{ID: user, Zone: time.UTC}, nil
	case err != nil:
		cause := fmt.Errorf("users.info: %w", withoutURL(err))
		return m, &conference.Error{Kind: conference.Unavailable, Reason: conference.WhoUnknown, Cause: cause}
	}
	m = d.member(*u)
	m.ID = user
	return m, nil
}

func (d *Directory) member(u slack.User) commands.Member {
	return commands.Member{
		ID: u.ID, Team: u.TeamID, Name: first(u.Profile.DisplayName, u.RealName, u.Profile.RealName, u.Name),
		Zone: zoneOf(u), ZoneLabel: u.TZLabel,
		Admin: u.IsAdmin, Owner: u.IsOwner || u.IsPrimaryOwner, Guest: u.IsRestricted || u.IsUltraRestricted,
		External: d.external(u), Bot: u.IsBot, Deleted: u.Deleted,
	}
}

// external reports whether somebody belongs to another organisation. In an
// enterprise a person's own workspace may differ from ours.
func (d *Directory) external(u slack.User) bool {
	if u.IsStranger {
		return true
	}
	ours := d.team()
	return u.TeamID != "" && ours != "" && u.TeamID != ours && !slices.Contains(u.Enterprise.Teams, ours)
}

// zoneOf is a person's time zone; one that we do not know keeps its offset.
func zoneOf(u slack.User) *time.Location {
	if u.TZ == "" {
		return time.UTC
	}
	zone, err := time.LoadLocation(u.TZ)
	if err != nil {
		return time.FixedZone(first(u.TZLabel, u.TZ), u.TZOffset)
	}
	return zone
}

// Source: https://docs.slack.dev/reference/methods/conversations.info
func (d *Directory) loadChannel(ctx context.Context, channel string) (commands.Channel, error) {
	var c *slack.Channel
	err := d.web.read(ctx, "conversations.info", func(ctx context.Context) (err error) {
		c, err = d.web.api.GetConversationInfoContext(ctx, &slack.GetConversationInfoInput{ChannelID: channel, IncludeNumMembers: true})
		return err
	})
	dm := strings.HasPrefix(channel, "D")
	switch code := slackCode(err); {
	case code == "channel_not_found", code == "missing_scope", code == "method_not_supported_for_channel_type":
		return commands.Channel{ID: channel, Private: true, DM: dm}, nil
	case unknownMethod(err): // trying will show it
		return commands.Channel{ID: channel, Private: dm, DM: dm, BotIn: true}, nil
	case err != nil:
		return commands.Channel{}, fmt.Errorf("conversations.info: %w", withoutURL(err))
	}
	return commands.Channel{
		ID: channel, Name: first(c.Name, c.NameNormalized), Private: c.IsPrivate || c.IsIM || c.IsMpIM || c.IsGroup, DM: c.IsIM || c.IsMpIM || dm,
		Shared: c.IsExtShared || c.IsPendingExtShared, Archived: c.IsArchived, ReadOnly: c.IsReadOnly,
		BotIn: c.IsMember || c.IsIM, Members: c.NumMembers,
	}, nil
}

// Source: https://docs.slack.dev/reference/methods/usergroups.users.list
func (d *Directory) loadGroup(ctx context.Context, group string) (members []string, err error) {
	err = d.web.read(ctx, "usergroups.users.list", func(ctx context.Context) error {
		members, err = d.web.api.GetUserGroupMembersContext(ctx, group)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("usergroups.users.list: %w", withoutURL(err))
	}
	return members, nil
}

// Source: https://docs.slack.dev/reference/methods/chat.getPermalink
func (d *Directory) loadLink(ctx context.Context, key string) (link string, err error) {
	channel, ts, _ := strings.Cut(key, "/")
	err = d.web.read(ctx, "chat.getPermalink", func(ctx context.Context) error {
		link, err = d.web.api.GetPermalinkContext(ctx, &slack.PermalinkParameters{Channel: channel, Ts: ts})
		return err
	})
	if err != nil {
		return "", fmt.Errorf("chat.getPermalink: %w", withoutURL(err))
	}
	return link, nil
}

// Source: https://docs.slack.dev/reference/methods/users.list
func (d *Directory) loadPeople(ctx context.Context, _ string) (people, error) {
	found := people{guests: map[string]struct{}{}}
	page := d.web.api.GetUsersPaginated(slack.GetUsersOptionLimit(1000))
	for range userPages {
		last := false
		err := d.web.read(ctx, "users.list", func(ctx context.Context) error {
			next, err := page.Next(ctx)
			if last = next.Done(err); last {
				return nil
			}
			if err == nil {
				page = next
			}
			return err
		})
		if err != nil {
			return people{}, fmt.Errorf("users.list: %w", withoutURL(err))
		}
		if last {
			break
		}
		found.note(page.Users)
	}
	return found, nil
}
