package blockkit

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzNothingPanics also holds that a problem points into the payload and that
// blocks.validate agrees with the methods about what is broken.
func FuzzNothingPanics(f *testing.F) {
	for _, e := range everything() {
		f.Add([]byte("[" + strings.ReplaceAll(e.frame, "@", e.json) + "]"))
	}
	for _, raw := range []string{
		``, `null`, `[null]`, `[[]]`, `[{"type":7}]`, `{"type":"modal","blocks":[{"type":"input"}]}`, `{"type":"home","blocks":null}`,
		`[{"type":"data_table","caption":"x","rows":[7,[7],[[]]],"row_header_column_index":1e999}]`,
		`[{"type":"actions","elements":[{"type":"static_select","options":7,"option_groups":[7],"initial_option":7}]}]`,
		`[{"type":"data_visualization","title":"x","chart":{"type":"bar","series":[7,{"name":7,"data":7}],"axis_config":7}}]`,
		`{"blocks":7,"attachments":[{"blocks":7}]}`, `[{"type":"header","level":99999999999999999999999,"text":{}}]`,
		strings.Repeat(`[{"type":"container","child_blocks":`, 50) + `[]` + strings.Repeat(`}]`, 50),
	} {
		f.Add([]byte(raw))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		var all []Problem
		for _, o := range []Options{{}, {Strict: true}} {
			for _, surface := range []Surface{Message, Modal, Home} {
				all = append(all, o.Blocks(surface, raw)...)
			}
			all = append(all, o.View(raw)...)
			all = append(all, o.Attachments(raw)...)
			for _, kind := range []Payload{PayloadBlocks, PayloadView, PayloadMessage} {
				all = append(all, o.Validate(kind, raw)...)
			}
		}
		for _, p := range all {
			if p.Message == "" || p.Code == "" || p.Pointer != "" && !strings.HasPrefix(p.Pointer, "/") {
				t.Errorf("not a problem that Slack would report: %+v", p)
			}
			if _, err := json.Marshal(p); err != nil {
				t.Errorf("%v: %v", p, err)
			}
		}
		if TextTotal(raw) > StringTotal(raw) {
			t.Error("there is more text than there are strings")
		}
	})
}
