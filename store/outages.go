package store

import (
	"context"
	"time"

	"confbot/announce"
)

// Outage is a time in which Audian did not answer.
type Outage struct {
	Since, Until time.Time // Until zero: it goes on
}

// OutageNote is the one message that somebody got about an outage.
type OutageNote struct {
	Since   time.Time // of the outage
	Person  string    // Slack user; "" is the operators' channel
	Channel string
	TS      string
	Drawn   string // key of what it says
}

// PostedThen is a post that went out, with whom it concerns.
type PostedThen struct {
	announce.Occurrence

	Owner string
}

// LastOutage returns the newest outage, if it goes on or was over after a
// moment.
func (s *Store) LastOutage(ctx context.Context, overAfter time.Time) (o Outage, ok bool, err error) {
	return queryOne(ctx, s, func(row scanner) (o Outage, err error) {
		err = row.Scan(when{&o.Since}, when{&o.Until})
		return o, err
	}, `SELECT since, until FROM outages WHERE until = 0 OR until > $1 ORDER BY since DESC LIMIT 1`, millis(overAfter))
}

// SaveOutage inserts an outage, or replaces the one since then.
func (s *Store) SaveOutage(ctx context.Context, o Outage) error {
	return s.exec(ctx, `INSERT INTO outages (since, until) VALUES ($1,$2) ON CONFLICT (since) DO UPDATE SET until = excluded.until`,
		millis(o.Since), millis(o.Until))
}

// OutageNotes returns who was told of an outage.
func (s *Store) OutageNotes(ctx context.Context, since time.Time) ([]OutageNote, error) {
	return query(ctx, s, func(row scanner) (n OutageNote, err error) {
		err = row.Scan(when{&n.Since}, &n.Person, &n.Channel, &n.TS, &n.Drawn)
		return n, err
	}, `SELECT since, person, channel, ts, drawn FROM outage_notes WHERE since = $1 ORDER BY person`, millis(since))
}

// SaveOutageNote inserts a note, or replaces the one of that person.
func (s *Store) SaveOutageNote(ctx context.Context, n OutageNote) error {
	return s.exec(ctx, `INSERT INTO outage_notes (since, person, channel, ts, drawn) VALUES ($1,$2,$3,$4,$5)
		ON CONFLICT (since, person) DO UPDATE SET channel = excluded.channel, ts = excluded.ts, drawn = excluded.drawn`,
		millis(n.Since), n.Person, n.Channel, n.TS, n.Drawn)
}

// DeleteOutages deletes what is kept of outages that began before a moment.
func (s *Store) DeleteOutages(ctx context.Context, before time.Time) error {
	return s.Tx(ctx, func(tx *Store) error {
		if err := tx.exec(ctx, `DELETE FROM outage_notes WHERE since < $1`, millis(before)); err != nil {
			return err
		}
		return tx.exec(ctx, `DELETE FROM outages WHERE since < $1 AND until > 0`, millis(before))
	})
}

// PostedDuring returns the posts of announcements that were due and went out
// within a stretch, oldest first. Those of deleted announcements are left out.
func (s *Store) PostedDuring(ctx context.Context, from, to time.Time) ([]PostedThen, error) {
	rows, err := query(ctx, s, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
		WHERE kind = $1 AND at > $2 AND at <= $3 AND state IN ('posted','late') ORDER BY at, id`,
		announce.KindPost, millis(from), millis(to))
	if err != nil {
		return nil, err
	}
	ids := make([]announce.ID, len(rows))
	for i, o := range rows {
		ids[i] = o.Announcement
	}
	list, err := s.Announcements(ctx, ids...)
	if err != nil {
		return nil, err
	}
	owners := make(map[announce.ID]string, len(list))
	for _, a := range list {
		owners[a.ID] = a.Owner
	}
	posted := make([]PostedThen, 0, len(rows))
	for _, o := range rows {
		if owner := owners[o.Announcement]; owner != "" {
			posted = append(posted, PostedThen{Occurrence: o, Owner: owner})
		}
	}
	return posted, nil
}
