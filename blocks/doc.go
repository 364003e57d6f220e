// Package blocks turns what the program knows into Block Kit and words. Every
// view is a pure function: domain values in, Message or View out, with the
// clock and the reader's time zone as arguments. It owns the action ids, the
// codec of button values, Slack's limits and all the wording.
//
// It must not know how anything is sent: no Slack client, no context, no I/O.
//
// Invariants: the top-level text of every message carries the whole message
// in words, since a locked phone and a screen reader get nothing else; foreign
// names go into plain-text or rich-text elements, and into mrkdwn only through
// escape; no string is longer than Slack takes, whatever a caller is called.
//
// Common changes: a participant's button is an id in actions.go and its
// drawing in the view's own file; the wording of a failure is in problem.go,
// at a field in fields.go; a limit of Slack's is in limits.go. Every view has
// a row in the tests' samples, which draws its golden file and holds it to
// Slack's rules and to ours; go test ./blocks -update draws them anew.
//
// A view takes one struct of domain values and fits in its own file. Shared
// messages write times as date tokens, which every client draws in its
// reader's zone; surfaces with one reader use that reader's zone; the
// top-level text names a place ("09:30 Berlin").
package blocks
