package store

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"time"

	"confbot/conference"
)

// Audit is who did what. It never holds a PIN, a token or a full number: a
// target reads like "caller 7, ends 0199".
type Audit struct {
	ID         string // given by AddAudit; sorts by time
	At         time.Time
	Ref        string // reference id of the interaction
	Team       string
	User       string
	Channel    string
	Conference conference.ID
	Action     string // the handler's name, such as "participant.kick"
	Target     string
	Outcome    string // "done", "denied", "failed", "unsure"
	Detail     string
}

const auditColumns = `id, at, ref, team, person, channel, conference, action, target, outcome, detail`

// AddAudit adds a row. An ID that is set already is kept, and adding it twice
// adds it once.
func (s *Store) AddAudit(ctx context.Context, a Audit) error {
	if a.ID == "" {
		a.ID = s.auditID(a.At)
	}
	return s.exec(ctx, `INSERT INTO audit (`+auditColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)
		ON CONFLICT (id) DO NOTHING`,
		a.ID, millis(a.At), a.Ref, a.Team, a.User, a.Channel, string(a.Conference), a.Action, a.Target, a.Outcome, a.Detail)
}

// auditID sorts by time, then by order of adding in this process; the random
// end keeps processes apart.
func (s *Store) auditID(at time.Time) string {
	var end [4]byte
	_, _ = rand.Read(end[:])                                                                           // never fails
	return fmt.Sprintf("%012x%08x%s", millis(at), uint32(s.audits.Add(1)), hex.EncodeToString(end[:])) //nolint:gosec // wraps after four thousand million rows
}

// AuditOf returns a conference's rows, newest first, those older than the row
// before (an ID; "" begins with the newest).
func (s *Store) AuditOf(ctx context.Context, id conference.ID, before string, limit int) ([]Audit, error) {
	if before == "" {
		before = "~" // after every hexadecimal digit
	}
	return query(ctx, s, scanAudit, `SELECT `+auditColumns+` FROM audit
		WHERE conference = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, string(id), before, limit)
}

// CountSince counts how often a person did something with the outcome "done"
// since a time, for limits by the day.
func (s *Store) CountSince(ctx context.Context, user, action string, since time.Time) (int, error) {
	n, _, err := queryOne(ctx, s, scanInt, `SELECT COUNT(*) FROM audit
		WHERE person = $1 AND action = $2 AND outcome = 'done' AND at >= $3`, user, action, millis(since))
	return int(n), err
}

func scanAudit(row scanner) (Audit, error) {
	var a Audit
	err := row.Scan(&a.ID, when{&a.At}, &a.Ref, &a.Team, &a.User, &a.Channel, &a.Conference, &a.Action, &a.Target,
		&a.Outcome, &a.Detail)
	return a, err
}
