// Package live knows what happens on the line: it numbers callers, tells one
// reading of Audian from the next, keeps runs (from the first caller to the
// last) and watches the conferences that somebody looks at.
//
// It knows nothing of Slack, of HTTP or of SQL: readings come through Reader,
// runs are kept through Store, and whoever draws is told through Sink.
//
// Invariants: a caller number is given in order of joining and never reused
// within a run; a caller is the same one only if id and time of joining agree;
// one empty reading is weak evidence, so a run ends after two of them a minute
// apart; a reading that was asked for before another one finished is never
// answered from that other one.
//
// Runs change in two ways only, by a reading (reading.go) and by what somebody
// asked for (changes.go); both wait for the conference's turn, save, and then
// tell the Sink. Nothing is locked while Audian is asked.
//
// Common changes: what is remembered of a caller goes into run.go and
// caller.go (and into package store), what one reading means after another
// into observe.go, when to look again into pace.go, who is told what into
// ports.go.
package live
