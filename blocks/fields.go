package blocks

import (
	"errors"
	"strings"

	"confbot/conference"
)

// FieldError says what is wrong with a field of a form, or of a setting that
// was typed. Field is the setting ("name", "pin", "modpin", "max", …); the
// text is empty where the error is not about a field.
func FieldError(err error) (field, text string) {
	e, ok := errors.AsType[*conference.Error](err)
	if !ok {
		return "", ""
	}
	text = fieldErrors[e.Reason]
	field = e.Field
	if field == "" && text != "" {
		field = fieldOf[e.Reason]
	}
	if text == "" && e.Kind == conference.Invalid && e.Field != "" {
		text = "Audian doesn't take that. Try something else."
	}
	return field, text
}

// fieldErrors is the wording of each reason at its field (W28).
var fieldErrors = map[conference.Reason]string{
	conference.PINFormat:    "Use 4 to 16 digits.",
	conference.PINTrivial:   "That PIN is easy to guess. Avoid repeats and runs like 1234.",
	conference.PINTaken:     "That PIN is taken. Choose another.",
	conference.PINsEqual:    "The two PINs must differ.",
	conference.NameMissing:  "Give it a name.",
	conference.NameTooLong:  "Use at most 128 characters.",
	conference.NameTaken:    "That name is taken. Choose another.",
	conference.LimitRange:   "Use a number from 2 to 5,000.",
	conference.NumberTaken:  "That number belongs to another conference. Choose another.",
	conference.NumberFormat: "Use a number with its country code, like +14155550100, or digits alone for a conference number.",
	conference.Refused:      "Audian doesn't take that. Try something else.",
}

// fieldOf is the field that a reason is about where the error does not say.
var fieldOf = map[conference.Reason]string{
	conference.PINFormat: "pin", conference.PINTrivial: "pin", conference.PINTaken: "pin", conference.PINsEqual: "modpin",
	conference.NameMissing: "name", conference.NameTooLong: "name", conference.NameTaken: "name",
	conference.LimitRange: "max", conference.NumberTaken: "number", conference.NumberFormat: "number",
}

// fieldWords names a setting where its error stands in a sentence.
var fieldWords = map[string]string{
	"name": "Name", "pin": "PIN", "modpin": "Moderator PIN", "max": "Limit", "profile": "Kind", "entry": "Tone for joining",
	"exit": "Tone for leaving", "dialin": "Phone number", "number": "Conference number",
}

// inSentence is a field's error away from the field: it says which one it is
// about, unless its own words do.
func inSentence(field, text string) string {
	words := fieldWords[field]
	if words == "" || strings.Contains(strings.ToLower(text), strings.ToLower(words)) {
		return text
	}
	return words + ": " + text
}

// Field errors that need no question to Audian.
const (
	FieldNoDay    = "Choose at least one day."
	FieldPast     = "That's in the past."
	FieldPIN      = "Leave PINs out; I add the right one."
	FieldTick     = "Tick the box to go on."
	FieldLine     = "Choose your line, or say that you're not on the phone."
	FieldChannel  = "Choose a channel."
	FieldLabel    = "Give it a name, or choose a member."
	FieldClaims   = "A label can't say moderator, admin or you. Choose another name."
	FieldNoAnswer = "Audian isn't answering. Nothing was created. Try again in a minute."
)
