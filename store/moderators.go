package store

import (
	"context"
	"time"

	"confbot/conference"
)

// Moderator is a person who may moderate one conference.
type Moderator struct {
	Conference conference.ID
	User       string
	AddedBy    string
	At         time.Time
}

// AddModerator adds one; adding somebody again changes nothing.
func (s *Store) AddModerator(ctx context.Context, m Moderator) error {
	return s.exec(ctx, `INSERT INTO moderators (conference, person, added_by, at) VALUES ($1,$2,$3,$4)
		ON CONFLICT (conference, person) DO NOTHING`,
		string(m.Conference), m.User, m.AddedBy, millis(m.At))
}

// RemoveModerator removes one; was is false when there was none.
func (s *Store) RemoveModerator(ctx context.Context, id conference.ID, user string) (was bool, err error) {
	n, err := s.affected(ctx, `DELETE FROM moderators WHERE conference = $1 AND person = $2`, string(id), user)
	return n > 0, err
}

// Moderators returns a conference's moderators in the order they were added.
func (s *Store) Moderators(ctx context.Context, id conference.ID) ([]Moderator, error) {
	return query(ctx, s, scanModerator,
		`SELECT conference, person, added_by, at FROM moderators WHERE conference = $1 ORDER BY at, person`, string(id))
}

// Moderates returns the conferences that a person moderates, by id: those
// that they made, and those to which they were added.
func (s *Store) Moderates(ctx context.Context, user string) ([]conference.ID, error) {
	return query(ctx, s, scanID, `SELECT conference FROM moderators WHERE person = $1
		UNION SELECT conference FROM conferences WHERE creator = $1 ORDER BY conference`, user)
}

func scanModerator(row scanner) (Moderator, error) {
	var m Moderator
	err := row.Scan(&m.Conference, &m.User, &m.AddedBy, when{&m.At})
	return m, err
}

func scanID(row scanner) (id conference.ID, err error) {
	err = row.Scan(&id)
	return id, err
}
