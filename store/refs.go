package store

import (
	"context"
	"time"

	"confbot/conference"
)

// Kinds of messages that are remembered. Others may be added freely: only
// these have rules here.
const (
	KindCard     = "card"      // the one current card of a channel and conference
	KindPanel    = "panel"     // the list in a current card's thread
	KindCardOld  = "card_old"  // a card whose place a newer one has taken
	KindPanelOld = "panel_old" // the panel of such a card
)

// MessageRef is where a message of ours is and what was last drawn in it.
// Channel and TS together name the message.
type MessageRef struct {
	Channel    string
	TS         string
	ThreadTS   string // the card's TS for a panel; "" outside threads
	Conference conference.ID
	Kind       string
	Run        string // the run that it shows, if any
	Occurrence string // the announcement's occurrence that it is for, if any
	By         string // Slack user who asked for it
	PostedAt   time.Time
	Revision   int64  // goes up with every change of what it should show
	Drawn      string // key of the last drawing sent; an equal one is not sent again
	Ended      bool   // drawn as over: no buttons, and late clicks are told so
	RowLimit   int    // the most rows of callers, since Slack found it too long with more; 0: no limit
}

const refColumns = `channel, ts, thread_ts, conference, kind, run, occurrence, posted_by, posted_at, revision, drawn, ended, row_limit`

// SaveRef inserts the ref or replaces the one of that message. Saving a card
// retires the channel's other card of that conference, so that there is never
// more than one current.
func (s *Store) SaveRef(ctx context.Context, r MessageRef) error {
	return s.Tx(ctx, func(tx *Store) error {
		if r.Kind == KindCard {
			if _, err := tx.retire(ctx, r.Channel, r.Conference, r.TS); err != nil {
				return err
			}
		}
		return tx.exec(ctx, `INSERT INTO refs (`+refColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13)
			ON CONFLICT (channel, ts) DO UPDATE SET thread_ts = excluded.thread_ts, conference = excluded.conference,
				kind = excluded.kind, run = excluded.run, occurrence = excluded.occurrence, posted_by = excluded.posted_by,
				posted_at = excluded.posted_at, revision = excluded.revision, drawn = excluded.drawn, ended = excluded.ended,
				row_limit = excluded.row_limit`,
			r.Channel, r.TS, r.ThreadTS, string(r.Conference), r.Kind, r.Run, r.Occurrence, r.By, millis(r.PostedAt),
			r.Revision, r.Drawn, flag(r.Ended), r.RowLimit)
	})
}

// Ref returns the ref of one message.
func (s *Store) Ref(ctx context.Context, channel, ts string) (r MessageRef, ok bool, err error) {
	return queryOne(ctx, s, scanRef, `SELECT `+refColumns+` FROM refs WHERE channel = $1 AND ts = $2`, channel, ts)
}

// CurrentCard returns a conference's current card in a channel.
func (s *Store) CurrentCard(ctx context.Context, channel string, id conference.ID) (r MessageRef, ok bool, err error) {
	return queryOne(ctx, s, scanRef, `SELECT `+refColumns+` FROM refs
		WHERE channel = $1 AND conference = $2 AND kind = $3 ORDER BY posted_at DESC, ts DESC LIMIT 1`,
		channel, string(id), KindCard)
}

// CardsIn returns the conferences that have a current card in a channel, the
// one that was posted last first.
func (s *Store) CardsIn(ctx context.Context, channel string) ([]conference.ID, error) {
	return query(ctx, s, scanID, `SELECT conference FROM refs
		WHERE channel = $1 AND kind = $2 ORDER BY posted_at DESC, ts DESC`, channel, KindCard)
}

// PanelOf returns the panel in a card's thread: the newest one that is not
// over, or else the newest.
func (s *Store) PanelOf(ctx context.Context, card MessageRef) (r MessageRef, ok bool, err error) {
	return queryOne(ctx, s, scanRef, `SELECT `+refColumns+` FROM refs
		WHERE channel = $1 AND thread_ts = $2 AND kind IN ($3,$4) ORDER BY ended, posted_at DESC, ts DESC LIMIT 1`,
		card.Channel, card.TS, KindPanel, KindPanelOld)
}

// RefsOf returns a conference's current cards and panels, oldest first.
func (s *Store) RefsOf(ctx context.Context, id conference.ID) ([]MessageRef, error) {
	return query(ctx, s, scanRef, `SELECT `+refColumns+` FROM refs
		WHERE conference = $1 AND kind IN ($2,$3) ORDER BY posted_at, ts`, string(id), KindCard, KindPanel)
}

// AllCurrentConferences returns the conferences that have a current card.
func (s *Store) AllCurrentConferences(ctx context.Context) ([]conference.ID, error) {
	return query(ctx, s, scanID, `SELECT DISTINCT conference FROM refs WHERE kind = $1 ORDER BY conference`, KindCard)
}

// Retire makes a conference's current card in a channel an old one, and its
// panel with it, and returns both as they are now, so that they can be drawn
// as such. There may be none.
func (s *Store) Retire(ctx context.Context, channel string, id conference.ID) (old []MessageRef, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		old, err = tx.retire(ctx, channel, id, "")
		return err
	})
	return old, err
}

func (s *Store) retire(ctx context.Context, channel string, id conference.ID, except string) ([]MessageRef, error) {
	panels, err := query(ctx, s, scanRef, `UPDATE refs SET kind = $1, revision = revision + 1
		WHERE channel = $2 AND conference = $3 AND kind = $4 AND thread_ts <> $5 RETURNING `+refColumns,
		KindPanelOld, channel, string(id), KindPanel, except)
	if err != nil {
		return nil, err
	}
	cards, err := query(ctx, s, scanRef, `UPDATE refs SET kind = $1, revision = revision + 1
		WHERE channel = $2 AND conference = $3 AND kind = $4 AND ts <> $5 RETURNING `+refColumns,
		KindCardOld, channel, string(id), KindCard, except)
	return append(cards, panels...), err
}

// Bump raises a message's revision, because what it should show has changed,
// and returns the new one; ok is false when the message is not known.
func (s *Store) Bump(ctx context.Context, channel, ts string) (revision int64, ok bool, err error) {
	err = s.relaxed(ctx, func(tx *Store) error {
		revision, ok, err = queryOne(ctx, tx, scanInt,
			`UPDATE refs SET revision = revision + 1 WHERE channel = $1 AND ts = $2 RETURNING revision`, channel, ts)
		return err
	})
	return revision, ok, err
}

// SetDrawn notes what was sent last.
func (s *Store) SetDrawn(ctx context.Context, channel, ts, drawn string) error {
	return s.relaxed(ctx, func(tx *Store) error {
		return tx.exec(ctx, `UPDATE refs SET drawn = $1 WHERE channel = $2 AND ts = $3`, drawn, channel, ts)
	})
}

// SetRowLimit notes how many rows a message may hold.
func (s *Store) SetRowLimit(ctx context.Context, channel, ts string, rows int) error {
	return s.exec(ctx, `UPDATE refs SET row_limit = $1 WHERE channel = $2 AND ts = $3`, rows, channel, ts)
}

// SetEnded notes whether a message is drawn as over.
func (s *Store) SetEnded(ctx context.Context, channel, ts string, ended bool) error {
	return s.exec(ctx, `UPDATE refs SET ended = $1 WHERE channel = $2 AND ts = $3`, flag(ended), channel, ts)
}

// DropRef forgets a message, because it was deleted in Slack.
func (s *Store) DropRef(ctx context.Context, channel, ts string) error {
	return s.exec(ctx, `DELETE FROM refs WHERE channel = $1 AND ts = $2`, channel, ts)
}

func scanRef(row scanner) (MessageRef, error) {
	var r MessageRef
	err := row.Scan(&r.Channel, &r.TS, &r.ThreadTS, &r.Conference, &r.Kind, &r.Run, &r.Occurrence, &r.By,
		when{&r.PostedAt}, &r.Revision, &r.Drawn, yes{&r.Ended}, &r.RowLimit)
	return r, err
}
