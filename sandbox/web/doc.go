// Package web is the page of the sandboxes: a chat workspace on the left, the
// callers' phones on the right.
//
// It serves embedded files and forwards three paths to the control handlers it
// is given: /slack/, /audian/ and /demo/. It knows nothing of the sandboxes'
// types and nothing of confbot: all it shares with them is JSON over HTTP.
//
// Invariants:
//   - Nothing is fetched from anywhere but this server; the content security
//     policy forbids it to the page, too.
//   - Only a browser on this machine may talk to it: requests with a foreign
//     Host (DNS rebinding) and writes from a foreign origin are refused.
//   - What an app sends is drawn as nodes and never as HTML text, and what
//     cannot be drawn is shown as "[x is not drawn here]".
//
// Common changes: a new block goes into static/js/blocks.js, a new element
// into static/js/elements.js, its value fields into static/js/values.js. The
// hooks that tests may rely on are listed in README.md.
package web
