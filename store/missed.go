package store

import (
	"context"
	"time"

	"confbot/announce"
)

// MissedBy returns, of each of somebody's announcements, the last post since a
// moment that did not go out though nobody wanted that, latest first. Those
// are left out that something was posted after, or is about to be at once.
func (s *Store) MissedBy(ctx context.Context, owner string, since time.Time) ([]announce.Occurrence, error) {
	return query(ctx, s, scanOccurrence, `SELECT `+occurrenceColumns+` FROM occurrences
		WHERE id IN (
			SELECT o.id FROM occurrences o JOIN announcements a ON a.id = o.announcement
			WHERE a.owner = $1 AND a.why <> $2 AND o.kind = $3 AND o.state = $4 AND o.at > $5 AND NOT EXISTS (
				SELECT 1 FROM occurrences n WHERE n.announcement = o.announcement AND n.kind = o.kind AND n.at > o.at
					AND (n.state IN ('posted','late','posting','missed') OR n.state = 'due' AND n.extra = 1)))
		ORDER BY at DESC, id`, owner, announce.TroubleGone, announce.KindPost, announce.Missed, millis(since))
}

// LastPost returns when an announcement was last posted, or, where that is
// just being done, when it was due; zero for never.
func (s *Store) LastPost(ctx context.Context, id announce.ID) (time.Time, error) {
	ms, _, err := queryOne(ctx, s, scanInt, `SELECT COALESCE(MAX(CASE WHEN sent_at > 0 THEN sent_at ELSE at END), 0) FROM occurrences
		WHERE announcement = $1 AND kind = $2 AND (state IN ('posted','late','posting') OR state = 'due' AND extra = 1)`,
		string(id), announce.KindPost)
	return fromMillis(ms), err
}
