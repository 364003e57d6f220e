package store

import (
	"context"

	"confbot/conference"
	"confbot/live"
)

const callerColumns = `no, participant, name, number, muted, deaf, joined, role, changed_at, arrived_muted, muted_by,
	deaf_by, self_unmuted, pending, pending_at, claimed_by, left_at, kicked_by, kept_out`

// Attendance returns everybody who was in a run, by caller number.
func (s *Store) Attendance(ctx context.Context, run string) ([]live.Caller, error) {
	return query(ctx, s, scanCaller, `SELECT `+callerColumns+` FROM callers WHERE run = $1 ORDER BY no`, run)
}

const saveCaller = `INSERT INTO callers (run, ` + callerColumns + `)
	VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)
	ON CONFLICT (run, no) DO UPDATE SET participant = excluded.participant, name = excluded.name,
		number = excluded.number, muted = excluded.muted, deaf = excluded.deaf, joined = excluded.joined,
		role = excluded.role, changed_at = excluded.changed_at, arrived_muted = excluded.arrived_muted,
		muted_by = excluded.muted_by, deaf_by = excluded.deaf_by, self_unmuted = excluded.self_unmuted,
		pending = excluded.pending, pending_at = excluded.pending_at, claimed_by = excluded.claimed_by,
		left_at = excluded.left_at, kicked_by = excluded.kicked_by, kept_out = excluded.kept_out`

// saveCallers is called within a transaction.
func (s *Store) saveCallers(ctx context.Context, run string, callers []live.Caller) error {
	if len(callers) == 0 {
		return nil
	}
	prepared, err := s.tx.PrepareContext(ctx, saveCaller)
	if err != nil {
		return failed(saveCaller, err)
	}
	defer func() { _ = prepared.Close() }()
	for _, c := range callers {
		_, err := prepared.ExecContext(ctx, run,
			c.No, string(c.ID), c.Name, c.Number.Full(), flag(c.Muted), flag(c.Deaf), millis(c.Joined), int(c.Role),
			millis(c.ChangedAt), flag(c.ArrivedMuted), c.MutedBy, c.DeafBy, millis(c.SelfUnmuted),
			string(c.Pending), millis(c.PendingAt), c.ClaimedBy, millis(c.Left), c.KickedBy, flag(c.KeptOut))
		if err != nil {
			return failed(saveCaller, err)
		}
	}
	return nil
}

func scanCaller(row scanner) (live.Caller, error) {
	var c live.Caller
	var number string
	err := row.Scan(&c.No, &c.ID, &c.Name, &number, yes{&c.Muted}, yes{&c.Deaf}, when{&c.Joined}, &c.Role,
		when{&c.ChangedAt}, yes{&c.ArrivedMuted}, &c.MutedBy, &c.DeafBy, when{&c.SelfUnmuted},
		&c.Pending, when{&c.PendingAt}, &c.ClaimedBy, when{&c.Left}, &c.KickedBy, yes{&c.KeptOut})
	c.Number = conference.NewNumber(number)
	return c, err
}
