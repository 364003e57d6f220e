// Package bolt holds the proof that a Bolt for JavaScript app works against the sandbox Slack. The app is app.mjs with the
// packages that package-lock.json pins; the Go test installs and runs it where Node is there.
package bolt
