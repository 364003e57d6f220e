package bot

import (
	"context"
	"fmt"
	"time"

	"confbot/blocks"
	"confbot/commands"
	"confbot/conference"
	"confbot/store"
)

// wish finds, posts or moves a conference's card. The conference's former
// card in that channel becomes one line. Wishes for one card that come at the
// same time are fulfilled one after the other, so that the second finds what
// the first has posted.
func (b *board) wish(ctx context.Context, w commands.CardWish, by string) error {
	id := conference.ID(w.Conference)
	release, err := b.wishing.hold(ctx, laneKey{w.Channel, w.Conference})
	if err != nil {
		return fmt.Errorf("wait for a card: %w", err)
	}
	defer release()
	card, have, err := b.refs.CurrentCard(ctx, w.Channel, id)
	if err != nil {
		return fmt.Errorf("look for a card: %w", err)
	}
	if !have || w.Move {
		if card, err = b.newCard(ctx, w, by); err != nil {
			return err
		}
	}
	if w.Panel {
		return b.wishPanel(ctx, card, by)
	}
	return nil
}

// newCard posts a card and makes it the current one.
func (b *board) newCard(ctx context.Context, w commands.CardWish, by string) (store.MessageRef, error) {
	ref := store.MessageRef{
		Channel: w.Channel, Conference: conference.ID(w.Conference), Kind: store.KindCard, By: by, PostedAt: time.Now(),
	}
	if err := b.postRef(ctx, &ref); err != nil {
		return ref, err
	}
	old, err := b.refs.Retire(ctx, w.Channel, ref.Conference)
	if err != nil {
		return ref, fmt.Errorf("retire the former card: %w", err)
	}
	if err := b.remember(ctx, ref); err != nil {
		return ref, err
	}
	for _, o := range old {
		b.lanes.want(drawing{key: laneKey{o.Channel, o.TS}, urgency: soon}, string(o.Conference))
	}
	return ref, nil
}

// wishPanel puts the panel into a card's thread if it is not there.
func (b *board) wishPanel(ctx context.Context, card store.MessageRef, by string) error {
	panel, have, err := b.refs.PanelOf(ctx, card)
	if err != nil {
		return fmt.Errorf("look for a panel: %w", err)
	}
	if have && !panel.Ended {
		b.lanes.want(drawing{key: laneKey{panel.Channel, panel.TS}, urgency: soon}, string(panel.Conference))
		return nil
	}
	ref := store.MessageRef{
		Channel: card.Channel, ThreadTS: card.TS, Conference: card.Conference, Kind: store.KindPanel, By: by, PostedAt: time.Now(),
	}
	if err := b.postRef(ctx, &ref); err != nil {
		return err
	}
	return b.remember(ctx, ref)
}

// remember keeps where a message is. What changed, or was clicked, between its
// drawing and now is drawn after that.
func (b *board) remember(ctx context.Context, ref store.MessageRef) error {
	if err := b.refs.SaveRef(ctx, ref); err != nil {
		return fmt.Errorf("remember a %s: %w", ref.Kind, err)
	}
	b.lanes.want(drawing{key: laneKey{ref.Channel, ref.TS}, urgency: soon}, string(ref.Conference))
	return nil
}

// postRef draws and posts a message that is to be kept true from now on.
func (b *board) postRef(ctx context.Context, ref *store.MessageRef) error {
	m, err := b.render(ctx, *ref)
	if err != nil {
		return fmt.Errorf("draw a %s: %w", ref.Kind, err)
	}
	ts, err := b.post.post(ctx, ref.Channel, ref.ThreadTS, m)
	for tries := 0; tooLong(err) && tries < mostHalved; tries++ {
		if m, err = b.shorter(ctx, ref, m); err != nil {
			return fmt.Errorf("draw a %s: %w", ref.Kind, err)
		}
		ts, err = b.post.post(ctx, ref.Channel, ref.ThreadTS, m)
	}
	if err != nil {
		return fmt.Errorf("post a %s: %w", ref.Kind, err)
	}
	ref.TS, ref.Drawn = ts, keyOf(m)
	return nil
}

// shorter draws a message that is not posted yet with half of its rows, or
// takes half of its blocks away.
func (b *board) shorter(ctx context.Context, ref *store.MessageRef, m blocks.Message) (blocks.Message, error) {
	if m.Rows <= 1 {
		return halve(m), nil
	}
	ref.RowLimit = m.Rows / 2
	return b.render(ctx, *ref)
}

// line says something to everybody in the threads of a conference's cards.
func (b *board) line(ctx context.Context, l commands.Line) error {
	refs, err := b.refs.RefsOf(ctx, conference.ID(l.Conference))
	if err != nil {
		return fmt.Errorf("look for cards: %w", err)
	}
	for _, ref := range refs {
		if ref.Kind != store.KindCard {
			continue
		}
		if _, err := b.post.post(ctx, ref.Channel, ref.TS, l.Message); err != nil {
			return fmt.Errorf("post a line: %w", err)
		}
	}
	return nil
}
