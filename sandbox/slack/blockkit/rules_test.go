package blockkit

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A verdict is what a list of blocks gets.
type verdict struct {
	name    string
	surface Surface
	blocks  []string
	want    []string
}

func testVerdicts(t *testing.T, options Options, cases []verdict) {
	t.Helper()
	for _, tt := range cases {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := lines(options.Blocks(tt.surface, blocksOf(tt.blocks...)))
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func identified(id string) string { return `{"type":"divider","block_id":"` + id + `"}` }

func buttonNamed(id string) string {
	return `{"type":"button","action_id":"` + id + `","text":` + anyLabel + `}`
}

func focused(focus string) string {
	return asking(`{"type":"plain_text_input","focus_on_load":` + focus + `}`)
}

func boxed(child string) string {
	return `{"type":"container","title":` + anyLabel + `,"child_blocks":[` + child + `]}`
}

func laidOut(child string) string {
	return `{"type":"layout","label":"x","rows":[{"items":[{"block":` + child + `}]}]}`
}

func TestIdsDiffer(t *testing.T) {
	t.Parallel()
	testVerdicts(t, Options{}, []verdict{
		{"block ids that differ", Message, []string{identified("a"), identified("b")}, nil},
		{"no block ids", Message, []string{divider, divider, identified(""), identified("")}, nil},
		{"one block id twice", Modal, []string{identified("a"), divider, identified("a")}, []string{"`block_id` \"a\" already exists [json-pointer:/blocks/2/block_id]"}},
		{"one block id inside a container", Message, []string{identified("a"), boxed(identified("a"))}, []string{"`block_id` \"a\" already exists [json-pointer:/blocks/1/child_blocks/0/block_id]"}},
		{"one action id in two blocks", Message, []string{acting(buttonNamed("a")), acting(buttonNamed("a"))}, nil},
		{"one action id in two children of a container", Message, []string{boxed(acting(buttonNamed("a")) + "," + acting(buttonNamed("a")))}, nil},
		{"one action id twice in a block", Message, []string{acting(buttonNamed("b") + "," + buttonNamed("a") + "," + buttonNamed("a"))}, []string{"`action_id` \"a\" already exists [json-pointer:/blocks/0/elements/2/action_id]"}},
		{"one action id twice in a card", Message, []string{`{"type":"card","actions":[` + buttonNamed("a") + "," + buttonNamed("a") + `]}`}, []string{"`action_id` \"a\" already exists [json-pointer:/blocks/0/actions/1/action_id]"}},
	})
}

func TestOneElementOfAViewTakesTheFocus(t *testing.T) {
	t.Parallel()
	testVerdicts(t, Options{}, []verdict{
		{"one", Modal, []string{focused("true"), focused("false")}, nil},
		{"two", Modal, []string{focused("true"), focused("true")}, []string{"only one element may set `focus_on_load` [json-pointer:/blocks/1/element/focus_on_load]"}},
		{"two in a message, which has no focus", Message, []string{focused("true"), focused("true")}, nil},
	})
}

func TestOneOfTwoProperties(t *testing.T) {
	t.Parallel()
	const neither = "must define either "
	exclusive := "failed to match exactly one allowed schema [json-pointer:/blocks/0"
	testVerdicts(t, Options{}, []verdict{
		{"section with neither", Message, []string{`{"type":"section"}`}, []string{neither + "`text` or `fields` [json-pointer:/blocks/0/type]"}},
		{"section with both", Message, []string{`{"type":"section","text":` + anyText + `,"fields":[` + anyText + `]}`}, nil},
		{"card with nothing", Message, []string{`{"type":"card","subtext":` + anyText + `}`}, []string{neither + "`hero_image` or `title` or `actions` or `body` [json-pointer:/blocks/0/type]"}},
		{"card with two icons", Message, []string{`{"type":"card","title":` + anyText + `,"icon":` + anyImage + `,"slack_icon":{"type":"icon","name":"x"}}`}, []string{exclusive + "]"}},
		{"container with no title", Message, []string{`{"type":"container","child_blocks":[` + divider + `]}`}, []string{neither + "`title` or `rich_text_title` [json-pointer:/blocks/0/type]"}},
		{"container with a rich title", Message, []string{`{"type":"container","rich_text_title":` + richOf + `,"child_blocks":[` + divider + `]}`}, nil},
		{"image with two sources", Message, []string{`{"type":"image","alt_text":"x","image_url":"u","slack_file":{"id":"F1"}}`}, []string{exclusive + "]"}},
		{"image element with no source", Message, []string{`{"type":"context","elements":[{"type":"image","alt_text":"x"}]}`}, []string{"missing required field: image_url [json-pointer:/blocks/0/elements/0]"}},
		{"slack file with neither", Message, []string{`{"type":"image","alt_text":"x","slack_file":{}}`}, []string{"missing required field: id [json-pointer:/blocks/0/slack_file]"}},
		{"slack file with both", Message, []string{`{"type":"image","alt_text":"x","slack_file":{"id":"F1","url":"u"}}`}, []string{exclusive + "/slack_file]"}},
		{"menu with options and groups", Message, []string{acting(`{"type":"static_select","options":[` + anyOption + `],"option_groups":[{"label":` + anyLabel + `,"options":[` + anyOption + `]}]}`)}, []string{exclusive + "/elements/0]"}},
	})
}

func TestTheInitialOptionIsOffered(t *testing.T) {
	t.Parallel()
	other := `{"text":` + anyLabel + `,"value":"w"}`
	renamed := `{"text":{"type":"plain_text","text":"y"},"value":"v"}`
	const refused = "must be one of the `options` [json-pointer:/blocks/0/elements/0/"
	testVerdicts(t, Options{}, []verdict{
		{"static_select", Message, []string{acting(`{"type":"static_select","options":[` + anyOption + `],"initial_option":` + anyOption + `}`)}, nil},
		{"static_select with another value", Message, []string{acting(`{"type":"static_select","options":[` + anyOption + `],"initial_option":` + other + `}`)}, []string{refused + "initial_option]"}},
		{"static_select with another text", Message, []string{acting(`{"type":"static_select","options":[` + anyOption + `],"initial_option":` + renamed + `}`)}, []string{refused + "initial_option]"}},
		{"in a group", Message, []string{acting(`{"type":"static_select","option_groups":[{"label":` + anyLabel + `,"options":[` + other + `]},{"label":` + anyLabel + `,"options":[` + anyOption + `]}],"initial_option":` + anyOption + `}`)}, nil},
		{"radio_buttons", Message, []string{acting(`{"type":"radio_buttons","options":[` + anyOption + `],"initial_option":` + other + `}`)}, []string{refused + "initial_option]"}},
		{"checkboxes", Message, []string{acting(`{"type":"checkboxes","options":[` + anyOption + `],"initial_options":[` + anyOption + `,` + other + `]}`)}, []string{refused + "initial_options/1]"}},
		{"multi_static_select", Message, []string{acting(`{"type":"multi_static_select","options":[` + anyOption + `],"initial_options":[` + other + `]}`)}, []string{refused + "initial_options/0]"}},
	})
}

func TestResponseURLsComeFromModalInputsOnly(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"conversations_select", "channels_select"} {
		element := `{"type":"` + name + `","response_url_enabled":true}`
		const refused = "invalid additional property: response_url_enabled [json-pointer:/blocks/0"
		testVerdicts(t, Options{}, []verdict{
			{name + " in a modal's input", Modal, []string{asking(element)}, nil},
			{name + " in a message's input", Message, []string{asking(element)}, []string{refused + "/element]"}},
			{name + " in a modal's actions", Modal, []string{acting(element)}, []string{refused + "/elements/0]"}},
		})
	}
	multi := asking(`{"type":"multi_channels_select","response_url_enabled":true}`)
	testVerdicts(t, Options{}, []verdict{
		{"a multi select never", Modal, []string{multi}, []string{"invalid additional property: response_url_enabled [json-pointer:/blocks/0/element]"}},
	})
}

func TestWhatAMessageHoldsOnceOrTwice(t *testing.T) {
	t.Parallel()
	table := exampleBlocks()["table"].json
	chart := exampleBlocks()["data_visualization"].json
	half := `{"type":"markdown","text":"` + chars(6000) + `"}`
	testVerdicts(t, Options{}, []verdict{
		{"one table", Message, []string{table}, nil},
		{"two tables", Message, []string{table, divider, table}, []string{"only_one_table_allowed [json-pointer:/blocks/2]"}},
		{"a table and one in a container", Message, []string{table, boxed(table)}, []string{"only_one_table_allowed [json-pointer:/blocks/1/child_blocks/0]"}},
		{"two tables at Home", Home, []string{table, table}, nil},
		{"two charts", Message, []string{chart, chart}, nil},
		{"three charts", Message, []string{chart, chart, chart}, []string{"no more than 2 `data_visualization` blocks allowed [json-pointer:/blocks/2]"}},
		{"three charts at Home", Home, []string{chart, chart, chart}, nil},
		{"12,000 characters of markdown", Message, []string{half, half}, nil},
		{"12,001 characters of markdown", Message, []string{half, half, `{"type":"markdown","text":"x"}`}, []string{"must be less than 12001 characters over all `markdown` blocks [json-pointer:/blocks/2/text]"}},
	})
	if got := Blocks(Message, blocksOf(table, table)); len(got) != 1 || got[0].Code != TooManyTables {
		t.Errorf("two tables: %+v, want code %s", got, TooManyTables)
	}
}

func TestBoxesNestTwoLevelsDeep(t *testing.T) {
	t.Parallel()
	const tooDeep = "`container` and `layout` blocks may be nested two levels deep [json-pointer:/blocks/0/child_blocks/0/rows/0/items/0/block]"
	testVerdicts(t, Options{}, []verdict{
		{"a layout in a container", Message, []string{boxed(laidOut(divider))}, nil},
		{"a container in a layout", Message, []string{laidOut(boxed(divider))}, nil},
		{"a container in a container", Message, []string{boxed(boxed(divider))}, []string{"unsupported type: container [json-pointer:/blocks/0/child_blocks/0/type]"}},
		{"three levels", Message, []string{boxed(laidOut(boxed(divider)))}, []string{tooDeep}},
		{"markdown in a layout", Message, []string{laidOut(`{"type":"markdown","text":"x"}`)}, []string{"unsupported type: markdown [json-pointer:/blocks/0/rows/0/items/0/block/type]"}},
		{"an alert in a layout follows the surface", Message, []string{laidOut(exampleBlocks()["alert"].json)}, []string{"unsupported type: alert [json-pointer:/blocks/0/rows/0/items/0/block/type]"}},
	})
}

func TestHowManyBlocks(t *testing.T) {
	t.Parallel()
	for surface, most := range map[Surface]int{Message: 50, Modal: 100, Home: 100} {
		if got := lines(Blocks(surface, blocksOf(many(most, divider)))); got != nil {
			t.Errorf("%s: %d blocks are refused: %v", surface, most, got)
		}
		want := []string{tooMany(most) + " [json-pointer:/blocks]"}
		if diff := cmp.Diff(want, lines(Blocks(surface, blocksOf(many(most+1, divider))))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", surface, diff)
		}
	}
}

func TestWhatIsNoListOfBlocksSaysSo(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{``, `{`, `null`, `{}`, `"[]"`, `[] []`, `[1]x`, "\x00"} {
		got := Blocks(Message, []byte(raw))
		if len(got) != 1 || got[0].Code != NotBlocks || got[0].Pointer != "/blocks" {
			t.Errorf("%q: %v", raw, got)
		}
	}
	if got := Blocks(Message, []byte(` [] `)); got != nil {
		t.Errorf("no blocks: %v", got)
	}
	if got := lines(Blocks(Message, []byte(`["x"]`))); !strings.HasPrefix(strings.Join(got, ""), "must provide an object [json-pointer:/blocks/0]") {
		t.Errorf("a string for a block: %v", got)
	}
	if got := Blocks("elsewhere", blocksOf(divider)); len(got) != 1 {
		t.Errorf("an unknown surface: %v", got)
	}
}
