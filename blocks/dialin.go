package blocks

import (
	"strings"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"confbot/conference"
)

// DialIn is one number that people dial.
type DialIn struct {
	Label  string // a country's two letters, or words such as "Europe"; "" to tell it by the number
	Number string // E.164: "+14155550100"
}

// Access is how one gets into a conference: everything that an invitation
// says. PIN is the one for people, never a moderator's.
type Access struct {
	DialIn           []DialIn // the first one is the one to call
	ConferenceNumber string   // typed after dialling a shared line, before the PIN; "" for none
	PIN              conference.PIN
	Open             bool // there is no PIN: anybody who knows the number can join
	Unproven         bool // it is not known whether the PIN protects it yet
}

// AccessOf gathers a conference's access from its settings and the numbers
// that lead to it.
func AccessOf(c conference.Conference, numbers []DialIn, conferenceNumber string) Access {
	return Access{
		DialIn: numbers, ConferenceNumber: conferenceNumber, PIN: conference.FirstPIN(c.MemberPINs),
		Open: len(c.MemberPINs) == 0, Unproven: len(c.MemberPINs) > 0 && c.PINProof == conference.Unproven,
	}
}

// pretty writes the number with spaces; what is no valid number stays as it is.
func (d DialIn) pretty() string {
	n, err := phonenumbers.Parse(d.Number, "")
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return name(d.Number, RowName)
	}
	return strings.ReplaceAll(phonenumbers.Format(n, phonenumbers.INTERNATIONAL), "-", " ")
}

// country names where the number is from, or what it was labelled.
func (d DialIn) country() string {
	label := clean(d.Label)
	if label == "" {
		label = d.region()
	}
	if len(label) == 2 {
		if r, err := language.ParseRegion(label); err == nil && r.IsCountry() {
			return display.English.Regions().Name(r)
		}
	}
	if label == "ZZ" { // a number that belongs to no country
		return ""
	}
	return name(label, RowName)
}

// withCountry is the number and, in brackets, its country.
func (d DialIn) withCountry() string {
	if c := d.country(); c != "" {
		return d.pretty() + " (" + c + ")"
	}
	return d.pretty()
}

// tel is a link that a phone dials: pauses are commas, and it never holds a
// "#", since phones do not dial such links
// (developer.apple.com, Phone Links).
func (a Access) tel(d DialIn) string {
	return "tel:+" + digitsOf(d.Number) + pause(a.ConferenceNumber) + pause(a.PIN.Digits())
}

// oneTap is the string that people paste into calendars: dialled from a
// phone's own field, where "#" may stand.
func (a Access) oneTap() string {
	if len(a.DialIn) == 0 {
		return ""
	}
	s := "+" + digitsOf(a.DialIn[0].Number)
	for _, keys := range []string{a.ConferenceNumber, a.PIN.Digits()} {
		if p := pause(keys); p != "" {
			s += p + "#"
		}
	}
	return s
}

func pause(keys string) string {
	if keys = digitsOf(keys); keys == "" {
		return ""
	}
	return ",," + keys
}

// access adds how to get in as a sentence: "Call +1 415 555 0100, PIN 482913, then #."
func (p *prose) access(a Access) *prose { return p.callAccess("Call ", a) }

// accessAfter is the same behind a colon: "call +1 415 555 0100, …".
func (p *prose) accessAfter(a Access) *prose { return p.callAccess("call ", a) }

func (p *prose) callAccess(call string, a Access) *prose {
	switch {
	case len(a.DialIn) > 0:
		p.say(call + a.DialIn[0].pretty())
	case a.Open:
		return p.say("No PIN: anybody who knows the number can join. No phone number is set yet.")
	default:
		return p.say("No phone number is set yet. PIN ").pin(a.PIN).say(", then #.")
	}
	if n := digitsOf(a.ConferenceNumber); n != "" {
		p.say(", conference number ").code(n).say(", then #")
	}
	if a.Open {
		return p.say(". No PIN: anybody who knows the number can join.")
	}
	return p.say(", PIN ").pin(a.PIN).say(", then #.")
}

// others adds the further numbers, for the ear: "Germany: +49 30 1234 5678."
func (a Access) others() string {
	var b strings.Builder
	for _, d := range a.DialIn[min(1, len(a.DialIn)):] {
		b.WriteString(" ")
		if c := d.country(); c != "" {
			b.WriteString(c + ": ")
		}
		b.WriteString(d.pretty() + ".")
	}
	return b.String()
}

// spelledPIN adds the PIN digit by digit, for the ear.
func (a Access) spelledPIN() string {
	if a.Open || digitsOf(a.PIN.Digits()) == "" {
		return ""
	}
	return " The PIN digit by digit: " + digitByDigit(a.PIN) + "."
}

// region is the number's country in two letters; "" if not known.
func (d DialIn) region() string {
	n, err := phonenumbers.Parse(d.Number, "")
	if err != nil {
		return ""
	}
	return phonenumbers.GetRegionCodeForNumber(n)
}
