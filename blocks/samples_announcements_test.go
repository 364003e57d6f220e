package blocks

import "time"

// announcementSamples are the list of announcements, what its menu answers and
// its small forms, and reminders.
func announcementSamples() []sample {
	berlin, kolkata, now := zone("Europe/Berlin"), zone("Asia/Kolkata"), at("08:32:00")
	r := anAnnouncement()
	paused, last := r, r
	paused.Paused, paused.Why = true, "I'm not in the channel"
	last.Post, last.Starts = time.Time{}, time.Time{}
	inList := r
	inList.Place = RowPlace{In: InList, Page: 1, Where: "C0TEAM"}
	answer := AnnouncementChanged(inList, AnnounceSkip, berlin, now)
	stopped := r
	stopped.ID, stopped.Paused = "a2", true
	list := AnnouncementsData{Rows: []AnnouncementRow{r, stopped}, Where: "C0TEAM", Page: 1, Pages: 3, Reader: Reader{Zone: kolkata}, Now: now, Answer: &answer}
	f := AnnouncementForm{Row: r, Meta: Meta{Item: "a1", Action: inList.Place.String()}, Reader: Reader{Zone: kolkata}, Now: now}
	asked := f
	asked.Meta.Query, asked.Meta.Caller, asked.Anyway = "C0BIG", "C0BIG", true
	asked.Problem = MoveEyes(EyesData{Channel: "C0BIG", ChannelName: "all-hands", Members: 412, Guests: 3})
	missed := MissedPosts{Reader: Reader{Zone: berlin}, Now: now}
	none := missed
	for range 6 {
		missed.Rows = append(missed.Rows, MissedPost{AnnouncementRow: r, At: at("07:25:00")})
		missed.Rows[len(missed.Rows)-1].ID = "a" + itoa(len(missed.Rows))
	}
	kept := func(name string, r AnnouncementRow, action, says string) sample {
		return msg("announcement_kept_"+name, AnnouncementKept(r, action, berlin, now), "Weekly sync in #team: "+says)
	}
	reminded := RemindedOfData{Line: aLine(0), Minutes: 5, Next: r.Starts, Zone: berlin, Now: now}
	unplanned := reminded
	unplanned.Next = time.Time{}
	return []sample{
		msg("announcements_answered", AnnouncementList(list), "Weekly sync in #team: the next one is skipped.", "Announcements in this channel:", "Page 2 of 3."),
		form("announcement_delete_form", DeleteAnnouncement(f)),
		form("announcement_move_form", MoveAnnouncement(f)),
		form("announcement_move_asked", MoveAnnouncement(asked)),
		msg("announcement_moved", AnnouncementChanged(r, AnnounceMove, berlin, now), "it is posted there from now on."),
		msg("announcement_moved_paused", AnnouncementChanged(paused, AnnounceMove, berlin, now), "it is posted there once it goes on. It is still paused."),
		msg("announcement_last_skipped", AnnouncementChanged(last, AnnounceSkip, berlin, now), "the next one is skipped. It was the last one."),
		msg("announcement_over", AnnouncementChanged(last, AnnounceResume, berlin, now), "there is nothing left to post, so it is over."),
		msg("announcement_still_not_in", StillNotIn(paused, AnnounceResume), "I'm not in #team, so I can't post there. Send /invite @confbot in that channel"),
		kept("skip", r, AnnounceSkip, "the one that you saw there is out or skipped already."),
		kept("skip_paused", paused, AnnounceSkip, "it is paused, so there is nothing to skip."),
		kept("skip_last", last, AnnounceSkip, "there is nothing left to skip."),
		kept("unskip", r, AnnounceUnskip, "the next one isn't skipped."),
		kept("pause", paused, AnnouncePause, "it is paused already."),
		kept("resume", r, AnnounceResume, "it isn't paused."),
		kept("post_now", r, AnnouncePostNow, "it was posted a moment ago"),
		form("missed_form", MissedForm(missed)),
		form("missed_form_none", MissedForm(none)),
		msg("reminded_of", RemindedOf(reminded), "5 minutes before each run of Weekly sync that is announced. Next: Monday, 30 November, 09:30."),
		msg("reminded_of_nothing", RemindedOf(unplanned), "Nothing is planned for Weekly sync; I'll remind you when it is, 5 minutes before."),
		form("reminders_planned", Reminders(RemindersData{Rows: []ReminderRow{{Line: aLine(0), Minutes: 0, Next: r.Starts, Value: "r1"}}, Zone: berlin, Now: now})),
	}
}
