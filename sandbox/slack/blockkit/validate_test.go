package blockkit

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBlocksValidateAnswersInSlacksShape(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		kind Payload
		raw  string
		want string
	}{
		{
			"an unknown type in blocks", PayloadBlocks, `[{"type":"section","text":{"type":"html","text":"x"}}]`,
			`[{"pointer":"/0/text/type","code":"failed_constraint","message":"must be a valid enum value","constraint":{"type":"enum","expected":["mrkdwn","plain_text"],"got":"html"}}]`,
		},
		{
			"a missing field in blocks", PayloadBlocks, `[{"type":"header"}]`,
			`[{"pointer":"/0","code":"missing_field","message":"missing required field: text","field":"text"}]`,
		},
		{
			"a wrong type in a message", PayloadMessage, `{"text":"x","blocks":[{"type":"header","text":7}]}`,
			`[{"pointer":"/blocks/0/text","code":"invalid_type","message":"must provide an object"}]`,
		},
		{
			"a child that may not be there", PayloadMessage, `{"blocks":[` + laidOut(`{"type":"plan","title":"x"}`) + `]}`,
			`[{"pointer":"/blocks/0/rows/0/items/0/block/type","code":"failed_constraint","message":"unsupported type: plan","constraint":{"type":"enum",` +
				`"expected":["actions","card","carousel","container","context","data_table","data_visualization","divider","header","image","input","rich_text","section","table","video"],"got":"plan"}}]`,
		},
		{
			"an unknown property of a view", PayloadView, `{"type":"home","blocks":[],"hash":"1"}`,
			`[{"pointer":"","code":"failed_constraint","message":"invalid additional property: hash","constraint":{"type":"additional_properties","got":"hash"}}]`,
		},
		{
			"a length", PayloadBlocks, `[{"type":"header","text":{"type":"plain_text","text":"` + chars(151) + `"}}]`,
			`[{"pointer":"/0/text/text","code":"failed_constraint","message":"must be less than 151 characters","constraint":{"type":"max_length","expected":150,"got":151}}]`,
		},
		{
			"one id in blocks and attachments", PayloadMessage, `{"blocks":[` + identified("a") + `],"attachments":[{"blocks":[` + identified("a") + `]}]}`,
			`[{"pointer":"/attachments/0/blocks/0/block_id","code":"failed_constraint","message":"` + "`block_id` \\\"a\\\" already exists" + `"}]`,
		},
		{"blocks of any surface", PayloadBlocks, `[` + exampleBlocks()["alert"].json + `,` + exampleBlocks()["markdown"].json + `]`, `null`},
		{"a message without blocks", PayloadMessage, `{"text":"x"}`, `null`},
		{"a message that is a list", PayloadMessage, `[]`, `[{"pointer":"","code":"invalid_type","message":"must provide an object"}]`},
		{"blocks that are no list", PayloadBlocks, `{}`, `[{"pointer":"","code":"invalid_blocks_format","message":"must provide an array"}]`},
	} {
		got, err := json.Marshal(Validate(tt.kind, json.RawMessage(tt.raw)))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(normal(t, tt.want), normal(t, string(got))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
}

func normal(t *testing.T, raw string) any {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(raw), &v); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return v
}

func TestThePayloadNamesItsRefusal(t *testing.T) {
	t.Parallel()
	for kind, want := range map[Payload]string{PayloadBlocks: "invalid_blocks", PayloadView: "invalid_view", PayloadMessage: "invalid_message"} {
		if got := kind.Refusal(); got != want {
			t.Errorf("%s: %s, want %s", kind, got, want)
		}
	}
}

func TestTotalsCountCharacters(t *testing.T) {
	t.Parallel()
	raw := json.RawMessage(`[{"type":"section","text":{"type":"mrkdwn","text":"größe"}},{"type":"markdown","text":"🎉🎉"},7,"é"]`)
	if got := TextTotal(raw); got != 7 {
		t.Errorf("TextTotal = %d, want 7", got)
	}
	if got, want := StringTotal(raw), len("section")+len("mrkdwn")+len("markdown")+8; got != want {
		t.Errorf("StringTotal = %d, want %d", got, want)
	}
	if got := TextTotal(json.RawMessage(`{`)); got != 0 {
		t.Errorf("TextTotal of no JSON = %d", got)
	}
}
