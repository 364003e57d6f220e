// Package slack is a sandbox Slack: one workspace with one installed app, as strict towards that app as the real one. Any
// client can be pointed at it: it serves the Web API under /api/, Socket Mode under /link/, response URLs, file uploads,
// and a control API (package control) by which tests and the web page act as people.
//
// It imports nothing of the product and no Slack client library, so that a misreading of Slack is not shared by the bot
// and its only witness. Facts come from docs.slack.dev and from what Slack's own SDKs send and expect; where these are
// silent the reading taken is a field of Readings and both ways can be played.
//
// Invariants:
//   - Server.mu guards the world: workspace, sockets, deliveries, triggers, response URLs. Functions whose comment says
//     "mu held" rely on it. Nothing waits for the network or for an app while holding it.
//   - What people live by (the 3 s ack, trigger ids, response URLs, retries, scheduled posts, timestamps) runs on the
//     sandbox's clock, which can be scaled and moved. What machines live by (pings, socket life, rate limits) runs on
//     the real one, since the client's own timers do.
//   - Every request, envelope and ack ends in the request log with a verdict.
//   - Stop returns only after every goroutine has ended.
//
// Where common changes go: a Web API method is a row in methods.go and a function in its api_ file; an act of a person is
// an act_ file and a route in control.go; an event is emitted through emit with its name in the manifest; what Slack says
// to people is in phrases.go; a shape of the control API is in package control.
package slack
