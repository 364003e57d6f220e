package slack

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The page promises a test for every rule; this holds it to that.
func TestEveryTestThatTheDocumentationNamesExists(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile("`([a-z_/.]+_test\\.go)`|\\b(Test[A-Z][A-Za-z0-9]+)")
	file, found := "", 0
	for _, m := range names.FindAllStringSubmatch(string(page), -1) {
		if m[1] != "" {
			source, err := os.ReadFile(m[1])
			if err != nil {
				t.Errorf("%s: %v", m[1], err)
			}
			file = string(source)
			continue
		}
		found++
		if !strings.Contains(file, "func "+m[2]+"(") {
			t.Errorf("%s is not where the page says", m[2])
		}
	}
	if found < 60 {
		t.Errorf("only %d tests are named", found)
	}
}

// Every reading has its place on the page.
func TestEveryReadingIsDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("options.go")
	if err != nil {
		t.Fatal(err)
	}
	_, readings, _ := strings.Cut(string(source), "type Readings struct {")
	readings, _, _ = strings.Cut(readings, "\n}")
	for _, m := range regexp.MustCompile(`(?m)^\t([A-Z]\w+) +bool`).FindAllStringSubmatch(readings, -1) {
		if !strings.Contains(string(page), "`"+m[1]+"`") {
			t.Errorf("the reading %s is not on the page", m[1])
		}
	}
}

func TestEveryMethodIsDocumented(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../docs/sandbox.md")
	if err != nil {
		t.Fatal(err)
	}
	for name := range webMethods() {
		if !strings.Contains(string(page), "`"+name+"`") {
			t.Errorf("%s is not on the page", name)
		}
	}
}
