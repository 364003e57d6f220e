// Package commands holds what people can ask for: the /conf sub-commands, the
// buttons, the forms and the App Home. A handler takes a plain value
// (Request, Click, Submission), decides whether the person may, does it
// through small interfaces and returns a Reply that says what to show and to
// whom. It never acknowledges, posts, logs its own error or sees a Slack
// client: package bot does all that in one place.
//
// Invariants: roles are checked at the moment of the click, before Audian is
// asked for anything; whatever acts on a caller reads the line afresh first
// and acts only on the very stay that was drawn; every change leaves an audit
// row; every interaction ends in a visible change or a private sentence.
//
// What somebody may not see does not exist for them: no refusal, near name or
// menu tells of it. What was asked for while Audian fell silent is told as not
// known, and only what was surely not done as not done.
//
// Common changes: a sub-command is a file <verb>.go, its test and a row in
// tables.go, from which usage, help and hints are generated; a button or a form
// is a handler and a row there. Who may do what is in policy.go alone, which
// words name what in resolve.go and who.go, what an answer looks like in
// package blocks.
package commands
