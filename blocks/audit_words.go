package blocks

// auditVerbs say in words what an audit row's action did.
var auditVerbs = map[string]string{
	"create": "created it", "edit": "changed its settings", "delete": "deleted it", "adopt": "took it on",
	"pin.rotate": "changed the PIN", "pin.rotate_moderator": "changed the moderator PIN", "moderator_pin.show": "looked at the moderator PIN",
	"link": "linked a channel to it", "unlink": "took a channel's link away", "lock": "locked it", "unlock": "unlocked it",
	"participant.mute": "muted", "participant.unmute": "unmuted", "participant.deaf": "deafened", "participant.undeaf": "undeafened",
	"participant.kick": "kicked", "participant.keep_out": "had kept out", "participant.number": "looked at the full number of",
	"panel.newcomers": "switched the muting of newcomers", "label": "named the", "label.not_mine": "said that this isn't theirs: the",
	"announce": "announced it", "announcement.edit": "changed an announcement", "announcement.skip": "skipped the next announcement",
	"announcement.unskip": "took back skipping the next announcement", "announcement.pause": "paused an announcement",
	"announcement.resume": "resumed an announcement", "announcement.delete": "deleted an announcement", "announcement.move": "moved an announcement",
	"announcement.post_now": "had it posted now", "announcement.inherit": "took over announcements",
	"moderators.add": "made a moderator of", "moderators.remove": "took off the moderators",
	"participant.me": "said that this is their line:", "line.forget": "said that this isn't their line: the", "card.something_wrong": "said that something is wrong with its card",
}

// auditOutcomes say how it came out, where it did not simply work.
var auditOutcomes = map[string]string{"done": "", "denied": "refused", "unsure": "no answer", "failed": "didn't work", "asked": "not finished"}

// AuditOutcome is an audit row's outcome in words, "" where it worked.
func AuditOutcome(outcome string) string {
	if words, ok := auditOutcomes[outcome]; ok {
		return words
	}
	return outcome
}

// AuditWords says what was done and to whom: "kicked caller 38, ends 4821".
func AuditWords(action, target string) string {
	verb, ok := auditVerbs[action]
	if !ok {
		verb = action
	}
	if target == "" {
		return verb
	}
	return verb + " " + target
}
