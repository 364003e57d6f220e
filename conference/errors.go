package conference

import (
	"errors"
	"strings"
)

// Kind is the sort of failure, which decides how it is told to a person.
type Kind int

const (
	// Internal is a fault of ours: only its reference is shown.
	Internal Kind = iota
	// Invalid is input that the person can mend.
	Invalid
	// NotFound is something that does not exist, or not for this person.
	NotFound
	// Denied is something that this person may not do.
	Denied
	// Conflict is something that another change or another thing rules out.
	Conflict
	// Unavailable is Audian or Slack not answering, refusing our login or
	// asking us to slow down.
	Unavailable
)

// Reason narrows a Kind where the person is told something particular. The
// wording of each lives in package blocks.
type Reason string

const (
	PINFormat     Reason = "pin_format"     // not 4 to 16 digits
	PINTrivial    Reason = "pin_trivial"    // easy to guess
	PINTaken      Reason = "pin_taken"      // used in this account already
	PINsEqual     Reason = "pins_equal"     // one PIN for both kinds
	NameMissing   Reason = "name_missing"   //
	NameTooLong   Reason = "name_too_long"  // over 128 characters
	NameTaken     Reason = "name_taken"     //
	LimitRange    Reason = "limit_range"    // most people at once: 2 to 5,000
	NumberTaken   Reason = "number_taken"   // conference number used elsewhere
	NumberFormat  Reason = "number_format"  // not a conference number or phone number
	Refused       Reason = "refused"        // Audian refuses a field; Field says which
	NoConference  Reason = "no_conference"  // no such conference
	NoParticipant Reason = "no_participant" // has left, or was never there
	Silent        Reason = "audian_silent"  // no answer, or a broken one
	LoginRefused  Reason = "login_refused"  // Audian does not accept our login
	NotAllowed    Reason = "not_allowed"    // the account may not do that
	Busy          Reason = "audian_busy"    // asked to slow down
	Unsupported   Reason = "unsupported"    // the account does not offer it
	ChangedSince  Reason = "changed_since"  // somebody else changed it first
	WhoUnknown    Reason = "who_unknown"    // Slack does not tell who asks, so nobody can say what they may do
)

// Error is a failure that a person is told about. It never holds a PIN, a
// token, a full phone number or a body from Audian.
type Error struct {
	Kind   Kind
	Reason Reason
	Field  string // the setting at fault: "name", "pin", "modpin", "max", …
	// Unsure is set when it is not known whether the wish was carried out:
	// it was sent and no answer came.
	Unsure bool
	Cause  error // for the log, never for a person
}

func (e *Error) Error() string {
	parts := make([]string, 0, 4)
	parts = append(parts, e.Kind.String())
	if e.Reason != "" {
		parts = append(parts, string(e.Reason))
	}
	if e.Field != "" {
		parts = append(parts, "field "+e.Field)
	}
	if e.Cause != nil {
		parts = append(parts, e.Cause.Error())
	}
	return strings.Join(parts, ": ")
}

func (e *Error) Unwrap() error { return e.Cause }

// KindOf returns the kind of the first Error in err's chain, else Internal.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// ReasonOf returns the reason of the first Error in err's chain, else "".
func ReasonOf(err error) Reason {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Reason
	}
	return ""
}

// IsUnsure reports whether err leaves it open if the wish was carried out.
func IsUnsure(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Unsure
}

func (k Kind) String() string {
	switch k {
	case Invalid:
		return "invalid"
	case NotFound:
		return "not found"
	case Denied:
		return "denied"
	case Conflict:
		return "conflict"
	case Unavailable:
		return "unavailable"
	case Internal:
	}
	return "internal"
}
