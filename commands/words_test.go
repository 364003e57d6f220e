package commands

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestSplitReadsWhatPhonesAndPeopleType(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		in   string
		want []string
	}{
		"plain words":                       {"mute weekly sync bob", []string{"mute", "weekly", "sync", "bob"}},
		"straight quotes":                   {`mute "Board Room" bob`, []string{"mute", "Board Room", "bob"}},
		"curly quotes":                      {"mute “Board Room” bob", []string{"mute", "Board Room", "bob"}},
		"German quotes":                     {"mute „Board Room“ bob", []string{"mute", "Board Room", "bob"}},
		"French quotes":                     {"mute «Board Room» bob", []string{"mute", "Board Room", "bob"}},
		"single quotes":                     {"mute 'Board Room' bob", []string{"mute", "Board Room", "bob"}},
		"an apostrophe is a letter":         {"mute don't", []string{"mute", "don't"}},
		"an apostrophe in a quoted name":    {"mute 'Bob's room' 3", []string{"mute", "Bob's room", "3"}},
		"an open quote is a letter":         {`mute 5" pipe`, []string{"mute", `5"`, "pipe"}},
		"an open quote at the start":        {`mute "Board Room`, []string{"mute", `"Board`, "Room"}},
		"non-breaking spaces":               {"mute\u00a0weekly\u202fbob", []string{"mute", "weekly", "bob"}},
		"invisible characters":              {"mu\u200bte \ufeffbob", []string{"mute", "bob"}},
		"a caller number":                   {"mute #138", []string{"mute", "#138"}},
		"a backslash":                       {`mute a\b`, []string{"mute", `a\b`}},
		"a mention with a space in it":      {"add <@U123|bob ross> now", []string{"add", "<@U123|bob ross>", "now"}},
		"a telephone link":                  {"mute <tel:+15551234567|+1 555 123 4567>", []string{"mute", "+1 555 123 4567"}},
		"a quoted value":                    {`edit x name="Board Room"`, []string{"edit", "x", "name=Board Room"}},
		"a curly quoted value":              {"edit x name=“Board Room” pin=1", []string{"edit", "x", "name=Board Room", "pin=1"}},
		"Slack's escapes":                   {"create R&amp;D &lt;3", []string{"create", "R&D", "<3"}},
		"an unknown form in angle brackets": {"a <b c> d", []string{"a", "<b", "c>", "d"}},
		"an empty quote":                    {`create "" x`, []string{"create", `""`, "x"}},
		"nothing":                           {" \u00a0 ", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got []string
			for _, w := range Split(tt.in) {
				got = append(got, w.Text)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

func TestSplitKnowsMentions(t *testing.T) {
	t.Parallel()
	w := Split("<@U0ANA00001|ana> <@W12> <#C0TEAM|team> <#C9|> <!subteam^S77|@ops>")
	got := []string{w[0].User, w[1].User, w[2].Channel, w[3].Channel, w[4].Group}
	if d := cmp.Diff([]string{"U0ANA00001", "W12", "C0TEAM", "C9", "S77"}, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestSettingsTakesOnlyKnownKeys(t *testing.T) {
	t.Parallel()
	keys := []string{"pin", "modpin", "max", "name"}
	for name, tt := range map[string]struct {
		in   string
		rest string
		want map[string]string
	}{
		"key=value":                        {"Standup pin=4821", "Standup", map[string]string{"pin": "4821"}},
		"key:value":                        {"Standup pin:4821", "Standup", map[string]string{"pin": "4821"}},
		"capital keys":                     {"Standup PIN=4821", "Standup", map[string]string{"pin": "4821"}},
		"--key value":                      {"Standup --pin 4821 now", "Standup now", map[string]string{"pin": "4821"}},
		"--key=value":                      {"Standup --pin=4821", "Standup", map[string]string{"pin": "4821"}},
		"a phone's long dash":              {"Standup —pin 4821", "Standup", map[string]string{"pin": "4821"}},
		"a colon in a name":                {"Retro: Q3", "Retro: Q3", map[string]string{}},
		"a known word with a colon":        {"Max: the movie", "Max: the movie", map[string]string{}},
		"an unknown key":                   {"Standup colour=red", "Standup colour=red", map[string]string{}},
		"an empty value":                   {"Standup pin=", "Standup", map[string]string{"pin": ""}},
		"the last of two counts":           {"pin=1 pin=2", "", map[string]string{"pin": "2"}},
		"a quoted setting is a word":       {`"pin=4821"`, "pin=4821", map[string]string{}},
		"a quoted value with spaces":       {`name="Board Room" max=5`, "", map[string]string{"name": "Board Room", "max": "5"}},
		"a dash that is not an option":     {"Standup -- now", "Standup -- now", map[string]string{}},
		"an option without a value at end": {"Standup --pin", "Standup", map[string]string{"pin": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rest, got := settings(Split(tt.in), keys)
			if d := cmp.Diff(tt.rest, Join(rest)); d != "" {
				t.Errorf("rest (-want +got)\n%s", d)
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Errorf("settings (-want +got)\n%s", d)
			}
		})
	}
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"", "mute “a b” c", "<@U1|x y> 'a", `k="v w"x`, "&lt;&amp;", "\u200b", "—pin 1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		for _, w := range Split(in) {
			if w.Text == "" && !w.Quoted && w.sep == 0 {
				t.Errorf("empty word from %q", in)
			}
			if utf8.ValidString(in) && !utf8.ValidString(w.Text) {
				t.Errorf("broken word %q from %q", w.Text, in)
			}
		}
	})
}
