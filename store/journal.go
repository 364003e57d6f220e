package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"time"
)

// States of a journal entry.
const (
	StateOpen = "open" // not finished; its owner works on it while the lease runs
	StateDone = "done" // finished
	StateTold = "told" // not done, and the person was told so
)

// Entry is something that a person asked for, written down before Slack is
// told that it arrived.
type Entry struct {
	Key        string // names the envelope, so that a second delivery is known
	Ref        string
	Kind       string // "command", "click", "submission", "mention"
	Name       string // the plan's name, such as "participant.mute"
	Team       string
	User       string
	Channel    string
	At         time.Time
	FreshUntil time.Time // how long after a crash it may still be done
	Payload    []byte    // sealed by the caller; deleted on completion
	State      string    // StateOpen when ""
	Owner      string    // the process that works on it
	LeaseUntil time.Time // when others may take it over
}

const entryColumns = `id, ref, kind, name, team, person, channel, at, fresh_until, payload, state, owner, lease_until`

// AppendJournal writes the entries in one transaction. isNew tells of each
// whether it was new; one whose key is there already is left as it was.
func (s *Store) AppendJournal(ctx context.Context, entries []Entry) (isNew []bool, err error) {
	isNew = make([]bool, len(entries))
	if len(entries) == 0 {
		return isNew, nil
	}
	err = s.Tx(ctx, func(tx *Store) error {
		const statement = `INSERT INTO journal (` + entryColumns + `)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) ON CONFLICT (id) DO NOTHING`
		prepared, err := tx.tx.PrepareContext(ctx, statement)
		if err != nil {
			return failed(statement, err)
		}
		defer func() { _ = prepared.Close() }()
		// People wait for these rows, and the driver starts a watcher for each
		// statement that can be cancelled. What may take long, the begin and the
		// commit, ends with ctx all the same.
		insertCtx := context.WithoutCancel(ctx)
		for i, e := range entries {
			if e.State == "" {
				e.State = StateOpen
			}
			res, err := prepared.ExecContext(insertCtx, e.Key, e.Ref, e.Kind, e.Name, e.Team, e.User, e.Channel, millis(e.At),
				millis(e.FreshUntil), base64.RawStdEncoding.EncodeToString(e.Payload), e.State, e.Owner, millis(e.LeaseUntil))
			if err != nil {
				return failed(statement, err)
			}
			n, err := res.RowsAffected()
			if err != nil {
				return failed(statement, err)
			}
			isNew[i] = n > 0
		}
		return nil
	})
	return isNew, err
}

// Done closes entries as finished and deletes their payloads.
func (s *Store) Done(ctx context.Context, keys ...string) error {
	return s.closeEntries(ctx, StateDone, keys)
}

// Told closes entries as not done, the person having been told, and deletes
// their payloads.
func (s *Store) Told(ctx context.Context, keys ...string) error {
	return s.closeEntries(ctx, StateTold, keys)
}

func (s *Store) closeEntries(ctx context.Context, state string, keys []string) error {
	return inChunks(keys, func(some []string) error {
		return s.exec(ctx, `UPDATE journal SET state = $1, payload = '', lease_until = 0 WHERE id IN (`+
			placeholders(2, len(some))+`)`, append([]any{state}, anys(some)...)...)
	})
}

// ClaimJournal takes over at most limit open entries whose lease has run out
// at now, oldest first, for the time of lease.
func (s *Store) ClaimJournal(ctx context.Context, owner string, now time.Time, lease time.Duration, limit int) (claimed []Entry, err error) {
	err = s.Tx(ctx, func(tx *Store) error {
		// The condition stands twice so that two processes which chose the
		// same rows do not both get them.
		claimed, err = query(ctx, tx, scanEntry, `UPDATE journal SET owner = $1, lease_until = $2
			WHERE state = $3 AND lease_until <= $4 AND id IN (
				SELECT id FROM journal WHERE state = $3 AND lease_until <= $4 ORDER BY at, id LIMIT $5)
			RETURNING `+entryColumns, owner, millis(now.Add(lease)), StateOpen, millis(now), limit)
		return err
	})
	slices.SortFunc(claimed, func(a, b Entry) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Key, b.Key))
	})
	return claimed, err
}

// RenewJournal keeps all open entries of an owner until a later time.
func (s *Store) RenewJournal(ctx context.Context, owner string, until time.Time) error {
	return s.relaxed(ctx, func(tx *Store) error {
		return tx.exec(ctx, `UPDATE journal SET lease_until = $1 WHERE state = $2 AND owner = $3`, millis(until), StateOpen, owner)
	})
}

// Sweep deletes closed entries that arrived before a time, and with them the
// knowledge that their envelopes were here. It returns how many.
func (s *Store) Sweep(ctx context.Context, olderThan time.Time) (int64, error) {
	return s.affected(ctx, `DELETE FROM journal WHERE state IN ($1,$2) AND at < $3`, StateDone, StateTold, millis(olderThan))
}

func scanEntry(row scanner) (Entry, error) {
	var e Entry
	var payload string
	err := row.Scan(&e.Key, &e.Ref, &e.Kind, &e.Name, &e.Team, &e.User, &e.Channel, when{&e.At}, when{&e.FreshUntil},
		&payload, &e.State, &e.Owner, when{&e.LeaseUntil})
	if err != nil || payload == "" {
		return e, err
	}
	if e.Payload, err = base64.RawStdEncoding.DecodeString(payload); err != nil {
		return e, fmt.Errorf("payload: %w", err)
	}
	return e, nil
}
