// Package announce posts conferences into channels on time: it reads what
// people write about time, knows when a rule comes round, and runs the
// timetable that survives restarts.
//
// It knows nothing of Slack, of Audian or of SQL: it posts through Announcer,
// changes PINs through Rotator and keeps everything through Store.
//
// Invariants:
//
//   - The table is the timetable. What is not in it does not happen, what is
//     in it happens in whatever process gets the lease; nothing is remembered
//     in memory that a restart would lose.
//   - A rule is wall time and an IANA zone, never an offset. A wall time that
//     the clocks skip happens when the skipped stretch is over, by as much as
//     was skipped (02:30 becomes 03:30); one that comes twice happens the first
//     time. That is RFC 5545, section 3.3.5, so calendars agree with us.
//   - Before a post is attempted its row says so. Whoever takes over such a
//     row looks for the post before posting again.
//   - A post belongs to the timetable until its record and its successor are
//     written, both in one transaction.
//
// Common changes: a phrase that is to be read goes into phrase.go and its table
// of tests, a way for a post to fail into outcome.go, what a row must remember
// into occurrence.go and the store, how long things wait into options.go.
package announce
