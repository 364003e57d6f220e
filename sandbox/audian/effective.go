package audian

import (
	"reflect"
	"slices"
	"strings"
)

// effective is what a conference really does, whatever its document echoes.
type effective struct {
	Name           string   `json:"name"`
	MemberPINs     []string `json:"member_pins"`
	ModeratorPINs  []string `json:"moderator_pins"`
	MaxMembers     int      `json:"max_members"` // 0: no limit
	Profile        string   `json:"profile"`
	Numbers        []string `json:"conference_numbers"`
	MemberNumbers  []string `json:"member_numbers"`
	ModeratorNums  []string `json:"moderator_numbers"`
	MemberMuted    bool     `json:"member_join_muted"`
	MemberDeaf     bool     `json:"member_join_deaf"`
	ModeratorMuted bool     `json:"moderator_join_muted"`
	ModeratorDeaf  bool     `json:"moderator_join_deaf"`
	// Open says that a phone gets in without a PIN.
	Open bool `json:"open"`
}

// effect reads a document as the dialect's telephony would.
func (o *Options) effect(d document) effective {
	e := effective{Name: textAt(d, "name"), Numbers: textsAt(d, "conference_numbers")}
	if o.kazoo() {
		e.MemberPINs, e.ModeratorPINs = textsAt(d, "member.pins"), textsAt(d, "moderator.pins")
		e.MemberNumbers, e.ModeratorNums = textsAt(d, "member.numbers"), textsAt(d, "moderator.numbers")
		e.MaxMembers = max(wholeAt(d, "max_participants"), 0)
		e.Profile = textAt(d, "profile_name")
		e.MemberMuted, e.MemberDeaf = flagAt(d, "member.join_muted"), flagAt(d, "member.join_deaf")
		e.ModeratorMuted, e.ModeratorDeaf = flagAt(d, "moderator.join_muted"), flagAt(d, "moderator.join_deaf")
	} else {
		e.MemberPINs, e.ModeratorPINs = textsAt(d, "member_pins"), textsAt(d, "moderator_pins")
		e.MemberNumbers, e.ModeratorNums = []string{}, []string{}
		e.MaxMembers = max(wholeAt(d, "max_members"), 0)
		e.Profile = textAt(d, "profile")
		e.MemberMuted = e.Profile == "webinar" && o.listenersMuted()
	}
	// Where only moderators have a PIN, an empty entry is a member's.
	e.Open = len(e.MemberPINs) == 0
	return e
}

// translate rewrites a document of one dialect in the other, as if another
// Audian had always held it: what protects it stays what protects it.
func translate(d document, from, to *Options) document {
	e := from.effect(d)
	out := clone(d)
	for _, k := range []string{
		"member_pins", "moderator_pins", "max_members", "profile",
		"member", "moderator", "max_participants", "profile_name",
	} {
		delete(out, k)
	}
	defaults := document{}
	from.complete(defaults)
	for k, v := range defaults {
		if reflect.DeepEqual(out[k], v) {
			delete(out, k)
		}
	}
	to.write(out, e)
	to.complete(out)
	return out
}

// write puts the effective settings into d in o's dialect.
func (o *Options) write(d document, e effective) {
	profile := e.Profile
	if profile == "" {
		profile = "default"
	}
	limit, pins, modPins, named := "max_members", "member_pins", "moderator_pins", "profile"
	if o.kazoo() {
		limit, pins, modPins, named = "max_participants", "member.pins", "moderator.pins", "profile_name"
		put(d, "member.numbers", anyList(e.MemberNumbers))
		put(d, "moderator.numbers", anyList(e.ModeratorNums))
		put(d, "member.join_muted", e.MemberMuted)
		put(d, "moderator.join_muted", e.ModeratorMuted)
	}
	put(d, pins, anyList(e.MemberPINs))
	put(d, modPins, anyList(e.ModeratorPINs))
	put(d, named, profile)
	if e.MaxMembers > 0 {
		put(d, limit, e.MaxMembers)
	}
}

func topKey(path string) string {
	key, _, _ := strings.Cut(path, ".")
	return key
}

// admission is what the PIN prompt decides.
type admission struct {
	moderator bool
	refused   string // in words; empty when let in
}

const (
	wrongPIN = "That PIN is not right."
	noPIN    = "This conference asks for a PIN, and none was entered."
)

// admit decides on a PIN. typed is the conference number that the caller
// entered, which in Kazoo can settle the role.
func (o *Options) admit(e effective, typed, pin string) admission {
	switch {
	case typed != "" && slices.Contains(e.ModeratorNums, typed):
		return admitRole(e.ModeratorPINs, pin, true)
	case typed != "" && slices.Contains(e.MemberNumbers, typed), !o.moderatorPINs():
		return admitRole(e.MemberPINs, pin, false)
	case len(e.MemberPINs) == 0 && (pin == "" || len(e.ModeratorPINs) == 0):
		return admission{}
	case slices.Contains(e.MemberPINs, pin):
		// Asked first: a PIN in both lists makes a member.
		return admission{}
	case slices.Contains(e.ModeratorPINs, pin):
		return admission{moderator: true}
	case pin == "":
		return admission{refused: noPIN}
	default:
		return admission{refused: wrongPIN}
	}
}

func admitRole(pins []string, pin string, moderator bool) admission {
	switch {
	case len(pins) == 0, slices.Contains(pins, pin):
		return admission{moderator: moderator}
	case pin == "":
		return admission{refused: noPIN}
	default:
		return admission{refused: wrongPIN}
	}
}
