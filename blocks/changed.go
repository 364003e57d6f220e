package blocks

import "confbot/conference"

// SettingsDiff is what an edit changed: the conference at Audian before and
// after, and what is kept here.
type SettingsDiff struct {
	Before, After conference.Conference
	DialIn        bool  // its own phone number is another
	Number        bool  // its conference number is another
	Private       *bool // it is private now, or no longer; nil: as it was
	Open          *bool // everybody may announce it, or no longer; nil: as it was
}

// Words says in words what is different, for Changed: "up to 50 people",
// "a tone when somebody joins". None where nothing is.
func (d SettingsDiff) Words() []string {
	var words []string
	add := func(when bool, yes string) {
		if when {
			words = append(words, yes)
		}
	}
	a, b := d.Before, d.After
	add(a.Name != b.Name, "its new name")
	add(a.MaxMembers != b.MaxMembers, LimitWords(b.MaxMembers))
	add(a.Profile != b.Profile && b.Profile != "", "kind "+b.Profile)
	add(on(a.EntryTone) != on(b.EntryTone), toneWords(on(b.EntryTone), "joins"))
	add(on(a.ExitTone) != on(b.ExitTone), toneWords(on(b.ExitTone), "leaves"))
	add(conference.FirstPIN(a.MemberPINs) != conference.FirstPIN(b.MemberPINs), pinWords(b.MemberPINs, "PIN for people"))
	add(conference.FirstPIN(a.ModeratorPINs) != conference.FirstPIN(b.ModeratorPINs), pinWords(b.ModeratorPINs, "moderator PIN"))
	add(d.DialIn, "its own phone number")
	add(d.Number, "its conference number")
	if d.Private != nil {
		add(true, map[bool]string{true: "private", false: "no longer private"}[*d.Private])
	}
	if d.Open != nil {
		add(true, map[bool]string{true: "everybody may announce it", false: "only moderators announce it"}[*d.Open])
	}
	return words
}

func on(b *bool) bool { return b != nil && *b }

func pinWords(now []conference.PIN, what string) string {
	if len(now) == 0 {
		return "no " + what
	}
	return "a new " + what
}

func toneWords(on bool, when string) string {
	if on {
		return "a tone when somebody " + when
	}
	return "no tone when somebody " + when
}
