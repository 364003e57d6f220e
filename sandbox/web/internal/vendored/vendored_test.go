package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const vendorDir = "../../static/vendor"

// readVendored is every file of the vendor directory but the sums.
func readVendored(t *testing.T) (map[string][]byte, string) {
	t.Helper()
	entries, err := os.ReadDir(vendorDir)
	if err != nil {
		t.Fatal(err)
	}
	files := make(map[string][]byte)
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(vendorDir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = data
	}
	want := string(files[sumsFile])
	delete(files, sumsFile)
	return files, want
}

func TestTheVendoredFilesAreThoseTheCommandWrote(t *testing.T) {
	t.Parallel()
	files, want := readVendored(t)
	if diff := cmp.Diff(want, string(sums(files))); diff != "" {
		t.Errorf("edited by hand, added or removed (-%s +directory):\n%s", sumsFile, diff)
	}
}

func TestEveryFileTheCommandWritesIsThere(t *testing.T) {
	t.Parallel()
	files, _ := readVendored(t)
	for _, p := range packages() {
		for name := range p.keep {
			if len(files[name]) == 0 {
				t.Errorf("%s of %s is missing", name, p.spec)
			}
		}
		for name := range p.make {
			if len(files[name]) == 0 {
				t.Errorf("%s of %s is missing", name, p.spec)
			}
		}
	}
}

func TestTheModuleFetchesNothingByItself(t *testing.T) {
	t.Parallel()
	files, _ := readVendored(t)
	js := string(files["htm-preact.js"])
	if strings.Contains(js, "import") || !strings.Contains(js, " as html,") {
		t.Error("htm-preact.js is not the standalone module: it imports, or exports no html")
	}
}

func TestEmojiAreFoundByEveryName(t *testing.T) {
	t.Parallel()
	files, _ := readVendored(t)
	var emoji map[string]string
	if err := json.Unmarshal(files["emoji.json"], &emoji); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"+1": "👍", "thumbsup": "👍", "telephone_receiver": "📞", "mute": "🔇", "skin-tone-3": "\U0001F3FC", "hash": "#\uFE0F\u20E3",
	} {
		if emoji[name] != want {
			t.Errorf(":%s: is %q, want %q", name, emoji[name], want)
		}
	}
}

func TestAnEmojiWithABadCodePointIsRefused(t *testing.T) {
	t.Parallel()
	if _, err := emojiNames([]byte(`[{"unified":"XYZ","short_names":["x"]}]`)); err == nil {
		t.Error("no error")
	}
}
