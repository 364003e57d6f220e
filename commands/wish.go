package commands

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"confbot/conference"
	"confbot/store"
)

// wish is what somebody wants a conference to be.
type wish struct {
	conference.Settings
	dialIn  *string // its own numbers, kept by us
	number  *string // conference number, kept by us where Audian has none
	private *bool
	open    *bool
}

// readWish checks settings as they were typed. The error's kind is Invalid and
// names the field.
func (d *Desk) readWish(name string, set map[string]string) (w wish, err error) {
	if name != "" {
		if name, err = conference.CheckName(name); err != nil {
			return w, err
		}
		w.Name = &name
	}
	for _, key := range slices.Sorted(maps.Keys(set)) {
		if err := w.read(key, strings.TrimSpace(set[key])); err != nil {
			return w, err
		}
	}
	if w.MemberPINs != nil && w.ModeratorPINs != nil && conference.FirstPIN(*w.MemberPINs) == conference.FirstPIN(*w.ModeratorPINs) &&
		len(*w.MemberPINs) > 0 {
		return w, &conference.Error{Kind: conference.Invalid, Reason: conference.PINsEqual, Field: "modpin"}
	}
	return w, nil
}

func (w *wish) read(key, value string) error {
	reason := conference.Reason("")
	switch key {
	case "pin":
		w.MemberPINs, reason = readPINs(value)
	case "modpin":
		w.ModeratorPINs, reason = readPINs(value)
	case "max":
		w.MaxMembers, reason = readLimit(value)
	case "profile":
		w.Profile = &value
	case "entry":
		w.EntryTone, reason = readYesOrNo(value)
	case "exit":
		w.ExitTone, reason = readYesOrNo(value)
	case "dialin":
		if w.dialIn = &value; value != "" && !validDialIn(value) {
			reason = conference.NumberFormat
		}
	case "number":
		if w.number = &value; strings.Trim(value, "0123456789") != "" || len(value) > 16 {
			reason = conference.NumberFormat
		}
	}
	if reason != "" {
		return &conference.Error{Kind: conference.Invalid, Reason: reason, Field: key}
	}
	return nil
}

// isNone reports whether a value wishes a setting away.
func isNone(value string) bool { return value == "" || strings.EqualFold(value, "none") }

func readPINs(value string) (*[]conference.PIN, conference.Reason) {
	if isNone(value) {
		return &[]conference.PIN{}, ""
	}
	pin, err := conference.ParsePIN(value)
	return &[]conference.PIN{pin}, conference.ReasonOf(err)
}

func readLimit(value string) (*int, conference.Reason) {
	if isNone(value) {
		return new(int), ""
	}
	n, err := strconv.Atoi(strings.ReplaceAll(value, ",", ""))
	if err != nil || n < 2 || n > 5000 {
		return nil, conference.LimitRange
	}
	return &n, ""
}

func readYesOrNo(value string) (*bool, conference.Reason) {
	on, ok := yesOrNo(value)
	if !ok {
		return nil, conference.Refused
	}
	return &on, ""
}

func yesOrNo(s string) (on, ok bool) {
	switch strings.ToLower(s) {
	case "yes", "on", "true", "1":
		return true, true
	case "no", "off", "false", "0", "":
		return false, true
	}
	return false, false
}

// validDialIn accepts numbers with their country code, several with commas,
// each with a country or word before an equals sign if one wants.
func validDialIn(value string) bool {
	numbers := ownNumbers(value)
	for _, n := range numbers {
		digits := conference.NewNumber(n.Number).Digits()
		if !strings.HasPrefix(n.Number, "+") || len(digits) < 7 || len(digits) > 15 || strings.Trim(n.Number, "+0123456789 ().-") != "" {
			return false
		}
	}
	return len(numbers) > 0
}

// keep moves what we keep ourselves into the row.
func (w wish) keep(k *store.Kept) {
	if w.dialIn != nil {
		k.DialIn = *w.dialIn
	}
	if w.number != nil {
		k.Number = *w.number
	}
	if w.private != nil {
		k.Private = *w.private
	}
	if w.open != nil {
		k.OpenAnnounce = *w.open
	}
}

// fields names the settings that the wish is about, for the audit.
func (w wish) fields() string {
	var f []string
	for _, s := range []struct {
		name string
		set  bool
	}{
		{"name", w.Name != nil},
		{"pin", w.MemberPINs != nil},
		{"modpin", w.ModeratorPINs != nil},
		{"max", w.MaxMembers != nil},
		{"profile", w.Profile != nil},
		{"entry", w.EntryTone != nil},
		{"exit", w.ExitTone != nil},
		{"dialin", w.dialIn != nil},
		{"number", w.number != nil},
		{"private", w.private != nil},
		{"open", w.open != nil},
	} {
		if s.set {
			f = append(f, s.name)
		}
	}
	return strings.Join(f, " ")
}
