package blocks

import (
	"time"

	"confbot/conference"
)

func announceSamples() []sample {
	berlin, kolkata := zone("Europe/Berlin"), zone("Asia/Kolkata")
	r := anAnnouncement()
	once := r
	once.Rule, once.Post = "Tomorrow at 09:30", time.Time{}
	l := aLine(5)
	f := AnnounceForm{
		Meta: Meta{Channel: "C0TEAM"}, Conference: Choice{string(confID), "Weekly sync"}, Channel: "C0TEAM", Days: []string{"mon"},
		Date: "2026-11-30", Time: "09:30", Zone: berlin, ZoneFrom: "from your Slack profile",
	}
	more := f
	more.More, more.Repeat, more.Lead, more.NewPIN, more.Message, more.Problem = true, RepeatOnce, "30", true, "Bring coffee", TimeNotReadField
	kept := f
	kept.Edits = true
	kept.Repeat, kept.Kept, kept.Lead, kept.Leads, kept.Untimed = RepeatKept, "Every 3 weeks on Tuesday, 5 times", LeadUntimed, []int{7}, true
	preview := PreviewData{
		Card: aCard(), Rule: "Every Monday at 09:30", Zone: berlin, PostAt: "09:25", Channel: "C0TEAM", ChannelName: "team", Members: 14,
		Next:  []time.Time{r.Post, r.Post.AddDate(0, 0, 7), r.Post.AddDate(0, 0, 14)},
		Dated: true, Reader: reader(true), Value: "draft-1", Meta: Meta{Item: "draft-1"},
	}
	notIn := preview
	notIn.NotIn = true
	far := preview
	far.ZoneFrom, far.Zone, far.OtherZone, far.Guests, far.Members, far.NewPIN = "from your Slack profile", zone("America/New_York"), berlin, 3, 412, true
	list := AnnouncementsData{Rows: []AnnouncementRow{r, r, r}, Where: "C0TEAM", Page: 1, Pages: 3, Reader: Reader{Zone: kolkata}, Now: at("08:32:00")}
	list.Rows[1].ID, list.Rows[1].Paused, list.Rows[1].Why = "a2", true, "I was removed from the channel."
	list.Rows[2].ID, list.Rows[2].Mine = "a3", false
	outage := OwnerOutage{Since: at("08:19:00"), Zone: berlin, OnTime: 12, Waiting: []string{"Weekly sync"}, Old: []string{"Standup"}}
	over := outage
	over.Until = at("08:36:00")
	changed := func(name, action, says string) sample {
		return msg("announcement_"+name, AnnouncementChanged(r, action, berlin, at("08:32:00")), "Weekly sync in #team: "+says)
	}
	return []sample{
		form("announce", Announce(f)),
		form("announce_more", Announce(more)),
		form("announce_kept", Announce(kept)),
		form("announce_no_preview", NoPreview("Only moderators of Weekly sync can announce it. Ask Ana.", Meta{})),
		msg("announce_join_first", JoinFirst("C0TEAM", "team"), "You aren't in #team, so I can't post there for you. Join it, then try again."),
		form("announce_preview", Preview(preview)),
		form("announce_preview_not_in", Preview(notIn)),
		msg("announce_preview_message", PreviewMessage(far), "Every Monday at 09:30 New York time, posted at 09:25 in #team, which has 412 people, 3 of them guests. All of them will see the number and the PIN.",
			"Next posts, in your time: Mon 30 Nov 09:25; Mon 7 Dec 09:25; Mon 14 Dec 09:25.", "Nothing is announced until you confirm."),
		msg("announce_preview_message_not_in", PreviewMessage(notIn), "I'm not in #team yet."),
		msg("announcing", Announcing(r, at("08:32:00")), "Weekly sync will be announced every Monday at 09:30 Berlin time in #team. First post: Monday, 30 November."),
		msg("announcing_once", Announcing(once, at("08:32:00")), "Weekly sync will be announced tomorrow at 09:30 Berlin time in #team."),
		msg("announcements", AnnouncementList(list), "Weekly sync in #team. Every Monday at 09:30 Berlin (14:00 for you). Next post: Monday, 30 November, 13:55."),
		msg("announcements_none", AnnouncementList(AnnouncementsData{Where: "C0TEAM"}), "Nothing is announced in this channel."),
		changed("skip", AnnounceSkip, "the next one is skipped."),
		changed("unskip", AnnounceUnskip, "the next one is posted after all."),
		changed("pause", AnnouncePause, "paused."),
		changed("resume", AnnounceResume, "goes on. Next post: Monday, 30 November, 09:25."),
		changed("post_now", AnnouncePostNow, "being posted now."),
		changed("delete", AnnounceDelete, "no longer announced."),
		changed("edit", AnnounceEdit, "changed."),
		msg("time_not_read", TimeNotRead("evry monday 9"), "I couldn't read “evry monday 9”. Try every monday at 9:30, tomorrow 9:25 or every weekday at 9:25 for 9:30."),
		msg("which_place", WhichPlace("IST", []Choice{{"1Asia/Kolkata|", "Kolkata"}, {"1|Asia/Jerusalem", "Jerusalem"}, {"1|Europe/Dublin", "Dublin"}}),
			"IST can mean several places. Which one? Kolkata, Jerusalem or Dublin."),
		msg("missed", Missed(MissedData{From: at("01:10:00"), To: at("10:40:00"), Zone: berlin, Rows: []MissedRow{{"Standup", at("08:25:00")}, {"Weekly sync", at("08:25:00")}}}),
			"I was away from 02:10 to 11:40. Not posted: Standup 09:25, Weekly sync 09:25."),
		msg("inherited", Inherited(l, "Carl", false, 2), "Carl left the workspace, so the announcements of Weekly sync are yours now."),
		msg("pin_has_come", PINHasCome(Access{PIN: conference.NewPIN("482913")}), "The PIN is 482913, then #."),
		msg("outage", Outage(outage), "Audian isn't answering since 09:19. 12 announcements went out on time. The PIN follows for Weekly sync."),
		msg("outage_over", Outage(over), "Audian was away from 09:19 to 09:36."),
		msg("ops", Ops(OpsData{What: "Audian", Since: at("08:19:00"), Place: berlin}), "Audian isn't answering since 09:19 Berlin."),
		msg("ops_over", Ops(OpsData{What: "Audian", Since: at("08:19:00"), Until: at("08:36:00"), Place: berlin, OnTime: 12, Came: 2}),
			"Audian was away from 09:19 Berlin to 09:36 Berlin. 12 announcements went out on time, 2 got their PIN at 09:36 Berlin."),
		msg("something_wrong", SomethingWrong(l, "U0BO", "C0TEAM", "https://acme.slack.com/archives/C1/p1"), "Bo Lin says that something is wrong with the card of Weekly sync in <#C0TEAM>."),
		msg("wrong_noted", WrongNoted("Ana"), "I told Ana."),
	}
}
