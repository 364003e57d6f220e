package store

import (
	"context"
	"slices"
	"time"

	"confbot/announce"
)

// beatName is the one timetable's row among the beats.
const beatName = "timetable"

// Beat notes that somebody runs the timetable, and returns when somebody last
// did. After a time away nothing counts as seen.
func (s *Store) Beat(ctx context.Context, now time.Time, away time.Duration) (last time.Time, err error) {
	err = s.relaxed(ctx, func(tx *Store) error {
		ms, _, err := queryOne(ctx, tx, scanInt, `INSERT INTO beats (name, at, last) VALUES ($1,$2,0)
			ON CONFLICT (name) DO UPDATE SET last = beats.at, at = excluded.at RETURNING last`, beatName, millis(now))
		if err != nil {
			return err
		}
		last = fromMillis(ms)
		if last.IsZero() || now.Sub(last) < away {
			return nil
		}
		return tx.exec(ctx, `UPDATE occurrences SET seen = 0 WHERE wake_at > 0 AND wake_at <= $1 AND seen = 1 AND state = $2`,
			millis(now), announce.Due)
	})
	return last, err
}

// Overdue returns rows that nobody saw while they were of use.
func (s *Store) Overdue(ctx context.Context, now time.Time, limit int) ([]announce.Occurrence, error) {
	return query(ctx, s, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
		WHERE wake_at > 0 AND wake_at <= $1 AND seen = 0 AND useful_till > 0 AND useful_till <= $1 AND state = $2 AND lease_until <= $1
		ORDER BY at, id LIMIT $3`, millis(now), announce.Due, limit)
}

// Unplanned returns active announcements for which nothing is to come.
func (s *Store) Unplanned(ctx context.Context, limit int) ([]announce.Announcement, error) {
	return query(ctx, s, scanAnnouncement, `SELECT `+qualifiedColumns+` FROM announcements a
		WHERE a.paused = 0 AND a.done_at = 0 AND NOT EXISTS (
			SELECT 1 FROM occurrences o WHERE o.announcement = a.id AND o.kind = 'post' AND o.extra = 0
				AND o.state IN ('due','posting') AND o.wake_at > 0)
		ORDER BY a.id LIMIT $1`, limit)
}

// Plan writes plans, and notices with them.
func (s *Store) Plan(ctx context.Context, plans []announce.Plan, notices []announce.Occurrence, now time.Time) error {
	return s.Tx(ctx, func(tx *Store) error {
		for _, p := range plans {
			if err := tx.writePlan(ctx, p, now); err != nil {
				return err
			}
		}
		for _, o := range notices {
			if err := tx.addRow(ctx, o); err != nil {
				return err
			}
		}
		return nil
	})
}

// NoticeOf puts together what a notice is about.
func (s *Store) NoticeOf(ctx context.Context, row announce.Occurrence) (announce.Notice, error) {
	n := announce.Notice{Key: row.Key, Person: row.Person, Why: row.Why}
	var err error
	switch {
	case row.Why == "":
		if n.Missed, err = query(ctx, s, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
			WHERE parent = $1 AND kind = $2 ORDER BY at, id`, row.Key, announce.KindPost); err != nil {
			return n, err
		}
		var ids []announce.ID
		for _, o := range n.Missed {
			if !slices.Contains(ids, o.Announcement) {
				ids = append(ids, o.Announcement)
			}
		}
		n.Announcements, err = s.Announcements(ctx, ids...)
	case row.Why.OfChannel(), row.Why == announce.TroubleShared, row.Why == announce.TroubleNobody:
		n.Announcements, err = s.pausedWith(ctx, row.Announcement, row.Person, row.Why)
	case row.Announcement != "":
		n.Announcements, err = s.Announcements(ctx, row.Announcement)
	default:
		n.Announcements, err = query(ctx, s, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements
			WHERE conference = $1 AND owner = $2 AND why = $3 ORDER BY created_at, id`, string(row.Conference), row.Person, string(row.Why))
	}
	return n, err
}

// DeleteOldAnnouncements deletes rows of the timetable that were over before a
// moment, and announcements that were done before it. It returns how many.
func (s *Store) DeleteOldAnnouncements(ctx context.Context, before time.Time) (deleted int64, err error) {
	for _, statement := range []string{
		`DELETE FROM occurrences WHERE wake_at = 0 AND at < $1`,
		`DELETE FROM lanes WHERE rest_until < $1`,
		`DELETE FROM announcements WHERE done_at > 0 AND done_at < $1`,
	} {
		n, err := s.affected(ctx, statement, millis(before))
		if err != nil {
			return deleted, err
		}
		deleted += n
	}
	return deleted, nil
}

// NextWake returns when the timetable's next row is due, which may be past; ok
// is false when there is none.
func (s *Store) NextWake(ctx context.Context) (next time.Time, ok bool, err error) {
	ms, ok, err := queryOne(ctx, s, scanInt, `SELECT wake_at FROM occurrences WHERE wake_at > 0 ORDER BY wake_at LIMIT 1`)
	return fromMillis(ms), ok, err
}
