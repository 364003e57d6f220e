package blocks

import (
	"fmt"
	"slices"
	"time"

	"github.com/slack-go/slack"

	"confbot/conference"
	"confbot/live"
)

// rowStyle is what differs between the rows of a shared message and those of
// one reader's private list.
type rowStyle struct {
	reader string         // Slack user who reads; "" in shared messages
	zone   *time.Location // the reader's zone, or the place that words name
	twins  map[string][2]int
}

// state says in words how a caller is. The words come first, since signs and
// colours carry no meaning of their own.
func (l Line) state(c live.Caller, st rowStyle) *prose {
	p := new(prose)
	switch {
	case c.KeptOut:
		return p.say("kept out")
	case !c.On() && c.KickedBy != "":
		return p.say("kicked by ").user(c.KickedBy, l.Names).say(", ").at(c.Left, st.zone)
	case !c.On():
		return p.say("left ").at(c.Left, st.zone)
	case c.Pending != "":
		return p.say(asked(c.Pending) + " requested")
	}
	switch {
	case c.Muted && c.Deaf:
		p.say("muted, can't hear")
	case c.Deaf:
		p.say("unmuted, can't hear")
	case c.Muted && c.MutedBy != "":
		p.say("muted (by ").user(c.MutedBy, l.Names).say(")")
	case c.Muted && c.ArrivedMuted:
		p.say("arrived muted")
	case c.Muted:
		p.say("muted")
	case !c.SelfUnmuted.IsZero():
		return p.say("unmuted again by phone, ").at(c.SelfUnmuted, st.zone)
	default:
		p.say("unmuted")
	}
	if c.Talking != nil && *c.Talking && !c.Muted {
		p.say(", talking")
	}
	return p
}

// asked names an action as a thing that was asked for.
func asked(a conference.Action) string {
	switch a {
	case conference.Mute:
		return "mute"
	case conference.Unmute:
		return "unmute"
	case conference.Deaf:
		return "deafen"
	case conference.Undeaf:
		return "undeafen"
	case conference.Kick:
		return "kick"
	}
	return "change"
}

// since is when the caller came to be as they are.
func since(c live.Caller) time.Time {
	if c.ChangedAt.IsZero() {
		return c.Joined
	}
	return c.ChangedAt
}

// describe is a caller's two lines: who on the first, how on the second.
func (l Line) describe(c live.Caller, st rowStyle) *slack.RichTextBlock {
	w := l.Who(c)
	p := new(prose).bold(fmt.Sprintf("%d. %s", w.No, w.title())).say(w.remark())
	if w.Moderator {
		p.say(", moderator")
	}
	switch {
	case w.User != "" && w.User == st.reader:
		p.say(", you")
	case c.ClaimedBy != "" && w.Name != clean(l.Names[c.ClaimedBy]):
		p.say(", ").user(c.ClaimedBy, l.Names).say("'s line")
	}
	p.say(", " + w.number())
	if twin := st.twin(c); twin > 0 {
		p.say(fmt.Sprintf(", same number as caller %d", twin))
	}
	p.say("\n")
	switch {
	case !c.On(): // neither heard nor muted
	case c.Muted:
		p.emoji("mute").say(" ")
	default:
		p.emoji("speaker").say(" ")
	}
	p.add(l.state(c, st))
	if c.On() && c.SelfUnmuted.IsZero() {
		p.say(", since ").bare(since(c), st.zone)
	}
	return p.block()
}

// twins finds numbers that several callers on the line have: a number is no
// proof of who somebody is. It holds the first two callers of each.
func (l Line) twins() map[string][2]int {
	on := make(map[string][2]int, len(l.Snapshot.Run.Callers))
	for _, c := range l.Snapshot.Run.Callers {
		if !c.On() || c.Number.Hidden() {
			continue
		}
		key := c.Number.Digits()
		if pair := on[key]; pair[0] == 0 {
			on[key] = [2]int{c.No}
		} else if pair[1] == 0 {
			on[key] = [2]int{pair[0], c.No}
		}
	}
	return on
}

// twin is another caller with the same number, 0 for none.
func (st rowStyle) twin(c live.Caller) int {
	if !c.On() || c.Number.Hidden() {
		return 0
	}
	pair := st.twins[c.Number.Digits()]
	if pair[0] == c.No {
		return pair[1]
	}
	return pair[0]
}

// spoken is a caller as a screen reader hears them: "3, Bo Lin, ends 0142, muted."
func (l Line) spoken(c live.Caller, st rowStyle) string {
	w := l.Who(c)
	p := new(prose).say(fmt.Sprintf("%d, ", w.No))
	if w.Name == "" {
		p.say("unknown caller")
	} else {
		p.foreign(w.title())
	}
	if w.Said != "" {
		p.say(w.remark())
	}
	if w.Moderator {
		p.say(", moderator")
	}
	return p.say(", " + w.number() + ", ").add(l.state(c, st)).say(".").words()
}

// muteButton asks for the state that the caller is not in.
func muteButton(c live.Caller, w Who, value string) *slack.ButtonBlockElement {
	if c.Muted {
		return labelled(button(ParticipantUnmute, "Unmute", value), "Unmute "+w.short())
	}
	return labelled(button(ParticipantMute, "Mute", value), "Mute "+w.short())
}

func deafenButton(c live.Caller, w Who, value string) *slack.ButtonBlockElement {
	if c.Deaf {
		return labelled(button(ParticipantUndeaf, "Undeafen", value), "Undeafen "+w.short())
	}
	return labelled(button(ParticipantDeafen, "Deafen", value), "Deafen "+w.short())
}

// kickButton asks first. It is not red: the red button is the one in the dialog.
func kickButton(w Who, value string) *slack.ButtonBlockElement {
	title, text := kickQuestion(w)
	return asking(labelled(button(ParticipantKick, "Kick", value), "Kick "+w.short()), title, text, "Kick", "Cancel", true)
}

// kickQuestion is what is asked before somebody is cut off.
func kickQuestion(w Who) (title, text string) {
	text = fmt.Sprintf("%s, %s, is cut off now. They can dial back in with the PIN.", w.title(), w.number())
	if w.Moderator {
		text += " They moderate this conference."
	}
	return fmt.Sprintf("Kick caller %d?", w.No), text
}

// byNumber puts moderators first, then orders by caller number, so that
// nothing ever jumps.
func (l Line) byNumber(callers []live.Caller) {
	slices.SortStableFunc(callers, func(a, b live.Caller) int {
		if am, bm := l.moderates(a), l.moderates(b); am != bm {
			if am {
				return -1
			}
			return 1
		}
		return a.No - b.No
	})
}

// byLatest puts the latest change first.
func byLatest(callers []live.Caller) {
	slices.SortStableFunc(callers, func(a, b live.Caller) int {
		if c := since(b).Compare(since(a)); c != 0 {
			return c
		}
		return b.No - a.No
	})
}
