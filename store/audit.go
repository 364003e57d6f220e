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
// target reads like "caller 7, ends 0199", and a PIN that is just being changed
// is a note that the caller has sealed.
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

// BeginAudit writes rows of what is about to be done and fills their IDs in,
// so that a process which dies in the middle leaves a trace of it. It does not
// wait for the disk.
func (s *Store) BeginAudit(ctx context.Context, rows []Audit) error {
	for i := range rows {
		rows[i].ID = s.auditID(rows[i].At)
	}
	return s.relaxed(ctx, func(tx *Store) error {
		for _, a := range rows {
			if err := tx.AddAudit(ctx, a); err != nil {
				return err
			}
		}
		return nil
	})
}

// EndAudit notes the outcomes and details of rows that were begun. One without
// an outcome is deleted: nothing was asked for in the end.
func (s *Store) EndAudit(ctx context.Context, rows []Audit) error {
	return s.Tx(ctx, func(tx *Store) error {
		for _, a := range rows {
			err := tx.exec(ctx, `UPDATE audit SET outcome = $1, detail = $2 WHERE id = $3`, a.Outcome, a.Detail, a.ID)
			if a.Outcome == "" {
				err = tx.exec(ctx, `DELETE FROM audit WHERE id = $1`, a.ID)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// AuditOfRef returns the rows of one interaction since a time, oldest first.
// Different interactions may share a reference, but not in the same minutes.
func (s *Store) AuditOfRef(ctx context.Context, ref string, since time.Time) ([]Audit, error) {
	return query(ctx, s, scanAudit, `SELECT `+auditColumns+` FROM audit
		WHERE at >= $1 AND ref = $2 ORDER BY id`, millis(since), ref)
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
