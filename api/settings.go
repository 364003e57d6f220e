package api

import (
	"maps"
	"slices"

	"confbot/conference"
)

// apply writes the wish into the document: in the spelling that counts, and
// in the other as well where the document has it.
func (d *document) apply(s conference.Settings) {
	if s.Name != nil {
		d.set("name", *s.Name)
	}
	d.setPINs("member", "member_pins", s.MemberPINs)
	d.setPINs("moderator", "moderator_pins", s.ModeratorPINs)
	if s.MaxMembers != nil {
		d.setEither("max_members", "max_participants", *s.MaxMembers)
	}
	if s.Profile != nil {
		d.setProfile(*s.Profile)
	}
	d.setTone("play_entry_tone", s.EntryTone)
	d.setTone("play_exit_tone", s.ExitTone)
	if s.Numbers != nil {
		d.set("conference_numbers", append([]string{}, *s.Numbers...))
	}
}

func (d *document) set(key string, v any) {
	if raw, err := encode(v); err == nil {
		d.raw[key] = raw
	}
}

func (d *document) has(key string) bool {
	_, ok := d.raw[key]
	return ok
}

// setEither writes to the page's key or the Kazoo's, or to both.
func (d *document) setEither(page, kazoo string, v any) {
	if !d.kazoo || d.has(page) {
		d.set(page, v)
	}
	if d.kazoo || d.has(kazoo) {
		d.set(kazoo, v)
	}
}

// setProfile leaves a Kazoo's profile object alone: it describes a profile,
// and profile_name chooses one.
func (d *document) setProfile(name string) {
	_, inline := asObject(d.raw["profile"])
	text := d.has("profile") && !inline
	if !inline && (!d.kazoo || text) {
		d.set("profile", name)
	}
	if d.kazoo || inline || d.has("profile_name") {
		d.set("profile_name", name)
	}
}

// setPINs sends an empty list as [], which clears; null or nothing would not.
func (d *document) setPINs(kind, flatKey string, pins *[]conference.PIN) {
	if pins == nil {
		return
	}
	digits := make([]string, 0, len(*pins))
	for _, p := range *pins {
		digits = append(digits, p.Digits())
	}
	if !d.kazoo || d.has(flatKey) {
		d.set(flatKey, digits)
	}
	if d.kazoo {
		d.setIn(kind, "pins", digits)
	}
}

// setIn writes one key of an object within the document.
func (d *document) setIn(kind, key string, v any) {
	o := maps.Clone(d.raw.child(kind))
	if o == nil {
		o = object{}
	}
	if raw, err := encode(v); err == nil {
		o[key] = raw
		d.set(kind, o)
	}
}

// setTone keeps a custom tone (the name of a sound) when asked for "a tone".
func (d *document) setTone(key string, on *bool) {
	if on == nil {
		return
	}
	if was := asFlag(d.raw.first(key)); was != nil && *was == *on {
		return
	}
	d.set(key, *on)
}

// asKazoo makes it a Kazoo's document before it is sent, with what a page's
// document says in that spelling carried over.
func (d *document) asKazoo() {
	if d.kazoo {
		return
	}
	was := d.conference()
	d.kazoo = true
	d.setPINs("member", "member_pins", &was.MemberPINs)
	d.setPINs("moderator", "moderator_pins", &was.ModeratorPINs)
	if was.MaxMembers > 0 {
		d.set("max_participants", was.MaxMembers)
	}
	if text := asText(d.raw["profile"]); text != "" {
		delete(d.raw, "profile")
		d.set("profile_name", text)
	}
}

// fresh is a document for a new conference. For a Kazoo the PINs and the limit
// are written in both spellings: should the account turn out to act on the
// page's after all, it is protected at once. A Kazoo lets members in muted
// unless told otherwise, which Audian's page has no field for.
func fresh(s conference.Settings, kazoo bool) *document {
	d := &document{raw: object{}}
	if s.MaxMembers != nil && *s.MaxMembers == 0 {
		s.MaxMembers = nil // no limit is the default; a 0 might be read as one
	}
	d.apply(s)
	if kazoo {
		d.asKazoo()
		d.setIn("member", "join_muted", false)
	}
	return d
}

// holds reports whether the conference, as read, is what was wished for.
func holds(c conference.Conference, s conference.Settings) bool {
	return same(s.Name, c.Name) && same(s.MaxMembers, c.MaxMembers) && same(s.Profile, c.Profile) &&
		sameTone(s.EntryTone, c.EntryTone) && sameTone(s.ExitTone, c.ExitTone) &&
		(s.Numbers == nil || slices.Equal(*s.Numbers, c.Numbers)) && holdsPINs(c, s)
}

// holdsPINs reports whether the PINs are those wished for, in any order, and
// in the spelling that counts.
func holdsPINs(c conference.Conference, s conference.Settings) bool {
	if s.MemberPINs == nil && s.ModeratorPINs == nil {
		return true
	}
	return c.PINProof != conference.Unproven && samePINs(s.MemberPINs, c.MemberPINs) && samePINs(s.ModeratorPINs, c.ModeratorPINs)
}

func same[T comparable](wish *T, is T) bool { return wish == nil || *wish == is }

func sameTone(wish, is *bool) bool { return wish == nil || (is != nil && *is == *wish) }

func samePINs(wish *[]conference.PIN, is []conference.PIN) bool {
	if wish == nil {
		return true
	}
	return slices.Equal(sorted(*wish), sorted(is))
}

func sorted(pins []conference.PIN) []string {
	out := make([]string, 0, len(pins))
	for _, p := range pins {
		out = append(out, p.Digits())
	}
	slices.Sort(out)
	return out
}
