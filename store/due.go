package store

import (
	"context"
	"time"

	"confbot/announce"
	"confbot/conference"
)

// DuePost is a post around whose time its conference is worth watching.
type DuePost struct {
	Conference conference.ID
	Start      time.Time // when the conference starts; the post's own time where that is not known
}

// DueSoon returns the posts that are due by a moment, posted already or not,
// of conferences that start after another. What is asked for is found by its
// time: it costs nothing that more is planned for other days.
func (s *Store) DueSoon(ctx context.Context, dueBy, startsAfter time.Time) ([]DuePost, error) {
	return query(ctx, s, func(row scanner) (p DuePost, err error) {
		err = row.Scan(&p.Conference, when{&p.Start})
		return p, err
	}, dueSoon, announce.KindPost, millis(startsAfter.Add(-announce.MaxLead)), millis(dueBy), millis(startsAfter))
}

const dueSoon = `SELECT conference, CASE WHEN starts > 0 THEN starts ELSE at END FROM occurrences
	WHERE kind = $1 AND at > $2 AND at <= $3 AND (starts > $4 OR starts = 0 AND at > $4)
		AND state IN ('due','posting','posted','late')
	ORDER BY at, id`

// DueChannels returns the channels in which something is to be posted whose
// next step is due by a moment, the most urgent first.
func (s *Store) DueChannels(ctx context.Context, dueBy time.Time) ([]string, error) {
	return query(ctx, s, scanText, dueChannels, millis(dueBy), announce.KindPost, announce.Due)
}

const dueChannels = `SELECT channel FROM occurrences WHERE wake_at > 0 AND wake_at <= $1 AND kind = $2 AND state = $3
	GROUP BY channel ORDER BY MIN(wake_at), channel`
