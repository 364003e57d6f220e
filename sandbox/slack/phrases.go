package slack

import (
	"fmt"
	"time"

	"confbot/sandbox/slack/control"
)

// What Slack's own client says to people.
const (
	sayTrouble     = "We had some trouble connecting. Try again?"
	sayRequired    = "Please complete this required field."
	sayMessagesOff = "Sending messages to this app has been turned off."
)

func sayNoCommand(command string) string { return command + " is not a valid command." }

func sayNotInThreads(command string) string { return command + " is not supported in threads. Sorry!" }

func sayCommandFailed(command, code string) string {
	return fmt.Sprintf("%s failed with the error %q", command, code)
}

// notify tells one person something outside any message; mu held.
func (s *Server) notify(u *user, n control.Notice) {
	s.noticeSeq++
	n.Seq, n.User, n.At = s.noticeSeq, u.ID, s.clock.now().UTC().Format(time.RFC3339Nano)
	u.notices.add(n)
	s.changedFor(u.ID, control.Change{Kind: "notice", Channel: n.Channel, TS: n.MessageTS, Notice: &n})
}
