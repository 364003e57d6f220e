package api

import (
	"encoding/json"
	"maps"
	"strings"
	"sync/atomic"

	"confbot/conference"
)

// document is one conference as Audian holds it. There are two spellings of
// the same settings:
//
//	           Audian's page     stock Kazoo
//	PINs       member_pins       member.pins
//	           moderator_pins    moderator.pins
//	limit      max_members       max_participants
//	profile    profile           profile_name (profile is an object there)
//
// A Kazoo stores and echoes the left column like any unknown key, but asks
// nobody for those PINs. So the spelling that counts is read from the
// document itself: a member or moderator object makes it a Kazoo's.
type document struct {
	raw   object
	live  object // what the answer tells beside the document
	kazoo bool
}

func newDocument(raw, live object) *document {
	d := &document{raw: maps.Clone(raw), live: live}
	if d.raw == nil {
		d.raw = object{}
	}
	_, member := asObject(raw["member"])
	_, moderator := asObject(raw["moderator"])
	d.kazoo = member || moderator
	return d
}

// forms is what an account was seen to answer to.
type forms struct {
	kazoo    atomic.Bool // documents: in a Kazoo's spelling
	paged    atomic.Bool // lists: too long for one answer
	putsActs atomic.Bool // mute and the like: PUT instead of POST
	putsKick atomic.Bool // kick: PUT instead of DELETE
}

// note learns the account's spelling from a document that Audian sent.
func (f *forms) note(d *document) {
	if d.kazoo || d.flat() {
		f.kazoo.Store(d.kazoo)
	}
}

// flat reports whether the document has PINs in the spelling of Audian's page.
func (d *document) flat() bool {
	_, member := d.raw["member_pins"]
	_, moderator := d.raw["moderator_pins"]
	return member || moderator
}

func (d *document) id() conference.ID { return conference.ID(asText(d.raw["id"])) }
func (d *document) name() string      { return strings.TrimSpace(asText(d.raw["name"])) }

// conference reads a document that came whole.
func (d *document) conference() conference.Conference {
	member, memberProof := d.pins("member", "member_pins")
	moderator, moderatorProof := d.pins("moderator", "moderator_pins")
	c := conference.Conference{
		ID: d.id(), Name: d.name(),
		MemberPINs: member, ModeratorPINs: moderator,
		PINProof:  proofOfBoth(memberProof, moderatorProof),
		EntryTone: asFlag(d.raw.first("play_entry_tone")),
		ExitTone:  asFlag(d.raw.first("play_exit_tone")),
		OwnerID:   asText(d.raw.first("owner_id")),
		Numbers:   d.numbers(),
		Locked:    d.locked(),
	}
	limits, profiles := []string{"max_members", "max_participants"}, []string{"profile", "profile_name"}
	if d.kazoo {
		limits, profiles = []string{"max_participants", "max_members"}, []string{"profile_name", "profile"}
	}
	for _, key := range limits {
		if n, ok := asInt(d.raw.first(key)); ok && n >= 0 && n <= 1<<31 {
			c.MaxMembers = int(n)
			break
		}
	}
	for _, key := range profiles {
		if c.Profile = asText(d.raw.first(key)); c.Profile != "" {
			break
		}
	}
	return c
}

// listed reads a document that came in a list, which may be a summary that
// tells nothing of PINs, or not in the spelling that counts.
func (d *document) listed(kazoo bool) conference.Conference {
	c := d.conference()
	if !d.kazoo && (kazoo || !d.flat()) {
		c.PINProof = conference.Unproven
	}
	return c
}

// pins reads the PINs of one kind and whether they are those that callers are
// asked for.
func (d *document) pins(kind, flatKey string) ([]conference.PIN, conference.Proof) {
	flat := asPINs(d.raw.first(flatKey))
	pins := flat
	if d.kazoo {
		pins = asPINs(d.raw.child(kind).first("pins"))
		if len(pins) == 0 && len(flat) > 0 {
			return flat, conference.Unproven
		}
	}
	if len(pins) == 0 {
		return nil, conference.Open
	}
	return pins, conference.Proven
}

func proofOfBoth(a, b conference.Proof) conference.Proof {
	switch {
	case a == conference.Unproven || b == conference.Unproven:
		return conference.Unproven
	case a == conference.Open && b == conference.Open:
		return conference.Open
	}
	return conference.Proven
}

// numbers reads what members type after dialling a shared line.
func (d *document) numbers() []string {
	raw := d.raw.first("conference_numbers")
	if l, ok := asList(raw); !ok || len(l) == 0 {
		raw = d.raw.child("member").first("numbers")
	}
	var out []string
	list, _ := asList(raw)
	for _, item := range list {
		if n := strings.TrimSpace(asText(item)); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// locked looks where the accounts that tell it tell it; the name changes with
// whether anybody is on the line.
func (d *document) locked() *bool {
	for _, o := range []object{d.raw.child("_read_only").normal(), d.live.normal()} {
		if v := asFlag(o.first("is_locked", "locked")); v != nil {
			return v
		}
	}
	return nil
}

// outgoing is the document as it is sent back: whole, as a Kazoo replaces
// what it has, but without what the server adds of its own.
func (d *document) outgoing() object {
	out := maps.Clone(d.raw)
	maps.DeleteFunc(out, func(k string, _ json.RawMessage) bool {
		switch k {
		case "id", "metadata", "auth_token", "request_id", "revision", "timestamp", "version", "node", "tokens",
			"page_size", "start_key", "next_start_key", "status":
			return true
		}
		return strings.HasPrefix(k, "_")
	})
	return out
}
