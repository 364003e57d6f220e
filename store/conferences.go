package store

import (
	"context"
	"time"

	"confbot/conference"
)

// Kept is what is known here of a conference: mostly of one that was made or
// adopted here, but a setting can be kept also for one that was not.
type Kept struct {
	Conference     conference.ID
	Creator        string // Slack user who made it here; "" when adopted
	CreatedAt      time.Time
	AdoptedBy      string // Slack user who first named a moderator for it
	Private        bool   // exists only for its moderators and PrivateChannel's members
	PrivateChannel string
	OpenAnnounce   bool   // everybody may announce it
	DialIn         string // dial-in numbers of its own, as CONF_DIAL_IN is written; "" for the common ones
	Number         string // conference number typed after dialling a shared line
}

const keptColumns = `conference, creator, created_at, adopted_by, private, private_channel, open_announce, dial_in, number`

// Keep inserts the row or replaces the one there.
func (s *Store) Keep(ctx context.Context, k Kept) error {
	return s.exec(ctx, `INSERT INTO conferences (`+keptColumns+`)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9)
		ON CONFLICT (conference) DO UPDATE SET creator = excluded.creator, created_at = excluded.created_at,
			adopted_by = excluded.adopted_by, private = excluded.private, private_channel = excluded.private_channel,
			open_announce = excluded.open_announce, dial_in = excluded.dial_in, number = excluded.number`,
		string(k.Conference), k.Creator, millis(k.CreatedAt), k.AdoptedBy, flag(k.Private), k.PrivateChannel,
		flag(k.OpenAnnounce), k.DialIn, k.Number)
}

// Kept returns the row of one conference; ok is false when it is not kept.
func (s *Store) Kept(ctx context.Context, id conference.ID) (k Kept, ok bool, err error) {
	return queryOne(ctx, s, scanKept, `SELECT `+keptColumns+` FROM conferences WHERE conference = $1`, string(id))
}

// LookedAfter reports whether the conference was made or adopted here.
func (k Kept) LookedAfter() bool { return k.Creator != "" || k.AdoptedBy != "" }

// KeptAll returns the rows of the conferences that are looked after, by id.
func (s *Store) KeptAll(ctx context.Context) ([]Kept, error) {
	return query(ctx, s, scanKept, `SELECT `+keptColumns+` FROM conferences
		WHERE creator <> '' OR adopted_by <> '' ORDER BY conference`)
}

// Forget deletes what belongs to a conference that no longer exists: its row,
// moderators and links. Message refs stay until each message has said so in
// the channel; attendance and audit rows stay for as long as they are kept
// anyway.
func (s *Store) Forget(ctx context.Context, id conference.ID) error {
	return s.Tx(ctx, func(tx *Store) error {
		for _, statement := range []string{
			`DELETE FROM moderators WHERE conference = $1`,
			`DELETE FROM links WHERE conference = $1`,
			`DELETE FROM conferences WHERE conference = $1`,
		} {
			if err := tx.exec(ctx, statement, string(id)); err != nil {
				return err
			}
		}
		return nil
	})
}

func scanKept(row scanner) (Kept, error) {
	var k Kept
	err := row.Scan(&k.Conference, &k.Creator, when{&k.CreatedAt}, &k.AdoptedBy, yes{&k.Private}, &k.PrivateChannel,
		yes{&k.OpenAnnounce}, &k.DialIn, &k.Number)
	return k, err
}
