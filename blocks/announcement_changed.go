package blocks

import (
	"strings"
	"time"

	"github.com/slack-go/slack"
)

// Announcing is W8. What is announced once has no Post: its rule says it all,
// and there is no first one to skip.
func Announcing(r AnnouncementRow, now time.Time) Message {
	p := new(prose).name(r.Conference.Name).say(" will be announced "+lowerFirst(r.Rule)+" "+place(r.Zone)+" time in ").
		in(r.Channel, r.ChannelName).say(".")
	if !r.Post.IsZero() {
		p.say(" First post: " + day(r.Post, now, r.Zone) + ".")
	}
	return p.message(r.below(button(AnnounceEdit, "Change", r.value()),
		when(!r.Post.IsZero(), button(AnnounceSkip, "Skip the first", r.value()))))
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// about begins a sentence on one announcement.
func (r AnnouncementRow) about() *prose {
	return new(prose).name(r.Conference.Name).say(" in ").in(r.Channel, r.ChannelName).say(": ")
}

// offer is what can be done next, in the place where the row is.
func (r AnnouncementRow) offer(elements ...slack.BlockElement) slack.Block {
	return actions(r.Place.blockID("announced", r), elements...)
}

// AnnouncementChanged confirms what a menu's choice did. Action is the action
// id of the choice.
func AnnouncementChanged(r AnnouncementRow, action string, zone *time.Location, now time.Time) Message {
	p := r.about()
	next := ""
	if !r.Post.IsZero() {
		next = " Next post: " + day(r.Post, now, zone) + ", " + clock(r.Post, zone) + "."
	}
	switch action {
	case AnnounceSkip:
		if next == "" {
			next = " It was the last one."
		}
		return p.say("the next one is skipped." + next).message(r.offer(button(AnnounceUnskip, "Don't skip it", r.ID)))
	case AnnounceUnskip:
		return p.say("the next one is posted after all." + next).message()
	case AnnouncePause:
		return p.say("paused. Nothing is posted until you resume it.").message(r.offer(button(AnnounceResume, "Resume", r.ID)))
	case AnnounceResume:
		if next == "" {
			return p.say("there is nothing left to post, so it is over.").message(r.offer(button(AnnounceEdit, "Change", r.ID)))
		}
		return p.say("goes on." + next).message()
	case AnnouncePostNow:
		return p.say("being posted now." + next).message()
	case AnnounceMove:
		if r.Paused {
			return p.say("it is posted there once it goes on. It is still paused.").message(r.offer(button(AnnounceResume, "Resume", r.ID)))
		}
		return p.say("it is posted there from now on. What was posted before stays where it is." + next).message()
	case AnnounceDelete:
		return p.say("no longer announced.").message()
	}
	return p.say("changed." + next).message()
}

// AnnouncementKept says why a choice changed nothing: what it asked for is so
// already, or its moment is over. Action is the action id of the choice.
func AnnouncementKept(r AnnouncementRow, action string, zone *time.Location, now time.Time) Message {
	p := r.about()
	next := ""
	if !r.Post.IsZero() {
		next = " Next post: " + day(r.Post, now, zone) + ", " + clock(r.Post, zone) + "."
	}
	switch {
	case r.Paused && (action == AnnounceSkip || action == AnnounceUnskip):
		p.say("it is paused, so there is nothing to skip. Resume it first.")
	case action == AnnounceSkip && next == "":
		p.say("there is nothing left to skip.")
	case action == AnnounceSkip:
		p.say("the one that you saw there is out or skipped already. Nothing was changed." + next)
	case action == AnnounceUnskip:
		p.say("the next one isn't skipped." + next)
	case action == AnnouncePause:
		p.say("it is paused already.")
	case action == AnnounceResume:
		p.say("it isn't paused." + next)
	case action == AnnouncePostNow:
		p.say("it was posted a moment ago, so I didn't post it again.")
	default:
		p.say("nothing was changed.")
	}
	if r.Paused {
		return p.message(r.offer(button(AnnounceResume, "Resume", r.ID)))
	}
	return p.message()
}

// StillNotIn is W14 for an announcement that was paused, or is to be posted
// now, where confbot cannot post.
func StillNotIn(r AnnouncementRow, action string) Message {
	words := "Post now"
	if action == AnnounceResume {
		words = "Resume"
	}
	return say("I'm not in ").in(r.Channel, r.ChannelName).say(", so I can't post there. Send ").code("/invite @confbot").say(" in that channel, then try again.").
		message(r.offer(button(action, words, r.ID), button(AnnounceMove, "Move it…", r.ID)))
}

// AnnouncementForm is a small form about one announcement.
type AnnouncementForm struct {
	Row     AnnouncementRow
	Meta    Meta // Item: the announcement
	Reader  Reader
	Now     time.Time
	Problem string // the move form: why it was not moved yet, as top-level text
	Anyway  bool   // the move form: sending it again moves it all the same
}

// DeleteAnnouncement asks before an announcement is deleted. It is filled
// when it is opened, so that it names what is there now.
func DeleteAnnouncement(f AnnouncementForm) View {
	r := f.Row
	p := say("Delete the announcement of ").name(r.Conference.Name).say(" in ").in(r.Channel, r.ChannelName).
		say(", " + lowerFirst(r.rule(f.Reader.Zone)) + "?")
	if !r.Post.IsZero() && !r.Paused {
		p.say(" The next post would be on " + day(r.Post, f.Now, f.Reader.Zone) + " at " + clock(r.Post, f.Reader.Zone) + ".")
	}
	p.say(" What was posted stays, and so does the conference.")
	return View{
		Kind: Modal, CallbackID: FormAnnounceDelete, Title: "Delete announcement", Submit: "Delete", Close: "Cancel",
		Meta: EncodeMeta(f.Meta), Blocks: []slack.Block{p.block()},
	}
}

// MoveAnnouncement asks for the channel in which an announcement is to be
// posted from now on.
func MoveAnnouncement(f AnnouncementForm) View {
	r := f.Row
	p := new(prose).name(r.Conference.Name).say(" is announced "+lowerFirst(r.rule(f.Reader.Zone))+" in ").in(r.Channel, r.ChannelName).
		say(". From now on it is posted in the channel that you choose. What was posted before stays where it is.")
	submit := "Move"
	if f.Anyway {
		submit = "Move anyway"
	}
	return View{
		Kind: Modal, CallbackID: FormAnnounceMove, Title: "Move announcement", Submit: submit, Close: "Cancel", Meta: EncodeMeta(f.Meta),
		Blocks: present([]slack.Block{
			problemLine(f.Problem), p.block(), input(InChannel, "Channel", "", channelField(f.Meta.Query)),
		}),
	}
}

// MoveEyes is W13 for a move: who will see the number and the PIN.
func MoveEyes(d EyesData) string { return d.whoSees().say(".").words() }

// NotInThere is W14 in the form that asks for a channel.
func NotInThere(channel, channelName string) string {
	return say("I'm not in ").in(channel, channelName).say(", and it's private, so I can't post there. Send ").
		code("/invite @confbot").say(" in that channel, then press Move again.").words()
}
