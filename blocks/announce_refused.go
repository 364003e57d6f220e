package blocks

import "confbot/announce"

// RuleRefused says why a time that was typed is not taken, and what would be.
// It is W15 where it could not be read at all.
func RuleRefused(r *announce.Refusal, typed string) Message {
	if r.Reason == announce.NotUnderstood {
		return TimeNotRead(typed)
	}
	p := say(ruleWords(r) + " Try ")
	for i, e := range r.Examples {
		switch {
		case i > 0 && i == len(r.Examples)-1:
			p.say(" or ")
		case i > 0:
			p.say(", ")
		}
		p.code(e)
	}
	return p.say(".").message(actions("", button(AnnounceOpen, "Use the form", "")))
}

// RuleField is the same at a field of the announce form.
func RuleField(r *announce.Refusal) string {
	switch r.Reason {
	case announce.NotUnderstood:
		return TimeNotReadField
	case announce.Past:
		return FieldPast
	case announce.TooOften, announce.EndsBefore, announce.AmbiguousZone, announce.AmbiguousTime, announce.UnknownZone, announce.LeadTooLong:
	}
	return ruleWords(r)
}

// ruleWords is one sentence that says what is wrong.
func ruleWords(r *announce.Refusal) string {
	switch r.Reason {
	case announce.Past:
		return "That moment is over."
	case announce.TooOften:
		return "That is too often: 15 minutes apart is the least."
	case announce.EndsBefore:
		return "That ends before it begins."
	case announce.AmbiguousTime:
		return "That time may be in the morning or in the afternoon."
	case announce.AmbiguousZone, announce.UnknownZone:
		return "I don't know that place's time."
	case announce.LeadTooLong:
		return "The post must come before the start, by 12 hours at most."
	case announce.NotUnderstood:
	}
	return "I couldn't read that time."
}

// CannotAnnounceIn says that nobody, or not confbot, can post in a channel.
func CannotAnnounceIn(channel, channelName string, archived bool) Message {
	if archived {
		return new(prose).in(channel, channelName).say(" is archived, so nobody can post there. Choose another channel.").message()
	}
	return say("I may not post in ").in(channel, channelName).say(". Ask somebody who looks after it, or choose another channel.").message()
}

// TroubleWords says in a word or two why an announcement was paused, for lists.
func TroubleWords(why announce.Trouble) string {
	return map[announce.Trouble]string{
		announce.TroubleNotIn: "I'm not in the channel", announce.TroubleArchived: "the channel is archived",
		announce.TroubleNoPost: "I may not post in the channel", announce.TroubleNoPlace: "the channel is gone",
		announce.TroubleShared: "the channel is now shared with another organisation", announce.TroubleNobody: "nobody looks after it",
		announce.TroubleGone: "the conference was deleted", announce.TroubleFault: "something went wrong",
	}[why]
}

// AnnouncementGone says that a button's announcement is not there any more.
func AnnouncementGone() Message {
	return say("That announcement is over or was deleted. Nothing was done.").message()
}

// ParseZonePick reads the value of AnnounceZonePick: a zone and a draft, which
// is "" in forms. The error is ErrStale.
func ParseZonePick(value string) (zone, draft string, err error) {
	f, err := unpack(value, 2)
	if err != nil {
		return "", "", err
	}
	return f[0], f[1], nil
}

// ZonePickValue is what ParseZonePick reads.
func ZonePickValue(zone, draft string) string { return pack(zone, draft) }

// Changeable is a preview that stands in its form's place: closing it leads
// nowhere, so a button leads back to what was entered.
func Changeable(v View) View {
	v.Close = "Cancel"
	v.Blocks = append(v.Blocks, actions("preview.change", button(AnnounceChange, "Change", "")))
	return v
}
