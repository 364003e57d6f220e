package blockkit

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestEachOpenReadingCanBePlayedBothWays(t *testing.T) {
	t.Parallel()
	table, data := exampleBlocks()["table"].json, exampleBlocks()["data_table"].json
	other := strings.Replace(anyOption, `"text":"x"`, `"text":"y"`, 1)
	withEmoji := strings.Replace(anyOption, `"text":"x"`, `"text":"x","emoji":true`, 1)
	series := func(n int) string {
		return `{"type":"data_visualization","title":"x","chart":{"type":"line","axis_config":{"categories":["a"]},"series":[` +
			many(n, `{"name":"#","data":[{"label":"a","value":1}]}`) + `]}}`
	}
	for _, tt := range []struct {
		name    string
		surface Surface
		blocks  []string
		pointer string // of the strict reading's one problem
	}{
		{"a long option value", Message, []string{acting(`{"type":"overflow","options":[{"text":` + anyLabel + `,"value":"` + chars(76) + `"},` + anyOption + `]}`)}, "/blocks/0/elements/0/options/0/value"},
		{"a confirm without a title", Message, []string{acting(`{"type":"button","text":` + anyLabel + `,"confirm":{"text":` + anyText + `,"confirm":` + anyLabel + `,"deny":` + anyLabel + `}}`)}, "/blocks/0/elements/0/confirm"},
		{"one option in an overflow", Message, []string{acting(`{"type":"overflow","options":[` + anyOption + `]}`)}, "/blocks/0/elements/0/options"},
		{"an empty block_id", Message, []string{identified("")}, "/blocks/0/block_id"},
		{"an empty action_id", Message, []string{acting(buttonNamed(""))}, "/blocks/0/elements/0/action_id"},
		{"a max_length of 3,001", Message, []string{asking(`{"type":"plain_text_input","max_length":3001}`)}, "/blocks/0/element/max_length"},
		{"an initial option that is nearly offered", Message, []string{acting(`{"type":"static_select","options":[` + anyOption + `],"initial_option":` + withEmoji + `}`)}, "/blocks/0/elements/0/initial_option"},
		{"one option value twice", Message, []string{acting(`{"type":"static_select","options":[` + anyOption + `,` + other + `]}`)}, "/blocks/0/elements/0"},
		{"an empty rich_text", Message, []string{`{"type":"rich_text","elements":[]}`}, "/blocks/0/elements"},
		{"a mention in code style", Message, []string{`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U1","style":{"code":true}}]}]}`}, "/blocks/0/elements/0/elements/0/style"},
		{"a number in a table", Message, []string{`{"type":"table","rows":[[{"type":"raw_number","value":1}]]}`}, "/blocks/0/rows/0/0/type"},
		{"a number in a data_table's header", Message, []string{strings.Replace(data, `{"type":"raw_text","text":"x"}`, `{"type":"raw_number","value":1}`, 1)}, "/blocks/0/rows/0/0/type"},
		{"a table and a data_table", Message, []string{table, data}, "/blocks/1"},
		{"seven segments", Message, []string{`{"type":"data_visualization","title":"x","chart":{"type":"pie","segments":[` + many(7, `{"label":"#","value":1}`) + `]}}`}, "/blocks/0/chart/segments"},
		{"seven series", Message, []string{series(7)}, "/blocks/0/chart/series"},
		{"a layout on a modal", Modal, []string{laidOut(divider)}, "/blocks/0/type"},
		{"a workflow_button without action_id", Message, []string{acting(exampleElements()["workflow_button"].json)}, "/blocks/0/elements/0"},
	} {
		if got := Blocks(tt.surface, blocksOf(tt.blocks...)); got != nil {
			t.Errorf("%s: the wide reading refuses: %v", tt.name, got)
		}
		got := Options{Strict: true}.Blocks(tt.surface, blocksOf(tt.blocks...))
		if len(got) != 1 || got[0].Pointer != tt.pointer {
			t.Errorf("%s: the strict reading says %v, want one problem at %s", tt.name, got, tt.pointer)
		}
	}
	attachment := json.RawMessage(`[{"footer":"x","color":"#f00","fallback":"x","blocks":[]}]`)
	if got := Attachments(attachment); got != nil {
		t.Errorf("an attachment with a footer: the wide reading refuses: %v", got)
	}
	if got := (Options{Strict: true}).Attachments(attachment); len(got) != 1 {
		t.Errorf("an attachment with a footer: the strict reading says %v, want one problem", got)
	}
}

func TestAnOrdinaryMessagePassesTheStrictReading(t *testing.T) {
	t.Parallel()
	raw := `[{"type":"header","text":{"type":"plain_text","text":"Standup","emoji":true}},
		{"type":"section","block_id":"a","text":{"type":"mrkdwn","text":"*hi*"},"accessory":{"type":"button","action_id":"x","text":{"type":"plain_text","text":"Go"},"value":"1"}},
		{"type":"actions","block_id":"b","elements":[
			{"type":"button","action_id":"x","text":{"type":"plain_text","text":"Go"},"style":"danger",
			 "confirm":{"title":{"type":"plain_text","text":"Sure?"},"text":{"type":"mrkdwn","text":"Really"},"confirm":{"type":"plain_text","text":"Yes"},"deny":{"type":"plain_text","text":"No"}}},
			{"type":"overflow","action_id":"y","options":[{"text":{"type":"plain_text","text":"A"},"value":"a"},{"text":{"type":"plain_text","text":"B"},"value":"b"}]}]},
		{"type":"rich_text","elements":[
			{"type":"rich_text_section","elements":[{"type":"text","text":"1","style":{"bold":true}},{"type":"date","timestamp":1700000000,"format":"{time}","fallback":"12:00"}]},
			{"type":"rich_text_list","style":"bullet","indent":0,"border":0,"offset":0,"elements":[{"type":"rich_text_section","elements":[{"type":"user","user_id":"U1"}]}]}]},
		{"type":"input","label":{"type":"plain_text","text":"L"},"element":{"type":"plain_text_input","action_id":"z","max_length":1}},
		{"type":"divider"},
		{"type":"context","elements":[{"type":"mrkdwn","text":"x"},{"type":"image","image_url":"https://example.com/x.png","alt_text":"x"}]}]`
	if got := (Options{Strict: true}).Blocks(Message, json.RawMessage(raw)); got != nil {
		t.Errorf("refused: %v", got)
	}
}
