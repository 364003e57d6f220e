package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"confbot/announce"
	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/store"
)

// Follow has the announcer tell people when a rotator's new PIN has taken the
// old one's place: in the threads of cards that showed the old one, and those
// who were reminded with it.
func (a *Announcer) Follow(r *Rotator) { r.retired = a.newPIN }

// newPIN tells each card and each person once, also when it is called again
// because something went wrong on the way.
func (a *Announcer) newPIN(ctx context.Context, o announce.Occurrence, pin conference.PIN) error {
	a.Redraw(o.Conference)
	refs, err := a.refs.RefsOf(ctx, o.Conference)
	if err != nil {
		return fmt.Errorf("look up cards: %w", err)
	}
	var failed []error
	for _, ref := range refs {
		p, _ := commands.ParsePosting(ref.Occurrence)
		if ref.Kind != store.KindCard || p.Key == o.Key {
			continue
		}
		if err := a.newPINOn(ctx, ref, o, pin); err != nil {
			failed = append(failed, fmt.Errorf("say a new PIN in a thread: %w", err))
		}
	}
	return errors.Join(append(failed, a.remindAnew(ctx, o))...)
}

// newPINOn says in a card's thread which PIN it shows now, once. Where nobody
// can write any more there is nobody to tell.
func (a *Announcer) newPINOn(ctx context.Context, card store.MessageRef, o announce.Occurrence, pin conference.PIN) error {
	who := card.Channel + "/" + card.TS
	known, err := a.desk.KnowsPIN(ctx, who, o)
	if err != nil || known {
		return err
	}
	if shown, err := a.shows(ctx, card, pin); err != nil || !shown {
		return err
	}
	err = a.replyOnce(ctx, card, blocks.PINIsNow(pin, "", nil), o.Key+".new", o)
	if err != nil && placeOf(err) == placeFine {
		return err
	}
	return a.desk.PINTold(ctx, who, o)
}

// shows reports whether a card, as it is drawn now, shows the PIN: one of a
// run that is over does not, and then nobody needs to hear of it.
func (a *Announcer) shows(ctx context.Context, ref store.MessageRef, pin conference.PIN) (bool, error) {
	m, err := a.board.render(ctx, ref)
	if conference.KindOf(err) == conference.NotFound {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	raw, err := json.Marshal(m.Blocks)
	return bytes.Contains(raw, []byte(pin.Digits())), err
}

// remindAnew writes to those whose reminder showed the old PIN.
func (a *Announcer) remindAnew(ctx context.Context, o announce.Occurrence) error {
	told, err := a.desk.PINRotated(ctx, o)
	if err != nil {
		return fmt.Errorf("look up who was reminded: %w", err)
	}
	var failed []error
	for _, t := range told {
		if err := a.post.direct(ctx, t.User, t.Message); err != nil && placeOf(err) != placePerson {
			failed = append(failed, fmt.Errorf("write to somebody who was reminded: %w", withoutURL(err)))
			continue
		}
		if err := a.desk.PINTold(ctx, t.User, o); err != nil {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// Direct sends one person a message, in one attempt.
func (a *Announcer) Direct(ctx context.Context, user string, m blocks.Message, key string) announce.Outcome {
	return a.write(ctx, user, m, key)
}

// SayIn posts in a channel, or to a person where none is named, or with a ts
// changes what is there. It returns where the message is.
func (a *Announcer) SayIn(ctx context.Context, channel, person, ts string, m blocks.Message) (at, newTS string, err error) {
	if channel == "" {
		if channel, err = a.post.dm(ctx, person); err != nil {
			return "", "", withoutURL(err)
		}
	}
	newTS, err = a.Say(ctx, channel, ts, m)
	return channel, newTS, err
}
