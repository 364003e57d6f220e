package blocks

import (
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"confbot/conference"
	"confbot/live"
)

// ActedData is what became of something asked for one caller.
type ActedData struct {
	Line
	Action  conference.Action
	Caller  live.Caller
	By      string // display name of who had done it before; Already only
	Already bool   // the caller was in that state before
	Waiting bool   // Audian took it, but it has not been seen to happen
}

// Acted is W3 and, where nothing was seen yet, W4.
func Acted(d ActedData) Message {
	w := d.Who(d.Caller)
	value := CallerValue(d.Caller.Key())
	if d.Waiting {
		return say("I asked Audian to "+asked(d.Action)+" ").caller(w, false).
			say(". It hasn't happened yet; the list updates when it does.").message()
	}
	if d.Already {
		p := say(fmt.Sprintf("Caller %d ", w.No)).say(already(d.Action))
		if clean(d.By) != "" {
			p.say(", by ").foreign(d.By)
		}
		return p.say(".").message()
	}
	p := new(prose).caller(w, true).say(", ")
	var undo slack.BlockElement
	switch d.Action {
	case conference.Mute:
		p.both("is muted. They can unmute themselves with *1.", "is muted. They can unmute themselves with star 1.")
		undo = button(ParticipantUnmute, "Unmute", value)
	case conference.Unmute:
		p.say("can be heard again.")
		undo = button(ParticipantMute, "Mute", value)
	case conference.Deaf:
		p.say("can't hear the conference now.")
		undo = button(ParticipantUndeaf, "Undeafen", value)
	case conference.Undeaf:
		p.say("can hear again.")
		undo = button(ParticipantDeafen, "Deafen", value)
	case conference.Kick:
		return Kicked(d.Line, d.Caller)
	}
	return p.message(actions(d.row(w.No), undo))
}

func already(a conference.Action) string {
	switch a {
	case conference.Mute:
		return "was already muted"
	case conference.Unmute:
		return "wasn't muted"
	case conference.Deaf:
		return "already couldn't hear"
	case conference.Undeaf:
		return "could hear already"
	case conference.Kick:
		return "was already off the line"
	}
	return "was already like that"
}

// NotHappened says after a lost answer that a look at the line shows nothing of
// what was asked for.
func NotHappened(l Line, a conference.Action, c live.Caller) Message {
	words := map[conference.Action]string{
		conference.Mute: "isn't muted", conference.Unmute: "is still muted", conference.Deaf: "can still hear",
		conference.Undeaf: "still can't hear", conference.Kick: "is still on the line",
	}[a]
	if words == "" {
		words = "is as before"
	}
	return new(prose).caller(l.Who(c), true).say(", " + words + ". Ask again if you still want it.").message()
}

// Interrupted is told instead of "nothing was done" where a restart came in
// the middle.
func Interrupted() Message {
	return say("I was restarted in the middle of this, so I can't tell whether it was done. Look at the list before you ask again.").message()
}

// Kicked is W6, with the offer to keep them out.
func Kicked(l Line, c live.Caller) Message {
	w, value := l.Who(c), CallerValue(c.Key())
	p := new(prose).caller(w, true).say(", is off the line. ")
	if c.Number.Hidden() {
		p.say("Their number is hidden, so I can't recognise them if they return. Changing the PIN is the only way to keep them out.")
	} else {
		p.say("They know the PIN and can dial back in.")
	}
	return p.message(actions(l.row(c.No),
		when(!c.Number.Hidden(), button(KickKeepOut, "Keep them out", value)),
		button(KickChangePIN, "Change PIN…", value),
		button(KickLeave, "Leave it", value)))
}

// AskKick is W16 for a typed kick, which has no dialog.
func AskKick(l Line, c live.Caller) Message {
	w, value := l.Who(c), CallerValue(c.Key())
	p := say(fmt.Sprintf("Kick caller %d? ", w.No)).name(w.title()).
		say(", " + w.number() + ", is cut off then. They can dial back in with the PIN.")
	if w.Moderator {
		p.say(" They moderate this conference.")
	}
	kick := button(KickConfirm, "Kick", value)
	kick.Style = slack.StyleDanger
	return p.message(actions(l.row(c.No), kick, button(KickCancel, "Cancel", value)))
}

// KeptOut says that somebody will be removed again.
func KeptOut(l Line, c live.Caller) Message {
	w := l.Who(c)
	if w.Ends == "" {
		return say("Their number is hidden, so I can't recognise them. Changing the PIN is the only way to keep them out.").
			message(actions(l.row(c.No), button(KickChangePIN, "Change PIN…", CallerValue(c.Key()))))
	}
	return say("I'll remove " + w.number() + " again whenever they come back, until this run ends.").message()
}

// LeftAlone closes the question after a kick.
func LeftAlone() Message { return say("Left as it is.").message() }

// BackAgain is W39 for everybody in the thread.
func BackAgain(w Who) Message {
	return say("The caller ending " + w.Ends + " dialled in again and was removed.").message()
}

// LeftAlready is W23.
func LeftAlready(l Line, c live.Caller, zone *time.Location) Message {
	p := new(prose).caller(l.Who(c), true).say(", left")
	if !c.Left.IsZero() {
		p.say(" at " + clock(c.Left, zone))
	}
	return p.say(". Nothing was done.").message()
}
