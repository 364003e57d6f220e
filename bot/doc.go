// Package bot is the Slack side of the program: it keeps the connections,
// reads what arrives, makes it durable, acknowledges it, has it carried out
// and delivers the answer by the one right Slack call. It draws cards, panels
// and open forms again when what they show has changed.
//
// It must not know what a command means, who may do what, how anything is
// worded or what Audian is: that is behind Desk. Nothing else in the program
// talks to Slack.
//
// Invariants:
//
//   - An acknowledgement never waits for a handler. What will change something
//     is in the journal before it is acknowledged; if it cannot be written,
//     the person is told that it was not done.
//   - Whatever arrives twice is carried out once.
//   - One message is written by one lane at a time, from what is known at that
//     moment, so an older drawing never covers a newer one.
//   - A background redraw never uses what a person's own click needs.
//   - A message is posted again only when it is known that the first one did
//     not land.
//   - A connection is let go only after the next one has said hello.
//
// Common changes: how a reply travels is in deliver.go, how long a look-up is
// remembered in directory.go, what Slack's refusals mean in failure.go, the
// paces and time-outs in limits.go.
package bot
