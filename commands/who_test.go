package commands

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"confbot/conference"
	"confbot/live"
)

func line(no int, name, number, label, user string) named {
	return named{Caller: live.Caller{No: no, Participant: conference.Participant{Name: name, Number: conference.NewNumber(number)}}, label: label, user: user}
}

func TestWhoReadsNumbersNamesAndDigits(t *testing.T) {
	t.Parallel()
	on := []named{
		line(1, "Ana Ruiz", "+14155550111", "", "U1"),
		line(2, "BO LIN", "+14155550142", "Bo Lin", "U2"),
		line(3, "", "+14155554821", "", ""),
		line(4, "Alice Chen", "+14155550199", "", ""),
		line(5, "Ali Baba", "101", "", ""),
		line(6, "Caller", "anonymous", "", ""),
		line(38, "all", "+14155550138", "", ""),
		line(138, "", "+14155557777", "", ""),
	}
	for in, want := range map[string]struct {
		kind whoKind
		nos  []int
	}{
		"3":               {whoOne, []int{3}},
		"38":              {whoOne, []int{38}},
		"#138":            {whoOne, []int{138}},
		"138":             {whoOne, []int{38}}, // three digits are the end of a number
		"4821":            {whoOne, []int{3}},
		"+1 415 555 0199": {whoOne, []int{4}},
		"(415) 555-0199":  {whoOne, []int{4}},
		"101":             {whoOne, []int{5}},
		"alice":           {whoOne, []int{4}},
		"ali":             {whoSeveral, []int{4, 5}},
		"ali baba":        {whoOne, []int{5}},
		"lin":             {whoOne, []int{2}},
		"hen":             {whoOne, []int{4}},
		"bob":             {whoNobody, nil},
		"9":               {whoNobody, nil},
		"all":             {whoAll, nil},
		`"all"`:           {whoOne, []int{38}},
		"others":          {whoOthers, nil},
		"unknown":         {whoUnknown, nil},
		"<@U1|ana>":       {whoOne, []int{1}},
		"<@U9>":           {whoNobody, nil},
		`"3"`:             {whoNobody, nil},
		"0":               {whoNobody, nil},
	} {
		t.Run(in, func(t *testing.T) {
			t.Parallel()
			got := whoIn(Split(in), on)
			var nos []int
			for _, c := range got.callers {
				nos = append(nos, c.No)
			}
			if got.kind != want.kind || !cmp.Equal(nos, want.nos) {
				t.Errorf("got %v %v, want %v %v", got.kind, nos, want.kind, want.nos)
			}
		})
	}
}
