package store

import (
	"context"
	"fmt"
	"time"

	"confbot/announce"
	"confbot/conference"
)

var _ announce.Shelf = (*Store)(nil)

const announcementColumns = `id, conference, channel, owner, zone, first, repeats, lead, timed, at_once, exact,
	rotate, here, quiet_pin, message, paused, why, created_at, done_at, revision`

// qualified are the same columns of table a.
const qualifiedColumns = `a.id, a.conference, a.channel, a.owner, a.zone, a.first, a.repeats, a.lead, a.timed, a.at_once, a.exact,
	a.rotate, a.here, a.quiet_pin, a.message, a.paused, a.why, a.created_at, a.done_at, a.revision`

// Announcement returns one with what is planned; ok is false when there is none.
func (s *Store) Announcement(ctx context.Context, id announce.ID, now time.Time) (l announce.Listed, ok bool, err error) {
	l.Announcement, ok, err = queryOne(ctx, s, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements WHERE id = $1`, string(id))
	if err != nil || !ok {
		return l, false, err
	}
	return l, true, s.planned(ctx, &l, now)
}

// planned fills in the next post and whether one before it is skipped.
func (s *Store) planned(ctx context.Context, l *announce.Listed, now time.Time) (err error) {
	next, ok, err := queryOne(ctx, s, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
		WHERE announcement = $1 AND kind = $2 AND state IN ($3,$4) AND extra = 0 ORDER BY at LIMIT 1`,
		string(l.ID), announce.KindPost, announce.Due, announce.Posting)
	if err != nil {
		return err
	}
	if ok {
		l.Next = next
	}
	left, err := query(ctx, s, scanInt, `SELECT at FROM occurrences
		WHERE announcement = $1 AND kind = $2 AND state = $3 AND at > $4 ORDER BY at`,
		string(l.ID), announce.KindPost, announce.Skipped, millis(now))
	for _, ms := range left {
		l.Skips = append(l.Skips, fromMillis(ms))
	}
	l.Skipped = len(left) > 0
	return err
}

// Announcements returns announcements by id; unknown ones are left out.
func (s *Store) Announcements(ctx context.Context, ids ...announce.ID) (found []announce.Announcement, err error) {
	names := make([]string, len(ids))
	for i, id := range ids {
		names[i] = string(id)
	}
	err = inChunks(names, func(some []string) error {
		more, err := query(ctx, s, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements
			WHERE id IN (`+placeholders(1, len(some))+`) ORDER BY created_at, id`, anys(some)...)
		found = append(found, more...)
		return err
	})
	return found, err
}

// List returns a page of announcements that are not done, next post first and
// those without one last, and how many there are.
func (s *Store) List(ctx context.Context, f announce.Filter, now time.Time) (page []announce.Listed, total int, err error) {
	where := ` WHERE a.done_at = 0 AND ($1 = '' OR a.channel = $1) AND ($2 = '' OR a.conference = $2) AND ($3 = '' OR a.owner = $3)`
	args := []any{f.Channel, string(f.Conference), f.Owner}
	if len(f.Except) > 0 {
		where += ` AND a.conference NOT IN (` + placeholders(4, len(f.Except)) + `)`
		args = append(args, anys(f.Except)...)
	}
	n, _, err := queryOne(ctx, s, scanInt, `SELECT COUNT(*) FROM announcements a`+where, args...)
	if err != nil {
		return nil, 0, err
	}
	limit := f.Limit
	if limit <= 0 {
		limit = 50
	}
	rows, err := query(ctx, s, scanAnnouncement, `SELECT `+qualifiedColumns+` FROM announcements a
		LEFT JOIN (SELECT announcement, MIN(at) AS at FROM occurrences
			WHERE kind = 'post' AND wake_at > 0 AND extra = 0 AND state IN ('due','posting') GROUP BY announcement) n ON n.announcement = a.id`+
		where+` ORDER BY COALESCE(n.at, 9000000000000000), a.created_at, a.id LIMIT `+placeholders(len(args)+1, 1)+
		` OFFSET `+placeholders(len(args)+2, 1), append(args, limit, f.Offset)...)
	if err != nil {
		return nil, 0, err
	}
	for _, a := range rows {
		l := announce.Listed{Announcement: a}
		if err := s.planned(ctx, &l, now); err != nil {
			return nil, 0, err
		}
		page = append(page, l)
	}
	return page, int(n), nil
}

// Change writes a change to one announcement and its rows to come. See
// announce.Shelf for the errors.
func (s *Store) Change(ctx context.Context, c announce.Change) error {
	return s.Tx(ctx, func(tx *Store) error {
		if err := tx.writeAnnouncement(ctx, c); err != nil {
			return err
		}
		id := c.Announcement.ID
		if c.DropDue || c.Delete {
			if err := tx.dropDue(ctx, id, c.Add, c.Now, c.Delete); err != nil {
				return err
			}
		}
		if c.Skip != "" {
			if err := tx.skip(ctx, c.Skip, c.Now); err != nil {
				return err
			}
		}
		if c.Unskip {
			if err := tx.unskip(ctx, c); err != nil {
				return err
			}
		}
		for _, o := range c.Add {
			if err := tx.addRow(ctx, o); err != nil {
				return err
			}
		}
		if err := tx.dropStale(ctx, c.Add); err != nil {
			return err
		}
		return tx.planReminders(ctx, c.Announcement.Conference, time.Time{})
	})
}

// unskip takes out the rows to come that were left out. One for which a new PIN
// was added already is posted with the old one, and the new one goes as it
// would have.
func (s *Store) unskip(ctx context.Context, c announce.Change) error {
	err := s.exec(ctx, `DELETE FROM occurrences WHERE announcement = $1 AND kind = $2 AND state = $3 AND at > $4 AND note = ''`,
		string(c.Announcement.ID), announce.KindPost, announce.Skipped, millis(c.Now))
	if err != nil {
		return err
	}
	for _, o := range c.Add {
		err := s.exec(ctx, `UPDATE occurrences SET state = $1, step = $2, wake_at = at, useful_till = $3, lane = channel, rotated = 0
			WHERE id = $4 AND state = $5`, announce.Due, announce.StepSend, millis(o.Until), o.Key, announce.Skipped)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) writeAnnouncement(ctx context.Context, c announce.Change) error {
	a := c.Announcement
	var n int64
	var err error
	switch {
	case c.New:
		n, err = s.affected(ctx, `INSERT INTO announcements (`+announcementColumns+`)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,1) ON CONFLICT (id) DO NOTHING`, announcementArgs(a)...)
	case c.Delete:
		n, err = s.affected(ctx, `DELETE FROM announcements WHERE id = $1 AND revision = $2`, string(a.ID), a.Revision)
	default:
		n, err = s.affected(ctx, `UPDATE announcements SET conference = $2, channel = $3, owner = $4, zone = $5, first = $6,
			repeats = $7, lead = $8, timed = $9, at_once = $10, exact = $11, rotate = $12, here = $13, quiet_pin = $14,
			message = $15, paused = $16, why = $17, created_at = $18, done_at = $19, revision = revision + 1
			WHERE id = $1 AND revision = $20`, append(announcementArgs(a), a.Revision)...)
	}
	switch {
	case err != nil:
		return err
	case n == 0 && c.New:
		return &conference.Error{Kind: conference.Conflict, Field: "announcement"}
	case n == 0:
		return changedSince()
	}
	return nil
}

func changedSince() error {
	return &conference.Error{Kind: conference.Conflict, Reason: conference.ChangedSince}
}

func announcementArgs(a announce.Announcement) []any {
	return []any{
		string(a.ID), string(a.Conference), a.Channel, a.Owner, a.Rule.Zone, a.Rule.First.String(), a.Rule.Repeat.String(),
		a.Rule.Lead.Milliseconds(), flag(a.Rule.Timed), flag(a.Rule.Now), millis(a.Rule.Exact), flag(a.Rotate), flag(a.Here),
		flag(a.QuietPIN), a.Message, flag(a.Paused), string(a.Why), millis(a.CreatedAt), millis(a.Done),
	}
}

func scanAnnouncement(row scanner) (announce.Announcement, error) {
	var a announce.Announcement
	var first, repeats string
	var lead int64
	r := &a.Rule
	err := row.Scan(&a.ID, &a.Conference, &a.Channel, &a.Owner, &r.Zone, &first, &repeats, &lead, yes{&r.Timed}, yes{&r.Now},
		when{&r.Exact}, yes{&a.Rotate}, yes{&a.Here}, yes{&a.QuietPIN}, &a.Message, yes{&a.Paused}, &a.Why,
		when{&a.CreatedAt}, when{&a.Done}, &a.Revision)
	if err != nil {
		return a, err
	}
	r.Lead = time.Duration(lead) * time.Millisecond
	if r.First, err = announce.ParseWall(first); err != nil {
		return a, err
	}
	if r.Repeat, err = announce.ParseRepeat(repeats); err != nil {
		return a, fmt.Errorf("recurrence: %w", err)
	}
	return a, nil
}

// EndAnnouncements ends all announcements of a conference that is no more, and
// plans one notice for each of their owners but the one who deleted it.
func (s *Store) EndAnnouncements(ctx context.Context, id conference.ID, except string, now time.Time) (ended int, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		rows, err := query(ctx, tx, scanAnnouncement, `UPDATE announcements SET done_at = $1, why = $2, revision = revision + 1
			WHERE conference = $3 AND done_at = 0 RETURNING `+announcementColumns, millis(now), announce.TroubleGone, string(id))
		if err != nil {
			return err
		}
		ended = len(rows)
		for _, a := range rows {
			if err := tx.dropDue(ctx, a.ID, nil, now, true); err != nil {
				return err
			}
			if a.Owner == except {
				continue
			}
			if err := tx.addRow(ctx, announce.TellRow(a, announce.TroubleGone, now)); err != nil {
				return err
			}
		}
		return tx.exec(ctx, `DELETE FROM reminders WHERE conference = $1`, string(id))
	})
	return ended, err
}

// Reassign gives announcements of a conference to another owner, because
// theirs left; with an empty conference all of the owner's. It returns how many.
// What is planned stays as it is: one of them may be being posted.
func (s *Store) Reassign(ctx context.Context, id conference.ID, from, to string) (int64, error) {
	return s.affected(ctx, `UPDATE announcements SET owner = $1
		WHERE owner = $2 AND done_at = 0 AND ($3 = '' OR conference = $3)`, to, from, string(id))
}
