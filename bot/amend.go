package bot

import (
	"context"
	"fmt"

	"confbot/announce"
	"confbot/blocks"
	"confbot/commands"
	"confbot/store"
)

// Amend edits the PIN into a post that went out without, and says so in its
// thread, since an edit is silent.
func (a *Announcer) Amend(ctx context.Context, _ announce.Announcement, o announce.Occurrence) announce.Outcome {
	ctx, cancel := context.WithTimeout(ctx, announceWithin)
	defer cancel()
	done := announce.Done(announce.Ref{Channel: o.Channel, TS: o.TS})
	ref, ok, err := a.refs.Ref(ctx, o.Channel, o.TS)
	if err != nil {
		return announce.NotNow(announceAgain, err)
	}
	p, _ := commands.ParsePosting(ref.Occurrence)
	if !ok || !p.Pending {
		return done // the message is gone, or this was done before
	}
	may, err := a.desk.MayShow(ctx, ref.Channel, ref.By)
	if err != nil {
		return announce.NotNow(announceAgain, err)
	}
	if !may {
		return announce.Cannot(announce.TroubleShared, nil)
	}
	said, err := a.desk.PINCome(ctx, o)
	if err != nil {
		return announce.NotNow(announceAgain, err)
	}
	a.board.lanes.want(drawing{key: laneKey{ref.Channel, ref.TS}, urgency: soon}, string(ref.Conference))
	if err := a.replyOnce(ctx, ref, said, o.Key+".came", o); err != nil {
		return announce.NotNow(announceAgain, err)
	}
	// The reply is out: now nothing is pending any more.
	ref, ok, err = a.refs.Ref(ctx, o.Channel, o.TS)
	if err == nil && ok {
		ref.Occurrence = commands.PostingOf(o, ref.PostedAt).String()
		err = a.board.remember(ctx, ref)
	}
	if err != nil {
		return announce.NotNow(announceAgain, err)
	}
	return done
}

// replyOnce writes into a card's thread. In a step that was begun before it
// looks first whether the reply is there; where it may not look, a second
// reply is better than none.
func (a *Announcer) replyOnce(ctx context.Context, card store.MessageRef, m blocks.Message, key string, o announce.Occurrence) error {
	if o.Tries > 1 {
		landed, _, err := a.post.look(ctx, card.Channel, card.TS, key, o.At)
		switch {
		case landed:
			return nil
		case err != nil && !mayNotLook(err) && !unknownMethod(err):
			return err
		}
	}
	_, err := a.sendOnce(ctx, card.Channel, card.TS, m, key)
	if unsure(err) {
		if landed, _, lookErr := a.post.look(ctx, card.Channel, card.TS, key, o.At); lookErr == nil && landed {
			return nil
		}
	}
	if messageGone(err) {
		return nil
	}
	return withoutURL(err)
}

// recall remembers a post that was found as the card that it is, and reports
// whether its PIN is still to come. With an error nothing is remembered.
func (a *Announcer) recall(ctx context.Context, o announce.Occurrence, ts string) (pending bool, err error) {
	ref, known, err := a.refs.Ref(ctx, o.Channel, ts)
	if err != nil {
		return false, fmt.Errorf("look up a found post: %w", err)
	}
	if known {
		p, _ := commands.ParsePosting(ref.Occurrence)
		return p.Pending, nil
	}
	ref = cardFor(announce.Announcement{}, o, momentOf(ts))
	p := commands.PostingOf(o, ref.PostedAt)
	if p.Pending, err = a.wentOutWithout(ctx, o, ts); err != nil {
		return false, err
	}
	ref.TS, ref.Occurrence = ts, p.String()
	a.posted(ctx, ref)
	return p.Pending, nil
}

// wentOutWithout asks the message itself whether it says that its PIN is
// coming.
func (a *Announcer) wentOutWithout(ctx context.Context, o announce.Occurrence, ts string) (bool, error) {
	messages, err := a.post.recent(ctx, o.Channel, "", o.At)
	if err != nil {
		return false, fmt.Errorf("read a found post: %w", withoutURL(err))
	}
	for _, m := range messages {
		if m.Timestamp == ts {
			return m.Metadata.EventPayload[blocks.PINMark] == blocks.PINMarkComing, nil
		}
	}
	return false, nil
}
