package blocks

import "github.com/slack-go/slack"

// KickSomeForm asks before several callers are removed, but not everybody:
// those whose numbers nobody has named, or all but the reader and moderators.
func KickSomeForm(l Line, unknown bool, m Meta) View {
	p := say("This hangs up on everybody else on the line of ").name(l.Conference.Name).say(", but not on moderators and you.")
	if unknown {
		p = say("This hangs up on everybody on the line of ").name(l.Conference.Name).say(" whose number has no name.")
	}
	p.say(" They can dial in again unless you also change the PIN.")
	return View{
		Kind: Modal, CallbackID: FormKickAll, Title: "Kick several people", Submit: "Kick them", Close: "Cancel", Meta: EncodeMeta(m),
		Blocks: []slack.Block{p.block(), sure("Yes, hang up on them")},
	}
}

// NotDeleted says that a conference stays because not everybody could be
// removed from its line first. Ended is how many were, left are the numbers
// of the callers who may still be there.
func NotDeleted(l Line, ended int, left []int) Message {
	p := new(prose).name(l.Conference.Name).say(" is not deleted, because Audian didn't hang up on everybody.")
	if ended > 0 {
		p.say(" I removed " + people(ended) + ".")
	}
	return p.say(numbered(left, "may still be on the line")).say(" Try again in a minute.").
		message(l.below(button(ListOpen, "Show who's on", "")))
}
