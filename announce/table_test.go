package announce_test

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The table that the documentation shows is made of the tables that the tests
// hold the parser to.
func TestTheTableOfPhrasesIsUpToDate(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString("# When to announce: what is read and what is refused\n\n")
	b.WriteString("Said on Thursday, 26 March 2026, at 10:17 in Berlin, three days before the clocks go forward.\n\n")
	b.WriteString("| phrase | is read as | next posts |\n|---|---|---|\n")
	for _, phrase := range slices.Sorted(maps.Keys(readPhrases)) {
		var rule, posts []string
		for _, part := range strings.Split(readPhrases[phrase], " | ") {
			if len(part) > 4 && part[3] == ' ' && strings.Contains(part, " 2") && strings.Contains(part, ":") && !strings.Contains(part, " at ") {
				posts = append(posts, part)
			} else {
				rule = append(rule, part)
			}
		}
		b.WriteString("| `" + strings.Join(strings.Fields(phrase), " ") + "` | " + strings.Join(rule, ", ") + " | " + strings.Join(posts, "; ") + " |\n")
	}
	b.WriteString("\n| phrase | is refused because |\n|---|---|\n")
	for _, phrase := range slices.Sorted(maps.Keys(refusedPhrases)) {
		reason, word, _ := strings.Cut(refusedPhrases[phrase], " ")
		why := strings.ReplaceAll(reason, "_", " ")
		if word != "" && word != phrase {
			why += ": " + word
		}
		b.WriteString("| `" + phrase + "` | " + why + " |\n")
	}
	const file = "testdata/phrases.md"
	if *update {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(file, []byte(b.String()), 0o600))
	}
	want, err := os.ReadFile(file)
	must(t, err)
	if diff := cmp.Diff(string(want), b.String()); diff != "" {
		t.Errorf("run go test ./announce -update (-file +tables):\n%s", diff)
	}
}
