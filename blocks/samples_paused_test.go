package blocks

import "confbot/announce"

func pausedSamples() []sample {
	r := anAnnouncement()
	one := []AnnouncementRow{r}
	other := r
	other.ID, other.Conference.Name = "a2", "Standup"
	nobody := r
	nobody.By = "Carl"
	l := aLine(0)
	return []sample{
		msg("paused", Paused(one, announce.TroubleNotIn),
			"I was removed from #team, so Weekly sync is paused there. Send /invite @confbot in #team, then resume it."),
		msg("paused_many", Paused([]AnnouncementRow{r, other, r}, announce.TroubleNotIn),
			"I was removed from #team, so Weekly sync and Standup are paused there. Send /invite @confbot in #team, then resume them."),
		msg("paused_archived", Paused(one, announce.TroubleArchived), "#team was archived, so Weekly sync is paused there."),
		msg("paused_deleted", Paused(one, announce.TroubleNoPlace), "#team was deleted, so Weekly sync is paused there."),
		msg("paused_read_only", Paused(one, announce.TroubleNoPost), "I may no longer post in #team, so Weekly sync is paused there."),
		msg("paused_shared", Paused(one, announce.TroubleShared),
			"#team is shared with another organisation now, so Weekly sync is paused there. If you resume it, people there will see the number and the PIN."),
		msg("paused_still_read_only", StillClosed(r, AnnounceResume, false), "I may not post in #team. Ask somebody who looks after it"),
		msg("paused_still_archived", StillClosed(r, AnnouncePostNow, true), "#team is archived, so nobody can post there."),
		msg("paused_nobody", Paused([]AnnouncementRow{nobody}, announce.TroubleNobody), "Carl, who announced Weekly sync in #team, is no longer here"),
		msg("inherited_from_guest", Inherited(l, "Carl", true, 1), "Carl is a guest here now, so the announcement of Weekly sync is yours now."),
		msg("announcements_ended", AnnouncementsEnded("Weekly sync", 2), "Weekly sync was deleted, so your 2 announcements of it have ended."),
		msg("announcement_ended", AnnouncementsEnded("", 1), "A conference that you announced was deleted, so your announcement of it has ended."),
	}
}
