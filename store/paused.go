package store

import (
	"context"
	"time"

	"confbot/announce"
)

// PauseIn pauses what is announced in a channel because of a trouble of the
// channel, and plans one notice for each owner. With an owner it is only theirs.
// What is paused already is left as it is. It returns how many were paused.
func (s *Store) PauseIn(ctx context.Context, channel, owner string, why announce.Trouble, now time.Time) (paused int, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		paused, err = tx.pause(ctx, why, now, `channel = $3 AND ($4 = '' OR owner = $4)`, channel, owner)
		return err
	})
	return paused, err
}

// pauseFor pauses a row's announcement because of trouble, with those that
// have the same; see announce.Settlement.
func (s *Store) pauseFor(ctx context.Context, o announce.Occurrence, why announce.Trouble, now time.Time) error {
	a, ok, err := queryOne(ctx, s, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements WHERE id = $1`, string(o.Announcement))
	switch {
	case err != nil || !ok:
		return err
	case a.Channel != o.Channel: // moved away meanwhile
		return nil
	case why.OfChannel():
		_, err = s.pause(ctx, why, now, `channel = $3`, o.Channel)
	case why == announce.TroubleShared:
		_, err = s.pause(ctx, why, now, `channel = $3 AND owner = $4`, o.Channel, a.Owner)
	default:
		_, err = s.pause(ctx, why, now, `id = $3`, string(a.ID))
	}
	return err
}

// pause pauses what goes on and where holds, whose placeholders begin at $3.
func (s *Store) pause(ctx context.Context, why announce.Trouble, now time.Time, where string, args ...any) (paused int, err error) {
	rows, err := query(ctx, s, scanAnnouncement, `UPDATE announcements SET paused = 1, why = $1, revision = revision + 1
		WHERE paused = $2 AND done_at = 0 AND `+where+` RETURNING `+announcementColumns, append([]any{string(why), 0}, args...)...)
	if err != nil {
		return 0, err
	}
	told := map[string]bool{}
	for _, a := range rows {
		if err := s.dropDue(ctx, a.ID, nil, now, false); err != nil {
			return 0, err
		}
		if told[a.Owner] {
			continue
		}
		told[a.Owner] = true
		if err := s.addRow(ctx, announce.TellRow(a, why, now)); err != nil {
			return 0, err
		}
	}
	return len(rows), nil
}

// pausedWith are the announcements that an owner is told of together with one:
// those of theirs that are paused there for the same trouble.
func (s *Store) pausedWith(ctx context.Context, id announce.ID, owner string, why announce.Trouble) ([]announce.Announcement, error) {
	return query(ctx, s, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements
		WHERE channel = (SELECT channel FROM announcements WHERE id = $1) AND owner = $2 AND why = $3 AND paused = 1 AND done_at = 0
			AND ($4 = 0 OR id = $1)
		ORDER BY created_at, id`, string(id), owner, string(why), flag(why == announce.TroubleNobody))
}
