package store

import "context"

// SetPref keeps a person's choice; an empty value forgets it.
func (s *Store) SetPref(ctx context.Context, user, key, value string) error {
	if value == "" {
		return s.exec(ctx, `DELETE FROM prefs WHERE person = $1 AND name = $2`, user, key)
	}
	return s.exec(ctx, `INSERT INTO prefs (person, name, value) VALUES ($1,$2,$3)
		ON CONFLICT (person, name) DO UPDATE SET value = excluded.value`, user, key, value)
}

// Pref returns a person's choice, "" when there is none.
func (s *Store) Pref(ctx context.Context, user, key string) (string, error) {
	value, _, err := queryOne(ctx, s, scanText, `SELECT value FROM prefs WHERE person = $1 AND name = $2`, user, key)
	return value, err
}

// Prefs returns all of a person's choices, by key.
func (s *Store) Prefs(ctx context.Context, user string) (map[string]string, error) {
	type pref struct{ key, value string }
	rows, err := query(ctx, s, func(row scanner) (p pref, err error) {
		err = row.Scan(&p.key, &p.value)
		return p, err
	}, `SELECT name, value FROM prefs WHERE person = $1`, user)
	prefs := make(map[string]string, len(rows))
	for _, p := range rows {
		prefs[p.key] = p.value
	}
	return prefs, err
}
