package store

import (
	"context"
	"slices"
	"time"

	"confbot/announce"
	"confbot/conference"
)

var _ announce.ReminderShelf = (*Store)(nil)

// SaveReminder inserts or replaces somebody's reminder and plans it for the
// posts to come.
func (s *Store) SaveReminder(ctx context.Context, r announce.Reminder, now time.Time) error {
	return s.Tx(ctx, func(tx *Store) error {
		if err := tx.dropReminder(ctx, r.Person, r.Conference); err != nil {
			return err
		}
		err := tx.exec(ctx, `INSERT INTO reminders (`+reminderColumns+`) VALUES ($1,$2,$3,$4,$5)
			ON CONFLICT (person, conference) DO UPDATE SET minutes = excluded.minutes, created_at = excluded.created_at,
				quiet_until = excluded.quiet_until`,
			r.Person, string(r.Conference), r.Minutes, millis(r.CreatedAt), millis(r.QuietUntil))
		if err != nil {
			return err
		}
		return tx.planReminders(ctx, r.Conference, now)
	})
}

// DropReminder removes somebody's reminder with what is planned.
func (s *Store) DropReminder(ctx context.Context, person string, id conference.ID) (was bool, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		n, err := tx.affected(ctx, `DELETE FROM reminders WHERE person = $1 AND conference = $2`, person, string(id))
		if err != nil {
			return err
		}
		was = n > 0
		return tx.dropReminder(ctx, person, id)
	})
	return was, err
}

func (s *Store) dropReminder(ctx context.Context, person string, id conference.ID) error {
	return s.exec(ctx, `DELETE FROM occurrences WHERE conference = $1 AND kind = $2 AND person = $3 AND state = $4`,
		string(id), announce.KindRemind, person, announce.Due)
}

// dropReminders takes out the reminders that were planned with a post. Where
// another post is of the same run, they are planned with that one.
func (s *Store) dropReminders(ctx context.Context, post string) error {
	of, err := query(ctx, s, scanID, `DELETE FROM occurrences WHERE parent = $1 AND kind = $2 AND state = $3 RETURNING conference`,
		post, announce.KindRemind, announce.Due)
	if err != nil {
		return err
	}
	slices.Sort(of)
	for _, id := range slices.Compact(of) {
		if err := s.planRemindersWithout(ctx, id, time.Time{}, post); err != nil {
			return err
		}
	}
	return nil
}

// dropStale takes out reminders of a start, or a conference, that their post no
// longer has.
func (s *Store) dropStale(ctx context.Context, posts []announce.Occurrence) error {
	for _, post := range posts {
		err := s.exec(ctx, `DELETE FROM occurrences WHERE parent = $1 AND kind = $2 AND state = $3 AND (conference <> $4 OR starts <> $5)`,
			post.Key, announce.KindRemind, announce.Due, string(post.Conference), millis(announce.RemindRow(announce.Reminder{}, post).Starts))
		if err != nil {
			return err
		}
	}
	return nil
}

// planReminders plans everybody's reminders for all posts to come of a
// conference, those whose time was before a moment left out. Planned ones stay.
func (s *Store) planReminders(ctx context.Context, id conference.ID, from time.Time) error {
	return s.planRemindersWithout(ctx, id, from, "")
}

func (s *Store) planRemindersWithout(ctx context.Context, id conference.ID, from time.Time, without string) error {
	reminders, err := query(ctx, s, scanReminder, `SELECT `+reminderColumns+` FROM reminders WHERE conference = $1`, string(id))
	if err != nil || len(reminders) == 0 {
		return err
	}
	posts, err := query(ctx, s, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
		WHERE conference = $1 AND kind = $2 AND state = $3 AND extra = 0 AND id <> $4 ORDER BY at, id`,
		string(id), announce.KindPost, announce.Due, without)
	if err != nil || len(posts) == 0 {
		return err
	}
	planned, err := s.plannedStarts(ctx, id, posts[0].At)
	if err != nil {
		return err
	}
	for _, post := range posts {
		for _, r := range reminders {
			row := announce.RemindRow(r, post)
			if row.At.Before(from) || row.Starts.Before(r.QuietUntil) || planned.sameRun(row) {
				continue
			}
			if err := s.addRow(ctx, row); err != nil {
				return err
			}
			planned[r.Person] = append(planned[r.Person], row.Starts)
		}
	}
	return nil
}

// starts are the starts that each person is, or was, reminded of.
type starts map[string][]time.Time

// plannedStarts returns those around and after a moment.
func (s *Store) plannedStarts(ctx context.Context, id conference.ID, from time.Time) (starts, error) {
	rows, err := query(ctx, s, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
		WHERE conference = $1 AND kind = $2 AND starts > $3`, string(id), announce.KindRemind, millis(from.Add(-announce.MinEvery)))
	known := make(starts, len(rows))
	for _, o := range rows {
		known[o.Person] = append(known[o.Person], o.Starts)
	}
	return known, err
}

// sameRun reports whether its person hears of the row's run already, by
// another announcement that names a slightly different start: runs of one
// conference are further apart than that.
func (k starts) sameRun(row announce.Occurrence) bool {
	return slices.ContainsFunc(k[row.Person], func(t time.Time) bool {
		return !t.Equal(row.Starts) && row.Starts.Sub(t).Abs() < announce.MinEvery
	})
}

const reminderColumns = `person, conference, minutes, created_at, quiet_until`

// ReminderOf returns somebody's reminder; ok is false when it is off.
func (s *Store) ReminderOf(ctx context.Context, person string, id conference.ID) (r announce.Reminder, ok bool, err error) {
	return queryOne(ctx, s, scanReminder, `SELECT `+reminderColumns+` FROM reminders WHERE person = $1 AND conference = $2`, person, string(id))
}

// RemindersBy returns all of somebody's reminders, oldest first.
func (s *Store) RemindersBy(ctx context.Context, person string) ([]announce.Reminder, error) {
	return query(ctx, s, scanReminder, `SELECT `+reminderColumns+` FROM reminders WHERE person = $1 ORDER BY created_at, conference`, person)
}

// SkipReminders leaves out somebody's reminders for starts before a moment.
// What was sent for starts of the last twelve hours is not followed up either.
func (s *Store) SkipReminders(ctx context.Context, person string, id conference.ID, now, before time.Time) error {
	return s.Tx(ctx, func(tx *Store) error {
		err := tx.exec(ctx, `UPDATE reminders SET quiet_until = $1 WHERE person = $2 AND conference = $3`, millis(before), person, string(id))
		if err != nil {
			return err
		}
		return tx.exec(ctx, `UPDATE occurrences SET state = $1, step = '', wake_at = 0
			WHERE conference = $2 AND kind = $3 AND person = $4 AND starts < $5 AND starts > $6`,
			announce.Skipped, string(id), announce.KindRemind, person, millis(before), millis(now.Add(-12*time.Hour)))
	})
}

// Reminded returns the reminders sent for starts after a moment, the last one
// of each person.
func (s *Store) Reminded(ctx context.Context, id conference.ID, startsAfter time.Time) ([]announce.Occurrence, error) {
	return query(ctx, s, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences o
		WHERE conference = $1 AND kind = $2 AND state IN ('posted','late') AND starts > $3 AND NOT EXISTS (
			SELECT 1 FROM occurrences n WHERE n.conference = o.conference AND n.kind = o.kind AND n.person = o.person
				AND n.starts > o.starts AND n.state IN ('posted','late','skipped') AND n.sent_at > 0)
		ORDER BY sent_at, person`, string(id), announce.KindRemind, millis(startsAfter))
}

func scanReminder(row scanner) (announce.Reminder, error) {
	var r announce.Reminder
	err := row.Scan(&r.Person, &r.Conference, &r.Minutes, when{&r.CreatedAt}, when{&r.QuietUntil})
	return r, err
}
