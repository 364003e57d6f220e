package bot

import (
	"context"
	"errors"

	"confbot/announce"
	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
)

// Remind sends somebody a direct message before a run.
func (a *Announcer) Remind(ctx context.Context, r announce.Reminder, o announce.Occurrence) announce.Outcome {
	m, err := a.desk.ReminderView(ctx, r, o)
	if _, refused := errors.AsType[*commands.Refusal](err); refused || conference.KindOf(err) == conference.NotFound {
		return announce.Cannot("", err)
	}
	if err != nil {
		return announce.NotNow(announceAgain, err)
	}
	return a.write(ctx, r.Person, m, o.Key)
}

// Tell sends an owner a direct message about their announcements.
func (a *Announcer) Tell(ctx context.Context, n announce.Notice) announce.Outcome {
	m, err := a.desk.NoticeView(ctx, n)
	if err != nil {
		return announce.NotNow(announceAgain, err)
	}
	to, err := a.desk.NoticeTo(ctx, n)
	if err != nil {
		return announce.NotNow(announceAgain, err)
	}
	// The first who can be written to decides whether it is tried again, and
	// nobody else is written to before: none hears of it twice.
	result, told := announce.Done(announce.Ref{}), false
	for _, user := range to {
		out, err := a.writeOnce(ctx, user, m, n.Key)
		switch {
		case told && err != nil:
			a.log.WarnContext(ctx, "an admin could not be told", "error", withoutURL(err))
		case told:
		case err != nil && placeOf(err) != placePerson:
			return out
		default:
			result, told = out, err == nil
		}
	}
	return result
}

// write sends one direct message in one attempt.
func (a *Announcer) write(ctx context.Context, user string, m blocks.Message, key string) announce.Outcome {
	out, _ := a.writeOnce(ctx, user, m, key) // the outcome says what went wrong
	return out
}

// writeOnce is write that also tells what went wrong.
func (a *Announcer) writeOnce(ctx context.Context, user string, m blocks.Message, key string) (announce.Outcome, error) {
	ctx, cancel := context.WithTimeout(ctx, announceWithin)
	defer cancel()
	channel, err := a.post.dm(ctx, user)
	if err != nil {
		if placeOf(err) == placePerson {
			return announce.Cannot(announce.TroubleFault, err), err
		}
		return announce.NotNow(announceAgain, err), err
	}
	ts, err := a.sendOnce(ctx, channel, "", m, key)
	if err != nil {
		return outcomeOfPost(err), err
	}
	return announce.Done(announce.Ref{Channel: channel, TS: ts}), nil
}

// Say posts a message in a channel, or with a ts changes the one that is
// there, and returns its ts.
func (a *Announcer) Say(ctx context.Context, channel, ts string, m blocks.Message) (string, error) {
	if ts != "" {
		return ts, withoutURL(a.post.update(ctx, channel, ts, m))
	}
	ts, err := a.post.post(ctx, channel, "", m)
	return ts, withoutURL(err)
}
