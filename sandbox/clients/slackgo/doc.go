// Package slackgo holds the proof that a plain program on slack-go, with its own Socket Mode client, works against the
// sandbox Slack. It has no code of its own; the sandbox itself must not import slack-go.
package slackgo
