package blockkit

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// An example is the smallest form of something that Slack accepts.
type example struct {
	json     string
	required string // names of the properties that it must have, but type
	on       string // surfaces: M, V (a modal), H
	in       string // of an element: blocks it may stand in
}

const (
	anyLabel  = `{"type":"plain_text","text":"x"}`
	anyOption = `{"text":{"type":"plain_text","text":"x"},"value":"v"}`
	anyText   = `{"type":"mrkdwn","text":"x"}`
	anyButton = `{"type":"button","text":{"type":"plain_text","text":"x"}}`
	anyCard   = `{"type":"card","title":{"type":"mrkdwn","text":"x"}}`
	anyImage  = `{"type":"image","alt_text":"x","image_url":"https://example.com/x.png"}`
	richOf    = `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"x"}]}]}`
	divider   = `{"type":"divider"}`
)

// exampleBlocks is every block in Slack's reference.
func exampleBlocks() map[string]example {
	return map[string]example{
		"section":            {json: `{"type":"section","text":` + anyText + `}`, on: "MVH"},
		"header":             {json: `{"type":"header","text":` + anyLabel + `}`, required: "text", on: "MVH"},
		"divider":            {json: divider, on: "MVH"},
		"context":            {json: `{"type":"context","elements":[` + anyText + `]}`, required: "elements", on: "MVH"},
		"actions":            {json: `{"type":"actions","elements":[` + anyButton + `]}`, required: "elements", on: "MVH"},
		"image":              {json: anyImage, required: "alt_text image_url", on: "MVH"},
		"input":              {json: `{"type":"input","label":` + anyLabel + `,"element":{"type":"plain_text_input"}}`, required: "label element", on: "MVH"},
		"rich_text":          {json: richOf, required: "elements", on: "MVH"},
		"markdown":           {json: `{"type":"markdown","text":"x"}`, required: "text", on: "M"},
		"table":              {json: `{"type":"table","rows":[[{"type":"raw_text","text":"x"}]]}`, required: "rows", on: "MH"},
		"data_table":         {json: `{"type":"data_table","caption":"x","rows":[[{"type":"raw_text","text":"x"}],[{"type":"raw_text","text":"y"}]]}`, required: "caption rows", on: "MH"},
		"data_visualization": {json: `{"type":"data_visualization","title":"x","chart":{"type":"pie","segments":[{"label":"a","value":1}]}}`, required: "title chart", on: "MH"},
		"video":              {json: `{"type":"video","title":` + anyLabel + `,"alt_text":"x","video_url":"https://e.com/v","thumbnail_url":"https://e.com/t"}`, required: "title alt_text video_url thumbnail_url", on: "MVH"},
		"file":               {json: `{"type":"file","external_id":"x","source":"remote"}`, on: ""},
		"call":               {json: `{"type":"call","call_id":"R1"}`, required: "call_id", on: "M"},
		"context_actions":    {json: `{"type":"context_actions","elements":[{"type":"icon_button","icon":"trash","text":` + anyLabel + `}]}`, required: "elements", on: "M"},
		"alert":              {json: `{"type":"alert","text":` + anyText + `}`, required: "text", on: "V"},
		"card":               {json: anyCard, on: "MVH"},
		"carousel":           {json: `{"type":"carousel","elements":[` + anyCard + `]}`, required: "elements", on: "MH"},
		"container":          {json: `{"type":"container","title":` + anyLabel + `,"child_blocks":[` + divider + `]}`, required: "child_blocks", on: "MH"},
		"layout":             {json: `{"type":"layout","label":"x","rows":[{"items":[{"block":` + divider + `}]}]}`, required: "label rows", on: "MVH"},
		"plan":               {json: `{"type":"plan","title":"x"}`, required: "title", on: "M"},
		"task_card":          {json: `{"type":"task_card","task_id":"1","title":"x","status":"pending"}`, required: "task_id title status", on: "M"},
		"auth_provider":      {json: `{"type":"auth_provider"}`, on: ""},
	}
}

// exampleElements is every block element in Slack's reference.
func exampleElements() map[string]example {
	const everywhere = "section actions input"
	options := `"options":[` + anyOption + `]}`
	return map[string]example{
		"button":                     {json: anyButton, required: "text", on: "MVH", in: "section actions card"},
		"workflow_button":            {json: `{"type":"workflow_button","text":` + anyLabel + `,"workflow":{"trigger":{"url":"https://slack.com/shortcuts/x"}}}`, required: "text workflow", on: "M", in: "section actions"},
		"overflow":                   {json: `{"type":"overflow",` + options, required: "options", on: "MVH", in: "section actions"},
		"static_select":              {json: `{"type":"static_select",` + options, required: "options", on: "MVH", in: everywhere},
		"multi_static_select":        {json: `{"type":"multi_static_select",` + options, required: "options", on: "MVH", in: everywhere},
		"external_select":            {json: `{"type":"external_select"}`, on: "MVH", in: everywhere},
		"multi_external_select":      {json: `{"type":"multi_external_select"}`, on: "MVH", in: everywhere},
		"users_select":               {json: `{"type":"users_select"}`, on: "MVH", in: everywhere},
		"multi_users_select":         {json: `{"type":"multi_users_select"}`, on: "MVH", in: everywhere},
		"conversations_select":       {json: `{"type":"conversations_select"}`, on: "MVH", in: everywhere},
		"multi_conversations_select": {json: `{"type":"multi_conversations_select"}`, on: "MVH", in: everywhere},
		"channels_select":            {json: `{"type":"channels_select"}`, on: "MVH", in: everywhere},
		"multi_channels_select":      {json: `{"type":"multi_channels_select"}`, on: "MVH", in: everywhere},
		"checkboxes":                 {json: `{"type":"checkboxes",` + options, required: "options", on: "MVH", in: everywhere},
		"radio_buttons":              {json: `{"type":"radio_buttons",` + options, required: "options", on: "MVH", in: everywhere},
		"datepicker":                 {json: `{"type":"datepicker"}`, on: "MVH", in: everywhere},
		"timepicker":                 {json: `{"type":"timepicker"}`, on: "MVH", in: everywhere},
		"datetimepicker":             {json: `{"type":"datetimepicker"}`, on: "MV", in: "actions input"},
		"plain_text_input":           {json: `{"type":"plain_text_input"}`, on: "MVH", in: "input"},
		"number_input":               {json: `{"type":"number_input","is_decimal_allowed":false}`, required: "is_decimal_allowed", on: "V", in: "input"},
		"email_text_input":           {json: `{"type":"email_text_input"}`, on: "V", in: "input"},
		"url_text_input":             {json: `{"type":"url_text_input"}`, on: "V", in: "input"},
		"file_input":                 {json: `{"type":"file_input"}`, on: "V", in: "input"},
		"rich_text_input":            {json: `{"type":"rich_text_input","action_id":"a"}`, required: "action_id", on: "VH", in: "input"},
		"feedback_buttons":           {json: `{"type":"feedback_buttons","positive_button":{"text":` + anyLabel + `,"value":"+"},"negative_button":{"text":` + anyLabel + `,"value":"-"}}`, required: "positive_button negative_button", on: "M", in: "context_actions"},
		"icon_button":                {json: `{"type":"icon_button","icon":"trash","text":` + anyLabel + `}`, required: "icon text", on: "M", in: "context_actions"},
		"image":                      {json: anyImage, required: "alt_text image_url", on: "MVH", in: "section context card_image"},
		"url":                        {json: `{"type":"url","url":"https://e.com","text":"x"}`, required: "url text", on: "M", in: "task_card"},
	}
}

// exampleParents are blocks with a gap, @, for an element; the pointer is the
// element's, below the block.
func exampleParents() map[string]struct{ json, pointer string } {
	return map[string]struct{ json, pointer string }{
		"section":         {`{"type":"section","text":` + anyText + `,"accessory":@}`, "/accessory"},
		"actions":         {`{"type":"actions","elements":[@]}`, "/elements/0"},
		"input":           {`{"type":"input","label":` + anyLabel + `,"element":@}`, "/element"},
		"context":         {`{"type":"context","elements":[@]}`, "/elements/0"},
		"context_actions": {`{"type":"context_actions","elements":[@]}`, "/elements/0"},
		"card":            {`{"type":"card","actions":[@]}`, "/actions/0"},
		"card_image":      {`{"type":"card","hero_image":@}`, "/hero_image"},
		"task_card":       {`{"type":"task_card","task_id":"1","title":"x","status":"error","sources":[@]}`, "/sources/0"},
	}
}

// exampleLeaves is every part of a rich text that an app may send.
func exampleLeaves() map[string]example {
	return map[string]example{
		"text":             {json: `{"type":"text","text":"x"}`, required: "text"},
		"link":             {json: `{"type":"link","url":"https://e.com"}`, required: "url"},
		"emoji":            {json: `{"type":"emoji","name":"wave"}`, required: "name"},
		"user":             {json: `{"type":"user","user_id":"U1"}`, required: "user_id"},
		"usergroup":        {json: `{"type":"usergroup","usergroup_id":"S1"}`, required: "usergroup_id"},
		"team":             {json: `{"type":"team","team_id":"T1"}`, required: "team_id"},
		"channel":          {json: `{"type":"channel","channel_id":"C1"}`, required: "channel_id"},
		"broadcast":        {json: `{"type":"broadcast","range":"here"}`, required: "range"},
		"color":            {json: `{"type":"color","value":"#ff0000"}`, required: "value"},
		"date":             {json: `{"type":"date","timestamp":1700000000,"format":"{time}"}`, required: "timestamp format"},
		"file":             {json: `{"type":"file","file_id":"F1"}`, required: "file_id"},
		"canvas":           {json: `{"type":"canvas","file_id":"F1"}`, required: "file_id"},
		"workflow_mention": {json: `{"type":"workflow_mention","workflow_id":"W1"}`, required: "workflow_id"},
	}
}

func TestTheDescriptionHasEveryNameOfTheReferenceAndNoOther(t *testing.T) {
	t.Parallel()
	known := newDescription()
	for family, want := range map[string][]string{
		blockFamily:   slices.Sorted(maps.Keys(exampleBlocks())),
		elementFamily: slices.Sorted(maps.Keys(exampleElements())),
		leafFamily:    slices.Sorted(maps.Keys(exampleLeaves())),
		richFamily:    {"rich_text_list", "rich_text_preformatted", "rich_text_quote", "rich_text_section"},
		contextFamily: {"image", "mrkdwn", "plain_text"},
		cellFamily:    {"action_cell", "raw_number", "raw_text", "rich_text"},
		chartFamily:   {"area", "bar", "line", "pie"},
		viewFamily:    {"home", "modal"},
	} {
		if diff := cmp.Diff(want, slices.Sorted(maps.Keys(known[family]))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", family, diff)
		}
	}
}

func TestEveryTypeNamedAsAChildIsDescribed(t *testing.T) {
	t.Parallel()
	known := newDescription()
	var check func(string, node)
	check = func(where string, n node) {
		for _, name := range n.types {
			if _, ok := known[n.family][name]; !ok {
				t.Errorf("%s names %s %q, which is not described", where, n.family, name)
			}
		}
		if n.kind == anObject && n.shape == nil && n.variants == nil && known[n.family] == nil {
			t.Errorf("%s is an object of no family", where)
		}
		if n.item != nil {
			check(where+"[]", *n.item)
		}
		if n.strict != nil {
			check(where, *n.strict)
		}
		if n.shape != nil {
			for name, inner := range n.shape.props {
				check(where+"."+name, inner)
			}
		}
	}
	for family, shapes := range known {
		for name, s := range shapes {
			for property, n := range s.props {
				check(family+" "+name+"."+property, n)
			}
		}
	}
}

func surfaceOf(letter rune) Surface {
	return map[rune]Surface{'M': Message, 'V': Modal, 'H': Home}[letter]
}

func TestABlockStandsOnItsSurfacesOnly(t *testing.T) {
	t.Parallel()
	for name, e := range exampleBlocks() {
		for _, letter := range "MVH" {
			got := lines(Blocks(surfaceOf(letter), blocksOf(e.json)))
			var want []string
			if !strings.ContainsRune(e.on, letter) {
				want = []string{"unsupported type: " + name + " [json-pointer:/blocks/0/type]"}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s on %s (-want +got):\n%s", name, surfaceOf(letter), diff)
			}
		}
	}
}

func TestAnElementStandsInItsBlocksAndOnItsSurfacesOnly(t *testing.T) {
	t.Parallel()
	for name, e := range exampleElements() {
		for parent, p := range exampleParents() {
			block := strings.ReplaceAll(p.json, "@", e.json)
			blockOn := exampleBlocks()[strings.TrimSuffix(parent, "_image")].on
			for _, letter := range blockOn {
				got := lines(Blocks(surfaceOf(letter), blocksOf(block)))
				var want []string
				if !slices.Contains(strings.Fields(e.in), parent) || !strings.ContainsRune(e.on, letter) {
					want = []string{"unsupported type: " + name + " [json-pointer:/blocks/0" + p.pointer + "/type]"}
				}
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("%s in %s on %s (-want +got):\n%s", name, parent, surfaceOf(letter), diff)
				}
			}
		}
	}
}

// everything is each example in a place where it passes: the blocks that hold
// it, the pointer to it, and where to try it.
func everything() map[string]struct {
	example
	frame, pointer string
	surface        Surface
} {
	type placed = struct {
		example
		frame, pointer string
		surface        Surface
	}
	all := make(map[string]placed)
	for name, e := range exampleBlocks() {
		if e.on != "" {
			all["block "+name] = placed{e, "@", "", surfaceOf(rune(e.on[0]))}
		}
	}
	for name, e := range exampleElements() {
		parent := exampleParents()[strings.Fields(e.in)[0]]
		all["element "+name] = placed{e, parent.json, parent.pointer, surfaceOf(rune(e.on[0]))}
	}
	for name, e := range exampleLeaves() {
		frame := `{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[@]}]}`
		all["leaf "+name] = placed{e, frame, "/elements/0/elements/0", Message}
	}
	return all
}

func TestWhatIsRequiredIsMissed(t *testing.T) {
	t.Parallel()
	for name, e := range everything() {
		for _, property := range append(strings.Fields(e.required), "type") {
			block := strings.ReplaceAll(e.frame, "@", without(t, e.json, property))
			got := lines(Blocks(e.surface, blocksOf(block)))
			want := []string{"missing required field: " + property + " [json-pointer:/blocks/0" + e.pointer + "]"}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s without %s (-want +got):\n%s", name, property, diff)
			}
		}
	}
}

func TestWhatIsNotRequiredIsNotMissed(t *testing.T) {
	t.Parallel()
	oneOfTwo := map[string]bool{"text": true, "title": true} // of section, card, container
	for name, e := range everything() {
		var properties map[string]json.RawMessage
		if err := json.Unmarshal([]byte(e.json), &properties); err != nil {
			t.Fatal(err)
		}
		for property := range properties {
			if property != "type" && !slices.Contains(strings.Fields(e.required), property) && !oneOfTwo[property] {
				t.Errorf("%s: the smallest example has %q, which is not required", name, property)
			}
		}
	}
}

func TestAnUnknownPropertyIsRefused(t *testing.T) {
	t.Parallel()
	for name, e := range everything() {
		block := strings.ReplaceAll(e.frame, "@", strings.Replace(e.json, "{", `{"disabled":true,`, 1))
		got := lines(Blocks(e.surface, blocksOf(block)))
		want := []string{"invalid additional property: disabled [json-pointer:/blocks/0" + e.pointer + "]"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestEveryPropertyRefusesTheWrongType(t *testing.T) {
	t.Parallel()
	for name, e := range everything() {
		for _, property := range strings.Fields(e.required) {
			object := strings.Replace(without(t, e.json, property), "{", `{"`+property+`":null,`, 1)
			got := Blocks(e.surface, blocksOf(strings.ReplaceAll(e.frame, "@", object)))
			if len(got) != 1 || got[0].Code != InvalidType || got[0].Pointer != "/blocks/0"+e.pointer+"/"+property {
				t.Errorf("%s with %s null: %v", name, property, got)
			}
		}
	}
}

// blocksOf puts blocks into the array that they are posted in.
func blocksOf(blocks ...string) json.RawMessage {
	return json.RawMessage("[" + strings.Join(blocks, ",") + "]")
}

func lines(problems []Problem) []string {
	var all []string
	for _, p := range problems {
		all = append(all, p.String())
	}
	return all
}

func without(t *testing.T, object, property string) string {
	t.Helper()
	var properties map[string]json.RawMessage
	if err := json.Unmarshal([]byte(object), &properties); err != nil {
		t.Fatalf("%s: %v", object, err)
	}
	delete(properties, property)
	out, err := json.Marshal(properties)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
