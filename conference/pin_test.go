package conference

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParsePINTakesFourToSixteenDigitsThatAreNotTrivial(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]Reason{
		"482913": "", "0042": "", " 4829 ": "", "1357913579135791": "",
		"482": PINFormat, "12345678901234567": PINFormat, "48a9": PINFormat, "": PINFormat, "４８２９": PINFormat, "48 29": PINFormat,
		"1111": PINTrivial, "1234": PINTrivial, "9876": PINTrivial, "890123": PINTrivial, "121212": PINTrivial, "48294829": PINTrivial,
	} {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			pin, err := ParsePIN(in)
			if got := ReasonOf(err); got != want {
				t.Fatalf("got %q, want %q", got, want)
			}
			if err == nil && pin.Digits() != strings.TrimSpace(in) {
				t.Error("other digits than were typed")
			}
			if err != nil && in != "" && strings.Contains(err.Error(), in) {
				t.Error("the error repeats what was typed")
			}
		})
	}
}

func TestGeneratePINIsNeverTrivialNorTaken(t *testing.T) {
	t.Parallel()
	taken := map[PIN]bool{}
	for range 2000 {
		pin, err := GeneratePIN(func(p PIN) bool { return taken[p] })
		if err != nil {
			t.Fatal(err)
		}
		if taken[pin] || len(pin.Digits()) < GeneratedPINDigits || trivial(pin.Digits()) {
			t.Fatalf("a bad PIN of %d digits", len(pin.Digits()))
		}
		taken[pin] = true
	}
	if _, err := GeneratePIN(func(PIN) bool { return true }); KindOf(err) != Conflict {
		t.Errorf("all taken: got %v", err)
	}
}

// TestSecretsPrintThemselvesRedacted tries every way in which a value gets
// printed by accident.
func TestSecretsPrintThemselvesRedacted(t *testing.T) {
	t.Parallel()
	pin, number := NewPIN("482913"), NewNumber("+14155550199")
	c := Conference{Name: "Weekly", MemberPINs: []PIN{pin}}
	p := Participant{Number: number}
	var b strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		fmt.Fprintf(&b, verb+verb+verb+verb, pin, number, c, &p)
	}
	raw, err := json.Marshal([]any{pin, number, c, p, map[PIN]Number{pin: number}})
	if err != nil {
		t.Fatal(err)
	}
	b.Write(raw)
	log := slog.New(slog.NewTextHandler(&b, nil))
	log.Info("x", "a", pin, "b", number, "c", c, "d", p, "e", slog.GroupValue(slog.Any("pin", pin)))
	slog.New(slog.NewJSONHandler(&b, nil)).Info("x", "a", pin, "b", number, "c", c, "d", &p)
	b.WriteString(errors.Join(&Error{Kind: Invalid, Cause: fmt.Errorf("with %v and %v", pin, number)}).Error())
	for _, secret := range []string{"482913", "4155550199", "415555"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("%q is in\n%s", secret, b.String())
		}
	}
}

func TestNumbersShowTheirLastDigitsOnly(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"+14155550199": "0199", "101": "01", "1007": "07", "10071": "0071", "sip:2345678@pbx.example": "5678",
		"anonymous": "", "": "", "Restricted": "", "unavailable": "", "sip:desk@pbx.example": "", " +49 30 1234 ": "1234",
	} {
		if got := NewNumber(in).Ends(); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
		if hidden := NewNumber(in).Hidden(); hidden != (want == "") {
			t.Errorf("%q: hidden is %v", in, hidden)
		}
	}
}

func TestMaskNameHidesPhoneNumbersInNames(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Alice 42": "Alice 42", "Room 123456": "Room 123456", "+14155550199": "+•••••••0199", "Bob 415-555-0199": "Bob •••-•••-0199",
	} {
		if got := MaskName(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestFoldMakesNamesThatLookAlikeOne(t *testing.T) {
	t.Parallel()
	for _, names := range [][]string{
		{"Weekly sync", "weekly  SYNC", " Weekly sync ", "Wеekly ѕync", "Ｗｅｅｋｌｙ sync", "Week\u200bly sync", "Weekly\u00a0sync"},
		{"Bob's room", "bob’s room", "BOB‘S ROOM"},
		{"Q3–plan", "q3-plan", "Q3—plan"},
	} {
		for _, n := range names {
			if Fold(n) != Fold(names[0]) {
				t.Errorf("%q is %q, but %q is %q", n, Fold(n), names[0], Fold(names[0]))
			}
		}
	}
	if Fold("Weekly sync") == Fold("Weekly syncs") {
		t.Error("different names are one")
	}
}

func TestFoldTwiceIsFoldOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "name")
		if once := Fold(s); Fold(once) != once {
			t.Fatalf("%q folds to %q and then to %q", s, once, Fold(once))
		}
	})
}

func TestCheckNameTrimsAndLimits(t *testing.T) {
	t.Parallel()
	if got, err := CheckName("  Weekly \n sync "); got != "Weekly sync" || err != nil {
		t.Errorf("got %q, %v", got, err)
	}
	if _, err := CheckName(strings.Repeat("ü", 128)); err != nil {
		t.Errorf("128 characters: %v", err)
	}
	if _, err := CheckName(strings.Repeat("ü", 129)); ReasonOf(err) != NameTooLong {
		t.Errorf("129 characters: %v", err)
	}
	if _, err := CheckName(" "); ReasonOf(err) != NameMissing {
		t.Errorf("nothing: %v", err)
	}
}

func TestErrorsCarryKindReasonAndCertaintyThroughWrapping(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("mute: %w", &Error{Kind: Unavailable, Reason: Silent, Unsure: true, Cause: errors.New("reset")})
	got := []any{KindOf(err), ReasonOf(err), IsUnsure(err), err.Error()}
	want := []any{Unavailable, Silent, true, "mute: unavailable: audian_silent: reset"}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if KindOf(errors.New("x")) != Internal || ReasonOf(nil) != "" || IsUnsure(nil) {
		t.Error("a plain error has a kind")
	}
}

func TestActionsAreDoneWhenTheStateAgrees(t *testing.T) {
	t.Parallel()
	muted, open, deaf := Participant{Muted: true}, Participant{}, Participant{Deaf: true}
	for _, tt := range []struct {
		action Action
		p      Participant
		want   bool
	}{
		{Mute, muted, true},
		{Mute, open, false},
		{Unmute, open, true},
		{Unmute, muted, false},
		{Deaf, deaf, true},
		{Deaf, open, false},
		{Undeaf, open, true},
		{Undeaf, deaf, false},
		{Kick, open, false},
		{"dance", open, false},
	} {
		if got := tt.action.Done(tt.p); got != tt.want {
			t.Errorf("%s: got %v, want %v", tt.action, got, tt.want)
		}
	}
}
