package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"github.com/slack-go/slack"

	"confbot/announce"
	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/live"
	"confbot/store"
)

// AnnounceDesk draws and decides what announcements need.
type AnnounceDesk interface {
	KnowsPIN(ctx context.Context, who string, o announce.Occurrence) (bool, error)
	MayShow(ctx context.Context, channel, owner string) (bool, error)
	ReadyPost(ctx context.Context, a announce.Announcement)
	BeforePost(ctx context.Context, a announce.Announcement) (announce.Trouble, []commands.Direct, error)
	PINCome(ctx context.Context, o announce.Occurrence) (blocks.Message, error)
	ReminderView(ctx context.Context, r announce.Reminder, o announce.Occurrence) (blocks.Message, error)
	NoticeView(ctx context.Context, n announce.Notice) (blocks.Message, error)
	NoticeTo(ctx context.Context, n announce.Notice) (users []string, err error)
	ChannelChanged(ctx context.Context, channel, name string, why announce.Trouble) error
	PINRotated(ctx context.Context, o announce.Occurrence) ([]commands.Direct, error)
	PINTold(ctx context.Context, user string, o announce.Occurrence) error
}

// Announcer posts announcements, reminders and notices. An announcement's post
// is the conference's card in that channel from then on.
type Announcer struct {
	*Bot
	desk AnnounceDesk
	log  *slog.Logger
	line func(conference.ID) live.Snapshot
}

var _ announce.Announcer = (*Announcer)(nil)

// Announcer makes the announcer, once the Bot serves a Desk. Line tells what
// is known of who is on.
func (b *Bot) Announcer(desk AnnounceDesk, line func(conference.ID) live.Snapshot) *Announcer {
	a := &Announcer{Bot: b, desk: desk, log: b.log, line: line}
	b.changes = desk.ChannelChanged
	return a
}

// How long one attempt may take, and how soon it is repeated.
const (
	announceWithin = 12 * time.Second
	announceAgain  = 5 * time.Second
)

// Ready reads what the post will need.
func (a *Announcer) Ready(ctx context.Context, an announce.Announcement, _ announce.Occurrence) {
	ctx, cancel := context.WithTimeout(ctx, announceWithin)
	defer cancel()
	a.desk.ReadyPost(ctx, an)
}

// Post posts the announcement as the conference's current card.
func (a *Announcer) Post(ctx context.Context, an announce.Announcement, o announce.Occurrence) announce.Outcome {
	ctx, cancel := context.WithTimeout(ctx, announceWithin)
	defer cancel()
	why, told, err := a.desk.BeforePost(ctx, an)
	switch {
	case err != nil:
		return announce.NotNow(announceAgain, err)
	case why != "":
		return announce.Cannot(why, nil)
	}
	for i, t := range told {
		if i == 0 {
			an.Owner = t.User
		}
		if err := a.post.direct(ctx, t.User, t.Message); err != nil {
			a.log.WarnContext(ctx, "an heir could not be told", "error", withoutURL(err))
		}
	}
	ref := cardFor(an, o, time.Now())
	m, pending, err := a.drawn(ctx, &ref, o)
	switch {
	case conference.KindOf(err) == conference.NotFound:
		a.Redraw(o.Conference) // the cards that are there say so too
		return announce.Cannot(announce.TroubleGone, err)
	case err != nil:
		return announce.NotNow(announceAgain, err)
	}
	ts, err := a.sendOnce(ctx, ref.Channel, "", m, o.Key)
	if err != nil {
		if placeOf(err) != placeFine {
			a.directory.forget(ref.Channel) // what was known of the channel is no longer so
		}
		return outcomeOfPost(err)
	}
	ref.TS, ref.Drawn = ts, keyOf(m)
	a.posted(context.WithoutCancel(ctx), ref)
	at := announce.Ref{Channel: ref.Channel, TS: ts}
	if pending {
		return announce.PINToCome(at)
	}
	return announce.Done(at)
}

// cardFor is the card that an occurrence is posted as.
func cardFor(an announce.Announcement, o announce.Occurrence, at time.Time) store.MessageRef {
	return store.MessageRef{
		Channel: o.Channel, Conference: o.Conference, Kind: store.KindCard, By: an.Owner, PostedAt: at,
		Occurrence: commands.PostingOf(o, at).String(),
	}
}

// drawn draws the card. Where nothing is known of the conference, because
// Audian has not been reached, it says that the PIN is coming.
func (a *Announcer) drawn(ctx context.Context, ref *store.MessageRef, o announce.Occurrence) (m blocks.Message, pending bool, err error) {
	limit, cancel := context.WithTimeout(ctx, announceWithin/3) // the post is on time, whatever Audian does
	defer cancel()
	m, err = a.board.render(limit, *ref)
	if err == nil || conference.KindOf(err) == conference.NotFound {
		return m, false, err
	}
	a.log.WarnContext(ctx, "an announcement goes out without its PIN", "occurrence", o.Key, "error", err)
	p := commands.PostingOf(o, ref.PostedAt)
	p.Pending = true
	ref.Occurrence = p.String()
	m, err = a.board.render(ctx, *ref)
	return m, true, err
}

// sendOnce makes one attempt to post, shorter if Slack finds it too long. The
// key goes into the message's metadata, by which it is found again.
func (a *Announcer) sendOnce(ctx context.Context, channel, thread string, m blocks.Message, key string) (ts string, err error) {
	for range 5 {
		if ts, err = a.post.send(ctx, channel, thread, m, key); !tooLong(err) {
			break
		}
		m = halve(m)
	}
	return ts, err
}

// posted makes a post the current card; the former one becomes a line.
func (a *Announcer) posted(ctx context.Context, ref store.MessageRef) {
	old, err := a.refs.Retire(ctx, ref.Channel, ref.Conference)
	if err == nil {
		err = a.board.remember(ctx, ref)
	}
	if err != nil { // it is out all the same
		a.log.ErrorContext(ctx, "a posted announcement could not be remembered as a card", "conference", ref.Conference, "error", err)
		return
	}
	for _, o := range old {
		a.board.lanes.want(drawing{key: laneKey{o.Channel, o.TS}, urgency: soon}, string(o.Conference))
	}
	if a.line(ref.Conference).Run.Live() {
		a.panel(ctx, ref)
	}
}

func (a *Announcer) panel(ctx context.Context, card store.MessageRef) {
	release, err := a.board.wishing.hold(ctx, laneKey{card.Channel, string(card.Conference)}) // or there would be two
	if err == nil {
		err = a.board.wishPanel(ctx, card, card.By)
		release()
	}
	if err != nil {
		a.log.WarnContext(ctx, "an announced conference got no panel", "conference", card.Conference, "error", withoutURL(err))
	}
}

// Started puts the panel into the threads of announced cards when people come.
func (a *Announcer) Started(ctx context.Context, id conference.ID) {
	refs, err := a.refs.RefsOf(ctx, id)
	if err != nil {
		a.log.WarnContext(ctx, "cards could not be looked up", "conference", id, "error", err)
	}
	for _, ref := range refs {
		if ref.Kind == store.KindCard && ref.Occurrence != "" {
			a.panel(ctx, ref)
		}
	}
}

// outcomeOfPost says what a failed attempt means for the timetable.
func outcomeOfPost(err error) announce.Outcome {
	cause := fmt.Errorf("chat.postMessage: %w", withoutURL(err))
	if limited, ok := errors.AsType[*slack.RateLimitedError](err); ok {
		return announce.NotNow(limited.RetryAfter, cause)
	}
	switch code := slackCode(err); {
	case unsure(err):
		return announce.Unsure(cause)
	case code == "channel_not_found":
		return announce.Cannot(announce.TroubleNotIn, cause) // a private one that we were removed from looks like this
	case placeOf(err) == placeNotIn:
		return announce.Cannot(announce.TroubleNotIn, cause)
	case placeOf(err) == placeArchived:
		return announce.Cannot(announce.TroubleArchived, cause)
	case placeOf(err) == placeReadOnly:
		return announce.Cannot(announce.TroubleNoPost, cause)
	case placeOf(err) == placePerson, refusesBlocks(err):
		return announce.Cannot(announce.TroubleFault, cause)
	}
	return announce.NotNow(announceAgain, cause) // also a revoked token: somebody will mend it
}

// Find looks for the message of that key where the occurrence put it. Found,
// it is remembered as the card that it is.
func (a *Announcer) Find(ctx context.Context, o announce.Occurrence) (announce.Ref, bool, error) {
	if o.Kind != announce.KindPost {
		return announce.Ref{}, false, announce.ErrCannotLook // that would need a scope to read people's messages
	}
	landed, ts, err := a.post.look(ctx, o.Channel, "", o.Key, o.At)
	switch {
	case err != nil && (mayNotLook(err) || unknownMethod(err)):
		return announce.Ref{}, false, announce.ErrCannotLook
	case err != nil || !landed:
		return announce.Ref{}, false, err
	}
	ref := announce.Ref{Channel: o.Channel, TS: ts}
	if ref.PINComing, err = a.recall(ctx, o, ts); err != nil {
		return announce.Ref{}, false, err
	}
	return ref, true, nil
}

// mayNotLook reports that we are not let read a channel's history, and never
// will be while things are as they are.
func mayNotLook(err error) bool {
	switch slackCode(err) {
	case "missing_scope", "not_in_channel", "channel_not_found", "no_permission", "access_denied", "not_allowed_token_type":
		return true
	}
	return false
}

// momentOf is when a message was posted.
func momentOf(ts string) time.Time {
	seconds, err := strconv.ParseFloat(ts, 64)
	if err != nil {
		return time.Now()
	}
	return time.UnixMilli(int64(seconds * 1000))
}
