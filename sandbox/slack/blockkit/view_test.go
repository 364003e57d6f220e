package blockkit

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// modalWith is a modal with more properties than it needs.
func modalWith(more string) json.RawMessage {
	return json.RawMessage(`{"type":"modal","title":` + anyLabel + `,"blocks":[]` + more + `}`)
}

func TestAViewIsRefusedInSlacksWords(t *testing.T) {
	t.Parallel()
	raw := `{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[
		{"type":"input","block_id":"a","label":{"type":"plain_text","text":"L"},"element":{"type":"static_select","initial_option":null}},
		{"type":"alarm"}]}`
	want := []string{
		"[ERROR] failed to match all allowed schemas [json-pointer:/view]",
		"[ERROR] must provide an object [json-pointer:/view/blocks/0/element/initial_option]",
		"[ERROR] missing required field: options [json-pointer:/view/blocks/0/element]",
		"[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]",
		"[ERROR] unsupported type: alarm [json-pointer:/view/blocks/1/type]",
	}
	if diff := cmp.Diff(want, Messages(View(json.RawMessage(raw)))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnInputNeedsSubmitInAModalOnly(t *testing.T) {
	t.Parallel()
	input := asking(`{"type":"datepicker"}`)
	submit := `"submit":` + anyLabel + `,`
	for _, tt := range []struct {
		name, view string
		want       []string
	}{
		{"modal without submit", `{"type":"modal","title":` + anyLabel + `,"blocks":[` + divider + `,` + input + `]}`, []string{"must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/1/input]"}},
		{"modal with submit", `{"type":"modal",` + submit + `"title":` + anyLabel + `,"blocks":[` + divider + `,` + input + `]}`, nil},
		{"home", `{"type":"home","blocks":[` + input + `]}`, nil},
	} {
		if diff := cmp.Diff(tt.want, lines(View(json.RawMessage(tt.view)))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func TestLimitsOfViews(t *testing.T) {
	t.Parallel()
	label := func(name string) string { return `,"` + name + `":{"type":"plain_text","text":"@"}` }
	for _, l := range []limit{
		longest(label("submit"), 24, "/submit/text"),
		nonEmpty(label("submit"), "/submit/text"),
		longest(label("close"), 24, "/close/text"),
		longest(`,"private_metadata":"@"`, 3000, "/private_metadata"),
		longest(`,"callback_id":"@"`, 255, "/callback_id"),
		longest(`,"external_id":"@"`, 255, "/external_id"),
		{block: `,"notify_on_close":@`, passes: "true", fails: `1`, pointer: "/notify_on_close", message: "must be a boolean"},
		{block: `,"clear_on_close":@`, passes: "true", fails: `"true"`, pointer: "/clear_on_close", message: "must be a boolean"},
		{block: `,"@":"x"`, passes: "callback_id", fails: "hash", pointer: "", message: "invalid additional property: hash"},
	} {
		if got := View(modalWith(strings.ReplaceAll(l.block, "@", l.passes))); got != nil {
			t.Errorf("%s: the allowed value is refused: %v", l.pointer, got)
		}
		want := []string{"failed to match all allowed schemas [json-pointer:/view]", l.message + " [json-pointer:/view" + l.pointer + "]"}
		got := lines(View(modalWith(strings.ReplaceAll(l.block, "@", l.fails))))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", l.pointer, diff)
		}
	}
}

func TestWhatAViewMustHave(t *testing.T) {
	t.Parallel()
	title := `"title":{"type":"plain_text","text":"` + chars(25) + `"}`
	home := func(more string) string { return `{"type":"home","blocks":[]` + more + `}` }
	for view, want := range map[string]string{
		`{"type":"modal","blocks":[]}`:               "missing required field: title [json-pointer:/view]",
		`{"type":"modal","title":` + anyLabel + `}`:  "missing required field: blocks [json-pointer:/view]",
		`{"type":"modal",` + title + `,"blocks":[]}`: "must be less than 25 characters [json-pointer:/view/title/text]",
		`{"blocks":[]}`:                        "missing required field: type [json-pointer:/view]",
		`{"type":"workflow_step","blocks":[]}`: "unsupported type: workflow_step [json-pointer:/view/type]",
		`[]`:                                   "must provide an object [json-pointer:/view]",
		home(`,"title":` + anyLabel):           "invalid additional property: title [json-pointer:/view]",
		home(`,"submit":` + anyLabel):          "invalid additional property: submit [json-pointer:/view]",
		home(`,"close":` + anyLabel):           "invalid additional property: close [json-pointer:/view]",
		`{"type":"home","blocks":[` + exampleBlocks()["alert"].json + `]}`: "unsupported type: alert [json-pointer:/view/blocks/0/type]",
		string(modalWith(`,"blocks":[` + boxed(divider) + `]`)):            "unsupported type: container [json-pointer:/view/blocks/0/type]",
		`{"type":"home","blocks":[` + many(101, divider) + `]}`:            tooMany(100) + " [json-pointer:/view/blocks]",
	} {
		got := lines(View(json.RawMessage(view)))
		if len(got) != 2 || got[1] != want {
			t.Errorf("%.100s\ngot  %q\nwant %q after the line on the view", view, got, want)
		}
	}
	if got := View(json.RawMessage(home(``))); got != nil {
		t.Errorf("an empty Home is refused: %v", got)
	}
	if got := View(json.RawMessage(`{`)); len(got) != 2 || got[1].Code != NotBlocks {
		t.Errorf("no JSON: %v", got)
	}
}

func TestAttachments(t *testing.T) {
	t.Parallel()
	section := exampleBlocks()["section"].json
	blocks := `"blocks":[` + section + `]`
	for _, tt := range []struct{ name, raw, want string }{
		{"old properties of any name", `[{"title":"x","fields":[],"mood":"good"}]`, ""},
		{"blocks and a color", `[{"color":"#f00",` + blocks + `}]`, ""},
		{"blocks and a title", `[{"title":"x",` + blocks + `}]`, "invalid additional property: title [json-pointer:/attachments/0]"},
		{"blocks and a callback_id", `[{},{"callback_id":"x",` + blocks + `}]`, "invalid additional property: callback_id [json-pointer:/attachments/1]"},
		{"a bad block", `[{"blocks":[{"type":"alarm"}]}]`, "unsupported type: alarm [json-pointer:/attachments/0/blocks/0/type]"},
		{"too many blocks", `[{"blocks":[` + many(51, divider) + `]}]`, tooMany(50) + " [json-pointer:/attachments/0/blocks]"},
		{"one block id in two", `[{"blocks":[` + identified("a") + `]},{"blocks":[` + identified("a") + `]}]`, "`block_id` \"a\" already exists [json-pointer:/attachments/1/blocks/0/block_id]"},
		{"100", `[` + many(100, `{}`) + `]`, ""},
		{"101", `[` + many(101, `{}`) + `]`, "too_many_attachments [json-pointer:/attachments]"},
		{"an object", `{}`, "must provide an array [json-pointer:/attachments]"},
		{"a string in the list", `["x"]`, "must provide an object [json-pointer:/attachments/0]"},
	} {
		if got := strings.Join(lines(Attachments(json.RawMessage(tt.raw))), "\n"); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.name, got, tt.want)
		}
	}
	if got := Attachments(json.RawMessage(`[` + many(101, `{}`) + `]`)); got[0].Code != TooManyAttachments {
		t.Errorf("101: code %s, want %s", got[0].Code, TooManyAttachments)
	}
}
