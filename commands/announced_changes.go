package commands

import (
	"context"
	"slices"
	"time"

	"confbot/announce"
	"confbot/blocks"
)

// What a post asks of Slack beforehand. Many posts may be due at once, and
// Slack tells of about fifty channels a minute: none waits for that.
const (
	channelReads = 400 * time.Millisecond
	channelAge   = 10 * time.Minute
)

// BeforePost says whether an announcement may still be posted where and on
// whose behalf it was set up. Of an owner who left the workspace, or is a guest
// there now, the conference's moderators take over: all of them are to be told,
// the first is the owner from now on.
func (d *Desk) BeforePost(ctx context.Context, a announce.Announcement) (announce.Trouble, []Direct, error) {
	soon, cancel := context.WithTimeout(ctx, channelReads)
	defer cancel()
	ch, unknown := d.slack.ChannelWithin(soon, a.Channel, channelAge)
	if err := d.keepNames(ctx, a, ch.Name); err != nil {
		return "", nil, err
	}
	if unknown == nil && ch.Shared {
		agreed, err := d.agreedShared(ctx, a.Owner, a.Channel)
		if err != nil {
			return "", nil, err
		}
		if !agreed {
			return announce.TroubleShared, nil, nil
		}
	}
	owner, err := d.slack.Member(soon, a.Owner)
	if err != nil || !d.rules.outsider(owner) {
		return "", nil, nil //nolint:nilerr // not knowing is no reason to be silent at 09:25
	}
	return d.inherit(ctx, a, owner)
}

// MayShow reports whether a PIN that comes later may still be shown where its
// post is: not if the channel has been shared with another organisation since
// and who announced there has not agreed.
func (d *Desk) MayShow(ctx context.Context, channel, owner string) (bool, error) {
	soon, cancel := context.WithTimeout(ctx, channelReads)
	defer cancel()
	if ch, err := d.slack.ChannelWithin(soon, channel, channelAge); err != nil || !ch.Shared {
		return err == nil, err
	}
	return d.agreedShared(ctx, owner, channel)
}

// sharedAgreed begins the key under which it is kept that an owner knew that
// a channel is shared with another organisation.
const sharedAgreed = "shared."

func (d *Desk) agreedShared(ctx context.Context, owner, channel string) (bool, error) {
	agreed, err := d.records.Pref(ctx, owner, sharedAgreed+channel)
	return agreed != "", err
}

func (d *Desk) inherit(ctx context.Context, a announce.Announcement, owner Member) (announce.Trouble, []Direct, error) {
	heirs, err := d.heirs(ctx, a)
	if err != nil {
		return "", nil, err
	}
	if len(heirs) == 0 {
		return announce.TroubleNobody, nil, nil
	}
	if err := d.inheritAgreed(ctx, a, heirs[0]); err != nil {
		return "", nil, err
	}
	n, err := d.reminders.Reassign(ctx, a.Conference, a.Owner, heirs[0])
	if err != nil || n == 0 {
		return "", nil, err
	}
	c, err := d.announcedConference(ctx, a.Conference)
	if err != nil {
		return "", nil, err
	}
	d.note(ctx, Origin{User: heirs[0]}, a.Conference, "announcement.inherit", "", "done", "")
	told := make([]Direct, 0, len(heirs))
	for _, u := range heirs {
		told = append(told, Direct{User: u, Message: blocks.Inherited(d.plainLine(c), owner.Name, !owner.Deleted, int(n)).Keep(d.handled)})
	}
	return "", told, nil
}

// inheritAgreed has an heir agree to what the owner of announcements knew:
// they go on as they were.
func (d *Desk) inheritAgreed(ctx context.Context, a announce.Announcement, heir string) error {
	theirs, err := d.announcedWhere(ctx, announce.Filter{Conference: a.Conference, Owner: a.Owner})
	if err != nil {
		return err
	}
	for _, l := range theirs {
		agreed, err := d.agreedShared(ctx, a.Owner, l.Channel)
		if err == nil && agreed {
			err = d.records.SetPref(ctx, heir, sharedAgreed+l.Channel, "yes")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// announcedWhere returns all announcements that a filter chooses.
func (d *Desk) announcedWhere(ctx context.Context, f announce.Filter) (all []announce.Listed, err error) {
	for f.Limit = scanned; ; f.Offset += scanned {
		some, total, err := d.announcements.List(ctx, f)
		if all = append(all, some...); err != nil || f.Offset+scanned >= total {
			return all, err
		}
	}
}

// heirs are those who may look after an announcement instead of its owner.
func (d *Desk) heirs(ctx context.Context, a announce.Announcement) ([]string, error) {
	users, err := d.moderatorsOf(ctx, a.Conference)
	return slices.DeleteFunc(users, func(u string) bool {
		m, err := d.slack.Member(ctx, u)
		return u == a.Owner || err != nil || d.rules.outsider(m)
	}), err
}

// ChannelChanged takes note of what became of a channel, which was called so
// before. What is announced there and cannot be posted any more is paused, and
// who announced it told.
func (d *Desk) ChannelChanged(ctx context.Context, channel, name string, why announce.Trouble) error {
	if err := d.keepKnown(ctx, channel, name); err != nil {
		return err
	}
	if why != announce.TroubleShared {
		if ch, err := d.slack.Channel(ctx, channel); err == nil && !isSo(why, ch) {
			return nil // Slack may tell late, and again, of what was put right since
		}
		_, err := d.reminders.PauseIn(ctx, channel, "", why, d.now())
		return err
	}
	if ch, err := d.slack.Channel(ctx, channel); err != nil || !ch.Shared {
		return err
	}
	there, err := d.announcedWhere(ctx, announce.Filter{Channel: channel})
	if err != nil {
		return err
	}
	for _, l := range there {
		agreed, err := d.agreedShared(ctx, l.Owner, channel)
		if err == nil && !agreed { // the owner's other ones there go with the first
			_, err = d.reminders.PauseIn(ctx, channel, l.Owner, why, d.now())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// isSo reports whether a channel is as somebody said that it has become.
func isSo(why announce.Trouble, ch Channel) bool {
	switch why {
	case announce.TroubleNotIn, announce.TroubleNoPlace:
		return !ch.BotIn
	case announce.TroubleArchived:
		return ch.Archived
	case announce.TroubleShared:
		return ch.Shared
	case announce.TroubleNoPost, announce.TroubleNobody, announce.TroubleGone, announce.TroubleFault:
	}
	return true
}
