// Package conference is the vocabulary that every other package speaks:
// conferences, the people on them, PINs, phone numbers, names and the kinds
// of things that go wrong.
//
// It uses the standard library only, does no I/O and knows neither Slack nor
// Audian. Values that must stay secret (PIN, Number) print themselves
// redacted whatever verb, encoder or logger is used; Digits and Full are the
// only ways to see them, so a search for those two names finds every place
// that shows one.
//
// Common changes: a new kind of failure goes into errors.go (and its wording
// into package blocks), a rule for PINs into pin.go, a rule for how names are
// compared into name.go.
package conference
