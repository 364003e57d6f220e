package main

import (
	"cmp"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"confbot/blocks"
	"confbot/commands"
)

// desk has the program's tables and nothing behind them.
func desk(t *testing.T) *commands.Desk {
	t.Helper()
	d, err := commands.New(commands.Parts{Command: "/conf"})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// readmeTable is what stands in the README between two markers.
func readmeTable(t *testing.T, name string) []string {
	t.Helper()
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(readme), "<!-- "+name+" -->\n")
	table, _, closed := strings.Cut(rest, "<!-- /"+name+" -->")
	if !found || !closed {
		t.Fatalf("the README has no table between <!-- %s --> and <!-- /%s -->", name, name)
	}
	rows := strings.Split(strings.TrimSpace(table), "\n")
	return rows[min(2, len(rows)):] // without the heading and the line below it
}

func TestTheReadmeListsTheCommandsAsTheyAre(t *testing.T) {
	t.Parallel()
	want := []string{"| `/conf` | Shows what is linked or live here, with buttons |"}
	for _, r := range desk(t).HelpRows() {
		want = append(want, "| `/conf "+r.Usage+"` | "+r.Summary+" |")
	}
	if diff := gocmp.Diff(want, readmeTable(t, "commands")); diff != "" {
		t.Errorf("README.md, commands (-table of commands +README):\n%s", diff)
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	t.Parallel()
	d := desk(t)
	overview := drawBlocksOf(t, blocks.Help("/conf", d.HelpRows()))
	for _, r := range d.HelpRows() {
		if !r.Hidden && !strings.Contains(overview, "/conf "+r.Name) {
			t.Errorf("the overview leaves out %s", r.Name)
		}
		alone := drawBlocksOf(t, blocks.HelpOn("/conf", r))
		for _, words := range append([]string{"/conf " + r.Usage, r.Summary}, r.Examples...) {
			if !strings.Contains(alone, words) {
				t.Errorf("help on %s does not say %q", r.Name, words)
			}
		}
	}
}

func TestTheReadmeListsTheVariablesAsTheyAre(t *testing.T) {
	t.Parallel()
	var want []string
	for f := range reflect.TypeFor[environment]().Fields() {
		standard := ""
		if v := f.Tag.Get("default"); v != "" {
			standard = "`" + v + "`"
		}
		if f.Tag.Get("need") == "yes" {
			standard = "required"
		}
		want = append(want, "| `"+f.Tag.Get("envconfig")+"` | "+standard+" | "+f.Tag.Get("about")+" |")
	}
	if diff := gocmp.Diff(want, readmeTable(t, "variables")); diff != "" {
		t.Errorf("README.md, variables (-environment +README):\n%s", diff)
	}
}

func TestEveryButtonThatCanBeDrawnIsHandled(t *testing.T) {
	t.Parallel()
	d := desk(t)
	var missing []string
	for _, id := range slices.Concat(blocks.AllActions(), blocks.AllShortcuts()) {
		if slices.Contains(blocks.AllSuggestions(), id) {
			continue
		}
		if d.PlanClick(commands.Click{ActionID: id}).Name == "unknown" {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		t.Errorf("drawn and not handled: %q", missing)
	}
}

func TestEveryFormThatCanBeSentIsHandled(t *testing.T) {
	t.Parallel()
	d := desk(t)
	var missing []string
	for _, id := range blocks.AllForms() {
		if d.PlanSubmission(commands.Submission{View: commands.ViewRef{CallbackID: id}}).Name == "unknown" {
			missing = append(missing, id)
		}
	}
	if len(missing) > 0 {
		t.Errorf("forms not handled: %q", missing)
	}
}

// appManifest is what the tests read of manifest.yaml.
type appManifest struct {
	Features struct {
		Shortcuts []struct {
			CallbackID string `yaml:"callback_id"`
		} `yaml:"shortcuts"`
		Commands []struct {
			Command string `yaml:"command"`
			Hint    string `yaml:"usage_hint"`
		} `yaml:"slash_commands"`
	} `yaml:"features"`
	OAuth struct {
		Scopes struct {
			Bot      []string `yaml:"bot"`
			Optional []string `yaml:"bot_optional"`
		} `yaml:"scopes"`
	} `yaml:"oauth_config"`
}

func readManifest(t *testing.T) appManifest {
	t.Helper()
	raw, err := os.ReadFile("manifest.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var m appManifest
	if err := yaml.Unmarshal(raw, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestTheManifestOffersWhatIsHandled(t *testing.T) {
	t.Parallel()
	m, d := readManifest(t), desk(t)
	var shortcuts []string
	for _, s := range m.Features.Shortcuts {
		shortcuts = append(shortcuts, s.CallbackID)
	}
	if diff := gocmp.Diff(sorted(blocks.AllShortcuts()), sorted(shortcuts)); diff != "" {
		t.Errorf("shortcuts (-handled +manifest):\n%s", diff)
	}
	if len(m.Features.Commands) != 1 || m.Features.Commands[0].Command != "/conf" {
		t.Fatalf("the manifest has the commands %v", m.Features.Commands)
	}
	var names []string
	for _, r := range d.HelpRows() {
		names = append(names, append(r.Aliases, r.Name)...)
	}
	var unknown []string
	for word := range strings.SplitSeq(m.Features.Commands[0].Hint, ", ") {
		if !slices.Contains(names, word) {
			unknown = append(unknown, word)
		}
	}
	if len(unknown) > 0 {
		t.Errorf("hints that are no commands: %q", unknown)
	}
}

// scopesOf are the scopes that a method needs, as its page on
// docs.slack.dev/reference/methods says; where one of several is enough,
// those for the kinds of conversation that are used.
var scopesOf = map[string][]string{
	"auth.test": {}, "apps.connections.open": {}, "chat.getPermalink": {},
	"bots.info": {"users:read"}, "users.info": {"users:read"}, "users.list": {"users:read"},
	"usergroups.users.list": {"usergroups:read"},
	"chat.postMessage":      {"chat:write"}, "chat.postEphemeral": {"chat:write"}, "chat.update": {"chat:write"}, "chat.delete": {"chat:write"},
	"conversations.info":    {"channels:read", "groups:read"},
	"conversations.members": {"channels:read", "groups:read"},
	"conversations.open":    {"im:write"},
	"conversations.history": {"channels:history", "groups:history"},
	"conversations.replies": {"channels:history", "groups:history"},
	"views.open":            {}, "views.push": {}, "views.update": {}, "views.publish": {},
}

// scopesForMore are scopes that stand for something else than a method.
var scopesForMore = []string{"commands", "app_mentions:read", "chat:write.public"}

func TestTheManifestAsksForTheScopesThatAreUsed(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	for _, s := range scopesForMore {
		used[s] = true
	}
	for _, method := range methodsInUse(t) {
		scopes, known := scopesOf[method]
		if !known {
			t.Errorf("say here which scopes %s needs", method)
		}
		for _, s := range scopes {
			used[s] = true
		}
	}
	m := readManifest(t)
	asked := slices.Concat(m.OAuth.Scopes.Bot, m.OAuth.Scopes.Optional)
	if diff := gocmp.Diff(slices.Sorted(maps.Keys(used)), sorted(asked)); diff != "" {
		t.Errorf("scopes (-used +manifest):\n%s", diff)
	}
}

// methodsInUse are the Web API methods that package bot calls.
func methodsInUse(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("bot/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"((?:apps|auth|bots|chat|conversations|files|usergroups|users|views)\.[a-zA-Z.]+)"`).FindAllStringSubmatch(string(src), -1) {
			out = append(out, m[1])
		}
	}
	if len(out) < 10 {
		t.Fatalf("only %v found: are methods called in another way now?", out)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func sorted[T cmp.Ordered](list []T) []T {
	out := slices.Clone(list)
	slices.Sort(out)
	return out
}

// drawBlocksOf is all words of a message.
func drawBlocksOf(t *testing.T, m blocks.Message) string {
	t.Helper()
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		t.Fatal(err)
	}
	return m.Text + "\n" + drawBlocks(raw)
}
