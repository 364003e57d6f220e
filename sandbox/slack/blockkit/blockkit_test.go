package blockkit

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAPlainMessagePasses(t *testing.T) {
	t.Parallel()
	raw := `[{"type":"header","text":{"type":"plain_text","text":"Standup","emoji":true}},
	{"type":"section","block_id":"a","text":{"type":"mrkdwn","text":"*hi*"},"accessory":{"type":"button","action_id":"x","text":{"type":"plain_text","text":"Go"},"value":"1"}},
	{"type":"actions","block_id":"b","elements":[{"type":"button","action_id":"x","text":{"type":"plain_text","text":"Go"},"style":"danger","confirm":{"title":{"type":"plain_text","text":"Sure?"},"text":{"type":"mrkdwn","text":"Really"},"confirm":{"type":"plain_text","text":"Yes"},"deny":{"type":"plain_text","text":"No"}}}]},
	{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"1","style":{"bold":true}},{"type":"date","timestamp":1700000000,"format":"{time}","fallback":"12:00"}]}]},
	{"type":"divider"},{"type":"context","elements":[{"type":"mrkdwn","text":"x"},{"type":"image","image_url":"https://x","alt_text":"x"}]}]`
	if got := (Options{Strict: true}).Blocks(Message, json.RawMessage(raw)); len(got) != 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestAViewIsRefusedInSlacksWords(t *testing.T) {
	t.Parallel()
	raw := `{"type":"modal","title":{"type":"plain_text","text":"T"},"blocks":[{"type":"input","block_id":"a","label":{"type":"plain_text","text":"L"},"element":{"type":"static_select","initial_option":null}},
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
