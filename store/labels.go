package store

import (
	"context"
	"time"
)

// Label is the name that people gave to a phone number.
type Label struct {
	Digits string // conference.Number.Digits
	Name   string
	User   string // the Slack user whose number it is, where that is known
	By     string
	At     time.Time
	UsedAt time.Time // when it last named somebody on the line
}

// OwnLine is a number from which a person was on the line: they pressed
// "This is me" on it.
type OwnLine struct {
	User   string
	Digits string
	At     time.Time
}

// Label names a number, in place of the name that it had.
func (s *Store) Label(ctx context.Context, l Label) error {
	return s.exec(ctx, `INSERT INTO labels (digits, name, person, named_by, at, used_at) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (digits) DO UPDATE SET name = excluded.name, person = excluded.person, named_by = excluded.named_by,
			at = excluded.at, used_at = excluded.used_at`,
		l.Digits, l.Name, l.User, l.By, millis(l.At), millis(l.UsedAt))
}

// Unlabel takes a number's name away; was is false when it had none.
func (s *Store) Unlabel(ctx context.Context, digits string) (was bool, err error) {
	n, err := s.affected(ctx, `DELETE FROM labels WHERE digits = $1`, digits)
	return n > 0, err
}

// Labels returns the names of those numbers that have one, by digits.
func (s *Store) Labels(ctx context.Context, digits ...string) (map[string]Label, error) {
	labels := make(map[string]Label, len(digits))
	err := inChunks(digits, func(some []string) error {
		rows, err := query(ctx, s, scanLabel, `SELECT digits, name, person, named_by, at, used_at FROM labels
			WHERE digits IN (`+placeholders(1, len(some))+`)`, anys(some)...)
		for _, l := range rows {
			labels[l.Digits] = l
		}
		return err
	})
	return labels, err
}

// UseLabels notes that these numbers were on the line at a time, which keeps
// their names from being deleted with age.
func (s *Store) UseLabels(ctx context.Context, at time.Time, digits ...string) error {
	return inChunks(digits, func(some []string) error {
		return s.relaxed(ctx, func(tx *Store) error {
			return tx.exec(ctx, `UPDATE labels SET used_at = $1 WHERE used_at < $1 AND digits IN (`+
				placeholders(2, len(some))+`)`, append([]any{millis(at)}, anys(some)...)...)
		})
	})
}

// ClaimLine remembers that a number is a person's own. Several people may
// claim one number: an office has one for many.
func (s *Store) ClaimLine(ctx context.Context, l OwnLine) error {
	return s.exec(ctx, `INSERT INTO own_lines (person, digits, at) VALUES ($1,$2,$3)
		ON CONFLICT (person, digits) DO UPDATE SET at = excluded.at`, l.User, l.Digits, millis(l.At))
}

// DropLine forgets that a number is a person's own.
func (s *Store) DropLine(ctx context.Context, user, digits string) error {
	return s.exec(ctx, `DELETE FROM own_lines WHERE person = $1 AND digits = $2`, user, digits)
}

// LinesOf returns a person's own numbers, latest claim first.
func (s *Store) LinesOf(ctx context.Context, user string) ([]OwnLine, error) {
	return query(ctx, s, scanLine, `SELECT person, digits, at FROM own_lines WHERE person = $1 ORDER BY at DESC, digits`, user)
}

// UserOfLine returns who claimed each of the numbers last, by digits.
func (s *Store) UserOfLine(ctx context.Context, digits ...string) (map[string]string, error) {
	users := make(map[string]string, len(digits))
	err := inChunks(digits, func(some []string) error {
		rows, err := query(ctx, s, scanLine, `SELECT person, digits, at FROM own_lines
			WHERE digits IN (`+placeholders(1, len(some))+`) ORDER BY at, person`, anys(some)...)
		for _, l := range rows {
			users[l.Digits] = l.User
		}
		return err
	})
	return users, err
}

func scanLabel(row scanner) (Label, error) {
	var l Label
	err := row.Scan(&l.Digits, &l.Name, &l.User, &l.By, when{&l.At}, when{&l.UsedAt})
	return l, err
}

func scanLine(row scanner) (OwnLine, error) {
	var l OwnLine
	err := row.Scan(&l.User, &l.Digits, when{&l.At})
	return l, err
}
