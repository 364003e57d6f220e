// Package control is the language spoken with the sandbox Slack from outside the app: act as any person, read what that
// person sees, switch faults on, move the clock, read what the app sent. The server in package slack answers it, the web
// page and tests speak it, and Client is its Go client.
//
// It is plain JSON over loopback; docs/sandbox.md has every call with curl. The types here are the one definition of its
// shapes. The package must not know how the sandbox works inside, and it knows nothing of any bot.
//
// To add a call: its types here, a method on Client, a route in the server's control.go, a line in docs/sandbox.md.
package control
