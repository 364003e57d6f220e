package store

import (
	"context"
	"encoding/json"
	"fmt"

	"confbot/conference"
	"confbot/live"
)

var _ live.Store = (*Store)(nil)

const runColumns = `id, conference, started, ended, empty_since, next_no, peak, notes, newcomers, keep_out, seen_at`

// LatestRun returns the conference's newest run with all of its callers.
func (s *Store) LatestRun(ctx context.Context, id conference.ID) (run live.Run, ok bool, err error) {
	run, ok, err = queryOne(ctx, s, scanRun,
		`SELECT `+runColumns+` FROM runs WHERE conference = $1 ORDER BY seen_at DESC, started DESC LIMIT 1`, string(id))
	if err != nil || !ok {
		return live.Run{}, false, err
	}
	run.Callers, err = s.Attendance(ctx, run.ID)
	return run, err == nil, err
}

// SaveRun writes the run and those of its callers that changed. It does not
// wait for the disk: after a power cut the next reading tells again who is on.
func (s *Store) SaveRun(ctx context.Context, run live.Run, changed []live.Caller) error {
	notes, err := json.Marshal(run.Notes)
	if err != nil {
		return fmt.Errorf("store: notes of a run: %w", err)
	}
	keepOut, err := json.Marshal(run.KeepOut)
	if err != nil {
		return fmt.Errorf("store: numbers kept out: %w", err)
	}
	return s.relaxed(ctx, func(tx *Store) error {
		err := tx.exec(ctx, `INSERT INTO runs (`+runColumns+`) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)
			ON CONFLICT (id) DO UPDATE SET conference = excluded.conference, started = excluded.started,
				ended = excluded.ended, empty_since = excluded.empty_since, next_no = excluded.next_no,
				peak = excluded.peak, notes = excluded.notes, newcomers = excluded.newcomers, keep_out = excluded.keep_out,
				seen_at = excluded.seen_at`,
			run.ID, string(run.Conference), millis(run.Started), millis(run.Ended), millis(run.EmptySince),
			run.NextNo, run.Peak, string(notes), flag(run.Newcomers), string(keepOut), millis(run.SeenAt))
		if err != nil {
			return err
		}
		return tx.saveCallers(ctx, run.ID, changed)
	})
}

// RunSummary is one run without its callers.
type RunSummary struct {
	live.Run

	People int // how many stays there were in all
}

// RunsOf returns a conference's newest runs, newest first, without callers.
func (s *Store) RunsOf(ctx context.Context, id conference.ID, limit int) ([]RunSummary, error) {
	return query(ctx, s, scanRunSummary, `SELECT `+runColumns+`, (SELECT COUNT(*) FROM callers WHERE callers.run = runs.id)
		FROM runs WHERE conference = $1 ORDER BY started DESC, id DESC LIMIT $2`, string(id), limit)
}

func scanRunSummary(row scanner) (RunSummary, error) {
	var r RunSummary
	var err error
	r.Run, err = scanRunAnd(row, &r.People)
	return r, err
}

func scanRun(row scanner) (live.Run, error) { return scanRunAnd(row) }

func scanRunAnd(row scanner, more ...any) (live.Run, error) {
	var r live.Run
	var notes, keepOut string
	err := row.Scan(append([]any{
		&r.ID, &r.Conference,
		when{&r.Started},
		when{&r.Ended},
		when{&r.EmptySince},
		&r.NextNo, &r.Peak, &notes,
		yes{&r.Newcomers},
		&keepOut,
		when{&r.SeenAt},
	}, more...)...)
	if err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(notes), &r.Notes); err != nil {
		return r, fmt.Errorf("notes: %w", err)
	}
	if err := json.Unmarshal([]byte(keepOut), &r.KeepOut); err != nil {
		return r, fmt.Errorf("numbers kept out: %w", err)
	}
	return r, nil
}
