package blocks

import (
	"slices"

	"github.com/slack-go/slack"

	"confbot/announce"
)

// maxPaused is how many conferences a message names whose announcements stopped.
const maxPaused = 8

// Paused is W38c: what somebody announces in one channel cannot be posted
// there, and why. There is at least one row.
func Paused(rows []AnnouncementRow, why announce.Trouble) Message {
	r := rows[0]
	p, them, are := new(prose), "it", "is"
	if len(rows) > 1 {
		them, are = "them", "are"
	}
	paused := func() *prose {
		return p.say(", so ").add(conferencesOf(rows)).say(" " + are + " paused there.")
	}
	resumes := true
	switch why {
	case announce.TroubleNotIn:
		p.say("I was removed from ").in(r.Channel, r.ChannelName)
		paused().say(" Send ").code("/invite @confbot").say(" in ").in(r.Channel, r.ChannelName).say(", then resume " + them + ".")
	case announce.TroubleArchived:
		p.in(r.Channel, r.ChannelName).say(" was archived")
		paused()
		resumes = false
	case announce.TroubleNoPlace:
		p.in(r.Channel, r.ChannelName).say(" was deleted")
		paused()
		resumes = false
	case announce.TroubleNoPost:
		p.say("I may no longer post in ").in(r.Channel, r.ChannelName)
		paused().say(" Ask somebody who looks after the channel, then resume " + them + ".")
	case announce.TroubleShared:
		p.in(r.Channel, r.ChannelName).say(" is shared with another organisation now")
		paused().say(" If you resume " + them + ", people there will see the number and the PIN.")
	case announce.TroubleNobody:
		p.foreign(r.By).say(", who announced ").add(conferencesOf(rows)).say(" in ").in(r.Channel, r.ChannelName).
			say(", is no longer here, and nobody moderates that conference. The announcement is paused. If you resume it, it is yours.")
	case announce.TroubleGone, announce.TroubleFault:
		p.say("Something went wrong in ").in(r.Channel, r.ChannelName)
		paused()
	}
	if len(rows) > 1 {
		return p.message(actions("", button(Announcements, "Look at them", pack(itoa(0), r.Channel))))
	}
	var resume slack.BlockElement
	if resumes {
		resume = button(AnnounceResume, "Resume", r.ID)
	}
	return p.message(r.below(resume, button(AnnounceMove, "Move it…", r.ID), button(AnnounceDelete, "Delete…", r.ID)))
}

// StillClosed says that nobody, or not confbot, can post where an announcement
// is to be resumed, or posted now.
func StillClosed(r AnnouncementRow, action string, archived bool) Message {
	words, remedy := "Post now", ". Ask somebody who looks after it, or choose another channel."
	if action == AnnounceResume {
		words = "Resume"
	}
	p := say("I may not post in ").in(r.Channel, r.ChannelName)
	if archived {
		p, remedy = new(prose).in(r.Channel, r.ChannelName), " is archived, so nobody can post there. Choose another channel."
	}
	return p.say(remedy).message(r.offer(button(action, words, r.ID), button(AnnounceMove, "Move it…", r.ID)))
}

// conferencesOf names what is announced, each conference once.
func conferencesOf(rows []AnnouncementRow) *prose {
	var names []string
	for _, r := range rows {
		if !slices.Contains(names, r.Conference.Name) {
			names = append(names, r.Conference.Name)
		}
	}
	p, shown := new(prose), names[:min(len(names), maxPaused)]
	for i, n := range shown {
		switch {
		case i > 0 && i == len(names)-1:
			p.say(" and ")
		case i > 0:
			p.say(", ")
		}
		p.name(n)
	}
	if more := len(names) - len(shown); more > 0 {
		p.say(" and " + itoa(more) + " more")
	}
	return p
}

// AnnouncementsEnded tells an owner that their announcements ended with their
// conference. Name is what it was called last; "" where that is not known.
func AnnouncementsEnded(conference string, count int) Message {
	p := say("A conference that you announced")
	if conference != "" {
		p = new(prose).name(conference)
	}
	if count == 1 {
		return p.say(" was deleted, so your announcement of it has ended.").message()
	}
	return p.say(" was deleted, so your " + itoa(count) + " announcements of it have ended.").message()
}
