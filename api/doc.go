// Package api is the client of the Audian Conferences API
// (https://docs.audian.com/conferences): signing in, every verb on a
// conference and on the people in it, and cached lookups for names.
//
// It speaks the vocabulary of package conference and nothing else of ours; it
// knows neither Slack nor who may do what. What it gives back is either a
// value or an error of package conference, made in one place (explain).
//
// Invariants:
//   - Nothing is written twice by itself. Reads are repeated after a short
//     wait; a write is repeated only when it is known not to have been
//     carried out, or after looking.
//   - Unsure is set on an error exactly when the wish may have been carried
//     out although no answer says so.
//   - A change reads the whole document, alters it and sends it back, so what
//     we do not know survives and PINs are never wiped by leaving them out.
//   - PINs count as protecting a conference only after they were read back in
//     the form that this account acts on.
//   - No key, token, PIN, phone number or body is ever in a log or an error.
//   - All calls share one pace, and writes go before polls.
//
// Common changes: an endpoint is a file <resource>.go and its test, thin over
// Client.do; how a status is told to people is explain in errors.go; what is
// repeated is policy in retry.go; how a field is spelt in either dialect is
// document.go; what is cached and for how long is cache.go and book.go.
package api
