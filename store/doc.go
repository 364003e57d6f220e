// Package store keeps what must survive a restart: who made and moderates a
// conference, which channel is linked to which, where the cards and panels
// are, runs and who was on them, names for numbers, audit rows, the journal of
// what is being done and the leases that say who does it.
//
// It knows SQL and nothing else: no Slack client, no HTTP, no rules about who
// may do what. It owns its row types, except runs and callers, which are
// package live's.
//
// Invariants:
//
//   - Tx is the only way to write. One connection writes at a time; readers
//     have their own connections, which refuse to write, and are never held up.
//   - A write that returned is on the disk, also after a power cut
//     (synchronous=FULL). The exceptions call relaxed, which survives the
//     death of the process but may lose its last moments to a power cut: what
//     is lost there is seen again at the next reading.
//   - Every statement is valid on SQLite and on PostgreSQL: $1 placeholders,
//     TEXT and BIGINT columns, times as Unix milliseconds with 0 for none,
//     ON CONFLICT and RETURNING, no engine's own functions.
//   - One process has the file: a second one is refused.
//
// Common changes: a new table is a numbered file in migrations and a file here
// named for its subject; a released migration is never edited. What is deleted
// with age is listed in retention.go, what goes with a conference in Forget.
package store
