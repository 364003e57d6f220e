package audian

import "slices"

// The fields of a conference, a row each. Sources: docs.audian.com/conferences
// for seed; the "conferences" schema of Kazoo for kazoo.

const maxName = 128

func (o *Options) schema() []field {
	if o.kazoo() {
		return o.kazooSchema()
	}
	return o.seedSchema()
}

func (o *Options) seedSchema() []field {
	pins := field{kind: texts, digits: o.checkPINs()}
	profile := field{path: "profile", kind: text}
	if o.checkProfiles() {
		profile.enum = []string{"default", "large", "webinar"}
	}
	return []field{
		{path: "name", kind: text, required: true, min: 1, max: maxName},
		pins.named("member_pins"),
		pins.named("moderator_pins"),
		{path: "max_members", kind: integer},
		profile,
		{path: "play_entry_tone", kind: boolean},
		{path: "play_exit_tone", kind: boolean},
		{path: "conference_numbers", kind: texts, digits: true, unique: true},
	}
}

func (o *Options) kazooSchema() []field {
	pins := field{kind: texts, digits: o.checkPINs(), fallback: []any{}}
	numbers := field{kind: texts, digits: true, unique: true, fallback: []any{}}
	schema := []field{
		{path: "name", kind: text, required: o.kazoo5(), min: 1, max: maxName},
		{path: "member", kind: object},
		{path: "moderator", kind: object},
		pins.named("member.pins"),
		pins.named("moderator.pins"),
		numbers.named("conference_numbers"),
		numbers.named("member.numbers"),
		numbers.named("moderator.numbers"),
		{path: "member.join_muted", kind: boolean, fallback: true},
		{path: "member.join_deaf", kind: boolean, fallback: false},
		{path: "member.play_entry_prompt", kind: boolean},
		{path: "moderator.join_muted", kind: boolean, fallback: false},
		{path: "moderator.join_deaf", kind: boolean, fallback: false},
		{path: "max_participants", kind: integer, min: minInt},
		{path: "profile", kind: object},
		{path: "profile_name", kind: text},
		{path: "play_entry_tone", kind: booleanOrText},
		{path: "play_exit_tone", kind: booleanOrText},
		{path: "play_name", kind: boolean, fallback: false},
		{path: "play_welcome", kind: boolean},
		{path: "require_moderator", kind: boolean},
		{path: "wait_for_moderator", kind: boolean},
		{path: "max_members_media", kind: text},
		{path: "owner_id", kind: text, min: 32, max: 32},
		{path: "language", kind: text},
		{path: "domain", kind: text},
		{path: "controls", kind: object},
		{path: "caller_controls", kind: text},
		{path: "moderator_controls", kind: text},
		{path: "flags", kind: texts},
		{path: "focus", kind: text},
		{path: "bridge_username", kind: text},
		{path: "bridge_password", kind: text},
	}
	if o.kazoo5() {
		schema = append(schema,
			field{path: "base_profile_name", kind: text},
			field{path: "video", kind: boolean},
			field{path: "allow_shareable_link", kind: boolean, fallback: false},
			field{path: "endconf_grace_time", kind: integer})
	}
	return schema
}

// minInt stands for "the schema has no lower bound".
const minInt = -1 << 31

func (f field) named(path string) field {
	f.path = path
	return f
}

// complete writes the defaults of the schema into d, as Kazoo does before it
// stores a document. The seed dialect shows its two lists and a profile.
func (o *Options) complete(d document) {
	if !o.kazoo() {
		for path, v := range map[string]any{"member_pins": []any{}, "moderator_pins": []any{}, "profile": "default"} {
			if _, present := d[path]; !present {
				d[path] = v
			}
		}
		return
	}
	for _, f := range o.kazooSchema() {
		if _, present := at(d, f.path); !present && f.fallback != nil {
			put(d, f.path, cloneValue(f.fallback))
		}
	}
}

// accept turns what a client wrote into the document to store.
func (o *Options) accept(d document) (document, problems) {
	d = clone(public(d))
	schema := o.schema()
	if !o.keepExtras() {
		for k := range d {
			known := slices.ContainsFunc(schema, func(f field) bool { return topKey(f.path) == k })
			if !known {
				delete(d, k)
			}
		}
	}
	if found := check(d, schema, o.kazoo()); len(found) > 0 {
		return nil, found
	}
	o.complete(d)
	return d, nil
}
