package blocks

import (
	"errors"
	"strings"
	"testing"

	"confbot/conference"
)

var reasons = []conference.Reason{
	"", conference.PINFormat, conference.PINTrivial, conference.PINTaken, conference.PINsEqual, conference.NameMissing, conference.NameTooLong,
	conference.NameTaken, conference.LimitRange, conference.NumberTaken, conference.NumberFormat, conference.Refused, conference.NoConference,
	conference.NoParticipant, conference.Silent, conference.LoginRefused, conference.NotAllowed, conference.Busy, conference.Unsupported, conference.ChangedSince,
}

// TestEveryFailureIsOneSentenceOfWhatAndOneOfWhatToDo goes through all kinds
// with all reasons: each says that or whether something was changed, and none
// shows its cause.
func TestEveryFailureIsOneSentenceOfWhatAndOneOfWhatToDo(t *testing.T) {
	t.Parallel()
	kinds := []conference.Kind{
		conference.Internal, conference.Invalid, conference.NotFound, conference.Denied, conference.Conflict, conference.Unavailable,
	}
	for _, kind := range kinds {
		for _, reason := range reasons {
			for _, unsure := range []bool{false, true} {
				err := &conference.Error{Kind: kind, Reason: reason, Unsure: unsure, Cause: errors.New("dial tcp 10.0.0.1: token abc")}
				got := Problem(err, "K7Q2M", ProblemOptions{}).Text
				if n := strings.Count(got, ". "); n < 1 || strings.Contains(got, "10.0.0.1") || strings.Contains(got, "!") {
					t.Errorf("%v %s: %q", kind, reason, got)
				}
				certain := strings.Contains(got, "othing was changed") || strings.Contains(got, "nothing was changed")
				if unsure && (kind == conference.Unavailable || kind == conference.Internal) && reason != conference.LoginRefused && certain {
					t.Errorf("%v %s is not certain, and yet: %q", kind, reason, got)
				}
			}
		}
	}
}

func TestAFieldsErrorFindsItsInput(t *testing.T) {
	t.Parallel()
	for _, reason := range []conference.Reason{conference.PINFormat, conference.NameTaken, conference.LimitRange, conference.NumberTaken, conference.PINsEqual} {
		field, text := FieldError(&conference.Error{Kind: conference.Invalid, Reason: reason})
		if text == "" || FieldBlock(field) == "" {
			t.Errorf("%s: field %q, block %q, text %q", reason, field, FieldBlock(field), text)
		}
	}
	if _, text := FieldError(errors.New("boom")); text != "" {
		t.Errorf("a fault of ours is no field error: %q", text)
	}
	if field, _ := FieldError(&conference.Error{Kind: conference.Invalid, Reason: conference.PINFormat, Field: "modpin"}); field != "modpin" {
		t.Errorf("the error's own field comes first: %q", field)
	}
}
