package announce

// Reason is why a phrase or a rule is not accepted. The wording of each lives
// in package blocks.
type Reason string

// Reasons of a Refusal.
const (
	NotUnderstood Reason = "not_understood" // Word is where reading stopped
	Past          Reason = "past"           // that moment is over
	TooOften      Reason = "too_often"      // under MinEvery
	EndsBefore    Reason = "ends_before"    // until a date before the first one
	AmbiguousZone Reason = "ambiguous_zone" // Word, such as IST, means all of Zones
	AmbiguousTime Reason = "ambiguous_time" // Word, such as 3, may be morning or afternoon
	UnknownZone   Reason = "unknown_zone"   // Word names no place that we know
	LeadTooLong   Reason = "lead_too_long"  // more than MaxLead, or the start is before the post
)

// Refusal says why a phrase was not accepted and what would have been. It is
// the only error that Parse and Check return.
type Refusal struct {
	Reason   Reason
	Word     string   // as it was typed; "" where no single word is at fault
	Zones    []string // AmbiguousZone: the IANA names to choose from
	Examples []string // phrases that are read
}

func (e *Refusal) Error() string {
	if e.Word == "" {
		return "announce: " + string(e.Reason)
	}
	return "announce: " + string(e.Reason) + ": " + e.Word
}

// refuse makes a Refusal with the examples that fit.
func refuse(why Reason, word string) *Refusal {
	e := &Refusal{Reason: why, Word: word, Examples: []string{"every monday at 9:30", "tomorrow 9:25", "every weekday at 9:25 for 9:30"}}
	switch why {
	case Past:
		e.Examples = []string{"in 20 minutes", "tomorrow at 9:25", "every weekday at 9:25"}
	case TooOften:
		e.Examples = []string{"every 15 minutes", "every hour", "every day at 9"}
	case EndsBefore:
		e.Examples = []string{"every monday at 9:30, 5 times", "every monday at 9:30"}
	case AmbiguousTime:
		e.Examples = []string{"at " + word + "am", "at " + word + "pm"}
	case UnknownZone, AmbiguousZone:
		e.Examples = []string{"every monday at 9:30 in Berlin", "tomorrow 9:25 in America/New_York"}
	case LeadTooLong:
		e.Examples = []string{"every weekday at 9:25 for 9:30", "tomorrow at 9:30, 10 minutes before"}
	case NotUnderstood:
	}
	return e
}
