package store

import (
	"context"
	"time"

	"confbot/announce"
)

var _ announce.Store = (*Store)(nil)

const occurrenceColumns = `id, kind, announcement, conference, person, channel, at, starts, extra, state, step, wake_at,
	useful_till, lane, tries, ts, sent_at, why, parent, note, rotated, pin, holder, lease_until`

// addRow adds a row to come. A row that is there already and still Due gets
// the new place, what it has prepared stays.
func (s *Store) addRow(ctx context.Context, o announce.Occurrence) error {
	return s.exec(ctx, `INSERT INTO occurrences (`+occurrenceColumns+`, seen)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,'',0,0)
		ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, starts = excluded.starts, useful_till = excluded.useful_till,
			conference = excluded.conference, lane = CASE WHEN occurrences.step = 'send' THEN excluded.channel ELSE occurrences.lane END
			WHERE occurrences.state = 'due' AND excluded.kind = 'post'`,
		o.Key, string(o.Kind), string(o.Announcement), string(o.Conference), o.Person, o.Channel, millis(o.At), millis(o.Starts),
		flag(o.Extra), string(o.State), string(o.Step), millis(o.Wake), millis(o.Until), o.Lane, o.Tries, o.TS, millis(o.SentAt),
		string(o.Why), o.Parent, o.Note, flag(o.Rotated), string(o.PIN))
}

// dropDue takes an announcement's rows out of the timetable that nobody has
// attempted, but those that stay with their key. Where a new PIN may have been
// added already, it is taken out again.
func (s *Store) dropDue(ctx context.Context, id announce.ID, stay []announce.Occurrence, now time.Time, extras bool) error {
	rows, err := query(ctx, s, scanText, `SELECT id FROM occurrences
		WHERE announcement = $1 AND kind = $2 AND state = $3 AND (extra = 0 OR $4 = 1)`,
		string(id), announce.KindPost, announce.Due, flag(extras))
	if err != nil {
		return err
	}
	for _, key := range rows {
		if staying(key, stay) {
			continue
		}
		if err := s.drop(ctx, key, now); err != nil {
			return err
		}
	}
	return nil
}

func staying(key string, rows []announce.Occurrence) bool {
	for _, o := range rows {
		if o.Key == key {
			return true
		}
	}
	return false
}

// drop takes one post out of the timetable, with the reminders of its run. A
// row without anything to clear up is deleted.
func (s *Store) drop(ctx context.Context, key string, now time.Time) error {
	if err := s.dropReminders(ctx, key); err != nil {
		return err
	}
	err := s.exec(ctx, `UPDATE occurrences SET state = $1, step = $2, wake_at = $3, useful_till = 0, lane = 'pin:' || conference,
		rotated = 0 WHERE id = $4 AND note <> ''`, announce.Skipped, announce.StepRetire, millis(now), key)
	if err != nil {
		return err
	}
	return s.exec(ctx, `DELETE FROM occurrences WHERE id = $1 AND note = ''`, key)
}

// skip makes a Due row Skipped, unless somebody has begun to post it.
func (s *Store) skip(ctx context.Context, key string, now time.Time) error {
	n, err := s.affected(ctx, `UPDATE occurrences SET state = $1,
			step = CASE WHEN note <> '' THEN 'retire' ELSE '' END,
			wake_at = CASE WHEN note <> '' THEN $2 ELSE 0 END,
			lane = CASE WHEN note <> '' THEN 'pin:' || conference ELSE lane END, rotated = 0
		WHERE id = $3 AND state = $4`, announce.Skipped, millis(now), key, announce.Due)
	if err != nil {
		return err
	}
	if n == 0 {
		return changedSince()
	}
	return s.dropReminders(ctx, key)
}

// Claim leases rows whose time has come, the oldest of each lane. While
// nothing is due it only reads.
func (s *Store) Claim(ctx context.Context, c announce.Claim) (rows []announce.Occurrence, err error) {
	const wanted = `wake_at > 0 AND wake_at <= $1 AND (seen = 1 OR useful_till = 0 OR useful_till > $2)`
	_, some, err := queryOne(ctx, s, scanText, `SELECT id FROM occurrences WHERE `+wanted+` AND lease_until <= $2 LIMIT 1`,
		millis(c.Before), millis(c.Now))
	if err != nil || !some {
		return nil, err
	}
	err = s.relaxed(ctx, func(tx *Store) error {
		// What waits from now on waits for us and for Slack: it is late at the
		// worst, and never missed.
		if err := tx.exec(ctx, `UPDATE occurrences SET seen = 1 WHERE `+wanted+` AND seen = 0`, millis(c.Before), millis(c.Now)); err != nil {
			return err
		}
		// The lease is asked for twice, so that two processes which chose the
		// same rows do not both get them.
		rows, err = query(ctx, tx, scanOccurrence, `UPDATE occurrences SET holder = $3, lease_until = $4
			WHERE lease_until <= $2 AND id IN (
				SELECT id FROM (
					SELECT o.id, o.at, o.lease_until, COALESCE(l.rest_until, 0) AS rest,
						ROW_NUMBER() OVER (PARTITION BY o.lane ORDER BY o.at, o.id) AS place
					FROM occurrences o LEFT JOIN lanes l ON l.lane = o.lane WHERE `+wanted+`) ranked
				WHERE place = 1 AND rest <= $2 AND lease_until <= $2 ORDER BY rest, at, id LIMIT $5)
			RETURNING `+occurrenceColumns, millis(c.Before), millis(c.Now), c.Holder, millis(c.Until), c.Limit)
		return err
	})
	return rows, err
}

// Begin says that a step is attempted now; see announce.Timetable.
func (s *Store) Begin(ctx context.Context, key string, l announce.Lease) (o announce.Occurrence, a announce.Announcement, ok bool, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		o, ok, err = queryOne(ctx, tx, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
			WHERE id = $1 AND holder = $2 AND lease_until > $3 AND wake_at > 0`, key, l.Holder, millis(l.Now))
		if err != nil || !ok {
			return err
		}
		if a, _, err = queryOne(ctx, tx, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements WHERE id = $1`,
			string(o.Announcement)); err != nil {
			return err
		}
		// Somebody may have changed the row since it was read.
		n, err := tx.affected(ctx, `UPDATE occurrences SET tries = tries + 1, lease_until = $1,
				state = CASE WHEN step = 'send' AND state = 'due' THEN 'posting' ELSE state END
			WHERE id = $2 AND holder = $3 AND wake_at > 0 AND state = $4 AND step = $5 AND channel = $6`,
			millis(l.Until), key, l.Holder, string(o.State), string(o.Step), o.Channel)
		ok = n > 0
		return err
	})
	return o, a, ok && err == nil, err
}

// Renew prolongs leases that are still held.
func (s *Store) Renew(ctx context.Context, keys []string, l announce.Lease) error {
	return inChunks(keys, func(some []string) error {
		return s.relaxed(ctx, func(tx *Store) error {
			return tx.exec(ctx, `UPDATE occurrences SET lease_until = $1 WHERE holder = $2 AND lease_until > $3
				AND id IN (`+placeholders(4, len(some))+`)`, append([]any{millis(l.Until), l.Holder, millis(l.Now)}, anys(some)...)...)
		})
	})
}

// Settle writes what became of a row and what follows; see announce.Timetable.
func (s *Store) Settle(ctx context.Context, c announce.Settlement) (ok bool, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		o := c.Row
		n, err := tx.affected(ctx, `UPDATE occurrences SET channel = $1, state = $2, step = $3, wake_at = $4, lane = $5, tries = $6,
				ts = $7, sent_at = $8, why = $9, parent = $10, note = $11, rotated = $12, pin = $13, holder = '', lease_until = 0
			WHERE id = $14 AND holder = $15 AND state = $16`,
			o.Channel, string(o.State), string(o.Step), millis(o.Wake), o.Lane, o.Tries, o.TS, millis(o.SentAt), string(o.Why),
			o.Parent, o.Note, flag(o.Rotated), string(o.PIN), o.Key, c.Holder, string(c.Was))
		if err != nil || n == 0 {
			return err
		}
		ok = true
		if err := tx.rest(ctx, c); err != nil {
			return err
		}
		for _, notice := range c.Notices {
			if err := tx.addRow(ctx, notice); err != nil {
				return err
			}
		}
		if c.End != "" {
			_, err := tx.EndAnnouncements(ctx, o.Conference, "", c.Now)
			return err
		}
		if c.Pause != "" {
			return tx.pauseFor(ctx, o, c.Pause, c.Now)
		}
		if c.Plan != nil {
			return tx.writePlan(ctx, *c.Plan, c.Now)
		}
		return nil
	})
	return ok && err == nil, err
}

// rest leaves a lane alone for a while: not the row's next one, but the one in
// which it was worked on.
func (s *Store) rest(ctx context.Context, c announce.Settlement) error {
	if c.Rest.IsZero() {
		return nil
	}
	return s.exec(ctx, `INSERT INTO lanes (lane, rest_until) VALUES ($1,$2)
		ON CONFLICT (lane) DO UPDATE SET rest_until = excluded.rest_until WHERE lanes.rest_until < excluded.rest_until`,
		c.Lane, millis(c.Rest))
}

func (s *Store) writePlan(ctx context.Context, p announce.Plan, now time.Time) error {
	for _, o := range p.Missed {
		if err := s.miss(ctx, o, now); err != nil {
			return err
		}
	}
	if p.Announcement == "" {
		return nil
	}
	a, ok, err := queryOne(ctx, s, scanAnnouncement, `SELECT `+announcementColumns+` FROM announcements
		WHERE id = $1 AND revision = $2 AND paused = 0 AND done_at = 0`, string(p.Announcement), p.Revision)
	if err != nil || !ok {
		return err
	}
	if p.Done {
		return s.exec(ctx, `UPDATE announcements SET done_at = $1, revision = revision + 1 WHERE id = $2`, millis(now), string(a.ID))
	}
	if p.Next == nil {
		return nil
	}
	if err := s.addRow(ctx, *p.Next); err != nil {
		return err
	}
	return s.planReminders(ctx, a.Conference, time.Time{})
}

// miss makes a row Missed, whether it is there already or not.
func (s *Store) miss(ctx context.Context, o announce.Occurrence, now time.Time) error {
	if err := s.addRow(ctx, o); err != nil {
		return err
	}
	return s.exec(ctx, `UPDATE occurrences SET state = $1, parent = CASE WHEN kind = 'post' THEN $2 ELSE parent END, rotated = 0,
			step = CASE WHEN note <> '' THEN 'retire' ELSE '' END,
			wake_at = CASE WHEN note <> '' THEN at ELSE 0 END,
			useful_till = 0,
			lane = CASE WHEN note <> '' THEN 'pin:' || conference ELSE lane END
		WHERE id = $3 AND state IN ('due','missed') AND lease_until <= $4`, announce.Missed, o.Parent, o.Key, millis(now))
}

func scanOccurrence(row scanner) (announce.Occurrence, error) {
	var o announce.Occurrence
	err := row.Scan(&o.Key, &o.Kind, &o.Announcement, &o.Conference, &o.Person, &o.Channel, when{&o.At}, when{&o.Starts},
		yes{&o.Extra}, &o.State, &o.Step, when{&o.Wake}, when{&o.Until}, &o.Lane, &o.Tries, &o.TS, when{&o.SentAt}, &o.Why,
		&o.Parent, &o.Note, yes{&o.Rotated}, &o.PIN, &o.Holder, when{&o.LeaseUntil})
	return o, err
}
