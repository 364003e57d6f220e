package store

import (
	"context"
	"time"

	"confbot/conference"
)

// Link says which conference a channel means when none is named.
type Link struct {
	Channel    string
	Conference conference.ID
	By         string
	At         time.Time
}

// Link links a channel, in place of the link that it had.
func (s *Store) Link(ctx context.Context, l Link) error {
	return s.exec(ctx, `INSERT INTO links (channel, conference, linked_by, at) VALUES ($1,$2,$3,$4)
		ON CONFLICT (channel) DO UPDATE SET conference = excluded.conference, linked_by = excluded.linked_by, at = excluded.at`,
		l.Channel, string(l.Conference), l.By, millis(l.At))
}

// Unlink removes a channel's link; was is false when there was none.
func (s *Store) Unlink(ctx context.Context, channel string) (was bool, err error) {
	n, err := s.affected(ctx, `DELETE FROM links WHERE channel = $1`, channel)
	return n > 0, err
}

// LinkOf returns a channel's link.
func (s *Store) LinkOf(ctx context.Context, channel string) (l Link, ok bool, err error) {
	return queryOne(ctx, s, scanLink, `SELECT channel, conference, linked_by, at FROM links WHERE channel = $1`, channel)
}

// LinksOf returns the channels linked to a conference, oldest link first.
func (s *Store) LinksOf(ctx context.Context, id conference.ID) ([]Link, error) {
	return query(ctx, s, scanLink,
		`SELECT channel, conference, linked_by, at FROM links WHERE conference = $1 ORDER BY at, channel`, string(id))
}

func scanLink(row scanner) (Link, error) {
	var l Link
	err := row.Scan(&l.Channel, &l.Conference, &l.By, when{&l.At})
	return l, err
}
